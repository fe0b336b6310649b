//! Bodies that need not be in memory as a whole: of requests, and of responses.

#[cfg(feature = "blocking")]
pub(crate) mod blocking;
mod concat;
#[cfg(any(feature = "_reqwest013", feature = "tower"))]
mod framed;
mod open;
mod reader;
mod request;
mod response;

use std::error::Error;
use std::pin::Pin;

use bytes::Bytes;
use futures_core::Stream;

pub use open::{BodyStream, Progress};
pub use request::{RequestBody, RequestBodyError};
pub use response::ResponseBody;

type BoxError = Box<dyn Error + Send + Sync>;

/// Pieces of a request body as the caller gives them.
type Pieces = Pin<Box<dyn Stream<Item = Result<Bytes, BoxError>> + Send>>;

#[cfg(test)]
mod tests;
