//! When calls are sent again: the table of `retries.txt`, budgets, cancellation, tokens, and a real socket.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use tamarack_runtime::bytes::Bytes;
use tamarack_runtime::futures_core::Stream;
use tamarack_runtime::http::Method;
use tamarack_runtime::token::{AccessToken, TokenError, TokenErrorKind, TokenProvider};
use tamarack_runtime::{
    BoxFuture, Call, Credential, DeclaredRetries, Empty, Error, Operation, OperationInfo,
    RequestBody, RequestBuilder, RetrySettings, Status, TransportErrorKind, declared_errors,
};

use crate::notes::{AddNote, GetNote};
use crate::scripted::Scripted;
use crate::server::Server;
use crate::{client, json};

/// An operation of any method: the last digit is the method, the one before what is declared of retries.
#[derive(Clone, Default)]
struct Any<const METHOD: usize> {
    declares_key: bool,
    key: Option<String>,
    stream: Option<RequestBody>,
}

const METHODS: [&str; 7] = ["GET", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "POST"];

/// What is declared of retries, as the options of a row call it.
const DECLARED: [&str; 5] = ["", "says-409", "says-key", "says-idempotent", "says-not-idempotent"];

const fn declared(index: usize) -> DeclaredRetries {
    match index / 10 {
        0 => DeclaredRetries::new(),
        1 => DeclaredRetries::new().statuses(&[409]),
        2 => DeclaredRetries::new().statuses(&[409]).key_header("X-Request-Id"),
        3 => DeclaredRetries::new().idempotent(true),
        _ => DeclaredRetries::new().idempotent(false),
    }
}

const fn method(index: usize) -> Method {
    match index % 10 {
        0 => Method::GET,
        1 => Method::PUT,
        2 => Method::DELETE,
        3 => Method::HEAD,
        4 => Method::OPTIONS,
        5 => Method::TRACE,
        6 => Method::POST,
        _ => Method::PATCH,
    }
}

impl<const METHOD: usize> Operation for Any<METHOD> {
    type Success = Empty<()>;
    type Error = AnyError;

    const INFO: OperationInfo = OperationInfo {
        id: "any",
        method: method(METHOD),
        path: "/any",
        success: &[Status::Exact(200)],
        accept: "*/*",
        headers: &[],
        security: &[],
    };
    const RETRIES: DeclaredRetries = declared(METHOD);

    fn request(&self, request: &mut RequestBuilder) {
        if self.declares_key {
            request.header("Idempotency-Key", &self.key);
        }
        if let Some(stream) = &self.stream {
            request.body("application/octet-stream", stream);
        }
    }
}

declared_errors! {
    /// The errors of [`Any`].
    pub enum AnyError for "any" {}
}

/// A stream of a few pieces.
struct Pieces(usize);

impl Stream for Pieces {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(left) = self.0.checked_sub(1) else { return Poll::Ready(None) };
        self.0 = left;
        Poll::Ready(Some(Ok(Bytes::from_static(b"piece"))))
    }
}

/// Runs a row and returns when attempts were sent, how the call ended, and the keys that were sent.
fn run<const METHOD: usize>(api: &Scripted, options: &str) -> (String, BTreeSet<String>) {
    let mut operation = Any::<METHOD>::default();
    let options: Vec<&str> = options.split_whitespace().collect();
    operation.declares_key = options.contains(&"declared-key") || options.contains(&"set-key");
    operation.key = options.contains(&"set-key").then(|| "mine".to_owned());
    if options.contains(&"stream") {
        let pieces = [Ok::<_, std::io::Error>(Bytes::from_static(b"piece"))];
        operation.stream = Some(RequestBody::iter(pieces));
    }
    if options.contains(&"made-stream") {
        operation.stream = Some(RequestBody::repeatable_stream(|| Pieces(2)));
    }
    let core = api.builder().build().unwrap();
    let mut call = Call::new(&core, operation);
    let mut timeout = core.limits().timeout;
    for option in options {
        call = match option.split_once('=') {
            Some(("retries", n)) => call.retries(n.parse().unwrap()),
            Some(("timeout", ms)) => {
                timeout = Duration::from_millis(ms.parse().unwrap());
                call.timeout(timeout)
            }
            None if option == "header-key" => call.header("Idempotency-Key", "mine"),
            None if option == "own-header-key" => call.header("X-Request-Id", "mine"),
            _ => call,
        };
    }
    let end = match api.run(call) {
        Ok(reply) => reply.status().as_u16().to_string(),
        Err(error) => shown(&error),
    };
    let mut keys = BTreeSet::new();
    for seen in api.seen() {
        assert_eq!(seen.timeout + seen.at, timeout, "an attempt has what is left");
        let key = seen.headers.get("idempotency-key").or(seen.headers.get("x-request-id"));
        keys.insert(key.map_or(String::new(), |it| it.to_str().unwrap().to_owned()));
    }
    (end, keys)
}

