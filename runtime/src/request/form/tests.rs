//! Forms, checked against the WHATWG URL standard.

use super::*;
use crate::Secret;
use proptest::prelude::*;
use serde::Serializer;
use std::collections::BTreeMap;

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Grant {
    ClientCredentials,
}

#[derive(Serialize)]
struct Text(String);

fn exposed<S: Serializer>(secret: &Secret, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(secret.expose())
}

#[derive(Serialize)]
struct Login {
    grant_type: Grant,
    #[serde(serialize_with = "exposed")]
    client_secret: Secret,
    audience: Option<Text>,
    scope: Option<&'static str>,
    resource: Vec<&'static str>,
    #[serde(rename = "max age")]
    max_age: i64,
    ratio: f64,
    active: bool,
    #[serde(flatten)]
    more: BTreeMap<String, u8>,
}

fn encoded(value: &impl Serialize) -> Result<String, RequestError> {
    encoded_with(value, &[])
}

fn encoded_with(value: &impl Serialize, fields: &[FieldEncoding]) -> Result<String, RequestError> {
    encode(value, fields).map(|body| String::from_utf8(body.as_ref().to_vec()).unwrap())
}

#[test]
fn a_flat_struct() {
    let login = Login {
        grant_type: Grant::ClientCredentials,
        client_secret: "a b+c&d=e%\u{e4}*-._~".into(),
        audience: Some(Text("https://x/".to_owned())),
        scope: None,
        resource: vec!["a", "", "b c"],
        max_age: -5,
        ratio: 1.5,
        active: true,
        more: BTreeMap::from([("z".to_owned(), 255)]),
    };
    // The WHATWG URL standard, application/x-www-form-urlencoded percent-encode set.
    let expected = "grant_type=client_credentials\
        &client_secret=a+b%2Bc%26d%3De%25%C3%A4*-._%7E\
        &audience=https%3A%2F%2Fx%2F&resource=a&resource=&resource=b+c\
        &max+age=-5&ratio=1.5&active=true&z=255";
    assert_eq!(encoded(&login).unwrap(), expected);
}

/// What `json_object!` writes is the form that the derive writes.
#[test]
fn an_object_of_the_macro() {
    struct Lean {
        client_secret: Secret,
        scope: Option<&'static str>,
        audience: Option<String>,
        resource: Vec<&'static str>,
        max_age: i64,
        more: BTreeMap<String, u8>,
    }
    crate::json_object!(@write Lean {
        secret client_secret, optional scope, nullable audience, required resource,
        required max_age as "max age"; rest more
    });
    let lean = Lean {
        client_secret: "a b+c".into(),
        scope: None,
        audience: None,
        resource: vec!["a", "b c"],
        max_age: -5,
        more: BTreeMap::from([("z".to_owned(), 255)]),
    };
    let expected = "client_secret=a+b%2Bc&resource=a&resource=b+c&max+age=-5&z=255";
    assert_eq!(encoded(&lean).unwrap(), expected);
}

#[test]
fn nothing_is_an_empty_form() {
    assert_eq!(encoded(&()).unwrap(), "");
    assert_eq!(encoded(&None::<Login>).unwrap(), "");
    assert_eq!(encoded(&BTreeMap::from([("a", None::<u8>)])).unwrap(), "");
    assert_eq!(encoded(&BTreeMap::from([("a", Vec::<u8>::new())])).unwrap(), "");
}

