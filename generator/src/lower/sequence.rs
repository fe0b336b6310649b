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
    /// An event as a whole, of which this is the schema; the data of the events with these names is JSON.
    Event(Pointer, Vec<String>),
}

/// Returns the schema of an item: `itemSchema` of OpenAPI 3.2. Before that a schema says nothing of items: one
/// of a list is taken as that of all items together (3.2 §4.14.3), one of a string as that of their text, any
/// other as that of each.
pub(super) fn item_schema(
    encoding: Encoding,
    media: &MediaType,
    acc: &mut Lowering<'_>,
) -> ItemSchema {
    let is_event = encoding == Encoding::Events;
    let of_nothing = || if is_event { ItemSchema::Text } else { ItemSchema::Any };
    if let Some(item) = &media.item_schema {
        acc.ledger.take(&media.pointer, &["itemSchema"]);
        return if is_event { of_event(item, 1, acc) } else { ItemSchema::Schema(item.clone()) };
    }
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
    // One property `data` alone can be that of an object in the data.
    of_event(&item, 2, acc)
}

/// Returns the schema of the data of an event, where its schema is that of the event or that of the data. That
/// of an event has at least this many of its fields.
fn of_event(item: &Pointer, n_fields: usize, acc: &mut Lowering<'_>) -> ItemSchema {
    let Some(view) = view_at(item, acc) else { return ItemSchema::Text };
    if let Some(json) = acc.json_events(item) {
        return ItemSchema::Event(item.clone(), json);
    }
    let mut branches = view.one_of.iter().chain(&view.any_of).peekable();
    let is_event =
        |at: &Pointer, acc: &mut Lowering<'_>| view_at(at, acc).is_some_and(|it| is_event(&it, 1));
    // The events have no names that tell which is which.
    if branches.peek().is_some() && branches.all(|at| is_event(at, acc)) {
        return ItemSchema::Text;
    }
    let data = event_data(&view, n_fields, acc).unwrap_or_else(|| item.clone());
    let Some(view) = view_at(&data, acc) else { return ItemSchema::Text };
    if let Some(content) = &view.json_content {
        acc.take_content(&view);
        return content.schema.clone().map_or(ItemSchema::Any, ItemSchema::Schema);
    }
    if is_text(&view) { ItemSchema::Text } else { ItemSchema::Schema(data) }
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
pub(super) fn is_text(view: &Schema) -> bool {
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

/// Returns whether a schema is that of an event, of which it has at least this many fields.
fn is_event(view: &Schema, n_fields: usize) -> bool {
    view.properties.len() >= n_fields
        && view.properties.contains_key("data")
        && view.properties.keys().all(|it| FIELDS.contains(&it.as_str()))
}

/// Returns the schema of the data where a schema describes the event and not its data: its properties are
/// fields of an event, and one of them is `data`.
fn event_data(view: &Schema, n_fields: usize, acc: &mut Lowering<'_>) -> Option<Pointer> {
    let data = view.properties.get("data").filter(|_| is_event(view, n_fields))?;
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
