//! A scripted server on loopback that records requests.
//!
//! Raw sockets: a mock framework would repair the faults that have to be sent,
//! and would show a request as it understood it rather than as it came.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A request as it was received.
#[derive(Clone, Debug)]
pub struct Request {
    /// All of it: head and body.
    pub bytes: Vec<u8>,
    /// `POST`
    pub method: String,
    /// The request target: path and query.
    pub path: String,
    /// Names in lower case, in the order received.
    pub headers: Vec<(String, String)>,
    /// What follows the empty line.
    pub body: Vec<u8>,
}

impl Request {
    /// Returns every value of a header, so that one sent twice shows.
    pub fn header(&self, name: &str) -> Vec<&str> {
        let same = self.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        same.map(|(_, value)| value.as_str()).collect()
    }

    /// Returns the names of all headers, sorted.
    pub fn header_names(&self) -> Vec<&str> {
        let mut names: Vec<_> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        names
    }
}

/// A server that lives as long as the test program and closes after each response.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
}

#[derive(Debug, Default)]
struct Seen {
    connections: usize,
    requests: Vec<Request>,
}

impl Server {
    /// Answers every request with exactly these bytes.
    pub fn replying(reply: impl Into<Vec<u8>>) -> Self {
        Self::scripted([reply.into()])
    }

    /// Answers the requests with these responses in turn; the last one stays.
    pub fn scripted(replies: impl IntoIterator<Item = Vec<u8>>) -> Self {
        let replies: Vec<_> = replies.into_iter().collect();
        Self::start(move |n, _, stream| {
            let reply = replies.get(n).or(replies.last()).expect("a script has a reply");
            // A client may hang up first; what it makes of that is its own test's matter.
            let _ = stream.write_all(reply);
        })
    }

    /// Answers each request by what it is.
    pub fn answering(answer: impl Fn(&Request) -> Vec<u8> + Send + Sync + 'static) -> Self {
        Self::start(move |_, request, stream| {
            let _ = stream.write_all(&answer(request));
        })
    }

    /// Reads requests and never answers; the connection stays open until the client leaves.
    pub fn silent() -> Self {
        Self::start(|_, _, stream| {
            let _ = stream.read(&mut [0]);
        })
    }

    fn start(answer: impl Fn(usize, &Request, &mut TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("loopback has a port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let seen = Arc::new(Mutex::new(Seen::default()));
        let (to_see, answer) = (Arc::clone(&seen), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { continue };
                to_see.lock().expect("no holder panics").connections += 1;
                let (to_see, answer) = (Arc::clone(&to_see), Arc::clone(&answer));
                thread::spawn(move || {
                    let Some(request) = read_request(&mut stream) else { return };
                    let mut seen = to_see.lock().expect("no holder panics");
                    let n = seen.requests.len();
                    seen.requests.push(request.clone());
                    drop(seen);
                    answer(n, &request, &mut stream);
                });
            }
        });
        Self { address, seen }
    }

    /// Returns the base URL: `http://127.0.0.1:<port>`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns how many connections were accepted.
    pub fn connections(&self) -> usize {
        self.seen.lock().expect("no holder panics").connections
    }

    /// Returns the requests received so far; each is there before its response goes out.
    pub fn requests(&self) -> Vec<Request> {
        self.seen.lock().expect("no holder panics").requests.clone()
    }

    /// Returns the one request received so far.
    pub fn request(&self) -> Request {
        let requests = self.requests();
        let [request] = requests.as_slice() else { panic!("one request, not {requests:?}") };
        request.clone()
    }
}

/// Returns the URL of a port on loopback where nobody listens: that of a client whose connection lasts as
/// long as the program, so that no server of another test gets it.
pub fn nobody() -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("loopback has a port");
    let address = listener.local_addr().expect("a bound socket has an address");
    let client = TcpStream::connect(address).expect("the listener is there");
    let address = client.local_addr().expect("a connected socket has an address");
    std::mem::forget((client, listener));
    format!("http://{address}")
}

/// Writes a whole response: status line, these headers, the length, the body.
pub fn reply(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let mut bytes = format!("HTTP/1.1 {status} Reason\r\n").into_bytes();
    for (name, value) in headers {
        bytes.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
    }
    let end = format!("Content-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    bytes.extend_from_slice(end.as_bytes());
    bytes.extend_from_slice(body);
    bytes
}

/// Writes a whole response with a JSON body.
pub fn json_reply(status: u16, body: &serde_json::Value) -> Vec<u8> {
    reply(status, &[("Content-Type", "application/json")], body.to_string())
}

/// Reads head and body, whose length is believed; nothing where the client leaves before its end.
fn read_request(stream: &mut TcpStream) -> Option<Request> {
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

/// Splits a request into its parts once all of it is there.
fn split(bytes: &[u8]) -> Option<Request> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let (head, body) = (std::str::from_utf8(&bytes[..end]).ok()?, &bytes[end + 4..]);
    let (first, lines) = head.split_once("\r\n")?;
    let mut words = first.split(' ');
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let headers: Vec<_> = lines
        .split("\r\n")
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.map_or(Some(0), |(_, value)| value.parse().ok())?;
    let is_whole = body.len() >= length;
    is_whole.then(|| Request { bytes: bytes.to_vec(), method, path, headers, body: body.to_vec() })
}
