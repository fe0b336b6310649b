//! Turns the flows of a document into tokens: what a generated client sends to a token URL, and what it
//! then sends to the API (RFC 6749 section 4.4, RFC 6750 section 2.1).

use std::sync::Arc;

use tamarack_goldens::golden::grants::v1::client::{Client, Credential, LoginScope, TenantAccess};
use tamarack_goldens::runtime::token::{ClientAuthentication, TokenErrorKind};
use tamarack_goldens::runtime::{Error, TransportErrorKind};
use tamarack_tests::server::Server;

use crate::{InMemory, header, ready};

const TOKEN: &str = r#"{"access_token":"mF_9.B5f-4.1JqM","token_type":"Bearer","expires_in":3600}"#;

fn replying(status: u16, body: &str) -> Server {
    let head =
        format!("HTTP/1.1 {status} OK\r\nContent-Type: application/json\r\nConnection: close\r\n");
    Server::replying(format!("{head}Content-Length: {}\r\n\r\n{body}", body.len()))
}

/// The client and the secret of RFC 6749 section 4.4.2.
const BASIC: &str = "Basic czZCaGRSa3F0MzpnWDFmQmF0M2JW";

fn login() -> tamarack_goldens::runtime::SchemeGrant {
    let scopes = [LoginScope::ThingsRead, LoginScope::from("things:new")];
    Credential::login_client_credentials("s6BhdRkqt3", "gX1fBat3bV", scopes)
}

/// The token host is another than that of the API: the secret goes there, the token here.
#[tokio::test]
async fn a_token_from_another_host() {
    let (tokens, api) = (replying(200, TOKEN), replying(200, "[]"));
    let grant = login().with(|grant| grant.token_url(tokens.url() + "/oauth/token"));
    let client = Client::builder().base_url(api.url()).credential(grant).build().unwrap();
    for _ in 0..2 {
        assert!(client.list_things().await.unwrap().body().is_empty());
    }
    let request = tokens.request();
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/oauth/token"));
    assert_eq!(request.header("authorization"), [BASIC]);
    assert_eq!(request.header("content-type"), ["application/x-www-form-urlencoded"]);
    let body = String::from_utf8(request.body).unwrap();
    assert_eq!(body, "grant_type=client_credentials&scope=things%3Aread+things%3Anew");
    let requests = api.requests();
    assert_eq!(requests.len(), 2);
    for request in requests {
        assert_eq!(request.path, "/things");
        assert_eq!(request.header("authorization"), ["Bearer mF_9.B5f-4.1JqM"]);
    }
}

/// A relative URL, with the prefix of the base URL or without; the document says how this client
/// authenticates.
#[tokio::test]
async fn a_token_url_of_the_server() {
    let server = replying(200, TOKEN);
    let grant = Credential::machine_client_credentials("id", "s3cr3t&");
    let builder = Client::builder().base_url(server.url() + "/v1").credential(grant);
    let client = builder.build().unwrap();
    let _ = client.make_thing().await;
    let requests = server.requests();
    assert_eq!(requests[0].path, "/oauth/token");
    assert!(requests[0].header("authorization").is_empty());
    let expected = "grant_type=client_credentials&client_id=id&client_secret=s3cr3t%26";
    assert_eq!(String::from_utf8(requests[0].body.clone()).unwrap(), expected);
    assert_eq!(requests[1].path, "/v1/things");
    assert_eq!(requests[1].header("authorization"), ["Bearer mF_9.B5f-4.1JqM"]);
}

/// RFC 3986 section 5.2: against the URL of the server in use, with a slash at its end or without.
#[test]
fn where_each_scheme_asks() {
    let tenants = || Credential::tenants_client_credentials("id", "secret", [TenantAccess::Read]);
    for (base_url, expected) in [
        ("https://other.example/v1", "https://other.example/token?tenant=a"),
        ("https://other.example/a/v1/", "https://other.example/a/token?tenant=a"),
    ] {
        let transport = InMemory::replying(200, TOKEN);
        let builder = Client::builder().base_url(base_url).credential(tenants());
        let client = builder.shared_transport(transport.clone()).build().unwrap();
        let _ = ready(client.drop_things());
        assert_eq!(transport.requests.lock().unwrap()[0].uri(), expected);
    }
    let transport = InMemory::replying(200, TOKEN);
    let builder = Client::builder().credential(login().authentication(ClientAuthentication::Post));
    let client = builder.shared_transport(transport.clone()).build().unwrap();
    let _ = ready(client.list_things());
    let requests = transport.requests.lock().unwrap();
    assert_eq!(requests[0].uri(), "https://login.grants.example/oauth/token");
    assert!(header(&requests[0], "authorization").is_empty());
    assert_eq!(requests[1].uri(), "https://api.grants.example/v1/things");
    assert_eq!(header(&requests[1], "authorization"), ["Bearer mF_9.B5f-4.1JqM"]);
}

/// Without a token nothing goes to the API, and the refusal is the cause of the error.
#[tokio::test]
async fn a_refusal_reaches_the_caller() {
    let tokens = replying(401, r#"{"error":"invalid_client"}"#);
    let api = replying(200, "[]");
    let grant = login().with(|grant| grant.token_url(tokens.url()));
    let client = Client::builder().base_url(api.url()).credential(grant).build().unwrap();
    let Err(Error::Transport(error)) = client.list_things().await else { panic!("no error") };
    assert_eq!(error.kind(), TransportErrorKind::Token);
    let cause = error.token_error().unwrap();
    assert_eq!(cause.kind(), &TokenErrorKind::OAuth);
    assert_eq!((tokens.requests().len(), api.requests().len()), (1, 0));
    assert!(!format!("{client:?} {error:?} {cause}").contains("gX1fBat3bV"));
}

/// The same client over a transport that blocks.
#[test]
fn a_token_without_async() {
    let (tokens, api) = (replying(200, TOKEN), replying(200, "[]"));
    let grant = login().with(|grant| grant.token_url(tokens.url() + "/oauth/token"));
    let builder = Client::builder().blocking().base_url(api.url()).credential(grant);
    let client = builder.build().unwrap();
    assert!(client.list_things().wait().unwrap().body().is_empty());
    assert_eq!(tokens.request().header("authorization"), [BASIC]);
    assert_eq!(api.request().header("authorization"), ["Bearer mF_9.B5f-4.1JqM"]);
}

/// A client that was given a grant is as hard to look into as any other.
#[test]
fn nothing_is_shown() {
    let transport: Arc<InMemory> = InMemory::replying(200, TOKEN);
    let shown = format!("{:?} {:?}", login(), Credential::Login("gX1fBat3bV".into()));
    let builder = Client::builder().credential(login()).shared_transport(transport);
    let shown = format!("{shown} {builder:?}");
    let shown = format!("{shown} {:?}", builder.build().unwrap());
    assert!(!shown.contains("gX1fBat3bV") && !shown.contains("s6BhdRkqt3"), "{shown}");
}
