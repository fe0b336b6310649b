//! Gets a token and prints its lifetime, never the token.
//!
//! Reads `PINECONE_CLIENT_ID`, `PINECONE_CLIENT_SECRET` and, to go somewhere
//! else than the published server, `PINECONE_OAUTH_URL`.

#![expect(clippy::print_stdout, reason = "a program talks to whoever started it")]

use std::env;
use std::error::Error;
use std::process::ExitCode;

use tamarack_clients::pinecone::oauth::v2026_04::client::{BASE_URL, Client};
use tamarack_clients::pinecone::oauth::v2026_04::types::TokenRequest;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(expires_in) => {
            println!("got a token that is valid for {expires_in} s");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("no token: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Returns the lifetime of a fresh token, in seconds.
async fn run() -> Result<i64, Box<dyn Error>> {
    let variable = |name| env::var(name).map_err(|_| format!("set {name}"));
    let request =
        TokenRequest::new(variable("PINECONE_CLIENT_ID")?, variable("PINECONE_CLIENT_SECRET")?);
    let base_url = env::var("PINECONE_OAUTH_URL").unwrap_or_else(|_| BASE_URL.to_owned());
    let client = Client::builder().base_url(base_url.as_str()).build()?;
    let token = client.get_token(request).await?.into_body();
    Ok(token.expires_in)
}
