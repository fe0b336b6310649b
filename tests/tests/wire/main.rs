//! The generated clients on loopback sockets: what they send, and how they decode each response.

#![allow(clippy::unwrap_used, reason = "clippy takes the helpers of a test program for a program")]

mod admin;
mod faults;
mod leaks;
mod media_types;
mod regions;
mod replies;
mod requests;
mod sans_io;
mod token_source;

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use tamarack_clients::runtime::reqwest013::Reqwest013;
use tamarack_clients::runtime::{ClientBuilder, Reply, Transport};
use tamarack_tests::api::Api;
use tamarack_tests::server::Server;

/// Long enough for a busy machine; nothing on loopback takes this long unless it never ends.
const PATIENCE: Duration = Duration::from_secs(20);

/// Reading the system's certificate authorities takes a while, so once for all. No connection
/// outlives its test in the pool: each test has servers, so ports, of its own.
static TRANSPORT: LazyLock<Arc<dyn Transport>> =
    LazyLock::new(|| Arc::new(Reqwest013::new().unwrap()));

fn builder<A: Api>(base_url: String) -> ClientBuilder<A::Client> {
    let builder = A::builder().base_url(base_url).timeout(PATIENCE);
    builder.shared_transport(Arc::clone(&TRANSPORT))
}

fn client<A: Api>(server: &Server) -> A::Client {
    builder::<A>(server.url()).build().unwrap()
}

/// Calls `get_token` against the server with credentials that nobody looks at.
async fn call<A: Api>(server: &Server) -> Result<Reply<A::Token>, A::CallError> {
    A::call(&client::<A>(server), &A::request("id", "secret")).await
}
