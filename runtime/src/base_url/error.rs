//! The error of an invalid base URL, which names the fault but not the URL.

use std::error::Error;
use std::fmt;

/// Why a text is not a [`BaseUrl`](super::BaseUrl). It shows no part of the text, which may contain a
/// password.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BaseUrlError {
    /// It is not `scheme://…`.
    Relative,
    /// The scheme is neither `https` nor `http`.
    Scheme,
    /// The scheme is `http`, and the host is neither this machine nor on a private network.
    PlainHttp,
    /// There is a user name or a password before the host.
    UserInfo,
    /// The host is neither a host name nor an address.
    Host,
    /// The port is not 1 to 65535.
    Port,
    /// The path has a character that needs percent-encoding, or a segment `.` or `..`.
    Path,
    /// There is a query.
    Query,
    /// There is a fragment.
    Fragment,
    /// The braces of the template do not match.
    Template,
    /// The template has a variable without a value.
    MissingVariable {
        /// The variable.
        name: Box<str>,
    },
    /// The value of a variable is not allowed at its position.
    Variable {
        /// The variable.
        name: Box<str>,
        /// The values that are allowed there.
        expected: &'static str,
    },
}

impl BaseUrlError {
    /// Returns what is wrong with a URL, to be said after what sort of URL it is.
    pub(crate) fn fault(&self) -> &'static str {
        match self {
            Self::Relative => "is not absolute: it needs a scheme and a host",
            Self::Scheme => "has a scheme other than `https` and `http`",
            Self::PlainHttp => {
                "has the scheme `http`, which is for this machine and private networks only"
            }
            Self::UserInfo => "has a user name or a password in it",
            Self::Host => "has an invalid host",
            Self::Port => "has an invalid port",
            Self::Path => "has an invalid path",
            Self::Query => "has a query",
            Self::Fragment => "has a fragment",
            Self::Template => "is a template whose braces do not match",
            Self::MissingVariable { .. } => "has no value for a variable",
            Self::Variable { .. } => "has a variable whose value does not fit its place",
        }
    }
}

impl fmt::Display for BaseUrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingVariable { name } => {
                write!(f, "base URL has no value for its variable `{name}`")
            }
            Self::Variable { name, expected } => {
                write!(f, "base URL variable `{name}` must be {expected}")
            }
            other => write!(f, "base URL {}", other.fault()),
        }
    }
}

impl Error for BaseUrlError {}
