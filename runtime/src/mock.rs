//! A transport for tests: it expects calls and answers them, without a network.
//!
//! ```
//! # use tamarack_runtime::{Call, ClientBuilder, ClientCore, Json, Operation, OperationInfo, RequestBuilder, Status};
//! # use tamarack_runtime::{declared_errors, http::Method, mock::Mock};
//! # #[derive(Clone)]
//! # struct GetPet(&'static str);
//! # impl Operation for GetPet {
//! #     type Success = Json<u64>;
//! #     type Error = GetPetError;
//! #     const INFO: OperationInfo = OperationInfo {
//! #         id: "getPet", method: Method::GET, path: "/pets/{id}", success: &[Status::Exact(200)],
//! #         accept: "application/json", headers: &[], security: &[],
//! #     };
//! #     fn request(&self, request: &mut RequestBuilder) { request.path("id", &self.0); }
//! # }
//! # declared_errors! { pub enum GetPetError for "getPet" {} }
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mock = Mock::new();
//! let client: ClientCore = ClientBuilder::new("example/1")
//!     .base_url("https://api.example.com")
//!     .transport(mock.clone())
//!     .build()?;
//! // Of a generated client: `mock.expect(client.get_pet("7"))`.
//! mock.expect(Call::new(&client, GetPet("7"))).reply(200, &42);
//!
//! assert_eq!(*Call::new(&client, GetPet("7")).await?.body(), 42);
//! mock.verify()?;
//! # Ok(())
//! # }
//! ```

mod differences;
mod recorder;

use std::borrow::Cow;
use std::collections::VecDeque;
use std::error::Error;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{Request, Response};
use serde::Serialize;

use crate::call::Call;
use crate::operation::Operation;
use crate::secret::{Secret, exposed};
use crate::transport::{BoxFuture, Limits, Mode, Transport, TransportError, TransportErrorKind};

pub use recorder::{Recorder, RecordingError};
pub(crate) use recorder::{note_received, noting};

/// A transport that answers the calls it expects, each once and in any order. Clones are the same.
///
/// It is used with and without async. A request that is not expected fails, is not retried, and is reported by
/// [`verify`](Self::verify), with what is different.
#[derive(Clone, Default)]
pub struct Mock(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    expected: VecDeque<Expected>,
    unexpected: Vec<String>,
}

struct Expected {
    operation: Cow<'static, str>,
    request: Request<Bytes>,
    /// The header of the idempotency key, where it is one of its own.
    key_header: Option<&'static str>,
    /// Kept out of what is reported.
    secrets: Vec<Secret>,
    /// Whether it was recorded: where a secret was hidden, any text is the same.
    is_recorded: bool,
    answer: Result<Response<Bytes>, TransportErrorKind>,
}

impl Mock {
    /// Creates a transport that expects nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Expects a call, with the options that it has. Say with the result how it is answered.
    ///
    /// Its client is the one under test, whose transport this is: method, URL, headers and body have to be the
    /// same. A random idempotency key and the tokens of a provider are not compared.
    ///
    /// # Panics
    ///
    /// If the request of the call cannot be built, or its body is a stream.
    #[track_caller]
    pub fn expect<O: Operation>(&self, call: Call<O>) -> Expectation<'_> {
        let (request, secrets) = exposed::during(|| call.into_request());
        match request {
            Ok(request) => {
                let (operation, key_header) = (O::INFO.id, O::RETRIES.key_header);
                Expectation { mock: self, operation, request, key_header, secrets }
            }
            Err(error) => panic!("the call of `{}` cannot be expected: {error}", O::INFO.id),
        }
    }

    /// Returns whether everything that was expected has happened, and nothing else.
    pub fn verify(&self) -> Result<(), MockError> {
        let state = self.lock();
        let missing = state.expected.iter();
        let missing = missing.map(|it| format!("`{}` was expected and not called", it.operation));
        let all: Vec<String> = state.unexpected.iter().cloned().chain(missing).collect();
        if all.is_empty() { Ok(()) } else { Err(MockError(all)) }
    }

    fn push_recorded(
        &self,
        operation: Option<String>,
        request: Request<Bytes>,
        response: Response<Bytes>,
    ) {
        // Of what no operation was called for, such as a request for a token.
        let operation = operation.unwrap_or_else(|| request.uri().path().to_owned());
        self.lock().expected.push_back(Expected {
            operation: Cow::Owned(operation),
            request,
            key_header: None,
            secrets: Vec::new(),
            is_recorded: true,
            answer: Ok(response),
        });
    }

    fn answer(&self, request: &Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let mut state = self.lock();
        let is_same = |it: &Expected| it.differences(request).is_empty();
        if let Some(index) = state.expected.iter().position(is_same) {
            let expected = state.expected.remove(index);
            let expected = expected.unwrap_or_else(|| unreachable!("it was just found"));
            return expected.answer.map_err(TransportError::new);
        }
        // The one that was most likely meant.
        let nearest = state.expected.iter().map(|it| (it, it.differences(request)));
        let error = match nearest.min_by_key(|(_, differences)| differences.len()) {
            Some((it, differences)) => {
                format!(
                    "not the expected call of `{}`:\n  {}",
                    it.operation,
                    differences.join("\n  ")
                )
            }
            None => format!("no call is expected, and there is one: {}", request.method()),
        };
        state.unexpected.push(error.clone());
        Err(TransportError::new(TransportErrorKind::Other).with_source(MockError(vec![error])))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for Mock {
    fn mode(&self) -> Mode {
        Mode::Either
    }

    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        _: &'a Limits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        let answer = self.answer(&request);
        Box::pin(async move { answer })
    }
}