fn shown<E: tamarack_runtime::DeclaredErrors>(error: &Error<E>) -> String {
    match error {
        Error::Transport(error) => match error.kind() {
            TransportErrorKind::Connect => "connect".to_owned(),
            TransportErrorKind::Interrupted => "interrupted".to_owned(),
            TransportErrorKind::Unprocessed => "unprocessed".to_owned(),
            TransportErrorKind::Tls => "tls".to_owned(),
            TransportErrorKind::Timeout => "timeout".to_owned(),
            TransportErrorKind::BodyTooLarge => "large".to_owned(),
            TransportErrorKind::Other => "other".to_owned(),
            other => panic!("{other:?}"),
        },
        error => error.status().unwrap().as_u16().to_string(),
    }
}

#[test]
fn the_table_of_scenarios() {
    let mut n_rows = 0;
    let mut differ = Vec::new();
    for row in include_str!("retries.txt").lines().filter(|row| !row.starts_with('#')) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [what, method, options, attempts, sent_at, end] = cells[..] else { panic!("{row}") };
        let api = Scripted::new(attempts);
        let method = METHODS.iter().position(|it| *it == method).unwrap_or(7);
        let says = DECLARED.iter().rposition(|it| options.contains(it)).unwrap();
        let (found, keys) = match 10 * says + method {
            0 => run::<0>(&api, options),
            1 => run::<1>(&api, options),
            2 => run::<2>(&api, options),
            3 => run::<3>(&api, options),
            4 => run::<4>(&api, options),
            5 => run::<5>(&api, options),
            6 => run::<6>(&api, options),
            7 => run::<7>(&api, options),
            10 => run::<10>(&api, options),
            16 => run::<16>(&api, options),
            20 => run::<20>(&api, options),
            26 => run::<26>(&api, options),
            36 => run::<36>(&api, options),
            40 => run::<40>(&api, options),
            other => panic!("no row had {other} before"),
        };
        let times: Vec<String> =
            api.seen().iter().map(|it| it.at.as_millis().to_string()).collect();
        let is_key = |key: &str| match options {
            "declared-key" | "says-key" if what.starts_with("no key") => key.is_empty(),
            "declared-key" | "says-key" => key.len() == 36,
            it if it.contains("-key") => key == "mine",
            _ => key.is_empty(),
        };
        let are_keys = keys.len() == 1 && keys.iter().all(|key| is_key(key));
        if (times.join(" ").as_str(), found.as_str(), api.n_left()) != (sent_at, end, 0)
            || !are_keys
        {
            differ.push(format!("{what}: sent at {times:?}, end {found}, keys {keys:?}"));
        }
        n_rows += 1;
    }
    assert_eq!(differ, [] as [String; 0]);
    assert!(n_rows >= 40, "{n_rows}");
}

