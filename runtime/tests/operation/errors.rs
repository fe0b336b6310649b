//! What each status means, and what every error still knows.

use std::error::Error as _;
use std::time::Duration;

use tamarack_runtime::{
    ApiError, Call, CallResult, ClientBuilder, ClientCore, DecodeErrorKind, Error,
    TransportErrorKind,
};

use crate::pets::{ChangePet, ChangePetError, Ping, PingError, Problem};
use crate::{Canned, raw};

fn change(status: u16, body: &'static str) -> Error<ChangePetError> {
    Call::<ChangePet>::read(raw(status, body)).unwrap_err()
}

fn ping(status: u16) -> CallResult<Ping> {
    Call::<Ping>::read(raw(status, ""))
}

const PROBLEM: &str = r#"{"title":"hunter2"}"#;

/// OpenAPI 3.0.4, "Responses Object": an exact status before its range, the default for the rest.
#[test]
fn the_status_alone_chooses_the_variant() {
    for (status, body, expected) in [
        (404, PROBLEM, "NotFound"),
        (400, "text", "ClientError"),
        (403, PROBLEM, "ClientError"),
        (499, "", "ClientError"),
        (500, PROBLEM, "Default"),
        (302, PROBLEM, "Default"),
        // A success that the document does not declare.
        (201, PROBLEM, "Default"),
        (404, "text", "Undecodable"),
        (500, "", "Undecodable"),
    ] {
        let found = match change(status, body) {
            Error::Declared(ChangePetError::NotFound(_)) => "NotFound",
            Error::Declared(ChangePetError::ClientError(_)) => "ClientError",
            Error::Declared(ChangePetError::Default(_)) => "Default",
            Error::Undecodable(_) => "Undecodable",
            other => panic!("{status}: {other:?}"),
        };
        assert_eq!(found, expected, "{status} {body}");
    }
    assert!(ping(200).is_ok() && ping(299).is_ok());
    for status in [199, 300, 404, 500] {
        assert!(matches!(ping(status), Err(Error::Undeclared(_))), "{status}");
    }
    // A success that cannot be read is no other success.
    let error = change(200, "text");
    let Error::Undecodable(undecodable) = &error else { panic!("{error:?}") };
    assert_eq!(undecodable.error().kind(), DecodeErrorKind::Syntax);
}

#[test]
fn every_error_keeps_the_response() {
    for (status, body) in [(404, PROBLEM), (403, "text"), (404, "text"), (200, "text")] {
        let error = change(status, body);
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert_eq!(error.headers().unwrap()["x-echo"], "hunter2");
        assert_eq!(error.bytes().unwrap(), body);
        assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
        assert_eq!(error.raw().unwrap().bytes(), body);
        let erased = ApiError::from(error);
        assert_eq!(erased.status().unwrap().as_u16(), status);
        assert_eq!(erased.headers().unwrap()["x-echo"], "hunter2");
        assert_eq!(erased.bytes().unwrap(), body);
        assert_eq!(erased.retry_after(), Some(Duration::from_secs(7)));
    }
    let long = "x".repeat(100_000).leak();
    let error = ping_with(500, long);
    assert_eq!(error.bytes().unwrap().len(), tamarack_runtime::MAX_KEPT);
}

fn ping_with(status: u16, body: &'static str) -> Error<PingError> {
    Call::<Ping>::read(raw(status, body)).unwrap_err()
}

#[tokio::test]
async fn a_call_that_got_no_response_says_why() {
    let api = Canned::failing(TransportErrorKind::Connect);
    let error = Call::new(&api.core(), Ping).await.unwrap_err();
    assert!(matches!(&error, Error::Transport(it) if it.kind() == TransportErrorKind::Connect));
    assert!(error.raw().is_none() && error.status().is_none() && error.retry_after().is_none());
    assert_eq!(error.to_string(), "ping: could not connect");
    // Nobody is there to give the credential.
    let builder = ClientBuilder::<ClientCore>::new("x").base_url("https://api.example.com");
    let core = builder.transport(api).build().unwrap();
    let error = Call::new(&core, ChangePet::new("1", "Rex")).await.unwrap_err();
    assert_eq!(error.to_string(), "changePet: client has no credential for `key`");
}

