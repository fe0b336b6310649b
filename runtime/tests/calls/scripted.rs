//! A transport that answers from a script under virtual time, and the driver of a call over it.

use std::collections::VecDeque;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use tamarack_runtime::bytes::Bytes;
use tamarack_runtime::http::{HeaderMap, Request, Response};
use tamarack_runtime::token::{Clock, ManualClock};
use tamarack_runtime::{
    BoxFuture, ClientBuilder, ClientCore, Limits, Mode, Transport, TransportError,
    TransportErrorKind,
};

/// How an attempt ends, as a row of the table writes it: `503+7~200`.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    text: String,
    retry_after: Option<String>,
    takes: Duration,
}

impl Answer {
    pub(crate) fn read(text: &str) -> Self {
        let (text, takes) = text.split_once('~').unwrap_or((text, "0"));
        let (text, retry_after) = match text.split_once('+') {
            Some((text, after)) => (text, Some(after.to_owned())),
            None => (text, None),
        };
        let takes = Duration::from_millis(takes.parse().unwrap());
        Self { text: text.to_owned(), retry_after, takes }
    }

    fn give(&self, clock: &ManualClock) -> Result<Response<Bytes>, TransportError> {
        let kind = match self.text.as_str() {
            "connect" => TransportErrorKind::Connect,
            "interrupted" => TransportErrorKind::Interrupted,
            "unprocessed" => TransportErrorKind::Unprocessed,
            "tls" => TransportErrorKind::Tls,
            "timeout" => TransportErrorKind::Timeout,
            "large" => TransportErrorKind::BodyTooLarge,
            "other" => TransportErrorKind::Other,
            status => {
                let builder = Response::builder().status(status.parse::<u16>().unwrap());
                let mut response = builder.body(Bytes::from_static(b"7")).unwrap();
                self.add_retry_after(response.headers_mut(), clock);
                return Ok(response);
            }
        };
        Err(TransportError::new(kind))
    }

    fn add_retry_after(&self, headers: &mut HeaderMap, clock: &ManualClock) {
        let Some(text) = &self.retry_after else { return };
        let now = clock.now().wall;
        let value = if let Some(rest) = text.strip_prefix("date") {
            headers.insert("date", httpdate::fmt_http_date(now).parse().unwrap());
            match rest.split_at(1) {
                ("+", seconds) => now + Duration::from_secs(seconds.parse().unwrap()),
                ("-", seconds) => now - Duration::from_secs(seconds.parse().unwrap()),
                _ => panic!("{text}"),
            }
        } else if let Some(seconds) = text.strip_prefix("until+") {
            now + Duration::from_secs(seconds.parse().unwrap())
        } else {
            headers.insert("retry-after", text.parse().unwrap());
            return;
        };
        headers.insert("retry-after", httpdate::fmt_http_date(value).parse().unwrap());
    }
}

/// A request as it was sent.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) at: Duration,
    pub(crate) timeout: Duration,
    pub(crate) headers: HeaderMap,
}

/// Answers each request with the next line of its script, and keeps what was sent.
#[derive(Clone)]
pub(crate) struct Scripted {
    pub(crate) clock: ManualClock,
    script: Arc<Mutex<VecDeque<Answer>>>,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Scripted {
    pub(crate) fn new(script: &str) -> Self {
        let script = script.split_whitespace().map(Answer::read).collect();
        let script = Arc::new(Mutex::new(script));
        Self { clock: ManualClock::new(), script, seen: Arc::default() }
    }

    pub(crate) fn builder(&self) -> ClientBuilder<ClientCore> {
        let builder = ClientBuilder::new("calls/1").base_url("https://api.example.com/v1");
        builder.transport(self.clone()).clock(self.clock.clone()).jitter(|| 1.0)
    }

    pub(crate) fn extend(&self, script: &str) {
        self.script.lock().unwrap().extend(script.split_whitespace().map(Answer::read));
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub(crate) fn n_left(&self) -> usize {
        self.script.lock().unwrap().len()
    }

    /// Runs a future to its end, and moves the clock on whenever it waits.
    pub(crate) fn run<F: IntoFuture>(&self, future: F) -> F::Output {
        let mut future = pin!(future.into_future());
        loop {
            match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                Poll::Ready(value) => return value,
                Poll::Pending => assert!(self.clock.advance_to_next_sleeper(), "nobody waits"),
            }
        }
    }
}

impl Transport for Scripted {
    fn mode(&self) -> Mode {
        Mode::Either
    }

    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        limits: &'a Limits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        let (at, headers) = (self.clock.now().monotonic, request.headers().clone());
        self.seen.lock().unwrap().push(Seen { at, timeout: limits.timeout, headers });
        let answer = self.script.lock().unwrap().pop_front().expect("no more than the script has");
        Box::pin(async move {
            if !answer.takes.is_zero() {
                self.clock.sleep_until(at + answer.takes).await;
            }
            answer.give(&self.clock)
        })
    }
}
