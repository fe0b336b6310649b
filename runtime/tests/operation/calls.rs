//! How a call is put together, sent and taken apart.

use std::future::IntoFuture as _;
use std::time::Duration;

use tamarack_runtime::http::{HeaderValue, Method};
use tamarack_runtime::{Call, DecodeErrorKind, Error, Limits, RequestError};

use crate::pets::{Change, ChangePet, ChangePetOutcome, Order, Ping};
use crate::{Canned, raw};

fn full() -> ChangePet {
    ChangePet {
        limit: Some(5),
        sort: Some(Order::Ascending),
        tags: Some(vec!["a,b".to_owned(), "c".to_owned()]),
        filter: Some(Change { name: "x".to_owned() }),
        session: Some("hunter3".into()),
        ..ChangePet::new("a/b", "Rex")
    }
}

#[tokio::test]
async fn the_request_is_what_the_operation_says() {
    let api = Canned::new(200, "7");
    let reply = Call::new(&api.core(), full()).await.unwrap();
    assert!(matches!(reply.body(), ChangePetOutcome::Ok(7)));
    let (request, limits) = api.sent();
    assert_eq!(limits, Limits::default());
    assert_eq!(request.method(), Method::PATCH);
    let uri = "https://api.example.com/v1/pets/a%2Fb\
               ?limit=5&sort=asc&tags=a%2Cb,c&filter=%7B%22name%22%3A%22x%22%7D";
    assert_eq!(request.uri(), uri);
    assert_eq!(request.body(), r#"{"name":"Rex"}"#);
    let mut headers: Vec<String> = (request.headers().iter())
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
        .collect();
    headers.sort_unstable();
    let expected = [
        "accept: application/json",
        "content-type: application/json",
        "user-agent: operation/1",
        "x-key: hunter2",
        "x-session: hunter3",
        "x-version: 2026-04",
    ];
    assert_eq!(headers, expected);
    assert!(request.headers()["x-session"].is_sensitive());
}

#[tokio::test]
async fn what_is_not_set_is_not_sent() {
    let api = Canned::new(202, "");
    let reply = Call::new(&api.core(), ChangePet::new("1", "Rex")).await.unwrap();
    assert!(matches!(reply.body(), ChangePetOutcome::Accepted(())));
    let (request, _) = api.sent();
    assert_eq!(request.uri(), "https://api.example.com/v1/pets/1");
    assert!(!request.headers().contains_key("x-session"));
}

#[tokio::test]
async fn options_are_of_one_call() {
    let api = Canned::new(200, "pong");
    let core = api.core();
    let call = Call::new(&core, Ping).timeout(Duration::from_secs(2)).max_body(100);
    let value = HeaderValue::from_static("text/html");
    call.header("X-Trace", "7").header("accept", value).await.unwrap();
    let (request, limits) = api.sent();
    assert_eq!(limits, Limits::default().with_timeout(Duration::from_secs(2)).with_max_body(100));
    assert_eq!(request.headers()["x-trace"], "7");
    assert_eq!(request.headers()["accept"], "text/html", "in place of the operation's");
    Call::new(&core, Ping).await.unwrap();
    let (request, limits) = api.sent();
    assert_eq!(limits, Limits::default());
    assert!(!request.headers().contains_key("x-trace"));
}

#[tokio::test]
async fn what_cannot_be_sent_is_an_error_and_nothing_is() {
    let api = Canned::new(200, "pong");
    let core = api.core();
    let ping = || Call::new(&core, Ping);
    let failed = |result: Result<_, Error<_>>| match result {
        Err(Error::Request(error)) => error,
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("sent"),
    };
    let name = RequestError::Header { name: "x-trace".into() };
    assert_eq!(failed(ping().header("X-Trace", "a\nb").await), name);
    assert_eq!(failed(ping().header("X-Trace", "\n").header("a b", "c").await), name);
    assert_eq!(failed(ping().header("a b", "c").await), RequestError::HeaderName);
    assert_eq!(ping().header("a b", "c").into_request().unwrap_err(), RequestError::HeaderName);
    let error = Call::new(&core, ChangePet::new("..", "Rex")).await.unwrap_err();
    assert_eq!(error.to_string(), "changePet: path parameter `id` is missing, empty, `.` or `..`");
    assert_eq!(api.n_seen(), 0);
}

#[test]
fn both_halves_work_without_io() {
    let core = Canned::new(500, "").core();
    let request = Call::new(&core, full()).into_request().unwrap();
    assert_eq!(request.uri().path(), "/v1/pets/a%2Fb");
    let reply = Call::<ChangePet>::read(raw(200, "9")).unwrap();
    assert!(matches!(reply.into_body(), ChangePetOutcome::Ok(9)));
    assert_eq!(Call::<Ping>::read(raw(204, "x")).unwrap().into_body(), "x");
}

#[tokio::test]
async fn an_operation_can_be_sent_again_and_on_another_task() {
    let api = Canned::new(200, "pong");
    let core = api.core();
    let ping = Ping;
    for _ in 0..2 {
        assert_eq!(Call::new(&core, &ping).await.unwrap().body(), "pong");
    }
    let sent = tokio::spawn(Call::new(&core, ping).into_future()).await.unwrap();
    assert_eq!(sent.unwrap().body(), "pong");
    assert_eq!(api.n_seen(), 3);
}

#[cfg(feature = "blocking")]
#[test]
fn a_call_is_waited_for() {
    let api = Canned::new(200, "pong");
    assert_eq!(Call::new(&api.core(), Ping).wait().unwrap().body(), "pong");
    let error = Call::new(&api.core(), ChangePet::new("", "Rex")).wait().unwrap_err();
    assert!(matches!(error, Error::Request(RequestError::PathParameter { .. })), "{error}");
    assert_eq!(api.n_seen(), 1);
}

/// The pattern of `outcomes!` and the statuses of `INFO` are written by one hand; where they differ,
/// the response is lost to nobody.
#[test]
fn a_success_without_a_body_described_is_undecodable() {
    use tamarack_runtime::ReadSuccess as _;

    let error = ChangePetOutcome::read(raw(204, "x")).unwrap_err();
    assert_eq!(error.error().kind(), DecodeErrorKind::Status);
    assert_eq!((error.status().as_u16(), &error.bytes()[..]), (204, &b"x"[..]));
}

#[test]
fn a_call_shows_its_name_alone() {
    let core = Canned::new(200, "").core();
    assert_eq!(format!("{:?}", Call::new(&core, full())), r#"Call { operation: "changePet", .. }"#);
    let sending = Call::new(&core, full()).into_future();
    assert_eq!(format!("{sending:?}"), r#"Sending { operation: "changePet", .. }"#);
}
