//! The bytes that reach the server for a call of each API: every header, the exact body.
//!
//! Expected are the documents' own values; how a form is written comes from
//! RFC 6749, appendix B.

use serde_json::{Value, json};
use tamarack_tests::api::Api;
use tamarack_tests::server::{Request, Server, json_reply};
use tamarack_tests::spec;

/// The example of RFC 6749, appendix B, and what else has a meaning in a form, in JSON or in a URL.
const SECRET: &str = " %&+£€ü=\"\\/?#";

/// `SECRET` in a form: the RFC's own result, then the same rule for the rest.
const SECRET_IN_FORM: &str = "+%25%26%2B%C2%A3%E2%82%AC%C3%BC%3D%22%5C%2F%3F%23";

fn granting<A: Api>() -> Server {
    Server::replying(json_reply(200, &spec::example(A::SPEC, "TokenResponse")))
}

/// What every request has, and nothing else: no cookie, no compression, no credential in the head.
fn assert_head(request: &Request, path: &str, media_type: &str, version: Option<&str>) {
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", path));
    let agent = concat!("tamarack-clients/", env!("CARGO_PKG_VERSION"));
    assert_eq!(request.header("User-Agent"), [agent]);
    assert_eq!(request.header("Accept"), ["application/json"]);
    assert_eq!(request.header("Content-Type"), [media_type]);
    assert_eq!(request.header("Content-Length"), [request.body.len().to_string()]);
    assert_eq!(request.header("X-Pinecone-Api-Version"), version.as_slice());
    let mut names = vec!["accept", "content-length", "content-type", "host", "user-agent"];
    names.extend(version.map(|_| "x-pinecone-api-version"));
    assert_eq!(request.header_names(), names);
}

fn json_body(request: &Request) -> Value {
    serde_json::from_slice(&request.body).unwrap()
}

fn text_body(request: &Request) -> &str {
    std::str::from_utf8(&request.body).unwrap()
}

macro_rules! pinecone {
    ($($module:ident = $api:ident sends $version:literal;)+) => {$(
        mod $module {
            use tamarack_clients::pinecone::oauth::$module::API_VERSION;
            use tamarack_clients::pinecone::oauth::$module::operations::{
                GetToken, GetTokenEncoding,
            };
            use tamarack_clients::pinecone::oauth::$module::types::TokenRequest;
            use tamarack_tests::api::$api;

            use super::*;

            async fn sent(request: &TokenRequest) -> Request {
                let server = granting::<$api>();
                crate::client::<$api>(&server).get_token(request.clone()).await.unwrap();
                server.request()
            }

            async fn sent_with(request: &TokenRequest, encoding: GetTokenEncoding) -> Request {
                let server = granting::<$api>();
                let operation = GetToken::new(request.clone()).encoding(encoding);
                crate::client::<$api>(&server).send(operation).await.unwrap();
                server.request()
            }

            #[tokio::test]
            async fn json_is_the_default() {
                assert_eq!(API_VERSION, $version);
                let body = TokenRequest::new("id", SECRET);
                let in_json = GetTokenEncoding::Json;
                for request in [sent(&body).await, sent_with(&body, in_json).await] {
                    assert_head(&request, "/oauth/token", "application/json", Some($version));
                    let expected = json!({
                        "client_id": "id",
                        "client_secret": SECRET,
                        "grant_type": "client_credentials",
                        "audience": "https://api.pinecone.io/",
                    });
                    assert_eq!(json_body(&request), expected);
                }
            }

            #[tokio::test]
            async fn form_is_there_for_those_who_ask() {
                let body = TokenRequest::new("id", SECRET);
                let request = sent_with(&body, GetTokenEncoding::Form).await;
                let media_type = "application/x-www-form-urlencoded";
                assert_head(&request, "/oauth/token", media_type, Some($version));
                let expected = format!(
                    "client_id=id&client_secret={SECRET_IN_FORM}&grant_type=client_credentials\
                     &audience=https%3A%2F%2Fapi.pinecone.io%2F"
                );
                assert_eq!(text_body(&request), expected);
            }

            #[tokio::test]
            async fn what_the_caller_sets_is_sent() {
                let grant = "urn:ietf:params:oauth:grant-type:jwt-bearer";
                let body = TokenRequest::new(SECRET, "secret")
                    .with_audience("HTTPS://api.pinecone.io")
                    .with_grant_type(grant);
                let expected = json!({
                    "client_id": SECRET,
                    "client_secret": "secret",
                    "grant_type": grant,
                    "audience": "HTTPS://api.pinecone.io",
                });
                assert_eq!(json_body(&sent(&body).await), expected);
                let request = sent_with(&body, GetTokenEncoding::Form).await;
                let expected = format!(
                    "client_id={SECRET_IN_FORM}&client_secret=secret\
                     &grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer\
                     &audience=HTTPS%3A%2F%2Fapi.pinecone.io"
                );
                assert_eq!(text_body(&request), expected);
            }
        }
    )+};
}

pinecone! {
    v2025_04 = Pinecone2025_04 sends "2025-04";
    v2025_10 = Pinecone2025_10 sends "2025-10";
    v2026_01_alpha = Pinecone2026_01Alpha sends "2026-01.alpha";
    v2026_04 = Pinecone2026_04 sends "2026-04";
}

mod plainid {
    use tamarack_clients::plainid::token::v1_0::types::TokenRequest;
    use tamarack_tests::api::PlainId;

    use super::*;

    async fn sent(request: &TokenRequest) -> Request {
        let server = granting::<PlainId>();
        crate::client::<PlainId>(&server).get_token(request.clone()).await.unwrap();
        server.request()
    }

    #[tokio::test]
    async fn a_form_is_all_it_takes() {
        let request = sent(&TokenRequest::new("id", SECRET)).await;
        let media_type = "application/x-www-form-urlencoded";
        assert_head(&request, "/api/1.0/api-key/token", media_type, None);
        let expected =
            format!("grant_type=client_credentials&client_id=id&client_secret={SECRET_IN_FORM}");
        assert_eq!(text_body(&request), expected);
    }

    #[tokio::test]
    async fn what_the_caller_sets_is_sent() {
        let request = sent(&TokenRequest::new(SECRET, "secret").with_grant_type("a b")).await;
        let expected = format!("grant_type=a+b&client_id={SECRET_IN_FORM}&client_secret=secret");
        assert_eq!(text_body(&request), expected);
    }
}

mod pipedream {
    use tamarack_clients::pipedream::oauth::v1::types::TokenRequest;
    use tamarack_tests::api::Pipedream;

    use super::*;

    async fn sent(request: &TokenRequest) -> Request {
        let server = granting::<Pipedream>();
        crate::client::<Pipedream>(&server).get_token(request.clone()).await.unwrap();
        let request = server.request();
        assert_head(&request, "/v1/oauth/token", "application/json", None);
        request
    }

    #[tokio::test]
    async fn a_scope_that_is_not_set_is_not_sent() {
        let request = sent(&TokenRequest::new("id", SECRET)).await;
        let expected = json!({
            "grant_type": "client_credentials",
            "client_id": "id",
            "client_secret": SECRET,
        });
        assert_eq!(json_body(&request), expected);
    }

    #[tokio::test]
    async fn what_the_caller_sets_is_sent() {
        let scope = "connect:accounts:read connect:accounts:write";
        let body = TokenRequest::new(SECRET, "secret").with_scope(scope).with_grant_type("other");
        let expected = json!({
            "grant_type": "other",
            "client_id": SECRET,
            "client_secret": "secret",
            "scope": scope,
        });
        assert_eq!(json_body(&sent(&body).await), expected);
    }
}
