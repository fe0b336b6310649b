//! Makes sure that a project exists, as a program in production does it: one pool for two APIs, headers of
//! its own, options of one call, retries, a log of each attempt, and errors that say what to do.
//!
//! Reads `PINECONE_CLIENT_ID` and `PINECONE_CLIENT_SECRET` of a service account and `PROJECT`, the name;
//! optionally `PINECONE_OAUTH_URL` and `PINECONE_API_URL`, to go somewhere else than the published servers.

#![expect(clippy::print_stdout, reason = "printing is what the program is for")]

#[cfg(test)]
mod tests;

use std::env;
use std::error::Error;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use tamarack_clients::pinecone::admin::v2026_04::client as admin;
use tamarack_clients::pinecone::admin::v2026_04::types::{CreateProjectRequest, ErrorResponse};
use tamarack_clients::pinecone::oauth::v2026_04::client as oauth;
use tamarack_clients::runtime::reqwest013::Reqwest013;
use tamarack_clients::runtime::token::ClientCredentials;
use tamarack_clients::runtime::{ApiError, BuildError, CallEventKind, ClientBuilder, Transport};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(id) => {
            println!("{id}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("failed: {error}");
            if let Some(error) = error.downcast_ref() {
                eprintln!("{}", advice(error));
            }
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<String, Box<dyn Error>> {
    let needed = |name| env::var(name).map_err(|_| format!("set {name}"));
    let or = |name, default: &str| env::var(name).unwrap_or_else(|_| default.to_owned());
    let credentials =
        ClientCredentials::new(needed("PINECONE_CLIENT_ID")?, needed("PINECONE_CLIENT_SECRET")?);

    let pool: Arc<dyn Transport> = Arc::new(Reqwest013::new()?);
    let oauth = oauth::Client::builder().base_url(or("PINECONE_OAUTH_URL", oauth::BASE_URL));
    let oauth = oauth.shared_transport(Arc::clone(&pool)).build()?;
    let token = admin::Credential::bearer_auth_from(oauth.token_source(credentials).build()?);
    let admin = admin::Client::builder().base_url(or("PINECONE_API_URL", admin::BASE_URL));
    let admin = configured(admin.credential(token).shared_transport(pool))?;
    Ok(ensure(&admin, &needed("PROJECT")?).await?)
}

/// Sets what all calls of the program have in common.
fn configured(builder: ClientBuilder<admin::Client>) -> Result<admin::Client, BuildError> {
    builder
        .header("X-Team", "search")
        .user_agent_suffix("manage-projects/0.1")
        .retries(4)
        .observer(|event| {
            if event.kind == CallEventKind::Attempt {
                let (path, status) = (event.path_template, event.status.map(|it| it.as_u16()));
                eprintln!("{} {path} #{}: {status:?}", event.method, event.attempt);
            }
        })
        .build()
}

/// Returns the id of the project of a name, which is created if there is none.
async fn ensure(admin: &admin::Client, name: &str) -> Result<String, ApiError> {
    let projects = admin.list_projects().timeout(Duration::from_secs(10)).await?;
    if let Some(project) = projects.into_body().data.into_iter().find(|it| it.name == name) {
        return Ok(project.id);
    }
    let request = CreateProjectRequest::new(name).with_max_pods(0);
    let created = admin.create_project(request).header("X-Reason", "not there").await?;
    Ok(created.into_body().id)
}

/// Says what to do about an error, whatever the operation and its status.
fn advice(error: &ApiError) -> String {
    let code = error.decode_body::<ErrorResponse>().map(|it| it.error.code.to_string());
    let said = error.server_message().unwrap_or_else(|| "nothing".to_owned());
    let request = error.request_id().unwrap_or("unknown");
    let what = match (error.retry_after(), error.is_retryable()) {
        (Some(wait), _) => format!("try again in {} s", wait.as_secs()),
        (None, true) => "try again later".to_owned(),
        (None, false) => "change the request".to_owned(),
    };
    format!("{what}; code {code:?}, the server says: {said}; request {request}")
}
