//! The rows of the table of faults that need sockets: what a real server can do to the token source.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tamarack_runtime::http::Method;
use tamarack_runtime::token::{
    ClientCredentials, EndpointError, TokenEndpoint, TokenError, TokenErrorKind, TokenSource,
    TokenSourceBuilder, TokenSourceConfig,
};
use tamarack_runtime::{
    BoxFuture, ClientBuilder, ClientCore, RawReply, Transport, TransportErrorKind,
};

use crate::server::{Server, drip, free_address};
use crate::transport;

/// What a generated client does.
struct OverCore(ClientCore);

impl TokenEndpoint for OverCore {
    fn request<'a>(
        &'a self,
        credentials: &'a ClientCredentials,
    ) -> BoxFuture<'a, Result<RawReply, EndpointError>> {
        Box::pin(async move {
            let mut request = self.0.request(Method::POST, "/oauth/token");
            request.accept("application/json");
            let secret = credentials.secret().expose();
            let grant_type = ("grant_type", "client_credentials");
            request.form(&BTreeMap::from([grant_type, ("client_secret", secret)]));
            Ok(self.0.send(request.build()?).await?)
        })
    }
}

/// One second for each request, two for a refresh, a millisecond between attempts, 1000 bytes.
fn source_at(base_url: &str) -> TokenSource {
    source_over(base_url, transport())
}

pub(crate) fn source_over(base_url: &str, transport: Arc<dyn Transport>) -> TokenSource {
    builder_over(base_url, transport).build().unwrap()
}

pub(crate) fn builder_over(base_url: &str, transport: Arc<dyn Transport>) -> TokenSourceBuilder {
    let mut config = TokenSourceConfig::default();
    config.budget = Duration::from_secs(2);
    config.first_retry = Duration::from_millis(1);
    config.max_body = 1000;
    let builder = ClientBuilder::<ClientCore>::new("wire-test/1").base_url(base_url);
    let builder = builder.shared_transport(transport).max_body(1000);
    let core = builder.timeout(Duration::from_secs(10)).build().unwrap();
    let credentials = ClientCredentials::new("client", "s3cr3t~?>/of+~?>~the-tests");
    TokenSource::builder(OverCore(core), credentials).config(config)
}

async fn failed(server: &Server) -> TokenError {
    let start = Instant::now();
    let error = source_at(&server.url()).token().await.unwrap_err();
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    assert!(!format!("{error} {error:?}").contains("s3cr3t"), "{error:?}");
    error
}

fn is_transport(error: &TokenError, kind: TransportErrorKind) -> bool {
    *error.kind() == TokenErrorKind::Transport(kind)
}

#[tokio::test]
async fn a_token_over_a_socket() {
    let body = r#"{"access_token":"abc","token_type":"Bearer","expires_in":3600}"#;
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
    let server = Server::answering(head + body);
    let source = source_at(&server.url());
    assert_eq!(source.token().await.unwrap().expose(), "abc");
    assert_eq!(source.authorization().await.unwrap(), "Bearer abc");
    let requests = server.requests();
    assert_eq!(requests.len(), 1);
    assert!(requests[0].starts_with("POST /oauth/token HTTP/1.1"));
}

#[tokio::test]
async fn fault_01_a_redirect_to_another_port() {
    let target = Server::answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    let server = Server::answering(format!(
        "HTTP/1.1 307 Moved\r\nLocation: {}\r\nContent-Length: 0\r\n\r\n",
        target.url()
    ));
    let error = failed(&server).await;
    let origin = Some(target.url().into());
    assert_eq!(error.kind(), &TokenErrorKind::Redirect { origin });
    assert_eq!((target.requests().len(), server.requests().len()), (0, 1));
}

#[tokio::test]
async fn fault_02_redirects_of_all_sorts() {
    let target = Server::answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    for status in [301, 302, 303, 308] {
        let schemeless = target.url().replace("http:", "");
        for location in ["/other".to_owned(), schemeless, target.url()] {
            let server = Server::answering(format!(
                "HTTP/1.1 {status} Moved\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n"
            ));
            let error = failed(&server).await;
            assert!(matches!(error.kind(), TokenErrorKind::Redirect { .. }), "{error:?}");
            assert_eq!((target.requests().len(), server.requests().len()), (0, 1));
        }
    }
}

