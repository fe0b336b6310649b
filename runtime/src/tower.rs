//! A transport over any `tower` service with `http` types.

use std::any::{Any, TypeId};
use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::io;
use std::marker::PhantomData;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use futures_core::Stream;
use http::{Request, Response};
use http_body::Body;
use tower_service::Service;

use crate::body::{BodyStream, RequestBody, ResponseBody};
use crate::reply::RawReply;
use crate::token::{Clock, SystemClock};
use crate::transport::causes;
use crate::transport::timed::{self, Sleep, Timed, Total, timed_out};
use crate::transport::{
    BoxFuture, Limits, Mode, Transport, TransportError, TransportErrorKind, buffered, check_head,
};
use crate::wipe::WipedBuffer;

type BoxError = Box<dyn Error + Send + Sync>;

/// A [`Transport`] over a service `S` that accepts requests with the body `B`, such as `hyper-util`'s
/// client or layers around it.
///
/// This type enforces the deadline and the maximum body size, and keeps errors free of sensitive text. It
/// refuses a head that is too large, but the service has to limit how much of it is read, as `hyper`
/// does. The other duties of [`Transport`] **cannot be checked**: the service must not follow redirects,
/// retry, decompress or add headers that name another request. `transport_conformance` of the crate
/// `tamarack-conformance` tests whether it honours them.
///
/// Responses are streamed. Request bodies are streamed if `B` is [`BodyStream`], and otherwise buffered, up to
/// [`Limits::max_body`].
///
/// A clone of the service sends each request. For example with `hyper-util`, where retries of requests on
/// a closed connection must be turned off:
///
/// ```
/// use hyper_util::client::legacy::Client;
/// use hyper_util::rt::TokioExecutor;
/// use tamarack_runtime::BodyStream;
/// use tamarack_runtime::tower::TowerTransport;
///
/// let mut builder = Client::builder(TokioExecutor::new());
/// builder.retry_canceled_requests(false);
/// let transport = TowerTransport::new(builder.build_http::<BodyStream>());
/// ```
pub struct TowerTransport<S, B> {
    service: Mutex<S>,
    clock: Arc<dyn Clock>,
    kind: Arc<Kind>,
    mode: Mode,
    body: PhantomData<fn(B)>,
}

