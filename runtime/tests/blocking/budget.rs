//! Holds those who wait for a token to the budget of a refresh, also where its transport blocks a thread
//! for much longer.

use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use tamarack_runtime::TransportErrorKind;
use tamarack_runtime::blocking::TokenSource;
use tamarack_runtime::token::{
    ClientCredentials, TokenEndpoint, TokenError, TokenErrorKind, TokenSourceConfig,
};

use crate::{Act, Endpoint, until};

const BUDGET: Duration = Duration::from_millis(400);
/// What a busy machine may add; much less than the transport would take.
const SLACK: Duration = Duration::from_secs(8);

/// The events of a source: the number of the attempt, and whether it failed.
type Events = Arc<Mutex<Vec<(u32, bool)>>>;

/// Makes a source over the clocks of the machine.
fn source(endpoint: impl TokenEndpoint + 'static) -> (TokenSource, Events) {
    let mut config = TokenSourceConfig::default();
    config.budget = BUDGET;
    config.first_transient_backoff = Duration::from_secs(2);
    let events = Events::default();
    let kept = Arc::clone(&events);
    let builder = TokenSource::builder(endpoint, ClientCredentials::new("id", "secret"));
    let builder = builder.config(config).observer(move |event| {
        kept.lock().unwrap().push((event.attempt, event.error.is_some()));
    });
    (builder.build().unwrap(), events)
}

fn acting(act: Act) -> (TokenSource, Events) {
    source(Endpoint { act, n_requests: Arc::default() })
}

/// Reads, and returns the error and how long it took.
fn timed(source: &TokenSource) -> (TokenError, Duration) {
    let start = Instant::now();
    (source.token().unwrap_err(), start.elapsed())
}

fn is_timeout(error: &TokenError) -> bool {
    matches!(error.kind(), TokenErrorKind::Transport(TransportErrorKind::Timeout))
}

#[test]
fn a_transport_that_blocks_does_not_block_those_who_wait() {
    let (source, events) = acting(|_| thread::sleep(Duration::from_secs(30)));
    let late = {
        let source = source.clone();
        thread::spawn(move || {
            thread::sleep(BUDGET / 2);
            timed(&source)
        })
    };
    let (error, elapsed) = timed(&source);
    assert!(is_timeout(&error) && error.is_transient(), "{error:?}");
    assert!((BUDGET..BUDGET + SLACK).contains(&elapsed), "{elapsed:?}");
    // Who comes later waits for the rest of the same budget.
    let (error, elapsed) = late.join().unwrap();
    assert!(is_timeout(&error), "{error:?}");
    assert!(elapsed < BUDGET / 2 + SLACK, "{elapsed:?}");
    assert_eq!(*events.lock().unwrap(), [(0, true)]);
    // Nor does the next read start another that blocks.
    let (error, elapsed) = timed(&source);
    assert!(matches!(error.kind(), TokenErrorKind::Backoff), "{error:?}");
    assert!(elapsed < SLACK, "{elapsed:?}");
}

#[test]
fn a_source_recovers_from_a_transport_that_blocked() {
    let (source, events) = acting(|n| {
        if n == 0 {
            thread::sleep(Duration::from_millis(1_200));
        }
    });
    assert!(is_timeout(&timed(&source).0));
    until(|| source.token().is_ok());
    assert_eq!(source.token().unwrap().expose(), "token-1");
    // The first request ended in the end, too late to count.
    until(|| events.lock().unwrap().len() == 3);
    assert_eq!(source.token().unwrap().expose(), "token-1");
}

#[test]
fn a_refresh_that_waits_for_its_turn_keeps_the_budget_too() {
    let (source, _) = acting(|n| {
        if n > 0 {
            thread::sleep(Duration::from_secs(30));
        }
    });
    let token = source.token().unwrap();
    let start = Instant::now();
    source.invalidate(&token);
    assert!(is_timeout(&timed(&source).0));
    // Asking again so soon after a token waits for a second first; that is part of the budget.
    assert!(start.elapsed() < BUDGET + SLACK, "{:?}", start.elapsed());
}

#[cfg(feature = "ureq3")]
mod over_ureq {
    use super::*;

    use std::io::{Read as _, Write as _};
    use std::net::{TcpListener, TcpStream};

    use tamarack_runtime::http::Method;
    use tamarack_runtime::token::EndpointError;
    use tamarack_runtime::ureq3::Ureq3;
    use tamarack_runtime::{BoxFuture, ClientBuilder, ClientCore, RawReply};

    struct OverCore(ClientCore);

    impl TokenEndpoint for OverCore {
        fn request<'a>(
            &'a self,
            _: &'a ClientCredentials,
        ) -> BoxFuture<'a, Result<RawReply, EndpointError>> {
            Box::pin(async move {
                let request = self.0.request(Method::POST, "/token");
                Ok(self.0.send(request.build()?).await?)
            })
        }
    }

    /// A server that does this with each connection.
    fn serve(answer: fn(&mut TcpStream)) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let _ = stream.read(&mut [0; 4_096]);
                answer(&mut stream);
            }
        });
        url
    }

    /// Sends a byte every 100 ms.
    fn trickle(stream: &mut TcpStream, start: &[u8]) {
        let _ = stream.write_all(start);
        while stream.write_all(b"x").is_ok() {
            thread::sleep(Duration::from_millis(100));
        }
    }

    #[test]
    fn a_server_that_hangs_or_trickles_meets_the_budget() {
        let answers: [fn(&mut TcpStream); 4] = [
            |stream| while stream.read(&mut [0; 16]).is_ok_and(|n| n > 0) {},
            |stream| trickle(stream, b"HTTP/1.1 200 OK\r\nX: "),
            |stream| trickle(stream, b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n{"),
            |stream| {
                let head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
                trickle(stream, &[head.as_slice(), b"2\r\n{}\r\n0\r\nX: "].concat());
            },
        ];
        for (n, answer) in answers.into_iter().enumerate() {
            let builder = ClientBuilder::<ClientCore>::new("test/1").base_url(serve(answer));
            let core = builder.transport(Ureq3::new()).timeout(Duration::from_secs(20));
            let (source, _) = source(OverCore(core.build().unwrap()));
            let (error, elapsed) = timed(&source);
            assert!(is_timeout(&error), "{n}: {error:?}");
            assert!((BUDGET..BUDGET + SLACK).contains(&elapsed), "{n}: {elapsed:?}");
        }
    }
}
