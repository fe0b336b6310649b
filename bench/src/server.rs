//! A scripted token endpoint on loopback that counts requests.
//!
//! It runs on a thread of its own: a client that blocks its runtime must not
//! slow the server down.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};

/// What the server does with one request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Act {
    /// How long it thinks.
    pub(crate) delay: Duration,
    /// What it says then.
    pub(crate) reply: Reply,
}

/// What the server says.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Reply {
    /// A token that lives so many seconds.
    Token(u64),
    /// A failure.
    Status(u16),
}

impl Reply {
    /// Says it at once.
    pub(crate) fn at_once(self) -> Act {
        self.after(0)
    }

    /// Says it after so many milliseconds.
    pub(crate) fn after(self, delay: u64) -> Act {
        Act { delay: Duration::from_millis(delay), reply: self }
    }
}

/// Where the servers of a run live.
pub(crate) struct Host(Runtime);

impl Host {
    pub(crate) fn new() -> io::Result<Self> {
        Builder::new_multi_thread().worker_threads(1).enable_all().build().map(Self)
    }

    /// Runs a future outside of any runtime.
    pub(crate) fn block_on<T>(&self, future: impl Future<Output = T>) -> T {
        self.0.block_on(future)
    }

    /// Starts a server; the plan is asked with the number of each request, from 0.
    pub(crate) async fn serve(
        &self,
        plan: impl Fn(usize) -> Act + Send + Sync + 'static,
    ) -> io::Result<Server> {
        let listener = TcpListener::bind("127.0.0.1:0").await?.into_std()?;
        let address = listener.local_addr()?;
        let state = Arc::new(State { plan: Box::new(plan), n_requests: AtomicUsize::new(0) });
        let accepting = Arc::clone(&state);
        self.0.spawn(async move {
            let Ok(listener) = TcpListener::from_std(listener) else { return };
            while let Ok((stream, _)) = listener.accept().await {
                let state = Arc::clone(&accepting);
                tokio::spawn(async move {
                    // A client that hangs up is no concern of the server's.
                    let _ = converse(stream, &state).await;
                });
            }
        });
        Ok(Server { address, state })
    }
}

/// A token endpoint.
pub(crate) struct Server {
    address: SocketAddr,
    state: Arc<State>,
}

struct State {
    plan: Box<dyn Fn(usize) -> Act + Send + Sync>,
    n_requests: AtomicUsize,
}

impl Server {
    /// Returns scheme, host and port.
    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns how many requests have come so far.
    pub(crate) fn n_requests(&self) -> usize {
        self.state.n_requests.load(Ordering::SeqCst)
    }
}

/// Answers the requests of one connection, one after the other.
async fn converse(mut stream: TcpStream, state: &State) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut unread = Vec::new();
    while read_request(&mut stream, &mut unread).await? {
        let n = state.n_requests.fetch_add(1, Ordering::SeqCst);
        let act = (state.plan)(n);
        tokio::time::sleep(act.delay).await;
        stream.write_all(message(n, act.reply).as_bytes()).await?;
    }
    Ok(())
}

/// Reads one request and forgets it; the length is believed. Returns whether there was one.
async fn read_request(stream: &mut TcpStream, unread: &mut Vec<u8>) -> io::Result<bool> {
    loop {
        if let Some(end) = end_of_request(unread) {
            unread.drain(..end);
            return Ok(true);
        }
        if stream.read_buf(unread).await? == 0 {
            return Ok(false);
        }
    }
}

fn end_of_request(bytes: &[u8]) -> Option<usize> {
    let head = bytes.windows(4).position(|it| it == b"\r\n\r\n")? + 4;
    let text = String::from_utf8_lossy(&bytes[..head]).to_ascii_lowercase();
    let length = text.lines().find_map(|line| line.strip_prefix("content-length:"));
    let end = head + length.and_then(|it| it.trim().parse().ok()).unwrap_or(0);
    (bytes.len() >= end).then_some(end)
}

fn message(n: usize, reply: Reply) -> String {
    let (status, body) = match reply {
        Reply::Token(lifetime) => {
            // As long as a signed token usually is.
            let token = format!("token-{n}-{}", "a".repeat(900));
            let body = format!(
                r#"{{"access_token":"{token}","token_type":"Bearer","expires_in":{lifetime}}}"#
            );
            (200, body)
        }
        Reply::Status(status) => (status, r#"{"message":"not now"}"#.to_owned()),
    };
    let length = body.len();
    format!(
        "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}
