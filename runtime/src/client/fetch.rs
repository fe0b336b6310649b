//! The error of fetching what a response leads to.

use std::error::Error;
use std::fmt;

use crate::transport::TransportError;

/// Why a URL could not be fetched. It does not show the URL, which may hold a signature.
#[derive(Debug)]
#[non_exhaustive]
pub enum FetchError {
    /// The URL is none, is relative, has a user, or is neither `https` nor `http`; nothing was sent.
    Url,
    /// The request failed.
    Transport(TransportError),
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url => f.write_str("not an absolute URL without a user"),
            Self::Transport(error) => error.fmt(f),
        }
    }
}

impl Error for FetchError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Url => None,
            Self::Transport(error) => error.source(),
        }
    }
}
