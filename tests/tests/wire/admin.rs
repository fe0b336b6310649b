//! The Admin API of Pinecone with tokens of its OAuth API: one that ends, one that is revoked, and errors.

use std::time::Duration;

use serde_json::{Value, json};
use tamarack_clients::pinecone::admin::v2026_04::client::{Client, Credential};
use tamarack_clients::pinecone::admin::v2026_04::types::{
    ApiKeyRolesItem, CreateApiKeyRequest, ErrorResponse, UpdateProjectRequest,
};
use tamarack_clients::pinecone::oauth::v2026_04::client::Client as OAuth;
use tamarack_clients::runtime::token::ClientCredentials;
use tamarack_tests::server::{Server, json_reply, reply};

use super::{PATIENCE, TRANSPORT};

fn granted(token: &str, expires_in: u64) -> Vec<u8> {
    let body = json!({"access_token": token, "token_type": "Bearer", "expires_in": expires_in});
    json_reply(200, &body)
}

fn project() -> Value {
    json!({
        "id": "p1", "name": "search", "max_pods": 0, "force_encryption_with_cmek": false,
        "organization_id": "o1", "created_at": "2026-04-01T00:00:00Z",
    })
}

fn projects() -> Vec<u8> {
    json_reply(200, &json!({"data": [project()]}))
}

/// The error body that the document has as an example.
fn error(status: u16, code: &str) -> Vec<u8> {
    json_reply(
        status,
        &json!({"error": {"code": code, "message": "Invalid API key."}, "status": status}),
    )
}

fn client(oauth: &Server, api: &Server) -> Client {
    let oauth = OAuth::builder().base_url(oauth.url()).shared_transport(TRANSPORT.clone());
    let credentials = ClientCredentials::new("an id", "a secret");
    let source = oauth.build().unwrap().token_source(credentials).build().unwrap();
    let builder = Client::builder().base_url(api.url()).timeout(PATIENCE);
    let builder = builder.shared_transport(TRANSPORT.clone());
    builder.credential(Credential::bearer_auth_from(source)).build().unwrap()
}

fn bearers(api: &Server) -> Vec<String> {
    api.requests().iter().map(|it| it.header("authorization").concat()).collect()
}

#[tokio::test]
async fn one_token_serves_all_calls() {
    let oauth = Server::replying(granted("first", 3600));
    let key = json!({"id": "k1", "name": "devkey", "project_id": "p1", "roles": ["ProjectEditor"]});
    let created = json_reply(201, &json!({"key": key, "value": "pckey_label_unique"}));
    let api =
        Server::scripted([projects(), created, json_reply(200, &project()), reply(202, &[], "")]);
    let admin = client(&oauth, &api);

    let listed = admin.list_projects().await.unwrap().into_body();
    assert_eq!(listed.data[0].name, "search");
    let request = CreateApiKeyRequest::new("devkey");
    let reply = admin.create_api_key("p1", request).await.unwrap();
    assert_eq!(reply.body().key.roles, [ApiKeyRolesItem::ProjectEditor]);
    assert_eq!(reply.body().value.expose(), "pckey_label_unique");
    assert!(!format!("{reply:?}").contains("unique"), "the secret is printed");
    let mut change = UpdateProjectRequest::new();
    change.max_pods = Some(2);
    admin.update_project("p1", change).await.unwrap();
    admin.delete_api_key("k/1").await.unwrap();

    assert_eq!(oauth.requests().len(), 1);
    assert_eq!(bearers(&api), ["Bearer first"; 4]);
    let requests = api.requests();
    let lines: Vec<_> = requests.iter().map(|it| format!("{} {}", it.method, it.path)).collect();
    assert_eq!(
        lines,
        [
            "GET /admin/projects",
            "POST /admin/projects/p1/api-keys",
            "PATCH /admin/projects/p1",
            // RFC 3986, section 3.3: a slash in a segment is escaped.
            "DELETE /admin/api-keys/k%2F1",
        ]
    );
    assert_eq!(requests[1].body, br#"{"name":"devkey"}"#);
    assert_eq!(requests[2].body, br#"{"max_pods":2}"#);
    for request in &requests {
        assert_eq!(request.header("x-pinecone-api-version"), ["2026-04"]);
    }
}

#[tokio::test]
async fn a_token_that_ends_in_the_middle_is_replaced() {
    // A token without a lifetime left serves the call that asked for it and no other.
    let oauth = Server::scripted([granted("first", 1), granted("second", 3600)]);
    let api = Server::replying(projects());
    let admin = client(&oauth, &api);
    admin.list_projects().await.unwrap();
    tokio::time::sleep(Duration::from_millis(1100)).await;
    admin.list_projects().await.unwrap();
    assert_eq!(bearers(&api), ["Bearer first", "Bearer second"]);
}

/// RFC 6750, section 3.1: a new token, and the request once more.
#[tokio::test]
async fn a_revoked_token_is_replaced_once() {
    let oauth = Server::scripted([granted("first", 3600), granted("second", 3600)]);
    let revoked = reply(401, &[("WWW-Authenticate", "Bearer error=\"invalid_token\"")], "");
    let api = Server::scripted([revoked, projects()]);
    let admin = client(&oauth, &api);
    admin.list_projects().await.unwrap();
    assert_eq!(bearers(&api), ["Bearer first", "Bearer second"]);
}

#[tokio::test]
async fn an_error_tells_how_long_to_wait_and_what_the_server_said() {
    let oauth = Server::replying(granted("first", 3600));
    let mut limited = String::from_utf8(error(429, "RESOURCE_EXHAUSTED")).unwrap();
    limited = limited.replacen("\r\n", "\r\nRetry-After: 7\r\n", 1);
    let api = Server::scripted([limited.into_bytes(), error(500, "UNKNOWN")]);
    let admin = client(&oauth, &api);

    // It is retried otherwise, seven seconds later.
    let limit = admin.list_projects().retries(0).await.unwrap_err();
    assert_eq!(limit.status().map(|it| it.as_u16()), Some(429));
    assert_eq!(limit.retry_after(), Some(Duration::from_secs(7)));
    let failure = admin.list_projects().await.unwrap_err();
    assert_eq!(failure.status().map(|it| it.as_u16()), Some(500));
    let body: &ErrorResponse = failure.body().unwrap();
    assert_eq!(body.error.message, "Invalid API key.");
}
