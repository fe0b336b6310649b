//! Turns objects whose one key says which variant they are into `Spec`.

use serde_json::json;
use tamarack_goldens::golden::unions::v1::client::Client;
use tamarack_goldens::golden::unions::v1::errors::SetSpecError;
use tamarack_goldens::golden::unions::v1::operations;
use tamarack_goldens::golden::unions::v1::types::{Leaf, Node, Scalar, Serverless, Spec, SpecPod};

use crate::{InMemory, assert_round_trips, json_body, raw, read, ready, written};

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
        assert_eq!(assert_round_trips::<Spec>(&json), Spec::Unknown(json));
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
    let reply = ready(client.set_spec(&Spec::Pod(SpecPod::new(2)))).unwrap();
    assert_eq!(*reply.body(), Scalar::Number(1.5));
    let requests = transport.requests.lock().unwrap();
    assert_eq!((requests[0].method().as_str(), requests[0].uri().path()), ("PUT", "/spec"));
    assert_eq!(json_body(&requests[0]), json!({"pod": {"size": 2}}));
}

/// Beside a declared success `default` is for everything else, another 2xx among it.
#[test]
fn a_union_as_the_body_of_an_error() {
    for status in [201, 404, 503] {
        let error = operations::set_spec_reply(raw(status, r#"{"type":"leaf"}"#)).unwrap_err();
        let SetSpecError::Default(reply) = &error else { panic!("{status}: {error:?}") };
        assert_eq!(*reply.body(), Node::Leaf(Leaf::new("leaf")));
        assert_eq!(reply.status(), status);
    }
}
