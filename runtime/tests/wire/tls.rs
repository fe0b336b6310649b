//! Servers with TLS: certificates that nobody should trust, and a way out of TLS that nobody should take.
//!
//! The clients are those of [`Reqwest013::new`], so the authority of these tests is one of the
//! system's: each client is a child process whose `SSL_CERT_FILE` names it.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use base64::Engine as _;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose,
    date_time_ymd,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection};
use tamarack_runtime::reqwest013::Reqwest013;
use tamarack_runtime::token::TokenErrorKind;
use tamarack_runtime::{TransportError, TransportErrorKind};

use crate::server::Server;
use crate::token::source_over;

const TOKEN: &str = r#"{"access_token":"abc","token_type":"Bearer","expires_in":3600}"#;

type Authority = CertifiedIssuer<'static, KeyPair>;

fn authority() -> Authority {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// A certificate for a name and its key.
type Identity = (CertificateDer<'static>, PrivateKeyDer<'static>);

fn signed(authority: &Authority, name: &str, last_year: i32) -> Identity {
    let key = KeyPair::generate().unwrap();
    let params = params(name, last_year);
    let certificate = params.signed_by(&key, authority).unwrap();
    (certificate.der().clone(), PrivateKeyDer::try_from(key.serialize_der()).unwrap())
}

fn self_signed(name: &str) -> Identity {
    let key = KeyPair::generate().unwrap();
    let certificate = params(name, 4_000).self_signed(&key).unwrap();
    (certificate.der().clone(), PrivateKeyDer::try_from(key.serialize_der()).unwrap())
}

fn params(name: &str, last_year: i32) -> CertificateParams {
    let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
    // Another one than that of the authority: OpenSSL takes what issues itself for self-signed.
    params.distinguished_name.push(DnType::CommonName, name);
    (params.not_before, params.not_after) =
        (date_time_ymd(2_000, 1, 1), date_time_ymd(last_year, 1, 1));
    params
}

/// A server with TLS that counts what comes.
struct TlsServer {
    port: u16,
    connections: Arc<AtomicUsize>,
    requests: Arc<AtomicUsize>,
}

impl TlsServer {
    fn start((certificate, key): Identity, reply: String) -> Self {
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = ServerConfig::builder_with_provider(provider);
        let config = config.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
        let config = Arc::new(config.with_single_cert(vec![certificate], key).unwrap());
        let (connections, requests) =
            (Arc::<AtomicUsize>::default(), Arc::<AtomicUsize>::default());
        let (n_connections, n_requests) = (Arc::clone(&connections), Arc::clone(&requests));
        let server = Server::unread(move |stream| {
            n_connections.fetch_add(1, Ordering::SeqCst);
            let mut connection = ServerConnection::new(Arc::clone(&config)).unwrap();
            // Who waits for the response finds the request counted.
            let count = || n_requests.fetch_add(1, Ordering::SeqCst);
            let _ = answer(&mut connection, stream, &reply, count);
        });
        Self { port: server.port(), connections, requests }
    }

    fn url(&self) -> String {
        format!("https://127.0.0.1:{}", self.port)
    }

    /// Returns how many connections were made and how many of them brought a request.
    fn seen(&self) -> (usize, usize) {
        (self.connections.load(Ordering::SeqCst), self.requests.load(Ordering::SeqCst))
    }
}

/// Reads the head of a request and some of its body, counts it, and responds.
fn answer(
    connection: &mut ServerConnection,
    stream: &mut TcpStream,
    reply: &str,
    count: impl FnOnce() -> usize,
) -> std::io::Result<()> {
    let mut tls = rustls::Stream::new(connection, stream);
    let mut request = Vec::new();
    let mut chunk = [0; 4_096];
    while !request.windows(11).any(|bytes| bytes == b"credentials") {
        match tls.read(&mut chunk)? {
            0 => return Err(std::io::ErrorKind::UnexpectedEof.into()),
            n => request.extend_from_slice(&chunk[..n]),
        }
    }
    count();
    tls.write_all(reply.as_bytes())?;
    tls.conn.send_close_notify();
    tls.flush()
}

fn ok() -> String {
    format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{TOKEN}", TOKEN.len())
}

/// Reads a token in a child process that trusts the authority alone; returns what it said.
fn read_in_child(authority: &Authority, url: &str) -> String {
    read_in_child_with(authority, url, &[])
}

/// The same with variables of the environment.
fn read_in_child_with(authority: &Authority, url: &str, variables: &[(&str, &str)]) -> String {
    let der = base64::engine::general_purpose::STANDARD.encode(authority.der());
    let lines: Vec<_> = der.as_bytes().chunks(64).map(String::from_utf8_lossy).collect();
    let pem =
        format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"));
    let port = url.rsplit(':').next().unwrap();
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{port}.pem"));
    std::fs::write(&path, pem).unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "tls::child", "--nocapture"]).env(CHILD, url);
    child.env("SSL_CERT_FILE", &path).env_remove("SSL_CERT_DIR");
    for name in ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"] {
        child.env_remove(name).env_remove(name.to_ascii_lowercase());
    }
    child.envs(variables.iter().copied());
    let output = child.output().unwrap();
    std::fs::remove_file(&path).unwrap();
    let stdout = String::from_utf8(output.stdout).unwrap();
    let said = stdout.lines().find_map(|line| line.split_once("said: "));
    said.unwrap_or_else(|| panic!("{stdout}")).1.to_owned()
}

