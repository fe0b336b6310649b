//! Compressed responses: asked for, decompressed within the limit, and refused where they are a bomb or broken.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use tamarack_runtime::gzip::Gzip;
use tamarack_runtime::http::{HeaderValue, Method, Request};
use tamarack_runtime::reqwest013::Reqwest013;
use tamarack_runtime::{
    ClientBuilder, ClientCore, RawReply, RequestBody, TransportError, TransportErrorKind,
};

use crate::server::Server;

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn reply(encoding: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\nContent-Length: {}\r\n\
         Content-Type: text/plain\r\nConnection: close\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

fn core(server: &Server, max_body: usize) -> ClientCore {
    let builder = ClientBuilder::new("wire-test/1").base_url(server.url()).max_body(max_body);
    builder.transport(Gzip::new(Reqwest013::new().unwrap())).build().unwrap()
}

async fn get(server: &Server, max_body: usize) -> Result<RawReply, TransportError> {
    let core = core(server, max_body);
    core.send(core.request(Method::GET, "/x").build().unwrap()).await
}

/// RFC 9110 §8.4.1.3, and RFC 1952 §2.2: a file is a series of members.
#[tokio::test]
async fn a_compressed_body_is_asked_for_and_read() {
    let two = [gzip(b"hel"), gzip(b"lo")].concat();
    for (encoding, body) in [("gzip", gzip(b"hello")), ("X-GZIP", gzip(b"hello")), ("gzip", two)] {
        let server = Server::answering(reply(encoding, &body));
        let reply = get(&server, 5).await.unwrap();
        assert_eq!(reply.bytes(), "hello");
        for header in ["content-encoding", "content-length"] {
            assert!(!reply.headers().contains_key(header), "{header}");
        }
        assert_eq!(reply.headers()["content-type"], "text/plain");
        assert!(server.requests()[0].contains("accept-encoding: gzip\r\n"));
    }
}

#[tokio::test]
async fn what_was_not_asked_for_is_left_as_it_is() {
    for (encoding, body) in [("br", &b"\x0b\x02hello"[..]), ("gzip, gzip", b"x"), ("gzip", b"")] {
        let reply = get(&Server::answering(reply(encoding, body)), 100).await.unwrap();
        assert_eq!(
            (&reply.bytes()[..], &reply.headers()["content-encoding"]),
            (body, &HeaderValue::from_static(encoding))
        );
    }
    let server = Server::answering(reply("gzip", &gzip(b"hello")));
    let core = core(&server, 100);
    let mut request = core.request(Method::GET, "/x").build().unwrap();
    request.headers_mut().insert("accept-encoding", HeaderValue::from_static("gzip, br"));
    assert_eq!(core.send(request).await.unwrap().bytes(), &gzip(b"hello"));
    assert!(server.requests()[0].contains("accept-encoding: gzip, br\r\n"));
}

/// The limit counts what the body becomes: 16 MB of zeros are 16 kB of gzip.
#[tokio::test]
async fn a_bomb_is_refused_at_the_limit() {
    let bomb = gzip(&vec![0; 16 << 20]);
    assert!(bomb.len() < 100_000);
    let server = Server::answering(reply("gzip", &bomb));
    let error = get(&server, 100_000).await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::BodyTooLarge);
    let partial = error.partial().unwrap();
    assert_eq!(partial.status(), 200);
    assert!(partial.bytes().len() <= 100_000);
}

#[tokio::test]
async fn a_broken_body_is_an_error() {
    let whole = gzip(b"hello, hello, hello");
    let cut = &whole[..whole.len() - 9];
    let mut other = whole.clone();
    *other.last_mut().unwrap() ^= 1;
    for body in [cut, &other, b"hello"] {
        let error = get(&Server::answering(reply("gzip", body)), 100).await.unwrap_err();
        let is_broken =
            matches!(error.kind(), TransportErrorKind::Interrupted | TransportErrorKind::Other);
        assert!(is_broken, "{error:?}");
        assert!(!format!("{error} {error:?}").contains("hello"));
    }
}

/// A stream has no limit, and is never in memory as a whole: a piece is at most what 256 bytes can become.
#[tokio::test]
async fn a_stream_is_decompressed_piece_by_piece() {
    const LEN: usize = 16 << 20;
    let server = Server::answering(reply("gzip", &gzip(&vec![7; LEN])));
    let core = core(&server, 1000);
    let request = core.request(Method::GET, "/x").build().unwrap().map(RequestBody::from);
    let response = core.stream(request).await.unwrap();
    assert!(!response.headers().contains_key("content-encoding"));
    let mut body = response.into_body();
    let (mut len, mut longest) = (0, 0);
    while let Some(piece) = body.next().await {
        let piece = piece.unwrap();
        assert!(piece.iter().all(|it| *it == 7));
        len += piece.len();
        longest = longest.max(piece.len());
    }
    assert_eq!(len, LEN);
    assert!(longest < 400_000, "{longest}");
}

#[tokio::test]
async fn a_broken_stream_ends_with_an_error_after_what_arrived() {
    let whole = gzip(b"hello");
    for body in [&whole[..whole.len() - 1], b"hello"] {
        let server = Server::answering(reply("gzip", body));
        let core = core(&server, 1000);
        let request: Request<RequestBody> =
            core.request(Method::GET, "/x").build().unwrap().map(RequestBody::from);
        let mut body = core.stream(request).await.unwrap().into_body();
        let mut last = None;
        while let Some(piece) = body.next().await {
            last = Some(piece);
        }
        assert!(last.unwrap().is_err());
    }
}
