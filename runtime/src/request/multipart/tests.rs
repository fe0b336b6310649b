//! Multipart bodies, read back by an independent parser.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::HeaderMap;
use serde::Serialize;

use super::super::field::{FieldEncoding, FieldStyle};
use super::super::tests::get;
use super::*;
use crate::{FilePart, Secret};

/// A part as `multer` reads it.
#[derive(Debug, PartialEq)]
struct Read {
    name: Option<String>,
    file_name: Option<String>,
    content_type: Option<String>,
    content: Bytes,
}

fn sent(
    media_type: &str,
    value: &impl Serialize,
    fields: &[FieldEncoding],
) -> Result<(String, Bytes), RequestError> {
    let mut request = get();
    request.multipart(media_type, value, fields);
    let request = request.build()?;
    let media_type = request.headers()["content-type"].to_str().unwrap().to_owned();
    Ok((media_type, request.into_body()))
}

/// Sends a value, and reads the body as a server does: by the boundary of the media type.
fn read(value: &impl Serialize, fields: &[FieldEncoding]) -> Vec<(Read, HeaderMap)> {
    let (media_type, body) = sent("multipart/form-data", value, fields).unwrap();
    let boundary = multer::parse_boundary(&media_type).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let mut parsed = multer::Multipart::with_reader(&*body, boundary);
        let mut acc = Vec::new();
        while let Some(field) = parsed.next_field().await.unwrap() {
            let headers = field.headers().clone();
            let read = Read {
                name: field.name().map(str::to_owned),
                file_name: field.file_name().map(str::to_owned),
                content_type: field.content_type().map(ToString::to_string),
                content: field.bytes().await.unwrap(),
            };
            acc.push((read, headers));
        }
        acc
    })
}

fn parts(value: &impl Serialize, fields: &[FieldEncoding]) -> Vec<Read> {
    read(value, fields).into_iter().map(|it| it.0).collect()
}

fn text(name: &str, content: &str) -> Read {
    let content = Bytes::copy_from_slice(content.as_bytes());
    Read { name: Some(name.to_owned()), file_name: None, content_type: None, content }
}

fn json(name: &str, content: &str) -> Read {
    Read { content_type: Some("application/json".to_owned()), ..text(name, content) }
}

fn file(name: &str, file_name: &str, content_type: &str, content: &'static [u8]) -> Read {
    Read {
        name: Some(name.to_owned()),
        file_name: Some(file_name.to_owned()),
        content_type: Some(content_type.to_owned()),
        content: Bytes::from_static(content),
    }
}

struct Upload {
    picture: FilePart,
    pages: Vec<FilePart>,
    title: String,
    count: Option<i64>,
    ratio: f64,
    meta: Option<BTreeMap<&'static str, Vec<u8>>>,
    tags: Vec<&'static str>,
    key: Secret,
    note: Option<String>,
}

crate::json_object!(@write Upload {
    required picture, required pages, required title, optional count, required ratio, optional meta,
    required tags, secret key, optional note
});

fn upload() -> Upload {
    Upload {
        picture: FilePart::from(b"\x89PNG\r\n--\0\xff")
            .file_name("a.png")
            .content_type("image/png"),
        pages: vec![FilePart::from(b"1"), FilePart::from(b"").file_name("two")],
        title: "\u{e4} \r\n".to_owned(),
        count: Some(-1),
        ratio: 0.5,
        meta: Some(BTreeMap::from([("a", vec![1, 2])])),
        tags: vec!["x", "y z"],
        key: "hunter2".into(),
        note: None,
    }
}

