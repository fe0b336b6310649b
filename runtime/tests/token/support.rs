//! Turns a script into a token endpoint, and a future into its value while virtual time passes.

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use std::cell::Cell;

use tamarack_runtime::bytes::Bytes;
use tamarack_runtime::http::{Request, Response};
use tamarack_runtime::token::{
    AccessToken, ClientCredentials, Clock as _, EndpointError, InMemoryRefreshToken, ManualClock,
    TokenEndpoint, TokenError, TokenEventKind, TokenGrant, TokenSource, TokenSourceBuilder,
};
use tamarack_runtime::{
    BoxFuture, ClientBuilder, ClientCore, Limits, Mode, RawReply, Transport, TransportError,
    TransportErrorKind,
};

pub(crate) const SECRET: &str = "s3cr3t~?>/of+~?>~the-tests";
/// The first refresh token, where a source has one.
pub(crate) const REFRESH_TOKEN: &str = "r3fr3sh~?>/of+~?>~the-tests";

/// What a source asks by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An endpoint of its own, as an operation is.
    Operation,
    /// A token URL, by client credentials and HTTP Basic.
    Basic,
    /// A token URL, by a refresh token.
    RefreshToken,
    /// The same as an operation, with a store that a fleet of one machine shares.
    #[cfg(feature = "token-store")]
    Shared,
}

thread_local! {
    static KIND: Cell<Kind> = const { Cell::new(Kind::Operation) };
}

/// Runs a test with sources of this kind.
pub(crate) fn with_kind(kind: Kind, test: impl FnOnce()) {
    struct Back;

    impl Drop for Back {
        fn drop(&mut self) {
            KIND.set(Kind::Operation);
        }
    }

    KIND.set(kind);
    let _back = Back;
    test();
}

