//! Servers on loopback: one for large bodies, which has a thread for each connection, and one for calls, which runs on
//! the thread of the client.
//!
//! A call is short beside the time that a thread takes to wake up, which is another if the threads share a core, and stays
//! so for as long as the scheduler leaves them there: with a thread for each connection, the side that had the luck was
//! twice as fast.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::runtime::Runtime;

use crate::texts;

/// The bytes of a large body.
pub(crate) const LARGE: usize = 100_000_000;

/// The bytes of a piece of one.
pub(crate) const PIECE: usize = 64 * 1024;

/// Starts it, and returns its base URL.
pub(crate) fn start() -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let base_url = format!("http://{}", listener.local_addr()?);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // A client that hangs up ends its connection.
            thread::spawn(move || serve(stream).ok());
        }
    });
    Ok(base_url)
}

fn serve(stream: TcpStream) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut writer = stream.try_clone()?;
    let mut reader = BufReader::with_capacity(PIECE, stream);
    loop {
        let mut first = String::new();
        if reader.read_line(&mut first)? == 0 {
            return Ok(());
        }
        let mut length = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line)?;
            let line = line.trim_end().to_ascii_lowercase();
            if line.is_empty() {
                break;
            }
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().map_err(io::Error::other)?;
            }
        }
        io::copy(&mut (&mut reader).take(length), &mut io::sink())?;
        match first.split(' ').next() {
            Some("GET") => {
                write!(
                    writer,
                    "HTTP/1.1 200 OK\r\ncontent-type: application/octet-stream\r\ncontent-length: {LARGE}\r\n\r\n"
                )?;
                let piece = vec![b'a'; PIECE];
                let mut left = LARGE;
                while left > 0 {
                    let n = left.min(PIECE);
                    writer.write_all(&piece[..n])?;
                    left -= n;
                }
            }
            Some("PUT") => writer.write_all(b"HTTP/1.1 204 No Content\r\n\r\n")?,
            _ => return Err(io::Error::other("there are no other requests")),
        }
    }
}

/// Starts a server of calls as a task of a runtime, and returns its base URL. It allocates nothing for a call, so that all
/// that is counted is the client's.
pub(crate) fn start_on(runtime: &Runtime) -> io::Result<String> {
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))?;
    let base_url = format!("http://{}", listener.local_addr()?);
    runtime.spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(answer(stream));
        }
    });
    Ok(base_url)
}

/// Answers each request with an object.
async fn answer(mut stream: tokio::net::TcpStream) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let item = texts::item(42);
    let reply = format!(
        "HTTP/1.1 201 Created\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{item}",
        item.len()
    );
    let mut buffer = vec![0; PIECE];
    let mut n = 0;
    loop {
        match stream.read(&mut buffer[n..]).await? {
            0 => return Ok(()),
            more => n += more,
        }
        if request_len(&buffer[..n]).is_some_and(|len| n >= len) {
            n = 0;
            stream.write_all(reply.as_bytes()).await?;
        }
    }
}

/// Returns the length of a request, if its head is complete.
fn request_len(bytes: &[u8]) -> Option<usize> {
    let end = bytes.windows(4).position(|it| it == b"\r\n\r\n")? + 4;
    let head = std::str::from_utf8(&bytes[..end]).ok()?;
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    Some(end + length.map_or(Some(0), |it| it.parse().ok())?)
}
