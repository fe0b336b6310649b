//! The keywords of JSON Schema validation in, [`Constraints`] out.

use super::enumeration;
use crate::api::{Constraints, ListedValues};
use crate::document::table::SCHEMA;
use crate::document::{Listed, Schema};

/// Returns the keywords that constraints hold.
pub(super) fn keywords() -> impl Iterator<Item = &'static str> {
    SCHEMA.members.iter().filter(|it| it.is_bound()).map(|it| it.name)
}

/// Returns what a schema says about a value beyond its type.
pub(super) fn constraints(schema: &Schema) -> Constraints {
    let keywords = &schema.keywords;
    let list = keywords.ty.as_deref() == Some("array");
    Constraints {
        minimum: keywords.minimum.clone(),
        maximum: keywords.maximum.clone(),
        exclusive_minimum: keywords.exclusive_minimum,
        exclusive_maximum: keywords.exclusive_maximum,
        multiple_of: keywords.multiple_of.clone(),
        min_length: keywords.min_length.filter(|_| !list),
        max_length: keywords.max_length.filter(|_| !list),
        pattern: keywords.pattern.clone(),
        // Lengths on a list are meant for its items' count; strictly they say
        // nothing there (JSON Schema validation §6.3).
        min_items: keywords.min_items.or(keywords.min_length.filter(|_| list)),
        max_items: keywords.max_items.or(keywords.max_length.filter(|_| list)),
        unique_items: keywords.unique_items,
        min_properties: keywords.min_properties,
        max_properties: keywords.max_properties,
        listed: listed(schema),
    }
}

/// Returns the listed values for which there is no enum.
fn listed(schema: &Schema) -> Option<Box<ListedValues>> {
    others(schema)?;
    let (values, known) = (values(schema, false), values(schema, true));
    ListedValues { values, known, about: about(schema) }.boxed()
}

fn values(schema: &Schema, open: bool) -> Vec<serde_json::Value> {
    let listed = others(schema).filter(|it| it.by.is_open() == open);
    let values = listed.into_iter().flat_map(|it| &it.values);
    values.filter(|it| !it.is_null()).cloned().collect()
}

fn about(schema: &Schema) -> Vec<(serde_json::Value, String)> {
    let Some(listed) = others(schema) else { return Vec::new() };
    let all = listed.positions.iter().zip(&listed.values);
    let texts = all.filter_map(|(index, value)| {
        let text = match value {
            serde_json::Value::String(text) => text.clone(),
            value => value.to_string(),
        };
        let name = enumeration::given_name(schema, *index).map(str::to_owned);
        let description = enumeration::value_description(schema, &text, *index);
        let said: Vec<_> = name.into_iter().chain(description).collect();
        (!said.is_empty()).then(|| (value.clone(), said.join(": ")))
    });
    texts.collect()
}

/// Returns the list of a schema that lists other values than texts.
fn others(schema: &Schema) -> Option<&Listed> {
    schema.listed.as_ref().filter(|_| schema.listed_texts().is_none())
}