/// What the endpoint does with one request.
#[derive(Clone)]
pub(crate) enum Act {
    Reply(u16, Vec<(&'static str, String)>, Vec<u8>),
    Fail(TransportErrorKind),
    Hang,
    Panic,
    After(Duration, Box<Act>),
}

/// A token `token-N` that lives so many seconds.
pub(crate) fn token(n: usize, seconds: u64) -> Act {
    // A source without a refresh token has no use for one.
    reply(
        200,
        format!(
            r#"{{"access_token":"token-{n}","token_type":"Bearer","expires_in":{seconds},"refresh_token":"r0tat3d-{n}"}}"#
        ),
    )
}

pub(crate) fn status(status: u16) -> Act {
    reply(status, "")
}

/// A response of this type of content.
pub(crate) fn typed(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Act {
    Act::Reply(status, vec![("Content-Type", content_type.to_owned())], body.into())
}

pub(crate) fn reply(status: u16, body: impl Into<Vec<u8>>) -> Act {
    Act::Reply(status, Vec::new(), body.into())
}

pub(crate) fn after(millis: u64, act: Act) -> Act {
    Act::After(Duration::from_millis(millis), Box::new(act))
}

pub(crate) fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// A source, its clock and what it has asked for so far.
pub(crate) struct Rig {
    pub(crate) source: TokenSource,
    pub(crate) clock: ManualClock,
    requests: Arc<Mutex<Vec<Duration>>>,
    bodies: Arc<Mutex<Vec<String>>>,
    errors: Arc<Mutex<Vec<TokenError>>>,
    kinds: Arc<Mutex<Vec<TokenEventKind>>>,
}

impl Rig {
    /// The script says what happens to the request of each number, from 0.
    pub(crate) fn new(script: impl Fn(usize) -> Act + Send + Sync + 'static) -> Self {
        Self::with(script, |builder| builder)
    }

    /// The same with settings of its own.
    pub(crate) fn with(
        script: impl Fn(usize) -> Act + Send + Sync + 'static,
        set: impl FnOnce(TokenSourceBuilder) -> TokenSourceBuilder,
    ) -> Self {
        Self::with_own_jitter(script, |builder| set(builder.jitter(|| 0.0)))
    }

    /// The same with the random numbers of a source that nobody gave any.
    pub(crate) fn with_own_jitter(
        script: impl Fn(usize) -> Act + Send + Sync + 'static,
        set: impl FnOnce(TokenSourceBuilder) -> TokenSourceBuilder,
    ) -> Self {
        let assemble = |endpoint: Scripted| {
            let clock = endpoint.clock.clone();
            of_kind(endpoint, &clock)
        };
        Self::assembled(script, assemble, set)
    }

    /// A source that asks by a grant.
    pub(crate) fn by(
        grant: TokenGrant,
        script: impl Fn(usize) -> Act + Send + Sync + 'static,
    ) -> Self {
        let assemble = |endpoint| grant.source(&over(endpoint)).unwrap();
        Self::assembled(script, assemble, |builder| builder.jitter(|| 0.0))
    }

    fn assembled(
        script: impl Fn(usize) -> Act + Send + Sync + 'static,
        assemble: impl FnOnce(Scripted) -> TokenSourceBuilder,
        set: impl FnOnce(TokenSourceBuilder) -> TokenSourceBuilder,
    ) -> Self {
        let (clock, requests) = (ManualClock::new(), Arc::<Mutex<Vec<_>>>::default());
        let bodies = Arc::<Mutex<Vec<_>>>::default();
        let builder = assemble(Scripted {
            script: Box::new(script),
            requests: Arc::clone(&requests),
            bodies: Arc::clone(&bodies),
            clock: clock.clone(),
        });
        let errors = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&errors);
        let kinds = Arc::<Mutex<Vec<_>>>::default();
        let told = Arc::clone(&kinds);
        let builder = builder.observer(move |event| {
            seen.lock().unwrap().extend(event.error.cloned());
            told.lock().unwrap().push(event.kind);
        });
        let source = set(builder.clock(clock.clone())).build().unwrap();
        Self { source, clock, requests, bodies, errors, kinds }
    }

    /// Returns the bodies of all requests to a token URL.
    pub(crate) fn bodies(&self) -> Vec<String> {
        self.bodies.lock().unwrap().clone()
    }

    /// Returns the errors of all requests, as the observer saw them.
    pub(crate) fn errors(&self) -> Vec<TokenError> {
        self.errors.lock().unwrap().clone()
    }

    /// Returns what each event was about.
    pub(crate) fn event_kinds(&self) -> Vec<TokenEventKind> {
        self.kinds.lock().unwrap().clone()
    }

    pub(crate) fn requests(&self) -> usize {
        self.requests.lock().unwrap().len()
    }

    /// Returns when each request was made.
    pub(crate) fn times(&self) -> Vec<Duration> {
        self.requests.lock().unwrap().clone()
    }

    /// Reads once, letting time pass while the source waits.
    pub(crate) fn read(&self) -> Result<AccessToken, TokenError> {
        self.run(self.source.token())
    }

    /// Reads once and expects not to wait.
    pub(crate) fn read_at_once(&self) -> Result<AccessToken, TokenError> {
        match poll(&mut std::pin::pin!(self.source.token())) {
            Poll::Ready(result) => result,
            Poll::Pending => panic!("a reader waits"),
        }
    }

    pub(crate) fn seconds(&self) -> f64 {
        self.clock.now().monotonic.as_secs_f64()
    }

    /// Runs a future to its end; when nothing is to do, time moves to the next thing that waits.
    pub(crate) fn run<T>(&self, future: impl Future<Output = T>) -> T {
        run_on(&self.clock, future)
    }

    /// Runs many reads at once.
    pub(crate) fn read_together(&self, n: usize) -> Vec<Result<AccessToken, TokenError>> {
        let mut reads: Vec<_> = (0..n).map(|_| Box::pin(self.source.token())).collect();
        let mut results = Vec::new();
        self.run(std::future::poll_fn(|context| {
            reads.retain_mut(|read| match read.as_mut().poll(context) {
                Poll::Ready(result) => {
                    results.push(result);
                    false
                }
                Poll::Pending => true,
            });
            if reads.is_empty() { Poll::Ready(()) } else { Poll::Pending }
        }));
        results
    }
}

/// Returns the builder of a source of the current kind that asks this endpoint.
pub(crate) fn of_kind<E: TokenEndpoint + Transport + 'static>(
    endpoint: E,
    clock: &ManualClock,
) -> TokenSourceBuilder {
    let credentials = ClientCredentials::new("client-of-the-tests", SECRET);
    let grant = match KIND.get() {
        Kind::Operation => return TokenSource::builder(endpoint, credentials),
        #[cfg(feature = "token-store")]
        Kind::Shared => {
            use tamarack_runtime::token::{SealingKey, SharedTokens};

            let store = crate::fleet::memory::MemoryStore::new(clock);
            let shared = SharedTokens::new(store, SealingKey::new([7; 32])).named("rig");
            return TokenSource::builder(endpoint, credentials).shared(shared);
        }
        Kind::Basic => TokenGrant::client_credentials("/token", credentials),
        Kind::RefreshToken => {
            let store = InMemoryRefreshToken::new(REFRESH_TOKEN);
            TokenGrant::refresh_token("/token", credentials, store)
        }
    };
    grant.source(&over(endpoint)).unwrap()
}

/// Returns the kind of the sources that a test of this thread makes.
pub(crate) fn kind() -> Kind {
    KIND.get()
}

/// Runs a future to its end; when nothing is to do, time moves to the next thing that waits.
pub(crate) fn run_on<T>(clock: &ManualClock, future: impl Future<Output = T>) -> T {
    let mut future = std::pin::pin!(future);
    let woken = Arc::new(Woken(AtomicBool::new(false)));
    let waker = Waker::from(Arc::clone(&woken));
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return value;
        }
        while !woken.0.swap(false, Ordering::SeqCst) {
            assert!(clock.advance_to_next_sleeper(), "nothing would ever happen");
        }
    }
}

