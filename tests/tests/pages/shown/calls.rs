//! `README.md`, `docs/calls.md` and `docs/testing.md`.

use std::time::Duration;

use tamarack_clients::pinecone::admin::v2026_04::client as admin;
use tamarack_clients::pinecone::oauth::v2026_04::client::Client;
use tamarack_clients::pinecone::oauth::v2026_04::operations::{GetToken, GetTokenEncoding};
use tamarack_clients::pinecone::oauth::v2026_04::types::TokenRequest;
use tamarack_clients::runtime::{CallEventKind, RetrySettings};
use tamarack_goldens::golden::pages::v1 as harbour;
use tamarack_goldens::golden::replies::v1 as replies;

use super::Done;

async fn options(client: &Client, request: TokenRequest, id: &str) -> Done {
    let operation = GetToken::new(request).encoding(GetTokenEncoding::Form);
    let reply =
        client.send(&operation).timeout(Duration::from_secs(2)).header("x-trace", id).await?;
    let reply = client.send(&operation).wait()?; // without async (feature `blocking`)
    let request = client.send(&operation).into_request()?; // no IO; `Call::<GetToken>::read` decodes the response
    drop((reply, request));
    Ok(())
}

async fn typed_headers(client: &replies::client::Client) -> Done {
    use replies::headers;

    let reply = client.get_limited().await?;
    let left: Option<i32> = reply.header(headers::X_REMAINING);
    Ok(())
}

fn of_a_client() -> Done {
    let admin = admin::Client::builder()
        .credential(admin::Credential::BearerAuth("the-token".into()))
        .timeout(Duration::from_secs(10)) // of a call with all its retries
        .retry_settings(RetrySettings::default().with_max_retries(4))
        .header("X-Team", "search")
        .user_agent_suffix("my-app/1.2")
        .observer(|event| {
            if event.kind == CallEventKind::Attempt {
                println!("{} {} {:?}", event.method, event.path_template, event.status);
            }
        })
        .build()?;
    drop(admin);
    Ok(())
}

async fn in_pages(client: &harbour::client::Client) -> Done {
    let mut ships = client.list_ships().items();
    while let Some(ship) = ships.next().await {
        println!("{}", ship?.name);
    }
    Ok(())
}
