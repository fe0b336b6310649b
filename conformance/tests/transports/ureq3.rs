//! Special cases of `ureq`: settings that would break a duty, kinds of errors.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tamarack_conformance::transport_conformance;
use tamarack_runtime::blocking::block_on;
use tamarack_runtime::bytes::Bytes;
use tamarack_runtime::http::Request;
use tamarack_runtime::ureq3::Ureq3;
use tamarack_runtime::{Limits, Transport, TransportErrorKind};

#[test]
fn no_setting_breaks_a_duty() {
    let transport = Ureq3::adjusted(|config| {
        config
            .max_redirects(10)
            .http_status_as_error(true)
            .timeout_global(None)
            .accept_encoding("gzip")
            .user_agent("another/1")
            .https_only(true)
            .max_response_header_size(usize::MAX)
            .input_buffer_size(1024)
    });
    transport_conformance(Arc::new(transport), block_on).assert_kept();
}

fn failed_at(url: &str) -> TransportErrorKind {
    let request = Request::get(url).body(Bytes::new()).unwrap();
    let limits = Limits::default().with_timeout(Duration::from_secs(5));
    block_on(Ureq3::new().send(request, &limits)).unwrap_err().kind()
}

/// Serves one connection.
fn listen(serve: impl FnOnce(&mut TcpStream) + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || serve(&mut listener.accept().unwrap().0));
    address.to_string()
}

#[test]
fn nobody_listens() {
    // The address of a client that stays connected: no server of another test gets its port.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let address = client.local_addr().unwrap();
    for scheme in ["http", "https"] {
        assert_eq!(failed_at(&format!("{scheme}://{address}/")), TransportErrorKind::Connect);
    }
}

#[test]
fn a_server_without_tls() {
    let plain = listen(|stream| {
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        thread::sleep(Duration::from_secs(1));
    });
    let closes = listen(|stream| {
        // All of the first message, so that closing does not reset the connection.
        let _ = stream.set_read_timeout(Some(Duration::from_millis(200)));
        while stream.read(&mut [0; 1024]).is_ok_and(|n| n > 0) {}
    });
    for address in [plain, closes] {
        assert_eq!(failed_at(&format!("https://{address}/")), TransportErrorKind::Tls);
    }
}

/// The environment belongs to the whole process, so a child of this very test looks at it.
#[test]
fn a_machine_without_certificate_authorities() {
    const CHILD: &str = "TAMARACK_TEST_WITHOUT_AUTHORITIES";
    if std::env::var_os(CHILD).is_some() {
        let address = listen(|_| thread::sleep(Duration::from_secs(5)));
        assert_eq!(failed_at(&format!("https://{address}/")), TransportErrorKind::Tls);
        return;
    }
    let mut child = Command::new(std::env::current_exe().unwrap());
    let name = "ureq3::a_machine_without_certificate_authorities";
    child.args(["--exact", name]).env(CHILD, "1");
    child.env("SSL_CERT_FILE", "/nonexistent").env("SSL_CERT_DIR", "/nonexistent");
    let output = child.output().unwrap();
    let stdout = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && stdout.contains("1 passed"), "{stdout}");
}

#[test]
fn what_it_shows() {
    assert_eq!(format!("{:?}", Ureq3::default()), "Ureq3 { .. }");
}
