//! Probes whether requests and responses pass unchanged.

use tamarack_runtime::bytes::Bytes;
use tamarack_runtime::http::header::{HeaderName, SET_COOKIE};
use tamarack_runtime::http::{HeaderValue, Method};

use crate::bench::{Bench, expect};
use crate::server::{IN_HEADER, IN_REPLY, IN_REQUEST, Server, reply};
use crate::{Duty, Finding, Probe};

pub(crate) const PROBES: &[Probe] = &[
    Probe { duty: Duty::AsItIs, name: "every method, with and without a body", look: methods },
    Probe { duty: Duty::AsItIs, name: "path, query and headers", look: head },
    Probe { duty: Duty::AsItIs, name: "a large body of any bytes", look: large },
    Probe { duty: Duty::AsItIs, name: "replies of every shape", look: replies },
    Probe { duty: Duty::StatusIsNoError, name: "replies of every status", look: statuses },
];

fn methods(bench: &Bench) -> Finding {
    for (method, body) in [
        (Method::GET, ""),
        (Method::POST, IN_REQUEST),
        (Method::POST, ""),
        (Method::PUT, IN_REQUEST),
        (Method::PATCH, IN_REQUEST),
        (Method::DELETE, ""),
        (Method::DELETE, IN_REQUEST),
        (Method::OPTIONS, ""),
        (Method::HEAD, ""),
    ] {
        let server = Server::answering(reply(200, "", ""));
        bench.send(server.request(method.clone(), body)).reply()?;
        let requests = server.requests();
        let [request] = requests.as_slice() else {
            return Err(format!("{method}: {} requests", requests.len()));
        };
        let is_same = request.method == method.as_str() && request.body == body.as_bytes();
        expect(is_same, || format!("{method}: another method or body"))?;
        let is_chunked = !request.values("transfer-encoding").is_empty();
        expect(!is_chunked, || format!("{method}: a body without its length"))?;
    }
    Ok(())
}

fn head(bench: &Bench) -> Finding {
    let server = Server::answering(reply(200, "", ""));
    // Nothing of it may be decoded, encoded or put in order.
    let target = "/a%2Fb/%7Euser;v=1/%C3%A9?z=1&a=%20+x&a=%26&empty=&e";
    let mut request = server.get();
    *request.uri_mut() = format!("{}{target}", server.origin()).parse().expect("a valid URI");
    for value in ["one", "two"] {
        let value = HeaderValue::from_static(value);
        request.headers_mut().append(HeaderName::from_static("x-twice"), value);
    }
    bench.send(request).reply()?;
    let requests = server.requests();
    let [request] = requests.as_slice() else { return Err("not one request".to_owned()) };
    expect(request.target == target, || format!("the target `{}`", request.target))?;
    expect(request.values("x-twice") == ["one", "two"], || "a header less".to_owned())?;
    expect(request.values("authorization") == [IN_HEADER], || "no `authorization`".to_owned())?;
    let host = server.origin().replace("http://", "");
    expect(request.values("host") == [host], || "another `host`".to_owned())
}

fn large(bench: &Bench) -> Finding {
    let bytes: Vec<u8> = (0..=255).cycle().take(300_000).collect();
    let server = Server::answering(reply(200, "", ""));
    bench.send(server.request(Method::POST, Bytes::from(bytes.clone()))).reply()?;
    let is_same = server.requests().first().is_some_and(|it| it.body == bytes);
    expect(is_same, || "another body".to_owned())
}

fn replies(bench: &Bench) -> Finding {
    let len = IN_REPLY.len();
    for (answer, body) in [
        (reply(200, "Set-Cookie: a=1\r\nSet-Cookie: b=2\r\n", IN_REPLY), IN_REPLY),
        (
            format!(
                "HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n\
                 Transfer-Encoding: chunked\r\n\r\n{len:x};x=y\r\n{IN_REPLY}\r\n0\r\nX-Sum: 1\r\n\r\n"
            ),
            IN_REPLY,
        ),
        // Its end is the end of the connection.
        (
            format!("HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n\r\n{IN_REPLY}"),
            IN_REPLY,
        ),
        ("HTTP/1.1 204 No\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n\r\n".to_owned(), ""),
    ] {
        let reply = bench.send(Server::answering(answer).get()).reply()?;
        expect(reply.body() == body, || format!("a body of {} bytes", reply.body().len()))?;
        let n_cookies = reply.headers().get_all(SET_COOKIE).iter().count();
        expect(n_cookies == 2, || format!("{n_cookies} of 2 headers of one name"))?;
    }
    let head_only = "HTTP/1.1 200 OK\r\nContent-Length: 500\r\nConnection: close\r\n\r\n";
    let request = Server::answering(head_only);
    let reply = bench.send(request.request(Method::HEAD, Bytes::new())).reply()?;
    expect(reply.body().is_empty(), || "a reply to HEAD with a body".to_owned())
}

fn statuses(bench: &Bench) -> Finding {
    for status in [201, 299, 304, 400, 401, 403, 404, 409, 418, 422, 429, 499, 500, 501, 503, 599] {
        let body = if status == 304 { "" } else { IN_REPLY };
        let reply = bench.send(Server::answering(reply(status, "", body)).get());
        let reply = reply.reply().map_err(|found| format!("{status}: {found}"))?;
        let is_same = reply.status() == status && reply.body() == body;
        expect(is_same, || format!("{status}: another status or body"))?;
    }
    Ok(())
}
