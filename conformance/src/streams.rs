//! Probes of bodies that are read and written as they come.

use std::io::Write as _;
use std::net::TcpStream;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::thread;
use std::time::Duration;

use tamarack_runtime::bytes::Bytes;
use tamarack_runtime::futures_core::Stream;
use tamarack_runtime::http::{Method, Response};
use tamarack_runtime::{Limits, RequestBody, ResponseBody, TransportError, TransportErrorKind};

use crate::bench::{Bench, expect, limits};
use crate::server::{After, IN_REPLY, Server, hold, reply};
use crate::{Duty, Finding, Probe};

pub(crate) const PROBES: &[Probe] = &[
    Probe { duty: Duty::ReadAsItComes, name: "a piece before a pause", look: before_a_pause },
    Probe { duty: Duty::ReadAsItComes, name: "a flood that nobody reads", look: unread_flood },
    Probe { duty: Duty::IdleDeadline, name: "a body that stalls", look: stalled },
    Probe { duty: Duty::IdleDeadline, name: "a slow body", look: slow },
    Probe { duty: Duty::IdleDeadline, name: "a slow body with a total deadline", look: total },
    Probe { duty: Duty::IdleDeadline, name: "a silent server", look: silent },
    Probe { duty: Duty::CutStream, name: "fewer bytes than the length", look: short },
    Probe { duty: Duty::CutStream, name: "chunks without their end", look: chunks },
    Probe { duty: Duty::Cancelled, name: "a body that is dropped", look: dropped },
    Probe { duty: Duty::SentAsItComes, name: "a stream of known length", look: sized },
    Probe { duty: Duty::SentAsItComes, name: "a stream of unknown length", look: unsized_stream },
    Probe { duty: Duty::SentAsItComes, name: "a slow stream", look: slow_upload },
    Probe { duty: Duty::Aborted, name: "a stream that fails", look: failing },
    Probe { duty: Duty::Aborted, name: "a stream with another length", look: mismeasured },
];

const PATIENCE: Duration = Duration::from_secs(10);

/// What came of a response: the bytes, and how it ended.
struct Read {
    bytes: Vec<u8>,
    end: Result<(), TransportError>,
}

/// Reads a response as a stream to its end.
fn read(bench: &Bench, server: &Server, limits: Limits) -> Result<Read, String> {
    let request = server.get().map(RequestBody::from);
    bench.stream(PATIENCE, request, limits, |response| {
        Box::pin(async move {
            let mut acc = Read { bytes: Vec::new(), end: Ok(()) };
            let mut body = match response {
                Ok(response) => response.into_body(),
                Err(error) => return Read { end: Err(error), ..acc },
            };
            while let Some(piece) = body.next().await {
                match piece {
                    Ok(piece) => acc.bytes.extend_from_slice(&piece),
                    Err(error) => acc.end = Err(error),
                }
            }
            acc
        })
    })
}

/// Expects an error of a kind after these bytes.
fn fails(read: Read, kind: TransportErrorKind, bytes: &str) -> Finding {
    expect(read.bytes == bytes.as_bytes(), || {
        format!("{} bytes of {}", read.bytes.len(), bytes.len())
    })?;
    match read.end {
        Ok(()) => Err(format!("an end, not an error of the kind {kind:?}")),
        Err(error) => {
            expect(error.kind() == kind, || format!("an error of the kind {:?}", error.kind()))
        }
    }
}

/// Sends the start of a response, then does something else.
fn beginning(start: &'static str, then: fn(&mut TcpStream)) -> Server {
    Server::start(move |_, stream| {
        let _ = stream.write_all(start.as_bytes());
        then(stream);
        After::Close
    })
}

const HALF: &str = "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nhalf";

fn before_a_pause(bench: &Bench) -> Finding {
    let server = beginning(HALF, hold);
    let request = server.get().map(RequestBody::from);
    let piece = bench.stream(Duration::from_secs(3), request, limits(PATIENCE), |response| {
        Box::pin(async move { first(response).await })
    })?;
    expect(piece.as_deref() == Some(b"half"), || "another piece".to_owned())
}

