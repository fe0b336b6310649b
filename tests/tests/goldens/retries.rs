//! What an overlay says of sending a call again, over loopback.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::json;
use tamarack_goldens::golden::pages::v1::client::Client;
use tamarack_goldens::golden::pages::v1::operations::Moor;
use tamarack_goldens::golden::pages::v1::types::Ship;
use tamarack_goldens::runtime::RetrySettings;
use tamarack_goldens::runtime::reqwest013::Reqwest013;
use tamarack_tests::server::{Server, json_reply, reply};

/// Answers with these statuses in turn.
fn answering(statuses: &[u16]) -> (Server, Client) {
    let answer = |status: &u16| match status {
        200 => json_reply(200, &json!([{"name": "Ada"}])),
        status => reply(*status, &[], ""),
    };
    let server = Server::scripted(statuses.iter().map(answer));
    let waits = RetrySettings::default().with_first_wait(Duration::from_millis(1));
    let builder = Client::builder().base_url(server.url()).retry_settings(waits);
    let client = builder.transport(Reqwest013::new().unwrap()).build().unwrap();
    (server, client)
}

/// Returns the values of the header of the key, each once.
fn keys(server: &Server) -> BTreeSet<String> {
    let requests = server.requests();
    let values = requests.iter().map(|it| it.header("x-request-id").join(","));
    values.collect()
}

#[tokio::test]
async fn a_status_that_passes_and_a_header_that_has_the_key() {
    let (server, client) = answering(&[409, 425, 204]);
    client.moor().await.unwrap();
    assert_eq!(server.requests().len(), 3);
    let keys_of_first = keys(&server);
    assert!(keys_of_first.len() == 1 && keys_of_first.iter().all(|it| it.len() == 36));
    client.moor().await.unwrap();
    assert_eq!(keys(&server).len(), 2, "the key of another call");

    let (server, client) = answering(&[409, 204]);
    client.send(Moor::new().x_request_id("mine")).await.unwrap();
    assert_eq!(keys(&server), BTreeSet::from(["mine".to_owned()]));
}

#[tokio::test]
async fn a_post_that_only_reads_is_sent_again_without_a_key() {
    let (server, client) = answering(&[503, 425, 200]);
    let ships = client.search_ships(Ship::new("A")).await.unwrap().into_body();
    assert_eq!((ships.len(), server.requests().len()), (1, 3));
    assert_eq!(keys(&server), BTreeSet::from([String::new()]));
}

#[tokio::test]
async fn a_delete_that_is_not_idempotent_is_sent_once() {
    let (server, client) = answering(&[503, 204]);
    assert_eq!(client.leave().await.unwrap_err().status().unwrap().as_u16(), 503);
    assert_eq!(server.requests().len(), 1);
}
