//! The item of a body that is a sequence: of events, or of JSON texts.

use super::Walk;
use crate::document::Node;
use crate::document::schema::Kind;
use crate::rust::Read;

impl<'a> Walk<'a> {
    /// Returns the schema of one item. A list is that of all items; an object of the fields of an event is the
    /// event, whose data is the item.
    pub(super) fn item(&self, schema: &Node<'a>, read: Read) -> Node<'a> {
        if schema.at.ends_with("/itemSchema") {
            return if read == Read::Events {
                self.data(schema.clone(), 1)
            } else {
                schema.clone()
            };
        }
        let said = self.document.schema(std::slice::from_ref(schema));
        let is_list = said.kinds.as_ref().is_some_and(|it| it.iter().eq([&Kind::List]));
        let item = match said.items.first() {
            Some(item) if is_list => item.clone(),
            _ => schema.clone(),
        };
        if read == Read::Events { self.data(item, 2) } else { item }
    }

    /// Returns the data of an event, whose schema has at least some of its fields.
    fn data(&self, item: Node<'a>, n_fields: usize) -> Node<'a> {
        let said = self.document.schema(std::slice::from_ref(&item));
        let is_field = |name: &String| ["data", "event", "id", "retry"].contains(&name.as_str());
        let is_event = said.properties.len() >= n_fields && said.properties.keys().all(is_field);
        match said.properties.get("data").and_then(|it| it.first()) {
            Some(data) if is_event => data.clone(),
            _ => item,
        }
    }

    /// Returns whether the values of a schema are strings that hold JSON of any kind.
    pub(super) fn holds_any_content(&self, nodes: &[Node<'a>]) -> bool {
        let [node] = nodes else { return false };
        let (end, _) = self.document.follow(node);
        let says = |keyword: &str| end.get(keyword).is_some();
        end.text("contentMediaType") == Some("application/json")
            && !says("contentEncoding")
            && !says("contentSchema")
    }

    /// Returns the schema of the JSON that the values of a schema hold, which are strings.
    pub(super) fn content(&self, nodes: &[Node<'a>]) -> Option<Node<'a>> {
        let [node] = nodes else { return None };
        let (end, _) = self.document.follow(node);
        let media_type = end.text("contentMediaType")?;
        let is_json = media_type == "application/json" && end.get("contentEncoding").is_none();
        end.get("contentSchema").filter(|_| is_json)
    }

    /// Returns whether a schema is of the text as a whole, and says nothing of its lines.
    pub(super) fn is_whole(&self, schema: &Node<'a>) -> bool {
        if schema.at.ends_with("/itemSchema") {
            return false;
        }
        let said = self.document.schema(std::slice::from_ref(schema));
        let is_text = said.kinds.as_ref().is_some_and(|it| it.iter().eq([&Kind::String]));
        is_text && self.texts_of(&said).is_empty()
    }
}

/// Returns the schema that a media type has: of a sequence that of an item (3.2), where it has one.
pub(super) fn schema_of<'a>(media: &Node<'a>, is_sequence: bool) -> Option<Node<'a>> {
    media.get("itemSchema").filter(|_| is_sequence).or_else(|| media.get("schema"))
}

/// Returns whether a media type is that of JSON texts in a row.
pub(super) fn is_lines(essence: &str) -> bool {
    let (_, subtype) = essence.split_once('/').unwrap_or(("", essence));
    let words = ["ndjson", "jsonl", "jsonlines", "json-lines", "json-stream", "stream+json"];
    words.contains(&subtype.trim_start_matches("x-")) || subtype.ends_with("json-seq")
}
