//! What a client tells of its calls, for logging and metrics: nothing of it is from a body or a header.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, Method, StatusCode};

use crate::transport::TransportErrorKind;

/// What a [`CallEvent`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CallEventKind {
    /// An attempt ended, with a response or without. Of a streamed response, its head has arrived.
    Attempt,
    /// The call ended with the outcome of its last attempt.
    End,
    /// The call was dropped before its end, and is sent no more.
    Dropped,
}

/// Something that happened to a call. It contains no URL, no header value, no body and no secret.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CallEvent<'a> {
    /// What the event is about.
    pub kind: CallEventKind,
    /// The `operationId`.
    pub operation: &'static str,
    /// The method.
    pub method: &'a Method,
    /// The path with the names of its parameters: `/pets/{id}`.
    pub path_template: &'static str,
    /// The attempt, counted from 1; at the end of a call, how many there were.
    pub attempt: u32,
    /// The time that the attempt took; at the end of a call, the time of all attempts and waits.
    pub elapsed: Duration,
    /// The status, if the head of a response arrived.
    pub status: Option<StatusCode>,
    /// How the attempt failed, if there is no complete response.
    pub error: Option<TransportErrorKind>,
    /// The size of the request body in bytes, if it is known.
    pub request_size: Option<u64>,
    /// The size of the response body in bytes, if it has arrived as a whole.
    pub response_size: Option<u64>,
    /// How long the call waits before its next attempt, if there is one.
    pub retry_in: Option<Duration>,
}

type Observer = dyn Fn(&CallEvent<'_>) + Send + Sync;
type Propagator = dyn Fn(&mut HeaderMap) + Send + Sync;

/// The functions of the caller that a client calls.
#[derive(Clone, Default)]
pub(crate) struct Hooks {
    pub(crate) observer: Option<Arc<Observer>>,
    pub(crate) propagator: Option<Arc<Propagator>>,
}

impl fmt::Debug for Hooks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hooks").finish_non_exhaustive()
    }
}
