//! Many readers, one refresh.

use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

use crate::support::{Act, Rig, after, ms, status, token};

#[test]
pub(crate) fn fault_36_fifty_cold_readers() {
    let rig = Rig::new(|n| after(300, token(n, 3_600)));
    let results = rig.read_together(50);
    assert_eq!((results.len(), rig.requests()), (50, 1));
    assert!(results.iter().all(|result| result.as_ref().unwrap().expose() == "token-0"));
}

#[test]
pub(crate) fn fault_37_twenty_cold_readers_and_a_failing_server() {
    let rig = Rig::new(|_| after(10, status(500)));
    let results = rig.read_together(20);
    assert_eq!((results.len(), rig.requests()), (20, 3));
    let errors: Vec<_> = results.into_iter().map(Result::unwrap_err).collect();
    assert!(errors.iter().all(|error| format!("{error:?}") == format!("{:?}", errors[0])));
    assert_eq!(errors[0].status().unwrap(), 500);
}

/// The same with threads, which meet in the slot as tasks of one thread do not.
#[test]
pub(crate) fn fault_36_fifty_threads() {
    let rig = Rig::new(|n| token(n, 3_600));
    std::thread::scope(|scope| {
        for _ in 0..50 {
            scope.spawn(|| assert!(wait_for(rig.source.token()).is_ok()));
        }
    });
    assert_eq!(rig.requests(), 1);
}

/// Runs a future on a thread that others may have to wake: unlike `Rig::run` it
/// does not take "nothing is due" for "nothing will happen".
fn wait_for<T>(future: impl Future<Output = T>) -> T {
    const PATIENCE: Duration = Duration::from_secs(20);
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut future = std::pin::pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return value;
        }
        let parked = Instant::now();
        thread::park_timeout(PATIENCE);
        assert!(parked.elapsed() < PATIENCE, "no wake-up came");
    }
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Threads that join, give up after a few polls or stay to the end, while another moves the clock:
/// no wake-up is lost, and no refresh is made twice.
#[test]
pub(crate) fn fault_57_threads_that_come_and_go() {
    for round in 0..200 {
        let rig = Rig::new(|n| after(5, Act::After(ms(5), Box::new(token(n, 3_600)))));
        thread::scope(|scope| {
            for reader in 0..8 {
                let rig = &rig;
                scope.spawn(move || {
                    let waker = Waker::from(Arc::new(Unpark(thread::current())));
                    let mut context = Context::from_waker(&waker);
                    let mut read = Box::pin(rig.source.token());
                    let n_polls = if reader % 2 == 0 { usize::MAX } else { (round + reader) % 3 };
                    for _ in 0..n_polls {
                        if read.as_mut().poll(&mut context).is_ready() {
                            return;
                        }
                        thread::park();
                    }
                });
            }
            while rig.source.try_token().unwrap().is_none() {
                rig.clock.advance(ms(1));
                thread::sleep(Duration::from_micros(20));
            }
        });
        assert_eq!(rig.requests(), 1, "round {round}");
    }
}
