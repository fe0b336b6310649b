//! The error of building a client.

use std::convert::Infallible;
use std::error::Error;
use std::fmt;

use crate::base_url::BaseUrlError;
use crate::plain_http::PlainHttpError;
use crate::token::TokenError;
use crate::transport::TransportError;

/// Why a client could not be built.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// The base URL is invalid.
    BaseUrl(BaseUrlError),
    /// The base URL, or that of a server, is plain http, and the client does not allow it.
    PlainHttp(PlainHttpError),
    /// No base URL is set, and the API has no default.
    NoBaseUrl,
    /// No transport is set, and no feature with a default transport is enabled.
    NoTransport,
    /// The user agent contains characters that cannot be sent.
    UserAgent,
    /// A default header has a name or a value that cannot be sent.
    Header {
        /// The header, if its name is valid.
        name: Option<Box<str>>,
    },
    /// A credential cannot work: the token URL or the client's secret, for example.
    Token(TokenError),
    /// The default transport could not be created.
    Transport(TransportError),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Header { name: Some(name) } => {
                return write!(f, "default header `{name}` has a value that cannot be sent");
            }
            Self::Header { name: None } => "default header has a name that cannot be sent",
            Self::BaseUrl(_) | Self::PlainHttp(_) => "base URL cannot be used",
            Self::NoBaseUrl => "client needs a base URL",
            Self::NoTransport => {
                "client needs a transport: set one, or turn on a feature that has one"
            }
            Self::UserAgent => "user agent has characters that cannot be sent",
            Self::Token(_) => "credential cannot be used",
            Self::Transport(_) => "transport could not be created",
        })
    }
}

impl Error for BuildError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::BaseUrl(error) => Some(error),
            Self::PlainHttp(error) => Some(error),
            Self::Token(error) => Some(error),
            Self::Transport(error) => Some(error),
            Self::NoBaseUrl | Self::NoTransport | Self::UserAgent | Self::Header { .. } => None,
        }
    }
}

impl From<BaseUrlError> for BuildError {
    fn from(error: BaseUrlError) -> Self {
        Self::BaseUrl(error)
    }
}

impl From<PlainHttpError> for BuildError {
    fn from(error: PlainHttpError) -> Self {
        Self::PlainHttp(error)
    }
}

impl From<TokenError> for BuildError {
    fn from(error: TokenError) -> Self {
        Self::Token(error)
    }
}

impl From<TransportError> for BuildError {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

impl From<Infallible> for BuildError {
    fn from(error: Infallible) -> Self {
        match error {}
    }
}
