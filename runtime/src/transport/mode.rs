//! How the futures of a transport must be run, and the check that they are.

#[cfg(feature = "blocking")]
use std::cell::Cell;

use super::{TransportError, TransportErrorKind};

/// How the futures of a [`Transport`](crate::Transport) must be run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Mode {
    /// By an async runtime, such as Tokio's.
    Async,
    /// By a waiting thread: a future does all its work when it is first polled.
    Blocking,
    /// By either: a future needs no runtime and does not block its thread.
    Either,
}

impl Mode {
    /// Returns an error if a future of this mode would panic, hang, or block the other tasks of a runtime.
    pub(crate) fn check(self) -> Result<(), TransportError> {
        match self {
            Self::Async if is_waited_for() => {
                Err(TransportError::new(TransportErrorKind::NeedsRuntime))
            }
            Self::Blocking if !is_waited_for() => {
                Err(TransportError::new(TransportErrorKind::WouldBlock))
            }
            Self::Async | Self::Blocking | Self::Either => Ok(()),
        }
    }
}

#[cfg(feature = "blocking")]
thread_local! {
    /// Whether this thread is inside [`block_on`](crate::blocking::block_on).
    static IS_WAITED_FOR: Cell<bool> = const { Cell::new(false) };
}

#[cfg(feature = "blocking")]
fn is_waited_for() -> bool {
    IS_WAITED_FOR.get()
}

/// Without the feature, nothing can wait.
#[cfg(not(feature = "blocking"))]
fn is_waited_for() -> bool {
    false
}

/// Marks futures that this thread polls as waited for, until dropped.
#[cfg(feature = "blocking")]
pub(crate) struct Waiting {
    before: bool,
}

#[cfg(feature = "blocking")]
impl Waiting {
    pub(crate) fn begin() -> Self {
        Self { before: IS_WAITED_FOR.replace(true) }
    }
}

#[cfg(feature = "blocking")]
impl Drop for Waiting {
    fn drop(&mut self) {
        IS_WAITED_FOR.set(self.before);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(mode: Mode) -> Option<TransportErrorKind> {
        mode.check().err().map(|error| error.kind())
    }

    #[test]
    fn whoever_awaits_needs_a_transport_that_does_not_block() {
        assert_eq!(kind(Mode::Async), None);
        assert_eq!(kind(Mode::Blocking), Some(TransportErrorKind::WouldBlock));
        assert_eq!(kind(Mode::Either), None);
    }

    #[cfg(feature = "blocking")]
    #[test]
    fn whoever_waits_needs_a_transport_without_a_runtime() {
        use crate::blocking::block_on;

        let waited = |mode| block_on(async { kind(mode) });
        assert_eq!(waited(Mode::Async), Some(TransportErrorKind::NeedsRuntime));
        assert_eq!(waited(Mode::Blocking), None);
        assert_eq!(waited(Mode::Either), None);
    }

    #[cfg(feature = "blocking")]
    #[test]
    fn the_mark_goes_with_the_wait_whatever_its_end() {
        use crate::blocking::block_on;

        block_on(async {
            block_on(async {});
            assert!(is_waited_for(), "the outer wait goes on");
        });
        assert!(!is_waited_for());
        let panicked = std::panic::catch_unwind(|| block_on(async { panic!("of a transport") }));
        assert!(panicked.is_err() && !is_waited_for());
        block_on(async { std::thread::spawn(|| assert!(!is_waited_for())).join().unwrap() });
    }
}
