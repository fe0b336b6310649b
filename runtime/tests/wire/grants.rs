//! The requests of each grant as they go over a socket, beside the examples of the RFCs.

use tamarack_runtime::token::{
    AssertionClaims, AssertionSigner, ClientAuthentication, ClientCredentials, ExchangedToken,
    GrantError, InMemoryRefreshToken, StaticToken, TokenErrorKind, TokenGrant,
};
use tamarack_runtime::{
    BoxFuture, BuildError, ClientBuilder, ClientCore, Credential, Scheme, Secret,
};

use crate::server::Server;
use crate::transport;

/// RFC 6749 section 5.1, without its refresh token.
const TOKEN: &str =
    r#"{"access_token":"2YotnFZFEjr1zCsicMWpAA","token_type":"example","expires_in":3600}"#;

fn replying(body: &str) -> Server {
    let body = body.replace(r#""example""#, r#""Bearer""#);
    Server::answering(format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    ))
}

fn core(base_url: &str) -> ClientCore {
    let builder = ClientBuilder::new("wire-test/1").base_url(base_url);
    builder.shared_transport(transport()).build().unwrap()
}

/// The client of RFC 6749.
fn client() -> ClientCredentials {
    ClientCredentials::new("s6BhdRkqt3", "7Fjfp0ZBr1KtDRbnfVdmIw")
}

/// Asks once; returns the head in lines and the body.
async fn asked(grant: TokenGrant) -> (Vec<String>, String) {
    let server = replying(TOKEN);
    let grant = grant.token_url(format!("{}/token", server.url()));
    let source = grant.source(&core("https://api.example.com")).unwrap().build().unwrap();
    assert_eq!(source.authorization().await.unwrap(), "Bearer 2YotnFZFEjr1zCsicMWpAA");
    let requests = server.requests();
    let [request] = requests.as_slice() else { panic!("one request, not {requests:?}") };
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let mut lines: Vec<_> = head.lines().map(str::to_owned).collect();
    assert_eq!(lines.remove(0), "POST /token HTTP/1.1");
    lines.retain(|line| !line.starts_with("host: ") && !line.starts_with("content-length: "));
    lines.sort_unstable();
    (lines, body.to_owned())
}

/// What every request says besides who asks.
const HEAD: [&str; 3] = [
    "accept: application/json",
    "content-type: application/x-www-form-urlencoded",
    "user-agent: wire-test/1",
];

/// RFC 6749 section 4.4.2; the secret of that example is not that of section 2.3.1.
#[tokio::test]
async fn client_credentials_by_basic() {
    let credentials = ClientCredentials::new("s6BhdRkqt3", "gX1fBat3bV");
    let (head, body) = asked(TokenGrant::client_credentials("", credentials)).await;
    let mut expected = HEAD.map(str::to_owned).to_vec();
    expected.insert(1, "authorization: Basic czZCaGRSa3F0MzpnWDFmQmF0M2JW".to_owned());
    assert_eq!(head, expected);
    assert_eq!(body, "grant_type=client_credentials");
}

/// RFC 6749 section 2.3.1: each part is form-encoded before the colon joins them.
#[tokio::test]
async fn every_character_of_id_and_secret_arrives() {
    let (id, secret) = ("1PpG/Q 1", "z/tZ9VwFZqApmIQ+ZH1I5pLk/uB4ud:X2/8bL+wfFTt1rFw=");
    let credentials = ClientCredentials::new(id, secret);
    let (head, _) = asked(TokenGrant::client_credentials("", credentials)).await;
    let basic = "authorization: Basic MVBwRyUyRlErMTp6JTJGdFo5VndGWnFBcG1JUSUyQlpIMUk1cExrJTJGdU\
                 I0dWQlM0FYMiUyRjhiTCUyQndmRlR0MXJGdyUzRA==";
    assert!(head.iter().any(|line| line == basic), "{head:?}");
}

/// RFC 6749 section 2.3.1: the example of a refresh with id and secret in the body.
#[tokio::test]
async fn a_refresh_with_id_and_secret_in_the_body() {
    let store = InMemoryRefreshToken::new("tGzv3JOkF0XG5Qx2TlKWIA");
    let grant = TokenGrant::refresh_token("", client(), store);
    let (head, body) = asked(grant.authentication(ClientAuthentication::Post)).await;
    assert_eq!(head, HEAD);
    assert_eq!(
        body,
        "grant_type=refresh_token&refresh_token=tGzv3JOkF0XG5Qx2TlKWIA\
         &client_id=s6BhdRkqt3&client_secret=7Fjfp0ZBr1KtDRbnfVdmIw"
    );
}

