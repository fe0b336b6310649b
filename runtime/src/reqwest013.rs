//! A transport over `reqwest` 0.13.

use std::fmt;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::{Request, Response};
use http_body::Body as _;

use crate::body::{RequestBody, ResponseBody};
use crate::reply::RawReply;
use crate::transport::causes::{connect_kind, exchange_kind, is_head_too_large};
use crate::transport::timed::{self, Sleep, Timed, Total};
use crate::transport::{
    BoxFuture, Limits, Transport, TransportError, TransportErrorKind, check_head,
};
use crate::wipe::WipedBuffer;

/// A [`Transport`] over `reqwest` 0.13. Outside of a Tokio runtime, each request fails with
/// [`TransportErrorKind::NeedsRuntime`].
#[derive(Clone)]
pub struct Reqwest013 {
    client: reqwest::Client,
    /// For `http`, which [`BaseUrl`](crate::BaseUrl) allows to this machine and private networks alone: a
    /// proxy would take the request, in the clear, elsewhere.
    plain: reqwest::Client,
    /// Whether somebody else has made the client.
    is_foreign: bool,
}

impl Reqwest013 {
    /// Creates a `reqwest` client that honours every duty of [`Transport`]: no redirects, no retries, no
    /// `Referer`, no decompression, even if another crate enables those features of `reqwest`.
    ///
    /// TLS is rustls with aws-lc-rs, or with ring (the feature `reqwest013-ring` in the place of `reqwest013`),
    /// with the certificate authorities of the system, which are read here. On Linux this
    /// **fails on a machine without any**, such as a container image without the package
    /// `ca-certificates`, even if only plain `http` to a loopback host is used; the error is
    /// [`TransportErrorKind::Tls`]. The variables `SSL_CERT_FILE` and `SSL_CERT_DIR` are honoured.
    ///
    /// With `reqwest013-own-tls` alone, TLS is what the program's own dependency on reqwest has (`native-tls`, …); without
    /// any, a request over `https` is [`TransportErrorKind::Tls`].
    ///
    /// The proxies of the environment (`HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`) are used only for `https`,
    /// through a tunnel; requests over plain `http` go to no proxy.
    pub fn new() -> Result<Self, TransportError> {
        let make = |builder: reqwest::ClientBuilder| {
            builder.build().map_err(|error| {
                TransportError::new(TransportErrorKind::Tls).with_source(error.without_url())
            })
        };
        choose_provider();
        let client = make(strict().https_only(true))?;
        let plain = make(without_tls(strict().no_proxy()))?;
        Ok(Self { client, plain, is_foreign: false })
    }

    /// Wraps an existing client, for example one with its own certificate authorities or proxy.
    ///
    /// The timeout and the size limits are enforced as with [`new`](Self::new). The other duties of
    /// [`Transport`] **cannot be checked**: the client must be configured to turn off redirects
    /// (`redirect(Policy::none())`), retries (`retry(retry::never())`), `referer`, cookies and each
    /// decompression. By default `reqwest` follows ten redirects, and repeats the body for some; it also
    /// takes plain `http` to the proxy of the environment.
    pub fn from_client(client: reqwest::Client) -> Self {
        Self { plain: client.clone(), client, is_foreign: true }
    }

    async fn exchange(
        &self,
        request: Request<Bytes>,
        limits: &Limits,
    ) -> Result<Response<Bytes>, TransportError> {
        // Outside of a runtime `reqwest` would panic.
        if tokio::runtime::Handle::try_current().is_err() {
            return Err(TransportError::new(TransportErrorKind::NeedsRuntime));
        }
        // Covers the body, too.
        let mut timer = pin!(tokio::time::sleep(limits.timeout));
        let mut request = reqwest::Request::try_from(request).map_err(wire_error)?;
        if self.is_foreign {
            // In the place of a timeout that the client may have; to set it costs more than the timer.
            *request.timeout_mut() = Some(limits.timeout);
        }
        let client = if request.url().scheme() == "http" { &self.plain } else { &self.client };
        let sent = within(timer.as_mut(), client.execute(request)).await?;
        let mut response = sent.map_err(wire_error)?;
        check_head(response.headers())?;
        let mut body = WipedBuffer::new();
        loop {
            let failed = match within(timer.as_mut(), response.chunk()).await {
                Err(timed_out) => timed_out,
                Ok(Ok(None)) => return Ok(reply(&mut response, body)),
                Ok(Ok(Some(chunk))) => {
                    if body.push_within(&chunk, limits.max_body) {
                        continue;
                    }
                    TransportError::new(TransportErrorKind::BodyTooLarge)
                }
                Ok(Err(error)) => body_error(error),
            };
            return Err(failed.with_partial(RawReply::new(reply(&mut response, body))));
        }
    }
}

