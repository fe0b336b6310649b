//! The body of a response that is read as it arrives, and which responses are.

use std::sync::{Arc, Mutex, PoisonError};

use http::{Response, StatusCode};

use super::raw::essence;
use crate::body::ResponseBody;

/// A body that the first of several clones takes.
#[derive(Clone)]
pub(super) struct Live(Arc<Mutex<Option<ResponseBody>>>);

impl Live {
    pub(super) fn new(body: ResponseBody) -> Self {
        Self(Arc::new(Mutex::new(Some(body))))
    }

    pub(super) fn take(&self) -> Option<ResponseBody> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// How a response is read.
#[derive(Clone, Copy)]
pub(crate) enum Reads {
    /// As a whole.
    Whole,
    /// As it arrives, if the function says so of its status and media type.
    Streamed(fn(StatusCode, Option<&str>) -> bool),
}

impl Reads {
    pub(crate) fn is_streamed<B>(self, response: &Response<B>) -> bool {
        match self {
            Self::Whole => false,
            Self::Streamed(is) => is(response.status(), essence(response.headers()).as_deref()),
        }
    }
}
