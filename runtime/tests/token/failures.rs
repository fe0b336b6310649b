//! What a failing server costs: attempts, waits, and calls that fail at once.

use tamarack_runtime::token::{
    ClientCredentials, EndpointError, OAuthErrorCode, TokenEndpoint, TokenError, TokenErrorKind,
    TokenSource,
};
use tamarack_runtime::{BoxFuture, RawReply, TransportErrorKind};

use crate::support::{Act, Rig, after, ms, reply, token, typed};

fn with_retry_after(status: u16, value: &str) -> Act {
    Act::Reply(status, vec![("Retry-After", value.to_owned())], Vec::new())
}

fn refused(status: u16, code: &str) -> Act {
    reply(status, format!(r#"{{"error":"{code}"}}"#))
}

/// Reads once and returns the error and the number of requests it took.
pub(crate) fn failed(act: Act) -> (TokenError, usize) {
    let rig = Rig::new(move |_| act.clone());
    let error = rig.read().unwrap_err();
    (error, rig.requests())
}

#[test]
pub(crate) fn fault_01_a_redirect_is_final() {
    for status in [301, 302, 303, 307, 308] {
        let location = vec![("Location", "https://u:p@evil.example/a?b".to_owned())];
        let (error, n_requests) = failed(Act::Reply(status, location, Vec::new()));
        let origin = Some("https://evil.example".into());
        assert_eq!((error.kind(), n_requests), (&TokenErrorKind::Redirect { origin }, 1));
        assert!(!format!("{error} {error:?}").contains("u:p"));
    }
}

/// That the transport follows none is tested with sockets; here, that the source does not either.
#[test]
pub(crate) fn fault_03_a_redirect_out_of_tls() {
    let location = vec![("Location", "http://login.example/token?secret".to_owned())];
    let (error, n_requests) = failed(Act::Reply(307, location, Vec::new()));
    let origin = Some("http://login.example".into());
    assert_eq!((error.kind(), n_requests), (&TokenErrorKind::Redirect { origin }, 1));
    assert!(!format!("{error} {error:?}").contains("secret"));
}

#[test]
pub(crate) fn fault_04_a_page_is_not_asked_for_again() {
    let (error, n_requests) = failed(typed(200, "text/html; charset=utf-8", "<html>"));
    assert_eq!(error.kind(), &TokenErrorKind::InvalidResponse { field: "body" });
    assert_eq!((error.content_type(), n_requests), (Some("text/html"), 1));
}

/// The page of a gateway, with what a terminal would obey.
fn bad_gateway() -> Act {
    typed(502, "text/html", "<h1>Bad\nGateway\u{1b}[0m</h1>")
}

#[test]
pub(crate) fn fault_05_three_attempts() {
    let (error, n_requests) = failed(bad_gateway());
    assert_eq!((error.kind(), n_requests), (&TokenErrorKind::Status, 3));
    assert_eq!((error.status().unwrap().as_u16(), error.is_transient()), (502, true));
    assert_eq!(error.snippet(), Some(r"<h1>Bad\nGateway\u{1b}[0m</h1>"));
}

#[test]
pub(crate) fn fault_06_the_second_attempt_succeeds() {
    let rig = Rig::new(|n| if n == 0 { bad_gateway() } else { token(n, 3_600) });
    assert_eq!(rig.read().unwrap().expose(), "token-1");
    assert_eq!(rig.requests(), 2);
}

#[test]
pub(crate) fn fault_07_the_server_asks_for_a_second() {
    let rig = Rig::new(|n| if n == 0 { with_retry_after(429, "1") } else { token(n, 3_600) });
    assert!(rig.read().is_ok());
    assert!((1.0..1.1).contains(&rig.seconds()), "{}", rig.seconds());
}

#[test]
pub(crate) fn fault_08_the_server_asks_for_an_hour() {
    let rig = Rig::new(|_| with_retry_after(429, "3600"));
    let error = rig.read_at_once().unwrap_err();
    assert_eq!(error.retry_after().unwrap().as_secs(), 3_600);
    rig.clock.advance(ms(3_599_000));
    let error = rig.read_at_once().unwrap_err();
    assert_eq!((error.kind(), rig.requests()), (&TokenErrorKind::Backoff, 1));
    assert_eq!(error.retry_after().unwrap(), ms(1_000));
    rig.clock.advance(ms(1_000));
    assert_eq!(rig.read_at_once().unwrap_err().kind(), &TokenErrorKind::Status);
}

#[test]
pub(crate) fn fault_09_dates_and_numbers_to_wait() {
    // The clock of these tests stands at 2033-05-18 03:33:20.
    for (value, seconds, n_requests, asked) in [
        ("Wed, 18 May 2033 03:33:25 GMT", 5.0, 2, Some(5)),
        ("Wed, 18 May 2033 03:33:20 GMT", 0.0, 2, Some(0)),
        ("Tue, 17 May 2033 03:33:20 GMT", 0.0, 2, Some(0)),
        ("garbage", 0.0, 2, None),
        ("-5", 0.0, 2, Some(0)),
        ("1000000000", 0.0, 1, Some(3_600)),
        ("1e9", 0.0, 2, None),
    ] {
        let rig =
            Rig::new(move |n| if n == 0 { with_retry_after(503, value) } else { token(n, 3_600) });
        assert_eq!(rig.read().is_ok(), n_requests == 2);
        assert_eq!((rig.seconds(), rig.requests()), (seconds, n_requests), "{value}");
        let found = rig.errors()[0].retry_after().map(|wait| wait.as_secs());
        assert_eq!(found, asked, "{value}");
    }
}

#[test]
pub(crate) fn fault_10_refused_credentials_are_not_tried_again_at_once() {
    let rig = Rig::new(|_| refused(401, "invalid_client"));
    let error = rig.read_at_once().unwrap_err();
    assert_eq!(error.oauth_code(), Some(&OAuthErrorCode::InvalidClient));
    for _ in 0..10 {
        rig.clock.advance(ms(99));
        let error = rig.read_at_once().unwrap_err();
        assert_eq!(error.kind(), &TokenErrorKind::Backoff);
        assert_eq!(error.oauth_code(), Some(&OAuthErrorCode::InvalidClient));
    }
    assert_eq!(rig.requests(), 1);
    // New credentials are tried at once.
    rig.source.rotate_secret("another").unwrap();
    assert_eq!(rig.read_at_once().unwrap_err().kind(), &TokenErrorKind::OAuth);
    assert_eq!(rig.requests(), 2);
}

/// F1 and F2; the first is what the table has.
#[test]
pub(crate) fn fault_13_refusals_are_final() {
    let (error, n_requests) = failed(refused(403, "access_denied"));
    assert_eq!((error.kind(), n_requests), (&TokenErrorKind::OAuth, 1));
    assert_eq!(error.oauth_code(), Some(&OAuthErrorCode::AccessDenied));
    for (status, code, expected) in [
        (401, "invalid_client", 1),
        (400, "invalid_request", 1),
        (400, "invalid_scope", 1),
        (400, "invalid_target", 1),
        (400, "unauthorized_client", 1),
        (400, "unsupported_grant_type", 1),
        (404, "x", 1),
        (501, "x", 1),
        (505, "x", 1),
        (408, "x", 3),
        (425, "x", 3),
        (429, "x", 3),
        (500, "invalid_client", 3),
        (502, "x", 3),
        (503, "x", 3),
        (504, "x", 3),
    ] {
        let (error, n_requests) = failed(refused(status, code));
        assert_eq!((n_requests, error.is_transient()), (expected, expected == 3), "{status}");
    }
}

#[test]
pub(crate) fn fault_16_a_server_error_with_a_code_passes() {
    let rig = Rig::new(|n| if n < 2 { refused(500, "invalid_client") } else { token(n, 60) });
    assert!(rig.read().is_ok());
    assert_eq!(rig.requests(), 3);
    for error in rig.errors() {
        assert_eq!((error.kind(), error.is_transient()), (&TokenErrorKind::Status, true));
        assert_eq!(error.oauth_code(), Some(&OAuthErrorCode::InvalidClient));
    }
}

/// What the wire can do; the same with sockets is a matter of the transport's tests.
#[test]
pub(crate) fn fault_34_failures_of_the_wire() {
    use TransportErrorKind::{BodyTooLarge, Connect, Interrupted, Other, Timeout, Tls};
    for (kind, expected) in
        [(Connect, 3), (Interrupted, 3), (Timeout, 3), (Tls, 1), (BodyTooLarge, 1), (Other, 1)]
    {
        let rig = Rig::new(move |_| Act::Fail(kind));
        let error = rig.read().unwrap_err();
        assert_eq!((rig.requests(), error.is_transient()), (expected, expected == 3), "{kind:?}");
        assert_eq!(rig.read_at_once().unwrap_err().kind(), &TokenErrorKind::Backoff);
        assert_eq!(rig.requests(), expected);
    }
}

#[test]
pub(crate) fn fault_32_a_silent_server_costs_the_budget() {
    let rig = Rig::new(|_| Act::Hang);
    let mut impatient = Box::pin(rig.source.token());
    assert!(crate::support::poll(&mut impatient.as_mut()).is_pending());
    rig.clock.advance(ms(50));
    drop(impatient);
    let results = rig.read_together(5);
    assert_eq!((rig.requests(), rig.seconds()), (1, 30.0));
    for error in results.into_iter().map(Result::unwrap_err) {
        assert_eq!(error.kind(), &TokenErrorKind::Transport(TransportErrorKind::Timeout));
    }
}

#[test]
pub(crate) fn fault_50_a_panic_costs_one_read() {
    let rig = Rig::new(|n| if n == 0 { after(10, Act::Panic) } else { token(n, 60) });
    assert_eq!(rig.read().unwrap_err().kind(), &TokenErrorKind::Aborted);
    assert_eq!(rig.read().unwrap().expose(), "token-1");
    // A panic before there is a future.
    let rig = Rig::new(|n| if n == 0 { panic!("at once") } else { token(n, 60) });
    assert_eq!(rig.read().unwrap_err().kind(), &TokenErrorKind::Aborted);
    assert_eq!(rig.read().unwrap().expose(), "token-1");
}

#[test]
fn credentials_that_cannot_work_are_refused_before_anything_is_sent() {
    let rig = Rig::new(|n| token(n, 60));
    assert_eq!(rig.source.rotate_secret("a\nb").unwrap_err().kind(), &TokenErrorKind::Config);
    let error = TokenSource::new(Never, ClientCredentials::new("", "x")).unwrap_err();
    assert_eq!(error.kind(), &TokenErrorKind::Config);
}

struct Never;

impl TokenEndpoint for Never {
    fn request<'a>(
        &'a self,
        _: &'a ClientCredentials,
    ) -> BoxFuture<'a, Result<RawReply, EndpointError>> {
        panic!("nothing is sent")
    }
}
