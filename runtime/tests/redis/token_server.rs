//! A token server on a thread, which counts and which can be told to refuse.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

pub(crate) struct TokenServer {
    pub(crate) url: String,
    shared: Arc<Shared>,
}

struct Shared {
    n_requests: AtomicUsize,
    is_down: AtomicBool,
    lifetime: AtomicU64,
    latency: Duration,
    /// When each token was granted.
    granted: Mutex<Vec<SystemTime>>,
}

impl TokenServer {
    /// Its tokens are `{PREFIX}{NUMBER}` and live so many seconds.
    pub(crate) fn start(prefix: &'static str, lifetime: u64, latency: Duration) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/token", listener.local_addr().unwrap());
        let shared = Arc::new(Shared {
            n_requests: AtomicUsize::new(0),
            is_down: AtomicBool::new(false),
            lifetime: AtomicU64::new(lifetime),
            latency,
            granted: Mutex::default(),
        });
        let of_thread = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let shared = Arc::clone(&of_thread);
                std::thread::spawn(move || shared.serve(stream.unwrap(), prefix));
            }
        });
        Self { url, shared }
    }

    pub(crate) fn requests(&self) -> usize {
        self.shared.n_requests.load(Ordering::SeqCst)
    }

    pub(crate) fn set_down(&self, is_down: bool) {
        self.shared.is_down.store(is_down, Ordering::SeqCst);
    }

    /// Returns when the token of this number was granted.
    pub(crate) fn granted(&self, number: usize) -> SystemTime {
        self.shared.granted.lock().unwrap()[number]
    }
}

impl Shared {
    fn serve(&self, mut stream: TcpStream, prefix: &str) {
        let (mut request, mut buffer) = (Vec::new(), [0; 4096]);
        while !is_whole(&request) {
            match stream.read(&mut buffer) {
                Ok(n @ 1..) => request.extend_from_slice(&buffer[..n]),
                _ => return,
            }
        }
        self.n_requests.fetch_add(1, Ordering::SeqCst);
        std::thread::sleep(self.latency);
        let (status, body) = if self.is_down.load(Ordering::SeqCst) {
            ("503 Service Unavailable", String::new())
        } else {
            let mut granted = self.granted.lock().unwrap();
            let (number, lifetime) = (granted.len(), self.lifetime.load(Ordering::SeqCst));
            granted.push(SystemTime::now());
            let body = format!(
                r#"{{"access_token":"{prefix}{number}","token_type":"Bearer","expires_in":{lifetime}}}"#
            );
            ("200 OK", body)
        };
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            body.len()
        );
        let _ = stream.write_all(format!("{head}{body}").as_bytes());
    }
}

/// Whether a request with its body is there.
fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
    body.len() >= length.map_or(0, |length| length.trim().parse().unwrap())
}
