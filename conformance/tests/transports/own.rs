//! The transports of the runtime honour every duty.

use std::sync::Arc;

use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use tamarack_conformance::{stream_conformance, transport_conformance};
use tamarack_runtime::BodyStream;
use tamarack_runtime::blocking::block_on;
use tamarack_runtime::reqwest013::Reqwest013;
use tamarack_runtime::tower::TowerTransport;
use tamarack_runtime::ureq3::Ureq3;

use crate::{streaming_with_tokio, with_tokio};

#[test]
fn reqwest013() {
    with_tokio(Reqwest013::new().unwrap()).assert_kept();
    streaming_with_tokio(Reqwest013::new().unwrap()).assert_kept();
}

#[test]
fn ureq3() {
    transport_conformance(Arc::new(Ureq3::new()), block_on).assert_kept();
    stream_conformance(Arc::new(Ureq3::new()), block_on).assert_kept();
}

#[test]
fn tower_over_hyper() {
    let mut builder = Client::builder(TokioExecutor::new());
    builder.retry_canceled_requests(false);
    let client = builder.build_http::<BodyStream>();
    with_tokio(TowerTransport::new(client.clone())).assert_kept();
    streaming_with_tokio(TowerTransport::new(client)).assert_kept();
}
