//! A media type of a request body in, how the body is written and what it is sent as out.

use crate::api::Encoding;
use crate::document::MediaType;
use crate::lower::Lowering;
use crate::lower::media::{
    is_binary, is_lines, is_record_sequence, is_structured, is_text, is_text_type, is_token,
};

/// How a request body is sent.
pub(super) struct Sent {
    pub(super) encoding: Encoding,
    /// The media type; a range where the caller names the type.
    pub(super) media_type: String,
    /// Why it is not the one that the document writes.
    pub(super) remark: Option<String>,
}

/// Returns how a request body is sent; the error says why it cannot be.
///
/// A range is what a server takes (RFC 9110 §12.5.1), never what a body has (§8.3): where the
/// encoding does not decide which type of the range it is, the caller names it.
pub(super) fn sent(
    name: &str,
    media: &MediaType,
    all: &[(String, MediaType)],
    acc: &mut Lowering<'_>,
) -> Result<Sent, String> {
    let (first, remark) = first_of(name)?;
    let (ty, subtype) = essence(&first);
    let encoding = encoding(&ty, &subtype, media, acc);
    let is_range = first.contains('*');
    let media_type = match encoding {
        _ if !is_range => first.clone(),
        Encoding::Text if ty == "text" => encoding.media_type().to_owned(),
        _ if encoding.is_typed() => {
            let media_type = encoding.media_type();
            let is_other = is_declared_otherwise(&first, media_type, media, all, acc);
            if is_other { first.clone() } else { media_type.to_owned() }
        }
        _ => first.clone(),
    };
    // Whose type only the caller knows is bytes.
    let encoding = if media_type.contains('*') { Encoding::Bytes } else { encoding };
    Ok(Sent { encoding, media_type, remark })
}

/// Returns whether a media type of a range has a schema of its own, under a key that is more specific: that key
/// alone applies (OpenAPI 3.0.4 §4.7.13.1).
fn is_declared_otherwise(
    range: &str,
    media_type: &str,
    media: &MediaType,
    all: &[(String, MediaType)],
    acc: &mut Lowering<'_>,
) -> bool {
    let n_stars = |it: &str| it.matches('*').count();
    all.iter().any(|(key, other)| {
        let is_more_specific = first_of(key)
            .is_ok_and(|(key, _)| n_stars(&key) < n_stars(range) && is_of_range(media_type, &key));
        is_more_specific
            && match (&media.schema, &other.schema) {
                (Some(one), Some(other)) => !acc.same_shape(one, other),
                (one, other) => one.is_some() || other.is_some(),
            }
    })
}

/// Returns whether a media type is another one, or one of a range.
fn is_of_range(media_type: &str, range: &str) -> bool {
    let ((ty, subtype), (of, range)) = (essence(media_type), essence(range));
    let is_subtype = match range.split_once('*') {
        Some((before, after)) => subtype.starts_with(before) && subtype.ends_with(after),
        None => subtype == range,
    };
    (of == "*" || of == ty) && is_subtype
}

/// Returns the media type that a key of `content` is, with its parameters: documents also write several
/// into one key, a word that is no type, and parameters that are none (`text/plain; utf-8`).
pub(super) fn first_of(name: &str) -> Result<(String, Option<String>), String> {
    let parts: Vec<&str> = name.split(',').map(str::trim).filter(|it| !it.is_empty()).collect();
    let first = parts.first().copied().unwrap_or_default();
    let is_type = |it: &str| {
        let essence = it.split(';').next().unwrap_or_default().trim();
        essence.split_once('/').is_some_and(|(ty, subtype)| is_token(ty) && is_token(subtype))
            && it.bytes().all(|it| matches!(it, b' '..=b'~'))
    };
    let (first, is_plain) = match first.to_ascii_lowercase().as_str() {
        "json" => ("application/json".to_owned(), false),
        _ if is_type(first) => {
            let sent = with_parameters(first);
            let is_plain = parts.len() == 1 && sent == first;
            (sent, is_plain)
        }
        _ => return Err(format!("request body `{name}` has no media type that can be sent")),
    };
    let remark = (!is_plain).then(|| format!("`{name}` is not a media type; `{first}` is sent"));
    Ok((first, remark))
}

/// Returns a media type with those of its parameters that are some (RFC 9110 §5.6.6, §8.3.1).
fn with_parameters(media_type: &str) -> String {
    let is_value = |it: &str| {
        let quoted = it.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
        is_token(it) || quoted.is_some_and(|it| !it.contains('"'))
    };
    let is_parameter = |it: &&str| {
        let pair = it.trim().split_once('=');
        it.trim().is_empty() || pair.is_some_and(|(name, value)| is_token(name) && is_value(value))
    };
    let mut parts = media_type.split(';');
    let essence = parts.next().unwrap_or_default();
    let kept = parts.filter(is_parameter);
    std::iter::once(essence).chain(kept).collect::<Vec<_>>().join(";")
}

/// Returns type and subtype in lower case, without parameters.
fn essence(name: &str) -> (String, String) {
    let essence = name.split(';').next().unwrap_or(name).trim().to_ascii_lowercase();
    let (ty, subtype) = essence.split_once('/').unwrap_or((essence.as_str(), ""));
    (ty.to_owned(), subtype.to_owned())
}

/// Returns how a body is written. What no encoder is there for is given as text or bytes by the caller.
fn encoding(ty: &str, subtype: &str, media: &MediaType, acc: &mut Lowering<'_>) -> Encoding {
    let is_object = |acc: &mut Lowering<'_>| {
        media.schema.as_ref().is_none_or(|at| super::objects::is_object(at, acc))
    };
    let is_json = subtype == "json" || subtype.ends_with("+json");
    let is_xml = subtype.ends_with("+xml");
    match (ty, subtype) {
        ("multipart", _) => Encoding::Multipart,
        _ if is_binary(media, acc) => Encoding::Bytes,
        // A record separator before each text is for the caller to write.
        _ if is_lines(subtype) && !is_record_sequence(subtype) => Encoding::Lines,
        _ if is_json && !subtype.starts_with("stream") => Encoding::Json,
        ("application", "x-www-form-urlencoded") if is_object(acc) => Encoding::Form,
        ("application", "x-www-form-urlencoded") | ("text", _) => Encoding::Text,
        _ if is_xml && ty != "image" => Encoding::Text,
        ("*" | "application", "*") if is_structured(media, acc) => Encoding::Json,
        ("image" | "audio" | "video" | "font" | "*", _)
        | ("application", "octet-stream" | "pdf" | "zip" | "gzip" | "*") => Encoding::Bytes,
        _ if is_text_type(subtype) || is_text(media, acc) => Encoding::Text,
        // MessagePack, Protocol Buffers and all else: what is no text cannot be told from its schema.
        _ => Encoding::Bytes,
    }
}
