//! Probes whether truncated responses become errors with what had arrived.

use std::io::{Read as _, Write as _};
use std::thread;
use std::time::Duration;

use tamarack_runtime::TransportErrorKind;

use crate::bench::{Bench, Sent, expect};
use crate::server::{After, IN_REPLY, Server};
use crate::{Duty, Finding, Probe};

pub(crate) const PROBES: &[Probe] = &[
    Probe { duty: Duty::ShortBody, name: "fewer bytes than the length", look: short },
    Probe { duty: Duty::ShortBody, name: "chunks without their end", look: chunks },
    Probe { duty: Duty::ShortBody, name: "a chunk without its end", look: half_a_chunk },
    Probe { duty: Duty::ShortBody, name: "a reset within the body", look: reset },
    Probe { duty: Duty::ShortBody, name: "a reset before the head", look: early_reset },
    Probe { duty: Duty::ShortBody, name: "a head without its end", look: no_head },
    Probe { duty: Duty::SilentErrors, name: "a reply that is not HTTP", look: no_http },
];

fn short(bench: &Bench) -> Finding {
    with_partial(bench, &format!("Content-Length: 500\r\n\r\n{IN_REPLY}"))
}

fn chunks(bench: &Bench) -> Finding {
    let len = IN_REPLY.len();
    with_partial(bench, &format!("Transfer-Encoding: chunked\r\n\r\n{len:x}\r\n{IN_REPLY}\r\n"))
}

fn half_a_chunk(bench: &Bench) -> Finding {
    with_partial(bench, &format!("Transfer-Encoding: chunked\r\n\r\n1f4\r\n{IN_REPLY}"))
}

fn with_partial(bench: &Bench, rest: &str) -> Finding {
    let server = Server::answering(format!("HTTP/1.1 203 Partly\r\n{rest}"));
    let error = bench.send(server.get()).error(TransportErrorKind::Interrupted)?;
    let Some(partial) = error.partial() else {
        return Err("an error without the reply's head".to_owned());
    };
    expect(partial.status() == 203 && partial.bytes() == IN_REPLY, || {
        format!(
            "an error with status {} and {} bytes, of {}",
            partial.status().as_u16(),
            partial.bytes().len(),
            IN_REPLY.len()
        )
    })
}

fn reset(bench: &Bench) -> Finding {
    let server = Server::unread(|stream| {
        let _ = stream.read(&mut [0; 16]);
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhalf");
        // To close with unread bytes is to reset.
        thread::sleep(Duration::from_millis(200));
    });
    bench.send(server.get()).error(TransportErrorKind::Interrupted).map(drop)
}

fn early_reset(bench: &Bench) -> Finding {
    // At once is often before the request is on the connection.
    for wait in [0, 0, 0, 0, 100] {
        let server = Server::unread(move |_| thread::sleep(Duration::from_millis(wait)));
        bench.send(server.get()).error(TransportErrorKind::Interrupted)?;
    }
    Ok(())
}

fn no_head(bench: &Bench) -> Finding {
    for answer in ["", "HTTP/1.1 200 OK\r\nContent-"] {
        let server = Server::answering(answer);
        let error = bench.send(server.post()).error(TransportErrorKind::Interrupted)?;
        expect(error.partial().is_none(), || "an error with a reply that never came".to_owned())?;
    }
    Ok(())
}

/// Any error will do, as long as it shows nothing.
fn no_http(bench: &Bench) -> Finding {
    let garbled = Server::start(|_, stream| {
        let _ = stream.write_all(format!("{IN_REPLY}\r\n\r\n").as_bytes());
        After::Close
    });
    let in_header = format!("HTTP/1.1 200 OK\r\n{IN_REPLY}\r\nContent-Length: 0\r\n\r\n");
    for server in [garbled, Server::answering(in_header)] {
        match bench.send(server.post()) {
            Sent::Failed(_) => {}
            other => return Err(other.describe()),
        }
    }
    Ok(())
}
