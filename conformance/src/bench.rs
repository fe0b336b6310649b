//! Sends a request with the transport under test, within a time limit of our own.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use tamarack_runtime::bytes::Bytes;
use tamarack_runtime::http::{Request, Response};
use tamarack_runtime::{
    BoxFuture, Limits, RequestBody, ResponseBody, Transport, TransportError, TransportErrorKind,
};

use crate::Finding;

/// How much later than its deadline a request may end; a busy machine needs some.
const SLACK: Duration = Duration::from_secs(5);

type Streamed = Result<Response<ResponseBody>, TransportError>;

type Drive = dyn Fn(BoxFuture<'static, ()>) + Send + Sync;

/// The transport under test and the errors it gave.
#[derive(Clone)]
pub(crate) struct Bench {
    transport: Arc<dyn Transport>,
    drive: Arc<Drive>,
    errors: Arc<Mutex<Vec<TransportError>>>,
}

/// What became of a request.
pub(crate) enum Sent {
    Reply(Response<Bytes>),
    Failed(TransportError),
    /// Nothing, long after the deadline.
    Stuck,
    /// Its future was dropped, or panicked.
    Lost,
}

impl Bench {
    pub(crate) fn new(
        transport: Arc<dyn Transport>,
        drive: Arc<Drive>,
        errors: Arc<Mutex<Vec<TransportError>>>,
    ) -> Self {
        Self { transport, drive, errors }
    }

    pub(crate) fn transport(&self) -> &dyn Transport {
        &*self.transport
    }

    /// Sends a request with limits that it should not meet.
    pub(crate) fn send(&self, request: Request<Bytes>) -> Sent {
        self.send_within(request, limits(Duration::from_secs(5)))
    }

    /// Sends a request as a stream and works on the response, for as long as told.
    pub(crate) fn stream<T: Send + 'static>(
        &self,
        patience: Duration,
        request: Request<RequestBody>,
        limits: Limits,
        work: impl FnOnce(Streamed) -> BoxFuture<'static, T> + Send + 'static,
    ) -> Result<T, String> {
        let (transport, drive) = (Arc::clone(&self.transport), Arc::clone(&self.drive));
        let errors = Arc::clone(&self.errors);
        let (sender, receiver) = channel();
        thread::spawn(move || {
            drive(Box::pin(async move {
                let response = transport.stream(request, &limits).await;
                lock(&errors).extend(response.as_ref().err().cloned());
                // Nobody listens any more where it took too long.
                let _ = sender.send(work(response).await);
            }));
        });
        receiver.recv_timeout(patience).map_err(|error| match error {
            RecvTimeoutError::Timeout => Sent::Stuck.describe(),
            RecvTimeoutError::Disconnected => Sent::Lost.describe(),
        })
    }

    /// Sends a request; whoever does not come back is left behind.
    pub(crate) fn send_within(&self, request: Request<Bytes>, limits: Limits) -> Sent {
        let patience = limits.timeout + SLACK;
        let (transport, drive) = (Arc::clone(&self.transport), Arc::clone(&self.drive));
        let (sender, receiver) = channel();
        let start = Instant::now();
        thread::spawn(move || {
            drive(Box::pin(async move {
                // Nobody listens any more where it took too long.
                let _ = sender.send(transport.send(request, &limits).await);
            }));
        });
        let result = receiver.recv_timeout(patience.saturating_sub(start.elapsed()));
        match result {
            Ok(Ok(reply)) => Sent::Reply(reply),
            Ok(Err(error)) => {
                lock(&self.errors).push(error.clone());
                Sent::Failed(error)
            }
            Err(RecvTimeoutError::Timeout) => Sent::Stuck,
            Err(RecvTimeoutError::Disconnected) => Sent::Lost,
        }
    }
}

/// Returns limits with room for 1000 bytes.
pub(crate) fn limits(timeout: Duration) -> Limits {
    Limits::default().with_timeout(timeout).with_max_body(MAX_BODY)
}

/// The cap of every request here.
pub(crate) const MAX_BODY: usize = 1000;

impl Sent {
    /// Says what it is, for a report; no content is shown.
    pub(crate) fn describe(&self) -> String {
        match self {
            Self::Reply(reply) => {
                format!(
                    "a reply of status {}, {} bytes",
                    reply.status().as_u16(),
                    reply.body().len()
                )
            }
            Self::Failed(error) => format!("an error of the kind {:?}", error.kind()),
            Self::Stuck => "nothing, long after the deadline".to_owned(),
            Self::Lost => "a panic, or a future that was dropped".to_owned(),
        }
    }

    /// Expects a whole response.
    pub(crate) fn reply(self) -> Result<Response<Bytes>, String> {
        match self {
            Self::Reply(reply) => Ok(reply),
            other => Err(format!("{}, not a response", other.describe())),
        }
    }

    /// Expects an error of this kind.
    pub(crate) fn error(self, kind: TransportErrorKind) -> Result<TransportError, String> {
        match self {
            Self::Failed(error) if error.kind() == kind => Ok(error),
            other => Err(format!("{}, not an error of the kind {kind:?}", other.describe())),
        }
    }
}

/// Expects something to be true.
pub(crate) fn expect(is_so: bool, otherwise: impl FnOnce() -> String) -> Finding {
    if is_so { Ok(()) } else { Err(otherwise()) }
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
