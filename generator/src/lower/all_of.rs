//! Merges the parts of `allOf` into one schema, or takes the only part that constrains anything.

mod keywords;
mod merging;
mod repeated;

use std::collections::BTreeSet;
use std::ops::Deref;
use std::rc::Rc;

use merging::Merging;
pub(super) use repeated::is_own_part;

use super::Lowering;
use crate::document::{AdditionalProperties, Part, Schema};
use crate::pointer::{Pointer, PointerMap};
use crate::resolve::Node;

/// How many properties, listed values and other parts the schemas of a document
/// can inherit through `allOf`, all together. Each is a field in each type, so
/// a small document could ask for more code than anyone can compile.
const MOST_INHERITED: usize = 50_000;

/// A schema without `allOf`.
pub(super) enum View<'a> {
    /// The schema at another place says it all.
    Same(Pointer),
    Schema(Merged<'a>),
    /// The parts cannot be merged; the text says why.
    Opaque(String),
}

/// A schema without `allOf`: as it is written, or merged from its parts.
#[derive(Clone, Debug)]
pub(super) enum Merged<'a> {
    Written(&'a Schema),
    Joined(Rc<Schema>),
}

impl Deref for Merged<'_> {
    type Target = Schema;

    fn deref(&self) -> &Schema {
        match self {
            Self::Written(schema) => schema,
            Self::Joined(schema) => schema,
        }
    }
}

/// The schemas that have been merged, each once, or why they could not be.
#[derive(Debug, Default)]
pub(super) struct Views {
    known: PointerMap<Result<Rc<Schema>, String>>,
    /// Those on a ring, with what the others on it say.
    of_ring: PointerMap<Result<Rc<Schema>, String>>,
    /// The joined schemas whose parts contradict each other, with the part that is used.
    contradicted: PointerMap<Pointer>,
    n_inherited: usize,
}

impl Views {
    /// Returns the schemas that each schema is a part of.
    pub(super) fn wholes(&self) -> PointerMap<BTreeSet<Pointer>> {
        let mut acc: PointerMap<BTreeSet<Pointer>> = PointerMap::default();
        for (whole, view) in self.known.iter().chain(&self.of_ring) {
            for part in view.iter().flat_map(|it| &it.parts).filter(|it| it.pointer != *whole) {
                acc.entry(part.pointer.clone()).or_default().insert(whole.clone());
            }
        }
        acc
    }

    fn within_limit(&self) -> Result<(), String> {
        if self.n_inherited <= MOST_INHERITED {
            return Ok(());
        }
        let of = "properties, values and texts in this document";
        Err(format!("its `allOf` repeats more than {MOST_INHERITED} {of}"))
    }
}

/// Returns a schema as one without `allOf`.
pub(super) fn view<'a>(schema: &'a Schema, acc: &mut Lowering<'a>) -> View<'a> {
    if schema.all_of.is_empty() {
        return View::Schema(Merged::Written(schema));
    }
    let resolved = acc.resolved;
    let mut parts = schema.all_of.iter().filter(|at| says_something(at, acc));
    if let (Some(only), None) = (parts.next(), parts.next())
        && (matches!(resolved.schema(only), Node::Ref(_) | Node::Broken)
            || resolved.joined(&schema.pointer).is_some())
        && !own_says_something(schema)
        // A child that adds nothing is one of the variants of its base, not the base.
        && !acc.families.is_child(&schema.pointer)
    {
        return View::Same(only.clone());
    }
    let merged = merge(schema, acc);
    if let Some(used) = acc.views.contradicted.get(&schema.pointer) {
        return View::Same(used.clone());
    }
    match merged {
        Ok(merged) => View::Schema(merged),
        Err(reason) => View::Opaque(reason),
    }
}

/// Returns the schema behind a place, without `allOf`; `None` when there is
/// none that could be read.
pub(super) fn view_at<'a>(at: &Pointer, acc: &mut Lowering<'a>) -> Option<Merged<'a>> {
    let schema = acc.resolved.deref(at)?;
    merge(schema, acc).ok()
}