/// RFC 8693 section 2.3, with the credentials of its header (`rs08:long-secure-random-secret`).
#[tokio::test]
async fn a_token_exchange() {
    let subject = StaticToken::new("accVkjcJyb4BWCxGsndESCJQbdFMogUC5PbRDqceLTC").unwrap();
    let credentials = ClientCredentials::new("rs08", "long-secure-random-secret");
    let exchanged = ExchangedToken::access_token(subject);
    let grant = TokenGrant::token_exchange("", credentials, exchanged)
        .parameter("resource", "https://backend.example.com/api");
    let (head, body) = asked(grant).await;
    let basic = "authorization: Basic cnMwODpsb25nLXNlY3VyZS1yYW5kb20tc2VjcmV0";
    assert!(head.iter().any(|line| line == basic), "{head:?}");
    assert_eq!(
        body,
        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange\
         &resource=https%3A%2F%2Fbackend.example.com%2Fapi\
         &subject_token=accVkjcJyb4BWCxGsndESCJQbdFMogUC5PbRDqceLTC\
         &subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aaccess_token"
    );
}

/// Says what it was asked to sign in place of a signature.
struct Unsigned;

impl AssertionSigner for Unsigned {
    fn sign<'a>(
        &'a self,
        claims: &'a AssertionClaims,
    ) -> BoxFuture<'a, Result<Secret, GrantError>> {
        let text = format!("{}.for.{}", claims.client_id().expose(), claims.audience());
        Box::pin(std::future::ready(Ok(text.into())))
    }
}

/// RFC 7523 section 2.2: the parameters of an assertion that authenticates a client. Who it is for is
/// the token URL, which is that of the request.
#[tokio::test]
async fn an_assertion_that_authenticates() {
    let credentials = ClientCredentials::without_secret("client");
    let grant = TokenGrant::client_credentials("", credentials)
        .authentication(ClientAuthentication::assertion(Unsigned));
    let (head, body) = asked(grant).await;
    assert_eq!(head, HEAD);
    let expected = "grant_type=client_credentials&client_id=client\
         &client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer\
         &client_assertion=client.for.http%3A%2F%2F127.0.0.1%3A";
    assert!(body.starts_with(expected) && body.ends_with("%2Ftoken"), "{body}");
}

/// RFC 7523 section 2.1: an assertion is the grant, and RFC 7521 section 4.1: it need say no more.
#[tokio::test]
async fn an_assertion_that_is_the_grant() {
    let credentials = ClientCredentials::without_secret("service");
    let grant = TokenGrant::jwt_bearer("", credentials, Unsigned)
        .authentication(ClientAuthentication::Absent)
        .scope("a b");
    let (head, body) = asked(grant).await;
    assert_eq!(head, HEAD);
    let expected = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&scope=a+b\
                    &assertion=service.for.";
    assert!(body.starts_with(expected) && !body.contains("client_id"), "{body}");
}

/// RFC 6749 section 3.2.1 and RFC 8705 section 2: the id alone, once.
#[tokio::test]
async fn clients_without_a_secret() {
    for authentication in [None, Some(ClientAuthentication::None), Some(ClientAuthentication::Tls)]
    {
        let credentials = ClientCredentials::without_secret("s6BhdRkqt3");
        let mut grant = TokenGrant::client_credentials("", credentials);
        if let Some(authentication) = authentication {
            grant = grant.authentication(authentication);
        }
        let (head, body) = asked(grant).await;
        assert_eq!((head, body.as_str()), {
            let head = HEAD.map(str::to_owned).to_vec();
            (head, "grant_type=client_credentials&client_id=s6BhdRkqt3")
        });
    }
}

/// RFC 6749 section 3.3: scopes are one parameter, each of them once.
#[tokio::test]
async fn scopes_and_parameters() {
    let grant = TokenGrant::client_credentials("", client())
        .scopes(["read", "write"])
        .scope("  write things:all ")
        .parameter("audience", "https://api.example.com")
        .parameter("audience", "b&c=d");
    let (_, body) = asked(grant).await;
    assert_eq!(
        body,
        "grant_type=client_credentials&audience=https%3A%2F%2Fapi.example.com\
         &audience=b%26c%3Dd&scope=read+write+things%3Aall"
    );
}

