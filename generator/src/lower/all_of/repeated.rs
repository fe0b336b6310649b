//! What several parts of `allOf` say of one property in, one schema that says all of it out.
//!
//! For example `Firm: {properties: {id: {type: string}}}` and `Update: {allOf: [{$ref: Firm}, {properties: {id:
//! {description: ..}}}]}`: an `id` of `Update` is valid against both, so it is a string.

use indexmap::IndexMap;

use super::{own_says_something, says_something};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::document::{AdditionalProperties, Keywords, Schema};
use crate::lower::{Lowering, object};
use crate::pointer::Pointer;
use crate::resolve::Node;

/// With how many different schemas of one property another one is compared; beyond, it is one more.
const MOST_COMPARED: usize = 16;

/// How many joined schemas can lie inside of each other. Two schemas that hold themselves in different ways
/// would be joined very often before they meet again.
const MAX_DEPTH: usize = 64;

/// The places that the parts of a schema name for one thing, in the order of the parts.
#[derive(Debug, Default)]
pub(super) struct Repeated {
    properties: IndexMap<String, Vec<Pointer>>,
    items: Vec<Pointer>,
    further: Vec<Pointer>,
}

impl Repeated {
    pub(super) fn add(&mut self, part: &Schema) {
        for (name, at) in &part.properties {
            self.properties.entry(name.clone()).or_default().push(at.clone());
        }
        self.items.extend(part.items.clone());
        if let Some(AdditionalProperties::Schema(at)) = &part.additional {
            self.further.push(at.clone());
        }
    }

    /// Puts one schema in the place of each that several parts declare.
    pub(super) fn join_into(self, merged: &mut Schema, acc: &mut Lowering<'_>) {
        let at = merged.pointer.child("allOf");
        for (name, places) in self.properties {
            if let Some(joined) = one_of(&places, || at.join(&["properties", &name]), acc) {
                merged.properties.insert(name, joined);
            }
        }
        if let Some(joined) = one_of(&self.items, || at.child("items"), acc) {
            merged.items = Some(joined);
        }
        if let Some(AdditionalProperties::Schema(further)) = &mut merged.additional
            && let Some(joined) = one_of(&self.further, || at.child("additionalProperties"), acc)
        {
            *further = joined;
        }
    }
}

/// Returns the place of the schema that says what those at several places say; `None` for the only place.
fn one_of(
    places: &[Pointer],
    place: impl FnOnce() -> Pointer,
    acc: &mut Lowering<'_>,
) -> Option<Pointer> {
    if places.len() < 2 {
        return None;
    }
    let resolved = acc.resolved;
    let mut parts: Vec<Pointer> = Vec::new();
    for at in places {
        let known = resolved.joined(at).map_or(std::slice::from_ref(at), |it| &it.all_of);
        for part in known.iter().cloned() {
            if parts.contains(&part) {
                continue;
            }
            if parts.len() < MOST_COMPARED {
                // The later one of two that say the same has the docs that hold here.
                parts.retain(|it| !acc.same_shape(it, &part));
            }
            parts.push(part);
        }
    }
    if let [only] = parts.as_slice() {
        return Some(only.clone());
    }
    let says_all =
        |at: &Pointer, parts: &[Pointer]| resolved.joined(at).is_some_and(|it| it.all_of == parts);
    if let Some(inherited) = places.iter().find(|it| says_all(it, &parts)) {
        return Some(inherited.clone());
    }
    let adds_docs_alone = |at: &&Pointer| {
        let known = resolved.joined(at).map_or(&[][..], |it| &it.all_of);
        !known.is_empty() && !parts.iter().any(|it| !known.contains(it) && says_something(it, acc))
    };
    if let Some(inherited) = places.iter().find(adds_docs_alone) {
        let known = resolved.joined(inherited).map_or(&[][..], |it| &it.all_of);
        parts.retain(|it| !known.contains(it));
        parts.insert(0, inherited.clone());
    }
    let place = place();
    // A schema that is met inside of itself is one schema.
    let mut above = place.parent();
    while let Some(at) = above.filter(|it| it.as_str().contains("/allOf/")) {
        if says_all(&at, &parts) {
            return Some(at);
        }
        above = at.parent();
    }
    if place.as_str().matches("/allOf/").count() > MAX_DEPTH {
        return parts.pop();
    }
    Some(join(place, parts, acc))
}

