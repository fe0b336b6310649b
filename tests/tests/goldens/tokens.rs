//! The token sources of `tokens` over loopback: what each asks for, and what it makes of the response.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tamarack_goldens::golden::tokens::v1::client::{Client, Credential};
use tamarack_goldens::golden::tokens::v1::operations::MuchTokenRequired;
use tamarack_goldens::runtime::token::{
    AccessToken, ClientCredentials, TokenErrorKind, TokenSourceBuilder,
};
use tamarack_tests::server::{Request, Server, json_reply};

const ID: &str = "an id:1";
const SECRET: &str = "a+secret";

/// The response of RFC 6749 §5.1.
fn granted() -> Value {
    json!({"access_token": "a-token", "token_type": "Bearer", "expires_in": 3600})
}

/// Asks a server that answers like this for one token.
async fn asked(
    (status, body): (u16, &Value),
    source: impl FnOnce(&Client, ClientCredentials) -> TokenSourceBuilder,
) -> (AccessToken, Request) {
    let server = Server::replying(json_reply(status, body));
    let client = Client::builder().base_url(server.url()).build().unwrap();
    let source = source(&client, ClientCredentials::new(ID, SECRET)).build().unwrap();
    let token = source.token().await.unwrap();
    assert_eq!(token.expose(), "a-token");
    let [request] = server.requests().try_into().unwrap();
    assert_eq!(request.method, "POST");
    (token, request)
}

fn form(request: &Request) -> BTreeMap<String, String> {
    assert_eq!(request.header("content-type"), ["application/x-www-form-urlencoded"]);
    pairs(std::str::from_utf8(&request.body).unwrap())
}

/// Reads pairs as WHATWG URL §5.1 does, as far as these tests need it.
fn pairs(text: &str) -> BTreeMap<String, String> {
    let decoded = |text: &str| {
        text.replace('+', " ").replace("%20", " ").replace("%3A", ":").replace("%2B", "+")
    };
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap();
        (decoded(name), decoded(value))
    };
    text.split('&').map(pair).collect()
}

