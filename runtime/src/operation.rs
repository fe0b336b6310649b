//! The trait of operations: constant data, how parameters become a request, and how responses are
//! decoded.

mod body;
mod media;
mod outcomes;
mod paged;
mod streamed;

use http::{Method, StatusCode};

use crate::call::CallResult;
use crate::failure::{DeclaredErrors, Error};
use crate::reply::{RawReply, Reads};
use crate::request::{RequestBuilder, Scheme};
use crate::retry::DeclaredRetries;
use crate::server::DeclaredServer;

pub use body::{Binary, Empty, Json, Media, ReadBody, ReadSuccess, Text};
pub use media::{ReadAs, ResponseBodies};
pub use paged::{NextToken, PageToken, PagedOperation, next_page};
pub(crate) use streamed::EventFormat;
pub use streamed::{Events, Lines, NamedEvents, Streamed, TextEvents};

/// An operation of an API, with the values of its parameters.
///
/// Generated crates contain a struct for each operation. For an API without a document, implement the
/// trait by hand:
///
/// ```
/// use tamarack_runtime::http::Method;
/// use tamarack_runtime::{
///     Json, Operation, OperationInfo, RequestBuilder, Status, declared_errors,
/// };
///
/// #[derive(Clone, Debug)]
/// struct ListPets {
///     limit: Option<i32>,
/// }
///
/// impl Operation for ListPets {
///     type Success = Json<Vec<String>>;
///     type Error = ListPetsError;
///
///     const INFO: OperationInfo = OperationInfo {
///         id: "listPets",
///         method: Method::GET,
///         path: "/pets",
///         success: &[Status::Exact(200)],
///         accept: "application/json",
///         headers: &[],
///         security: &[],
///     };
///
///     fn request(&self, request: &mut RequestBuilder) {
///         request.query("limit", &self.limit);
///     }
/// }
///
/// declared_errors! {
///     /// The errors of [`ListPets`].
///     pub enum ListPetsError for "listPets" {
///         /// There are no pets here.
///         404 => NotFound(Empty<()>),
///     }
/// }
/// ```
pub trait Operation {
    /// How the body of a success is decoded: [`Json`], [`Text`], [`Binary`], [`Empty`], [`Media`];
    /// [`Events`], [`NamedEvents`], [`TextEvents`], [`Lines`] or [`Streamed`] as it arrives; or an enum
    /// made by [`outcomes!`](crate::outcomes).
    type Success: ReadSuccess;

    /// The declared errors: an enum made by [`declared_errors!`](crate::declared_errors).
    type Error: DeclaredErrors;

    /// The constant data of the operation.
    const INFO: OperationInfo;

    /// The data of the event that ends a stream of events, if it has one, such as `[DONE]`.
    const END: Option<&'static str> = None;

    /// The names of the events whose data is JSON, where events are read as a whole ([`NamedEvents`]).
    const JSON_EVENTS: &'static [&'static str] = &[];

    /// The server of the operation, if the document declares one other than the client's.
    const SERVER: Option<DeclaredServer> = None;

    /// When the operation may be sent again, beyond what HTTP says.
    const RETRIES: DeclaredRetries = DeclaredRetries::new();

    /// Adds the parameters and the request body to the request.
    fn request(&self, request: &mut RequestBuilder);
}

/// A reference is an operation, too, so that the caller can send it again.
impl<O: Operation> Operation for &O {
    type Success = O::Success;
    type Error = O::Error;

    const INFO: OperationInfo = O::INFO;
    const END: Option<&'static str> = O::END;
    const JSON_EVENTS: &'static [&'static str] = O::JSON_EVENTS;
    const SERVER: Option<DeclaredServer> = O::SERVER;
    const RETRIES: DeclaredRetries = O::RETRIES;

    fn request(&self, request: &mut RequestBuilder) {
        (**self).request(request);
    }
}

/// An operation whose success can also be read as a stream, in another media type than
/// [`Operation::Success`]: [`Call::stream`](crate::Call::stream) asks for it.
pub trait StreamOperation: Operation {
    /// How the body of the stream is decoded: [`Events`], [`NamedEvents`], [`TextEvents`] or [`Lines`].
    type Stream: ReadSuccess;

    /// The value of the `Accept` header.
    const STREAM_ACCEPT: &'static str;
}

impl<O: StreamOperation> StreamOperation for &O {
    type Stream = O::Stream;

    const STREAM_ACCEPT: &'static str = O::STREAM_ACCEPT;
}

/// The constant data of an operation.
#[derive(Clone, Debug)]
pub struct OperationInfo {
    /// The `operationId`.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path template, for example `/pets/{id}`. A query behind it is sent with each request.
    pub path: &'static str,
    /// The statuses that are a success.
    pub success: &'static [Status],
    /// The value of the `Accept` header.
    pub accept: &'static str,
    /// Headers with a constant value.
    pub headers: &'static [(&'static str, &'static str)],
    /// The alternative security requirements; see [`RequestBuilder::authorize`].
    pub security: &'static [&'static [Scheme]],
}

/// A declared status of a success.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// A single status: `200`.
    Exact(u16),
    /// All statuses that begin with this digit: `2XX`.
    Range(u8),
}

impl Status {
    /// Returns whether this covers a status.
    pub fn matches(self, status: u16) -> bool {
        match self {
            Self::Exact(exact) => exact == status,
            Self::Range(digit) => u16::from(digit) == status / 100,
        }
    }
}

/// Returns which responses to an operation are read as they arrive.
pub(crate) fn reads<O: Operation>() -> Reads {
    if O::Success::STREAMS { Reads::Streamed(is_streamed::<O>) } else { Reads::Whole }
}

fn is_streamed<O: Operation>(status: StatusCode, content_type: Option<&str>) -> bool {
    let status = status.as_u16();
    O::INFO.success.iter().any(|declared| declared.matches(status))
        && O::Success::is_streamed(status, content_type)
}

/// Decodes the response to an operation. Only the status decides between success and error, not the
/// body.
pub(crate) fn read<O: Operation>(raw: RawReply) -> CallResult<O> {
    let status = raw.status().as_u16();
    if O::INFO.success.iter().any(|declared| declared.matches(status)) {
        let format = EventFormat { end: O::END, json: O::JSON_EVENTS };
        return O::Success::read(raw.with_events(format)).map_err(Error::Undecodable);
    }
    Err(O::Error::read(raw))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_a_hundred_statuses() {
        let matching = |status: Status| -> Vec<u16> {
            (100..600).filter(|&number| status.matches(number)).collect()
        };
        assert_eq!(matching(Status::Exact(204)), [204]);
        assert_eq!(matching(Status::Range(2)), (200..300).collect::<Vec<_>>());
        assert_eq!(matching(Status::Range(4)), (400..500).collect::<Vec<_>>());
    }
}
