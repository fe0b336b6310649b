//! Replies without measure: what they cost in memory, as the system counts it, and on the wire.

#![allow(clippy::unwrap_used, reason = "clippy takes the helpers of a test program for a program")]

mod peak;

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use flate2::Compression;
use flate2::write::GzEncoder;
use tamarack_runtime::http::Method;
use tamarack_runtime::reqwest013::Reqwest013;
use tamarack_runtime::token::{
    ClientCredentials, EndpointError, TokenEndpoint, TokenError, TokenErrorKind, TokenSource,
    TokenSourceConfig, bounded,
};
use tamarack_runtime::{BoxFuture, ClientBuilder, ClientCore, RawReply, Transport};

use peak::{alone, growth};

const MIB: usize = 1 << 20;
/// Static, so that the server has no memory of its own to speak of.
static CHUNK: [u8; 16 << 10] = [b' '; 16 << 10];

/// A server that counts requests and the bytes of bodies that the system took from it.
struct Server {
    url: String,
    n_requests: Arc<AtomicUsize>,
    n_sent: Arc<AtomicUsize>,
}

impl Server {
    fn start(reply: impl Fn(&mut dyn FnMut(&[u8]) -> bool) + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (n_requests, n_sent) = (Arc::<AtomicUsize>::default(), Arc::<AtomicUsize>::default());
        let (requests, sent) = (Arc::clone(&n_requests), Arc::clone(&n_sent));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                read_request(&mut stream);
                requests.fetch_add(1, Ordering::SeqCst);
                reply(&mut |bytes| {
                    let is_taken = stream.write_all(bytes).is_ok();
                    sent.fetch_add(if is_taken { bytes.len() } else { 0 }, Ordering::SeqCst);
                    is_taken
                });
            }
        });
        Self { url, n_requests, n_sent }
    }

    /// Sends so many bytes in chunks, with no length before them.
    fn chunked(n_bytes: usize) -> Self {
        Self::start(move |send| {
            let head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
            let mut is_taken = send(head);
            for _ in 0..n_bytes / CHUNK.len() {
                let size = format!("{:x}\r\n", CHUNK.len());
                is_taken = is_taken && send(size.as_bytes()) && send(&CHUNK) && send(b"\r\n");
            }
            let _ = is_taken && send(b"0\r\n\r\n");
        })
    }

    fn compressed(body: Vec<u8>) -> Self {
        Self::start(move |send| {
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n",
                body.len()
            );
            let _ = send(head.as_bytes()) && send(&body);
        })
    }

    fn seen(&self) -> (usize, usize) {
        (self.n_requests.load(Ordering::SeqCst), self.n_sent.load(Ordering::SeqCst))
    }
}

/// Reads a request to the end of its body.
fn read_request(stream: &mut TcpStream) {
    let (mut bytes, mut chunk) = (Vec::new(), [0; 1_024]);
    while !bytes.windows(11).any(|window| window == b"credentials") {
        let n = stream.read(&mut chunk).unwrap();
        bytes.extend_from_slice(&chunk[..n]);
    }
}

struct OverCore(ClientCore);

impl TokenEndpoint for OverCore {
    fn request<'a>(
        &'a self,
        _: &'a ClientCredentials,
    ) -> BoxFuture<'a, Result<RawReply, EndpointError>> {
        Box::pin(async move {
            let mut request = self.0.request(Method::POST, "/oauth/token");
            request.text("text/plain", "client_credentials");
            Ok(self.0.send(request.build()?).await?)
        })
    }
}

/// Reads once; the cap is that of a token unless another is given.
async fn read(
    url: &str,
    transport: impl Transport + 'static,
    cap: Option<usize>,
) -> Result<(), TokenError> {
    let builder = ClientBuilder::<ClientCore>::new("probe/1").base_url(url).transport(transport);
    let core = builder.max_body(cap.unwrap_or(8 * MIB)).build().unwrap();
    let core = if cap.is_none() { bounded(&core) } else { core };
    let mut config = TokenSourceConfig::default();
    config.max_body = cap.unwrap_or(config.max_body);
    let credentials = ClientCredentials::new("id", "secret");
    let source = TokenSource::builder(OverCore(core), credentials).config(config).build().unwrap();
    source.token().await.map(drop)
}

fn own() -> Reqwest013 {
    Reqwest013::new().unwrap()
}

/// A good reply with a member of 8 MiB, in some ten thousands of bytes.
fn bomb() -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder
        .write_all(br#"{"access_token":"abc","token_type":"Bearer","expires_in":3600,"x":""#)
        .unwrap();
    for _ in 0..8 * MIB / CHUNK.len() {
        encoder.write_all(&CHUNK).unwrap();
    }
    encoder.write_all(br#""}"#).unwrap();
    encoder.finish().unwrap()
}

/// Reads once, and returns the error and by how many bytes the peak of the process grew meanwhile.
fn growth_of(url: &str, transport: impl Transport + 'static, cap: Option<usize>) -> Growth {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (error, grown) = growth(|| runtime.block_on(read(url, transport, cap)).unwrap_err());
    Growth { kind: error.kind().clone(), grown }
}

struct Growth {
    kind: TokenErrorKind,
    grown: Option<usize>,
}

/// What is needed once: the authorities, the runtime, the buffers of a body over the cap.
fn warm_up(limit: usize) {
    let small = Server::chunked(2 * limit);
    assert_eq!(growth_of(&small.url, own(), None).kind, TokenErrorKind::TooLarge { limit });
}

#[test]
fn fault_28_a_body_without_an_end() {
    alone("fault_28_a_body_without_an_end", || {
        let limit = TokenSourceConfig::default().max_body;
        warm_up(limit);
        let server = Server::chunked(64 * MIB);
        let read = growth_of(&server.url, own(), None);
        assert_eq!(read.kind, TokenErrorKind::TooLarge { limit });
        assert!(read.grown.is_none_or(|grown| grown < MIB));
        let (n_requests, n_sent) = server.seen();
        // The buffers of the system between the two ends hold more than the client ever reads.
        assert!(n_requests == 1 && n_sent < 24 * MIB, "{n_requests} requests, {n_sent} bytes");

        // The measure itself: without that cap the memory grows.
        let server = Server::chunked(8 * MIB);
        let read = growth_of(&server.url, own(), Some(16 * MIB));
        assert_eq!(read.kind, TokenErrorKind::InvalidResponse { field: "body" });
        assert!(read.grown.is_none_or(|grown| grown > 4 * MIB));
    });
}

#[test]
fn fault_29_a_body_that_unpacks_without_an_end() {
    alone("fault_29_a_body_that_unpacks_without_an_end", || {
        let limit = TokenSourceConfig::default().max_body;
        let bomb = bomb();
        assert!(bomb.len() < limit, "{} bytes", bomb.len());
        warm_up(limit);
        let server = Server::compressed(bomb);
        let read = growth_of(&server.url, own(), None);
        assert_eq!(read.kind, TokenErrorKind::InvalidResponse { field: "body" });
        assert!(read.grown.is_none_or(|grown| grown < MIB));
        assert_eq!(server.seen().0, 1);

        // The bomb itself: a client that unpacks it has more than the cap.
        let client = reqwest::Client::builder().gzip(true).build().unwrap();
        let read = growth_of(&server.url, Reqwest013::from_client(client), None);
        assert_eq!(read.kind, TokenErrorKind::TooLarge { limit });
    });
}
