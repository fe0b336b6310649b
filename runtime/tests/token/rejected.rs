//! APIs that reject a token.

use std::sync::{Arc, Mutex};

use tamarack_runtime::bytes::Bytes;
use tamarack_runtime::http::{Method, Request, Response};
use tamarack_runtime::token::{Rejection, SendError, StaticToken, TokenErrorKind, send_authorized};
use tamarack_runtime::{
    BoxFuture, ClientBuilder, ClientCore, Limits, Mode, RawReply, Transport, TransportError,
};

use crate::support::{Rig, assert_a_second_apart, ms, status, token};

/// An API that accepts some tokens; it keeps the `Authorization` of each request.
#[derive(Clone)]
struct Api {
    accepts: fn(&str) -> bool,
    challenge: &'static str,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Transport for Api {
    fn mode(&self) -> Mode {
        Mode::Either
    }

    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        _: &'a Limits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        let value = request.headers()["authorization"].to_str().unwrap().to_owned();
        let status = if (self.accepts)(&value) { 200 } else { 401 };
        self.seen.lock().unwrap().push(format!("{value} {:?}", request.body()));
        let builder = Response::builder().status(status);
        let response = builder.header("WWW-Authenticate", self.challenge).body(Bytes::new());
        Box::pin(async move { Ok(response.unwrap()) })
    }
}

const NAMED: &str = r#"Bearer realm="api", error="invalid_token""#;

fn api(accepts: fn(&str) -> bool, challenge: &'static str) -> (ClientCore, Api) {
    let api = Api { accepts, challenge, seen: Arc::default() };
    let builder = ClientBuilder::new("test/1").base_url("https://api.example.com/v1");
    (builder.transport(api.clone()).build().unwrap(), api)
}

fn call(rig: &Rig, core: &ClientCore, rejection: Rejection) -> Result<RawReply, SendError> {
    let mut request = core.request(Method::POST, "/x");
    request.json(&"body");
    rig.run(send_authorized(core, &rig.source, request.build().unwrap(), rejection))
}

#[test]
fn a_rejected_token_is_replaced_once() {
    let rig = Rig::new(|n| token(n, 3_600));
    let (core, api) = api(|value| value != "Bearer token-0", NAMED);
    assert_eq!(call(&rig, &core, Rejection::Named).unwrap().status(), 200);
    let expected =
        [r#"Bearer token-0 b"\"body\"""#, r#"Bearer token-1 b"\"body\"""#].map(str::to_owned);
    assert_eq!(*api.seen.lock().unwrap(), expected);
    assert_eq!(rig.requests(), 2);
}

#[test]
fn a_bare_401_is_a_rejection_where_one_says_so() {
    for (rejection, n_calls) in [(Rejection::Named, 1), (Rejection::Bare, 2)] {
        let rig = Rig::new(|n| token(n, 3_600));
        let (core, api) = api(|_| false, r#"Basic realm="api""#);
        assert_eq!(call(&rig, &core, rejection).unwrap().status(), 401);
        assert_eq!(api.seen.lock().unwrap().len(), n_calls);
    }
}

#[test]
pub(crate) fn fault_48_an_api_that_rejects_what_the_server_gives_again() {
    let rig = Rig::new(|_| token(7, 3_600));
    let (core, api) = api(|_| false, NAMED);
    assert_eq!(call(&rig, &core, Rejection::Named).unwrap().status(), 401);
    assert_eq!((rig.requests(), api.seen.lock().unwrap().len()), (2, 2));
    while rig.seconds() < 20.0 {
        assert_eq!(call(&rig, &core, Rejection::Named).unwrap().status(), 401);
        rig.clock.advance(ms(10));
    }
    assert!((15..=21).contains(&rig.requests()), "{}", rig.requests());
    assert_a_second_apart(&rig.times());
}

#[test]
fn a_token_goes_to_no_other_origin() {
    let rig = Rig::new(|n| token(n, 3_600));
    let (core, api) = api(|_| true, NAMED);
    let request = Request::post("https://evil.example/v1/x").body(Bytes::new()).unwrap();
    let error = rig.run(send_authorized(&core, &rig.source, request, Rejection::Named));
    assert!(matches!(error.unwrap_err(), SendError::ForeignOrigin));
    assert_eq!((rig.requests(), api.seen.lock().unwrap().len()), (0, 0));
}

#[test]
fn without_another_token_the_first_reply_counts() {
    let rig = Rig::new(|n| if n == 0 { token(n, 3_600) } else { status(503) });
    let (core, _) = api(|_| false, NAMED);
    assert_eq!(call(&rig, &core, Rejection::Named).unwrap().status(), 401);
    let Err(SendError::Token(error)) = call(&rig, &core, Rejection::Named) else {
        panic!("there is no token left")
    };
    assert_eq!(error.kind(), &TokenErrorKind::Backoff);
    // A source that cannot have another.
    let fixed = StaticToken::new("abc").unwrap();
    let request = core.request(Method::GET, "/x").build().unwrap();
    let reply = rig.run(send_authorized(&core, &fixed, request, Rejection::Named));
    assert_eq!(reply.unwrap().status(), 401);
}
