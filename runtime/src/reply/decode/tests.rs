//! Broken and hostile bodies become errors that do not quote them.

use super::*;
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
struct Shape {
    #[serde(rename = "expires-in")]
    expires_in: i64,
    #[serde(default)]
    note: Option<u8>,
}

fn error(body: &str) -> DecodeError {
    json::<Shape>(body.as_bytes()).unwrap_err()
}

#[test]
fn details_name_fields_and_kinds() {
    let cases = [
        ("{}", "missing field `expires-in`"),
        (r#"{"expires-in":1,"expires-in":2}"#, "duplicate field `expires-in`"),
        (r#"{"expires-in":"hunter2"}"#, "invalid type: string, expected i64"),
        (r#"{"expires-in":1.5}"#, "invalid type: floating point, expected i64"),
        (r#"{"expires-in":true}"#, "invalid type: boolean, expected i64"),
        (r#"{"expires-in":null}"#, "invalid type: null, expected i64"),
        (r#"{"expires-in":[1]}"#, "invalid type: sequence, expected i64"),
        (r#"{"expires-in":{}}"#, "invalid type: map, expected i64"),
        (r#"{"expires-in":1,"note":731}"#, "invalid value: integer, expected u8"),
        (r#""hunter2""#, "invalid type: string, expected struct Shape"),
    ];
    for (body, detail) in cases {
        let error = error(body);
        assert_eq!((error.kind(), error.detail()), (DecodeErrorKind::Data, Some(detail)));
    }
    let place = error("{\n \"expires-in\": \"x\"}");
    assert_eq!((place.line(), place.column()), (2, 18));
    let shown = "not the declared JSON: invalid type: string, expected i64";
    assert_eq!(place.to_string(), format!("{shown} at line 2 column 18"));
}

/// JSON Schema 2020-12 Validation, section 6.1.1.
#[test]
fn a_whole_number_with_a_fraction_is_an_integer() {
    let shape: Shape = json(br#"{"expires-in":3.6e3,"note":7.0}"#).unwrap();
    assert_eq!((shape.expires_in, shape.note), (3600, Some(7)));
    // The error is that of what was received.
    let error = error("{\"expires-in\":3600.0,\n\"note\":\"x\"}");
    assert_eq!(
        (error.line(), error.detail()),
        (1, Some("invalid type: floating point, expected i64"))
    );
}

#[test]
fn hostile_values_are_not_quoted() {
    let values = [
        "HUNTER, expected HUNTER",
        "HUNTER`, expected `HUNTER",
        "`HUNTER` at line 9 column 9",
        "missing field `HUNTER`",
        "\\\", expected HUNTER",
        "\\n, expected HUNTER at line 1",
    ];
    for value in values {
        let error = error(&format!(r#"{{"expires-in":"{value}"}}"#));
        assert_eq!(error.detail(), Some("invalid type: string, expected i64"), "{value}");
        assert!(!format!("{error:?} {error}").contains("HUNTER"), "{error:?}");
    }
}

#[test]
fn custom_messages_are_dropped() {
    #[derive(Debug)]
    struct Custom;
    impl<'de> Deserialize<'de> for Custom {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            Err(serde::de::Error::custom(String::deserialize(deserializer)?))
        }
    }
    #[derive(Debug, Deserialize)]
    enum Closed {
        #[serde(rename = "a")]
        A,
    }
    for value in [
        "HUNTER",
        "missing field `HUNTER` x",
        "missing field `a` `HUNTER`",
        "missing field `HUNTER=`",
        "invalid type: string, expected \\\"HUNTER\\\"",
        "invalid type: HUNTER, expected i64",
    ] {
        let error = json::<Custom>(format!("\"{value}\"").as_bytes()).unwrap_err();
        assert_eq!(error.kind(), DecodeErrorKind::Data);
        assert!(!format!("{error:?} {error}").contains("HUNTER"), "{error:?}");
    }
    let error = json::<Closed>(br#""HUNTER`, expected `HUNTER""#).unwrap_err();
    assert_eq!(error.detail(), None);
}

#[test]
fn syntax() {
    let cases = [
        ("", DecodeErrorKind::Eof),
        ("{", DecodeErrorKind::Eof),
        (r#"{"expires-in":1} x"#, DecodeErrorKind::Syntax),
        (r#"{"expires-in":1}{}"#, DecodeErrorKind::Syntax),
        ("<html>hunter2</html>", DecodeErrorKind::Syntax),
        (r#"{"expires-in":1,}"#, DecodeErrorKind::Syntax),
        ("{\"x\":\"\u{1}hunter2\"}", DecodeErrorKind::Syntax),
    ];
    for (body, kind) in cases {
        let error = error(body);
        assert_eq!(error.kind(), kind, "{body}");
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }
    assert_eq!(json::<()>(b"<").unwrap_err().detail(), Some("expected value"));
}

#[test]
fn a_deep_body_is_an_error_not_a_crash() {
    let bomb = "[".repeat(100_000);
    let error = json::<serde_json::Value>(bomb.as_bytes()).unwrap_err();
    assert_eq!(error.detail(), Some("recursion limit exceeded"));
    assert_eq!(json::<serde::de::IgnoredAny>(bomb.as_bytes()).unwrap_err().line(), 1);
}

#[test]
fn encodings() {
    assert_eq!(json::<u8>(b"\xef\xbb\xbf7").unwrap(), 7);
    assert_eq!(
        json::<u8>(b"\xef\xbb\xbf\xef\xbb\xbf7").unwrap_err().kind(),
        DecodeErrorKind::Syntax
    );
    let error = json::<serde::de::IgnoredAny>(b"{\n\"a\":\"\xff\"}").unwrap_err();
    assert_eq!((error.kind(), error.line(), error.column()), (DecodeErrorKind::Utf8, 2, 6));
    assert_eq!(error.to_string(), "not UTF-8 at line 2 column 6");
    let utf16 = b"\xff\xfe{\0}\0";
    assert_eq!(json::<serde::de::IgnoredAny>(utf16).unwrap_err().kind(), DecodeErrorKind::Utf8);
}

proptest! {
    #[test]
    fn no_value_changes_the_message(value in r#"[`", x\\]{0,10}(, expected |missing field `)?.{0,20}"#) {
        let body = serde_json::to_string(&serde_json::json!({ "expires-in": value })).unwrap();
        let error = error(&body);
        prop_assert_eq!(error.detail(), Some("invalid type: string, expected i64"));
    }
}
