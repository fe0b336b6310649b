//! What a client keeps of heads, trailers and chunk extensions that have no end: by the peak of the
//! memory that the process ever had.

#![allow(clippy::unwrap_used, reason = "clippy takes the helpers of a test program for a program")]

mod peak;

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tamarack_runtime::bytes::Bytes;
use tamarack_runtime::http::Request;
use tamarack_runtime::reqwest013::Reqwest013;
use tamarack_runtime::ureq3::Ureq3;
use tamarack_runtime::{Limits, Transport, TransportErrorKind};

use peak::{alone, growth};

const MIB: usize = 1 << 20;
const TIMEOUT: Duration = Duration::from_secs(5);

const CHUNKED: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
const WHOLE: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n";

/// How fast a server sends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pace {
    /// As fast as it can; a cap is to end it.
    Full,
    /// Slowly enough for the timer of a runtime of one thread to have its turn, where hyper is built
    /// without optimisation. Nothing but the deadline ends it.
    Slow,
}

/// What a server sends first, and what it sends then without end.
const FLOODS: [(&str, &str, &str, Pace); 7] = [
    ("a status line", "HTTP/1.1 200 ", "x", Pace::Full),
    ("a header", "HTTP/1.1 200 OK\r\nX: ", "x", Pace::Full),
    ("headers", "HTTP/1.1 200 OK\r\n", "X: x\r\n", Pace::Full),
    ("a trailer", WHOLE, "x", Pace::Full),
    ("trailers", WHOLE, "X: x\r\n", Pace::Full),
    ("a chunk extension", CHUNKED, "1;x", Pace::Full),
    ("informational replies", "", "HTTP/1.1 103 Early Hints\r\n\r\n", Pace::Slow),
];

/// Serves this to everybody; counts the bytes that the system took.
fn serve(start: &'static str, piece: &'static str, pace: Pace) -> (String, Arc<AtomicUsize>) {
    let (len, pause) = match pace {
        Pace::Full => (64 * 1024, Duration::ZERO),
        Pace::Slow => (1024, Duration::from_millis(1)),
    };
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let n_sent = Arc::<AtomicUsize>::default();
    let sent = Arc::clone(&n_sent);
    std::thread::spawn(move || {
        // Made before anything is measured.
        let piece = piece.repeat(len / piece.len());
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4_096]);
            let mut is_taken = stream.write_all(start.as_bytes()).is_ok();
            while is_taken {
                is_taken = stream.write_all(piece.as_bytes()).is_ok();
                sent.fetch_add(if is_taken { piece.len() } else { 0 }, Ordering::SeqCst);
                std::thread::sleep(pause);
            }
        }
    });
    (url, n_sent)
}

fn floods_end(transport: &dyn Transport) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let limits = Limits::default().with_timeout(TIMEOUT);
    let send = |url: &str| {
        let request = Request::get(url).body(Bytes::new()).unwrap();
        runtime.block_on(transport.send(request, &limits)).unwrap_err()
    };
    // What is needed once: the authorities, the runtime, the buffers of a connection.
    for (_, start, piece, pace) in FLOODS {
        send(&serve(start, piece, pace).0);
    }
    for (name, start, piece, pace) in FLOODS {
        let (url, n_sent) = serve(start, piece, pace);
        let start = Instant::now();
        let (error, grown) = growth(|| send(&url));
        let elapsed = start.elapsed();
        assert!(elapsed < 3 * TIMEOUT, "{name}: {elapsed:?}");
        assert!(grown.is_none_or(|grown| grown < MIB), "{name}: {grown:?}");
        let n_sent = n_sent.load(Ordering::SeqCst);
        if pace == Pace::Full {
            assert_eq!(error.kind(), TransportErrorKind::HeadTooLarge, "{name}");
            // The buffers of the system between the two ends hold more than the client ever reads.
            assert!(n_sent < 24 * MIB, "{name}: {n_sent} bytes");
        }
    }
}

#[test]
fn nothing_without_an_end_is_kept_by_ureq() {
    alone("nothing_without_an_end_is_kept_by_ureq", || floods_end(&Ureq3::new()));
}

#[test]
fn nothing_without_an_end_is_kept_by_reqwest() {
    alone("nothing_without_an_end_is_kept_by_reqwest", || {
        floods_end(&Reqwest013::new().unwrap());
    });
}

/// The measure itself: what a reply may have in full is seen to grow.
#[test]
fn what_is_kept_is_seen() {
    alone("what_is_kept_is_seen", || {
        let (url, _) = serve("HTTP/1.1 200 OK\r\n\r\n", "x", Pace::Full);
        let limits =
            Limits::default().with_timeout(Duration::from_secs(20)).with_max_body(16 * MIB);
        let request = Request::get(&url).body(Bytes::new()).unwrap();
        let transport = Ureq3::new();
        let send = || tamarack_runtime::blocking::block_on(transport.send(request, &limits));
        let (result, grown) = growth(send);
        assert_eq!(result.unwrap_err().kind(), TransportErrorKind::BodyTooLarge);
        assert!(grown.is_none_or(|grown| grown > 16 * MIB), "{grown:?}");
    });
}
