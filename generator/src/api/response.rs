//! The responses of the model.

use super::{Content, LeftOver, TypeRef};
use crate::pointer::Pointer;

/// A declared response.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// The status or range.
    pub status: StatusPattern,
    /// What the document says about it.
    pub description: String,
    /// The supported media types, in the order of the document; empty when
    /// the response has no documented body.
    pub contents: Vec<Content>,
    /// The documented headers.
    pub headers: Vec<ResponseHeader>,
    /// The place.
    pub pointer: Pointer,
    /// What the document says of it and the model does not express.
    pub left_over: Vec<LeftOver>,
}

/// A status, a range of them, or all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatusPattern {
    /// One status, for example 404.
    Exact(u16),
    /// A range of statuses: 4 means `4XX`.
    Range(u8),
    /// All that are not declared otherwise.
    Default,
}

impl StatusPattern {
    /// Returns whether every status of the pattern is a success (2xx).
    pub fn is_success(self) -> bool {
        match self {
            Self::Exact(status) => (200..300).contains(&status),
            Self::Range(hundred) => hundred == 2,
            Self::Default => false,
        }
    }
}

/// A documented header of a response.
#[derive(Clone, Debug, PartialEq)]
pub struct ResponseHeader {
    /// The name.
    pub name: String,
    /// Whether it is always there.
    pub required: bool,
    /// The type.
    pub ty: TypeRef,
    /// What the document says about it.
    pub description: Option<String>,
    /// The place.
    pub pointer: Pointer,
    /// What the document says of it and the model does not express.
    pub left_over: Vec<LeftOver>,
}
