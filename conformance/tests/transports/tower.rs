//! What `TowerTransport` enforces around a service that misbehaves.

use std::convert::Infallible;
use std::error::Error;
use std::fmt;
use std::future::{Ready, ready};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use http_body_util::Full;
use tamarack_runtime::blocking::block_on;
use tamarack_runtime::bytes::Bytes;
use tamarack_runtime::http::{Request, Response};
use tamarack_runtime::tower::TowerTransport;
use tamarack_runtime::{Limits, Transport, TransportError, TransportErrorKind};

/// Answers at once with what the closure makes.
#[derive(Clone)]
struct Canned<F>(F);

impl<F, R, E> tower_service::Service<Request<Full<Bytes>>> for Canned<F>
where
    F: Fn() -> Result<Response<R>, E>,
{
    type Response = Response<R>;
    type Error = E;
    type Future = Ready<Result<Response<R>, E>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), E>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request<Full<Bytes>>) -> Self::Future {
        ready((self.0)())
    }
}

fn send(transport: &dyn Transport) -> Result<Response<Bytes>, TransportError> {
    let request = Request::get("https://example.com/path").body(Bytes::new()).unwrap();
    let limits = Limits::default().with_timeout(Duration::from_millis(300)).with_max_body(10);
    block_on(transport.send(request, &limits))
}

/// A body that is always ready with another empty piece.
struct Busy;

impl http_body::Body for Busy {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Infallible>>> {
        Poll::Ready(Some(Ok(http_body::Frame::data(Bytes::new()))))
    }
}

#[test]
fn a_body_that_is_always_busy_meets_the_deadline() {
    let start = Instant::now();
    let service = Canned(|| Ok::<_, Infallible>(Response::new(Busy)));
    let error = send(&TowerTransport::new(service)).unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Timeout);
    assert_eq!(error.partial().unwrap().status(), 200);
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

/// An error that shows what it must not.
#[derive(Debug)]
struct Talkative(io::ErrorKind);

impl fmt::Display for Talkative {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("https://example.com/path")
    }
}

impl Error for Talkative {}

#[derive(Debug)]
struct Wrapped(io::Error);

impl fmt::Display for Wrapped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("https://example.com/path")
    }
}

impl Error for Wrapped {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}

#[test]
fn kinds_are_told_and_words_are_not() {
    for (kind, expected) in [
        (io::ErrorKind::ConnectionRefused, TransportErrorKind::Connect),
        (io::ErrorKind::InvalidData, TransportErrorKind::Tls),
        (io::ErrorKind::ConnectionReset, TransportErrorKind::Interrupted),
        (io::ErrorKind::TimedOut, TransportErrorKind::Timeout),
    ] {
        let service = Canned(move || {
            let words = "https://example.com/path";
            Err::<Response<Full<Bytes>>, _>(Wrapped(io::Error::new(kind, words)))
        });
        let error = send(&TowerTransport::new(service)).unwrap_err();
        assert_eq!(error.kind(), expected, "{kind:?}");
        let source = error.source().unwrap();
        assert!(!format!("{error:?} {source} {source:?}").contains("example"), "{error:?}");
    }
}

#[test]
fn who_knows_the_errors_of_a_service_is_asked_first() {
    let service =
        || Canned(|| Err::<Response<Full<Bytes>>, _>(Talkative(io::ErrorKind::ConnectionRefused)));
    let error = send(&TowerTransport::new(service())).unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Other);
    let transport = TowerTransport::new(service()).kind(|error| {
        let known = error.downcast_ref::<Talkative>()?;
        (known.0 == io::ErrorKind::ConnectionRefused).then_some(TransportErrorKind::Connect)
    });
    let error = send(&transport).unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Connect);
    assert!(!format!("{error:?}").contains("example"), "{error:?}");
}
