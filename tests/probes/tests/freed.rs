//! No block that the runtime or a generated client frees holds a secret, a token, the body of a token
//! request or a value of `Authorization`.
//!
//! What is out of reach, and so not here: buffers of the HTTP client and of TLS, the scratch space of
//! `serde_json` for a string with escapes, and texts that a caller holds as plain `String`s.

#![allow(clippy::unwrap_used, reason = "clippy takes the helpers of a test program for a program")]

use std::future::IntoFuture as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tamarack_clients::pinecone::oauth::v2026_04 as json_client;
use tamarack_clients::plainid::token::v1_0 as form_client;
use tamarack_probes::{Found, Needles, Scanning, now};
use tamarack_runtime::bytes::Bytes;
use tamarack_runtime::http::{Method, Request, Response};
use tamarack_runtime::token::{AccessToken, ClientCredentials, TokenError, TokenSource};
use tamarack_runtime::{
    BoxFuture, ClientBuilder, ClientCore, Credential, Limits, Mode, Scheme, Secret, Transport,
    TransportError,
};

#[global_allocator]
static ALLOCATOR: Scanning = Scanning;

const SECRET: &str = "Wq8zKd5T-s3cr3t-0f-th3-pr0b3s-Xv2LpN7c";
const TOKEN: &str = "Hj4mRb9Y.t0k3n.0f.th3.pr0b3s.Gs6FwE1k";

/// Beginnings and ends, since a buffer that grows leaves the beginning alone behind, and the value of
/// `Authorization` for the user `user` and the secret (RFC 7617), which begins as `user:Wq8z`.
const NEEDLES: Needles = &[b"Wq8zKd5T", b"Xv2LpN7c", b"Hj4mRb9Y", b"Gs6FwE1k", b"dXNlcjpXcTh6"];

const GRANTED: &str = concat!(
    r#"{"access_token":"Hj4mRb9Y.t0k3n.0f.th3.pr0b3s.Gs6FwE1k","#,
    r#""token_type":"Bearer","expires_in":3600}"#
);

/// Answers with texts of the program, so that nothing of a reply is freed.
struct Canned {
    replies: &'static [(u16, &'static str)],
    n_requests: Arc<AtomicUsize>,
}

impl Transport for Canned {
    fn mode(&self) -> Mode {
        Mode::Either
    }

    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        _: &'a Limits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        let n = self.n_requests.fetch_add(1, Ordering::SeqCst);
        // The request is freed here; what an HTTP client copies of it is not ours.
        drop(request);
        let (status, body) = self.replies[n.min(self.replies.len() - 1)];
        let builder = Response::builder().status(status).header("Content-Type", "application/json");
        let response = builder.body(Bytes::from_static(body.as_bytes())).unwrap();
        Box::pin(async move { Ok(response) })
    }
}

fn canned(replies: &'static [(u16, &'static str)]) -> (Canned, Arc<AtomicUsize>) {
    let n_requests = Arc::new(AtomicUsize::new(0));
    (Canned { replies, n_requests: Arc::clone(&n_requests) }, n_requests)
}

const NOTHING: Found = Found { n_blocks: 0, first: None };

/// The probe itself sees what it looks for: a whole block, and what growing leaves behind.
#[test]
fn fault_54_the_probe_finds_what_is_left() {
    let found = Scanning::found_in(NEEDLES, || drop(SECRET.to_owned()));
    assert_eq!(found, Found { n_blocks: 1, first: Some((SECRET.len(), 0)) });
    let found = Scanning::found_in(NEEDLES, || {
        let mut text = TOKEN[..16].to_owned();
        text.push_str(&TOKEN[16..]);
        text.clear();
    });
    assert!(found.n_blocks >= 1, "{found:?}");
}

#[test]
fn fault_54_secrets_on_their_own() {
    let found = Scanning::found_in(NEEDLES, || {
        let mut grown = String::with_capacity(200);
        grown.push_str(SECRET);
        let secret = Secret::new(grown);
        drop((secret.clone(), secret, Secret::from(SECRET)));
        let credentials = ClientCredentials::new(SECRET, SECRET.to_owned());
        drop((format!("{credentials:?}"), credentials.clone(), credentials));
        let token = AccessToken::new(&TOKEN.into()).unwrap();
        let header = token.authorization().clone();
        drop((token, header));
    });
    assert_eq!(found, NOTHING);
}