#[test]
fn two_calls_have_two_keys() {
    let api = Scripted::new("200 200");
    let core = api.builder().build().unwrap();
    let operation = Any::<6> { declares_key: true, ..Default::default() };
    for _ in 0..2 {
        api.run(Call::new(&core, &operation)).unwrap();
    }
    let keys: BTreeSet<_> = api
        .seen()
        .iter()
        .map(|it| it.headers["idempotency-key"].to_str().unwrap().to_owned())
        .collect();
    assert_eq!(keys.len(), 2);
    // A method that is idempotent needs none.
    api.extend("200");
    let operation = Any::<1> { declares_key: true, ..Default::default() };
    api.run(Call::new(&core, &operation)).unwrap();
    assert!(!api.seen()[2].headers.contains_key("idempotency-key"));
}

/// The standard mode of the AWS SDKs: 500 tokens, 5 for a retry, 1 back for a success.
#[test]
fn an_outage_is_not_multiplied() {
    let api = Scripted::new(&"503 ".repeat(1_100));
    let core = api.builder().build().unwrap();
    for _ in 0..1_000 {
        assert_eq!(shown(&api.run(Call::new(&core, GetNote::new())).unwrap_err()), "503");
    }
    assert_eq!(api.seen().len(), 1_100, "one each, and a hundred retries");
    // Clients with other limits share it, and successes fill it.
    let other = core.with_limits(core.limits().clone().with_max_body(100));
    api.extend("503");
    api.run(Call::new(&other, GetNote::new())).unwrap_err();
    assert_eq!(api.n_left(), 0);
    api.extend(&"200 ".repeat(5));
    for _ in 0..5 {
        api.run(Call::new(&other, GetNote::new())).unwrap();
    }
    api.extend("503 200");
    assert!(api.run(Call::new(&core, GetNote::new())).is_ok());
}

#[test]
fn a_call_that_is_dropped_is_sent_no_more() {
    let api = Scripted::new("503");
    let core = api.builder().build().unwrap();
    let mut call = Box::pin(std::future::IntoFuture::into_future(Call::new(&core, GetNote::new())));
    assert!(call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    assert_eq!(api.clock.sleepers(), 1);
    drop(call);
    assert!(!api.clock.advance_to_next_sleeper());
    assert_eq!(api.seen().len(), 1);
}

#[test]
fn the_settings_of_a_client_hold_for_its_calls() {
    let settings = RetrySettings::default()
        .with_max_retries(3)
        .with_first_wait(Duration::from_millis(100))
        .with_max_wait(Duration::from_millis(150));
    let api = Scripted::new("503 503 503 503");
    let core = api.builder().retry_settings(settings).build().unwrap();
    api.run(Call::new(&core, GetNote::new())).unwrap_err();
    let times: Vec<u128> = api.seen().iter().map(|it| it.at.as_millis()).collect();
    assert_eq!(times, [0, 100, 250, 400]);
    let core = api.builder().retries(0).build().unwrap();
    api.extend("503");
    api.run(Call::new(&core, GetNote::new())).unwrap_err();
}

/// A provider that has no token, though it might have one later.
struct NoToken(Arc<AtomicUsize>);

impl TokenProvider for NoToken {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Box::pin(async { Err(TokenError::unavailable("later")) })
    }

    fn invalidate(&self, _: &AccessToken) {}
}

/// Requests for tokens are metered, and their source has retries of its own.
#[test]
fn a_failed_token_is_not_asked_for_again() {
    let api = Scripted::new("");
    let n_asked = Arc::new(AtomicUsize::new(0));
    let provider = Credential::provider(NoToken(Arc::clone(&n_asked)));
    let core = api.builder().credential(("bearer", provider)).build().unwrap();
    let error = api.run(Call::new(&core, GetNote::new())).unwrap_err();
    let Error::Transport(error) = &error else { panic!("{error:?}") };
    assert_eq!(*error.token_error().unwrap().kind(), TokenErrorKind::Unavailable);
    assert_eq!((n_asked.load(Ordering::Relaxed), api.seen().len()), (1, 0));
}