#[tokio::test]
async fn fault_28_a_body_without_an_end() {
    let server = Server::start(|stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").unwrap();
        while stream.write_all(b"a\r\n0123456789\r\n").is_ok() {}
    });
    let error = failed(&server).await;
    assert_eq!(error.kind(), &TokenErrorKind::TooLarge { limit: 1000 });
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn fault_29_a_compressed_body() {
    let mut reply =
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n".to_vec();
    reply.extend_from_slice(b"\x1f\x8b\x08\x00");
    let server = Server::answering(reply);
    let error = failed(&server).await;
    assert_eq!(error.kind(), &TokenErrorKind::InvalidResponse { field: "body" });
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn fault_30_a_body_cut_short() {
    let body = "x".repeat(58);
    let server = Server::answering(format!("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{body}"));
    let error = failed(&server).await;
    assert!(is_transport(&error, TransportErrorKind::Interrupted), "{error:?}");
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn fault_31_a_connection_lost() {
    let server = Server::start(|_| ());
    let error = failed(&server).await;
    assert!(is_transport(&error, TransportErrorKind::Interrupted), "{error:?}");
    assert_eq!(server.requests().len(), 3);
    // Closing with unread bytes resets the connection: before the head, and within the body.
    for sent in ["", "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"access_tok"] {
        let n_connections = Arc::new(AtomicUsize::new(0));
        let n = Arc::clone(&n_connections);
        let server = Server::unread(move |stream| {
            n.fetch_add(1, Ordering::SeqCst);
            // Part of the request, so that the client is done with sending.
            let _ = stream.read_exact(&mut [0; 16]);
            let _ = stream.write_all(sent.as_bytes());
            std::thread::sleep(Duration::from_millis(50));
        });
        let error = failed(&server).await;
        assert!(is_transport(&error, TransportErrorKind::Interrupted), "{error:?}");
        assert!(error.is_transient());
        assert_eq!(error.status().is_some(), !sent.is_empty());
        assert_eq!(n_connections.load(Ordering::SeqCst), 3);
    }
}

#[tokio::test]
async fn fault_32_a_silent_server() {
    let server = Server::start(|_| std::thread::sleep(Duration::from_secs(30)));
    let source = source_at(&server.url());
    let start = Instant::now();
    let impatient = tokio::time::timeout(Duration::from_millis(200), source.token()).await;
    assert!(impatient.is_err());
    let error = source.token().await.unwrap_err();
    assert!(is_transport(&error, TransportErrorKind::Timeout), "{error:?}");
    let elapsed = start.elapsed().as_secs_f64();
    assert!((1.9..20.0).contains(&elapsed), "{elapsed}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn fault_33_drips() {
    for head in ["HTTP/1.1 200 OK\r\nX: ", "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n"] {
        let server = Server::start(move |stream| {
            stream.write_all(head.as_bytes()).unwrap();
            drip(stream);
        });
        let error = failed(&server).await;
        assert!(is_transport(&error, TransportErrorKind::Timeout), "{error:?}");
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn fault_34_nobody_there() {
    for base_url in [format!("http://{}", free_address()), "https://name.invalid".to_owned()] {
        let source = source_at(&base_url);
        let error = source.token().await.unwrap_err();
        assert!(error.is_transient(), "{error:?}");
        assert!(is_transport(&error, TransportErrorKind::Connect), "{error:?}");
        assert_eq!(source.token().await.unwrap_err().kind(), &TokenErrorKind::Backoff);
    }
}

/// A server without TLS, where one with it is expected.
#[tokio::test]
async fn fault_35_no_secure_connection() {
    let server = Server::unread(|stream| {
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        std::thread::sleep(Duration::from_secs(30));
    });
    let start = Instant::now();
    let error =
        source_at(&format!("https://127.0.0.1:{}", server.port())).token().await.unwrap_err();
    assert!(is_transport(&error, TransportErrorKind::Tls), "{error:?}");
    assert!(!error.is_transient() && start.elapsed() < Duration::from_secs(20));
}

/// With connections that belong to the runtime that ended.
#[test]
fn fault_49_the_runtime_of_a_refresh_ends() {
    let body = r#"{"access_token":"abc","token_type":"Bearer","expires_in":3600}"#;
    let server = Server::start(move |stream| {
        std::thread::sleep(Duration::from_millis(200));
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
        let _ = stream.write_all((head + body).as_bytes());
    });
    let source = source_at(&server.url());
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let first = runtime();
    first.block_on(async {
        let read = tokio::time::timeout(Duration::from_millis(50), source.token()).await;
        assert!(read.is_err());
    });
    drop(first);
    assert_eq!(runtime().block_on(source.token()).unwrap().expose(), "abc");
}