fn join(place: Pointer, parts: Vec<Pointer>, acc: &mut Lowering<'_>) -> Pointer {
    let resolved = acc.resolved;
    acc.views.n_inherited = acc.views.n_inherited.saturating_add(parts.len());
    let data = annotations(&parts, acc);
    acc.ledger.joins(&place, &parts);
    for part in &parts {
        acc.twins.push(part.clone(), place.clone());
    }
    resolved.join(Schema {
        pointer: place.clone(),
        data,
        keywords: Keywords::default(),
        listed: None,
        properties: IndexMap::new(),
        additional: None,
        items: None,
        all_of: parts,
        one_of: Vec::new(),
        any_of: Vec::new(),
        content_media_type: None,
        json_content: None,
        parts: Vec::new(),
    });
    place
}

/// Returns what the parts say beside the type: of two texts the later one counts.
fn annotations(parts: &[Pointer], acc: &mut Lowering<'_>) -> openapiv3::SchemaData {
    let resolved = acc.resolved;
    let mut data = openapiv3::SchemaData::default();
    for at in parts {
        for schema in object::behind(at, resolved) {
            data.read_only |= schema.data.read_only;
            data.write_only |= schema.data.write_only;
            if let Some(default) = &schema.data.default {
                data.default = Some(default.clone());
            }
        }
        // The docs of a component are its own.
        let Node::Schema(schema) = resolved.schema(at) else { continue };
        let own = &schema.data;
        data.title = own.title.clone().or(data.title);
        data.description = own.description.clone().or(data.description);
        data.example = own.example.clone().or(data.example);
        data.deprecated |= own.deprecated;
    }
    data.nullable = allow_null(parts, acc);
    data
}

/// Returns whether `null` is valid: each part that has a type allows it, or one without a type adds it, which
/// is how authors of 3.0 write `{nullable: true}` beside the type of a base.
fn allow_null(parts: &[Pointer], acc: &mut Lowering<'_>) -> bool {
    let resolved = acc.resolved;
    let mut typed = Vec::new();
    for at in parts {
        let is_written = matches!(resolved.schema(at), Node::Schema(it) if it.data.nullable);
        // Without a look at what is behind `allOf`: the parts of a schema can lead through the whole document.
        let says_type = resolved.deref(at).is_none_or(|it| {
            it.keywords.ty.is_some() || !it.all_of.is_empty() || own_says_something(it)
        });
        let allows = acc.nullable(at);
        if is_written && !says_type {
            return true;
        }
        if says_type {
            typed.push(allows);
        }
    }
    !typed.is_empty() && typed.iter().all(|it| *it)
}

/// Returns whether one of the parts of a joined schema is written in the schema that joins them, not in one that
/// it extends.
pub(in crate::lower) fn is_own_part(joined: &Pointer, part: &Pointer) -> bool {
    let whole = joined.as_str().rsplit_once("/allOf/").and_then(|(whole, _)| Pointer::parse(whole));
    whole.is_some_and(|it| it.holds(part))
}

/// Reports that the parts of a joined schema contradict each other.
pub(super) fn contradiction(joined: &Schema, reason: &str, acc: &mut Lowering<'_>) {
    let [first, .., last] = joined.all_of.as_slice() else {
        unreachable!("a joined schema has several parts")
    };
    let tokens = joined.pointer.tokens();
    let what = match tokens.iter().rev().take(2).map(String::as_str).collect::<Vec<_>>().as_slice()
    {
        [name, "properties"] => format!("the property `{name}`"),
        [keyword, ..] => format!("`{keyword}`"),
        [] => unreachable!("a joined schema is below another one"),
    };
    let title = format!("`allOf` declares {what} twice; the later schema is used");
    let diagnostic = Diagnostic::warning(codes::SCHEMA, last.clone(), title).label(reason);
    acc.sink.push(diagnostic.other(first.clone(), "first declared here"));
}
