//! Why a request could not be read as a webhook; never with a part of the request.

use std::error::Error;
use std::fmt;

use http::Method;

use crate::reply::DecodeError;

/// Why a request could not be read as a webhook. Neither `Debug` nor `Display` shows a part of the request.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum WebhookError {
    /// It has another method.
    Method {
        /// The declared method.
        expected: Method,
    },
    /// Its body has another media type.
    MediaType {
        /// The declared media type.
        expected: &'static str,
    },
    /// A required header is absent, or the value of a header is none of its type.
    Header {
        /// The name of the header.
        name: &'static str,
    },
    /// A required parameter of the query is absent, or the value of one is none of its type.
    Query {
        /// The name of the parameter.
        name: &'static str,
    },
    /// Its body is not what is declared.
    Body(DecodeError),
}

impl fmt::Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Method { expected } => write!(f, "the webhook has the method {expected}"),
            Self::MediaType { expected } => write!(f, "the webhook has a body of `{expected}`"),
            Self::Header { name } => {
                write!(f, "the header `{name}` of the webhook is absent or not of its type")
            }
            Self::Query { name } => {
                write!(
                    f,
                    "the query parameter `{name}` of the webhook is absent or not of its type"
                )
            }
            Self::Body(error) => write!(f, "the body of the webhook is {error}"),
        }
    }
}

impl Error for WebhookError {}
