//! Combines the parts of `allOf` one after another, within a limit for the whole document.

use serde_json::Value;

use super::keywords::{
    combine_additional, combine_keywords, combine_listed, combine_parts, without_names_of_others,
};
use super::repeated::Repeated;
use crate::document::{AdditionalProperties, Schema};
use crate::lower::Lowering;

/// The parts of a schema that were merged so far.
#[derive(Default)]
pub(super) struct Merging {
    merged: Option<Schema>,
    repeated: Repeated,
}

impl Merging {
    pub(super) fn add(&mut self, part: &Schema, acc: &mut Lowering<'_>) -> Result<(), String> {
        acc.views.n_inherited = acc.views.n_inherited.saturating_add(weight(part));
        acc.views.within_limit()?;
        self.repeated.add(part);
        let part = inherited(part.clone());
        self.merged = Some(match self.merged.take() {
            None => part,
            Some(so_far) => combine(so_far, part)?,
        });
        Ok(())
    }

    /// Adds what a schema says itself to what its parts say.
    pub(super) fn finish(
        mut self,
        schema: &Schema,
        own: Schema,
        acc: &mut Lowering<'_>,
    ) -> Result<Schema, String> {
        self.repeated.add(&own);
        let mut merged = match self.merged {
            None => own,
            Some(parts) => combine(parts, own)?,
        };
        merged.pointer = schema.pointer.clone();
        let title = schema.data.title.clone();
        let discriminator = if merged.one_of.is_empty() && merged.any_of.is_empty() {
            schema.data.discriminator.clone()
        } else {
            merged.data.discriminator
        };
        merged.data = openapiv3::SchemaData { title, discriminator, ..merged.data };
        self.repeated.join_into(&mut merged, acc);
        Ok(merged)
    }
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

fn combine(mut a: Schema, mut b: Schema) -> Result<Schema, String> {
    let unions = |schema: &Schema| !schema.one_of.is_empty() || !schema.any_of.is_empty();
    if unions(&a) && unions(&b) {
        return Err("`allOf` joins two unions".to_owned());
    }
    let (keywords, mut dropped) = combine_keywords(&a.keywords, &b.keywords)?;
    let additional = combine_additional(a.additional.clone(), b.additional.clone());
    let is_schema = |it: &Option<_>| matches!(it, Some(AdditionalProperties::Schema(_)));
    for (own, lost) in [(&a.additional, &mut dropped.0), (&b.additional, &mut dropped.1)] {
        // Two schemas are joined.
        if own.is_some() && *own != additional && !is_schema(own) {
            lost.push("additionalProperties");
        }
    }
    let listed = combine_listed(a.listed.as_ref(), b.listed.as_ref(), &mut dropped)?;
    without_names_of_others(&mut a, &mut b, listed.as_ref());
    let parts = combine_parts(&a, &b, &dropped);
    let mut properties = a.properties;
    properties.extend(b.properties);
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
        content_media_type: b.content_media_type.or(a.content_media_type),
        json_content: b.json_content.or(a.json_content),
        parts,
    })
}
