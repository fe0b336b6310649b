//! How the body of a media type is encoded.

use super::Lowering;
use super::all_of::view_at;
use super::constraints::constraints;
use crate::api::{Encoding, Type, TypeRef};
use crate::document::{MediaType, Schema};
use crate::pointer::Pointer;

/// Returns how a body of a media type is written; `None` when that is not
/// supported yet.
pub(super) fn encoding(name: &str, media: &MediaType, acc: &mut Lowering<'_>) -> Option<Encoding> {
    let essence = name.split(';').next().unwrap_or(name).trim().to_ascii_lowercase();
    let (ty, subtype) = essence.split_once('/').unwrap_or((essence.as_str(), ""));
    let json = subtype == "json" || subtype.ends_with("+json");
    match (ty, subtype) {
        ("text", "event-stream") => Some(Encoding::Events),
        _ if is_lines(subtype) => Some(Encoding::Lines),
        _ if json && !subtype.starts_with("stream") => Some(Encoding::Json),
        ("application", "x-www-form-urlencoded") => Some(Encoding::Form),
        ("multipart", _) | (_, "xml") => None,
        (_, subtype) if subtype.ends_with("+xml") && ty != "image" => None,
        ("text", _) => Some(Encoding::Text),
        ("*" | "application", "*") if is_structured(media, acc) => Some(Encoding::Json),
        ("image" | "audio" | "video" | "font", _)
        | ("application", "octet-stream" | "pdf" | "zip" | "gzip")
        | ("*" | "application", "*") => Some(Encoding::Bytes),
        _ => is_binary(media, acc).then_some(Encoding::Bytes),
    }
}

impl MediaType {
    /// Returns the schema that the type of a body is made from.
    pub(super) fn written_schema(&self, encoding: Encoding) -> Option<&Pointer> {
        let item = self.item_schema.as_ref().filter(|_| encoding.is_sequence());
        item.or(self.schema.as_ref())
    }
}

/// Returns whether a text is a token (RFC 9110 §5.6.2).
pub(super) fn is_token(text: &str) -> bool {
    let is_sign = |it: u8| b"!#$%&'*+-.^_`|~".contains(&it);
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_alphanumeric() || is_sign(it))
}

/// Returns whether a subtype, of `application` or others, is a text, though its type does not say so.
pub(super) fn is_text_type(subtype: &str) -> bool {
    TEXTS.contains(&subtype)
}

/// Subtypes of `application` and others that are texts, though their type does not say so.
const TEXTS: &[&str] = &[
    "csv",
    "graphql",
    "javascript",
    "jose",
    "jwt",
    "toml",
    "x-javascript",
    "x-pem-file",
    "x-yaml",
    "xml",
    "yaml",
];

/// The names under which JSON texts are sent in a row. None is registered but the last, and the first are the
/// same in all but name.
pub(super) fn is_lines(subtype: &str) -> bool {
    let names =
        ["ndjson", "jsonl", "jsonlines", "json-lines", "json-stream", "ldjson", "stream+json"];
    let bare = subtype.strip_prefix("x-").unwrap_or(subtype);
    names.contains(&bare) || is_record_sequence(subtype)
}

/// Returns whether each JSON text has a record separator before it (RFC 7464, RFC 8091).
pub(super) fn is_record_sequence(media_type: &str) -> bool {
    media_type.ends_with("json-seq")
}

/// Returns whether the schema is what only JSON can hold.
pub(super) fn is_structured(media: &MediaType, acc: &mut Lowering<'_>) -> bool {
    let view = media.schema.as_ref().and_then(|at| view_at(at, acc));
    view.is_some_and(|view| has_structure(&view))
}

/// Returns whether a schema describes lists, objects or several kinds of values, also where it has no `type`.
fn has_structure(view: &Schema) -> bool {
    matches!(view.keywords.ty.as_deref(), Some("object" | "array"))
        || !view.properties.is_empty()
        || view.additional.is_some()
        || view.items.is_some()
        || !view.one_of.is_empty()
        || !view.any_of.is_empty()
}

/// Returns whether the schema is a string of bytes.
pub(super) fn is_binary(media: &MediaType, acc: &mut Lowering<'_>) -> bool {
    media.schema.as_ref().and_then(|at| view_at(at, acc)).is_some_and(|view| {
        view.keywords.ty.as_deref() == Some("string")
            && view.keywords.format.as_deref() == Some("binary")
    })
}

/// Returns whether the schema is a string of characters.
pub(super) fn is_text(media: &MediaType, acc: &mut Lowering<'_>) -> bool {
    media.schema.as_ref().and_then(|at| view_at(at, acc)).is_some_and(|view| {
        view.keywords.ty.as_deref() == Some("string")
            && view.keywords.format.as_deref() != Some("binary")
    })
}

/// Returns the format of a text: no code comes of it, but it can change.
pub(super) fn format(media: &MediaType, acc: &mut Lowering<'_>) -> Option<String> {
    let view = media.schema.as_ref().and_then(|at| view_at(at, acc))?;
    view.keywords.format.clone()
}

/// Returns the type of a body of text or bytes. Of its schema the model holds
/// what it says about a string; a schema of anything else is left over.
pub(super) fn untyped(ty: Type, media: &MediaType, acc: &mut Lowering<'_>) -> TypeRef {
    let Some(view) = media.schema.as_ref().and_then(|at| view_at(at, acc)) else {
        return TypeRef::plain(ty);
    };
    let mut constraints = constraints(&view);
    if view.keywords.ty.as_deref().is_none_or(|ty| ty == "string") && !has_structure(&view) {
        // No type lists the values: the list is left over, or the reference to it where the
        // schema is somewhere else and is the type of others.
        let is_written = |at| acc.resolved.schema(at).is_written();
        if view.listed.is_none() || media.schema.as_ref().is_some_and(is_written) {
            acc.ledger.take(&media.pointer, &["schema"]);
        }
        acc.take(&view, &["type", "allOf"]);
        let is_binary = view.keywords.format.as_deref() == Some("binary");
        if is_binary || ty != Type::Bytes {
            acc.take(&view, &["format"]);
        }
        constraints = acc.constraints(&view);
    }
    constraints.set_values(view.only_values().to_vec());
    TypeRef { constraints, ..TypeRef::plain(ty) }
}
