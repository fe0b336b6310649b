//! The generated operations without sockets, without a runtime, without reqwest.

use std::future::IntoFuture as _;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use tamarack_clients::runtime::bytes::Bytes;
use tamarack_clients::runtime::http::{Request, Response, StatusCode};
use tamarack_clients::runtime::{
    BoxFuture, Call, Error, Limits, Mode, RawReply, Transport, TransportError,
};
use tamarack_tests::api::{Api, Fate, Pinecone2026_04, Pipedream, PlainId};
use tamarack_tests::spec;

/// Answers each request with the next of its responses and keeps the request.
#[derive(Default)]
struct InMemory {
    replies: Mutex<Vec<Response<Bytes>>>,
    requests: Mutex<Vec<Request<Bytes>>>,
}

impl InMemory {
    fn replying(replies: impl IntoIterator<Item = Response<Bytes>>) -> Arc<Self> {
        let mut replies: Vec<_> = replies.into_iter().collect();
        replies.reverse();
        Arc::new(Self { replies: Mutex::new(replies), requests: Mutex::default() })
    }
}

impl Transport for InMemory {
    fn mode(&self) -> Mode {
        Mode::Either
    }

    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        _: &'a Limits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        self.requests.lock().unwrap().push(request);
        let reply = self.replies.lock().unwrap().pop().unwrap();
        Box::pin(async { Ok(reply) })
    }
}

fn response(status: u16, body: String) -> Response<Bytes> {
    Response::builder().status(status).body(Bytes::from(body)).unwrap()
}

fn granted<A: Api>() -> Response<Bytes> {
    response(200, spec::example(A::SPEC, "TokenResponse").to_string())
}

/// Runs a future that never waits, which is all that a client adds to its transport.
fn ready<T>(future: impl Future<Output = T>) -> T {
    let mut future = Box::pin(future);
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the transport of these tests is always ready"),
    }
}

macro_rules! operations_do_no_io {
    ($($name:ident = $api:ident, $($module:ident)::+;)+) => {$(
        #[test]
        fn $name() {
            use tamarack_clients::$($module)::+::{operations::{GetToken, GetTokenError}, types};
            // Nothing may reach this transport.
            let transport = InMemory::replying([]);
            let builder = $api::builder().base_url("https://example.com/base");
            let client = builder.shared_transport(transport.clone()).build().unwrap();
            let body = types::TokenRequest::new("id", "secret");
            let request = client.get_token(body).into_request().unwrap();
            let (path, _) = spec::operation($api::SPEC);
            assert_eq!(request.method(), "POST");
            assert_eq!(request.uri().to_string(), format!("https://example.com/base{path}"));
            assert!(!request.body().is_empty());

            let reply = Call::<GetToken>::read(RawReply::new(granted::<$api>())).unwrap();
            let example = spec::example($api::SPEC, "TokenResponse");
            assert_eq!(reply.body().access_token.expose(), example["access_token"]);
            let refused = RawReply::new(response(401, r#"{"error":"invalid_client"}"#.to_owned()));
            let error = Call::<GetToken>::read(refused).unwrap_err();
            let is_declared = matches!(error, Error::Declared(GetTokenError::Unauthorized(_)));
            assert!(is_declared, "{error:?}");
            assert!(transport.requests.lock().unwrap().is_empty());
        }
    )+};
}

operations_do_no_io! {
    pinecone = Pinecone2026_04, pinecone::oauth::v2026_04;
    plainid = PlainId, plainid::token::v1_0;
    pipedream = Pipedream, pipedream::oauth::v1;
}

#[test]
fn a_client_runs_on_any_transport() {
    fn check<A: Api>() {
        let transport = InMemory::replying([granted::<A>(), response(418, String::new())]);
        let builder = A::builder().base_url("https://example.com");
        let client = builder.transport(transport.clone()).build().unwrap();
        let request = A::request("id", "secret");
        let reply = ready(A::call(&client, &request)).unwrap();
        assert_eq!(reply.status(), StatusCode::OK);
        let error = ready(A::call(&client, &request)).unwrap_err();
        assert!(matches!(A::fate(&error), Fate::Undeclared(_)), "{error:?}");
        assert_eq!(transport.requests.lock().unwrap().len(), 2);
    }
    check::<Pinecone2026_04>();
    check::<PlainId>();
    check::<Pipedream>();
}

#[test]
fn clones_share_one_transport() {
    let transport = InMemory::replying(std::iter::repeat_with(granted::<PlainId>).take(3));
    let builder = PlainId::builder().base_url("https://example.com");
    let client = builder.shared_transport(transport.clone()).build().unwrap();
    let holders = Arc::strong_count(&transport);
    let (one, two) = (client.clone(), client.clone());
    assert_eq!(Arc::strong_count(&transport), holders, "a clone holds the core, not its parts");
    for client in [&one, &two, &client] {
        ready(client.get_token(PlainId::request("id", "secret")).into_future()).unwrap();
    }
    assert_eq!(transport.requests.lock().unwrap().len(), 3);
}
