//! Turns the generated clients loose on loopback sockets: what they send, what each reply becomes.

#![allow(clippy::unwrap_used, reason = "clippy takes the helpers of a test program for a program")]

mod requests;

use std::time::Duration;

use tamarack_clients::runtime::Reply;
use tamarack_tests::api::Api;
use tamarack_tests::server::Server;

/// Long enough for a busy machine; nothing on loopback takes this long unless it never ends.
const PATIENCE: Duration = Duration::from_secs(20);

fn client<A: Api>(server: &Server) -> A::Client {
    A::builder().base_url(server.url()).timeout(PATIENCE).build().unwrap()
}

/// Calls `get_token` against the server with credentials that nobody looks at.
async fn call<A: Api>(server: &Server) -> Result<Reply<A::Token>, A::CallError> {
    A::call(&client::<A>(server), &A::request("id", "secret")).await
}
