//! Mistakes around a good client break the duties that they should.

use std::collections::BTreeSet;

use tamarack_conformance::Duty;
use tamarack_runtime::bytes::Bytes;
use tamarack_runtime::http::{HeaderValue, Request, Response};
use tamarack_runtime::reqwest013::Reqwest013;
use tamarack_runtime::{BoxFuture, Limits, Mode, Transport, TransportError, TransportErrorKind};

use crate::with_tokio;

/// What is done around a client that keeps its duties.
#[derive(Clone, Copy, Debug)]
enum Habit {
    Retries,
    AsksForGzip,
    SendsCookies,
    TakesWhatItGets,
    OverlooksHeads,
    MakesStatusesErrors,
    NamesTheUrl,
    DropsTheQuery,
    SaysItBlocks,
    Panics,
}

struct Careless(Reqwest013, Habit);

impl Careless {
    async fn exchange(
        &self,
        mut request: Request<Bytes>,
        limits: &Limits,
    ) -> Result<Response<Bytes>, TransportError> {
        let uri = request.uri().clone();
        let headers = request.headers_mut();
        match self.1 {
            Habit::AsksForGzip => {
                headers.insert("accept-encoding", HeaderValue::from_static("gzip"));
            }
            Habit::SendsCookies => {
                headers.insert("cookie", HeaderValue::from_static("a=b"));
            }
            Habit::DropsTheQuery => {
                let origin = format!("http://{}{}", uri.authority().unwrap(), uri.path());
                *request.uri_mut() = origin.parse().unwrap();
            }
            Habit::Panics => panic!("out of habit"),
            _ => {}
        }
        let result = self.0.send(request.clone(), limits).await;
        match (self.1, result) {
            (Habit::Retries, Err(error)) if error.kind() == TransportErrorKind::Interrupted => {
                self.0.send(request, limits).await
            }
            (Habit::TakesWhatItGets, Err(error)) => match error.partial() {
                Some(reply) if error.kind() == TransportErrorKind::Interrupted => {
                    Ok(Response::new(reply.bytes().clone()))
                }
                _ => Err(error),
            },
            (Habit::OverlooksHeads, Err(error))
                if error.kind() == TransportErrorKind::HeadTooLarge =>
            {
                Ok(Response::new(Bytes::new()))
            }
            (Habit::MakesStatusesErrors, Ok(reply)) if reply.status().is_client_error() => {
                Err(TransportError::new(TransportErrorKind::Other))
            }
            (Habit::NamesTheUrl, Err(error)) => Err(error.with_source(uri.to_string())),
            (_, result) => result,
        }
    }
}

impl Transport for Careless {
    fn mode(&self) -> Mode {
        if matches!(self.1, Habit::SaysItBlocks | Habit::Panics) {
            Mode::Blocking
        } else {
            self.0.mode()
        }
    }

    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        limits: &'a Limits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        Box::pin(self.exchange(request, limits))
    }
}

#[test]
fn each_habit_breaks_its_own_duties_and_no_other() {
    let habits = [
        (Habit::Retries, Duty::SentOnce),
        (Habit::AsksForGzip, Duty::NoDecompression),
        (Habit::SendsCookies, Duty::NothingAdded),
        (Habit::TakesWhatItGets, Duty::ShortBody),
        (Habit::OverlooksHeads, Duty::HeadCap),
        (Habit::MakesStatusesErrors, Duty::StatusIsNoError),
        (Habit::NamesTheUrl, Duty::SilentErrors),
        (Habit::DropsTheQuery, Duty::AsItIs),
        (Habit::SaysItBlocks, Duty::Mode),
    ];
    // Each looks at all duties at once, and a machine that is too busy misses deadlines.
    for some in habits.chunks(2) {
        let look = |(habit, _): &(Habit, Duty)| {
            let habit = *habit;
            std::thread::spawn(move || with_tokio(Careless(Reqwest013::new().unwrap(), habit)))
        };
        let running: Vec<_> = some.iter().map(look).collect();
        for ((habit, duty), look) in some.iter().zip(running) {
            let report = look.join().unwrap();
            assert_eq!(report.failed(), BTreeSet::from([*duty]), "{habit:?}\n{report}");
        }
    }
}

#[test]
fn a_panic_is_a_finding() {
    let report = with_tokio(Careless(Reqwest013::new().unwrap(), Habit::Panics));
    let all = Duty::ALL.into_iter().filter(|duty| !Duty::STREAMS.contains(duty));
    assert_eq!(report.failed(), all.collect(), "{report}");
}