async fn first(response: Result<Response<ResponseBody>, TransportError>) -> Option<Bytes> {
    response.ok()?.into_body().next().await?.ok()
}

/// More than the buffers of a connection hold.
const FLOOD: usize = 48 * 1024 * 1024;

fn unread_flood(bench: &Bench) -> Finding {
    let is_written = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&is_written);
    let server = Server::start(move |_, stream| {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {FLOOD}\r\n\r\n");
        let piece = vec![b'x'; 64 * 1024];
        let written = stream.write_all(head.as_bytes()).is_ok()
            && (0..FLOOD / piece.len()).all(|_| stream.write_all(&piece).is_ok());
        seen.store(written, Ordering::Release);
        After::Close
    });
    let request = server.get().map(RequestBody::from);
    let is_there = bench.stream(PATIENCE, request, limits(PATIENCE), |response| {
        Box::pin(async move {
            let mut body = response.ok()?.into_body();
            body.next().await?.ok()?;
            thread::sleep(Duration::from_secs(1));
            Some(())
        })
    })?;
    expect(is_there.is_some(), || "no piece".to_owned())?;
    let all = is_written.load(Ordering::Acquire);
    expect(!all, || format!("all of {FLOOD} bytes are read ahead"))
}

fn quick(idle: u64) -> Limits {
    limits(Duration::from_secs(5)).with_idle_timeout(Duration::from_millis(idle))
}

fn stalled(bench: &Bench) -> Finding {
    let read = read(bench, &beginning(HALF, hold), quick(400))?;
    fails(read, TransportErrorKind::Timeout, "half")
}

/// Takes longer than the deadline of the head, and never as long as the one of a pause.
fn slow(bench: &Bench) -> Finding {
    let read = read(bench, &dripping(), quick(1500).with_timeout(Duration::from_millis(700)))?;
    expect(read.end.is_ok() && read.bytes == b"aaaaaaaa", || {
        format!("{} bytes of 8, and an error", read.bytes.len())
    })
}

fn total(bench: &Bench) -> Finding {
    let limits = quick(1500).with_stream_timeout(Duration::from_millis(600));
    let read = read(bench, &dripping(), limits)?;
    let is_timeout = matches!(&read.end, Err(error) if error.kind() == TransportErrorKind::Timeout);
    expect(is_timeout && read.bytes.len() < 8, || "a whole body, too late".to_owned())
}

fn dripping() -> Server {
    beginning("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n", |stream| {
        for _ in 0..8 {
            thread::sleep(Duration::from_millis(150));
            let _ = stream.write_all(b"a");
        }
    })
}

fn silent(bench: &Bench) -> Finding {
    let limits = quick(5000).with_timeout(Duration::from_millis(400));
    let read = read(bench, &beginning("", hold), limits)?;
    fails(read, TransportErrorKind::Timeout, "")
}

fn short(bench: &Bench) -> Finding {
    cut(bench, &format!("Content-Length: 500\r\n\r\n{IN_REPLY}"))
}

fn chunks(bench: &Bench) -> Finding {
    let len = IN_REPLY.len();
    cut(bench, &format!("Transfer-Encoding: chunked\r\n\r\n{len:x}\r\n{IN_REPLY}\r\n"))
}

fn cut(bench: &Bench, rest: &str) -> Finding {
    let server = Server::answering(format!("HTTP/1.1 200 OK\r\n{rest}"));
    let read = read(bench, &server, quick(3000))?;
    let received = read.end.as_ref().err().and_then(TransportError::received);
    fails(read, TransportErrorKind::Interrupted, IN_REPLY)?;
    let expected = Some(IN_REPLY.len() as u64);
    expect(received == expected, || format!("{received:?} bytes, of {expected:?}"))
}