/// A client whose credential is a grant: one request for the token, over its own transport, to the host
/// of the token URL alone.
#[tokio::test]
async fn a_client_gets_its_tokens_itself() {
    let (login, api) = (replying(TOKEN), replying("{}"));
    let grant = TokenGrant::client_credentials(format!("{}/t?tenant=a", login.url()), client());
    let builder = ClientBuilder::<ClientCore>::new("wire-test/1").base_url(api.url());
    let builder = builder.credential(("login", Credential::grant(grant)));
    let core = builder.shared_transport(transport()).build().unwrap();
    for _ in 0..3 {
        let mut request = core.request(tamarack_runtime::http::Method::GET, "/things");
        request.authorize(&[&[Scheme::Bearer("login")]]);
        core.send(request.build().unwrap()).await.unwrap();
    }
    let (at_login, at_api) = (login.requests(), api.requests());
    assert_eq!((at_login.len(), at_api.len()), (1, 3));
    assert!(at_login[0].starts_with("POST /t?tenant=a HTTP/1.1\r\n"));
    for request in at_api {
        assert!(request.contains("authorization: Bearer 2YotnFZFEjr1zCsicMWpAA\r\n"));
        assert!(!request.contains("7Fjfp0ZBr1KtDRbnfVdmIw") && !request.contains("Basic"));
    }
}

/// A6: what is sent nowhere is refused when the client is built, and names no secret.
#[test]
fn urls_that_no_secret_is_sent_to() {
    for (token_url, cause) in [
        (
            "http://login.example/token",
            "token URL has the scheme `http`, which is for this machine",
        ),
        ("https://user:hunter2@login.example/token", "token URL has a user name or a password"),
        ("https://login.example/token#hunter2", "token URL has a fragment"),
        ("", "token URL is not absolute"),
    ] {
        let grant = TokenGrant::client_credentials(token_url, client());
        let builder = ClientBuilder::<ClientCore>::new("wire-test/1");
        let builder = builder.base_url("https://api.example.com").shared_transport(transport());
        let error = builder.credential(("login", Credential::grant(grant))).build().unwrap_err();
        let BuildError::Token(inner) = &error else { panic!("{error:?}") };
        assert_eq!(inner.kind(), &TokenErrorKind::Config);
        let source = std::error::Error::source(inner).unwrap().to_string();
        assert!(source.starts_with(cause), "{source}");
        let shown = format!("{error} {error:?} {inner} {source}");
        assert!(!shown.contains("hunter2") && !shown.contains("7Fjfp0ZBr1KtDRbnfVdmIw"), "{shown}");
    }
}

/// Settings that no server can accept.
#[test]
fn grants_that_cannot_work() {
    let url = "https://login.example/token";
    let without = ClientCredentials::without_secret("id");
    let bad = [
        TokenGrant::client_credentials(url, ClientCredentials::new("id", "")),
        TokenGrant::client_credentials(url, without.clone())
            .authentication(ClientAuthentication::Basic),
        TokenGrant::client_credentials(url, without).authentication(ClientAuthentication::Post),
        TokenGrant::client_credentials(url, client()).parameter("grant_type", "password"),
        TokenGrant::client_credentials(url, client()).parameter("scope", "a"),
        TokenGrant::client_credentials(url, client()).parameter("x", "1").parameter("x", "2"),
        TokenGrant::client_credentials(url, client()).scopes(["a b"]),
        TokenGrant::client_credentials(url, client()).scopes(["a\"b"]),
        TokenGrant::client_credentials(url, client()).scopes([""]),
    ];
    for grant in bad {
        let error = grant.source(&core("https://api.example.com")).map(drop).unwrap_err();
        assert_eq!(error.kind(), &TokenErrorKind::Config, "{error:?}");
    }
}

/// A redirect of the token URL is not followed, and the API gets nothing.
#[tokio::test]
async fn a_token_url_that_redirects() {
    let target = replying(TOKEN);
    let login = Server::answering(format!(
        "HTTP/1.1 307 Moved\r\nLocation: {}/token\r\nContent-Length: 0\r\n\r\n",
        target.url()
    ));
    let grant = TokenGrant::client_credentials(login.url() + "/token", client());
    let source = grant.source(&core("https://api.example.com")).unwrap().build().unwrap();
    let error = source.token().await.unwrap_err();
    assert!(matches!(error.kind(), TokenErrorKind::Redirect { .. }), "{error:?}");
    assert_eq!((login.requests().len(), target.requests().len()), (1, 0));
}
