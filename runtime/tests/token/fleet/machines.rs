//! Many sources on one clock, one store and one token server, as machines of a fleet.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

use tamarack_runtime::BoxFuture;
use tamarack_runtime::token::{
    AccessToken, ClientCredentials, Clock, ManualClock, Now, SealingKey, SharedTokens, TokenError,
    TokenGrant, TokenSource,
};

use super::memory::MemoryStore;
use crate::support::{Act, Scripted, Woken, over};

pub(crate) const KEY: [u8; 32] = *b"k3y-that-seals~?>/of+~?>~a-fleet";

/// A fleet.
pub(crate) struct Machines {
    pub(crate) clock: ManualClock,
    pub(crate) store: MemoryStore,
    pub(crate) sources: Vec<TokenSource>,
    requests: Arc<Mutex<Vec<Duration>>>,
    pub(crate) errors: Arc<Mutex<Vec<TokenError>>>,
    server: Arc<dyn Fn(usize, Duration) -> Act + Send + Sync>,
    /// The refreshes under way on all machines.
    tasks: Tasks,
}

type Tasks = Arc<Mutex<Vec<BoxFuture<'static, ()>>>>;

/// A clock whose time of day is wrong.
struct Skewed(ManualClock, i64);

impl Clock for Skewed {
    fn now(&self) -> Now {
        let Now { monotonic, wall } = self.0.now();
        let by = Duration::from_secs(self.1.unsigned_abs());
        let wall: SystemTime = if self.1 < 0 { wall - by } else { wall + by };
        // Each machine counts from when it was started.
        Now { monotonic, wall }
    }

    fn sleep_until(&self, monotonic: Duration) -> BoxFuture<'static, ()> {
        self.0.sleep_until(monotonic)
    }
}

impl Machines {
    /// The server answers the request of each number at each time.
    pub(crate) fn new(
        n: usize,
        server: impl Fn(usize, Duration) -> Act + Send + Sync + 'static,
    ) -> Self {
        let clock = ManualClock::new();
        let store = MemoryStore::new(&clock);
        let mut machines = Self {
            store,
            sources: Vec::new(),
            requests: Arc::default(),
            errors: Arc::default(),
            server: Arc::new(server),
            tasks: Arc::default(),
            clock,
        };
        for _ in 0..n {
            machines.start(0);
        }
        machines
    }

    /// Starts another machine, whose clock is wrong by so many seconds.
    pub(crate) fn start(&mut self, skew: i64) -> TokenSource {
        let credentials = ClientCredentials::new("client-of-the-tests", crate::support::SECRET);
        let grant = TokenGrant::client_credentials("/token", credentials).scope("read");
        self.start_with(grant, skew, KEY)
    }

    pub(crate) fn start_with(
        &mut self,
        grant: TokenGrant,
        skew: i64,
        key: [u8; 32],
    ) -> TokenSource {
        let shared = SharedTokens::new(self.store.clone(), SealingKey::new(key));
        let server = Arc::clone(&self.server);
        let clock = self.clock.clone();
        let script = move |n| server(n, clock.now().monotonic);
        let core = over(Scripted::new(script, &self.requests, &self.clock));
        // Spread, as real machines are.
        let spread = f64::from(u8::try_from(self.sources.len() * 83 % 256).unwrap()) / 256.0;
        let seen = Arc::clone(&self.errors);
        let builder = grant.source(&core).unwrap().shared(shared);
        let builder =
            builder.observer(move |event| seen.lock().unwrap().extend(event.error.cloned()));
        let builder = builder.clock(Skewed(self.clock.clone(), skew)).jitter(move || spread);
        let tasks = Arc::clone(&self.tasks);
        let builder = builder.spawner(move |task| tasks.lock().unwrap().push(task));
        let source = builder.build().unwrap();
        self.sources.push(source.clone());
        source
    }

    /// Runs a future to its end beside all refreshes, in the order in which things happen.
    fn run<T>(&self, future: impl Future<Output = T>) -> T {
        let mut future = std::pin::pin!(future);
        let woken = Arc::new(Woken(AtomicBool::new(false)));
        let waker = Waker::from(Arc::clone(&woken));
        let mut context = Context::from_waker(&waker);
        loop {
            let mut running = std::mem::take(&mut *self.tasks.lock().unwrap());
            running.retain_mut(|task| task.as_mut().poll(&mut context).is_pending());
            let polled = future.as_mut().poll(&mut context);
            let has_more = {
                let mut tasks = self.tasks.lock().unwrap();
                let has_more = !tasks.is_empty();
                tasks.append(&mut running);
                has_more
            };
            if let Poll::Ready(value) = polled {
                return value;
            }
            if has_more {
                continue;
            }
            while !woken.0.swap(false, Ordering::SeqCst) {
                assert!(self.clock.advance_to_next_sleeper(), "nothing would ever happen");
            }
        }
    }

    /// Ends a machine with all that it is about to do, as a power cut does.
    pub(crate) fn kill(&mut self, machine: usize) {
        let _ = self.sources.remove(machine);
        self.tasks.lock().unwrap().clear();
    }

    pub(crate) fn requests(&self) -> usize {
        self.requests.lock().unwrap().len()
    }

    /// Returns when the request of this number was made.
    pub(crate) fn time_of(&self, request: usize) -> Duration {
        self.requests.lock().unwrap()[request]
    }

    pub(crate) fn now(&self) -> Duration {
        self.clock.now().monotonic
    }

    pub(crate) fn seconds(&self) -> f64 {
        self.clock.now().monotonic.as_secs_f64()
    }

    /// Lets one machine read; time passes while it waits.
    pub(crate) fn read(&self, machine: usize) -> Result<AccessToken, TokenError> {
        self.run(self.sources[machine].token())
    }

    /// Lets all machines read at once; returns what each has, and when it had it.
    pub(crate) fn read_all(&self) -> Vec<(Result<AccessToken, TokenError>, Duration)> {
        let mut reads: Vec<_> =
            self.sources.iter().map(|it| (Box::pin(it.token()), None)).collect();
        self.run(std::future::poll_fn(|context| {
            for (read, result) in &mut reads {
                if result.is_none()
                    && let Poll::Ready(token) = read.as_mut().poll(context)
                {
                    *result = Some((token, self.clock.now().monotonic));
                }
            }
            let is_done = reads.iter().all(|(_, result)| result.is_some());
            if is_done { Poll::Ready(()) } else { Poll::Pending }
        }));
        reads.into_iter().map(|(_, result)| result.unwrap()).collect()
    }

    /// Lets all machines read every so often for some time; each has to have a token at once.
    pub(crate) fn serve_for(&self, time: Duration, step: Duration) {
        let end = self.clock.now().monotonic + time;
        while self.clock.now().monotonic < end {
            self.pass(step);
            for (n, source) in self.sources.iter().enumerate() {
                let token = source.try_token();
                assert!(token.is_ok_and(|token| token.is_some()), "{n} at {}", self.seconds());
            }
        }
    }

    /// Lets time pass, in the order in which things happen.
    pub(crate) fn pass(&self, time: Duration) {
        let end = self.clock.now().monotonic + time;
        self.run(self.clock.sleep_until(end));
    }
}
