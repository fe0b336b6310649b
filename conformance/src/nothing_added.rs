//! Probes what a transport adds to requests, and what it removes from responses.

use std::io::Write as _;

use tamarack_runtime::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING};

use crate::bench::{Bench, expect};
use crate::server::{AGENT, After, Server, reply};
use crate::{Duty, Finding, Probe};

pub(crate) const PROBES: &[Probe] = &[
    Probe { duty: Duty::NothingAdded, name: "headers of three requests", look: headers },
    Probe { duty: Duty::NoDecompression, name: "a request", look: accept_encoding },
    Probe { duty: Duty::NoDecompression, name: "a compressed body", look: compressed },
];

/// What would name the caller or another request.
const NAMING: [&str; 9] = [
    "cookie",
    "cookie2",
    "referer",
    "origin",
    "from",
    "via",
    "forwarded",
    "x-forwarded-for",
    "proxy-authorization",
];

fn headers(bench: &Bench) -> Finding {
    let server = Server::start(|n, stream| {
        let status = if n == 1 { 302 } else { 200 };
        let headers = "Set-Cookie: a=b; Path=/\r\nLocation: /elsewhere\r\n";
        let _ = stream.write_all(reply(status, headers, "").as_bytes());
        After::Close
    });
    for _ in 0..3 {
        let mut request = server.get();
        request.headers_mut().remove("authorization");
        bench.send(request).reply()?;
    }
    for request in server.requests() {
        for name in NAMING.into_iter().chain(["authorization"]) {
            expect(request.values(name).is_empty(), || format!("the header `{name}`"))?;
        }
        let agents = request.values("user-agent");
        expect(agents == [AGENT], || format!("{} user agents, or another", agents.len()))?;
    }
    Ok(())
}

fn accept_encoding(bench: &Bench) -> Finding {
    let server = Server::answering(reply(200, "", ""));
    bench.send(server.get()).reply()?;
    let requests = server.requests();
    let added = requests.iter().any(|it| !it.values(ACCEPT_ENCODING.as_str()).is_empty());
    expect(!added, || "the header `accept-encoding`".to_owned())
}

/// `hello`, as gzip stores what it does not compress.
const GZIP: [u8; 28] = [
    0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 5, 0, 0xfa, 0xff, b'h', b'e', b'l', b'l', b'o', 0x86,
    0xa6, 0x10, 0x36, 5, 0, 0, 0,
];

fn compressed(bench: &Bench) -> Finding {
    for encoding in ["gzip", "deflate", "br", "zstd"] {
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\nContent-Type: text/plain\r\n\
             Content-Length: {}\r\n\r\n",
            GZIP.len()
        );
        let server = Server::answering([head.as_bytes(), &GZIP].concat());
        let reply = bench.send(server.get()).reply().map_err(|it| format!("{encoding}: {it}"))?;
        expect(reply.body() == &GZIP[..], || format!("{encoding}: a body of other bytes"))?;
        let kept = reply.headers().get(CONTENT_ENCODING).is_some_and(|it| it == encoding);
        expect(kept, || format!("{encoding}: no header `content-encoding` any more"))?;
    }
    Ok(())
}
