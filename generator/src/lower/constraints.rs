//! The keywords of JSON Schema validation in, [`Constraints`] out.

use crate::api::Constraints;
use crate::document::Schema;
use crate::document::table::SCHEMA;

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
        values: values(schema),
    }
}

fn values(schema: &Schema) -> Vec<serde_json::Value> {
    if schema.listed_texts().is_some() {
        return Vec::new();
    }
    schema.only_values().iter().filter(|it| !it.is_null()).cloned().collect()
}