type Kind = dyn Fn(&(dyn Error + 'static)) -> Option<TransportErrorKind> + Send + Sync;

impl<S, B> TowerTransport<S, B> {
    /// Wraps a service.
    pub fn new<R>(service: S) -> Self
    where
        S: Service<Request<B>, Response = Response<R>> + Clone + Send,
    {
        Self {
            service: Mutex::new(service),
            clock: Arc::new(SystemClock::new()),
            kind: Arc::new(|_| None),
            mode: Mode::Async,
            body: PhantomData,
        }
    }

    /// Sets the clock of the deadline. The default is [`SystemClock`], which needs no runtime.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Sets the function that classifies errors of the service. It is called with the error and then with
    /// each of its causes; if it returns nothing, errors of the system decide.
    pub fn kind(
        mut self,
        kind: impl Fn(&(dyn Error + 'static)) -> Option<TransportErrorKind> + Send + Sync + 'static,
    ) -> Self {
        self.kind = Arc::new(kind);
        self
    }

    /// Sets how the futures of the service are run. The default is an async runtime.
    pub fn run_as(mut self, mode: Mode) -> Self {
        self.mode = mode;
        self
    }

    async fn exchange<R>(
        &self,
        request: Request<Bytes>,
        limits: &Limits,
    ) -> Result<Response<Bytes>, TransportError>
    where
        S: Service<Request<B>, Response = Response<R>> + Clone + Send,
        S::Error: Into<BoxError>,
        B: From<Bytes>,
        R: Body,
        R::Error: Into<BoxError>,
    {
        let deadline = self.clock.now().monotonic.saturating_add(limits.timeout);
        let mut timer = self.clock.sleep_until(deadline);
        let mut service = self.service.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let is_ready = within(&mut timer, poll_fn(|context| service.poll_ready(context))).await;
        is_ready.ok_or_else(timed_out)?.map_err(|error| of_service(&*self.kind, &error.into()))?;
        let reply = within(&mut timer, service.call(request.map(B::from))).await;
        let reply =
            reply.ok_or_else(timed_out)?.map_err(|error| of_service(&*self.kind, &error.into()))?;
        let (head, body) = reply.into_parts();
        check_head(&head.headers)?;
        let mut whole = Response::new(Bytes::new());
        *whole.status_mut() = head.status;
        *whole.version_mut() = head.version;
        *whole.headers_mut() = head.headers;
        let (mut acc, mut body) = (WipedBuffer::new(), pin!(body));
        let failed = loop {
            let frame = poll_fn(|context| body.as_mut().poll_frame(context));
            match within(&mut timer, frame).await {
                Some(None) => {
                    *whole.body_mut() = acc.into_bytes();
                    return Ok(whole);
                }
                Some(Some(Ok(frame))) => {
                    // Trailers say nothing here.
                    let Ok(data) = frame.into_data() else { continue };
                    if !take(&mut acc, data, limits.max_body) {
                        break TransportError::new(TransportErrorKind::BodyTooLarge);
                    }
                }
                Some(Some(Err(error))) => {
                    break of_body(&*self.kind, &error.into());
                }
                None => break timed_out(),
            }
        };
        *whole.body_mut() = acc.into_bytes();
        Err(failed.with_partial(RawReply::new(whole)))
    }
}

impl<S, B> TowerTransport<S, B> {
    async fn open<R>(
        &self,
        request: Request<RequestBody>,
        limits: &Limits,
    ) -> Result<Response<ResponseBody>, TransportError>
    where
        S: Service<Request<B>, Response = Response<R>> + Clone + Send,
        S::Error: Into<BoxError>,
        B: From<Bytes> + 'static,
        R: Body + Send + 'static,
        R::Data: Send,
        R::Error: Into<BoxError>,
    {
        let (head, body) = request.into_parts();
        let (body, progress) = match body.to_bytes() {
            Some(bytes) => (B::from(bytes), None),
            None => {
                let body = body.open()?;
                let progress = body.progress();
                match (&mut Some(body) as &mut dyn Any).downcast_mut::<Option<B>>() {
                    Some(body) => match body.take() {
                        Some(body) => (body, Some(progress)),
                        None => unreachable!("it was put there"),
                    },
                    None => unreachable!("`stream` looks at the type first"),
                }
            }
        };
        let mut service = self.service.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut total = Total::new(limits, &self.sleep());
        let request = Request::from_parts(head, body);
        let work = async {
            poll_fn(|context| service.poll_ready(context)).await?;
            service.call(request).await
        };
        let response =
            timed::head(work, progress.clone(), limits, &self.sleep(), &mut total).await?;
        let response = response.map_err(|error| {
            let failure = progress.and_then(|it| it.failure());
            failure.unwrap_or_else(|| of_service(&*self.kind, &error.into()))
        })?;
        check_head(response.headers())?;
        let kind = Arc::clone(&self.kind);
        Ok(response.map(|body| {
            let pieces = Pieces { body: Box::pin(body), kind };
            ResponseBody::new(Timed::new(pieces, self.sleep(), limits, total))
        }))
    }

    fn sleep(&self) -> Sleep {
        let clock = Arc::clone(&self.clock);
        Box::new(move |time| clock.sleep_until(clock.now().monotonic.saturating_add(time)))
    }
}

/// The data of a body.
struct Pieces<R> {
    body: Pin<Box<R>>,
    kind: Arc<Kind>,
}

impl<R: Body<Error: Into<BoxError>>> Stream for Pieces<R> {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match ready!(self.body.as_mut().poll_frame(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => {
                    return Poll::Ready(Some(Err(of_body(&*self.kind, &error.into()))));
                }
                Some(Ok(frame)) => {
                    // Trailers say nothing here.
                    if let Ok(mut data) = frame.into_data() {
                        let len = data.remaining();
                        return Poll::Ready(Some(Ok(data.copy_to_bytes(len))));
                    }
                }
            }
        }
    }
}

/// Keeps only causes of the system, since messages of the service may show the URL.
fn of_service(kind: &Kind, error: &BoxError) -> TransportError {
    let error: &(dyn Error + 'static) = &**error;
    let known = causes::causes(error).find_map(kind);
    let acc = TransportError::new(known.unwrap_or_else(|| causes::kind(error)));
    match causes::io_kinds(error).next() {
        Some(kind) => acc.with_source(io::Error::from(kind)),
        None => acc,
    }
}

/// An error while the body was read.
fn of_body(kind: &Kind, error: &BoxError) -> TransportError {
    let error = of_service(kind, error);
    match error.kind() {
        // The service's own patience, and its own caps.
        TransportErrorKind::Timeout | TransportErrorKind::HeadTooLarge => error,
        // Whatever it is, there was a connection.
        _ => TransportError::new(TransportErrorKind::Interrupted),
    }
}

impl<S, B, R> Transport for TowerTransport<S, B>
where
    S: Service<Request<B>, Response = Response<R>> + Clone + Send + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send,
    B: From<Bytes> + Send + 'static,
    R: Body + Send + 'static,
    R::Data: Send,
    R::Error: Into<BoxError>,
{
    fn mode(&self) -> Mode {
        self.mode
    }

    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        limits: &'a Limits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        Box::pin(self.exchange(request, limits))
    }

    fn stream<'a>(
        &'a self,
        request: Request<RequestBody>,
        limits: &'a Limits,
    ) -> BoxFuture<'a, Result<Response<ResponseBody>, TransportError>> {
        Box::pin(async move {
            let takes_streams = TypeId::of::<B>() == TypeId::of::<BodyStream>();
            let request = if takes_streams {
                request
            } else {
                buffered(request, limits).await?.map(RequestBody::from)
            };
            self.open(request, limits).await
        })
    }
}

impl<S, B> fmt::Debug for TowerTransport<S, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What a service shows is not ours to know.
        f.debug_struct("TowerTransport").finish_non_exhaustive()
    }
}

/// Takes in a piece of the body; returns whether all of it had room.
fn take(acc: &mut WipedBuffer, mut data: impl Buf, max: usize) -> bool {
    while data.has_remaining() {
        let len = data.chunk().len();
        if !acc.push_within(data.chunk(), max) {
            return false;
        }
        data.advance(len);
    }
    true
}

/// Returns nothing if the time is up before the work is done.
async fn within<T>(timer: &mut BoxFuture<'_, ()>, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    poll_fn(|context| match timer.as_mut().poll(context) {
        // First: a body that always has a little more would never let it have its turn.
        Poll::Ready(()) => Poll::Ready(None),
        Poll::Pending => work.as_mut().poll(context).map(Some),
    })
    .await
}
