//! Calls through the transport of `ureq3` on a loopback socket.

use std::time::Duration;

use serde_json::json;
use tamarack_clients::pinecone::oauth::v2026_04;
use tamarack_clients::plainid::token::v1_0;
use tamarack_clients::runtime::Error;
use tamarack_clients::runtime::bytes::Bytes;
use tamarack_clients::runtime::http::Request;
use tamarack_clients::runtime::token::{ClientCredentials, TokenErrorKind};
use tamarack_goldens::golden::calls::v1 as calls;
use tamarack_tests::server::{Server, json_reply, nobody, reply};

const PATIENCE: Duration = Duration::from_secs(20);

fn granted() -> Vec<u8> {
    let body = json!({"access_token": "a-token", "token_type": "bearer", "expires_in": 3600});
    json_reply(200, &body)
}

/// Makes the tests of one module.
macro_rules! module {
    ($name:ident, $($path:ident)::+) => {
        mod $name {
            use tamarack_clients::$($path)::+::operations::GetTokenError;
            use tamarack_clients::$($path)::+::{Client, types};

            use super::*;

            fn at(url: &str) -> Client {
                let builder = Client::builder().blocking();
                builder.base_url(url).timeout(PATIENCE).build().unwrap()
            }

            fn request() -> types::TokenRequest {
                types::TokenRequest::new("an id", "a+secret")
            }

            fn build(client: &Client) -> Request<Bytes> {
                client.get_token(request()).into_request().unwrap()
            }

            /// What `operations` builds is compared with the document elsewhere.
            #[test]
            fn sends_what_the_operation_builds() {
                let server = Server::replying(granted());
                let client = at(&server.url());
                let token = client.get_token(request()).wait().unwrap().into_body();
                assert_eq!(token.access_token.expose(), "a-token");
                let expected = build(&client);
                let sent = server.request();
                assert_eq!(sent.method, expected.method().as_str());
                assert_eq!(sent.path, expected.uri().path());
                assert_eq!(sent.body, expected.body().as_ref());
                for (name, value) in expected.headers() {
                    assert_eq!(sent.header(name.as_str()), [value.to_str().unwrap()]);
                }
                let own = ["accept", "connection", "content-length", "host"];
                for name in sent.header_names() {
                    let is_known = expected.headers().contains_key(name) || own.contains(&name);
                    assert!(is_known, "{name}");
                }
            }

            #[test]
            fn an_error_is_chosen_by_its_status() {
                let body = json!({"error": "invalid_client", "error_description": "a+secret"});
                let server = Server::replying(json_reply(401, &body));
                let error = at(&server.url()).get_token(request()).wait().unwrap_err();
                let is_declared =
                    matches!(error, Error::Declared(GetTokenError::Unauthorized(_)));
                assert!(is_declared, "{error:?}");
                assert!(!format!("{error} {error:?}").contains("a+secret"));
                let error = at(&nobody()).get_token(request()).wait().unwrap_err();
                assert!(matches!(error, Error::Transport(_)), "{error:?}");
            }

            #[test]
            fn one_request_serves_every_read() {
                let server = Server::replying(granted());
                let credentials = ClientCredentials::new("an id", "a+secret");
                let source = at(&server.url()).token_source(credentials).blocking().build().unwrap();
                assert_eq!(server.connections(), 0, "nothing is sent before the first read");
                for _ in 0..3 {
                    let value = source.authorization().unwrap();
                    assert!(value.is_sensitive() && value == "Bearer a-token");
                }
                assert_eq!(server.request().body, build(&at(&server.url())).body().as_ref());
            }

            #[test]
            fn a_source_says_what_was_refused() {
                let body = json!({"error": "invalid_client"});
                let server = Server::replying(json_reply(401, &body));
                let credentials = ClientCredentials::new("an id", "a+secret");
                let source = at(&server.url()).token_source(credentials).blocking().build().unwrap();
                assert_eq!(*source.token().unwrap_err().kind(), TokenErrorKind::OAuth);
                source.token().unwrap_err();
                assert_eq!(server.requests().len(), 1, "the second read is told at once");
            }
        }
    };
}

