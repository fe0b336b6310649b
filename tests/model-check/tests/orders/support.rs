//! Turns a scene for a few threads into runs of a model checker, each with another order of their steps.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

use shuttle::sync::Mutex;
use tamarack_model_check::bytes::Bytes;
use tamarack_model_check::http::Response;
use tamarack_model_check::token::{
    AccessToken, ClientCredentials, Clock, EndpointError, Now, TokenEndpoint, TokenError,
    TokenSource, TokenSourceBuilder, TokenSourceConfig,
};
use tamarack_model_check::{BoxFuture, RawReply};

/// Runs a scene in many orders: chosen at random, and with few changes of thread at the worst places.
///
/// A waiter that nobody wakes is a deadlock, which the checker reports with the order that led there.
pub(crate) fn explore(scene: impl Fn() + Send + Sync + 'static) {
    let scene = Arc::new(scene);
    for depth in 0..=3 {
        let scene = Arc::clone(&scene);
        match depth {
            0 => shuttle::check_random(move || scene(), iterations()),
            _ => shuttle::check_pct(move || scene(), iterations() / 3, depth),
        }
    }
}

/// A hundred, unless `cargo xtask model-check` asks for more.
fn iterations() -> usize {
    let asked = std::env::var("TAMARACK_MODEL_ITERATIONS").ok();
    asked.and_then(|text| text.parse().ok()).unwrap_or(100)
}

/// What is replied once the gate is open.
#[derive(Clone, Copy)]
pub(crate) enum Answer {
    Token,
    Refusal,
    /// A token, but for the first request a panic.
    PanicAndToken,
}

/// A server that answers when a thread says so.
#[derive(Clone)]
pub(crate) struct Server {
    answer: Answer,
    gate: Arc<Mutex<(bool, Vec<Waker>)>>,
    n_requests: Arc<AtomicUsize>,
}

impl Server {
    pub(crate) fn new(answer: Answer) -> Self {
        let gate = Arc::new(Mutex::new((false, Vec::new())));
        Self { answer, gate, n_requests: Arc::default() }
    }

    /// Lets all requests be answered, those to come too.
    pub(crate) fn open(&self) {
        let mut gate = self.gate.lock().unwrap();
        gate.0 = true;
        let wakers = std::mem::take(&mut gate.1);
        drop(gate);
        wakers.into_iter().for_each(Waker::wake);
    }

    pub(crate) fn requests(&self) -> usize {
        self.n_requests.load(Ordering::SeqCst)
    }
}

impl TokenEndpoint for Server {
    fn request<'a>(
        &'a self,
        _: &'a ClientCredentials,
    ) -> BoxFuture<'a, Result<RawReply, EndpointError>> {
        let n = self.n_requests.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move {
            std::future::poll_fn(|context| {
                let mut gate = self.gate.lock().unwrap();
                if gate.0 {
                    return Poll::Ready(());
                }
                gate.1.push(context.waker().clone());
                Poll::Pending
            })
            .await;
            let (status, body) = match self.answer {
                Answer::PanicAndToken if n == 0 => panic!("the scene says so"),
                Answer::Token | Answer::PanicAndToken => (
                    200,
                    format!(
                        r#"{{"access_token":"token-{n}","token_type":"Bearer","expires_in":3600}}"#
                    ),
                ),
                Answer::Refusal => (401, r#"{"error":"invalid_client"}"#.to_owned()),
            };
            let response = Response::builder().status(status).body(Bytes::from(body));
            Ok(RawReply::new(response.unwrap()))
        })
    }
}

/// Time that passes when a thread says so. Nobody is woken by it.
#[derive(Clone, Default)]
pub(crate) struct StoppedClock(Arc<AtomicU64>);

impl StoppedClock {
    pub(crate) fn advance(&self, seconds: u64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for StoppedClock {
    fn now(&self) -> Now {
        let monotonic = Duration::from_secs(self.0.load(Ordering::SeqCst));
        Now { monotonic, wall: SystemTime::UNIX_EPOCH + monotonic }
    }

    fn sleep_until(&self, _: Duration) -> BoxFuture<'static, ()> {
        Box::pin(std::future::pending())
    }
}

/// A source over the server, whose refresh makes one request.
pub(crate) fn source(server: &Server) -> TokenSourceBuilder {
    let mut config = TokenSourceConfig::default();
    config.max_attempts = 1;
    // The clock stands still, so a floor between requests would have no end.
    config.min_reissue = Duration::ZERO;
    let credentials = ClientCredentials::new("id", "secret");
    let builder = TokenSource::builder(server.clone(), credentials);
    builder.config(config).jitter(|| 0.0).clock(StoppedClock::default())
}

/// Reads to the end.
pub(crate) fn read(source: &TokenSource) -> Result<AccessToken, TokenError> {
    shuttle::future::block_on(source.token())
}

/// Begins to read, and gives up after so many polls.
pub(crate) fn read_impatiently(source: &TokenSource, n_polls: usize) {
    let read = source.token();
    shuttle::future::block_on(async move {
        let mut read = std::pin::pin!(read);
        for _ in 0..n_polls {
            if poll_once(read.as_mut()).await {
                return;
            }
            shuttle::thread::yield_now();
        }
    });
}

/// Polls a future and says whether it is ready.
pub(crate) async fn poll_once<F: Future + ?Sized>(mut future: Pin<&mut F>) -> bool {
    let poll = |context: &mut Context<'_>| Poll::Ready(future.as_mut().poll(context).is_ready());
    std::future::poll_fn(poll).await
}
