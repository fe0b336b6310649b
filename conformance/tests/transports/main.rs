//! Runs the probes on the transports of the runtime, and on some that break duties.

#![allow(clippy::unwrap_used, reason = "clippy takes the helpers of a test program for a program")]

mod careless;
mod own;
mod streaming;
mod tower;
mod ureq3;
mod wicked;

use std::sync::{Arc, Mutex, PoisonError};

use tamarack_conformance::{ConformanceReport, stream_conformance, transport_conformance};
use tamarack_runtime::{BoxFuture, Transport};

/// One report at a time: several keep a machine so busy that a good transport misses its deadline.
static TURN: Mutex<()> = Mutex::new(());

/// Looks at a transport that needs a Tokio runtime.
fn with_tokio(transport: impl Transport + 'static) -> ConformanceReport {
    on_tokio(|drive| transport_conformance(Arc::new(transport), drive))
}

/// Looks at the streams of a transport that needs a Tokio runtime.
fn streaming_with_tokio(transport: impl Transport + 'static) -> ConformanceReport {
    on_tokio(|drive| stream_conformance(Arc::new(transport), drive))
}

type Drive = Box<dyn Fn(BoxFuture<'static, ()>) + Send + Sync>;

fn on_tokio(look: impl FnOnce(Drive) -> ConformanceReport) -> ConformanceReport {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    let runtime = builder.worker_threads(2).enable_all().build().unwrap();
    look(Box::new(move |future| runtime.block_on(future)))
}
