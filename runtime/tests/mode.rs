//! Turns transports and ways of running them into responses where they fit, and into errors before
//! anything is sent where they do not.

#![allow(clippy::unwrap_used, reason = "clippy takes the helpers of a test program for a program")]

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use http_body_util::Full;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use tamarack_runtime::blocking::{self, block_on};
use tamarack_runtime::bytes::Bytes;
use tamarack_runtime::http::Method;
use tamarack_runtime::reqwest013::Reqwest013;
use tamarack_runtime::token::{
    ClientCredentials, EndpointError, TokenEndpoint, TokenErrorKind, TokenSource,
};
use tamarack_runtime::tower::TowerTransport;
use tamarack_runtime::ureq3::Ureq3;
use tamarack_runtime::{
    BoxFuture, ClientBuilder, ClientCore, Credential, Limits, Mode, RawReply, Scheme, Transport,
    TransportError, TransportErrorKind,
};

const NEEDS_RUNTIME: Option<TransportErrorKind> = Some(TransportErrorKind::NeedsRuntime);
const WOULD_BLOCK: Option<TransportErrorKind> = Some(TransportErrorKind::WouldBlock);

/// A server whose every response is a token, and how many connections it has seen.
struct Server {
    url: String,
    seen: Arc<AtomicUsize>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&seen);
        thread::spawn(move || {
            for stream in listener.incoming() {
                counter.fetch_add(1, Ordering::SeqCst);
                let mut stream = stream.unwrap();
                let _ = stream.read(&mut [0; 4_096]);
                let body = r#"{"access_token":"abc","token_type":"Bearer","expires_in":60}"#;
                let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close";
                let _ = write!(stream, "{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
            }
        });
        Self { url, seen }
    }

    fn core(&self, transport: Arc<dyn Transport>) -> ClientCore {
        let builder = ClientBuilder::new("mode/1").base_url(self.url.as_str());
        builder.shared_transport(transport).build().unwrap()
    }

    fn n_seen(&self) -> usize {
        self.seen.load(Ordering::SeqCst)
    }
}

/// A transport with the errors of waiting and of awaiting.
type Row = (Arc<dyn Transport>, Option<TransportErrorKind>, Option<TransportErrorKind>);

/// Every transport of this crate.
fn transports() -> [Row; 3] {
    let hyper = Client::builder(TokioExecutor::new()).build_http::<Full<Bytes>>();
    [
        (Arc::new(Reqwest013::new().unwrap()), NEEDS_RUNTIME, None),
        (Arc::new(TowerTransport::new(hyper)), NEEDS_RUNTIME, None),
        (Arc::new(Ureq3::new()), None, WOULD_BLOCK),
    ]
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

async fn get(core: &ClientCore) -> Option<TransportErrorKind> {
    let mut request = core.request(Method::GET, "/x");
    request.authorize(if core.credential("bearer").is_some() {
        &[&[Scheme::Bearer("bearer")]]
    } else {
        &[]
    });
    let error = core.send(request.build().unwrap()).await.err()?;
    // What kept a token from coming is the cause of the error.
    match error.token_error().map(tamarack_runtime::token::TokenError::kind) {
        Some(TokenErrorKind::Transport(kind)) => Some(*kind),
        _ => Some(error.kind()),
    }
}

#[test]
fn a_client_is_waited_for_or_awaited_as_its_transport_says() {
    for (transport, waited, awaited) in transports() {
        let server = Server::start();
        let core = server.core(transport);
        assert_eq!(block_on(get(&core)), waited);
        assert_eq!(runtime().block_on(get(&core)), awaited);
        assert_eq!(server.n_seen(), 1, "the other call sent nothing");
    }
}

/// Asks for a token over a client.
struct Endpoint(ClientCore);

impl TokenEndpoint for Endpoint {
    fn request<'a>(
        &'a self,
        _: &'a ClientCredentials,
    ) -> BoxFuture<'a, Result<RawReply, EndpointError>> {
        Box::pin(async move {
            let request = self.0.request(Method::POST, "/token").build()?;
            Ok(self.0.send(request).await?)
        })
    }
}

fn credentials() -> ClientCredentials {
    ClientCredentials::new("id", "secret")
}

/// The client can be run either way; what it takes its tokens from cannot.
#[test]
fn a_provider_has_a_transport_of_its_own() {
    for (transport, waited, awaited) in transports() {
        let tokens = Server::start();
        let source = || TokenSource::new(Endpoint(tokens.core(transport.clone())), credentials());
        let client = || {
            let builder = ClientBuilder::<ClientCore>::new("mode/1").transport(Either);
            let provider = Credential::provider(source().unwrap());
            let builder = builder.base_url("https://api.example.com");
            builder.credential(("bearer", provider)).build().unwrap()
        };
        assert_eq!(block_on(get(&client())), waited);
        assert_eq!(runtime().block_on(get(&client())), awaited);
        assert_eq!(tokens.n_seen(), 1, "the other call sent nothing");
    }
}

/// Answers every request, whoever runs it.
struct Either;

impl Transport for Either {
    fn mode(&self) -> Mode {
        Mode::Either
    }

    fn send<'a>(
        &'a self,
        _: tamarack_runtime::http::Request<Bytes>,
        _: &'a Limits,
    ) -> BoxFuture<'a, Result<tamarack_runtime::http::Response<Bytes>, TransportError>> {
        Box::pin(async { Ok(tamarack_runtime::http::Response::new(Bytes::new())) })
    }
}

/// Its thread waits for the refresh, whatever thread reads.
#[test]
fn the_thread_of_a_refresh_waits() {
    for (transport, waited, _) in transports() {
        let tokens = Server::start();
        let endpoint = Endpoint(tokens.core(transport));
        let source = blocking::TokenSource::new(endpoint, credentials()).unwrap();
        let kind = source.token().err().map(|error| error.kind().clone());
        assert_eq!(kind, waited.map(TokenErrorKind::Transport));
        assert_eq!(tokens.n_seen(), usize::from(waited.is_none()), "nothing is tried again");
    }
}

#[test]
fn a_transport_that_can_be_run_either_way_always_is() {
    let builder = ClientBuilder::<ClientCore>::new("mode/1").base_url("https://api.example.com");
    let core = builder.transport(Box::new(Arc::new(Either))).build().unwrap();
    assert_eq!(block_on(get(&core)), None);
    assert_eq!(runtime().block_on(get(&core)), None);
    let hyper = Client::builder(TokioExecutor::new()).build_http::<Full<Bytes>>();
    assert_eq!(TowerTransport::new(hyper).run_as(Mode::Either).mode(), Mode::Either);
}

/// An executor that is not ours has no mark, and no runtime either.
#[test]
fn reqwest_without_a_runtime_is_an_error_whoever_polls() {
    use std::task::{Context, Poll, Waker};

    let server = Server::start();
    let core = server.core(Arc::new(Reqwest013::new().unwrap()));
    let mut call = Box::pin(get(&core));
    let polled = call.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    assert_eq!(polled, Poll::Ready(NEEDS_RUNTIME));
    assert_eq!(server.n_seen(), 0);
}