/// The names, in plain, of the pairs of a body.
fn pairs(body: &str) -> Vec<(String, String)> {
    let pairs = form_urlencoded::parse(body.as_bytes());
    pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

#[track_caller]
fn check(value: &serde_json::Value, fields: &[FieldEncoding], expected: &[(&str, &str)]) {
    let body = encoded_with(value, fields).unwrap();
    let expected = expected.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    assert_eq!(pairs(&body), expected.collect::<Vec<_>>(), "{body}");
}

/// What is nested has brackets, as PHP, Rails and `qs` read it.
#[test]
fn what_is_nested_has_brackets() {
    let value = serde_json::json!({
        "amount": 1,
        "card": {"number": "4242", "owner": {"first name": "A&B"}, "tags": ["x", "y"], "cvc": null},
        "items": [{"id": 1, "sizes": [{"n": 2}]}, {"id": 3}],
        "rows": [[1, 2], [3]],
    });
    let expected = [
        ("amount", "1"),
        ("card[number]", "4242"),
        ("card[owner][first name]", "A&B"),
        ("card[tags][0]", "x"),
        ("card[tags][1]", "y"),
        ("items[0][id]", "1"),
        ("items[0][sizes][0][n]", "2"),
        ("items[1][id]", "3"),
        ("rows[0][0]", "1"),
        ("rows[0][1]", "2"),
        ("rows[1][0]", "3"),
    ];
    check(&value, &[], &expected);
    let body = encoded(&serde_json::json!({"card": {"number": 1}})).unwrap();
    // OpenAPI 3.0.4 section 4.7.12.5, style `deepObject`, has encoded brackets.
    assert_eq!(body, "card%5Bnumber%5D=1");
}

/// Style and `explode`, each with a primitive, a list and an object. The expected values are those of the
/// table in OpenAPI 3.0.4 section 4.7.12.5 (the same in 3.1.1 section 4.8.12.6), where it has one.
#[test]
fn each_style_of_the_encoding_object() {
    #[derive(Serialize)]
    #[serde(untagged)]
    enum Color {
        Text(&'static str),
        List([&'static str; 3]),
        #[serde(rename_all = "UPPERCASE")]
        Object {
            r: u8,
            g: u8,
            b: u8,
        },
    }
    use FieldStyle::{Comma, DeepObject, Exploded, Pipe, Space};
    let text = || Color::Text("blue");
    let list = || Color::List(["blue", "black", "brown"]);
    let object = || Color::Object { r: 100, g: 200, b: 150 };
    let table = [
        (Exploded, text(), "color=blue"),
        (Exploded, list(), "color=blue&color=black&color=brown"),
        (Exploded, object(), "R=100&G=200&B=150"),
        (Comma, text(), "color=blue"),
        (Comma, list(), "color=blue,black,brown"),
        (Comma, object(), "color=R,100,G,200,B,150"),
        (Space, list(), "color=blue%20black%20brown"),
        (Space, object(), "color=R%20100%20G%20200%20B%20150"),
        (Pipe, list(), "color=blue%7Cblack%7Cbrown"),
        (Pipe, object(), "color=R%7C100%7CG%7C200%7CB%7C150"),
        (DeepObject, object(), "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
        // Not in the table: `n/a`.
        (DeepObject, text(), "color=blue"),
        (DeepObject, list(), "color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown"),
    ];
    for (style, value, expected) in table {
        let value = BTreeMap::from([("color", value)]);
        let sent = encoded_with(&value, &[FieldEncoding::new("color", style)]).unwrap();
        assert_eq!(sent, expected, "{style:?}");
    }
}

#[test]
fn empty_lists_and_objects_add_nothing() {
    let value = serde_json::json!({"a": [], "b": {}, "c": [null], "d": {"e": null}});
    for style in [FieldStyle::Default, FieldStyle::Exploded, FieldStyle::DeepObject] {
        let fields = ["a", "b", "c", "d"].map(|it| FieldEncoding::new(it, style));
        check(&value, &fields, &[]);
    }
    for style in [FieldStyle::Comma, FieldStyle::Space, FieldStyle::Pipe] {
        let fields = ["a", "b", "c", "d"].map(|it| FieldEncoding::new(it, style));
        check(&value, &fields, &[]);
    }
}

/// `contentType: application/json` (OpenAPI 3.0.4 section 4.7.15.1).
#[test]
fn json_in_a_field() {
    let fields = ["a", "b", "c"].map(|it| {
        FieldEncoding::new(it, FieldStyle::Default).content_type("application/json; charset=utf-8")
    });
    let value = serde_json::json!({"a": {"x": [1]}, "b": "t", "c": null, "d": 1});
    check(&value, &fields, &[("a", r#"{"x":[1]}"#), ("b", "\"t\""), ("d", "1")]);
    let text = FieldEncoding::new("a", FieldStyle::Default).content_type("text/plain");
    check(&serde_json::json!({"a": "t"}), &[text], &[("a", "t")]);
}

/// Reserved characters stay, without those that delimit pairs or stand for others.
#[test]
fn reserved_characters_are_left_where_they_are_allowed() {
    let reserved = |style| [FieldEncoding::new("a", style).allow_reserved()];
    let value = serde_json::json!({"a": "/:?#[]@!$'()*,;-._~ %&=+\u{e4}"});
    let sent = encoded_with(&value, &reserved(FieldStyle::Exploded)).unwrap();
    assert_eq!(sent, "a=/:?#[]@!$'()*,;-._~%20%25%26%3D%2B%C3%A4");
    check(&value, &reserved(FieldStyle::Exploded), &[("a", "/:?#[]@!$'()*,;-._~ %&=+\u{e4}")]);
    let list = serde_json::json!({"a": ["x/y", "1,2"]});
    let sent = encoded_with(&list, &reserved(FieldStyle::Comma)).unwrap();
    assert_eq!(sent, "a=x/y,1%2C2");
}

#[test]
fn what_no_form_can_hold_is_named_and_not_quoted() {
    let refused = RequestError::FormField { name: "a".into() };
    let fails = |value: serde_json::Value, style| {
        let error = encoded_with(&value, &[FieldEncoding::new("a", style)]).unwrap_err();
        assert_eq!(error, refused, "{value}");
    };
    // The encoded delimiter could not be told from the one in a value.
    fails(serde_json::json!({"a": ["x y"]}), FieldStyle::Space);
    fails(serde_json::json!({"a": ["x", "|"]}), FieldStyle::Pipe);
    fails(serde_json::json!({"a": [["x"]]}), FieldStyle::Comma);
    fails(serde_json::json!({"a": {"b": {"c": 1}}}), FieldStyle::Comma);
    let error = |it: &dyn Fn() -> Result<String, RequestError>| it().unwrap_err();
    assert_eq!(error(&|| encoded(&BTreeMap::from([("a", f64::NAN)]))), refused);
    assert_eq!(error(&|| encoded(&BTreeMap::from([("a", FilePart::from(b"\xff"))]))), refused);
    assert_eq!(encoded(&BTreeMap::from([("a", FilePart::from("t"))])).unwrap(), "a=t");
    let body = RequestError::Body { media_type: MEDIA_TYPE.into() };
    assert_eq!(error(&|| encoded(&"hunter2")), body);
    assert_eq!(error(&|| encoded(&vec![1])), body);
    assert_eq!(error(&|| encoded(&BTreeMap::from([((1, 2), 3)]))), body);
}

proptest! {
    #[test]
    fn a_server_reads_back_what_was_written(
        pairs in proptest::collection::btree_map(".{0,8}", proptest::collection::vec(".{0,8}", 1..3), 0..4)
    ) {
        let body = encode(&pairs, &[]).unwrap();
        let mut read = BTreeMap::<String, Vec<String>>::new();
        for (name, value) in form_urlencoded::parse(body.as_ref()) {
            read.entry(name.into_owned()).or_default().push(value.into_owned());
        }
        prop_assert_eq!(read, pairs);
    }
}