/// The floor between two requests for a token.
pub(crate) fn assert_a_second_apart(times: &[Duration]) {
    for pair in times.windows(2) {
        assert!(pair[1] >= pair[0] + ms(1_000), "{pair:?}");
    }
}

pub(crate) struct Woken(pub(crate) AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// Polls once; nobody is woken.
pub(crate) fn poll<F: Future>(future: &mut Pin<&mut F>) -> Poll<F::Output> {
    future.as_mut().poll(&mut Context::from_waker(Waker::noop()))
}

pub(crate) struct Scripted {
    script: Box<dyn Fn(usize) -> Act + Send + Sync>,
    requests: Arc<Mutex<Vec<Duration>>>,
    bodies: Arc<Mutex<Vec<String>>>,
    clock: ManualClock,
}

/// A client that sends over a script.
pub(crate) fn over(endpoint: impl Transport + 'static) -> ClientCore {
    let builder = ClientBuilder::new("tests/1").base_url("https://api.example.com");
    builder.transport(endpoint).build().unwrap()
}

impl Scripted {
    /// An endpoint that shares with others what counts and passes.
    pub(crate) fn new(
        script: impl Fn(usize) -> Act + Send + Sync + 'static,
        requests: &Arc<Mutex<Vec<Duration>>>,
        clock: &ManualClock,
    ) -> Self {
        Self {
            script: Box::new(script),
            requests: Arc::clone(requests),
            bodies: Arc::default(),
            clock: clock.clone(),
        }
    }

    fn act(&self) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let n = {
            let mut requests = self.requests.lock().unwrap();
            requests.push(self.clock.now().monotonic);
            requests.len() - 1
        };
        let mut act = (self.script)(n);
        Box::pin(async move {
            while let Act::After(wait, then) = act {
                self.clock.sleep_until(self.clock.now().monotonic + wait).await;
                act = *then;
            }
            match act {
                Act::Reply(status, headers, body) => {
                    let mut builder = Response::builder().status(status);
                    for (name, value) in headers {
                        builder = builder.header(name, value);
                    }
                    Ok(builder.body(body.into()).unwrap())
                }
                Act::Fail(kind) => Err(TransportError::new(kind)),
                Act::Panic => panic!("the script says so"),
                Act::Hang | Act::After(..) => std::future::pending().await,
            }
        })
    }
}

impl TokenEndpoint for Scripted {
    fn request<'a>(
        &'a self,
        _: &'a ClientCredentials,
    ) -> BoxFuture<'a, Result<RawReply, EndpointError>> {
        let reply = self.act();
        Box::pin(async move { Ok(RawReply::new(reply.await?)) })
    }
}

impl Transport for Scripted {
    fn mode(&self) -> Mode {
        Mode::Either
    }

    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        _: &'a Limits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        let body = String::from_utf8(request.body().to_vec()).unwrap();
        self.bodies.lock().unwrap().push(body);
        self.act()
    }
}
