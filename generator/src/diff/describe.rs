//! Describes types and values in a few words for a row.

use super::walk::Version;
use crate::api::{
    FieldEncoding, FieldStyle, IntegerWidth, NumberWidth, ObjectStyle, Origin, Owner, Role, Shape,
    StatusPattern, Style, Type, TypeId, TypeRef,
};

/// A longer text is cut in a row; the place says where the rest is.
const LONGEST: usize = 120;

/// Returns the name of a type: as the document writes it, else as Rust does.
pub(super) fn name(version: Version<'_>, id: TypeId) -> String {
    match &version.def(id).origin {
        Origin::Component(name) | Origin::Given(name) => name.clone(),
        Origin::Inline { .. } => version.planned(id).ident.to_string(),
    }
}

/// Returns what a use allows.
pub(super) fn ty(version: Version<'_>, it: &TypeRef) -> String {
    let text = match &it.ty {
        Type::Named(id) => match &version.def(*id).shape {
            Shape::Alias(inner) => {
                format!("{} ({})", name(version, *id), plain(version, &inner.ty))
            }
            _ => name(version, *id),
        },
        other => plain(version, other),
    };
    if it.nullable { format!("{text} or null") } else { text }
}

fn plain(version: Version<'_>, it: &Type) -> String {
    match it {
        Type::Named(id) => name(version, *id),
        Type::String(None) => "string".to_owned(),
        Type::String(Some(format)) => format!("string ({format})"),
        Type::Boolean => "boolean".to_owned(),
        Type::Integer(width) => format!("integer ({})", integer(*width)),
        Type::Number(NumberWidth::F32) => "number (float)".to_owned(),
        Type::Number(NumberWidth::F64) => "number".to_owned(),
        // One step: a type that holds itself through aliases has no end.
        Type::List(inner) => format!("list of {}", short(version, &inner.ty)),
        Type::Map(inner) => format!("map of {}", short(version, &inner.ty)),
        Type::FreeForm => "object".to_owned(),
        Type::Any => "any".to_owned(),
        Type::Bytes => "bytes".to_owned(),
        Type::File => "file".to_owned(),
    }
}

fn short(version: Version<'_>, it: &Type) -> String {
    match it {
        Type::List(_) => "lists".to_owned(),
        Type::Map(_) => "maps".to_owned(),
        other => plain(version, other),
    }
}

fn integer(width: IntegerWidth) -> &'static str {
    match width {
        IntegerWidth::I32 => "int32",
        IntegerWidth::I64 => "int64",
        IntegerWidth::U32 => "uint32",
        IntegerWidth::U64 => "uint64",
    }
}

/// What is said of a property without an Encoding Object.
pub(super) const DEFAULT_ENCODING: &str = "default";

/// Returns how a property of a form or multipart body is written.
pub(super) fn field_encoding(it: &FieldEncoding) -> String {
    let style = match it.style {
        FieldStyle::Default => None,
        FieldStyle::Exploded => Some("form, exploded"),
        FieldStyle::Comma => Some("form"),
        FieldStyle::Space => Some("spaceDelimited"),
        FieldStyle::Pipe => Some("pipeDelimited"),
        FieldStyle::DeepObject => Some("deepObject"),
    };
    let reserved = it.allow_reserved.then_some("reserved characters allowed");
    let parts: Vec<&str> =
        style.into_iter().chain(it.content_type.as_deref()).chain(reserved).collect();
    if parts.is_empty() { DEFAULT_ENCODING.to_owned() } else { parts.join(", ") }
}

/// Returns how the value of a parameter is written.
pub(super) fn style(it: Style) -> &'static str {
    match it {
        Style::Plain => "one value",
        Style::Repeated => "repeated for each element",
        Style::Comma => "elements joined by commas",
        Style::Space => "elements joined by spaces",
        Style::Pipe => "elements joined by `|`",
        Style::Label => "style `label`",
        Style::LabelExploded => "style `label`, exploded",
        Style::Matrix => "style `matrix`",
        Style::MatrixExploded => "style `matrix`, exploded",
        Style::Json => "JSON text",
        Style::Object(it) => match it {
            ObjectStyle::Exploded => "each property by its name",
            ObjectStyle::Comma => "properties joined by commas",
            ObjectStyle::Space => "properties joined by spaces",
            ObjectStyle::Pipe => "properties joined by `|`",
            ObjectStyle::Label => "properties in style `label`",
            ObjectStyle::LabelExploded => "properties in style `label`, exploded",
            ObjectStyle::Matrix => "properties in style `matrix`",
            ObjectStyle::MatrixExploded => "properties in style `matrix`, exploded",
            ObjectStyle::Deep => "properties in brackets (`deepObject`)",
        },
    }
}

/// Returns a status as the document writes it.
pub(super) fn status(it: StatusPattern) -> String {
    match it {
        StatusPattern::Exact(status) => status.to_string(),
        StatusPattern::Range(hundred) => format!("{hundred}XX"),
        StatusPattern::Default => "default".to_owned(),
    }
}

/// Returns the texts, each quoted.
pub(super) fn quoted<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    texts.into_iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ")
}

/// Returns one line of bounded length.
pub(super) fn cut(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    line.chars().take(LONGEST).chain("…".chars()).collect()
}

/// Returns how a row calls a type: an inline one by its place.
pub(super) fn subject(version: Version<'_>, id: TypeId) -> String {
    let Origin::Inline { owner, roles } = &version.def(id).origin else {
        return name(version, id);
    };
    let mut acc = match owner {
        Owner::Type(owner) => subject(version, *owner),
        Owner::Operation(id) => version.api.operation(*id).id.clone(),
        Owner::Skipped(name) => name.clone(),
        Owner::Document => "components".to_owned(),
    };
    for role in roles {
        match role {
            Role::Property(name) => acc.extend([".", name]),
            Role::Item => acc.push_str("[]"),
            Role::Value => acc.push_str("{}"),
            Role::Variant(name) => acc.extend(["|", name]),
            Role::Request => acc.push_str(" request body"),
            Role::Response(None) => acc.push_str(" response body"),
            Role::Error(None) => acc.push_str(" error body"),
            Role::Response(Some(it)) | Role::Error(Some(it)) => {
                acc.extend([" response ", &status(*it), " body"]);
            }
            Role::Parameter(name) => acc.extend([" parameter ", name]),
            Role::Header(name) => acc.extend([" response header ", name]),
        }
    }
    acc
}