const CHILD: &str = "TAMARACK_TEST_TLS_SERVER";

/// What the other tests run; on its own it has nothing to do.
#[tokio::test]
async fn child() {
    let Ok(url) = std::env::var(CHILD) else { return };
    let start = Instant::now();
    let result = source_over(&url, crate::transport()).token().await;
    assert!(start.elapsed() < Duration::from_secs(20));
    match result {
        Ok(token) => println!("said: {}", token.expose()),
        Err(error) => println!("said: {:?}, {}", error.kind(), error.is_transient()),
    }
}

/// Whether the authorities of the system are what `SSL_CERT_FILE` says.
fn is_testable() -> bool {
    let is_linux = cfg!(target_os = "linux");
    if !is_linux {
        eprintln!("skipped: this system's authorities are not in a file");
    }
    is_linux
}

#[test]
fn fault_03_a_redirect_out_of_tls() {
    if !is_testable() {
        return;
    }
    let authority = authority();
    let target = Server::answering(ok());
    for status in [301, 302, 303, 307, 308] {
        let head = format!("HTTP/1.1 {status} Moved\r\nLocation: {}/token\r\n", target.url());
        let reply = format!("{head}Content-Length: 0\r\n\r\n");
        let server = TlsServer::start(signed(&authority, "127.0.0.1", 4_000), reply);
        let kind = TokenErrorKind::Redirect { origin: Some(target.url().into()) };
        let said = read_in_child(&authority, &server.url());
        assert_eq!(said, format!("{kind:?}, false"));
        assert_eq!((server.seen(), target.requests().len()), ((1, 1), 0));
    }
}

#[test]
fn fault_35_certificates_that_nobody_should_trust() {
    if !is_testable() {
        return;
    }
    let authority = authority();
    // The test itself: a good one is trusted.
    let server = TlsServer::start(signed(&authority, "127.0.0.1", 4_000), ok());
    assert_eq!(read_in_child(&authority, &server.url()), "abc");
    assert_eq!(server.seen(), (1, 1));
    let kind = TokenErrorKind::Transport(TransportErrorKind::Tls);
    for (what, identity) in bad_identities(&authority) {
        let server = TlsServer::start(identity, ok());
        let said = read_in_child(&authority, &server.url());
        assert_eq!(said, format!("{kind:?}, false"), "{what}");
        // One connection: nothing is tried again, neither with TLS nor without.
        assert_eq!(server.seen(), (1, 0), "{what}");
    }
}