module!(pinecone_2025_04, pinecone::oauth::v2025_04);
module!(pinecone_2025_10, pinecone::oauth::v2025_10);
module!(pinecone_2026_01_alpha, pinecone::oauth::v2026_01_alpha);
module!(pinecone_2026_04, pinecone::oauth::v2026_04);
module!(plainid, plainid::token::v1_0);
module!(pipedream, pipedream::oauth::v1);

#[test]
fn the_published_server_is_the_default() {
    let own = v2026_04::Client::blocking().unwrap();
    assert_eq!(own.core().base_url().as_str(), v2026_04::client::BASE_URL);
    let eu = v1_0::Client::blocking("eu").unwrap();
    let us = v1_0::Client::blocking("us").unwrap();
    assert_ne!(eu.core().base_url(), us.core().base_url());
}

fn golden(server: &Server) -> calls::Client {
    let builder = calls::Client::builder().blocking().base_url(server.url()).timeout(PATIENCE);
    builder.credential(calls::client::Credential::Key("k-1".into())).build().unwrap()
}

#[test]
fn parameters_and_credentials_are_those_of_an_awaited_call() {
    let server = Server::replying(reply(200, &[], r#"[{"id":1}]"#));
    let operation = calls::operations::ListThings::new()
        .comma(vec![1, 2])
        .space(vec!["s|t".to_owned(), "u".to_owned()]);
    let things = golden(&server).send(operation).wait().unwrap();
    assert_eq!(things.body()[0].id, 1);
    let request = server.request();
    assert_eq!(request.path, "/things?comma=1,2&space=s%7Ct%20u");
    assert_eq!(request.header("X-Key"), ["k-1"]);
}

#[test]
fn bodies_of_every_kind_pass() {
    let server = Server::replying(reply(200, &[], ""));
    golden(&server).probe().wait().unwrap();
    assert_eq!(server.request().method, "HEAD");
    let server = Server::replying(reply(200, &[("Content-Type", "text/plain")], "said"));
    assert_eq!(golden(&server).say("s\u{e4}y").wait().unwrap().into_body(), "said");
    assert_eq!(server.request().body, "s\u{e4}y".as_bytes());
}

#[test]
fn what_is_outside_of_the_pattern_stays_reachable() {
    let server = Server::replying(granted());
    let credentials = ClientCredentials::new("an id", "a+secret");
    let source = golden(&server).token_source(credentials, "audience", 7);
    let source = source.blocking().build().unwrap();
    source.token().unwrap();
    let body = String::from_utf8(server.request().body).unwrap();
    for pair in ["audience=audience", "days=7"] {
        assert!(body.split('&').any(|it| it == pair), "{body}");
    }
}

/// RFC 6750 §3.1: `invalid_token` says that the token is expired, revoked or malformed.
#[test]
fn a_token_source_is_the_credential_of_another_client() {
    let tokens = ["first", "second"].map(|token| {
        let body = json!({"access_token": token, "token_type": "Bearer", "expires_in": 3600});
        json_reply(200, &body)
    });
    let endpoint = Server::scripted(tokens);
    let builder = v2026_04::Client::builder().blocking().base_url(endpoint.url());
    let credentials = ClientCredentials::new("an id", "a+secret");
    let source = builder.build().unwrap().token_source(credentials).blocking().build().unwrap();

    let challenge = ("WWW-Authenticate", r#"Bearer error="invalid_token""#);
    let api = Server::scripted([
        reply(202, &[], ""),
        reply(401, &[challenge], ""),
        reply(202, &[], ""),
        reply(202, &[], ""),
    ]);
    let client = calls::Client::builder()
        .blocking()
        .base_url(api.url())
        .timeout(PATIENCE)
        .credential(calls::client::Credential::bearer_from(source.clone()))
        .credential(calls::client::Credential::Token("key".into()))
        .build()
        .unwrap();
    assert_eq!(endpoint.connections(), 0);
    for _ in 0..3 {
        client.make_thing().wait().unwrap();
    }
    let sent: Vec<_> =
        api.requests().iter().map(|it| it.header("Authorization").join("|")).collect();
    // The second response rejects the first token.
    assert_eq!(sent, ["Bearer first", "Bearer first", "Bearer second", "Bearer second"]);
    assert_eq!(endpoint.requests().len(), 2);
    assert!(api.requests().iter().all(|it| it.path == "/things?token=key"));
}