/// Every way in which a request carries a secret.
#[test]
fn fault_54_requests() {
    let found = Scanning::found_in(NEEDLES, || {
        let (transport, n_requests) = canned(&[(200, "{}")]);
        let login = Credential::Basic { user: "user".into(), password: SECRET.into() };
        let builder = ClientBuilder::<ClientCore>::new("x").base_url("https://api.example.com");
        let builder = builder.credential(("key", Credential::Token(SECRET.into())));
        let core = builder.credential(("login", login)).transport(transport).build().unwrap();
        let header = Scheme::Header { scheme: "key", name: "X-Key" };
        let cookie = Scheme::Cookie { scheme: "key", name: "sid" };
        for scheme in [Scheme::Bearer("key"), Scheme::Basic("login"), header, cookie] {
            let mut request = core.request(Method::POST, "/x");
            request.authorize(&[&[scheme]]);
            request.form(&[("client_secret", SECRET)].into_iter().collect::<Form>());
            now(core.send(request.build().unwrap())).unwrap();
            let mut request = core.request(Method::POST, "/x");
            request.header("X-Other", &Secret::from(SECRET));
            request.json(&[("client_secret", SECRET)].into_iter().collect::<Form>());
            now(core.send(request.build().unwrap())).unwrap();
        }
        assert_eq!(n_requests.load(Ordering::SeqCst), 8);
    });
    assert_eq!(found, NOTHING);
}

type Form = std::collections::BTreeMap<&'static str, &'static str>;

/// Reads, replaces, rejects and drops a token of a source, with the client's secret replaced between.
fn live(source: TokenSource, n_requests: &AtomicUsize) {
    let token = now(source.token()).unwrap();
    assert_eq!(token.expose(), TOKEN);
    let header = now(source.authorization()).unwrap();
    source.rotate_secret(SECRET).unwrap();
    source.invalidate(&token);
    // The floor between two requests has not passed, so a read waits.
    assert!(source.try_token().unwrap().is_none());
    drop((token, header, source));
    assert_eq!(n_requests.load(Ordering::SeqCst), 1);
}

#[test]
fn fault_54_a_source_over_a_json_client() {
    let found = Scanning::found_in(NEEDLES, || {
        let (transport, n_requests) = canned(&[(200, GRANTED)]);
        let client = json_client::Client::builder().transport(transport).build().unwrap();
        let source = client.token_source(ClientCredentials::new(SECRET, SECRET)).build();
        live(source.unwrap(), &n_requests);
    });
    assert_eq!(found, NOTHING);
}

#[test]
fn fault_54_a_source_over_a_form_client() {
    let found = Scanning::found_in(NEEDLES, || {
        let (transport, n_requests) = canned(&[(200, GRANTED)]);
        let builder = form_client::Client::builder().base_url("https://api.example.com");
        let client = builder.transport(transport).build().unwrap();
        let source = client.token_source(ClientCredentials::new(SECRET, SECRET)).build();
        live(source.unwrap(), &n_requests);
    });
    assert_eq!(found, NOTHING);
}

/// The typed call: its request, its reply, its error.
#[test]
fn fault_54_a_generated_call() {
    let found = Scanning::found_in(NEEDLES, || {
        const REFUSED: &str = r#"{"error":"invalid_client","error_description":"no"}"#;
        let (transport, _) = canned(&[(200, GRANTED), (401, REFUSED)]);
        let client = json_client::Client::builder().transport(transport).build().unwrap();
        let request = json_client::types::TokenRequest::new(SECRET, SECRET);
        let reply = now(client.get_token(request.clone()).into_future()).unwrap();
        let token = reply.into_body().access_token;
        assert_eq!(token.expose(), TOKEN);
        let error = now(client.get_token(request.clone()).into_future()).unwrap_err();
        drop((token, format!("{error} {error:?}"), error, request));
    });
    assert_eq!(found, NOTHING);
}

/// Replies that echo a secret are looked through, and what that takes is cleared too.
#[test]
fn fault_54_echoes_in_errors() {
    const ECHOES: &[(u16, &str)] = &[
        (200, GRANTED),
        (401, "you sent Wq8zKd5T-s3cr3t-0f-th3-pr0b3s-Xv2LpN7c"),
        (
            401,
            r#"{"error":"invalid_client","error_description":"is Wq8zKd5T-s3cr3t-0f-th3-pr0b3s-Xv2LpN7c right?"}"#,
        ),
        (401, r#"{"error":"Wq8zKd5T-s3cr3t-0f-th3-pr0b3s-Xv2LpN7c"}"#),
        (200, r#"{"access_token":"Hj4mRb9Y.t0k3n.0f.th3.pr0b3s.Gs6FwE1k","token_type":"mac"}"#),
        (400, "Hj4mRb9Y.t0k3n.0f.th3.pr0b3s.Gs6FwE1k and Wq8zKd5T-s3cr3t-0f-th3-pr0b3s-Xv2LpN7c"),
        (200, "Hj4mRb9Y.t0k3n.0f.th3.pr0b3s.Gs6FwE1k"),
    ];
    for n in 1..ECHOES.len() {
        let found = Scanning::found_in(NEEDLES, || {
            let (transport, _) = canned(&ECHOES[n..=n]);
            let client = json_client::Client::builder().transport(transport).build().unwrap();
            let source =
                client.token_source(ClientCredentials::new(SECRET, SECRET)).build().unwrap();
            let error: TokenError = now(source.token()).unwrap_err();
            drop((format!("{error} {error:?}"), error, source));
        });
        assert_eq!(found, NOTHING, "{:?}", ECHOES[n]);
    }
}
