//! Turns the generated golden modules into values, requests and responses, and compares each with the
//! documents, OpenAPI 3.0.3 and the RFCs.

#![allow(clippy::unwrap_used, reason = "clippy takes the helpers of a test program for a program")]

mod beside;
mod bodies;
mod bounds;
mod enums;
mod extends;
mod formats;
mod grants;
mod members;
mod other_peoples;
mod overlapping;
mod pages;
mod parameters;
mod paths;
mod replies;
mod retries;
mod rings;
mod routes;
mod secrets;
mod security;
mod servers;
mod sockets;
mod streams;
mod styles;
mod tags;
mod tokens;
mod untagged;
mod uploads;
mod webhooks;

use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tamarack_goldens::golden::calls::v1::client::{Client, Credential};
use tamarack_goldens::runtime::bytes::Bytes;
use tamarack_goldens::runtime::http::{Request, Response};
use tamarack_goldens::runtime::{
    BoxFuture, Call, CallResult, ClientBuilder, ClientCore, Limits, Mode, Operation, RawReply,
    RequestError, Transport, TransportError,
};

/// Answers every request alike and keeps the requests.
struct InMemory {
    status: u16,
    body: Bytes,
    requests: Mutex<Vec<Request<Bytes>>>,
}

impl InMemory {
    fn replying(status: u16, body: &str) -> Arc<Self> {
        let body = Bytes::copy_from_slice(body.as_bytes());
        Arc::new(Self { status, body, requests: Mutex::default() })
    }

    fn count(&self) -> usize {
        self.requests.lock().unwrap().len()
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
        let reply = Response::builder().status(self.status).body(self.body.clone()).unwrap();
        Box::pin(async { Ok(reply) })
    }
}

/// Runs a future that never waits, which is all that a client adds to such a transport.
fn ready<T>(future: impl IntoFuture<Output = T>) -> T {
    let mut future = Box::pin(future.into_future());
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the transport of these tests is always ready"),
    }
}

/// A client of `calls` that has these credentials.
fn client(transport: &Arc<InMemory>, credentials: impl IntoIterator<Item = Credential>) -> Client {
    let builder = Client::builder().base_url("https://example.com/base");
    let builder = builder.shared_transport(transport.clone());
    credentials.into_iter().fold(builder, ClientBuilder::credential).build().unwrap()
}

/// What requests of `calls` are built with where nothing is sent: it has the key all of them need.
fn keyed() -> ClientCore {
    client(&InMemory::replying(500, ""), [Credential::Key("k".into())]).core().clone()
}

/// Builds the request of an operation of `calls`, with the key all of them need.
fn built<O: Operation>(operation: O) -> Result<Request<Bytes>, RequestError> {
    Call::new(&keyed(), operation).into_request()
}

/// Reads a response to an operation.
fn answered<O: Operation>(status: u16, body: impl Into<Bytes>) -> CallResult<O> {
    Call::<O>::read(raw(status, body))
}

fn raw(status: u16, body: impl Into<Bytes>) -> RawReply {
    RawReply::new(Response::builder().status(status).body(body.into()).unwrap())
}

/// The headers of this name; more than one would show.
fn header<'a>(request: &'a Request<Bytes>, name: &str) -> Vec<&'a str> {
    request.headers().get_all(name).iter().map(|value| value.to_str().unwrap()).collect()
}

fn json_body(request: &Request<Bytes>) -> Value {
    serde_json::from_slice(request.body()).unwrap()
}

fn read<T: DeserializeOwned>(json: &Value) -> T {
    serde_json::from_str(&json.to_string()).unwrap_or_else(|error| panic!("{json}: {error}"))
}

fn written(value: &impl Serialize) -> Value {
    serde_json::from_str(&serde_json::to_string(value).unwrap()).unwrap()
}

/// Reads and writes; what comes out has to be what went in. The order of properties has no meaning
/// (RFC 8259, section 4).
fn assert_round_trips<T: DeserializeOwned + Serialize>(json: &Value) -> T {
    let value = read(json);
    assert_eq!(written(&value), *json);
    value
}
