//! Turns operations written by hand into requests, and responses into what they declare, over a
//! transport that answers from a table.

#![allow(clippy::unwrap_used, reason = "clippy takes the helpers of a test program for a program")]

mod calls;
mod errors;
mod pets;
mod tokens;

use std::sync::{Arc, Mutex};

use tamarack_runtime::bytes::Bytes;
use tamarack_runtime::http::{Request, Response};
use tamarack_runtime::{
    BoxFuture, ClientBuilder, ClientCore, Credential, Limits, Mode, RawReply, Transport,
    TransportError, TransportErrorKind,
};

/// Answers every request alike, and keeps what was sent.
#[derive(Clone)]
struct Canned {
    answer: Result<(u16, &'static str), TransportErrorKind>,
    seen: Arc<Mutex<Vec<Sent>>>,
}

/// A request, and the limits it was sent within.
type Sent = (Request<Bytes>, Limits);

impl Canned {
    fn new(status: u16, body: &'static str) -> Self {
        Self { answer: Ok((status, body)), seen: Arc::default() }
    }

    fn failing(kind: TransportErrorKind) -> Self {
        Self { answer: Err(kind), seen: Arc::default() }
    }

    fn core(&self) -> ClientCore {
        let builder = ClientBuilder::new("operation/1").base_url("https://api.example.com/v1");
        let credential = ("key", Credential::Token("hunter2".into()));
        builder.credential(credential).transport(self.clone()).retries(0).build().unwrap()
    }

    fn n_seen(&self) -> usize {
        self.seen.lock().unwrap().len()
    }

    /// Returns the only request.
    fn sent(&self) -> Sent {
        let mut seen = self.seen.lock().unwrap();
        assert_eq!(seen.len(), 1);
        seen.remove(0)
    }
}

impl Transport for Canned {
    fn mode(&self) -> Mode {
        Mode::Either
    }

    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        limits: &'a Limits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        self.seen.lock().unwrap().push((request, limits.clone()));
        let answer = self.answer.map_err(TransportError::new);
        Box::pin(async move { answer.map(|(status, body)| response(status, body)) })
    }
}

fn response(status: u16, body: &'static str) -> Response<Bytes> {
    let builder = Response::builder().status(status).header("retry-after", "7");
    builder.header("x-echo", "hunter2").body(Bytes::from_static(body.as_bytes())).unwrap()
}

fn raw(status: u16, body: &'static str) -> RawReply {
    RawReply::new(response(status, body))
}
