//! Describes types and values in a few words for a row.

use tamarack::api::{
    FieldEncoding, FieldStyle, IntegerWidth, NumberWidth, ObjectStyle, Origin, Owner, Role, Shape,
    StatusPattern, Style, Type, TypeId, TypeRef,
};

use super::walk::Version;

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

/// Returns both texts as one line of bounded length each, cut where they say the same, so that
/// the difference is in what is left.
pub(super) fn cut_both(old: &str, new: &str) -> [String; 2] {
    cut_both_to(LONGEST, old, new)
}

/// Like [`cut_both`], of at most `longest` characters and the marks of what is left out.
pub(super) fn cut_both_to(longest: usize, old: &str, new: &str) -> [String; 2] {
    let line = |it: &str| it.split_whitespace().collect::<Vec<_>>().join(" ");
    let (mut was, mut is) = (line(old), line(new));
    if was == is && old != new {
        // Only the white space differs: it is shown.
        (was, is) = (old.escape_debug().to_string(), new.escape_debug().to_string());
    }
    let (was, is): (Vec<char>, Vec<char>) = (was.chars().collect(), is.chars().collect());
    if was.len().max(is.len()) <= longest {
        return [was.into_iter().collect(), is.into_iter().collect()];
    }
    let before = was.iter().zip(&is).take_while(|(a, b)| a == b).count();
    let rest = |it: &[char]| it[before..].to_vec();
    let (was_rest, is_rest) = (rest(&was), rest(&is));
    let same = was_rest.iter().rev().zip(is_rest.iter().rev());
    let after = same.take_while(|(a, b)| a == b).count();
    [window(longest, &was, before, after), window(longest, &is, before, after)]
}

/// Returns what differs of a text with something around it.
fn window(longest: usize, text: &[char], before: usize, after: usize) -> String {
    // This much of what both texts say stands before and after what differs.
    let around = longest / 3;
    // A few characters are no gain over the mark of what is left out.
    let start = if before > around + 2 { before - around } else { 0 };
    let end = text.len() - after.saturating_sub(around);
    let end = end.min(start + longest);
    // A code span that is cut stays one.
    let is_in_code = |at: usize| text[..at].iter().filter(|it| **it == '`').count() % 2 == 1;
    let tick = |at: usize| if is_in_code(at) { "`" } else { "" };
    let mut acc = String::new();
    if start > 0 {
        acc.extend(["…", tick(start)]);
    }
    acc.extend(&text[start..end]);
    if end < text.len() {
        acc.extend([tick(end), "…"]);
    }
    acc
}

/// Returns how a row calls a type: an inline one by its place.
pub(super) fn subject(version: Version<'_>, id: TypeId) -> String {
    let Origin::Inline { owner, roles } = &version.def(id).origin else {
        return name(version, id);
    };
    let mut acc = match owner {
        Owner::Type(owner) => subject(version, *owner),
        Owner::Operation(id) => version.api.operation(*id).id.clone(),
        Owner::Skipped(name) | Owner::Webhook(name) => name.clone(),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_in_what_is_left() {
        let same = "word ".repeat(60);
        let [was, is] = cut_both(&format!("{same}old end"), &format!("{same}new end"));
        assert!(was.ends_with("old end") && is.ends_with("new end"), "{was}\n{is}");
        assert!(was.starts_with('…') && was.chars().count() <= LONGEST + 2, "{was}");
        let [was, is] = cut_both(&format!("old {same}"), &format!("new {same}"));
        assert!(was.starts_with("old ") && is.starts_with("new ") && was.ends_with('…'), "{was}");
        let [was, is] = cut_both(&format!("{same}x{same}"), &format!("{same}{same}"));
        assert_ne!(was, is);
        let cut = cut_both_to(12, "`abcdefghijklmn` x", "`zbcdefghijklmn` x");
        assert_eq!(cut, ["`abcde`…", "`zbcde`…"]);
        assert_eq!(cut_both("a\n b", "a c"), ["a b", "a c"]);
        let [was, is] = cut_both("a\nb", "a b");
        assert_ne!(was, is);
    }
}
