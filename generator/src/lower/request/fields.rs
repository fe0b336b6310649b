//! Encoding Objects in, how the properties of a form or multipart body are written out.

use super::media::first_of;
use super::objects::is_file;
use crate::api::{Encoding, FieldEncoding, FieldStyle};
use crate::document::{self, MediaType};
use crate::lower::Lowering;
use crate::lower::all_of::view_at;
use crate::pointer::Pointer;

/// Lowers the Encoding Objects of a media type. Those of other encodings, and of properties that the schema
/// does not declare, are left over.
pub(super) fn fields(
    encoding: Encoding,
    media: &MediaType,
    acc: &mut Lowering<'_>,
) -> Vec<FieldEncoding> {
    if !matches!(encoding, Encoding::Form | Encoding::Multipart) {
        return Vec::new();
    }
    acc.ledger.take(&media.pointer, &["encoding"]);
    let view = media.schema.as_ref().and_then(|at| view_at(at, acc));
    // Any property of a union or a map can be meant.
    let is_open = view.as_ref().is_none_or(|it| it.properties.is_empty());
    let is_declared =
        |name: &str| is_open || view.as_ref().is_some_and(|it| it.properties.contains_key(name));
    let declared = media.encodings.iter().filter(|(name, _)| is_declared(name));
    let declared: Vec<_> = declared.collect();
    let mut fields = Vec::new();
    for (name, it) in declared {
        let schema = view.as_ref().and_then(|it| it.properties.get(name));
        let value = match schema.and_then(|at| view_at(at, acc)) {
            Some(view) if view.keywords.ty.as_deref() == Some("object") => Value::Object,
            _ => Value::Other,
        };
        fields.push(field(name, it, (encoding, value), acc));
    }
    let properties = view.iter().flat_map(|it| &it.properties);
    for (name, at) in properties.filter(|_| encoding == Encoding::Multipart) {
        declare_file(name, at, &mut fields, acc);
    }
    fields
}

/// Declares the media type of a file that its schema names, where no Encoding Object does: of raw binary data,
/// `contentMediaType` is the type, and `contentType` overrides it (OpenAPI 3.1.1 §4.4.3).
fn declare_file(name: &str, at: &Pointer, fields: &mut Vec<FieldEncoding>, acc: &mut Lowering<'_>) {
    let known = fields.iter().position(|it| it.name == name);
    if known.is_some_and(|it| fields[it].content_type.is_some() || !fields[it].is_default()) {
        return;
    }
    let Some(view) = view_at(at, acc) else { return };
    let item = view.items.as_ref().filter(|_| view.keywords.ty.as_deref() == Some("array"));
    let Some(file) = (match item {
        Some(at) => view_at(at, acc),
        None => Some(view),
    }) else {
        return;
    };
    let Some(declared) = file.content_media_type.as_deref().filter(|_| is_file(&file, acc)) else {
        return;
    };
    // Of several types the caller says which it is.
    if declared.contains([',', '*']) || !matches!(first_of(declared), Ok((_, None))) {
        return;
    }
    for at in acc.ledger.places(&file, "contentMediaType") {
        acc.ledger.release(&at);
    }
    let content_type = Some(declared.to_owned());
    match known {
        Some(index) => fields[index].content_type = content_type,
        None => fields.push(FieldEncoding {
            name: name.to_owned(),
            style: FieldStyle::Default,
            content_type,
            allow_reserved: false,
            pointer: file.pointer.child("contentMediaType"),
        }),
    }
}

/// What a property holds, as far as styles tell it apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Value {
    Object,
    Other,
}

fn field(
    name: &str,
    it: &document::Encoding,
    (encoding, value): (Encoding, Value),
    acc: &mut Lowering<'_>,
) -> FieldEncoding {
    let is_form = encoding == Encoding::Form;
    // Of a multipart body, 3.0 ignores the style (OpenAPI 3.0.4 §4.7.15.1).
    let has_style = is_form || !acc.resolved.document.openapi.starts_with("3.0");
    let style = if has_style { style(it, value, acc) } else { None };
    // What is written out is the default: nothing is lost that was meant.
    if !has_style
        && matches!((it.style.as_deref(), it.explode), (Some("form") | None, None | Some(true)))
    {
        acc.ledger.take(&it.pointer, &["style", "explode"]);
    }
    let allow_reserved = is_form && it.allow_reserved;
    if is_form {
        acc.ledger.take(&it.pointer, &["allowReserved"]);
    }
    // Where one of the others is declared, `contentType` is ignored (3.0.4 §4.7.15.1).
    let has_type = style.is_none() && !allow_reserved;
    acc.ledger.take(&it.pointer, if has_type { &["contentType"] } else { &[] });
    FieldEncoding {
        name: name.to_owned(),
        style: match style {
            None if allow_reserved => FieldStyle::Exploded,
            other => other.unwrap_or(FieldStyle::Default),
        },
        content_type: it.content_type.clone().filter(|_| has_type),
        allow_reserved,
        pointer: it.pointer.clone(),
    }
}

/// Returns the style that an Encoding Object declares by `style` or `explode`. `explode` is by default true for
/// `form` and for `deepObject`, which has no other, and false for the rest. What OpenAPI leaves undefined, as it
/// does for parameters, is left over.
fn style(it: &document::Encoding, value: Value, acc: &mut Lowering<'_>) -> Option<FieldStyle> {
    if it.style.is_none() && it.explode.is_none() {
        return None;
    }
    // Since 3.2 `explode` has no effect on `deepObject`.
    let is_ignored = acc.resolved.document.openapi.starts_with("3.2");
    let style = match (it.style.as_deref().unwrap_or("form"), it.explode) {
        ("deepObject", Some(false)) if !is_ignored => return None,
        ("deepObject", _) => FieldStyle::DeepObject,
        ("spaceDelimited", None | Some(false)) => FieldStyle::Space,
        ("pipeDelimited", None | Some(false)) => FieldStyle::Pipe,
        ("form", Some(false)) => FieldStyle::Comma,
        ("form", _) => FieldStyle::Exploded,
        ("spaceDelimited" | "pipeDelimited", _) if value == Value::Other => FieldStyle::Exploded,
        _ => return None,
    };
    acc.ledger.take(&it.pointer, &["style", "explode"]);
    Some(style)
}
