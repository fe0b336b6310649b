//! Turns a closure over a TCP stream into a server on loopback. Raw sockets: a mock framework can
//! neither truncate nor stall.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// A server that lives as long as the test program; each request it reads is kept.
pub(crate) struct Server {
    address: SocketAddr,
    requests: Receiver<String>,
}

impl Server {
    /// Answers each request with these bytes, then closes the connection.
    pub(crate) fn answering(reply: impl Into<Vec<u8>>) -> Self {
        let reply = reply.into();
        Self::start(move |stream| {
            let _ = stream.write_all(&reply);
        })
    }

    /// Reads a request on each connection, then hands it over.
    pub(crate) fn start(answer: impl Fn(&mut TcpStream) + Send + Clone + 'static) -> Self {
        let (seen, requests) = channel();
        let address = listen(move |stream| {
            let (answer, seen) = (answer.clone(), seen.clone());
            let request = read_request(stream);
            let _ = seen.send(request);
            answer(stream);
        });
        Self { address, requests }
    }

    /// Answers each request with what a closure makes of it, then closes the connection.
    pub(crate) fn responding(respond: impl Fn(&str) -> String + Send + Clone + 'static) -> Self {
        let (seen, requests) = channel();
        let address = listen(move |stream| {
            let request = read_request(stream);
            let reply = respond(&request);
            let _ = seen.send(request);
            let _ = stream.write_all(reply.as_bytes());
        });
        Self { address, requests }
    }

    /// Hands each connection over as it is, with nothing read.
    pub(crate) fn unread(answer: impl Fn(&mut TcpStream) + Send + Clone + 'static) -> Self {
        Self { address: listen(answer), requests: channel().1 }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// Returns the requests that have come so far.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.try_iter().collect()
    }
}

/// Finds an address where nobody listens: that of a client whose connection lasts as long as the program,
/// so that no server of another test gets its port.
pub(crate) fn free_address() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let address = client.local_addr().unwrap();
    std::mem::forget((client, listener));
    address
}

/// Sends a byte every 100 ms until nobody wants it.
pub(crate) fn drip(stream: &mut TcpStream) {
    while stream.write_all(b"a").is_ok() {
        thread::sleep(Duration::from_millis(100));
    }
}

fn listen(answer: impl Fn(&mut TcpStream) + Send + Clone + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (answer, mut stream) = (answer.clone(), stream.unwrap());
            thread::spawn(move || answer(&mut stream));
        }
    });
    address
}

/// Reads head and body; the length is believed.
fn read_request(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut chunk = [0; 1024];
    loop {
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                return text.into_owned();
            }
        }
        match stream.read(&mut chunk) {
            Ok(n) if n > 0 => bytes.extend_from_slice(&chunk[..n]),
            _ => return text.into_owned(),
        }
    }
}