/// Returns the part of `allOf` that decides whether `null` is valid: the only one, or the only one that says
/// something, of a schema that says nothing else.
pub(super) fn deciding_part<'a>(schema: &'a Schema, acc: &Lowering<'_>) -> Option<&'a Pointer> {
    if schema.keywords.ty.is_some() || own_says_something(schema) {
        return None;
    }
    if let [only] = schema.all_of.as_slice() {
        return Some(only);
    }
    let mut parts: Vec<_> = schema.all_of.iter().filter(|at| says_something(at, acc)).collect();
    if parts.is_empty() {
        parts.extend(schema.all_of.iter().filter(|at| says_type(at, acc)));
    }
    let [only] = parts[..] else { return None };
    let mut others = schema.all_of.iter().filter(|at| *at != only);
    (!others.any(|at| refuses_null(at, acc))).then_some(only)
}

/// Returns whether a part of `allOf` has a `type`.
fn says_type(at: &Pointer, acc: &Lowering<'_>) -> bool {
    matches!(acc.resolved.schema(at), Node::Schema(part) if part.keywords.ty.is_some())
}

/// Returns whether a part of `allOf` has a `type` without `null`.
pub(super) fn refuses_null(at: &Pointer, acc: &Lowering<'_>) -> bool {
    let Node::Schema(part) = acc.resolved.schema(at) else { return false };
    part.keywords.ty.is_some() && !part.data.nullable
}

/// Returns whether a part of `allOf` says more than docs, `type` and `nullable`.
fn says_something(at: &Pointer, acc: &Lowering<'_>) -> bool {
    match acc.resolved.schema(at) {
        Node::Schema(part) => own_says_something(part) || !part.all_of.is_empty(),
        Node::Ref(_) | Node::Broken => true,
    }
}

fn own_says_something(schema: &Schema) -> bool {
    // `type` beside `allOf` repeats what the parts say.
    schema.keywords.says_more_than_type()
        || !schema.properties.is_empty()
        || matches!(
            schema.additional,
            Some(AdditionalProperties::Schema(_) | AdditionalProperties::Allowed)
        )
        || schema.items.is_some()
        || !schema.one_of.is_empty()
        || !schema.any_of.is_empty()
        || schema.listed.is_some()
}

/// Merges a schema with its parts, the parts first, each with its own parts.
/// Without recursion: a chain of parts can be as long as the document. It ends,
/// since references that make a schema a part of itself are taken out.
fn merge<'a>(schema: &'a Schema, acc: &mut Lowering<'a>) -> Result<Merged<'a>, String> {
    if schema.all_of.is_empty() {
        return Ok(Merged::Written(schema));
    }
    let resolved = acc.resolved;
    let mut begun = BTreeSet::new();
    let mut open = vec![(schema, schema.all_of.iter())];
    while let Some((schema, parts)) = open.last_mut() {
        if acc.views.known.contains_key(&schema.pointer) {
            open.pop();
        } else if let Some(at) = parts.next() {
            let part = resolved.deref(at).or_else(|| resolved.on_ring(at));
            let part = part.filter(|it| !it.all_of.is_empty() && begun.insert(&it.pointer));
            open.extend(part.map(|it| (it, it.all_of.iter())));
        } else {
            let joined = join(schema, acc).map(Rc::new);
            acc.views.known.insert(schema.pointer.clone(), joined);
        }
    }
    whole(schema, acc)
}

/// Returns a schema with what the others of its ring say, when all are known.
fn whole<'a>(schema: &'a Schema, acc: &mut Lowering<'a>) -> Result<Merged<'a>, String> {
    if !schema.all_of.iter().any(|at| acc.resolved.on_ring(at).is_some()) {
        return known(schema, acc);
    }
    if let Some(known) = acc.views.of_ring.get(&schema.pointer) {
        return known.clone().map(Merged::Joined);
    }
    let joined = join_ring(schema, acc).map(Rc::new);
    acc.views.of_ring.insert(schema.pointer.clone(), joined.clone());
    joined.map(Merged::Joined)
}

