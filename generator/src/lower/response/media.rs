//! Decides how the body of each media type of a response is read.

use super::super::Lowering;
use super::super::media::{encoding, is_binary, is_structured, is_text, is_text_type, is_token};
use crate::api::Encoding;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::document::{self, MediaType};
use crate::nearest::nearest;

/// A media type of a response.
pub(super) struct Media<'a> {
    /// The media type, also where the document misspells it.
    pub(super) name: String,
    /// How the body is read.
    pub(super) encoding: Encoding,
    pub(super) node: &'a MediaType,
    /// The position in the document.
    pub(super) position: usize,
}

/// Reads the media types of a response, `application/json` first: of several inline schemas it is the one
/// that needs no media type in its name.
pub(super) fn read<'a>(response: &'a document::Response, acc: &mut Lowering<'_>) -> Vec<Media<'a>> {
    let mut all: Vec<Media<'a>> = Vec::new();
    for (position, (written, node)) in response.content.iter().enumerate() {
        let name = spelled(written, node, acc);
        let encoding = read_as(&name, node, acc);
        all.push(Media { name, encoding, node, position });
    }
    let json: Vec<_> = (all.iter())
        .filter(|it| it.encoding == Encoding::Json)
        .filter_map(|it| it.node.schema.as_ref())
        .collect();
    for media in &mut all {
        // Frameworks list it with every response, and answer in it with texts alone.
        if media.encoding == Encoding::Text
            && essence(&media.name) == "text/plain"
            && is_structured(media.node, acc)
            && let Some(schema) = &media.node.schema
            && json.iter().any(|it| acc.same_shape(it, schema))
        {
            media.encoding = Encoding::Json;
        }
    }
    all.sort_by_key(|it| essence(&it.name) != "application/json");
    all
}

fn essence(name: &str) -> String {
    name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Returns how a body of a media type is read.
fn read_as(name: &str, media: &MediaType, acc: &mut Lowering<'_>) -> Encoding {
    let essence = essence(name);
    let (ty, subtype) = essence.split_once('/').unwrap_or((&essence, ""));
    let encoding = match subtype {
        "x-www-form-urlencoded" => Encoding::Text,
        _ if is_text_type(subtype) || subtype.ends_with("+xml") && ty != "image" => Encoding::Text,
        _ if ty == "multipart" => Encoding::Bytes,
        _ => encoding(name, media, acc).unwrap_or_else(|| {
            let is_text = is_text(media, acc);
            if is_text { Encoding::Text } else { Encoding::Bytes }
        }),
    };
    if !encoding.is_sequence() && is_binary(media, acc) { Encoding::Bytes } else { encoding }
}

/// The types that are registered, and those of before there was a registry.
const TYPES: &[&str] = &[
    "*",
    "application",
    "audio",
    "chemical",
    "example",
    "font",
    "haptics",
    "image",
    "message",
    "model",
    "multipart",
    "text",
    "video",
];

/// Words that stand for a media type where none is written.
const WORDS: &[(&str, &str)] = &[
    ("binary", "application/octet-stream"),
    ("csv", "text/csv"),
    ("html", "text/html"),
    ("json", "application/json"),
    ("pdf", "application/pdf"),
    ("plain", "text/plain"),
    ("text", "text/plain"),
    ("xml", "application/xml"),
    ("yaml", "application/yaml"),
];

/// Returns a media type as it must have been meant, since a client asks for it by this name, and says
/// where it is written otherwise. What cannot be told is anything.
fn spelled(written: &str, media: &MediaType, acc: &mut Lowering<'_>) -> String {
    let Some(meant) = meant(written) else { return written.trim().to_owned() };
    let title = format!("`{written}` is not a media type");
    let label = format!("read as `{meant}`");
    acc.sink.push(
        Diagnostic::warning(codes::WRONG_KIND, media.pointer.clone(), title).at_key().label(label),
    );
    meant
}

/// Returns the media type that a text must have been meant as, if it is none.
fn meant(written: &str) -> Option<String> {
    let (essence, parameters) = written.split_once(';').unwrap_or((written, ""));
    let essence = essence.trim();
    let with_parameters = |essence: &str| match parameters.trim() {
        "" => essence.to_owned(),
        parameters => format!("{essence}; {parameters}"),
    };
    let lower = essence.to_ascii_lowercase();
    let is_readable = written.bytes().all(|it| matches!(it, b' '..=b'~'));
    if let Some((ty, subtype)) = lower.split_once('/')
        && is_token(ty)
        && is_token(subtype)
        && is_readable
    {
        if TYPES.contains(&ty) || ty.starts_with("x-") {
            return None;
        }
        let ty = nearest(ty, TYPES.iter().copied())?;
        return Some(with_parameters(&format!("{ty}/{subtype}")));
    }
    if let Some((_, media_type)) = WORDS.iter().find(|(word, _)| *word == lower) {
        return Some((*media_type).to_owned());
    }
    let near = nearest(&lower, WORDS.iter().map(|(_, media_type)| *media_type));
    Some(near.unwrap_or("*/*").to_owned())
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn media_types_are_told_from_what_is_none() {
        for (written, expected) in [
            ("application/json", None),
            ("Application/JSON; charset=utf-8", None),
            ("*/*", None),
            ("application/*+json", None),
            ("x-world/x-vrml", None),
            ("unheard/of", None),
            ("json", Some("application/json")),
            ("CSV", Some("text/csv")),
            ("applicaton/json", Some("application/json")),
            ("aplication/pdf; q=1", Some("application/pdf; q=1")),
            ("application\\json", Some("application/json")),
            ("applicationjson", Some("application/json")),
            ("text/", Some("*/*")),
            ("", Some("*/*")),
            ("OK, it worked", Some("*/*")),
            ("text/csv\n", Some("text/csv")),
        ] {
            assert_eq!(meant(written).as_deref(), expected, "{written:?}");
        }
    }
}
