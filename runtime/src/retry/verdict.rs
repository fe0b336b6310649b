//! Whether the outcome of an attempt may be followed by another one.

use std::time::{Duration, SystemTime};

use http::Request;

use super::{DeclaredRetries, is_key_header};
use crate::body::RequestBody;
use crate::reply::RawReply;
use crate::transport::{TransportError, TransportErrorKind};

/// Whether a request may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeatable {
    /// Never: its body is a stream that is gone.
    Never,
    /// If nothing of it was sent, or the server says that it did nothing: it may have been carried out otherwise.
    Unsent,
    /// Always: its method is idempotent (RFC 9110 section 9.2.2), or declared so, or it has an idempotency key.
    Always,
}

impl Repeatable {
    pub(crate) fn of(request: &Request<RequestBody>, declared: &DeclaredRetries) -> Self {
        let is_key = |name: &str| {
            is_key_header(name)
                || declared.key_header.is_some_and(|it| it.eq_ignore_ascii_case(name))
        };
        if !request.body().is_repeatable() {
            Self::Never
        } else if declared.idempotent.unwrap_or(request.method().is_idempotent())
            || request.headers().keys().any(|name| is_key(name.as_str()))
        {
            Self::Always
        } else {
            Self::Unsent
        }
    }

    /// Returns how long the server asks to wait at least, if another attempt may follow.
    pub(crate) fn after(
        self,
        sent: &Result<RawReply, TransportError>,
        declared: &DeclaredRetries,
        now: SystemTime,
    ) -> Option<Duration> {
        match sent {
            Ok(reply) => {
                let retry_after = reply.retry_after_at(now);
                let may = self == Self::Always && is_transient(reply, retry_after, declared);
                may.then_some(retry_after.unwrap_or_default())
            }
            Err(error) => {
                let may = match error.kind() {
                    TransportErrorKind::Connect | TransportErrorKind::Unprocessed => {
                        self != Self::Never
                    }
                    TransportErrorKind::Interrupted => self == Self::Always,
                    // Of a timeout there is no time left. Whatever else there is will be there again; a
                    // source of tokens has its own retries.
                    _ => false,
                };
                may.then_some(Duration::ZERO)
            }
        }
    }
}

/// Whether a status says that the request may succeed later. Whatever a server refuses with a time in
/// `Retry-After` is such a one, too.
fn is_transient(
    reply: &RawReply,
    retry_after: Option<Duration>,
    declared: &DeclaredRetries,
) -> bool {
    match reply.status().as_u16() {
        408 | 429 | 502..=504 => true,
        status if declared.statuses.contains(&status) => true,
        status => status >= 400 && retry_after.is_some(),
    }
}