impl fmt::Debug for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.lock();
        let expected: Vec<_> = state.expected.iter().map(|it| &it.operation).collect();
        f.debug_struct("Mock").field("expected", &expected).finish_non_exhaustive()
    }
}

/// A call that is expected, and waits for its answer.
#[must_use = "a call is expected when its answer is known"]
pub struct Expectation<'a> {
    mock: &'a Mock,
    operation: &'static str,
    request: Request<Bytes>,
    key_header: Option<&'static str>,
    secrets: Vec<Secret>,
}

impl Expectation<'_> {
    /// Answers with a status and a value as JSON: a type of the API, or `serde_json::json!`.
    ///
    /// # Panics
    ///
    /// If the status is none, or the value has no JSON form.
    #[track_caller]
    pub fn reply(self, status: u16, body: &(impl Serialize + ?Sized)) {
        match serde_json::to_vec(body) {
            Ok(body) => self.bytes(status, "application/json", body),
            Err(error) => panic!("the body has no JSON form: {error}"),
        }
    }

    /// Answers with a status and bytes of a media type.
    ///
    /// # Panics
    ///
    /// If the status is none, or the media type cannot be sent.
    #[track_caller]
    pub fn bytes(self, status: u16, media_type: &str, body: impl Into<Bytes>) {
        let builder = Response::builder().status(status).header(CONTENT_TYPE, media_type);
        match builder.body(body.into()) {
            Ok(response) => self.response(response),
            Err(error) => panic!("the response cannot be made: {error}"),
        }
    }

    /// Answers with a status alone.
    ///
    /// # Panics
    ///
    /// If the status is none.
    #[track_caller]
    pub fn status(self, status: u16) {
        match Response::builder().status(status).body(Bytes::new()) {
            Ok(response) => self.response(response),
            Err(error) => panic!("the response cannot be made: {error}"),
        }
    }

    /// Answers with a response, for example one with headers.
    pub fn response(self, response: Response<Bytes>) {
        self.push(Ok(response));
    }

    /// Fails, as a transport does.
    pub fn fail(self, kind: TransportErrorKind) {
        self.push(Err(kind));
    }

    fn push(self, answer: Result<Response<Bytes>, TransportErrorKind>) {
        let Self { mock, operation, request, key_header, secrets } = self;
        let operation = Cow::Borrowed(operation);
        let is_recorded = false;
        let expected = Expected { operation, request, key_header, secrets, is_recorded, answer };
        mock.lock().expected.push_back(expected);
    }
}

impl fmt::Debug for Expectation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Expectation").field("operation", &self.operation).finish_non_exhaustive()
    }
}

/// What happened otherwise than it was expected.
#[derive(Clone, Debug)]
pub struct MockError(Vec<String>);

impl fmt::Display for MockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl Error for MockError {}