/// The defaults of OpenAPI 3.0.4 section 4.7.15.1: text, JSON for objects, octet-stream for files, a part
/// for each element of a list, nothing for what is absent.
#[test]
fn a_part_for_each_property() {
    let expected = [
        file("picture", "a.png", "image/png", b"\x89PNG\r\n--\0\xff"),
        // A file without a name is still a file.
        file("pages", "pages", "application/octet-stream", b"1"),
        file("pages", "two", "application/octet-stream", b""),
        text("title", "\u{e4} \r\n"),
        text("count", "-1"),
        text("ratio", "0.5"),
        json("meta", r#"{"a":[1,2]}"#),
        text("tags", "x"),
        text("tags", "y z"),
        text("key", "hunter2"),
    ];
    assert_eq!(parts(&upload(), &[]), expected);
}

#[test]
fn an_encoding_object_gives_the_type() {
    let value = serde_json::json!({
        "a": "x", "b": {"c": 1}, "d": "plain", "e": ["f"], "g": [{"h": 1}, [2]]
    });
    let typed = |name, content_type| {
        FieldEncoding::new(name, FieldStyle::Default).content_type(content_type)
    };
    let fields = [
        typed("a", "application/json"),
        typed("b", "application/vnd.x+json"),
        typed("d", "text/markdown; charset=utf-8"),
        typed("e", "text/csv"),
    ];
    let of_type = |content_type: &str, read: Read| Read {
        content_type: Some(content_type.to_owned()),
        ..read
    };
    let expected = [
        json("a", "\"x\""),
        of_type("application/vnd.x+json", text("b", r#"{"c":1}"#)),
        of_type("text/markdown; charset=utf-8", text("d", "plain")),
        of_type("text/csv", text("e", "f")),
        json("g", r#"{"h":1}"#),
        json("g", "[2]"),
    ];
    assert_eq!(parts(&value, &fields), expected);
}

/// The type of a file is what the caller says, else the only one that the document allows.
#[test]
fn the_type_of_a_file() {
    let of = |file: FilePart, declared: &'static str| {
        let fields = [FieldEncoding::new("f", FieldStyle::Default).content_type(declared)];
        parts(&BTreeMap::from([("f", file)]), &fields).remove(0).content_type.unwrap()
    };
    assert_eq!(of(FilePart::from("x"), "application/pdf"), "application/pdf");
    let octets = "application/octet-stream";
    assert_eq!(of(FilePart::from("x"), "image/png, image/jpeg"), octets);
    assert_eq!(of(FilePart::from("x"), "image/*"), octets);
    assert_eq!(of(FilePart::from("x").content_type("image/gif"), "application/pdf"), "image/gif");
}

/// Style and `explode` of OpenAPI 3.1.1 section 4.8.15.1; nothing is percent-encoded in a part.
#[test]
fn each_style_of_the_encoding_object() {
    use FieldStyle::{Comma, DeepObject, Exploded, Pipe, Space};
    let list = serde_json::json!({"color": ["blue", "black"]});
    let object = serde_json::json!({"color": {"B": 150, "R": [1]}});
    let flat = serde_json::json!({"color": {"B": 150, "R": 100}});
    let table = [
        (Exploded, &list, vec![text("color", "blue"), text("color", "black")]),
        (Exploded, &flat, vec![text("B", "150"), text("R", "100")]),
        (Comma, &list, vec![text("color", "blue,black")]),
        (Comma, &flat, vec![text("color", "B,150,R,100")]),
        (Space, &list, vec![text("color", "blue black")]),
        (Pipe, &list, vec![text("color", "blue|black")]),
        (DeepObject, &list, vec![text("color[0]", "blue"), text("color[1]", "black")]),
        (DeepObject, &object, vec![text("color[B]", "150"), text("color[R][0]", "1")]),
    ];
    for (style, value, expected) in table {
        assert_eq!(parts(value, &[FieldEncoding::new("color", style)]), expected, "{style:?}");
    }
    let comma = [FieldEncoding::new("color", Comma)];
    let error = sent("multipart/form-data", &serde_json::json!({"color": ["a,b"]}), &comma);
    assert_eq!(error.unwrap_err(), RequestError::FormField { name: "color".into() });
}

/// The HTML standard, multipart/form-data encoding algorithm: `"`, CR and LF are percent-encoded, nothing else.
#[test]
fn names_are_escaped() {
    let name = "a\"b\r\nc\u{e4}\\%";
    let value = BTreeMap::from([(name, FilePart::from("x").file_name("f\"\r\n\u{2603}.txt"))]);
    let (_, body) = sent("multipart/form-data", &value, &[]).unwrap();
    let body = String::from_utf8(body.to_vec()).unwrap();
    let head = "Content-Disposition: form-data; name=\"a%22b%0D%0Ac\u{e4}\\%\"; \
                filename=\"f%22%0D%0A\u{2603}.txt\"\r\n";
    assert!(body.contains(head), "{body}");
}

#[test]
fn headers_of_a_part() {
    let file = FilePart::from("x").header("x-part", "1").header("Content-Language", "de");
    let (_, headers) = read(&BTreeMap::from([("f", file)]), &[]).remove(0);
    assert_eq!(
        (&headers["x-part"], &headers["content-language"]),
        (&"1".parse().unwrap(), &"de".parse().unwrap())
    );
    let refused = RequestError::FormField { name: "f".into() };
    for file in [
        FilePart::from("x").header("x", "1\r\ny: 2"),
        FilePart::from("x").header("x y", "1"),
        FilePart::from("x").content_type("a/b\r\nx: y"),
    ] {
        let error = sent("multipart/form-data", &BTreeMap::from([("f", file)]), &[]).unwrap_err();
        assert_eq!(error, refused);
        assert!(!error.to_string().contains("x: y"), "{error}");
    }
}

/// RFC 2046 section 5.1.1: up to 70 characters, in no content; a new one for each request.
#[test]
fn the_boundary_is_random_and_the_only_one() {
    let value = BTreeMap::from([("a", 1)]);
    let boundaries: Vec<String> = (0..64)
        .map(|_| {
            let declared = "multipart/form-data; boundary=mine; charset=utf-8";
            let (media_type, _) = sent(declared, &value, &[]).unwrap();
            assert!(media_type.starts_with("multipart/form-data; charset=utf-8; boundary="));
            multer::parse_boundary(&media_type).unwrap()
        })
        .collect();
    let distinct: std::collections::BTreeSet<_> = boundaries.iter().collect();
    assert_eq!(distinct.len(), 64);
    assert!(boundaries.iter().all(|it| it.len() <= 70 && it != "mine"));
}

#[test]
fn other_subtypes() {
    let value = BTreeMap::from([("a", serde_json::json!({"b": 1}))]);
    let (media_type, body) = sent("multipart/related", &value, &[]).unwrap();
    assert!(media_type.contains("; type=\"application/json\"; boundary="), "{media_type}");
    assert!(String::from_utf8(body.to_vec()).unwrap().contains("{\"b\":1}"));
    let file = BTreeMap::from([("a", FilePart::from("x"))]);
    let (_, body) = sent("multipart/mixed", &file, &[]).unwrap();
    assert!(!String::from_utf8(body.to_vec()).unwrap().contains("filename"));
}

#[test]
fn what_is_no_object_is_refused() {
    let refused = RequestError::Body { media_type: "multipart/form-data".into() };
    assert_eq!(sent("multipart/form-data", &"hunter2", &[]).unwrap_err(), refused);
    assert_eq!(sent("multipart/form-data", &[1], &[]).unwrap_err(), refused);
    assert_eq!(sent("multipart/form-data", &FilePart::from("x"), &[]).unwrap_err(), refused);
    assert!(parts(&None::<Upload>, &[]).is_empty());
}

/// The content of a file is in the body as it is: the only copy is the one into the body.
#[test]
fn the_content_of_a_file_is_a_segment_of_its_own() {
    let content = Bytes::from_static(b"0123456789");
    let value = BTreeMap::from([("f", FilePart::new(content.clone()))]);
    let parts = super::parts("multipart/form-data", &value, &[]).unwrap();
    let segments = segments(parts, "b");
    let is_content =
        |it: &RequestBody| it.to_bytes().is_some_and(|it| it.as_ptr() == content.as_ptr());
    assert!(segments.iter().any(is_content));
}
