//! The limits of a request: timeout and sizes.

use std::time::Duration;

use http::HeaderMap;

use super::{TransportError, TransportErrorKind};

/// The maximum number of header lines of a response: 100.
///
/// Most HTTP clients have this limit, and it is the same for every transport. One more is an error of the
/// kind [`TransportErrorKind::HeadTooLarge`](crate::TransportErrorKind::HeadTooLarge).
pub const MAX_HEADERS: usize = 100;

/// The maximum size of the head of a response: 64 KiB of header lines. Trailers and chunk extensions have
/// the same limit, or a lower one with some transports.
pub const MAX_HEAD: usize = 64 * 1024;

/// The timeout of a request and the maximum size of its response.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The time from the call to the last byte of the body; 30 seconds by default.
    ///
    /// Of a response that is streamed, it is the time to the end of its head. It begins again whenever the
    /// connection takes a piece of a streamed request body, so it does not limit the time of an upload that
    /// advances.
    pub timeout: Duration,
    /// The maximum size of a response body in bytes; 8 MiB by default. Of a response that is streamed, it is
    /// the maximum size of one item, such as an event or a line.
    pub max_body: usize,
    /// How long to wait for the next bytes of a streamed response; 60 seconds by default. Only the time that
    /// the caller waits counts.
    pub idle_timeout: Duration,
    /// The time from the call to the last byte of a streamed response; without limit by default.
    pub stream_timeout: Option<Duration>,
}

impl Limits {
    /// Sets the total timeout of a request.
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the maximum size of a response body in bytes.
    pub fn with_max_body(mut self, max_body: usize) -> Self {
        self.max_body = max_body;
        self
    }

    /// Sets how long to wait for the next bytes of a streamed response.
    pub fn with_idle_timeout(mut self, timeout: Duration) -> Self {
        self.idle_timeout = timeout;
        self
    }

    /// Sets the total timeout of a streamed response.
    pub fn with_stream_timeout(mut self, timeout: Duration) -> Self {
        self.stream_timeout = Some(timeout);
        self
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(30),
            max_body: 8 * 1024 * 1024,
            idle_timeout: Duration::from_secs(60),
            stream_timeout: None,
        }
    }
}

/// Refuses a head that is larger than allowed.
pub(crate) fn check_head(headers: &HeaderMap) -> Result<(), TransportError> {
    // The colon, a space and the end of the line.
    let line = |name: &http::HeaderName, value: &http::HeaderValue| {
        name.as_str().len() + value.len() + ": \r\n".len()
    };
    let n_bytes: usize = headers.iter().map(|(name, value)| line(name, value)).sum();
    if headers.len() > MAX_HEADERS || n_bytes > MAX_HEAD {
        return Err(TransportError::new(TransportErrorKind::HeadTooLarge));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn lines_and_their_bytes_are_counted() {
        let filled = |n_headers: usize, len: usize| {
            let mut headers = HeaderMap::new();
            for _ in 0..n_headers {
                headers.append("x-a", HeaderValue::from_str(&"v".repeat(len)).unwrap());
            }
            check_head(&headers).map_err(|error| error.kind())
        };
        // A line of 7 bytes around its value.
        for (n_headers, len, is_ok) in [
            (0, 0, true),
            (100, 0, true),
            (101, 0, false),
            (1, 65_529, true),
            (1, 65_530, false),
            (64, 1_017, true),
            (65, 1_017, false),
        ] {
            let expected = if is_ok { Ok(()) } else { Err(TransportErrorKind::HeadTooLarge) };
            assert_eq!(filled(n_headers, len), expected, "{n_headers} of {len}");
        }
    }
}
