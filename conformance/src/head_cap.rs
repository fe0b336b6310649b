//! Probes how much is read of heads, trailers and chunk extensions of many sizes.

use std::io::Write as _;
use std::thread;
use std::time::Duration;

use tamarack_runtime::http::HeaderName;
use tamarack_runtime::{MAX_HEAD, MAX_HEADERS, TransportErrorKind};

use crate::bench::{Bench, Sent, expect, limits};
use crate::server::{After, IN_REPLY, Server, drip, flooded};
use crate::{Duty, Finding, Probe};

pub(crate) const PROBES: &[Probe] = &[
    Probe { duty: Duty::AsItIs, name: "what may surround a body", look: around },
    Probe { duty: Duty::AsItIs, name: "as many headers as allowed", look: many },
    Probe { duty: Duty::AsItIs, name: "a head as large as allowed", look: large },
    Probe { duty: Duty::HeadCap, name: "more headers than allowed", look: too_many },
    Probe { duty: Duty::HeadCap, name: "a head larger than allowed", look: too_large },
    Probe { duty: Duty::HeadCap, name: "a status line without end", look: status_line },
    Probe { duty: Duty::HeadCap, name: "a header without end", look: header },
    Probe { duty: Duty::HeadCap, name: "headers without end", look: headers },
    Probe { duty: Duty::HeadCap, name: "a trailer without end", look: trailer },
    Probe { duty: Duty::HeadCap, name: "trailers without end", look: trailers },
    Probe { duty: Duty::HeadCap, name: "a chunk extension without end", look: extension },
    Probe { duty: Duty::TotalDeadline, name: "a chunk size without end", look: size },
    Probe { duty: Duty::TotalDeadline, name: "informational replies without end", look: early },
    Probe { duty: Duty::TotalDeadline, name: "a trailer that drips", look: dripping_trailer },
    Probe { duty: Duty::TotalDeadline, name: "a chunk extension that drips", look: dripping_size },
];

const CHUNKED: &str = "HTTP/1.1 203 Partly\r\nTransfer-Encoding: chunked\r\n\r\n";
/// A body of one byte, but for the empty line at its end.
const WHOLE: &str = "HTTP/1.1 203 Partly\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n";
const PIECE: usize = 64 * 1024;

fn around(bench: &Bench) -> Finding {
    let early = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n";
    let (len, trailer) = (IN_REPLY.len(), "x".repeat(1024));
    let body = format!("{len:x};a=b\r\n{IN_REPLY}\r\n0;c\r\nX-Sum: {trailer}\r\nX-Two: 2\r\n\r\n");
    let answer = format!("{early}{early}{CHUNKED}{body}");
    let reply = bench.send(Server::answering(answer).get()).reply()?;
    expect(reply.status() == 203 && reply.body() == IN_REPLY, || "another reply".to_owned())
}

/// A response with so many header lines in all.
fn with_headers(n_headers: usize) -> String {
    let more: Vec<_> = (2..n_headers).map(|n| format!("X-{n}: {n}\r\n")).collect();
    let more = more.concat();
    format!("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n{more}\r\n")
}

fn many(bench: &Bench) -> Finding {
    for n_headers in [MAX_HEADERS - 1, MAX_HEADERS] {
        let sent = bench.send(Server::answering(with_headers(n_headers)).get());
        let reply = sent.reply().map_err(|found| format!("{n_headers} headers: {found}"))?;
        let is_there = |n: usize| {
            let value = reply.headers().get(format!("x-{n}"));
            value.is_some_and(|value| value == n.to_string().as_str())
        };
        expect((2..n_headers).all(is_there), || format!("{n_headers} headers: fewer came"))?;
    }
    Ok(())
}

fn too_many(bench: &Bench) -> Finding {
    for n_headers in [MAX_HEADERS + 1, 10 * MAX_HEADERS, 100 * MAX_HEADERS] {
        let sent = bench.send(Server::answering(with_headers(n_headers)).get());
        capped(sent).map_err(|found| format!("{n_headers} headers: {found}"))?;
    }
    Ok(())
}

