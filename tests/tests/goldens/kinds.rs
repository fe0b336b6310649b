//! Turns JSON values into the variant of their kind: `Scalar`, which has every kind but null.

use serde_json::{Value, json};
use tamarack_goldens::golden::unions::v1::types::{Scalar, Serverless};

use crate::{assert_round_trips, read, written};

#[test]
fn each_kind_has_its_variant() {
    let cases = [
        (json!("text"), Scalar::String("text".to_owned())),
        (json!(""), Scalar::String(String::new())),
        (json!("1"), Scalar::String("1".to_owned())),
        (json!(0), Scalar::Integer(0)),
        (json!(-1), Scalar::Integer(-1)),
        (json!(i64::MAX), Scalar::Integer(i64::MAX)),
        (json!(i64::MIN), Scalar::Integer(i64::MIN)),
        (json!(1.5), Scalar::Number(1.5)),
        (json!(-0.25), Scalar::Number(-0.25)),
        (json!(true), Scalar::Boolean(true)),
        (json!(false), Scalar::Boolean(false)),
        (json!([]), Scalar::List(Vec::new())),
        (json!(["a", "b"]), Scalar::List(vec!["a".to_owned(), "b".to_owned()])),
        (json!({"region": "eu"}), Scalar::Object(Serverless::new("eu"))),
    ];
    for (json, scalar) in cases {
        assert_eq!(assert_round_trips::<Scalar>(&json), scalar, "{json}");
    }
}

/// OpenAPI 3.0.3 stands on JSON Schema Wright-00, whose integer is a number without fraction and
/// exponent; other numbers stay numbers on the wire too.
#[test]
fn a_number_with_a_fraction_of_zero_is_no_integer() {
    let scalar: Scalar = serde_json::from_str("1.0").unwrap();
    assert_eq!(scalar, Scalar::Number(1.0));
    assert_eq!(serde_json::to_string(&scalar).unwrap(), "1.0");
    assert_eq!(read::<Scalar>(&json!(1e300)), Scalar::Number(1e300));
}

/// What `int64` cannot hold still is a `number`, and `anyOf` asks for one schema that fits.
#[test]
fn an_integer_too_large_for_its_format_is_a_number() {
    let two_to_the_63 = 9_223_372_036_854_775_808.0;
    let scalar: Scalar = serde_json::from_str("9223372036854775808").unwrap();
    assert_eq!(scalar, Scalar::Number(two_to_the_63));
    assert_eq!(written(&scalar).as_f64(), Some(two_to_the_63));
}

#[test]
fn null_has_no_schema_and_is_kept() {
    assert_eq!(assert_round_trips::<Scalar>(&Value::Null), Scalar::Unknown(Value::Null));
    let scalar: Scalar = serde_json::from_str(" null ").unwrap();
    assert_eq!(serde_json::to_string(&scalar).unwrap(), "null");
}

#[test]
fn a_known_kind_with_content_that_does_not_fit() {
    for json in [json!([1]), json!([null]), json!({}), json!({"region": 1})] {
        assert!(serde_json::from_str::<Scalar>(&json.to_string()).is_err(), "{json}");
    }
}

#[test]
fn what_a_caller_makes_is_the_bare_value() {
    let cases = [
        (Scalar::String("a\"b".to_owned()), r#""a\"b""#),
        (Scalar::Integer(-7), "-7"),
        (Scalar::Number(0.5), "0.5"),
        (Scalar::Boolean(true), "true"),
        (Scalar::List(vec![String::new()]), r#"[""]"#),
        (Scalar::Object(Serverless::new("eu")), r#"{"region":"eu"}"#),
        (Scalar::Unknown(json!({"a": [1]})), r#"{"a":[1]}"#),
    ];
    for (scalar, text) in cases {
        assert_eq!(serde_json::to_string(&scalar).unwrap(), text);
    }
}
