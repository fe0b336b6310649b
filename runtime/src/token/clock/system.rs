//! The clock of the system, with a timer thread that runs only while something waits.
//!
//! The thread is not a runtime's timer on purpose: a wait goes on when the runtime that began it ends,
//! and it works without any.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, LazyLock, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use super::{Clock, Now};
use crate::transport::BoxFuture;

/// The clocks of the machine.
///
/// It waits with a thread of its own, which starts with the first wait and ends with the last. Where no
/// thread can be started a wait has no end; inject another [`Clock`] there.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl SystemClock {
    /// Makes the clock.
    pub fn new() -> Self {
        Self
    }
}

static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// For how long a reading of the time of day also tells the readings after it, since a clock costs more than
/// all else of a cached read. A machine that wakes up is told of so much later; whoever read just before it
/// slept could not know either.
const WALL_HOLDS: Duration = Duration::from_millis(5);

/// How far the time of day is ahead of monotonic time, in nanoseconds since the epoch, and until when, in
/// nanoseconds of monotonic time, that is taken for true.
static WALL_AHEAD: AtomicU64 = AtomicU64::new(0);
static WALL_UNTIL: AtomicU64 = AtomicU64::new(0);

impl Clock for SystemClock {
    fn now(&self) -> Now {
        let monotonic = START.elapsed();
        Now { monotonic, wall: wall(monotonic) }
    }

    fn sleep_until(&self, monotonic: Duration) -> BoxFuture<'static, ()> {
        Box::pin(Sleep { until: monotonic, id: None })
    }
}

fn wall(monotonic: Duration) -> SystemTime {
    // The two are stored in this order, so that what is read second belongs to what is read first or is newer.
    if nanos(monotonic) < WALL_UNTIL.load(Ordering::Acquire) {
        let ahead = Duration::from_nanos(WALL_AHEAD.load(Ordering::Acquire));
        return SystemTime::UNIX_EPOCH + ahead + monotonic;
    }
    let wall = SystemTime::now();
    let since_epoch = wall.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    // A time of day before the epoch, or after the year 2554, is read each time.
    if let Some(ahead) = since_epoch.checked_sub(monotonic).filter(|it| nanos(*it) < u64::MAX) {
        WALL_AHEAD.store(nanos(ahead), Ordering::Release);
        WALL_UNTIL.store(nanos(monotonic + WALL_HOLDS), Ordering::Release);
    }
    wall
}

fn nanos(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

struct Sleep {
    until: Duration,
    id: Option<u64>,
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if START.elapsed() >= self.until {
            return Poll::Ready(());
        }
        let mut timers = lock();
        let id = self.id.unwrap_or(timers.next_id);
        if self.id.is_none() {
            timers.next_id += 1;
            self.id = Some(id);
        }
        timers.wakers.insert((self.until, id), context.waker().clone());
        if !timers.is_running {
            timers.is_running =
                thread::Builder::new().name("token-timer".into()).spawn(run_timers).is_ok();
        }
        drop(timers);
        CHANGED.notify_one();
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if let Some(id) = self.id {
            let waker = lock().wakers.remove(&(self.until, id));
            CHANGED.notify_one();
            // After the lock: what a waker does when dropped is not ours to know.
            drop(waker);
        }
    }
}

struct Timers {
    wakers: BTreeMap<(Duration, u64), Waker>,
    next_id: u64,
    is_running: bool,
}

static TIMERS: Mutex<Timers> =
    Mutex::new(Timers { wakers: BTreeMap::new(), next_id: 0, is_running: false });
static CHANGED: Condvar = Condvar::new();

fn lock() -> MutexGuard<'static, Timers> {
    TIMERS.lock().unwrap_or_else(PoisonError::into_inner)
}

fn run_timers() {
    let mut timers = lock();
    while let Some((&(until, id), _)) = timers.wakers.first_key_value() {
        let left = until.saturating_sub(START.elapsed());
        if left.is_zero() {
            let waker = timers.wakers.remove(&(until, id));
            drop(timers);
            // A waker that panics must not end the thread of the others.
            let _ =
                std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| waker.map(Waker::wake)));
            timers = lock();
        } else {
            let waited = CHANGED.wait_timeout(timers, left);
            timers = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
    timers.is_running = false;
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::task::Wake;

    struct Unpark(thread::Thread);

    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    #[test]
    fn the_time_of_day_is_at_most_as_old_as_it_is_held() {
        for _ in 0..10_000 {
            let before = SystemTime::now();
            let wall = SystemClock::new().now().wall;
            let behind = before.duration_since(wall).unwrap_or_default();
            assert!(behind <= WALL_HOLDS, "{behind:?}");
        }
    }

    #[test]
    fn waits_about_as_long_as_told_and_without_a_runtime() {
        let clock = SystemClock::new();
        let start = clock.now().monotonic;
        let waker = Waker::from(Arc::new(Unpark(thread::current())));
        let mut context = Context::from_waker(&waker);
        // Another that is dropped while it waits.
        let mut given_up = clock.sleep_until(start + Duration::from_secs(3_600));
        assert!(given_up.as_mut().poll(&mut context).is_pending());
        let mut sleep = clock.sleep_until(start + Duration::from_millis(30));
        while sleep.as_mut().poll(&mut context).is_pending() {
            thread::park();
        }
        let waited = clock.now().monotonic.saturating_sub(start);
        assert!((30..2_000).contains(&waited.as_millis()), "{waited:?}");
        drop((given_up, sleep));
    }
}