/// Returns a schema that is known without `allOf`.
fn known<'a>(schema: &'a Schema, acc: &Lowering<'a>) -> Result<Merged<'a>, String> {
    match acc.views.known.get(&schema.pointer) {
        Some(known) => known.clone().map(Merged::Joined),
        None => Ok(Merged::Written(schema)),
    }
}

/// Returns the other schemas of the ring of `allOf` that a schema is on: all of
/// them say the same, which is what each of them says.
fn ring<'a>(schema: &'a Schema, acc: &Lowering<'a>) -> Vec<&'a Schema> {
    let resolved = acc.resolved;
    let mut seen = BTreeSet::from([&schema.pointer]);
    let mut found = Vec::new();
    let mut open = vec![(schema, schema.all_of.iter())];
    while let Some((at, parts)) = open.last_mut() {
        if let Some(next) = parts.next() {
            let next = resolved.on_ring(next).filter(|it| seen.insert(&it.pointer));
            open.extend(next.map(|it| (it, it.all_of.iter())));
        } else {
            found.push(*at);
            open.pop();
        }
    }
    // The last one is the schema itself.
    found.pop();
    found
}

fn join_ring<'a>(schema: &'a Schema, acc: &mut Lowering<'a>) -> Result<Schema, String> {
    acc.views.within_limit()?;
    let mut merging = Merging::default();
    for part in ring(schema, acc) {
        let part = known(part, acc)?;
        merging.add(&part, acc)?;
    }
    let own = known(schema, acc)?;
    merging.finish(schema, (*own).clone(), acc)
}

/// Merges a schema with its parts, which are merged.
fn join<'a>(schema: &'a Schema, acc: &mut Lowering<'a>) -> Result<Schema, String> {
    let joined = join_parts(schema, acc);
    match (joined, schema.all_of.last()) {
        (Err(reason), Some(last)) if acc.resolved.joined(&schema.pointer).is_some() => {
            repeated::contradiction(schema, &reason, acc);
            acc.views.contradicted.insert(schema.pointer.clone(), last.clone());
            let last = acc.resolved.deref(last).ok_or(reason)?;
            let used = whole(last, acc)?;
            let own = Part { pointer: used.pointer.clone(), dropped: Vec::new() };
            let parts = if used.parts.is_empty() { vec![own] } else { used.parts.clone() };
            Ok(Schema { pointer: schema.pointer.clone(), parts, ..(*used).clone() })
        }
        (joined, _) => joined,
    }
}

fn join_parts<'a>(schema: &'a Schema, acc: &mut Lowering<'a>) -> Result<Schema, String> {
    let resolved = acc.resolved;
    let mut merging = Merging::default();
    for part in schema.all_of.iter().filter_map(|at| resolved.deref(at)) {
        let part = whole(part, acc)?;
        let part = without_itself(part, schema, acc);
        merging.add(&part, acc)?;
    }
    merging.finish(schema, Schema { all_of: Vec::new(), ..schema.clone() }, acc)
}

/// Returns what a part says of a schema that is one of its branches: which one it is, is said.
fn without_itself<'a>(part: Merged<'a>, schema: &Schema, acc: &Lowering<'a>) -> Merged<'a> {
    let mut branches = part.one_of.iter().chain(&part.any_of);
    if !branches.any(|at| *acc.resolved.target(at) == schema.pointer) {
        return part;
    }
    let mut data = part.data.clone();
    data.discriminator = None;
    let alone = Schema { data, one_of: Vec::new(), any_of: Vec::new(), ..(*part).clone() };
    Merged::Joined(Rc::new(alone))
}
