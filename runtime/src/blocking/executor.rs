//! Runs a future on the current thread, which sleeps while the future is pending.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use crate::transport::{BoxFuture, Waiting};

/// Runs a future to completion on the current thread.
///
/// There is no reactor and no timer: other threads have to wake the future. A call with a transport that
/// needs an async runtime fails immediately
/// ([`TransportErrorKind::NeedsRuntime`](crate::TransportErrorKind::NeedsRuntime)); other futures that need
/// the runtime of `tokio` panic or never complete. In an async task it would block the thread; await the
/// future there.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let _waiting = Waiting::begin();
    let mut future = pin!(future);
    let alarm = Arc::new(Alarm { thread: thread::current(), is_rung: AtomicBool::new(false) });
    let waker = Waker::from(Arc::clone(&alarm));
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
        // Others park this thread too, and may have used the wake that was meant for us.
        while !alarm.is_rung.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
}

/// Runs a future on a new thread. If none can be started, the future is dropped.
pub(crate) fn spawn_thread(future: BoxFuture<'static, ()>) {
    let _ = thread::Builder::new().name("token-refresh".into()).spawn(move || block_on(future));
}

struct Alarm {
    thread: Thread,
    is_rung: AtomicBool,
}

impl Wake for Alarm {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.is_rung.store(true, Ordering::Release);
        self.thread.unpark();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::poll_fn;
    use std::time::Duration;

    /// Is ready after another thread has woken it this many times.
    async fn woken(times: usize) -> usize {
        let mut n_polls = 0;
        poll_fn(|context| {
            n_polls += 1;
            if n_polls > times {
                return Poll::Ready(n_polls);
            }
            let waker = context.waker().clone();
            thread::spawn(move || {
                thread::sleep(Duration::from_millis(5));
                waker.wake();
            });
            Poll::Pending
        })
        .await
    }

    #[test]
    fn polls_once_for_each_wake() {
        assert_eq!(block_on(woken(0)), 1);
        assert_eq!(block_on(woken(3)), 4);
    }

    #[test]
    fn one_inside_another_takes_no_wake_away() {
        let outer = async {
            let mut is_first = true;
            poll_fn(|context| {
                if !std::mem::take(&mut is_first) {
                    return Poll::Ready(());
                }
                // Wakes this thread before the inner one parks it.
                context.waker().wake_by_ref();
                block_on(woken(2));
                Poll::Pending
            })
            .await;
        };
        block_on(outer);
    }
}
