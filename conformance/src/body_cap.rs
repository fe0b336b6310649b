//! Probes how much is read of bodies that are, or claim to be, larger than allowed.

use std::io::Write as _;

use tamarack_runtime::{TransportError, TransportErrorKind};

use crate::bench::{Bench, MAX_BODY, Sent, expect};
use crate::server::{After, Server, flooded, hold};
use crate::{Duty, Finding, Probe};

pub(crate) const PROBES: &[Probe] = &[
    Probe { duty: Duty::BodyCap, name: "a body at the cap", look: at_the_cap },
    Probe { duty: Duty::BodyCap, name: "a chunked body without end", look: endless_chunks },
    Probe { duty: Duty::BodyCap, name: "a body of no length without end", look: endless },
    Probe { duty: Duty::BodyCap, name: "a huge length", look: huge },
    Probe { duty: Duty::BodyCap, name: "a length that lies", look: lying },
];

const CHUNKED: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
const CLOSED: &str = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";
const PIECE: usize = 64 * 1024;
const LYING: &str = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n";

fn at_the_cap(bench: &Bench) -> Finding {
    for len in [MAX_BODY, MAX_BODY + 1] {
        let body = "x".repeat(len);
        let sized = format!("HTTP/1.1 200 OK\r\nContent-Length: {len}\r\n\r\n{body}");
        for answer in [sized, format!("{CHUNKED}{len:x}\r\n{body}\r\n0\r\n\r\n")] {
            let sent = bench.send(Server::answering(answer).get());
            if len <= MAX_BODY {
                let reply = sent.reply()?;
                expect(reply.body().len() == len, || "a body that was cut".to_owned())?;
            } else {
                too_large(sent)?;
            }
        }
    }
    Ok(())
}

fn endless_chunks(bench: &Bench) -> Finding {
    flooded(bench, CHUNKED, chunk(), too_large)
}

fn endless(bench: &Bench) -> Finding {
    flooded(bench, CLOSED, "x".repeat(PIECE), too_large)
}

fn lying(bench: &Bench) -> Finding {
    // RFC 9112 section 6.3: an error, or the chunks count.
    flooded(bench, LYING, chunk(), |sent| match sent {
        Sent::Failed(error) => capped(&error),
        other => Err(other.describe()),
    })
}

fn huge(bench: &Bench) -> Finding {
    let server = Server::start(|_, stream| {
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 1099511627776\r\n\r\n";
        let _ = stream.write_all(head.as_bytes());
        let _ = stream.write_all(&[b'x'; MAX_BODY + 1]);
        hold(stream);
        After::Close
    });
    too_large(bench.send(server.get()))
}

fn too_large(sent: Sent) -> Finding {
    capped(&sent.error(TransportErrorKind::BodyTooLarge)?)
}

/// What an error carries is no larger than what a response may be.
fn capped(error: &TransportError) -> Finding {
    let len = error.partial().map_or(0, |reply| reply.bytes().len());
    expect(len <= MAX_BODY, || format!("an error that carries {len} bytes"))
}

fn chunk() -> String {
    format!("{PIECE:x}\r\n{}\r\n", "x".repeat(PIECE))
}