fn bad_identities(authority: &Authority) -> [(&'static str, Identity); 4] {
    [
        ("expired", signed(authority, "127.0.0.1", 2_001)),
        ("self-signed", self_signed("127.0.0.1")),
        ("of another authority", signed(&self::authority(), "127.0.0.1", 4_000)),
        ("of another host", signed(authority, "login.example", 4_000)),
    ]
}

/// A proxy that makes tunnels (RFC 9110 §9.3.6), and the first line of each request that it got.
fn proxy() -> (Server, Arc<Mutex<Vec<String>>>) {
    let lines = Arc::<Mutex<Vec<String>>>::default();
    let seen = Arc::clone(&lines);
    let server = Server::unread(move |stream| {
        let mut head = Vec::new();
        let mut byte = [0];
        while !head.ends_with(b"\r\n\r\n") && stream.read_exact(&mut byte).is_ok() {
            head.push(byte[0]);
        }
        let head = String::from_utf8(head).unwrap();
        let line = head.lines().next().unwrap_or_default().to_owned();
        let target = line.split(' ').nth(1).unwrap_or_default().to_owned();
        seen.lock().unwrap().push(line);
        let Ok(mut target) = TcpStream::connect(target) else { return };
        let _ = stream.write_all(b"HTTP/1.1 200 Connection Established\r\n\r\n");
        let (mut from, mut to) = (stream.try_clone().unwrap(), target.try_clone().unwrap());
        std::thread::spawn(move || {
            let _ = std::io::copy(&mut from, &mut to);
        });
        let _ = std::io::copy(&mut target, stream);
    });
    (server, lines)
}

/// It sees where the connection leads, and nothing of what goes over it; what is not encrypted does not go there.
#[test]
fn a_proxy_of_the_environment_is_a_tunnel_for_https_alone() {
    if !is_testable() {
        return;
    }
    let authority = authority();
    let (proxy, lines) = proxy();
    let url = proxy.url();
    for (name, exception) in [("HTTPS_PROXY", ""), ("ALL_PROXY", ""), ("ALL_PROXY", "127.0.0.1")] {
        let server = TlsServer::start(signed(&authority, "127.0.0.1", 4_000), ok());
        let variables = [(name, url.as_str()), ("NO_PROXY", exception)];
        assert_eq!(read_in_child_with(&authority, &server.url(), &variables), "abc");
        let connect = format!("CONNECT 127.0.0.1:{} HTTP/1.1", server.port);
        let expected = if exception.is_empty() { vec![connect] } else { Vec::new() };
        assert_eq!(std::mem::take(&mut *lines.lock().unwrap()), expected);
    }
    let plain = Server::answering(ok());
    let variables = ["HTTP_PROXY", "http_proxy", "ALL_PROXY"].map(|it| (it, url.as_str()));
    assert_eq!(read_in_child_with(&authority, &plain.url(), &variables), "abc");
    assert_eq!((lines.lock().unwrap().len(), plain.requests().len()), (0, 1));
}

/// The same with a client made elsewhere, on every system.
#[tokio::test]
async fn fault_35_with_a_client_of_ones_own() {
    let authority = authority();
    let transport = || {
        let root = reqwest::Certificate::from_der(authority.der()).unwrap();
        let client = reqwest::Client::builder().tls_certs_only([root]);
        Arc::new(Reqwest013::from_client(client.build().unwrap()))
    };
    let server = TlsServer::start(signed(&authority, "127.0.0.1", 4_000), ok());
    let source = source_over(&server.url(), transport());
    assert_eq!(source.token().await.unwrap().expose(), "abc");
    for (what, identity) in bad_identities(&authority) {
        let server = TlsServer::start(identity, ok());
        let source = source_over(&server.url(), transport());
        let error = source.token().await.unwrap_err();
        let kind = TokenErrorKind::Transport(TransportErrorKind::Tls);
        assert_eq!((error.kind(), error.is_transient()), (&kind, false), "{what}");
        let cause = std::error::Error::source(&error).unwrap();
        assert!(cause.downcast_ref::<TransportError>().is_some());
        assert_eq!(source.token().await.unwrap_err().kind(), &TokenErrorKind::Backoff);
        assert_eq!(server.seen(), (1, 0), "{what}");
    }
}
