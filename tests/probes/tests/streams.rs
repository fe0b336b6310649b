//! Streams of a gibibyte, down and up: what they cost in memory, as the system counts it.

#![allow(clippy::unwrap_used, reason = "clippy takes the helpers of a test program for a program")]

mod peak;

use std::future::poll_fn;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::pin::Pin;
use std::sync::Arc;

use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use tamarack_runtime::blocking::block_on;
use tamarack_runtime::bytes::Bytes;
use tamarack_runtime::futures_core::Stream as _;
use tamarack_runtime::http::Request;
use tamarack_runtime::reqwest013::Reqwest013;
use tamarack_runtime::tower::TowerTransport;
use tamarack_runtime::ureq3::Ureq3;
use tamarack_runtime::{BodyStream, Limits, RequestBody, Transport};

use peak::{alone, growth};

const MIB: usize = 1 << 20;
const SIZE: usize = 1 << 30;
/// Static, so that neither side has memory of its own to speak of.
static PIECE: [u8; 64 << 10] = [b'x'; 64 << 10];

/// Far below the body, and above what a client, its buffers and its runtime need.
const LIMIT: usize = 24 * MIB;

/// Reads requests and their bodies, and answers with a gibibyte where there is none.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            exchange(&mut stream.unwrap());
        }
    });
    url
}

fn exchange(stream: &mut TcpStream) {
    let (mut head, mut piece) = (Vec::new(), vec![0; 64 << 10]);
    let body_at = loop {
        let n = stream.read(&mut piece).unwrap();
        head.extend_from_slice(&piece[..n]);
        if let Some(end) = head.windows(4).position(|it| it == b"\r\n\r\n") {
            break end + 4;
        }
    };
    if head.starts_with(b"GET") {
        write!(stream, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {SIZE}\r\n\r\n")
            .unwrap();
        (0..SIZE / PIECE.len()).for_each(|_| stream.write_all(&PIECE).unwrap());
        return;
    }
    let mut n_read = head.len() - body_at;
    while n_read < SIZE {
        let n = stream.read(&mut piece).unwrap();
        assert!(n > 0, "{n_read} bytes of {SIZE}");
        n_read += n;
    }
    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").unwrap();
}

async fn both_ways(transport: Arc<dyn Transport>) {
    let (url, limits) = (serve(), Limits::default());
    let request = Request::get(&url).body(RequestBody::default()).unwrap();
    let mut body = transport.stream(request, &limits).await.unwrap().into_body();
    while let Some(piece) = poll_fn(|context| Pin::new(&mut body).poll_next(context)).await {
        piece.unwrap();
    }
    assert_eq!(body.received(), SIZE as u64);
    let pieces =
        (0..SIZE / PIECE.len()).map(|_| Ok::<_, std::io::Error>(Bytes::from_static(&PIECE)));
    let body = RequestBody::iter(pieces).with_len(SIZE as u64);
    let response = transport.stream(Request::post(&url).body(body).unwrap(), &limits).await;
    assert_eq!(response.unwrap().status(), 200);
}

fn bounded(run: impl FnOnce()) {
    let ((), grown) = growth(run);
    if let Some(grown) = grown {
        assert!(grown < LIMIT, "{grown} bytes for {SIZE}");
    }
}

fn on_tokio(future: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future);
}

#[test]
fn reqwest013() {
    let run = || on_tokio(both_ways(Arc::new(Reqwest013::new().unwrap())));
    alone("reqwest013", || bounded(run));
}

#[test]
fn tower() {
    let run = || {
        let mut builder = Client::builder(TokioExecutor::new());
        builder.retry_canceled_requests(false);
        on_tokio(both_ways(Arc::new(TowerTransport::new(builder.build_http::<BodyStream>()))));
    };
    alone("tower", || bounded(run));
}

#[test]
fn ureq3() {
    alone("ureq3", || bounded(|| block_on(both_ways(Arc::new(Ureq3::new())))));
}
