//! `docs/errors.md`.

use tamarack_clients::pinecone::admin::v2026_04::client::Client;
use tamarack_clients::pinecone::admin::v2026_04::operations::FetchProjectError;
use tamarack_clients::pinecone::admin::v2026_04::types::{ErrorResponse, Project};
use tamarack_clients::runtime::{ApiError, Error};

/// One status of one operation is expected, everything else is passed on.
async fn find(client: &Client, id: &str) -> Result<Option<Project>, ApiError> {
    match client.fetch_project(id).await {
        Ok(reply) => Ok(Some(reply.into_body())),
        Err(Error::Declared(FetchProjectError::NotFound(_))) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn advice(error: &ApiError) -> String {
    let code = error.decode_body::<ErrorResponse>().map(|it| it.error.code.to_string());
    match (error.retry_after(), error.is_retryable()) {
        (Some(wait), _) => format!("{code:?}: try again in {} s", wait.as_secs()),
        (None, true) => format!("{code:?}: try again later"),
        (None, false) => format!("{code:?}: change the request"),
    }
}
