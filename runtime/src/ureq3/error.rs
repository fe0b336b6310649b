//! Converts errors of `ureq` into errors that show neither URL nor body.

use std::io;

use ureq::Error;

use super::metered;
use crate::transport::{TransportError, TransportErrorKind};

/// An error before the head of the response had arrived.
pub(super) fn of_head(error: Error, is_secure: bool) -> TransportError {
    let kind = match &error {
        Error::Timeout(_) => TransportErrorKind::Timeout,
        Error::HostNotFound
        | Error::ConnectionFailed
        | Error::ConnectProxyFailed(_)
        | Error::InvalidProxyUrl => TransportErrorKind::Connect,
        Error::Tls(_) | Error::Rustls(_) | Error::Pem(_) | Error::TlsRequired => {
            TransportErrorKind::Tls
        }
        Error::LargeResponseHeader(..) => TransportErrorKind::HeadTooLarge,
        // It has a type for it that is not exported; the transport's conformance holds on to the words.
        Error::Protocol(error) if error.to_string().contains("too many headers") => {
            TransportErrorKind::HeadTooLarge
        }
        Error::Io(error) if metered::is_too_large(error) => TransportErrorKind::HeadTooLarge,
        Error::Io(error) => io_kind(error, is_secure),
        _ => TransportErrorKind::Other,
    };
    with_harmless_source(kind, error)
}

/// An error while the body was read.
pub(super) fn of_body(error: io::Error) -> TransportError {
    let error = Error::from(error);
    let kind = match &error {
        Error::Timeout(_) => TransportErrorKind::Timeout,
        Error::Io(error) if metered::is_too_large(error) => TransportErrorKind::HeadTooLarge,
        _ => TransportErrorKind::Interrupted,
    };
    with_harmless_source(kind, error)
}

fn io_kind(error: &io::Error, is_secure: bool) -> TransportErrorKind {
    match error.kind() {
        io::ErrorKind::TimedOut => TransportErrorKind::Timeout,
        // rustls reports its errors as invalid data, a broken handshake as an end without a word.
        io::ErrorKind::InvalidData if is_secure => TransportErrorKind::Tls,
        io::ErrorKind::UnexpectedEof if is_secure && error.get_ref().is_none() => {
            TransportErrorKind::Tls
        }
        io::ErrorKind::UnexpectedEof
        | io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::BrokenPipe => TransportErrorKind::Interrupted,
        // Whatever else the system says, the failed look-up of a name too, which has no kind.
        _ => TransportErrorKind::Connect,
    }
}

/// Keeps the causes that come from the system or from TLS.
fn with_harmless_source(kind: TransportErrorKind, error: Error) -> TransportError {
    let acc = TransportError::new(kind);
    match error {
        Error::Io(error) => acc.with_source(error),
        Error::Rustls(error) => acc.with_source(error),
        Error::Tls(text) => acc.with_source(text),
        Error::Timeout(timeout) => acc.with_source(Error::Timeout(timeout)),
        Error::HostNotFound => acc.with_source(Error::HostNotFound),
        _ => acc,
    }
}
