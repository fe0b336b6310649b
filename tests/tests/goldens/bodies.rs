//! Request bodies of each media type: JSON, text, bytes, forms, and none.

use tamarack_goldens::golden::calls::v1::operations::{
    ListThings, MakeThing, Probe, Say, SendForm, SendFormEncoding, SetCount, SetNames, Upload,
};
use tamarack_goldens::golden::calls::v1::types::{Form, Note};
use tamarack_goldens::runtime::Operation;
use tamarack_goldens::runtime::bytes::Bytes;
use tamarack_goldens::runtime::http::Request;

use crate::{built, header};

/// The media type and the body of the request of an operation.
fn content(operation: impl Operation) -> (Option<String>, String) {
    content_of(&built(operation).unwrap())
}

fn content_of(request: &Request<Bytes>) -> (Option<String>, String) {
    let media_types = header(request, "Content-Type");
    assert!(media_types.len() < 2, "{media_types:?}");
    let media_type = media_types.first().map(|&text| text.to_owned());
    (media_type, String::from_utf8(request.body().to_vec()).unwrap())
}

fn is(media_type: &str, body: &str) -> (Option<String>, String) {
    (Some(media_type.to_owned()), body.to_owned())
}

/// A body that is not there has no type (RFC 9110, section 8.3), and a `POST` says that its length is
/// zero (section 8.6).
#[test]
fn an_optional_body_that_nobody_gives() {
    let request = built(MakeThing::new()).unwrap();
    assert_eq!(header(&request, "Content-Length"), ["0"]);
    assert_eq!(content_of(&request), (None, String::new()));
}

#[test]
fn an_optional_body_that_is_given() {
    let sent = |note: Note| content(MakeThing::new().body(note));
    assert_eq!(sent(Note::new()), is("application/json", "{}"), "an empty object is a body");
    assert_eq!(sent(Note::new().with_text("ü")), is("application/json", r#"{"text":"ü"}"#));
}

#[test]
fn json_that_is_no_object() {
    let sent = content(SetCount::new(-9));
    assert_eq!(sent, is("application/json", "-9"));
    let names = vec!["a".to_owned(), "b\"".to_owned()];
    let sent = content(SetNames::new(names));
    assert_eq!(sent, is("application/json", r#"["a","b\""]"#));
    let sent = content(SetNames::new(Vec::new()));
    assert_eq!(sent, is("application/json", "[]"));
}

#[test]
fn a_text_is_sent_as_it_is() {
    for text in ["x", "\"quoted\"", "ü €\r\n\t", ""] {
        assert_eq!(content(Say::new(text)), is("text/plain", text));
    }
}

#[test]
fn bytes_are_sent_as_they_are() {
    let bytes = Bytes::from_static(b"\x00\xff\r\n\r\n\x89PNG");
    let request = built(Upload::new(bytes.clone())).unwrap();
    assert_eq!(header(&request, "Content-Type"), ["application/octet-stream"]);
    assert_eq!(*request.body(), bytes);
}

fn form() -> Form {
    Form::new("a b&c=ü+1").with_count(-2).with_tags(vec!["x,y".to_owned(), "*-._~".to_owned()])
}

fn form_sent(form: &Form, encoding: SendFormEncoding) -> (Option<String>, String) {
    content(SendForm::new(form.clone()).encoding(encoding))
}

/// A list repeats its name (style `form`, which explodes); characters as the WHATWG URL standard
/// encodes them: a space is `+`, and `*-._` stay.
#[test]
fn a_form_exactly() {
    let media_type = "application/x-www-form-urlencoded";
    let expected = "name=a+b%26c%3D%C3%BC%2B1&count=-2&tags=x%2Cy&tags=*-._%7E";
    assert_eq!(form_sent(&form(), SendFormEncoding::Form), is(media_type, expected));
    assert_eq!(form_sent(&Form::new(""), SendFormEncoding::Form), is(media_type, "name="));
    let empty = Form::new("n").with_tags(Vec::new());
    assert_eq!(form_sent(&empty, SendFormEncoding::Form), is(media_type, "name=n"));
}

/// The first media type of the document is the one sent unasked.
#[test]
fn the_form_is_the_default() {
    let unasked = content(SendForm::new(form()));
    assert_eq!(unasked, form_sent(&form(), SendFormEncoding::Form));
}

#[test]
fn the_other_media_type_keeps_its_name() {
    let expected = r#"{"name":"a b&c=ü+1","count":-2,"tags":["x,y","*-._~"]}"#;
    let media_type = "application/merge-patch+json";
    assert_eq!(
        form_sent(&form(), SendFormEncoding::ApplicationMergePatchJson),
        is(media_type, expected)
    );
}

/// What the documents' responses have, and any where they have none (RFC 9110, section 12.5.1).
#[test]
fn what_is_accepted() {
    fn accepted(operation: impl Operation) -> String {
        header(&built(operation).unwrap(), "Accept").join("\n")
    }
    assert_eq!(accepted(ListThings::new()), "application/json, text/plain");
    assert_eq!(accepted(Say::new("")), "text/plain");
    assert_eq!(accepted(SetCount::new(1)), "application/json");
    assert_eq!(accepted(Probe::new()), "*/*");
}
