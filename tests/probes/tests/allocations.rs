//! A read of a token that is there allocates nothing.

#![allow(clippy::unwrap_used, reason = "clippy takes the helpers of a test program for a program")]

use std::hint::black_box;

use tamarack_probes::{Counting, now};
use tamarack_runtime::bytes::Bytes;
use tamarack_runtime::http::Response;
use tamarack_runtime::token::{ClientCredentials, EndpointError, TokenEndpoint, TokenSource};
use tamarack_runtime::{BoxFuture, RawReply};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Of each of the three kinds: a million and some in all.
const N_READS: u64 = 340_000;

struct Endpoint;

impl TokenEndpoint for Endpoint {
    fn request<'a>(
        &'a self,
        _: &'a ClientCredentials,
    ) -> BoxFuture<'a, Result<RawReply, EndpointError>> {
        let body = r#"{"access_token":"abc","token_type":"Bearer","expires_in":3600}"#;
        Box::pin(async move { Ok(RawReply::new(Response::new(Bytes::from(body)))) })
    }
}

#[test]
fn fault_55_cached_reads_allocate_nothing() {
    let source = TokenSource::new(Endpoint, ClientCredentials::new("id", "secret")).unwrap();
    // The counter counts.
    assert!(Counting::allocations_of(|| drop(now(source.token()).unwrap())) > 10);
    let found = Counting::allocations_of(|| {
        for _ in 0..N_READS {
            let _ = black_box(now(source.token())).unwrap();
            let _ = black_box(now(source.authorization())).unwrap();
            let _ = black_box(source.try_token()).unwrap().unwrap();
        }
    });
    assert_eq!(found, 0);
}
