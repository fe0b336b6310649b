//! Probes whether the deadline holds with slow servers.

use std::io::Write as _;
use std::thread;
use std::time::Duration;

use tamarack_runtime::TransportErrorKind;
use tamarack_runtime::bytes::Bytes;
use tamarack_runtime::http::Method;

use crate::bench::{Bench, expect, limits};
use crate::server::{After, Server, drip, hold, reply};
use crate::{Duty, Finding, Probe};

pub(crate) const PROBES: &[Probe] = &[
    Probe { duty: Duty::TotalDeadline, name: "a silent server", look: silent },
    Probe { duty: Duty::TotalDeadline, name: "a head that drips", look: dripping_head },
    Probe { duty: Duty::TotalDeadline, name: "a body that drips", look: dripping_body },
    Probe { duty: Duty::TotalDeadline, name: "a body that stops", look: stopping_body },
    Probe { duty: Duty::TotalDeadline, name: "a server that does not read", look: unread },
    Probe { duty: Duty::TotalDeadline, name: "a late reply, in time", look: late },
];

fn silent(bench: &Bench) -> Finding {
    times_out(bench, b"", hold)
}

fn dripping_head(bench: &Bench) -> Finding {
    times_out(bench, b"HTTP/1.1 200 OK\r\nX: ", drip)
}

fn dripping_body(bench: &Bench) -> Finding {
    times_out(bench, b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n", drip)
}

fn stopping_body(bench: &Bench) -> Finding {
    times_out(bench, b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nhalf", hold)
}

fn times_out(bench: &Bench, start: &'static [u8], then: fn(&mut std::net::TcpStream)) -> Finding {
    let server = Server::start(move |_, stream| {
        let _ = stream.write_all(start);
        then(stream);
        After::Close
    });
    let sent = bench.send_within(server.get(), limits(Duration::from_millis(400)));
    sent.error(TransportErrorKind::Timeout).map(drop)
}

/// More than the buffers of a connection hold, so that sending comes to a halt.
const LARGE: usize = 32 * 1024 * 1024;

fn unread(bench: &Bench) -> Finding {
    let server = Server::unread(|_| thread::sleep(Duration::from_secs(6)));
    let request = server.request(Method::POST, Bytes::from(vec![b'x'; LARGE]));
    let sent = bench.send_within(request, limits(Duration::from_millis(700)));
    sent.error(TransportErrorKind::Timeout).map(drop)
}

fn late(bench: &Bench) -> Finding {
    let server = Server::start(|_, stream| {
        thread::sleep(Duration::from_millis(200));
        for byte in reply(200, "", "late").bytes() {
            let _ = stream.write_all(&[byte]);
            thread::sleep(Duration::from_millis(2));
        }
        After::Close
    });
    let reply = bench.send(server.get()).reply()?;
    expect(reply.body() == "late", || "a reply with another body".to_owned())
}
