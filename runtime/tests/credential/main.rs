//! Turns a client whose credential is a provider of tokens into requests: which token goes where, and
//! what is sent again.

#![allow(clippy::unwrap_used, reason = "clippy takes the helpers of a test program for a program")]

use std::error::Error;
use std::future::ready;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use tamarack_runtime::bytes::Bytes;
use tamarack_runtime::http::{Method, Request, Response};
use tamarack_runtime::token::{
    AccessToken, EnvToken, Rejection, StaticToken, TokenError, TokenProvider,
};
use tamarack_runtime::{
    BaseUrl, BoxFuture, ClientBuilder, ClientCore, Credential, Limits, Mode, RawReply,
    RequestBuilder, RequestError, Scheme, Transport, TransportError, TransportErrorKind,
};

const BEARER: &[&[Scheme]] = &[&[Scheme::Bearer("bearer")]];
const NAMED: &str = r#"Bearer realm="api", error="invalid_token""#;

/// An API that takes the second token alone; it keeps what each request was sent with.
#[derive(Clone)]
struct Api {
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
        let values = request.headers().get_all("authorization").iter();
        let values: Vec<_> = values
            .map(|value| {
                assert!(value.is_sensitive());
                value.to_str().unwrap()
            })
            .collect();
        let status = if values == ["Bearer token-1"] { 200 } else { 401 };
        self.seen.lock().unwrap().push(format!("{} {:?}", values.join("|"), request.body()));
        let builder = Response::builder().status(status);
        let response = builder.header("WWW-Authenticate", self.challenge).body(Bytes::new());
        Box::pin(ready(Ok(response.unwrap())))
    }
}

/// Has another token each time one was rejected.
#[derive(Clone, Default)]
struct Tokens(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    current: Option<AccessToken>,
    n_asked: usize,
    n_rejected: usize,
}

impl TokenProvider for Tokens {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        let mut state = self.0.lock().unwrap();
        state.n_asked += 1;
        let text = format!("token-{}", state.n_rejected);
        let token = state.current.get_or_insert_with(|| AccessToken::new(&text.into()).unwrap());
        Box::pin(ready(Ok(token.clone())))
    }

    fn invalidate(&self, token: &AccessToken) {
        let mut state = self.0.lock().unwrap();
        let current = state.current.take_if(|it| it.generation() == token.generation());
        state.n_rejected += usize::from(current.is_some());
    }
}

impl Tokens {
    fn asked(&self) -> usize {
        self.0.lock().unwrap().n_asked
    }
}

fn client(credential: Credential, challenge: &'static str) -> (ClientCore, Api) {
    let api = Api { challenge, seen: Arc::default() };
    let builder = ClientBuilder::new("test/1").base_url("https://api.example.com/v1");
    let core = builder.credential(("bearer", credential)).transport(api.clone()).build();
    (core.unwrap(), api)
}

fn post(core: &ClientCore) -> RequestBuilder {
    let mut request = core.request(Method::POST, "/x");
    request.json(&"body");
    request
}

/// Runs a future that never waits.
fn run<T>(future: impl Future<Output = T>) -> T {
    match Box::pin(future).as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("all of these are ready"),
    }
}

fn send(core: &ClientCore) -> Result<RawReply, TransportError> {
    let mut request = post(core);
    request.authorize(BEARER);
    run(core.send(request.build().unwrap()))
}

