//! Turns what a caller can bear into the bounds of one request.

use std::time::Duration;

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
