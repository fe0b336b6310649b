//! What is logged of requests for a token: one line each, with the fields of G4 and no others.

use tamarack_runtime::BoxFuture;
use tamarack_runtime::RawReply;
use tamarack_runtime::bytes::Bytes;
use tamarack_runtime::http::Response;
use tamarack_runtime::token::{
    ClientCredentials, EndpointError, ManualClock, TokenEndpoint, TokenSource,
};

use crate::shown::logs;
use crate::support::{ms, poll};

/// One of its kind, to be told from other tests of the program.
const ORIGIN: &str = "https://traced.example";

/// Grants one token, then refuses for now.
struct Endpoint(std::sync::atomic::AtomicBool);

impl TokenEndpoint for Endpoint {
    fn request<'a>(
        &'a self,
        _: &'a ClientCredentials,
    ) -> BoxFuture<'a, Result<RawReply, EndpointError>> {
        let is_first = !self.0.swap(true, std::sync::atomic::Ordering::SeqCst);
        let body = r#"{"access_token":"abc","token_type":"Bearer","expires_in":3600}"#;
        let (status, body) = if is_first { (201, body) } else { (503, "a word of the server") };
        let response = Response::builder().status(status).body(Bytes::from(body)).unwrap();
        Box::pin(async move { Ok(RawReply::new(response)) })
    }

    fn origin(&self) -> Option<&str> {
        Some(ORIGIN)
    }
}

#[test]
fn one_line_for_each_request_and_one_for_a_refresh_that_failed_unseen() {
    logs::keep();
    let clock = ManualClock::new();
    let credentials = ClientCredentials::new("id", "secret");
    let source = TokenSource::builder(Endpoint(false.into()), credentials);
    let source = source.clock(clock.clone()).jitter(|| 0.0).build().unwrap();
    for advance in [0, 2_930_000] {
        clock.advance(ms(advance));
        assert!(poll(&mut std::pin::pin!(source.token())).is_ready());
    }
    let lines = logs::lines().into_iter().filter(|line| line.contains(ORIGIN));
    let attempt = |n: u32, status: u16, outcome: &str| {
        format!(
            "DEBUG tamarack_runtime::token message=request for a token origin={ORIGIN:?} \
             attempt={n} status={status} outcome={outcome:?} elapsed_ms=0"
        )
    };
    let expected = [
        attempt(1, 201, "token"),
        attempt(1, 503, "status"),
        attempt(2, 503, "status"),
        attempt(3, 503, "status"),
        format!(
            "WARN tamarack_runtime::token message=refresh ahead failed; the current token is \
             served on origin={ORIGIN:?} status=503 outcome=\"status\" is_transient=true"
        ),
    ];
    assert_eq!(lines.collect::<Vec<_>>(), expected);
}
