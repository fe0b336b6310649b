//! Turns the causes of an HTTP client's error into what can be told apart without naming its types.

use std::error::Error;
use std::io;

use super::TransportErrorKind;

/// Follows the causes. `io::Error` passes its content over as a cause, so that is looked at too.
pub(crate) fn causes<'a>(
    error: &'a (dyn Error + 'static),
) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(error.source(), |&cause| {
        let content = cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        content.map(|content| content as &(dyn Error + 'static)).or_else(|| cause.source())
    })
}

pub(crate) fn io_kinds(error: &(dyn Error + 'static)) -> impl Iterator<Item = io::ErrorKind> {
    causes(error).filter_map(|cause| Some(cause.downcast_ref::<io::Error>()?.kind()))
}

/// Returns the kind of an error while a connection was made. rustls reports its errors as invalid data,
/// a broken handshake as an unexpected end.
pub(crate) fn connect_kind(error: &(dyn Error + 'static)) -> TransportErrorKind {
    let is_tls = io_kinds(error)
        .any(|kind| matches!(kind, io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof));
    if is_tls { TransportErrorKind::Tls } else { TransportErrorKind::Connect }
}

/// Returns the kind of an error on a connection that stood.
pub(crate) fn exchange_kind(error: &(dyn Error + 'static)) -> TransportErrorKind {
    if io_kinds(error).next().is_some() || is_incomplete(error) {
        TransportErrorKind::Interrupted
    } else {
        TransportErrorKind::Other
    }
}

/// Whether the connection was closed before the head was complete. hyper has a type for it that cannot
/// be named without depending on hyper, so its wording has to do; a test holds on to it.
fn is_incomplete(error: &(dyn Error + 'static)) -> bool {
    causes(error).any(|cause| cause.to_string().contains("connection closed"))
}