/// A response with a header of this many bytes.
fn with_header(len: usize) -> String {
    let value = "x".repeat(len);
    format!("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\nX-Long: {value}\r\n\r\n")
}

fn large(bench: &Bench) -> Finding {
    let len = MAX_HEAD - 1024;
    let reply = bench.send(Server::answering(with_header(len)).get()).reply()?;
    let value = reply.headers().get(HeaderName::from_static("x-long"));
    expect(value.is_some_and(|value| value.len() == len), || "a header that was cut".to_owned())
}

fn too_large(bench: &Bench) -> Finding {
    for len in [MAX_HEAD + 1, 4 * MAX_HEAD, 16 * MAX_HEAD] {
        let sent = bench.send(Server::answering(with_header(len)).get());
        capped(sent).map_err(|found| format!("{len} bytes: {found}"))?;
    }
    Ok(())
}

fn status_line(bench: &Bench) -> Finding {
    flooded(bench, "HTTP/1.1 200 ", "x".repeat(PIECE), capped)
}

fn header(bench: &Bench) -> Finding {
    flooded(bench, "HTTP/1.1 200 OK\r\nX: ", "x".repeat(PIECE), capped)
}

fn headers(bench: &Bench) -> Finding {
    flooded(bench, "HTTP/1.1 200 OK\r\n", "X: x\r\n".repeat(PIECE / 6), capped)
}

fn trailer(bench: &Bench) -> Finding {
    flooded(bench, &format!("{WHOLE}X: "), "x".repeat(PIECE), capped)
}

fn trailers(bench: &Bench) -> Finding {
    flooded(bench, WHOLE, "X: x\r\n".repeat(PIECE / 6), capped)
}

fn extension(bench: &Bench) -> Finding {
    flooded(bench, &format!("{CHUNKED}1;"), "x".repeat(PIECE), capped)
}

/// They may be capped as well.
fn early(bench: &Bench) -> Finding {
    ends_in_time(bench, "", "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(100))
}

/// A number that may begin with as many zeros as one likes.
fn size(bench: &Bench) -> Finding {
    ends_in_time(bench, CHUNKED, "0".repeat(PIECE / 16))
}

/// Sends a piece again and again until the client leaves.
fn ends_in_time(bench: &Bench, start: &str, piece: String) -> Finding {
    let start = start.to_owned();
    let server = Server::start(move |_, stream| {
        let _ = stream.write_all(start.as_bytes());
        while stream.write_all(piece.as_bytes()).is_ok() {
            // The rest of the machine has something to do as well.
            thread::sleep(Duration::from_millis(1));
        }
        After::Close
    });
    let sent = bench.send_within(server.get(), limits(Duration::from_millis(400)));
    match sent {
        Sent::Failed(error) => match error.kind() {
            TransportErrorKind::Timeout
            | TransportErrorKind::HeadTooLarge
            | TransportErrorKind::Interrupted => Ok(()),
            kind => Err(format!("an error of the kind {kind:?}")),
        },
        other => Err(other.describe()),
    }
}

fn dripping_trailer(bench: &Bench) -> Finding {
    times_out(bench, &format!("{WHOLE}X: "))
}

fn dripping_size(bench: &Bench) -> Finding {
    times_out(bench, &format!("{CHUNKED}1;"))
}

fn times_out(bench: &Bench, start: &str) -> Finding {
    let start = start.to_owned();
    let server = Server::start(move |_, stream| {
        let _ = stream.write_all(start.as_bytes());
        thread::sleep(Duration::from_millis(50));
        drip(stream);
        After::Close
    });
    let sent = bench.send_within(server.get(), limits(Duration::from_millis(400)));
    sent.error(TransportErrorKind::Timeout).map(drop)
}

fn capped(sent: Sent) -> Finding {
    sent.error(TransportErrorKind::HeadTooLarge).map(drop)
}
