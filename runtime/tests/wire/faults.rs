//! Turns faults of servers and networks into errors of the right kind, with what had arrived.

use std::io::{Read as _, Write as _};
use std::process::Command;
use std::time::{Duration, Instant};

use tamarack_runtime::http::Method;
use tamarack_runtime::reqwest013::Reqwest013;
use tamarack_runtime::{BuildError, ClientBuilder, ClientCore, TransportError, TransportErrorKind};

use crate::server::{Server, drip, free_address};
use crate::{get, transport};

/// Returns status and body of what had arrived.
fn partial(error: &TransportError) -> Option<(u16, &[u8])> {
    error.partial().map(|reply| (reply.status().as_u16(), reply.bytes().as_ref()))
}

/// Sends `GET /x` and expects it to fail well before a server that never ends would.
async fn failed(server: &Server) -> TransportError {
    let start = Instant::now();
    let error = get(server).await.unwrap_err();
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    error
}

#[tokio::test]
async fn redirects_are_replies() {
    for status in [301, 302, 303, 307, 308] {
        let target = Server::answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        for location in [target.url(), target.url().replace("http:", ""), "/y".to_owned()] {
            let server = Server::answering(format!(
                "HTTP/1.1 {status} Moved\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n"
            ));
            let reply = get(&server).await.unwrap();
            assert_eq!(reply.status().as_u16(), status);
            assert_eq!(reply.headers()["location"], *location);
            assert_eq!(server.requests().len(), 1);
        }
        assert_eq!(target.requests().len(), 0);
    }
}

#[tokio::test]
async fn a_silent_server_times_out() {
    let server = Server::start(|_| std::thread::sleep(Duration::from_secs(30)));
    let error = failed(&server).await;
    assert_eq!((error.kind(), partial(&error)), (TransportErrorKind::Timeout, None));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_dripping_head_times_out() {
    let server = Server::start(|stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\nX: ").unwrap();
        drip(stream);
    });
    let error = failed(&server).await;
    assert_eq!((error.kind(), partial(&error)), (TransportErrorKind::Timeout, None));
}

#[tokio::test]
async fn a_dripping_body_times_out() {
    let server = Server::start(|stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n").unwrap();
        drip(stream);
    });
    let error = failed(&server).await;
    assert_eq!(error.kind(), TransportErrorKind::Timeout);
    let (status, bytes) = partial(&error).unwrap();
    assert_eq!(status, 200);
    assert!((5..=11).contains(&bytes.len()), "{} bytes in a second", bytes.len());
}

#[tokio::test]
async fn an_endless_body_is_cut_at_the_cap() {
    let server = Server::start(|stream| {
        stream.write_all(b"HTTP/1.1 502 Bad\r\nTransfer-Encoding: chunked\r\n\r\n").unwrap();
        while stream.write_all(b"a\r\n0123456789\r\n").is_ok() {}
    });
    let error = failed(&server).await;
    assert_eq!(error.kind(), TransportErrorKind::BodyTooLarge);
    assert_eq!(partial(&error), Some((502, "0123456789".repeat(100).as_bytes())));
}

#[tokio::test]
async fn the_cap_is_the_last_length_that_passes() {
    for (len, is_ok) in [(1000, true), (1001, false)] {
        let body = "x".repeat(len);
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {len}\r\n\r\n");
        let result = get(&Server::answering(head + &body)).await;
        assert_eq!(result.is_ok(), is_ok, "{result:?}");
    }
}

#[tokio::test]
async fn a_truncated_body_keeps_status_and_bytes() {
    let bytes = "x".repeat(58);
    let sized = format!("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{bytes}");
    let chunked = format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3a\r\n{bytes}\r\n");
    for reply in [sized, chunked] {
        let error = failed(&Server::answering(reply)).await;
        assert_eq!(error.kind(), TransportErrorKind::Interrupted);
        assert_eq!(partial(&error), Some((200, bytes.as_bytes())));
    }
}

#[tokio::test]
async fn a_connection_lost_before_the_head() {
    let no_reply = Server::start(|_| ());
    let half_head = Server::answering("HTTP/1.1 200 OK\r\nContent-");
    // Closing with unread bytes resets the connection.
    let reset = Server::unread(|_| std::thread::sleep(Duration::from_millis(100)));
    for server in [no_reply, half_head, reset] {
        let error = failed(&server).await;
        let expected = (TransportErrorKind::Interrupted, None);
        assert_eq!((error.kind(), partial(&error)), expected, "{error:?}");
        assert!(server.requests().len() <= 1);
    }
}

#[tokio::test]
async fn a_reply_that_is_not_http() {
    let error = failed(&Server::answering("HELLO WORLD\r\n\r\n")).await;
    assert_eq!(error.kind(), TransportErrorKind::Other, "{error:?}");
}

#[tokio::test]
async fn compressed_bytes_stay_as_they_are() {
    // The first bytes of a gzip stream; a client that inflates would fail on them.
    let mut reply =
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n".to_vec();
    reply.extend_from_slice(b"\x1f\x8b\x08\x00");
    let server = Server::answering(reply);
    assert_eq!(get(&server).await.unwrap().bytes().as_ref(), b"\x1f\x8b\x08\x00");
    assert!(!server.requests()[0].contains("accept-encoding"));
}

async fn failed_at(base_url: String) -> TransportError {
    let builder = ClientBuilder::<ClientCore>::new("wire-test/1").base_url(base_url);
    let core = builder.shared_transport(transport()).build().unwrap();
    let request = core.request(Method::GET, "/x").build().unwrap();
    core.send(request).await.unwrap_err()
}

#[tokio::test]
async fn nobody_listens() {
    for scheme in ["http", "https"] {
        let error = failed_at(format!("{scheme}://{}", free_address())).await;
        assert_eq!(error.kind(), TransportErrorKind::Connect, "{error:?}");
    }
}

#[tokio::test]
async fn a_server_without_tls() {
    let plain = Server::unread(|stream| {
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        std::thread::sleep(Duration::from_secs(1));
    });
    let closes = Server::unread(|stream| {
        // All of the first message, so that closing does not reset the connection.
        let _ = stream.set_read_timeout(Some(Duration::from_millis(200)));
        while stream.read(&mut [0; 1024]).is_ok_and(|n| n > 0) {}
    });
    for server in [plain, closes] {
        let error = failed_at(format!("https://127.0.0.1:{}", server.port())).await;
        assert_eq!(error.kind(), TransportErrorKind::Tls, "{error:?}");
    }
}

/// The environment belongs to the whole process, so a child of this very test looks at it.
#[test]
fn a_machine_without_certificate_authorities() {
    const CHILD: &str = "TAMARACK_TEST_WITHOUT_AUTHORITIES";
    if std::env::var_os(CHILD).is_some() {
        let error = Reqwest013::new().unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Tls);
        let builder = ClientBuilder::<ClientCore>::new("x").base_url("https://a.example");
        assert!(matches!(builder.build().unwrap_err(), BuildError::Transport(_)));
        return;
    }
    let mut child = Command::new(std::env::current_exe().unwrap());
    let name = "faults::a_machine_without_certificate_authorities";
    child.args(["--exact", name]).env(CHILD, "1");
    child.env("SSL_CERT_FILE", "/nonexistent").env("SSL_CERT_DIR", "/nonexistent");
    let output = child.output().unwrap();
    let stdout = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && stdout.contains("1 passed"), "{stdout}");
}
