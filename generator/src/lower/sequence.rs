//! Finds the schema of one item of a body that is a sequence of items.

use super::Lowering;
use super::all_of::view_at;
use crate::api::Encoding;
use crate::document::{AdditionalProperties, MediaType, Schema};
use crate::pointer::Pointer;

/// What one item of a sequence is.
pub(super) enum ItemSchema {
    /// Text: the data of an event.
    Text,
    /// Any JSON.
    Any,
    /// What this schema says.
    Schema(Pointer),
}

/// Returns the schema of an item. Before OpenAPI 3.2 a schema says nothing of items: one of a list is taken
/// as that of all items together (3.2 §4.14.3), one of a string as that of their text, any other as that of each.
pub(super) fn item_schema(
    encoding: Encoding,
    media: &MediaType,
    acc: &mut Lowering<'_>,
) -> ItemSchema {
    let is_event = encoding == Encoding::Events;
    let of_nothing = || if is_event { ItemSchema::Text } else { ItemSchema::Any };
    let Some(schema) = &media.schema else { return of_nothing() };
    let Some(view) = view_at(schema, acc) else { return of_nothing() };
    let item = match (&view.items, view.keywords.ty.as_deref()) {
        (Some(items), Some("array")) => {
            acc.take(&view, &["type", "items"]);
            items.clone()
        }
        _ => schema.clone(),
    };
    if !is_event {
        return if is_whole(schema, &item, acc) {
            ItemSchema::Any
        } else {
            ItemSchema::Schema(item)
        };
    }
    let Some(view) = view_at(&item, acc) else { return ItemSchema::Text };
    let data = event_data(&view, acc).unwrap_or(item);
    let is_text = view_at(&data, acc).is_none_or(|it| is_text(&it));
    if is_text { ItemSchema::Text } else { ItemSchema::Schema(data) }
}

/// Returns whether a schema is of the text as a whole: a string without listed values, whose lines are JSON all
/// the same.
fn is_whole(schema: &Pointer, item: &Pointer, acc: &mut Lowering<'_>) -> bool {
    let Some(view) = view_at(schema, acc).filter(|_| schema == item) else { return false };
    let is_whole = view.keywords.ty.as_deref() == Some("string") && view.listed.is_none();
    if is_whole {
        acc.take(&view, &["type", "format"]);
    }
    is_whole
}

/// Returns whether data is to be read as it is: it is a string, or anything, which need not be JSON.
fn is_text(view: &Schema) -> bool {
    let branches = [&view.all_of, &view.one_of, &view.any_of];
    match view.keywords.ty.as_deref() {
        Some(ty) => ty == "string",
        None => {
            view.properties.is_empty()
                && view.items.is_none()
                && view.listed.is_none()
                && branches.iter().all(|it| it.is_empty())
        }
    }
}

/// The fields of an event (HTML standard, section 9.2.6).
const FIELDS: [&str; 4] = ["data", "event", "id", "retry"];

/// Returns the schema of the data where a schema describes the event and not its data: its properties are
/// fields of an event, and one of them is `data`.
fn event_data(view: &Schema, acc: &mut Lowering<'_>) -> Option<Pointer> {
    let data = view.properties.get("data")?;
    if view.properties.len() < 2 || !view.properties.keys().all(|it| FIELDS.contains(&it.as_str()))
    {
        return None;
    }
    acc.take(view, &["type", "properties", "allOf"]);
    // All other fields are ignored.
    acc.take(view, &["additionalProperties"]);
    if let Some(AdditionalProperties::Schema(at)) = &view.additional
        && let Some(other) = view_at(at, acc)
    {
        acc.take(&other, &[]);
    }
    // An event always has data, and a name if only the default one.
    if view.keywords.required.iter().all(|it| it == "data" || it == "event") {
        acc.take(view, &["required"]);
    }
    for (name, field) in view.properties.iter().filter(|(name, _)| *name != "data") {
        if let Some(field) = view_at(field, acc) {
            let ty = if name == "retry" { "integer" } else { "string" };
            let is_so = field.keywords.ty.as_deref() == Some(ty);
            acc.take(&field, if is_so { &["type"] } else { &[] });
        }
    }
    Some(data.clone())
}