fn map(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

const CLIENT: [(&str, &str); 3] =
    [("grant_type", "client_credentials"), ("client_id", ID), ("client_secret", SECRET)];

/// RFC 6749 §2.3.1: id and secret are encoded as in a form before they become user and password.
fn basic() -> String {
    format!("Basic {}", STANDARD.encode("an+id%3A1:a%2Bsecret"))
}

#[tokio::test]
async fn an_optional_secret_is_sent() {
    let (_, request) = asked((200, &granted()), Client::optional_token_source).await;
    assert_eq!(form(&request), map(&CLIENT));
    assert!(request.header("authorization").is_empty());
}

#[tokio::test]
async fn an_optional_body_is_sent_and_says_the_grant() {
    let (_, request) = asked((200, &granted()), Client::free_token_source).await;
    let body: Value = serde_json::from_slice(&request.body).unwrap();
    let expected =
        json!({"grant_type": "client_credentials", "client_id": ID, "client_secret": SECRET});
    assert_eq!(body, expected);
}

#[tokio::test]
async fn a_client_proves_itself_by_basic_and_nowhere_else() {
    let (_, request) =
        asked((200, &granted()), |client, it| client.basic_token_source(it, "a b")).await;
    assert_eq!(request.header("authorization"), [basic()]);
    let expected = map(&[("grant_type", "client_credentials"), ("scope", "a b")]);
    assert_eq!(form(&request), expected);
    let (_, request) = asked((200, &granted()), Client::bearer_token_source).await;
    assert_eq!(request.header("authorization"), [basic()]);
    assert_eq!(form(&request), map(&[("grant_type", "client_credentials")]));
}

/// The token that the document asks for is what the request is for, and two ways at once are none
/// (RFC 6749 §2.3).
#[tokio::test]
async fn basic_replaces_another_credential_of_the_client() {
    let server = Server::replying(json_reply(200, &granted()));
    let client = Client::builder()
        .base_url(server.url())
        .credential(Credential::Bearer("old".into()))
        .build()
        .unwrap();
    let source = client.bearer_token_source(ClientCredentials::new(ID, SECRET)).build().unwrap();
    source.token().await.unwrap();
    assert_eq!(server.request().header("authorization"), [basic()]);
}

#[tokio::test]
async fn what_else_is_required_is_given_once() {
    let (_, request) = asked((200, &granted()), |client, it| {
        client.extra_token_source(it, "a tenant", 7, "another")
    })
    .await;
    assert_eq!(request.path, "/tenants/a%20tenant/token?days=7");
    let body: Value = serde_json::from_slice(&request.body).unwrap();
    let expected = json!({
        "grant_type": "client_credentials", "client_id": ID, "client_secret": SECRET,
        "tenant": "another",
    });
    assert_eq!(body, expected);
    let required = MuchTokenRequired {
        a: "1".into(),
        b: "2".into(),
        c: vec!["3".into()],
        d: 4,
        e: true,
        f: None,
    };
    let much = |client: &Client, it| client.much_token_source(it, required.clone());
    let (_, request) = asked((200, &granted()), much).await;
    let body: Value = serde_json::from_slice(&request.body).unwrap();
    let expected = json!({
        "grant_type": "client_credentials", "client_id": ID, "client_secret": SECRET,
        "a": "1", "b": "2", "c": ["3"], "d": 4, "e": true, "f": null,
    });
    assert_eq!(body, expected);
}

#[tokio::test]
async fn of_several_forms_the_one_for_the_grant_is_sent() {
    let (token, request) = asked((200, &granted()), Client::one_of_token_source).await;
    assert_eq!(form(&request), map(&CLIENT));
    assert_eq!(token.lifetime().duration().as_secs(), 3600);
}

#[tokio::test]
#[allow(deprecated, reason = "the operation is deprecated")]
async fn a_request_may_stand_in_the_url() {
    let (_, request) = asked((200, &granted()), Client::query_token_source).await;
    let (path, query) = request.path.split_once('?').unwrap();
    assert_eq!((path, pairs(query)), ("/query", map(&CLIENT)));
    assert!(request.body.is_empty());
}

#[tokio::test]
async fn a_token_in_an_envelope_is_found() {
    let body = json!({"data": {"token": "a-token", "ttl": 60}});
    let (token, request) = asked((201, &body), Client::wrapped_token_source).await;
    assert_eq!(token.lifetime().duration().as_secs(), 60);
    let body: Value = serde_json::from_slice(&request.body).unwrap();
    assert_eq!(body, json!({"ClientId": ID, "ClientSecret": SECRET}));
}

/// The envelope is no way around the checks of RFC 6749 §5.1.
#[tokio::test]
async fn a_token_in_an_envelope_is_checked_as_any() {
    let field = |field| TokenErrorKind::InvalidResponse { field };
    for (body, expected) in [
        (granted(), field("access_token")),
        (json!({"data": {"token": "a\r\nb"}}), field("access_token")),
        (json!({"data": {"token": 7}}), field("access_token")),
        (json!({"data": [{"token": "a-token"}]}), field("access_token")),
        (json!({"data": {"token": "a-token", "ttl": -1}}), field("expires_in")),
        (
            json!({"data": {"token": "a", "token_type": "mac"}}),
            TokenErrorKind::UnsupportedTokenType,
        ),
        (json!({"error": "invalid_client"}), TokenErrorKind::OAuth),
    ] {
        let server = Server::replying(json_reply(201, &body));
        let client = Client::builder().base_url(server.url()).build().unwrap();
        let source = client.wrapped_token_source(ClientCredentials::new(ID, SECRET));
        let error = source.build().unwrap().token().await.unwrap_err();
        assert_eq!(error.kind(), &expected, "{body}");
        assert!(!format!("{error} {error:?}").contains(SECRET), "{error:?}");
    }
}
