//! Gets a token that all machines of a fleet share through Redis, and prints its lifetime.
//!
//! Reads `PINECONE_CLIENT_ID`, `PINECONE_CLIENT_SECRET`, `REDIS_URL`, and the key that all machines have
//! and Redis does not in `SEALING_KEY_FILE`: 32 bytes, as of `openssl rand 32`. `PINECONE_OAUTH_URL` is
//! optional. Start it twice: the second one asks nobody for a token.

#![expect(clippy::print_stdout, reason = "printing is what the program is for")]

use std::env;
use std::error::Error;
use std::process::ExitCode;

use tamarack_clients::pinecone::oauth::v2026_04::client::{BASE_URL, Client};
use tamarack_clients::runtime::token::{ClientCredentials, SealingKey, SharedTokens};
use tamarack_runtime::redis1::Redis1;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("no token: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let needed = |name| env::var(name).map_err(|_| format!("set {name}"));
    let base_url = env::var("PINECONE_OAUTH_URL").unwrap_or_else(|_| BASE_URL.to_owned());
    let client = Client::builder().base_url(base_url.as_str()).build()?;
    let key = std::fs::read(needed("SEALING_KEY_FILE")?)?;
    let key = <[u8; 32]>::try_from(key).map_err(|_| "the key has 32 bytes")?;
    let (id, secret) = (needed("PINECONE_CLIENT_ID")?, needed("PINECONE_CLIENT_SECRET")?);
    let redis = Redis1::open(&needed("REDIS_URL")?)?;

    // The three lines of a fleet: what is shared, a source that shares it, and a token.
    let shared = SharedTokens::new(redis, SealingKey::new(key));
    let source = client.token_source(ClientCredentials::new(id, secret)).shared(shared).build()?;
    let token = source.token().await?;
    println!("got a token that is valid for {} s", token.lifetime().duration().as_secs());
    Ok(())
}
