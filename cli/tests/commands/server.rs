//! A server on loopback that every program of a newcomer asks.

use std::io::{BufRead, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// Whatever it is asked, it has one pet.
pub(crate) struct Server {
    /// Where it listens.
    pub(crate) origin: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Starts it on a free port.
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let origin = format!("http://{}", listener.local_addr().expect("an address"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                log.lock().expect("no thread panics").push(answer(stream));
            }
        });
        Self { origin, asked }
    }

    /// Returns the heads of all requests.
    pub(crate) fn asked(&self) -> String {
        self.asked.lock().expect("no thread panics").join("\n")
    }
}

/// Reads the head of a request, answers it, and returns its lines.
fn answer(mut stream: TcpStream) -> String {
    let mut head = String::new();
    let mut lines = BufReader::new(stream.try_clone().expect("a second handle"));
    while lines.read_line(&mut head).expect("a request") > 2 {}
    let body = r#"{"name": "Tibby"}"#;
    let response = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\
         connection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(response.as_bytes()).expect("it is sent");
    head
}