fn dropped(bench: &Bench) -> Finding {
    let is_left = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&is_left);
    let server = Server::start(move |_, stream| {
        let _ = stream.write_all(HALF.as_bytes());
        hold(stream);
        seen.store(true, Ordering::Release);
        After::Close
    });
    let request = server.get().map(RequestBody::from);
    let piece = bench.stream(PATIENCE, request, limits(PATIENCE), |response| {
        Box::pin(async move { first(response).await })
    })?;
    expect(piece.is_some(), || "no piece".to_owned())?;
    let closed = (0..30).any(|_| {
        thread::sleep(Duration::from_millis(100));
        is_left.load(Ordering::Acquire)
    });
    expect(closed, || "a connection that stays open".to_owned())
}

/// Sends a body and returns the error, if there is one.
fn upload(
    bench: &Bench,
    server: &Server,
    body: RequestBody,
    limits: Limits,
) -> Result<Option<TransportError>, String> {
    let request = server.request(Method::POST, Bytes::new()).map(|_| body);
    bench.stream(PATIENCE, request, limits, |response| Box::pin(async move { response.err() }))
}

fn pieces() -> RequestBody {
    RequestBody::iter(["ab", "c"].map(Ok::<_, std::io::Error>))
}

fn sized(bench: &Bench) -> Finding {
    let (length, encoding, body) = framing(bench, pieces().with_len(3))?;
    expect(length == ["3"] && encoding.is_empty() && body == b"abc", || {
        format!("lengths {length:?}, encodings {encoding:?}")
    })
}

fn unsized_stream(bench: &Bench) -> Finding {
    let (length, encoding, body) = framing(bench, pieces())?;
    let is_whole = body.ends_with(b"0\r\n\r\n");
    expect(length.is_empty() && encoding == ["chunked"] && is_whole, || {
        format!("lengths {length:?}, encodings {encoding:?}")
    })
}

type Framed = (Vec<String>, Vec<String>, Vec<u8>);

fn framing(bench: &Bench, body: RequestBody) -> Result<Framed, String> {
    let server = Server::answering(reply(200, "", ""));
    if let Some(error) = upload(bench, &server, body, quick(3000))? {
        return Err(format!("an error of the kind {:?}", error.kind()));
    }
    let requests = server.requests();
    let [request] = requests.as_slice() else {
        return Err(format!("{} requests", requests.len()));
    };
    let values = |name| request.values(name).into_iter().map(str::to_ascii_lowercase).collect();
    Ok((values("content-length"), values("transfer-encoding"), request.body.clone()))
}

/// Takes longer than the deadline, which begins again with each piece.
fn slow_upload(bench: &Bench) -> Finding {
    let server = Server::answering(reply(200, "", ""));
    let slow = (0..6).map(|_| {
        thread::sleep(Duration::from_millis(200));
        Ok::<_, std::io::Error>("a")
    });
    let limits = quick(3000).with_timeout(Duration::from_millis(900));
    match upload(bench, &server, RequestBody::iter(slow), limits)? {
        None => Ok(()),
        Some(error) => Err(format!("an error of the kind {:?}", error.kind())),
    }
}

fn failing(bench: &Bench) -> Finding {
    let half = || [Ok("half"), Err(std::io::Error::other("the disk is gone"))];
    aborted(bench, RequestBody::iter(half()))?;
    aborted(bench, RequestBody::stream(Failing(half().into_iter().collect())).with_len(400))
}

struct Failing(std::collections::VecDeque<Result<&'static str, std::io::Error>>);

impl Stream for Failing {
    type Item = Result<&'static str, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front())
    }
}

fn mismeasured(bench: &Bench) -> Finding {
    aborted(bench, pieces().with_len(4))?;
    aborted(bench, pieces().with_len(2))
}

/// Expects that the server never has a whole request.
fn aborted(bench: &Bench, body: RequestBody) -> Finding {
    let server = Server::answering(reply(200, "", ""));
    let error = upload(bench, &server, body, quick(3000))?;
    let n_requests = server.requests().len();
    expect(n_requests == 0, || "a request that the server takes for a whole one".to_owned())?;
    match error {
        Some(error) if error.kind() == TransportErrorKind::RequestBody => Ok(()),
        Some(error) => Err(format!("an error of the kind {:?}", error.kind())),
        None => Err("a response".to_owned()),
    }
}
