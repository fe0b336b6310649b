//! Runs the example with two loopback servers: a token from one, the projects from the other.

use std::process::Command;

use serde_json::json;
use tamarack_tests::server::{Server, json_reply};

#[test]
fn the_projects_are_listed_with_a_token() {
    let token = json!({"access_token": "the-token", "token_type": "Bearer", "expires_in": 1800});
    let oauth = Server::replying(json_reply(200, &token));
    let project = |id: &str, name: &str| {
        json!({
            "id": id, "name": name, "max_pods": 0, "force_encryption_with_cmek": false,
            "organization_id": "o1",
        })
    };
    let projects = json!({"data": [project("p1", "search"), project("p2", "chat")]});
    let api = Server::replying(json_reply(200, &projects));
    let output = Command::new(env!("CARGO_BIN_EXE_list-projects"))
        .env("PINECONE_CLIENT_ID", "the-id")
        .env("PINECONE_CLIENT_SECRET", "the-secret")
        .env("PINECONE_OAUTH_URL", oauth.url())
        .env("PINECONE_API_URL", api.url())
        .output()
        .expect("the program starts");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "p1 search\np2 chat\n");
    let request = api.request();
    assert_eq!((request.method.as_str(), request.path.as_str()), ("GET", "/admin/projects"));
    assert_eq!(request.header("authorization"), ["Bearer the-token"]);
    assert_eq!(request.header("x-pinecone-api-version"), ["2026-04"]);
}
