//! Records what passes through a transport, for tests without a network.

mod file;
mod hidden;
mod noted;

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::{Request, Response};

use super::Mock;
use crate::secret::Secret;
use crate::transport::{BoxFuture, Limits, Mode, Transport, TransportError};

pub use file::RecordingError;
pub(super) use hidden::{HIDDEN, is_same};
use noted::SentBy;
pub(crate) use noted::{note_received, noting};

/// A transport that records what passes through another one, for [`Mock::expect_recorded`]. Clones are the same.
///
/// Run the code under test once with a client over it, against the real server, and [`save`](Self::save) the
/// recording beside the test. It has no secrets: in the place of each stands `***`. Hidden are the headers that hold
/// credentials, what a request took of a [`Secret`] or a credential, what was read of a response as a `Secret`, and
/// the tokens and passwords of OAuth 2.0 by their names. Further ones are told by [`hide`](Self::hide); look at the
/// file before you commit it, since nothing knows what is personal.
///
/// A body that is a stream is recorded as a whole. A request without a response is not recorded.
///
/// ```no_run
/// # use tamarack_runtime::{ClientBuilder, ClientCore, Transport};
/// use tamarack_runtime::mock::{Mock, Recorder};
///
/// # fn real() -> impl Transport + 'static { Mock::new() }
/// # fn client(transport: impl Transport + 'static) -> ClientCore {
/// #     ClientBuilder::new("example/1").base_url("https://a.example").transport(transport).build().unwrap()
/// # }
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// // Once:
/// let recorder = Recorder::new(real());
/// let core = client(recorder.clone());
/// // … the code under test …
/// recorder.save("tests/recorded/pets.json")?;
///
/// // In each run of the tests:
/// let mock = Mock::new();
/// mock.expect_recorded(&std::fs::read_to_string("tests/recorded/pets.json")?)?;
/// let core = client(mock.clone());
/// // … the code under test …
/// mock.verify()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Recorder(Arc<Inner>);

struct Inner {
    transport: Box<dyn Transport>,
    exchanges: Mutex<Vec<Exchange>>,
    hidden: Mutex<Vec<Secret>>,
    /// Secrets are noted as long as it lives.
    _noting: noted::Noting,
}

/// A request and its response.
struct Exchange {
    request: Request<Bytes>,
    response: Response<Bytes>,
}

impl Recorder {
    /// Creates a recorder over a transport.
    pub fn new(transport: impl Transport + 'static) -> Self {
        Self(Arc::new(Inner {
            transport: Box::new(transport),
            exchanges: Mutex::default(),
            hidden: Mutex::default(),
            _noting: noted::Noting::begin(),
        }))
    }

    /// Hides a further text wherever it stands, such as an account number.
    pub fn hide(&self, text: impl Into<Secret>) {
        lock(&self.0.hidden).push(text.into());
    }

    /// Returns what was recorded, as the text of a file.
    pub fn to_json(&self) -> String {
        let mut secrets = lock(&self.0.hidden).clone();
        secrets.extend(noted::received());
        let exchanges = lock(&self.0.exchanges);
        secrets.extend(exchanges.iter().flat_map(hidden::secrets_of));
        file::write(&exchanges, &hidden::Mask::of(&secrets))
    }

    /// Writes what was recorded to a file.
    pub fn save(&self, path: impl AsRef<Path>) -> io::Result<()> {
        std::fs::write(path, self.to_json())
    }
}

impl Transport for Recorder {
    fn mode(&self) -> Mode {
        self.0.transport.mode()
    }

    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        limits: &'a Limits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let sent = request.clone();
            let response = self.0.transport.send(request, limits).await?;
            let exchange = Exchange { request: sent, response: response.clone() };
            lock(&self.0.exchanges).push(exchange);
            Ok(response)
        })
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n = lock(&self.0.exchanges).len();
        f.debug_struct("Recorder").field("exchanges", &n).finish_non_exhaustive()
    }
}

impl Mock {
    /// Expects the requests of a recording, and answers them with its responses: the text of a file that
    /// [`Recorder::save`] wrote.
    ///
    /// The client has the base URL that it had when the recording was made. Where a secret was hidden, any text is
    /// the same.
    pub fn expect_recorded(&self, json: &str) -> Result<(), RecordingError> {
        for (operation, request, response) in file::read(json)? {
            self.push_recorded(operation, request, response);
        }
        Ok(())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
