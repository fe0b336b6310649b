//! A schema with `allOf` in, one schema without it out: the parts merged, or the one part that says it all.

use super::Lowering;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::document::{AdditionalProperties, Keywords, Schema};
use crate::pointer::Pointer;
use crate::resolve::Node;

/// How deep `allOf` can include `allOf` through references. Written by hand
/// it is a handful; the limit keeps a hostile document off the end of the stack.
const MAX_DEPTH: usize = 64;

/// A schema without `allOf`.
pub(super) enum View {
    /// The schema at another place says it all.
    Same(Pointer),
    Schema(Box<Schema>),
    /// The parts cannot be merged; the text says why.
    Opaque(String),
}

/// Returns a schema as one without `allOf`.
pub(super) fn view(schema: &Schema, acc: &mut Lowering<'_>) -> View {
    if schema.all_of.is_empty() {
        return View::Schema(Box::new(schema.clone()));
    }
    let resolved = acc.resolved;
    let parts: Vec<&Pointer> = schema.all_of.iter().filter(|at| says_something(at, acc)).collect();
    if let [only] = parts.as_slice()
        && matches!(resolved.schema(only), Node::Ref(_) | Node::Broken)
        && !own_says_something(schema)
    {
        return View::Same((*only).clone());
    }
    match merge(schema, &mut Vec::new(), acc) {
        Ok(merged) => View::Schema(Box::new(merged)),
        Err(reason) => View::Opaque(reason),
    }
}

/// Returns the schema behind a place, without `allOf`; `None` when there is
/// none that could be read.
pub(super) fn view_at(at: &Pointer, acc: &mut Lowering<'_>) -> Option<Schema> {
    let schema = acc.resolved.deref(at)?;
    merge(schema, &mut Vec::new(), acc).ok()
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
    let keywords = Keywords { ty: None, ..schema.keywords.clone() };
    keywords != Keywords::default()
        || !schema.properties.is_empty()
        || matches!(schema.additional, Some(AdditionalProperties::Schema(_)))
        || schema.items.is_some()
        || !schema.one_of.is_empty()
        || !schema.any_of.is_empty()
        || schema.data.extensions.contains_key("x-enum")
}

/// Merges a schema with its parts, the parts first, each with its own parts;
/// `way` holds the schemas being merged, so that a circle ends.
fn merge(
    schema: &Schema,
    way: &mut Vec<Pointer>,
    acc: &mut Lowering<'_>,
) -> Result<Schema, String> {
    if schema.all_of.is_empty() {
        return Ok(schema.clone());
    }
    let resolved = acc.resolved;
    if way.len() > MAX_DEPTH {
        return Err("`allOf` nests too deep".to_owned());
    }
    way.push(schema.pointer.clone());
    let mut merged: Option<Schema> = None;
    for at in &schema.all_of {
        let Some(part) = resolved.deref(at) else { continue };
        if way.contains(&part.pointer) {
            continue;
        }
        let part = merge(part, way, acc)?;
        merged = Some(match merged {
            None => inherited(part),
            Some(so_far) => combine(so_far, inherited(part), acc)?,
        });
    }
    way.pop();
    let own = Schema { all_of: Vec::new(), ..schema.clone() };
    let mut merged = match merged {
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
    let keywords = combine_keywords(&a.keywords, &b.keywords)?;
    let mut properties = a.properties;
    for (name, at) in b.properties {
        if let Some(before) = properties.get(&name)
            && before != &at
            && !super::same::same_shape(acc.resolved, before, &at)
        {
            let title =
                format!("`allOf` says twice what the property `{name}` is; the later one is used");
            let diagnostic = Diagnostic::warning(codes::SCHEMA, at.clone(), title);
            acc.sink.push(diagnostic.other(before.clone(), "first here"));
        }
        properties.insert(name, at);
    }
    let mut data = b.data;
    data.description = data.description.or(a.data.description);
    data.discriminator = data.discriminator.or(a.data.discriminator);
    data.default = data.default.or(a.data.default);
    data.example = data.example.or(a.data.example);
    for (name, value) in a.data.extensions {
        // Where the name comes from is no matter of the parts.
        if name != "x-component-name" {
            data.extensions.entry(name).or_insert(value);
        }
    }
    Ok(Schema {
        pointer: b.pointer,
        data,
        keywords,
        properties,
        additional: combine_additional(a.additional, b.additional),
        items: b.items.or(a.items),
        all_of: Vec::new(),
        one_of: if b.one_of.is_empty() { a.one_of } else { b.one_of },
        any_of: if b.any_of.is_empty() { a.any_of } else { b.any_of },
    })
}

fn combine_keywords(a: &Keywords, b: &Keywords) -> Result<Keywords, String> {
    let ty = match (a.ty.as_deref(), b.ty.as_deref()) {
        (Some("number"), Some("integer")) | (Some("integer"), Some("number")) => Some("integer"),
        (Some(a), Some(b)) if a != b => return Err(format!("`allOf` joins {a} and {b}")),
        (a, b) => b.or(a),
    };
    let mut required = a.required.clone();
    required.extend(b.required.iter().filter(|name| !a.required.contains(name)).cloned());
    Ok(Keywords {
        ty: ty.map(str::to_owned),
        format: b.format.clone().or_else(|| a.format.clone()),
        enumeration: b.enumeration.clone().or_else(|| a.enumeration.clone()),
        required,
        minimum: b.minimum.clone().or_else(|| a.minimum.clone()),
        maximum: b.maximum.clone().or_else(|| a.maximum.clone()),
        exclusive_minimum: a.exclusive_minimum || b.exclusive_minimum,
        exclusive_maximum: a.exclusive_maximum || b.exclusive_maximum,
        multiple_of: b.multiple_of.clone().or_else(|| a.multiple_of.clone()),
        min_length: b.min_length.or(a.min_length),
        max_length: b.max_length.or(a.max_length),
        pattern: b.pattern.clone().or_else(|| a.pattern.clone()),
        min_items: b.min_items.or(a.min_items),
        max_items: b.max_items.or(a.max_items),
        unique_items: a.unique_items || b.unique_items,
        min_properties: b.min_properties.or(a.min_properties),
        max_properties: b.max_properties.or(a.max_properties),
        never: a.never || b.never,
    })
}

/// Members that one part allows are read, whatever another part denies: two
/// closed parts would otherwise allow nothing at all.
fn combine_additional(
    a: Option<AdditionalProperties>,
    b: Option<AdditionalProperties>,
) -> Option<AdditionalProperties> {
    match (a, b) {
        (_, Some(schema @ AdditionalProperties::Schema(_)))
        | (Some(schema @ AdditionalProperties::Schema(_)), _) => Some(schema),
        (Some(AdditionalProperties::Allowed), _) | (_, Some(AdditionalProperties::Allowed)) => {
            Some(AdditionalProperties::Allowed)
        }
        (Some(AdditionalProperties::Denied), Some(AdditionalProperties::Denied)) => {
            Some(AdditionalProperties::Denied)
        }
        _ => None,
    }
}
