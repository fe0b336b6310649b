//! Merges the parts of `allOf` into one schema, or takes the only part that constrains anything.

mod keywords;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::rc::Rc;

use keywords::{combine_additional, combine_keywords, combine_listed, combine_parts};
use serde_json::Value;

use super::Lowering;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::document::{AdditionalProperties, Schema};
use crate::pointer::Pointer;
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
    known: BTreeMap<Pointer, Result<Rc<Schema>, String>>,
    /// Those on a ring, with what the others on it say.
    of_ring: BTreeMap<Pointer, Result<Rc<Schema>, String>>,
    n_inherited: usize,
}

impl Views {
    /// Returns the schemas that each schema is a part of.
    pub(super) fn wholes(&self) -> BTreeMap<Pointer, BTreeSet<Pointer>> {
        let mut acc: BTreeMap<Pointer, BTreeSet<Pointer>> = BTreeMap::new();
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
        && matches!(resolved.schema(only), Node::Ref(_) | Node::Broken)
        && !own_says_something(schema)
    {
        return View::Same(only.clone());
    }
    match merge(schema, acc) {
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

/// Returns whether a part of `allOf` says more than docs and `nullable`.
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
    let mut merged: Option<Schema> = None;
    for part in ring(schema, acc) {
        let part = known(part, acc)?;
        merge_part(&part, &mut merged, acc)?;
    }
    let own = known(schema, acc)?;
    finish(schema, merged, (*own).clone(), acc)
}

/// Merges a schema with its parts, which are merged.
fn join<'a>(schema: &'a Schema, acc: &mut Lowering<'a>) -> Result<Schema, String> {
    let resolved = acc.resolved;
    let mut merged: Option<Schema> = None;
    for part in schema.all_of.iter().filter_map(|at| resolved.deref(at)) {
        let part = whole(part, acc)?;
        merge_part(&part, &mut merged, acc)?;
    }
    finish(schema, merged, Schema { all_of: Vec::new(), ..schema.clone() }, acc)
}

fn merge_part(
    part: &Schema,
    merged: &mut Option<Schema>,
    acc: &mut Lowering<'_>,
) -> Result<(), String> {
    acc.views.n_inherited = acc.views.n_inherited.saturating_add(weight(part));
    acc.views.within_limit()?;
    let part = inherited(part.clone());
    *merged = Some(match merged.take() {
        None => part,
        Some(so_far) => combine(so_far, part, acc)?,
    });
    Ok(())
}

/// Adds what a schema says itself to what its parts say.
fn finish(
    schema: &Schema,
    parts: Option<Schema>,
    own: Schema,
    acc: &mut Lowering<'_>,
) -> Result<Schema, String> {
    let mut merged = match parts {
        None => own,
        Some(parts) => combine(parts, own, acc)?,
    };
    merged.pointer = schema.pointer.clone();
    let title = schema.data.title.clone();
    let discriminator = if merged.one_of.is_empty() && merged.any_of.is_empty() {
        schema.data.discriminator.clone()
    } else {
        merged.data.discriminator
    };
    merged.data = openapiv3::SchemaData { title, discriminator, ..merged.data };
    Ok(merged)
}

/// Returns how much a schema adds to each one that includes it.
fn weight(schema: &Schema) -> usize {
    let lists = [schema.properties.len(), schema.one_of.len(), schema.any_of.len()];
    let keywords = &schema.keywords;
    let listed = schema.listed.iter().filter(|it| !it.by.is_open()).flat_map(|it| &it.values);
    let values = listed.chain(schema.data.extensions.values());
    let kept = values.chain(&schema.data.default).chain(&schema.data.example);
    let text = schema.data.description.as_ref().map_or(0, String::len) / BYTES_OF_A_PART;
    1.max(schema.parts.len())
        + lists.iter().sum::<usize>()
        + keywords.required.len()
        + text
        + kept.map(size).sum::<usize>()
}

/// A text of this length weighs as much as a property.
const BYTES_OF_A_PART: usize = 256;

/// Returns of how many values a value is made.
fn size(value: &Value) -> usize {
    match value {
        Value::Array(elements) => 1 + elements.iter().map(size).sum::<usize>(),
        Value::Object(members) => 1 + members.values().map(size).sum::<usize>(),
        Value::String(text) => 1 + text.len() / BYTES_OF_A_PART,
        _ => 1,
    }
}

/// Returns a part as those that include it see it: the discriminator of a base
/// without `oneOf` chooses among its children, not inside of them.
fn inherited(mut part: Schema) -> Schema {
    if part.one_of.is_empty() && part.any_of.is_empty() {
        part.data.discriminator = None;
    }
    part.data.nullable = false;
    part
}

fn combine(a: Schema, b: Schema, acc: &mut Lowering<'_>) -> Result<Schema, String> {
    let unions = |schema: &Schema| !schema.one_of.is_empty() || !schema.any_of.is_empty();
    if unions(&a) && unions(&b) {
        return Err("`allOf` joins two unions".to_owned());
    }
    let (keywords, mut dropped) = combine_keywords(&a.keywords, &b.keywords)?;
    if a.items.is_some() && b.items.is_some() && a.items != b.items {
        dropped.0.push("items");
    }
    let additional = combine_additional(a.additional.clone(), b.additional.clone());
    for (own, lost) in [(&a.additional, &mut dropped.0), (&b.additional, &mut dropped.1)] {
        if own.is_some() && *own != additional {
            lost.push("additionalProperties");
        }
    }
    let listed = combine_listed(a.listed.as_ref(), b.listed.as_ref(), &mut dropped);
    let parts = combine_parts(&a, &b, &dropped);
    let mut properties = a.properties;
    for (name, at) in b.properties {
        if let Some(before) = properties.get(&name)
            && before != &at
            && !acc.same_shape(before, &at)
        {
            let title =
                format!("`allOf` declares the property `{name}` twice; the later schema is used");
            let diagnostic = Diagnostic::warning(codes::SCHEMA, at.clone(), title);
            acc.sink.push(diagnostic.other(before.clone(), "first declared here"));
        }
        properties.insert(name, at);
    }
    let mut data = b.data;
    data.description = data.description.or(a.data.description);
    data.discriminator = data.discriminator.or(a.data.discriminator);
    data.default = data.default.or(a.data.default);
    data.example = data.example.or(a.data.example);
    for (name, value) in a.data.extensions {
        // The origin of the name does not depend on the parts.
        if name != "x-component-name" {
            data.extensions.entry(name).or_insert(value);
        }
    }
    Ok(Schema {
        pointer: b.pointer,
        data,
        keywords,
        listed,
        properties,
        additional,
        items: b.items.or(a.items),
        all_of: Vec::new(),
        one_of: if b.one_of.is_empty() { a.one_of } else { b.one_of },
        any_of: if b.any_of.is_empty() { a.any_of } else { b.any_of },
        parts,
    })
}
