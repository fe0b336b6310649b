//! Mistakes with streams around a good client break the duties that they should.

use std::collections::BTreeSet;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tamarack_conformance::Duty;
use tamarack_runtime::bytes::Bytes;
use tamarack_runtime::futures_core::Stream;
use tamarack_runtime::http::{Request, Response};
use tamarack_runtime::reqwest013::Reqwest013;
use tamarack_runtime::{
    BodyStream, BoxFuture, Limits, RequestBody, ResponseBody, Transport, TransportError,
};

use crate::streaming_with_tokio;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Habit {
    WaitsForever,
    TakesWhatItGets,
    KeepsConnections,
    ForgetsTheLength,
    SendsWhatItHas,
}

struct Careless(Reqwest013, Habit);

impl Transport for Careless {
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        limits: &'a Limits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        self.0.send(request, limits)
    }

    fn stream<'a>(
        &'a self,
        request: Request<RequestBody>,
        limits: &'a Limits,
    ) -> BoxFuture<'a, Result<Response<ResponseBody>, TransportError>> {
        Box::pin(async move {
            let mut limits = limits.clone();
            let request = match self.1 {
                Habit::WaitsForever => {
                    limits.idle_timeout = Duration::from_secs(3_600);
                    limits.stream_timeout = None;
                    request
                }
                Habit::ForgetsTheLength if request.body().is_streamed() => {
                    let (head, body) = request.into_parts();
                    Request::from_parts(head, RequestBody::stream(body.open()?))
                }
                Habit::SendsWhatItHas if request.body().is_streamed() => {
                    let (head, body) = request.into_parts();
                    let len = body.len();
                    let body = RequestBody::stream(Quiet(body.open()?));
                    let body = match len {
                        Some(len) => body.with_len(len),
                        None => body,
                    };
                    Request::from_parts(head, body)
                }
                _ => request,
            };
            let response = self.0.stream(request, &limits).await?;
            Ok(match self.1 {
                Habit::TakesWhatItGets => response.map(|body| ResponseBody::new(Content(body))),
                Habit::KeepsConnections => response.map(|body| ResponseBody::new(Kept(Some(body)))),
                _ => response,
            })
        })
    }
}

/// Ends where there is an error.
struct Content(ResponseBody);

impl Stream for Content {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Pin::new(&mut self.0).poll_next(context).map(|next| next.filter(Result::is_ok))
    }
}

/// Ends where there is an error.
struct Quiet(BodyStream);

impl Stream for Quiet {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Pin::new(&mut self.0).poll_next(context).map(|next| next.filter(Result::is_ok))
    }
}

/// Is not dropped with its response.
struct Kept(Option<ResponseBody>);

impl Stream for Kept {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match &mut self.0 {
            Some(body) => Pin::new(body).poll_next(context),
            None => Poll::Ready(None),
        }
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        std::mem::forget(self.0.take());
    }
}

/// Has only what a transport must have.
struct Plain(Reqwest013);

impl Transport for Plain {
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        limits: &'a Limits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        self.0.send(request, limits)
    }
}

/// A request that fails is aborted all the same: nothing of it is sent.
#[test]
fn a_transport_that_buffers_is_found_out() {
    let report = streaming_with_tokio(Plain(Reqwest013::new().unwrap()));
    let kept = [Duty::Aborted];
    let broken = Duty::STREAMS.into_iter().filter(|it| !kept.contains(it));
    assert_eq!(report.failed(), broken.collect(), "{report}");
}

#[test]
fn each_habit_breaks_its_own_duties() {
    use Duty::{Aborted, Cancelled, CutStream, IdleDeadline, SentAsItComes};
    for (habit, broken) in [
        (Habit::WaitsForever, &[IdleDeadline][..]),
        (Habit::TakesWhatItGets, &[IdleDeadline, CutStream]),
        (Habit::KeepsConnections, &[Cancelled]),
        (Habit::ForgetsTheLength, &[SentAsItComes]),
        (Habit::SendsWhatItHas, &[Aborted]),
    ] {
        let report = streaming_with_tokio(Careless(Reqwest013::new().unwrap(), habit));
        let expected: BTreeSet<_> = broken.iter().copied().collect();
        assert_eq!(report.failed(), expected, "{habit:?}\n{report}");
    }
}
