//! Responses of every kind: what their values and errors keep, and what they show.

use super::super::DecodeErrorKind;
use super::*;

fn reply(status: u16, content_type: &'static str, body: impl Into<Bytes>) -> RawReply {
    let builder = Response::builder().status(status).header("Content-Type", content_type);
    RawReply::new(builder.header("X-Key", "hunter2").body(body.into()).unwrap())
}

#[test]
fn is_as_small_as_a_pointer() {
    assert_eq!(size_of::<RawReply>(), size_of::<usize>());
    assert_eq!(size_of::<ErrorReply<[u64; 20]>>(), 2 * size_of::<usize>());
    assert_eq!(size_of::<Undecodable>(), 2 * size_of::<usize>());
}

#[test]
fn content_type_is_the_essence_in_lower_case() {
    let cases = [
        ("application/json", Some("application/json")),
        ("Application/JSON ; charset=UTF-8", Some("application/json")),
        ("text/html;x", Some("text/html")),
        ("", None),
        (";", None),
    ];
    for (header, expected) in cases {
        assert_eq!(reply(200, header, "").content_type(), expected, "{header}");
    }
    assert_eq!(RawReply::new(Response::new(Bytes::new())).content_type(), None);
}

#[test]
fn renderings_show_no_content() {
    let raw = reply(401, "application/json", r#"{"error":"hunter2"}"#);
    let headers = r#"headers: ["content-type", "x-key"]"#;
    let shown = format!("RawReply {{ status: 401, {headers}, body: <19 bytes withheld> }}");
    assert_eq!(format!("{raw:?}"), shown);
    assert_eq!(raw.to_string(), "401 Unauthorized");
    let error = raw.into_json_error::<serde_json::Value>().unwrap();
    let shown = format!("ErrorReply {{ status: 401, {headers}, body: <19 bytes withheld> }}");
    assert_eq!(format!("{error:?}"), shown);
    assert_eq!(error.to_string(), "401 Unauthorized");
    assert_eq!(reply(499, "x/y", "").to_string(), "499 <unknown status code>");
}

#[test]
fn success_bodies() {
    let raw = reply(201, "application/json", "\u{feff} [1,2] ");
    let decoded = raw.into_json::<Vec<u8>>().unwrap();
    assert_eq!((decoded.status().as_u16(), decoded.body()), (201, &vec![1, 2]));
    assert_eq!(decoded.headers()["x-key"], "hunter2");
    assert_eq!(decoded.map(|list| list.len()).into_body(), 2);
    assert_eq!(reply(200, "text/plain", "\u{e4}").into_text().unwrap().into_body(), "\u{e4}");
    assert_eq!(reply(200, "x/y", "abc").into_bytes_reply().into_body(), "abc");
    let (status, headers, ()) = reply(204, "x/y", "abc").into_empty().into_parts();
    assert_eq!((status.as_u16(), headers.len()), (204, 2));
}

#[test]
fn error_bodies() {
    let error = reply(400, "application/json", "[1]").into_json_error::<Vec<u8>>().unwrap();
    assert_eq!((error.status().as_u16(), error.body()), (400, &vec![1]));
    assert_eq!((error.bytes().as_ref(), error.truncated()), (&b"[1]"[..], false));
    assert_eq!(error.raw().content_type(), Some("application/json"));
    assert_eq!(error.into_body(), [1]);
    assert_eq!(reply(400, "text/plain", "x").into_text_error().unwrap().into_body(), "x");
    assert_eq!(reply(400, "x/y", "x").into_bytes_error().into_body(), "x");
    reply(400, "x/y", "x").into_empty_error().into_body();
}

#[test]
fn what_does_not_decode_keeps_the_reply() {
    let error = reply(200, "application/json", "<html>").into_json::<Vec<u8>>().unwrap_err();
    assert_eq!((error.status().as_u16(), error.bytes().as_ref()), (200, &b"<html>"[..]));
    assert_eq!(error.error().kind(), DecodeErrorKind::Syntax);
    let error = reply(502, "text/plain", &b"\xff"[..]).into_text_error().unwrap_err();
    assert_eq!(error.error().kind(), DecodeErrorKind::Utf8);
}

#[test]
fn errors_keep_a_bounded_part_and_successes_see_the_whole() {
    let text = "a".repeat(MAX_KEPT + 1);
    let json = format!("\"{text}\"");
    let whole = reply(200, "application/json", json.clone()).into_json::<String>().unwrap();
    assert_eq!(whole.into_body(), text);
    let error = reply(500, "application/json", json).into_json_error::<String>().unwrap();
    assert_eq!((error.bytes().len(), error.truncated()), (MAX_KEPT, true));
    assert_eq!(error.into_body(), text, "the typed body is decoded from the whole");
    let error = reply(500, "x/y", text.clone()).into_bytes_error();
    assert_eq!((error.body().len(), error.truncated()), (MAX_KEPT, true));
    let error = reply(200, "x/y", text.clone()).into_json::<()>().unwrap_err();
    assert_eq!((error.bytes().len(), error.raw().truncated()), (MAX_KEPT, true));
    let exact = reply(500, "x/y", text[1..].to_owned()).into_empty_error();
    assert_eq!((exact.bytes().len(), exact.truncated()), (MAX_KEPT, false));
    let wide = format!("a{}", "\u{e4}".repeat(MAX_KEPT / 2));
    let error = reply(500, "text/plain", wide).into_text_error().unwrap();
    assert_eq!((error.body().len(), error.truncated()), (MAX_KEPT - 1, true));
}
