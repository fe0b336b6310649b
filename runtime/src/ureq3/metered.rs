//! Limits what is read of trailers and chunk extensions, and how long a stream is waited for, for which `ureq` has no limit.

use std::cell::Cell;
use std::error::Error;
use std::fmt;
use std::io;
use std::time::Instant;

use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, NextTimeout, Transport};

use crate::transport::MAX_HEAD;

/// How long the status line may be that stands before the headers.
const STATUS_LINE: usize = 1024;

/// What may be read for one head, or from one piece of a body to the next: between two pieces there is
/// nothing but the extensions of a chunk, and after the last one the trailers.
pub(super) const MAX_STEP: usize = MAX_HEAD + STATUS_LINE;

thread_local! {
    /// What may still be read. `ureq` makes connections without a word about the request, and a
    /// connection serves one request after another; but a request is sent, and its response is read, on
    /// the thread that asked for it.
    static LEFT: Cell<usize> = const { Cell::new(MAX_STEP) };

    /// Until when bytes are waited for on this thread, beside the deadlines of `ureq`.
    static UNTIL: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// Sets until when bytes are waited for on this thread.
pub(super) fn wait_until(until: Option<Instant>) {
    UNTIL.set(until);
}

fn shortened(mut timeout: NextTimeout) -> NextTimeout {
    if let Some(until) = UNTIL.get() {
        let left = until.saturating_duration_since(Instant::now()).into();
        timeout.after = timeout.after.min(left);
    }
    timeout
}

/// Begins another step on this thread.
pub(super) fn begin_step() {
    LEFT.set(MAX_STEP);
}

/// Puts the count around each connection that another connector has made.
#[derive(Debug)]
pub(super) struct Metering;

impl<In: Transport> Connector<In> for Metering {
    type Out = Metered<In>;

    fn connect(
        &self,
        _: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Metered<In>>, ureq::Error> {
        Ok(chained.map(Metered))
    }
}

/// A connection that stops reading where a step has no end.
#[derive(Debug)]
pub(super) struct Metered<T>(T);

impl<T: Transport> Metered<T> {
    /// Runs something that is not to be counted by a connection within this one: through a proxy,
    /// there is one below TLS and one above.
    fn alone<R>(&mut self, run: impl FnOnce(&mut T) -> R) -> R {
        let left = LEFT.replace(usize::MAX);
        let result = run(&mut self.0);
        LEFT.set(left);
        result
    }
}

impl<T: Transport> Transport for Metered<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.0.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        let timeout = shortened(timeout);
        let result = self.alone(|inner| inner.transmit_output(amount, timeout));
        // What came until now, such as the handshake of TLS, is no part of the response.
        begin_step();
        result
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        let before = self.0.buffers().input().len();
        // What an earlier step has read ahead, and this one did not take, counts too.
        if LEFT.get() == 0 || before >= MAX_STEP {
            return Err(io::Error::other(StepTooLarge).into());
        }
        let timeout = shortened(timeout);
        let result = self.alone(|inner| inner.await_input(timeout));
        let n_read = self.0.buffers().input().len().saturating_sub(before);
        LEFT.set(LEFT.get().saturating_sub(n_read));
        result
    }

    fn is_open(&mut self) -> bool {
        self.0.is_open()
    }

    fn is_tls(&self) -> bool {
        self.0.is_tls()
    }
}

/// More was read than a head, trailers or chunk extensions may have.
#[derive(Debug)]
struct StepTooLarge;

impl fmt::Display for StepTooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the head, trailers or chunk extensions do not end")
    }
}

impl Error for StepTooLarge {}

/// Whether an error is the one of a step without end.
pub(super) fn is_too_large(error: &io::Error) -> bool {
    matches!(error.get_ref(), Some(content) if content.is::<StepTooLarge>())
}