#[test]
fn the_token_comes_when_the_request_goes() {
    let tokens = Tokens::default();
    let (core, api) = client(Credential::provider(tokens.clone()), NAMED);
    let mut request = post(&core);
    request.authorize(BEARER);
    let request = request.build().unwrap();
    assert!(!request.headers().contains_key("authorization") && tokens.asked() == 0);
    assert_eq!(run(core.send(request)).unwrap().status(), 200);
    let expected =
        [r#"Bearer token-0 b"\"body\"""#, r#"Bearer token-1 b"\"body\"""#].map(str::to_owned);
    assert_eq!(*api.seen.lock().unwrap(), expected);
    // The good token stays.
    assert_eq!(send(&core).unwrap().status(), 200);
    assert_eq!(api.seen.lock().unwrap().len(), 3);
}

#[test]
fn what_needs_no_token_gets_none() {
    let tokens = Tokens::default();
    let (core, api) = client(Credential::provider(tokens.clone()), NAMED);
    let request = post(&core).build().unwrap();
    run(core.send(request)).unwrap();
    assert_eq!((*api.seen.lock().unwrap()).as_slice(), [r#" b"\"body\"""#]);
    assert_eq!(tokens.asked(), 0);
}

#[test]
fn a_bare_401_is_a_rejection_where_it_is_said_to_be() {
    for (challenge, rejection, n_requests) in [
        ("Bearer", Rejection::Named, 1),
        ("Bearer", Rejection::Bare, 2),
        (r#"Bearer error="insufficient_scope""#, Rejection::Named, 1),
        (NAMED, Rejection::Named, 2),
    ] {
        let provider = Arc::new(Tokens::default());
        let (core, api) = client(Credential::Provider { provider, rejection }, challenge);
        let status = send(&core).unwrap().status();
        assert_eq!(api.seen.lock().unwrap().len(), n_requests, "{challenge}");
        assert_eq!(status, if n_requests == 1 { 401 } else { 200 }, "{challenge}");
    }
}

#[test]
fn the_same_token_is_not_sent_twice() {
    let (core, api) = client(Credential::provider(StaticToken::new("fixed").unwrap()), NAMED);
    assert_eq!(send(&core).unwrap().status(), 401);
    assert_eq!(api.seen.lock().unwrap().len(), 1);
}

#[test]
fn no_token_goes_to_another_origin() {
    let tokens = Tokens::default();
    let (core, api) = client(Credential::provider(tokens.clone()), NAMED);
    for base in ["https://evil.example", "https://api.example.com:444", "http://127.0.0.1"] {
        let base = BaseUrl::parse(base).unwrap();
        let mut request = core.request_to(&base, Method::GET, "/x");
        request.authorize(BEARER);
        let error = run(core.send(request.build().unwrap())).unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::ForeignOrigin);
        assert!(!format!("{error} {error:?}").contains("evil"), "{error:?}");
    }
    assert_eq!((tokens.asked(), api.seen.lock().unwrap().len()), (0, 0));
}

#[test]
fn no_token_is_an_error_with_its_cause() {
    let provider = EnvToken::new("TAMARACK_NO_SUCH_VARIABLE");
    let (core, api) = client(Credential::provider(provider), NAMED);
    let error = send(&core).unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Token);
    assert!(error.token_error().unwrap().source().is_some(), "{error:?}");
    assert_eq!(error.to_string(), "no token for the request");
    assert!(api.seen.lock().unwrap().is_empty());
    assert!(TransportError::new(TransportErrorKind::Other).token_error().is_none());
}

/// A token of RFC 6750 is no API key.
#[test]
fn other_schemes_want_other_credentials() {
    let (core, _) = client(Credential::provider(Tokens::default()), NAMED);
    let header = Scheme::Header { scheme: "bearer", name: "x-key" };
    let query = Scheme::Query { scheme: "bearer", name: "key" };
    for scheme in [header, query] {
        let mut request = post(&core);
        request.authorize(&[&[scheme]]);
        let error = request.build().unwrap_err();
        assert_eq!(error, RequestError::MissingCredential { schemes: vec!["bearer"] });
    }
}

#[test]
fn nothing_shows_the_provider() {
    let provider = StaticToken::new("hunter2").unwrap();
    let (core, _) = client(Credential::provider(provider), NAMED);
    let mut request = post(&core);
    request.authorize(BEARER);
    let built = format!("{request:?}");
    let request = request.build().unwrap();
    let shown = format!("{core:?} {built} {request:?} {:?}", core.credential("bearer"));
    assert!(!shown.contains("hunter2") && shown.contains("Provider(***)"), "{shown}");
}

#[cfg(feature = "blocking")]
#[test]
fn a_source_without_async_is_a_provider_too() {
    use tamarack_runtime::blocking::{TokenSource, block_on};
    use tamarack_runtime::token::{ClientCredentials, EndpointError, TokenEndpoint};

    struct Endpoint;

    impl TokenEndpoint for Endpoint {
        fn request<'a>(
            &'a self,
            _: &'a ClientCredentials,
        ) -> BoxFuture<'a, Result<RawReply, EndpointError>> {
            let body = r#"{"access_token":"token-1","token_type":"Bearer","expires_in":60}"#;
            Box::pin(ready(Ok(RawReply::new(Response::new(Bytes::from(body))))))
        }
    }

    let source = TokenSource::new(Endpoint, ClientCredentials::new("id", "secret")).unwrap();
    let (core, _) = client(Credential::provider(source), NAMED);
    let mut request = post(&core);
    request.authorize(BEARER);
    assert_eq!(block_on(core.send(request.build().unwrap())).unwrap().status(), 200);
}