#[tokio::test]
async fn what_may_succeed_later() {
    for status in 400..600 {
        let is_retryable = ping(status).unwrap_err().is_retryable();
        assert_eq!(is_retryable, [408, 429, 500, 502, 503, 504].contains(&status), "{status}");
    }
    assert!(change(503, "text").is_retryable(), "whatever the body");
    assert!(!change(200, "text").is_retryable());
    for (kind, expected) in [
        (TransportErrorKind::Connect, true),
        (TransportErrorKind::Timeout, true),
        (TransportErrorKind::Interrupted, true),
        (TransportErrorKind::Tls, false),
        (TransportErrorKind::BodyTooLarge, false),
        (TransportErrorKind::Token, false),
        (TransportErrorKind::WouldBlock, false),
    ] {
        let error = Call::new(&Canned::failing(kind).core(), Ping).await.unwrap_err();
        assert_eq!(error.is_retryable(), expected, "{kind:?}");
        assert_eq!(ApiError::from(error).is_retryable(), expected, "{kind:?}");
    }
}

/// Sends two operations with one error.
async fn both(core: &ClientCore) -> Result<(), ApiError> {
    Call::new(core, Ping).await?;
    Call::new(core, ChangePet::new("1", "Rex")).await?;
    Ok(())
}

#[tokio::test]
async fn the_error_of_an_api_knows_the_operation() {
    let error = both(&Canned::new(404, PROBLEM).core()).await.unwrap_err();
    assert_eq!(error.operation(), "ping");
    assert!(matches!(error.downcast_ref::<PingError>(), Some(Error::Undeclared(_))));
    assert!(error.downcast_ref::<ChangePetError>().is_none());
    assert!(error.body::<Problem>().is_none());
    let error = ApiError::from(change(404, PROBLEM));
    assert_eq!(error.operation(), "changePet");
    let Some(Error::Declared(ChangePetError::NotFound(reply))) = error.downcast_ref() else {
        panic!("{error:?}")
    };
    let problem = Problem { title: "hunter2".to_owned() };
    assert_eq!(*reply.body(), problem);
    // The body that errors of several operations have in common, whatever the status.
    assert_eq!(error.body(), Some(&problem));
    assert_eq!(change(500, PROBLEM).body(), Some(&problem));
    assert_eq!(change(403, "text").body::<Problem>(), None);
    assert_eq!(change(403, "text").body::<String>().unwrap(), "text");
}

#[test]
fn no_rendering_shows_what_a_server_echoes() {
    for (status, body, expected) in [
        (404, PROBLEM, "changePet: 404 Not Found"),
        (403, "hunter2", "changePet: 403 Forbidden"),
        (404, "hunter2", "changePet: 404 Not Found: the body could not be decoded"),
    ] {
        let error = change(status, body);
        assert_eq!(error.to_string(), expected);
        let source = error.source().map(|it| format!("{it} {it:?}"));
        let erased = ApiError::from(error.clone());
        let shown = format!("{error} {error:?} {erased} {erased:?} {source:?}");
        assert!(!shown.contains("hunter2"), "{shown}");
        assert_eq!(erased.to_string(), expected);
        assert_eq!(erased.source().is_some(), source.is_some());
    }
    assert_eq!(ping(418).unwrap_err().to_string(), "ping: undeclared status: 418 I'm a teapot");
}

#[test]
fn errors_cross_threads_and_are_small() {
    fn check<T: Send + Sync + Clone + 'static>() {}
    check::<Error<ChangePetError>>();
    check::<ApiError>();
    assert!(size_of::<Error<ChangePetError>>() <= 64);
}
