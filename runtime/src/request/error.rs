//! The error of a request that cannot be built, which names the parameter but not its value.

use std::error::Error;
use std::fmt;

use crate::base_url::BaseUrlError;
use crate::plain_http::PlainHttpError;

/// Why a request could not be built. Nothing was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RequestError {
    /// A path parameter is missing, empty, `.` or `..`, or has no JSON form.
    PathParameter {
        /// The parameter.
        name: Box<str>,
    },
    /// A query parameter has no JSON form.
    QueryParameter {
        /// The parameter.
        name: Box<str>,
    },
    /// A value is not an object whose properties are scalars, which is all that the style of the parameter
    /// has a form for.
    ParameterShape {
        /// The parameter.
        name: Box<str>,
    },
    /// A value of a list contains the delimiter of its style (`spaceDelimited`, `pipeDelimited`), which
    /// cannot escape it.
    QueryDelimiter {
        /// The parameter.
        name: Box<str>,
    },
    /// A header has a value that cannot be sent: control or non-ASCII characters, blanks at its
    /// ends, or, in a list, a comma inside a value.
    Header {
        /// The header.
        name: Box<str>,
    },
    /// A header name is invalid.
    HeaderName,
    /// A cookie has a name or a value that cannot be sent.
    Cookie {
        /// The cookie.
        name: Box<str>,
    },
    /// The body cannot be encoded in its media type.
    Body {
        /// The media type.
        media_type: Box<str>,
    },
    /// The body is a stream, and the request was to be built with its bytes.
    Streamed,
    /// A property of a form or multipart body cannot be written: it is not a value of its style, has the
    /// delimiter of a list inside a value, is a file that is not text in a form, or has an invalid header.
    FormField {
        /// The field.
        name: Box<str>,
    },
    /// The operation needs credentials that the client does not have.
    MissingCredential {
        /// The security schemes of which one or more would have been needed.
        schemes: Vec<&'static str>,
    },
    /// A credential is empty or has characters that cannot be sent.
    Credential {
        /// The security scheme.
        scheme: &'static str,
    },
    /// The server that the operation has of its own has no URL that requests can be sent to. Set one by
    /// [`ClientBuilder::server`](crate::ClientBuilder::server).
    Server {
        /// The URL as the document declares it.
        url: &'static str,
        /// What is wrong with it.
        error: BaseUrlError,
    },
    /// The request would go over plain http, which the client does not allow.
    PlainHttp(PlainHttpError),
    /// The path is invalid, or path and query together are too long.
    Url,
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PathParameter { name } => {
                write!(f, "path parameter `{name}` is missing, empty, `.` or `..`")
            }
            Self::QueryParameter { name } => write!(f, "query parameter `{name}` has no JSON form"),
            Self::ParameterShape { name } => {
                write!(
                    f,
                    "parameter `{name}` has a list or an object where its style has no form for it"
                )
            }
            Self::QueryDelimiter { name } => {
                write!(
                    f,
                    "query parameter `{name}` has a value that holds the delimiter of its list"
                )
            }
            Self::Header { name } => write!(f, "header `{name}` has a value that cannot be sent"),
            Self::HeaderName => f.write_str("header has a name that cannot be sent"),
            Self::Cookie { name } => {
                write!(f, "cookie `{name}` has a name or a value that cannot be sent")
            }
            Self::Body { media_type } => write!(f, "body cannot be written as `{media_type}`"),
            Self::Streamed => f.write_str("body is a stream, which is not in memory"),
            Self::FormField { name } => {
                write!(f, "property `{name}` of the body cannot be written in its style")
            }
            Self::MissingCredential { schemes } => {
                f.write_str("client has no credential for ")?;
                for (n, scheme) in schemes.iter().enumerate() {
                    let separator = if n == 0 { "" } else { ", " };
                    write!(f, "{separator}`{scheme}`")?;
                }
                Ok(())
            }
            Self::Credential { scheme } => {
                write!(
                    f,
                    "credential for `{scheme}` is empty or has characters that cannot be sent"
                )
            }
            Self::Server { url, error } => {
                write!(f, "server `{url}` cannot be used: {error}")
            }
            Self::PlainHttp(error) => fmt::Display::fmt(error, f),
            Self::Url => f.write_str("request URL is invalid or too long"),
        }
    }
}

impl Error for RequestError {}
