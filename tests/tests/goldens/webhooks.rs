//! Requests that an API sends, each read as the webhook or callback that it is.

use tamarack_goldens::golden::webhooks::v1::types::{Ship, ShipFlag};
use tamarack_goldens::golden::webhooks::v1::webhooks::{
    Cargo, Crew, ShipArrived, TideDelete, WatchCallback, Webhook,
};
use tamarack_goldens::runtime::bytes::Bytes;
use tamarack_goldens::runtime::http::Request;
use tamarack_goldens::runtime::webhook::WebhookError;

fn request(method: &str, uri: &str, headers: &[(&str, &str)], body: &str) -> Request<Bytes> {
    let mut request = Request::builder().method(method).uri(uri);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Bytes::copy_from_slice(body.as_bytes())).unwrap()
}

const JSON: (&str, &str) = ("content-type", "application/json");

#[test]
fn headers_query_and_body_are_typed() {
    let headers =
        [JSON, ("X-Event", "ship.arrived"), ("X-Signature", "sha256=8a7b"), ("X-Attempts", "3")];
    let it = request("POST", "/hook?to=a%20b&to=c", &headers, r#"{"name": "Vasa", "flag": "red"}"#);
    let Webhook::ShipArrived(read) = Webhook::read(&it).unwrap() else { panic!("another one") };
    assert_eq!(read.x_event.as_str(), "ship.arrived");
    assert_eq!(read.x_signature.expose(), "sha256=8a7b");
    assert_eq!(read.x_attempts, Some(3));
    assert_eq!(read.to, Some(vec!["a b".to_owned(), "c".to_owned()]));
    let Ship { name, flag, .. } = read.body.clone();
    assert_eq!((name.as_str(), flag), ("Vasa", Some(ShipFlag::Red)));
    assert!(!format!("{read:?}").contains("8a7b"));
}

#[test]
fn each_webhook_is_told_by_what_only_it_has() {
    for (method, uri, body, expected) in [
        ("POST", "/", r#"{"kind": "cargo", "tons": 1.5}"#, "Cargo("),
        ("POST", "/", r#"{"sailors": ["Ada"]}"#, "Crew("),
        ("PUT", "/", "high", "TidePut("),
        ("DELETE", "/?at=7", "", "TideDelete("),
        ("PATCH", "/", "\0", "WebhookEvent("),
        ("POST", "/", r#"{"kind": "other"}"#, "Unrecognized("),
        ("POST", "/", "", "Unrecognized("),
        ("GET", "/", "", "Unrecognized("),
    ] {
        let read = Webhook::read(&request(method, uri, &[], body)).unwrap();
        assert!(format!("{read:?}").starts_with(expected), "{method} {body}: {read:?}");
    }
}

#[test]
#[allow(deprecated, reason = "the document marks it so")]
fn what_is_known_to_be_a_webhook_is_read_as_it() {
    let cargo = Cargo::read(&request("POST", "/", &[JSON], r#"{"kind": "x", "tons": 2}"#)).unwrap();
    assert_eq!((cargo.body.kind.as_str(), cargo.body.tons), ("x", 2.0));
    assert!(Crew::read(&request("POST", "/", &[], "")).unwrap().body.is_none());
    for (it, expected) in [
        (request("PUT", "/", &[JSON], "{}"), "Method"),
        (request("POST", "/", &[("content-type", "text/plain")], "{}"), "MediaType"),
        (request("POST", "/", &[JSON], r#"{"kind": "hush"}"#), "Body"),
    ] {
        let error = Cargo::read(&it).unwrap_err();
        assert!(format!("{error:?}").starts_with(expected), "{error:?}");
        assert!(!format!("{error:?} {error}").contains("hush"));
    }
    let error = ShipArrived::read(&request("POST", "/", &[JSON], "{}")).unwrap_err();
    assert!(matches!(error, WebhookError::Header { name: "x-event" }));
    let error = TideDelete::read(&request("DELETE", "/?at=now", &[], "")).unwrap_err();
    assert!(matches!(error, WebhookError::Query { name: "at" }));
}

#[test]
fn callbacks_of_an_operation_are_read_together() {
    let sunk = WatchCallback::read(&request("POST", "/", &[JSON], r#"{"depth": 90}"#)).unwrap();
    let WatchCallback::WatchSunk(sunk) = sunk else { panic!("another one") };
    assert_eq!(sunk.body.depth, 90);
    // Nothing tells the two to which a ship is sent.
    let it = request("POST", "/x/moved", &[JSON], r#"{"name": "Vasa"}"#);
    let WatchCallback::Unrecognized(it) = WatchCallback::read(&it).unwrap() else {
        panic!("told by nothing")
    };
    assert_eq!(it.request().uri().path(), "/x/moved");
}