#[tokio::test]
async fn over_a_socket_a_server_sees_the_same_request_again() {
    let n_seen = Arc::new(AtomicUsize::new(0));
    let server = Server::start(move |stream| {
        let reply = match n_seen.fetch_add(1, Ordering::Relaxed) {
            0 => json(503, "Retry-After: 0\r\n", "{}"),
            // Closes the connection without a word.
            1 => String::new(),
            _ => json(201, "", "9"),
        };
        let _ = stream.write_all(reply.as_bytes());
    });
    let settings = RetrySettings::default().with_first_wait(Duration::from_millis(5));
    let core = client(&server).retry_settings(settings).build().unwrap();
    let reply = Call::new(&core, AddNote::new("text")).await.unwrap();
    assert_eq!(*reply.body(), 9);
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    assert!(requests[0].starts_with("POST /notes HTTP/1.1\r\n"), "{}", requests[0]);
    assert!(
        requests[0].contains("\r\nidempotency-key: ")
            && requests[0].ends_with(r#"{"text":"text"}"#)
    );
    assert!(requests.iter().all(|it| *it == requests[0]), "{requests:?}");
}

/// An upload whose stream is made anew, over a socket.
#[tokio::test]
async fn an_upload_is_sent_again_as_a_whole() {
    let n_seen = Arc::new(AtomicUsize::new(0));
    let server = Server::responding(move |_| match n_seen.fetch_add(1, Ordering::Relaxed) {
        0 => json(503, "", "{}"),
        _ => json(200, "", "1"),
    });
    let core = client(&server).jitter(|| 0.0).build().unwrap();
    let stream = RequestBody::repeatable_stream(|| Pieces(3)).with_len(15);
    assert!(stream.is_repeatable() && stream.is_streamed());
    Call::new(&core, Any::<1> { stream: Some(stream), ..Default::default() }).await.unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    assert!(requests.iter().all(|it| it.ends_with("\r\n\r\npiecepiecepiece")), "{requests:?}");
}

#[cfg(feature = "ureq3")]
#[test]
fn a_file_is_opened_again() {
    let n_seen = Arc::new(AtomicUsize::new(0));
    let server = Server::responding(move |_| match n_seen.fetch_add(1, Ordering::Relaxed) {
        0 => json(503, "", "{}"),
        _ => json(200, "", "1"),
    });
    let builder = tamarack_runtime::ClientBuilder::<tamarack_runtime::ClientCore>::new("calls/1");
    let core = builder.blocking().base_url(server.url()).jitter(|| 0.0).build().unwrap();
    let n_opened = Arc::new(AtomicUsize::new(0));
    let opened = Arc::clone(&n_opened);
    let file = RequestBody::repeatable_reader(move || {
        opened.fetch_add(1, Ordering::Relaxed);
        Ok(&b"a file"[..])
    });
    let put = |stream| Any::<1> { stream: Some(stream), ..Default::default() };
    Call::new(&core, put(file.with_len(6))).wait().unwrap();
    let requests = server.requests();
    assert_eq!((requests.len(), n_opened.load(Ordering::Relaxed)), (2, 2));
    assert!(requests.iter().all(|it| it.ends_with("\r\n\r\na file")), "{requests:?}");
    let missing = || Err::<&[u8], _>(std::io::Error::from(std::io::ErrorKind::NotFound));
    let error = Call::new(&core, put(RequestBody::repeatable_reader(missing))).wait().unwrap_err();
    let Error::Transport(error) = &error else { panic!("{error:?}") };
    assert_eq!(error.kind(), TransportErrorKind::RequestBody);
}

#[cfg(feature = "blocking")]
#[test]
fn a_thread_that_waits_retries_too() {
    let api = Scripted::new("503 200");
    let builder = api.builder().clock(tamarack_runtime::token::SystemClock::new());
    let settings = RetrySettings::default().with_first_wait(Duration::from_millis(5));
    let core = builder.retry_settings(settings).build().unwrap();
    assert!(Call::new(&core, GetNote::new()).wait().is_ok());
    assert_eq!(api.seen().len(), 2);
}
