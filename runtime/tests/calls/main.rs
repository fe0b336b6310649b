//! Calls of operations written by hand, over loopback and over transports that answer from a table.

#![allow(clippy::unwrap_used, reason = "clippy takes the helpers of a test program for a program")]

mod defaults;
mod errors;
mod hooks;
#[cfg(feature = "http2")]
mod http2;
mod mock;
mod notes;
mod pages;
mod recorder;
mod retries;
mod scripted;
#[allow(dead_code, reason = "shared with the tests of the wire")]
#[path = "../wire/server.rs"]
mod server;
mod spans;

use tamarack_runtime::{ClientBuilder, ClientCore};

use server::Server;

/// Starts a client of the server.
fn client(server: &Server) -> ClientBuilder<ClientCore> {
    let transport = tamarack_runtime::reqwest013::Reqwest013::new().unwrap();
    ClientBuilder::new("calls/1").base_url(server.url()).transport(transport)
}

/// Writes a JSON response that closes its connection.
fn json(status: u16, headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {}\r\n{headers}\
         Connection: close\r\n\r\n{body}",
        body.len()
    )
}
