//! A server on loopback that records the requests it reads.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use tamarack_runtime::bytes::Bytes;
use tamarack_runtime::http::header::{AUTHORIZATION, USER_AGENT};
use tamarack_runtime::http::{Method, Request};

use crate::Finding;
use crate::bench::{Bench, Sent, expect, lock};

/// How long a server that does not answer keeps a connection.
const HOLD: Duration = Duration::from_secs(10);

/// What no error may show.
pub(crate) const MARKS: [&str; 5] = [IN_PATH, IN_QUERY, IN_HEADER, IN_REQUEST, IN_REPLY];
pub(crate) const IN_PATH: &str = "mark-in-path";
pub(crate) const IN_QUERY: &str = "mark-in-query";
pub(crate) const IN_HEADER: &str = "mark-in-header";
pub(crate) const IN_REQUEST: &str = "mark-in-request-body";
pub(crate) const IN_REPLY: &str = "mark-in-reply-body";

pub(crate) const AGENT: &str = "conformance/1";

/// Whether the connection takes another request after an answer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum After {
    Keep,
    Close,
}

/// A request as it was received.
#[derive(Clone)]
pub(crate) struct Received {
    pub(crate) method: String,
    pub(crate) target: String,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Received {
    /// Returns every value of a header.
    pub(crate) fn values(&self, name: &str) -> Vec<&str> {
        let same = self.headers.iter().filter(|(known, _)| known == name);
        same.map(|(_, value)| value.as_str()).collect()
    }
}

/// A server that ends when it is dropped.
pub(crate) struct Server {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<Received>>>,
    is_over: Arc<AtomicBool>,
}

impl Server {
    /// Answers every request with these bytes, then closes.
    pub(crate) fn answering(reply: impl Into<Vec<u8>>) -> Self {
        let reply = reply.into();
        Self::start(move |_, stream| {
            let _ = stream.write_all(&reply);
            After::Close
        })
    }

    /// Gives each request that was read, with its number, to the closure.
    pub(crate) fn start(
        answer: impl Fn(usize, &mut TcpStream) -> After + Send + Sync + 'static,
    ) -> Self {
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        Self::listen(requests, move |stream| {
            while let Some(request) = read_request(stream) {
                let n = {
                    let mut seen = lock(&seen);
                    seen.push(request);
                    seen.len() - 1
                };
                if answer(n, stream) == After::Close {
                    break;
                }
            }
        })
    }

    /// Gives each connection, with nothing read, to the closure.
    pub(crate) fn unread(answer: impl Fn(&mut TcpStream) + Send + Sync + 'static) -> Self {
        Self::listen(Arc::default(), answer)
    }

    fn listen(
        requests: Arc<Mutex<Vec<Received>>>,
        serve: impl Fn(&mut TcpStream) + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("loopback has a port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let is_over = Arc::new(AtomicBool::new(false));
        let (over, serve) = (Arc::clone(&is_over), Arc::new(serve));
        thread::spawn(move || {
            for stream in listener.incoming() {
                if over.load(Ordering::Acquire) {
                    break;
                }
                let (Ok(mut stream), serve) = (stream, Arc::clone(&serve)) else { continue };
                thread::spawn(move || {
                    // A client that goes away without a word must not keep the thread.
                    let _ = stream.set_write_timeout(Some(HOLD));
                    let _ = stream.set_read_timeout(Some(HOLD));
                    serve(&mut stream);
                });
            }
        });
        Self { address, requests, is_over }
    }

    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns the requests that have come so far.
    pub(crate) fn requests(&self) -> Vec<Received> {
        lock(&self.requests).clone()
    }

    /// Makes a request with marks in all its parts.
    pub(crate) fn request(&self, method: Method, body: impl Into<Bytes>) -> Request<Bytes> {
        let uri = format!("{}/{IN_PATH}?q={IN_QUERY}", self.origin());
        Request::builder()
            .method(method)
            .uri(uri)
            .header(USER_AGENT, AGENT)
            .header(AUTHORIZATION, IN_HEADER)
            .body(body.into())
            .expect("its parts are valid")
    }

    pub(crate) fn get(&self) -> Request<Bytes> {
        self.request(Method::GET, Bytes::new())
    }

    pub(crate) fn post(&self) -> Request<Bytes> {
        self.request(Method::POST, IN_REQUEST)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Release);
        // Wakes the thread that waits for connections.
        let _ = TcpStream::connect(self.address);
    }
}

/// Writes a whole response that closes the connection.
pub(crate) fn reply(status: u16, headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status} Reason\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n{body}",
        body.len()
    )
}

/// What a flood comes to: more than all buffers on the way hold.
const FLOOD: usize = 48 * 1024 * 1024;

/// Sends the start and then a piece again and again; whoever stops at a cap closes long before the end.
pub(crate) fn flooded(
    bench: &Bench,
    start: &str,
    piece: String,
    check: impl FnOnce(Sent) -> Finding,
) -> Finding {
    let all_was_read = Arc::new(AtomicBool::new(false));
    let (seen, start) = (Arc::clone(&all_was_read), start.to_owned());
    let server = Server::start(move |_, stream| {
        let flood = |stream: &mut TcpStream| {
            stream.write_all(start.as_bytes())?;
            (0..FLOOD / piece.len()).try_for_each(|_| stream.write_all(piece.as_bytes()))
        };
        seen.store(flood(stream).is_ok(), Ordering::Release);
        After::Close
    });
    let sent = bench.send(server.get());
    let read = all_was_read.load(Ordering::Acquire);
    expect(!read, || format!("{}, after all of {FLOOD} bytes", sent.describe()))?;
    check(sent)
}

/// Waits until the client leaves.
pub(crate) fn hold(stream: &mut TcpStream) {
    while stream.read(&mut [0; 1024]).is_ok_and(|n| n > 0) {}
}

/// Sends a byte every 50 ms until nobody wants it.
pub(crate) fn drip(stream: &mut TcpStream) {
    let start = Instant::now();
    while stream.write_all(b"a").is_ok() && start.elapsed() < HOLD {
        thread::sleep(Duration::from_millis(50));
    }
}

/// Reads head and body, whose length is believed; nothing where the client leaves before its end.
fn read_request(stream: &mut TcpStream) -> Option<Received> {
    let (mut bytes, mut chunk) = (Vec::new(), [0; 4096]);
    loop {
        if let Some(request) = split(&bytes) {
            return Some(request);
        }
        match stream.read(&mut chunk) {
            Ok(n) if n > 0 => bytes.extend_from_slice(&chunk[..n]),
            _ => return None,
        }
    }
}

fn split(bytes: &[u8]) -> Option<Received> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let (head, body) = (std::str::from_utf8(&bytes[..end]).ok()?, &bytes[end + 4..]);
    let (first, lines) = head.split_once("\r\n")?;
    let mut words = first.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let headers: Vec<_> = (lines.split("\r\n"))
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let has = |wanted: &str| headers.iter().find(|(name, _)| name == wanted);
    let body = match (has("content-length"), has("transfer-encoding")) {
        (Some((_, length)), _) => {
            let length = length.parse().ok()?;
            (body.len() >= length).then(|| body[..length].to_vec())?
        }
        // The pieces are joined where it matters; here only the end does.
        (None, Some(_)) => body.ends_with(b"0\r\n\r\n").then(|| body.to_vec())?,
        (None, None) => Vec::new(),
    };
    Some(Received { method, target, headers, body })
}
