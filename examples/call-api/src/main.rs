//! Calls an API in a loop with a token source; the token is fetched once and kept.
//!
//! Reads `PINECONE_CLIENT_ID` and `PINECONE_CLIENT_SECRET`; optionally
//! `PINECONE_OAUTH_URL` and `PINECONE_API_URL`, to go somewhere else than the
//! published servers, and `CALLS`, how often to call (3).

#![expect(clippy::print_stdout, reason = "printing is what the program is for")]

use std::env;
use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use tamarack_clients::pinecone::oauth::v2026_04::client::{BASE_URL, Client};
use tamarack_clients::runtime::http::Method;
use tamarack_clients::runtime::token::{ClientCredentials, Rejection, send_authorized};
use tamarack_clients::runtime::{ClientBuilder, ClientCore};

/// Between two calls.
const PAUSE: Duration = Duration::from_millis(100);

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("failed: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let needed = |name| env::var(name).map_err(|_| format!("set {name}"));
    let or = |name, default: &str| env::var(name).unwrap_or_else(|_| default.to_owned());

    // The three lines that a service needs: a client, a source, and `source` where a token is asked for.
    let client = Client::builder().base_url(or("PINECONE_OAUTH_URL", BASE_URL).as_str()).build()?;
    let (id, secret) = (needed("PINECONE_CLIENT_ID")?, needed("PINECONE_CLIENT_SECRET")?);
    let source = client.token_source(ClientCredentials::new(id, secret)).build()?;

    let base_url = or("PINECONE_API_URL", "https://api.pinecone.io");
    let api: ClientCore = ClientBuilder::new("call-api/0.1").base_url(base_url.as_str()).build()?;
    for call in 1..=or("CALLS", "3").parse()? {
        let mut request = api.request(Method::GET, "/admin/projects");
        request.header("x-pinecone-api-version", &"2026-04");
        request.accept("application/json");
        let reply = send_authorized(&api, &source, request.build()?, Rejection::Named).await?;
        println!("call {call}: {}", reply.status());
        tokio::time::sleep(PAUSE).await;
    }
    Ok(())
}
