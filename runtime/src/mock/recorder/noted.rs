//! Notes which secrets pass while there is a recorder: those that requests are built with, and those that are read
//! of responses.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use http::Request;

use crate::body::RequestBody;
use crate::request::RequestError;
use crate::retry::DeclaredRetries;
use crate::secret::{Secret, exposed};

/// How many recorders there are.
static N_RECORDERS: AtomicUsize = AtomicUsize::new(0);

/// The secrets that were read while there is one. A response is decoded behind the transport, which so does not see
/// what of it is a secret.
static RECEIVED: Mutex<Vec<Secret>> = Mutex::new(Vec::new());

/// A recorder that there is.
pub(super) struct Noting(());

impl Noting {
    pub(super) fn begin() -> Self {
        N_RECORDERS.fetch_add(1, Ordering::SeqCst);
        Self(())
    }
}

impl Drop for Noting {
    fn drop(&mut self) {
        if N_RECORDERS.fetch_sub(1, Ordering::SeqCst) == 1 {
            RECEIVED.lock().unwrap_or_else(PoisonError::into_inner).clear();
        }
    }
}

fn is_recording() -> bool {
    N_RECORDERS.load(Ordering::SeqCst) > 0
}

/// What a recorder is told of a request.
#[derive(Clone)]
pub(crate) struct SentBy {
    pub(super) operation: &'static str,
    /// The header of the idempotency key, where it is one of its own.
    pub(super) key_header: Option<&'static str>,
    pub(super) secrets: Vec<Secret>,
}

/// Builds the request of an operation; where there is a recorder, the request tells it of its secrets.
pub(crate) fn noting(
    operation: &'static str,
    retries: &DeclaredRetries,
    build: &dyn Fn() -> Result<Request<RequestBody>, RequestError>,
) -> Result<Request<RequestBody>, RequestError> {
    if !is_recording() {
        return build();
    }
    let (request, secrets) = exposed::during(build);
    let mut request = request?;
    request.extensions_mut().insert(SentBy { operation, key_header: retries.key_header, secrets });
    Ok(request)
}

/// Notes a secret that was read.
pub(crate) fn note_received(secret: &Secret) {
    if is_recording() {
        RECEIVED.lock().unwrap_or_else(PoisonError::into_inner).push(secret.clone());
    }
}

/// Returns the secrets that were read.
pub(super) fn received() -> Vec<Secret> {
    RECEIVED.lock().unwrap_or_else(PoisonError::into_inner).clone()
}
