//! A server on loopback that knows three requests. Each connection has a thread, so that it is not what is measured.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;

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
    let item = texts::item(42);
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
            _ => {
                let head = format!(
                    "HTTP/1.1 201 Created\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
                    item.len()
                );
                writer.write_all((head + &item).as_bytes())?;
            }
        }
    }
}
