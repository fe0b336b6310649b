//! Turns values without a discriminator into variants: `Spec` by its one key, `Scalar` by the kind of
//! JSON value, which is any but null.

use serde_json::{Value, json};
use tamarack_goldens::golden::unions::v1::client::Client;
use tamarack_goldens::golden::unions::v1::operations::{SetSpec, SetSpecError};
use tamarack_goldens::golden::unions::v1::types::{Leaf, Node, Scalar, Serverless, Spec, SpecPod};
use tamarack_goldens::runtime::Error;

use crate::{InMemory, answered, assert_round_trips, json_body, read, ready, written};

#[test]
fn each_key_has_its_variant() {
    let spec = assert_round_trips::<Spec>(&json!({"serverless": {"region": "eu"}}));
    assert_eq!(spec, Spec::Serverless(Serverless::new("eu")));
    let spec = assert_round_trips::<Spec>(&json!({"pod": {"size": 3}}));
    assert_eq!(spec, Spec::Pod(SpecPod::new(3)));
}

/// Servers write the alternatives that were not taken as `null`.
#[test]
fn a_null_beside_the_key_is_no_second_key() {
    let spec: Spec = read(&json!({"serverless": {"region": "eu"}, "pod": null}));
    assert_eq!(spec, Spec::Serverless(Serverless::new("eu")));
    // The schemas have `additionalProperties: false`, so the other key must not be sent.
    assert_eq!(written(&spec), json!({"serverless": {"region": "eu"}}));
    let spec: Spec = read(&json!({"serverless": null, "pod": {"size": 1}}));
    assert_eq!(spec, Spec::Pod(SpecPod::new(1)));
    assert_eq!(written(&spec), json!({"pod": {"size": 1}}));
}

/// `oneOf` is exactly one: with two keys neither schema may win.
#[test]
fn what_no_single_key_names_is_kept() {
    let cases = [
        json!({"pod": {"size": 1}, "serverless": {"region": "eu"}}),
        json!({"pod": null, "serverless": null}),
        json!({"byoc": {"region": "eu"}}),
        json!({"Pod": {"size": 1}}),
        json!({}),
        json!({"region": "eu"}),
        json!("pod"),
        json!(["pod"]),
        json!(null),
    ];
    for json in cases {
        assert_eq!(assert_round_trips::<Spec>(&json), Spec::Unrecognized(json));
    }
    let text = r#"{"byoc":{"count":18446744073709551615,"list":[null,0.1]}}"#;
    let spec: Spec = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&spec).unwrap(), text);
}

#[test]
fn a_known_key_with_a_value_that_does_not_fit() {
    for json in [json!({"pod": {}}), json!({"pod": "big"}), json!({"serverless": {"size": 1}})] {
        assert!(serde_json::from_str::<Spec>(&json.to_string()).is_err(), "{json}");
    }
}

#[test]
fn there_and_back_in_a_call() {
    let transport = InMemory::replying(200, "1.5");
    let builder = Client::builder().base_url("https://example.com");
    let client = builder.shared_transport(transport.clone()).build().unwrap();
    let reply = ready(client.set_spec(Spec::Pod(SpecPod::new(2)))).unwrap();
    assert_eq!(*reply.body(), Scalar::Number(1.5));
    let requests = transport.requests.lock().unwrap();
    assert_eq!((requests[0].method().as_str(), requests[0].uri().path()), ("PUT", "/spec"));
    assert_eq!(json_body(&requests[0]), json!({"pod": {"size": 2}}));
}

/// Beside a declared success `default` is for everything else, another 2xx among it.
#[test]
fn a_union_as_the_body_of_an_error() {
    for status in [201, 404, 503] {
        let error = answered::<SetSpec>(status, r#"{"type":"leaf"}"#).unwrap_err();
        let Error::Declared(SetSpecError::Default(reply)) = &error else {
            panic!("{status}: {error:?}")
        };
        assert_eq!(*reply.body(), Node::Leaf(Leaf::new("leaf")));
        assert_eq!(reply.status(), status);
    }
}

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
        (json!({"region": "eu"}), Scalar::Serverless(Serverless::new("eu"))),
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
    assert_eq!(assert_round_trips::<Scalar>(&Value::Null), Scalar::Unrecognized(Value::Null));
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
        (Scalar::Serverless(Serverless::new("eu")), r#"{"region":"eu"}"#),
        (Scalar::Unrecognized(json!({"a": [1]})), r#"{"a":[1]}"#),
    ];
    for (scalar, text) in cases {
        assert_eq!(serde_json::to_string(&scalar).unwrap(), text);
    }
}

/// What is written as a literal needs no conversion of its own.
#[test]
fn a_text_is_a_branch() {
    assert_eq!(Scalar::from("text"), Scalar::String("text".to_owned()));
}
