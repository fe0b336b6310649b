//! Turns the crate loose on real sockets: what goes out, what faults become, what is never shown.

#![allow(clippy::unwrap_used, reason = "clippy takes the helpers of a test program for a program")]

mod faults;
mod grants;
#[cfg(feature = "gzip")]
mod gzip;
#[cfg(feature = "http2")]
mod http2;
mod leaks;
mod plain_http;
mod reads;
mod requests;
#[allow(dead_code, reason = "shared with the tests of calls")]
mod server;
#[path = "../shown/mod.rs"]
mod shown;
mod sweep;
mod tls;
mod token;

use std::sync::Arc;
use std::time::Duration;

use tamarack_runtime::http::Method;
use tamarack_runtime::{ClientBuilder, ClientCore, RawReply, Transport, TransportError};

use server::Server;

/// Starts a client of the server, with one second and 1000 bytes for each request.
fn client(server: &Server) -> ClientBuilder<ClientCore> {
    ClientBuilder::new("wire-test/1")
        .base_url(server.url())
        .shared_transport(transport())
        .timeout(Duration::from_secs(1))
        .max_body(1000)
}

/// Connections end with the runtime of their test, so each test has a transport of its own.
fn transport() -> Arc<dyn Transport> {
    Arc::new(tamarack_runtime::reqwest013::Reqwest013::new().unwrap())
}

/// Sends `GET /x` to the server.
async fn get(server: &Server) -> Result<RawReply, TransportError> {
    let core = client(server).build().unwrap();
    let request = core.request(Method::GET, "/x").build().unwrap();
    core.send(request).await
}
