//! Threads without async that read a token source whose endpoint blocks.

#![allow(clippy::unwrap_used, reason = "clippy takes the helpers of a test program for a program")]

mod budget;

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::{Duration, Instant};

use tamarack_runtime::blocking::TokenSource;
use tamarack_runtime::bytes::Bytes;
use tamarack_runtime::http::Response;
use tamarack_runtime::token::{
    ClientCredentials, EndpointError, ManualClock, TokenEndpoint, TokenErrorKind,
};
use tamarack_runtime::{BoxFuture, RawReply};

/// What the endpoint does with the request of this number, on the thread that polls it.
type Act = fn(usize);

struct Endpoint {
    act: Act,
    n_requests: Arc<AtomicUsize>,
}

impl TokenEndpoint for Endpoint {
    fn request<'a>(
        &'a self,
        _: &'a ClientCredentials,
    ) -> BoxFuture<'a, Result<RawReply, EndpointError>> {
        Box::pin(async move {
            let n = self.n_requests.fetch_add(1, Ordering::SeqCst);
            (self.act)(n);
            let body = format!(
                r#"{{"access_token":"token-{n}","token_type":"Bearer","expires_in":3600}}"#
            );
            Ok(RawReply::new(Response::new(Bytes::from(body))))
        })
    }
}

struct Rig {
    source: TokenSource,
    clock: ManualClock,
    n_requests: Arc<AtomicUsize>,
}

impl Rig {
    fn new(act: Act) -> Self {
        let (clock, n_requests) = (ManualClock::new(), Arc::new(AtomicUsize::new(0)));
        let endpoint = Endpoint { act, n_requests: Arc::clone(&n_requests) };
        let builder = TokenSource::builder(endpoint, ClientCredentials::new("id", "secret"));
        let source = builder.clock(clock.clone()).jitter(|| 0.0).build().unwrap();
        Self { source, clock, n_requests }
    }

    fn requests(&self) -> usize {
        self.n_requests.load(Ordering::SeqCst)
    }
}

fn until(condition: impl Fn() -> bool) {
    let start = Instant::now();
    while !condition() {
        assert!(start.elapsed() < Duration::from_secs(60), "it never came to be");
        thread::sleep(Duration::from_millis(2));
    }
}

fn slow(_: usize) {
    thread::sleep(Duration::from_millis(200));
}

#[test]
fn many_cold_threads_make_one_request() {
    let rig = Rig::new(slow);
    let barrier = Arc::new(Barrier::new(20));
    let readers: Vec<_> = (0..20)
        .map(|_| {
            let (source, barrier) = (rig.source.clone(), Arc::clone(&barrier));
            thread::spawn(move || {
                barrier.wait();
                source.token().unwrap().expose().to_owned()
            })
        })
        .collect();
    for reader in readers {
        assert_eq!(reader.join().unwrap(), "token-0");
    }
    assert_eq!(rig.requests(), 1);
    let value = rig.source.authorization().unwrap();
    assert!(value.is_sensitive() && value == "Bearer token-0");
}

#[test]
fn no_reader_in_the_window_waits_for_the_network() {
    static IS_OPEN: AtomicBool = AtomicBool::new(false);
    let rig = Rig::new(|n| {
        if n > 0 {
            until(|| IS_OPEN.load(Ordering::SeqCst));
        }
    });
    rig.source.token().unwrap();
    // A quarter of the lifetime before its end, whatever the jitter.
    rig.clock.advance(Duration::from_secs(2_930));
    for _ in 0..1_000 {
        assert_eq!(rig.source.token().unwrap().expose(), "token-0");
    }
    // Whoever waits for the network would have waited until now.
    IS_OPEN.store(true, Ordering::SeqCst);
    until(|| rig.source.token().unwrap().expose() == "token-1");
    assert_eq!(rig.requests(), 2);
}

#[test]
fn what_does_not_wait_finds_the_token_later() {
    static IS_OPEN: AtomicBool = AtomicBool::new(false);
    let rig = Rig::new(|_| until(|| IS_OPEN.load(Ordering::SeqCst)));
    assert!(rig.source.try_token().unwrap().is_none());
    IS_OPEN.store(true, Ordering::SeqCst);
    until(|| rig.source.try_token().unwrap().is_some());
    assert_eq!(rig.requests(), 1);
}

#[test]
fn a_rejected_token_is_replaced() {
    let rig = Rig::new(|_| ());
    let token = rig.source.token().unwrap();
    rig.clock.advance(Duration::from_secs(2));
    rig.source.rotate_secret("another").unwrap();
    assert_eq!(rig.source.token().unwrap().expose(), "token-0");
    rig.source.invalidate(&token);
    assert_eq!(rig.source.token().unwrap().expose(), "token-1");
    // Late news of the same token.
    rig.source.invalidate(&token);
    assert_eq!(rig.source.token().unwrap().expose(), "token-1");
}

#[test]
fn a_panic_on_the_thread_of_a_refresh_is_an_error_of_one_read() {
    let rig = Rig::new(|n| assert!(n > 0, "the first request of this test"));
    let error = rig.source.token().unwrap_err();
    assert!(matches!(error.kind(), TokenErrorKind::Aborted), "{error:?}");
    rig.clock.advance(Duration::from_secs(60));
    assert_eq!(rig.source.token().unwrap().expose(), "token-1");
}

#[test]
fn bad_credentials_are_refused_before_any_request() {
    let endpoint = Endpoint { act: slow, n_requests: Arc::default() };
    assert!(TokenSource::new(endpoint, ClientCredentials::new("id", "")).is_err());
}