impl Reqwest013 {
    async fn open(
        &self,
        request: Request<RequestBody>,
        limits: &Limits,
    ) -> Result<Response<ResponseBody>, TransportError> {
        // Outside of a runtime the timers would panic.
        if tokio::runtime::Handle::try_current().is_err() {
            return Err(TransportError::new(TransportErrorKind::NeedsRuntime));
        }
        let (head, body) = request.into_parts();
        let (body, progress) = match body.to_bytes() {
            Some(bytes) => (reqwest::Body::from(bytes), None),
            None => {
                let body = body.open()?;
                let progress = body.progress();
                (reqwest::Body::wrap(body), Some(progress))
            }
        };
        let request = Request::from_parts(head, body);
        let request = reqwest::Request::try_from(request).map_err(wire_error)?;
        let client = if request.url().scheme() == "http" { &self.plain } else { &self.client };
        let mut total = Total::new(limits, &sleep());
        let work = client.execute(request);
        let response = timed::head(work, progress.clone(), limits, &sleep(), &mut total).await?;
        let response = response.map_err(|error| {
            progress.and_then(|it| it.failure()).unwrap_or_else(|| wire_error(error))
        })?;
        check_head(response.headers())?;
        let (head, body) = Response::<reqwest::Body>::from(response).into_parts();
        let body = Timed::new(Pieces(body), sleep(), limits, total);
        Ok(Response::from_parts(head, ResponseBody::new(body)))
    }
}

/// Waits for a piece of an exchange as long as there is time.
async fn within<T>(
    mut timer: Pin<&mut tokio::time::Sleep>,
    work: impl Future<Output = T>,
) -> Result<T, TransportError> {
    let mut work = pin!(work);
    poll_fn(|context| {
        // First: a body that always has a little more would never let it have its turn.
        if timer.as_mut().poll(context).is_ready() {
            return Poll::Ready(Err(timed::timed_out()));
        }
        work.as_mut().poll(context).map(Ok)
    })
    .await
}

fn sleep() -> Sleep {
    Box::new(|time| Box::pin(tokio::time::sleep(time)))
}

/// The data of a body.
struct Pieces(reqwest::Body);

impl Stream for Pieces {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match ready!(Pin::new(&mut self.0).poll_frame(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(body_error(error)))),
                Some(Ok(frame)) => {
                    // Trailers say nothing here.
                    if let Ok(data) = frame.into_data() {
                        return Poll::Ready(Some(Ok(data)));
                    }
                }
            }
        }
    }
}

impl Transport for Reqwest013 {
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
        Box::pin(self.open(request, limits))
    }
}

impl fmt::Debug for Reqwest013 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The client's own `Debug` shows its default headers.
        f.debug_struct("Reqwest013").finish_non_exhaustive()
    }
}

/// There is no TLS over plain `http`, so the authorities are not read a second time.
#[cfg(any(feature = "reqwest013", feature = "reqwest013-ring"))]
fn without_tls(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder.tls_certs_only([])
}

/// What reqwest has of TLS is not known here.
#[cfg(not(any(feature = "reqwest013", feature = "reqwest013-ring")))]
fn without_tls(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder
}

/// Makes ring the cryptography of rustls in this process, where nobody has chosen another one: reqwest does not bring
/// any with the feature that leaves the choice.
#[cfg(all(feature = "reqwest013-ring", not(feature = "reqwest013")))]
fn choose_provider() {
    // It fails where there is one already.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

#[cfg(not(all(feature = "reqwest013-ring", not(feature = "reqwest013"))))]
fn choose_provider() {}

/// Starts a client that does nothing on its own.
fn strict() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .no_gzip()
        .no_brotli()
        .no_deflate()
        .no_zstd()
}

fn reply(head: &mut reqwest::Response, body: WipedBuffer) -> Response<Bytes> {
    let mut reply = Response::new(body.into_bytes());
    *reply.status_mut() = head.status();
    *reply.version_mut() = head.version();
    *reply.headers_mut() = std::mem::take(head.headers_mut());
    reply
}

/// An error before the head of the response had arrived.
fn wire_error(error: reqwest::Error) -> TransportError {
    // Its wording is looked at, and no URL may have a part in that.
    let error = error.without_url();
    let kind = if error.is_timeout() {
        TransportErrorKind::Timeout
    } else if error.is_connect() {
        connect_kind(&error)
    } else {
        exchange_kind(&error)
    };
    TransportError::new(kind).with_source(error)
}

/// An error while the body was read.
fn body_error(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    let kind = if error.is_timeout() {
        TransportErrorKind::Timeout
    } else if is_head_too_large(&error) {
        TransportErrorKind::HeadTooLarge
    } else {
        TransportErrorKind::Interrupted
    };
    TransportError::new(kind).with_source(error)
}
