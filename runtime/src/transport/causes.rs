//! Classifies errors of HTTP clients by their causes, without naming the types of the clients.

use std::error::Error;
use std::io;

use super::TransportErrorKind;

/// Iterates over an error and its causes, including the content of an `io::Error`, which `source` skips.
pub(crate) fn causes<'a>(
    error: &'a (dyn Error + 'static),
) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&cause| {
        let content = cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        content.map(|content| content as &(dyn Error + 'static)).or_else(|| cause.source())
    })
}

pub(crate) fn io_kinds(error: &(dyn Error + 'static)) -> impl Iterator<Item = io::ErrorKind> {
    causes(error).filter_map(|cause| Some(cause.downcast_ref::<io::Error>()?.kind()))
}

/// Returns the kind of an error from before or after the connection was established.
#[cfg(feature = "tower")]
pub(crate) fn kind(error: &(dyn Error + 'static)) -> TransportErrorKind {
    if is_head_too_large(error) {
        return TransportErrorKind::HeadTooLarge;
    }
    match io_kinds(error).next() {
        Some(io::ErrorKind::TimedOut) => TransportErrorKind::Timeout,
        Some(io::ErrorKind::InvalidData) => TransportErrorKind::Tls,
        Some(
            io::ErrorKind::UnexpectedEof
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe,
        ) => TransportErrorKind::Interrupted,
        // Whatever else the system says, the failed look-up of a name too, which has no kind.
        Some(_) => TransportErrorKind::Connect,
        None => exchange_kind(error),
    }
}

/// Returns the kind of an error while a connection was made. rustls reports its errors as invalid data,
/// a broken handshake as an unexpected end.
#[cfg(feature = "reqwest013-own-tls")]
pub(crate) fn connect_kind(error: &(dyn Error + 'static)) -> TransportErrorKind {
    let is_tls = io_kinds(error)
        .any(|kind| matches!(kind, io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof));
    if is_tls || is_of_native_tls(error) {
        TransportErrorKind::Tls
    } else {
        TransportErrorKind::Connect
    }
}

/// Whether the TLS of the system refused the connection: its errors are none of I/O, as are only those of a proxy
/// beside them.
#[cfg(feature = "reqwest013-own-tls")]
fn is_of_native_tls(error: &(dyn Error + 'static)) -> bool {
    io_kinds(error).next().is_none() && !any_says(error, &["tunnel", "proxy"])
}

/// Returns the kind of an error on an established connection.
pub(crate) fn exchange_kind(error: &(dyn Error + 'static)) -> TransportErrorKind {
    if is_head_too_large(error) {
        TransportErrorKind::HeadTooLarge
    } else if is_unprocessed(error) {
        TransportErrorKind::Unprocessed
    } else if io_kinds(error).next().is_some() || is_incomplete(error) || is_reset(error) {
        TransportErrorKind::Interrupted
    } else {
        TransportErrorKind::Other
    }
}

/// Whether the connection was closed before the head was complete, or before the request was on it.
/// hyper has types for it that cannot be named without depending on hyper, so its wordings have to do;
/// tests hold on to them.
fn is_incomplete(error: &(dyn Error + 'static)) -> bool {
    const WORDINGS: [&str; 3] = ["connection closed", "connection was not ready", "channel closed"];
    any_says(error, &WORDINGS)
}

/// Whether the server says by HTTP/2 that it did nothing with the request (RFC 9113 §8.7): it refused the stream, or the
/// last stream that it looks at, named in a GOAWAY, is an earlier one; h2 ends no other with what that says. What the
/// server adds to a GOAWAY stands at the end of the message, where it is not looked at.
fn is_unprocessed(error: &(dyn Error + 'static)) -> bool {
    const REFUSED: &str = "stream error received: refused stream";
    any_begins(error, &[REFUSED, "connection error received: "])
}

/// Whether the server ended the stream of HTTP/2 for another reason, and may have done something.
fn is_reset(error: &(dyn Error + 'static)) -> bool {
    any_begins(error, &["stream error received: "])
}

fn any_begins(error: &(dyn Error + 'static), wordings: &[&str]) -> bool {
    causes(error).any(|cause| {
        let text = cause.to_string();
        wordings.iter().any(|wording| text.starts_with(wording))
    })
}

/// Whether hyper has read as much of a head, of trailers or of chunk extensions as it takes. Again its
/// wording has to do, and the transports' conformance holds on to it.
pub(crate) fn is_head_too_large(error: &(dyn Error + 'static)) -> bool {
    const WORDINGS: [&str; 4] = [
        "message head is too large",
        "chunk extensions over limit",
        "chunk trailers bytes over limit",
        "chunk trailers count overflow",
    ];
    any_says(error, &WORDINGS)
}

fn any_says(error: &(dyn Error + 'static), wordings: &[&str]) -> bool {
    causes(error).any(|cause| {
        let text = cause.to_string();
        wordings.iter().any(|wording| text.contains(wording))
    })
}
