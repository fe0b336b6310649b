//! Probes whether redirects are followed.

use tamarack_runtime::bytes::Bytes;
use tamarack_runtime::http::Method;
use tamarack_runtime::http::header::LOCATION;

use crate::bench::{Bench, expect};
use crate::server::{IN_REQUEST, Server, reply};
use crate::{Duty, Finding, Probe};

pub(crate) const PROBES: &[Probe] = &[
    Probe { duty: Duty::NoRedirect, name: "a GET is sent elsewhere", look: get },
    Probe { duty: Duty::NoRedirect, name: "a POST is sent elsewhere", look: post },
];

fn get(bench: &Bench) -> Finding {
    redirected(bench, &Method::GET, "")
}

fn post(bench: &Bench) -> Finding {
    redirected(bench, &Method::POST, IN_REQUEST)
}

fn redirected(bench: &Bench, method: &Method, body: &'static str) -> Finding {
    for status in [301, 302, 303, 307, 308] {
        let target = Server::answering(reply(200, "", ""));
        let absolute = format!("{}/elsewhere", target.origin());
        let without_scheme = absolute.replace("http:", "");
        for location in [absolute.as_str(), &without_scheme, "/elsewhere"] {
            let server = Server::answering(reply(status, &format!("Location: {location}\r\n"), ""));
            let sent =
                bench.send(server.request(method.clone(), Bytes::from_static(body.as_bytes())));
            let n_target = target.requests().len();
            expect(n_target == 0, || {
                format!("{status}: the other origin saw {n_target} requests")
            })?;
            let n_own = server.requests().len();
            expect(n_own == 1, || format!("{status}: the server saw {n_own} requests"))?;
            let reply = sent.reply().map_err(|found| format!("{status}: {found}"))?;
            let kept = reply.headers().get(LOCATION).is_some_and(|it| it == location);
            expect(reply.status() == status && kept, || {
                format!("{status}: a reply of status {}", reply.status().as_u16())
            })?;
        }
    }
    Ok(())
}
