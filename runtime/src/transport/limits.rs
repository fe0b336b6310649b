//! Turns what a caller can bear into the bounds of one request.

use std::time::Duration;

use http::HeaderMap;

use super::{TransportError, TransportErrorKind};

/// How many header lines a reply may have: 100.
///
/// It is what HTTP clients agree on, and the same for every transport: one more, and there is an error
/// of the kind [`TransportErrorKind::HeadTooLarge`](crate::TransportErrorKind::HeadTooLarge).
pub const MAX_HEADERS: usize = 100;

/// How many bytes the head of a reply may have: 64 KiB of header lines. As many at the most, and less
/// with some transports, may stand around its body: trailers, and the extensions of chunks.
pub const MAX_HEAD: usize = 64 * 1024;

/// How long a request may take and how large its reply may be.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// From the call to the last byte of the body; 30 seconds unless set.
    pub timeout: Duration,
    /// The bytes of a reply's body; 8 MiB unless set.
    pub max_body: usize,
}

impl Limits {
    /// Sets the total time of a request.
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets how many bytes a reply's body may have.
    pub fn with_max_body(mut self, max_body: usize) -> Self {
        self.max_body = max_body;
        self
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { timeout: Duration::from_secs(30), max_body: 8 * 1024 * 1024 }
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
