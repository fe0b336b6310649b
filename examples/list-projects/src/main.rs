//! Lists the projects of a Pinecone organization: the Admin API, with a token from the OAuth API.
//!
//! Reads `PINECONE_CLIENT_ID` and `PINECONE_CLIENT_SECRET` of a service account; optionally
//! `PINECONE_OAUTH_URL` and `PINECONE_API_URL`, to go somewhere else than the published servers.

#![expect(clippy::print_stdout, reason = "printing is what the program is for")]

use std::env;
use std::error::Error;
use std::process::ExitCode;

use tamarack_clients::pinecone::admin::v2026_04::client as admin;
use tamarack_clients::pinecone::oauth::v2026_04::client as oauth;
use tamarack_clients::runtime::token::ClientCredentials;

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
    let credentials =
        ClientCredentials::new(needed("PINECONE_CLIENT_ID")?, needed("PINECONE_CLIENT_SECRET")?);
    let (oauth_url, api_url) =
        (or("PINECONE_OAUTH_URL", oauth::BASE_URL), or("PINECONE_API_URL", admin::BASE_URL));

    let oauth = oauth::Client::builder().base_url(oauth_url).build()?;
    let token = admin::Credential::bearer_auth_from(oauth.token_source(credentials).build()?);
    let admin = admin::Client::builder().base_url(api_url).credential(token).build()?;
    let projects = admin.list_projects().await?.into_body().data;

    for project in projects {
        println!("{} {}", project.id, project.name);
    }
    Ok(())
}
