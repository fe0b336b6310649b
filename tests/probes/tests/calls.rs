//! A call without options allocates what a request and a response take, and nothing so that it can be retried and
//! observed.

#![allow(clippy::unwrap_used, reason = "clippy takes the helpers of a test program for a program")]

use std::future::IntoFuture as _;

use tamarack_probes::{Counting, now};
use tamarack_runtime::bytes::Bytes;
use tamarack_runtime::http::{Method, Request, Response};
use tamarack_runtime::{
    BoxFuture, Call, ClientBuilder, ClientCore, Credential, Json, Limits, Mode, Operation,
    OperationInfo, RequestBuilder, Scheme, Status, Transport, TransportError, declared_errors,
};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// What a call of [`GetPet`] allocates: the id, the URI and what its parts share, the two parts of a map of headers,
/// the futures of the exchange and of the transport, and the response.
const NEEDED: u64 = 8;

struct GetPet {
    id: String,
    limit: Option<i32>,
}

impl Operation for GetPet {
    type Success = Json<u64>;
    type Error = GetPetError;

    const INFO: OperationInfo = OperationInfo {
        id: "getPet",
        method: Method::GET,
        path: "/pets/{id}",
        success: &[Status::Exact(200)],
        accept: "application/json",
        headers: &[("x-version", "2026-04")],
        security: &[&[Scheme::Header { scheme: "key", name: "x-key" }]],
    };

    fn request(&self, request: &mut RequestBuilder) {
        request.path("id", &self.id);
        request.query("limit", &self.limit);
    }
}

declared_errors! {
    /// The errors of [`GetPet`].
    pub enum GetPetError for "getPet" {
        /// There is no such pet.
        404 => NotFound(Empty<()>),
    }
}

struct Canned;

impl Transport for Canned {
    fn mode(&self) -> Mode {
        Mode::Either
    }

    fn send<'a>(
        &'a self,
        _: Request<Bytes>,
        _: &'a Limits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        Box::pin(async { Ok(Response::new(Bytes::from_static(b"7"))) })
    }
}

#[test]
fn a_call_without_options_allocates_what_is_needed() {
    let builder =
        ClientBuilder::<ClientCore>::new("probe/1").base_url("https://api.example.com/v1");
    let builder = builder.credential(("key", Credential::Token("hunter2".into())));
    let core = builder.transport(Canned).build().unwrap();
    let call = || Call::new(&core, GetPet { id: "a/b".to_owned(), limit: Some(5) });
    assert_eq!(*now(call().into_future()).unwrap().body(), 7);
    let found = Counting::allocations_of(|| drop(now(call().into_future()).unwrap()));
    assert_eq!(found, NEEDED);
}
