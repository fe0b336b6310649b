//! Turns built requests into bytes on a socket and compares them.

use tamarack_runtime::http::Method;
use tamarack_runtime::{ClientCore, Credential, RequestBuilder, Scheme};

use crate::client;
use crate::server::Server;

const NO_CONTENT: &str = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";

async fn sent(
    method: Method,
    path: &str,
    add: impl FnOnce(&mut RequestBuilder),
) -> (String, String) {
    let server = Server::answering(NO_CONTENT);
    let credential = Credential::Basic { user: "Aladdin".into(), password: "open sesame".into() };
    let core: ClientCore = client(&server).credential(("login", credential)).build().unwrap();
    let mut request = core.request(method, path);
    add(&mut request);
    let reply = core.send(request.build().unwrap()).await.unwrap();
    assert_eq!(reply.status().as_u16(), 204);
    let requests = server.requests();
    let [request] = requests.as_slice() else { panic!("one request, not {requests:?}") };
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let (first, headers) = head.split_once("\r\n").unwrap();
    let mut headers: Vec<&str> =
        headers.split("\r\n").filter(|line| !line.starts_with("host: ")).collect();
    headers.sort_unstable();
    (format!("{first}\n{}", headers.join("\n")), body.to_owned())
}

#[tokio::test]
async fn a_get_has_no_body_and_asks_for_no_compression() {
    let (head, body) = sent(Method::GET, "/a%2Fb", |request| {
        request.query("q", &"x y/\u{e4}");
        request.accept("application/json");
        request.header("X-Version", &"2026-04");
        request.cookie("sid", &"abc");
        request.authorize(&[&[Scheme::Basic("login")]]);
    })
    .await;
    let expected = "GET /a%2Fb?q=x%20y%2F%C3%A4 HTTP/1.1\n\
        accept: application/json\n\
        authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\n\
        cookie: sid=abc\n\
        user-agent: wire-test/1\n\
        x-version: 2026-04";
    assert_eq!((head.as_str(), body.as_str()), (expected, ""));
}

#[tokio::test]
async fn a_post_has_the_length_of_its_body() {
    let (head, body) = sent(Method::POST, "/x", |request| {
        request.accept("*/*");
        request.json(&["\u{e4}"]);
    })
    .await;
    let expected = "POST /x HTTP/1.1\n\
        accept: */*\n\
        content-length: 6\n\
        content-type: application/json\n\
        user-agent: wire-test/1";
    assert_eq!((head.as_str(), body.as_str()), (expected, "[\"\u{e4}\"]"));
}

/// RFC 9110 section 8.6: a user agent should send the length 0 where the method expects content.
#[tokio::test]
async fn a_post_without_a_body_says_so() {
    let (head, body) = sent(Method::POST, "/x", |request| request.accept("*/*")).await;
    let expected = "POST /x HTTP/1.1\n\
        accept: */*\n\
        content-length: 0\n\
        user-agent: wire-test/1";
    assert_eq!((head.as_str(), body.as_str()), (expected, ""));
}

#[tokio::test]
async fn the_reply_to_head_has_a_length_and_no_body() {
    let server = Server::answering("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n");
    let core = client(&server).build().unwrap();
    let request = core.request(Method::HEAD, "/x").build().unwrap();
    let reply = core.send(request).await.unwrap();
    assert_eq!(reply.headers()["content-length"], "5000");
    assert!(reply.bytes().is_empty());
}

#[tokio::test]
async fn limits_without_an_end_are_limits() {
    let server = Server::answering("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");
    let builder = client(&server).timeout(std::time::Duration::MAX).max_body(usize::MAX);
    let core = builder.build().unwrap();
    let request = core.request(Method::GET, "/x").build().unwrap();
    assert_eq!(core.send(request).await.unwrap().bytes(), "x");
}
