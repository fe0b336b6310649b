//! The rows that need sockets once more: neither their errors nor what this crate, `reqwest`, `hyper` and
//! `rustls` log at any level shows what was sent or what a server echoes.

use std::io::{Read as _, Write as _};
use std::sync::Arc;
use std::time::Duration;

use tamarack_runtime::Transport;
use tamarack_runtime::token::TokenError;

use crate::server::{Server, drip, free_address};
use crate::shown::{Hidden, forms, logs, parts, renderings};
use crate::token::source_over;

/// What the sources of these tests send.
const SECRET: &str = "s3cr3t~?>/of+~?>~the-tests";

/// What the server does with the connection of a token request.
type Fault = Box<dyn Fn() -> String + Send>;

fn answering(reply: String) -> Fault {
    Box::new(move || Server::answering(reply.clone()).url())
}

/// Each row with a text of the server's choice wherever a response has room for one.
fn faults(text: &str) -> Vec<(u8, Fault)> {
    let line = text.escape_default().to_string();
    let large = text.repeat(200);
    let sized = |status: &str, headers: &str, body: &str| {
        let length = body.len();
        answering(format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\n\r\n{body}"))
    };
    let head = |status: &str| format!("HTTP/1.1 {status}\r\nX-Echo: {line}\r\n");
    let error = format!(r#"{{"error":"invalid_client","error_description":{text:?}}}"#);
    let chunked = format!("{}Transfer-Encoding: chunked\r\n\r\n", head("200 OK"));
    let cut = format!("{}Content-Length: 5000\r\n\r\n{text}", head("200 OK"));
    let dripping = format!("{}Content-Length: 900\r\n\r\n{text}", head("200 OK"));
    let [lost, plain] = [cut.clone(), text.to_owned()];
    vec![
        (1, sized("307 Moved", &format!("Location: http://{line}@127.0.0.1:1/\r\n"), text)),
        (2, sized("302 Found", &format!("Location: //evil.example/?{line}\r\n"), text)),
        (4, sized("200 OK", &format!("Content-Type: text/html; x={line}\r\n"), text)),
        (5, sized("502 Bad Gateway", "Content-Type: text/html\r\n", text)),
        (8, sized(&format!("429 {line}"), "Retry-After: 3600\r\n", text)),
        (10, sized("401 Unauthorized", &format!("WWW-Authenticate: {line}\r\n"), &error)),
        (23, sized("200 OK", "", &format!(r#"{{"access_token":{text:?},"token_type":"mac"}}"#))),
        (28, answering(format!("{chunked}{:x}\r\n{large}\r\n", large.len()))),
        (29, sized("200 OK", "Content-Encoding: gzip\r\n", text)),
        (30, answering(cut)),
        (30, answering(format!("{chunked}{line}\r\n"))),
        (30, answering(format!("HTTP/1.1 200 OK\r\n{line}\r\n{line}: {line}\r\n\r\n"))),
        (30, answering(format!("{line}\r\n\r\n"))),
        (31, answering(String::new())),
        (31, Box::new(move || reset(lost.clone()))),
        (33, Box::new(move || drips(dripping.clone()))),
        (34, Box::new(|| format!("http://{}", free_address()))),
        (35, Box::new(move || no_tls(plain.clone()))),
    ]
}

/// Closes with unread bytes.
fn reset(reply: String) -> String {
    let server = Server::unread(move |stream| {
        let _ = stream.read_exact(&mut [0; 16]);
        let _ = stream.write_all(reply.as_bytes());
        std::thread::sleep(Duration::from_millis(20));
    });
    server.url()
}

fn drips(head: String) -> String {
    let server = Server::start(move |stream| {
        let _ = stream.write_all(head.as_bytes());
        drip(stream);
    });
    server.url()
}

fn no_tls(text: String) -> String {
    let server = Server::unread(move |stream| {
        let _ = stream.write_all(text.as_bytes());
    });
    format!("https://127.0.0.1:{}", server.port())
}

/// The failure of a read, and that of one right after it.
async fn failed(base_url: &str, transport: Arc<dyn Transport>) -> [TokenError; 2] {
    let source = source_over(base_url, transport);
    [source.token().await.unwrap_err(), source.token().await.unwrap_err()]
}

#[tokio::test]
async fn fault_53_neither_errors_nor_logs_of_the_wire() {
    logs::keep();
    let hidden = Hidden::new(&[SECRET]);
    // Reading the system's authorities takes a while, so once for all.
    let (transport, mut reads) = (crate::transport(), Vec::new());
    let parts = parts(SECRET).iter().map(|(_, text)| (*text).to_owned());
    for form in forms(SECRET).into_iter().chain(parts) {
        for (row, fault) in faults(&form) {
            // A drip takes a second, whatever it echoes.
            if row != 33 || form == SECRET {
                let transport = Arc::clone(&transport);
                reads.push(tokio::spawn(async move { (row, failed(&fault(), transport).await) }));
            }
        }
    }
    let mut n_texts = 0;
    for read in reads {
        let (row, errors) = read.await.unwrap();
        for shown in errors.iter().map(renderings) {
            assert!(shown.len() > 4, "row {row}");
            n_texts += shown.len();
            hidden.assert_absent(&shown);
        }
    }
    assert!(n_texts > 5_000, "{n_texts}");
    let lines = logs::lines();
    for target in ["TRACE ", "reqwest", "rustls", "tamarack_runtime::token"] {
        assert!(lines.iter().any(|line| line.contains(target)), "`{target}` logs nothing");
    }
    hidden.assert_absent(&lines);
}
