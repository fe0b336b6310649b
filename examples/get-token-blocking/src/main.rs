//! Gets the value of `Authorization` without async and prints its size, never the token.
//!
//! Reads `PINECONE_CLIENT_ID`, `PINECONE_CLIENT_SECRET` and, to go somewhere
//! else than the published server, `PINECONE_OAUTH_URL`.

#![expect(clippy::print_stdout, reason = "a program talks to whoever started it")]

use std::env;
use std::error::Error;
use std::process::ExitCode;

use tamarack_clients::pinecone::oauth::v2026_04::client::{BASE_URL, Client};
use tamarack_clients::runtime::token::ClientCredentials;

fn main() -> ExitCode {
    match run() {
        Ok(bytes) => {
            println!("got an `Authorization` of {bytes} bytes");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("no token: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Returns the length of the header's value.
fn run() -> Result<usize, Box<dyn Error>> {
    let variable = |name| env::var(name).map_err(|_| format!("set {name}"));
    let (id, secret) = (variable("PINECONE_CLIENT_ID")?, variable("PINECONE_CLIENT_SECRET")?);
    let base_url = env::var("PINECONE_OAUTH_URL").unwrap_or_else(|_| BASE_URL.to_owned());

    let client = Client::builder().blocking().base_url(base_url.as_str()).build()?;
    let source = client.token_source(ClientCredentials::new(id, secret)).blocking().build()?;
    // Before each request, on whatever thread.
    let authorization = source.authorization()?;

    Ok(authorization.len())
}
