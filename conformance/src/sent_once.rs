//! Probes whether a request is sent more than once.

use std::io::Write as _;

use tamarack_runtime::TransportErrorKind;

use crate::bench::{Bench, Sent, expect};
use crate::server::{After, Server, reply};
use crate::{Duty, Finding, Probe};

pub(crate) const PROBES: &[Probe] = &[
    Probe { duty: Duty::SentOnce, name: "a reply that asks for another try", look: asked },
    Probe { duty: Duty::SentOnce, name: "a server that hangs up", look: hung_up },
    Probe { duty: Duty::SentOnce, name: "a kept connection that is closed", look: kept },
];

fn asked(bench: &Bench) -> Finding {
    for status in [408, 425, 429, 500, 502, 503, 504] {
        let server = Server::answering(reply(status, "Retry-After: 0\r\n", ""));
        let sent = bench.send(server.get());
        once(&server, &sent)?;
    }
    Ok(())
}

fn hung_up(bench: &Bench) -> Finding {
    for answer in
        ["", "HTTP/1.1 200 OK\r\nConte", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"]
    {
        let server = Server::answering(answer);
        for (n, request) in [server.get(), server.post()].into_iter().enumerate() {
            let sent = bench.send(request);
            let n_seen = server.requests().len();
            expect(n_seen == n + 1, || format!("{}, after {n_seen} requests", sent.describe()))?;
        }
    }
    Ok(())
}

/// Whether the server saw the request on a connection that had been used before is the transport's
/// matter; either way it sees each once.
fn kept(bench: &Bench) -> Finding {
    let server = Server::start(|n, stream| {
        if n > 0 {
            return After::Close;
        }
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        After::Keep
    });
    bench.send(server.get()).reply()?;
    let sent = bench.send(server.get());
    let n_seen = server.requests().len();
    expect(n_seen == 2, || format!("{}, after {n_seen} requests for 2", sent.describe()))?;
    sent.error(TransportErrorKind::Interrupted).map(drop)
}

fn once(server: &Server, sent: &Sent) -> Finding {
    let n_seen = server.requests().len();
    expect(n_seen == 1, || format!("{}, after {n_seen} requests", sent.describe()))
}
