//! The requests of the token source of each generated client: one while the token is valid.

use serde_json::{Value, json};
use tamarack_clients::pinecone::oauth::v2026_04;
use tamarack_clients::pipedream::oauth::v1::operations::GetToken as PipedreamGetToken;
use tamarack_clients::pipedream::oauth::v1::types::TokenRequest as PipedreamRequest;
use tamarack_clients::runtime::token::{ClientCredentials, TokenErrorKind, TokenSource};
use tamarack_tests::api::{Api, Pinecone2026_04, Pipedream, PlainId};
use tamarack_tests::on_every_api;
use tamarack_tests::server::{Server, json_reply, reply};

use super::client;

fn credentials() -> ClientCredentials {
    ClientCredentials::new("an id", "a+secret")
}

fn granted(token: &str) -> Vec<u8> {
    let body = json!({"access_token": token, "token_type": "bearer", "expires_in": 3600});
    json_reply(200, &body)
}

on_every_api!(one_request_serves_every_read, a_refusal_is_one_request_and_shows_no_secret);

async fn one_request_serves_every_read<A: Api>() {
    let server = Server::scripted([granted("a-token"), granted("never asked for")]);
    let source = A::token_source(&client::<A>(&server), credentials());
    assert!(server.requests().is_empty(), "nothing is sent before the first read");
    for _ in 0..3 {
        let value = source.authorization().await.unwrap();
        assert_eq!(value, "Bearer a-token");
        assert!(value.is_sensitive());
    }
    let [request] = server.requests().try_into().unwrap();
    // What `get_token` sends is held by tests of its own; the source sends the same.
    let other = Server::replying(granted("a-token"));
    A::call(&client::<A>(&other), &A::request("an id", "a+secret")).await.unwrap();
    let called = other.request();
    assert_eq!((request.method, request.path), (called.method, called.path));
    assert_eq!(request.body, called.body);
    for name in ["content-type", "accept", "user-agent", "x-pinecone-api-version"] {
        let sent: Vec<_> = request.headers.iter().filter(|(known, _)| known == name).collect();
        let expected: Vec<_> = called.headers.iter().filter(|(known, _)| known == name).collect();
        assert_eq!(sent, expected);
    }
}

/// RFC 6749 §5.2: `invalid_client` is final, so it is not tried again.
async fn a_refusal_is_one_request_and_shows_no_secret<A: Api>() {
    let body = json!({"error": "invalid_client", "error_description": "a+secret is wrong"});
    let server = Server::replying(json_reply(401, &body));
    let source = A::token_source(&client::<A>(&server), credentials());
    let error = source.token().await.unwrap_err();
    assert_eq!(error.status().map(|it| it.as_u16()), Some(401));
    assert_eq!(*error.kind(), TokenErrorKind::OAuth);
    for text in [error.to_string(), format!("{error:?}"), format!("{source:?}")] {
        assert!(!text.contains("a+secret"), "{text}");
    }
    source.token().await.unwrap_err();
    assert_eq!(server.requests().len(), 1, "the second read is told at once");
}

#[tokio::test]
async fn each_service_gets_its_own_encoding() {
    let server = Server::replying(granted("a-token"));
    PlainId::token_source(&client::<PlainId>(&server), credentials()).token().await.unwrap();
    let body = String::from_utf8(server.request().body).unwrap();
    // WHATWG URL §5.2: a space becomes `+`, a `+` becomes `%2B`.
    let mut pairs: Vec<_> = body.split('&').collect();
    pairs.sort_unstable();
    assert_eq!(
        pairs,
        ["client_id=an+id", "client_secret=a%2Bsecret", "grant_type=client_credentials"]
    );
    let server = Server::replying(granted("a-token"));
    Pinecone2026_04::token_source(&client::<Pinecone2026_04>(&server), credentials())
        .token()
        .await
        .unwrap();
    assert_eq!(server.request().header("content-type"), ["application/json"]);
    let body: Value = serde_json::from_slice(&server.request().body).unwrap();
    assert_eq!(body["audience"], "https://api.pinecone.io/");
}

#[tokio::test]
async fn what_is_outside_of_the_pattern_stays_reachable() {
    let server = Server::replying(granted("a-token"));
    let scope = "connect:accounts:read";
    let operation = move |credentials: &ClientCredentials| {
        let (id, secret) = (credentials.id().expose(), credentials.secret().expose());
        PipedreamGetToken::new(PipedreamRequest::new(id, secret).with_scope(scope))
    };
    let client = client::<Pipedream>(&server);
    let source = TokenSource::of_operation(client.core(), credentials(), operation).build();
    let source = source.unwrap();
    source.token().await.unwrap();
    let body: Value = serde_json::from_slice(&server.request().body).unwrap();
    assert_eq!(body["scope"], scope);

    let server = Server::replying(granted("a-token"));
    let operation = |credentials: &ClientCredentials| {
        let (id, secret) = (credentials.id().expose(), credentials.secret().expose());
        let request = v2026_04::types::TokenRequest::new(id, secret);
        v2026_04::operations::GetToken::new(request.with_audience("https://other/"))
            .encoding(v2026_04::operations::GetTokenEncoding::Form)
    };
    let client = super::client::<Pinecone2026_04>(&server);
    let source = TokenSource::of_operation(client.core(), credentials(), operation).build();
    let source = source.unwrap();
    source.token().await.unwrap();
    let body = String::from_utf8(server.request().body).unwrap();
    assert!(body.split('&').any(|it| it == "audience=https%3A%2F%2Fother%2F"), "{body}");
}

#[test]
fn credentials_that_no_server_accepts_are_refused_before_any_request() {
    let server = Server::silent();
    for (id, secret) in [("", "secret"), ("id", ""), ("id", "a\nb")] {
        let credentials = ClientCredentials::new(id, secret);
        let refused = client::<PlainId>(&server).token_source(credentials).build();
        assert_eq!(*refused.unwrap_err().kind(), TokenErrorKind::Config);
    }
    assert_eq!(server.connections(), 0);
}

/// A reply that is larger than any token is not read to its end.
#[tokio::test]
async fn a_reply_without_an_end_is_bounded() {
    let body = format!("{{\"access_token\":\"{}\"", "a".repeat(1 << 20));
    let server = Server::replying(reply(200, &[], body));
    let source = PlainId::token_source(&client::<PlainId>(&server), credentials());
    let error = source.token().await.unwrap_err();
    assert_eq!(*error.kind(), TokenErrorKind::TooLarge { limit: 64 * 1024 });
}
