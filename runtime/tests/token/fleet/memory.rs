//! A store in memory on a clock that tests move, which misbehaves when it is told to.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use tamarack_runtime::BoxFuture;
use tamarack_runtime::token::{Clock as _, ManualClock, StoredToken, TokenStore};

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// How the store behaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    Well,
    /// Each call fails.
    Down,
    /// Each call takes so long.
    Slow(Duration),
    /// No call ends.
    Hangs,
    Panics,
    /// It has something else than was put.
    Garbage(Vec<u8>),
    /// It forgets everything at once.
    Forgets,
    /// Nobody gets a lease.
    NoLease,
    /// Everybody gets a lease.
    AnyLease,
}

#[derive(Clone)]
pub(crate) struct MemoryStore(Arc<Inner>);

struct Inner {
    clock: ManualClock,
    state: Mutex<State>,
}

struct State {
    mood: Mood,
    n_calls: usize,
    values: BTreeMap<String, (Vec<u8>, Duration)>,
    leases: BTreeMap<String, (String, Duration)>,
}

impl MemoryStore {
    pub(crate) fn new(clock: &ManualClock) -> Self {
        let state = State {
            mood: Mood::Well,
            n_calls: 0,
            values: BTreeMap::new(),
            leases: BTreeMap::new(),
        };
        Self(Arc::new(Inner { clock: clock.clone(), state: Mutex::new(state) }))
    }

    pub(crate) fn set(&self, mood: Mood) {
        self.state().mood = mood;
    }

    pub(crate) fn wipe(&self) {
        let mut state = self.state();
        state.values.clear();
        state.leases.clear();
    }

    pub(crate) fn n_calls(&self) -> usize {
        self.state().n_calls
    }

    /// Returns all values with their names.
    pub(crate) fn values(&self) -> Vec<(String, Vec<u8>)> {
        let state = self.state();
        state.values.iter().map(|(name, (value, _))| (name.clone(), value.clone())).collect()
    }

    /// Puts a value as somebody who writes to the store would, for an hour.
    pub(crate) fn plant(&self, name: &str, value: Vec<u8>) {
        let until = self.now() + Duration::from_secs(3_600);
        self.state().values.insert(name.to_owned(), (value, until));
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap()
    }

    fn now(&self) -> Duration {
        self.0.clock.now().monotonic
    }

    /// Does something after what the mood says.
    fn call<'a, T: Send + 'a>(
        &'a self,
        act: impl FnOnce(&mut State, Duration) -> T + Send + 'a,
    ) -> BoxFuture<'a, Result<T, Failure>> {
        let mood = {
            let mut state = self.state();
            state.n_calls += 1;
            state.mood.clone()
        };
        Box::pin(async move {
            match mood {
                Mood::Down => return Err("the store is down".into()),
                Mood::Hangs => std::future::pending().await,
                Mood::Panics => panic!("the store panics"),
                Mood::Slow(wait) => self.0.clock.sleep_until(self.now() + wait).await,
                _ => {}
            }
            let now = self.now();
            let mut state = self.state();
            if mood == Mood::Forgets {
                state.values.clear();
                state.leases.clear();
            }
            state.values.retain(|_, (_, until)| *until > now);
            state.leases.retain(|_, (_, until)| *until > now);
            Ok(act(&mut state, now))
        })
    }
}

impl TokenStore for MemoryStore {
    fn get<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Result<Option<StoredToken>, Failure>> {
        self.call(move |state, now| match (&state.mood, state.values.get(name)) {
            (Mood::Garbage(garbage), _) => {
                Some(StoredToken::new(garbage.clone(), Duration::from_secs(3_600)))
            }
            (_, Some((value, until))) => {
                Some(StoredToken::new(value.clone(), until.saturating_sub(now)))
            }
            (_, None) => None,
        })
    }

    fn put<'a>(
        &'a self,
        name: &'a str,
        value: &'a [u8],
        kept_for: Duration,
    ) -> BoxFuture<'a, Result<(), Failure>> {
        self.call(move |state, now| {
            state.values.insert(name.to_owned(), (value.to_vec(), now + kept_for));
        })
    }

    fn remove<'a>(&'a self, name: &'a str, value: &'a [u8]) -> BoxFuture<'a, Result<(), Failure>> {
        self.call(move |state, _| {
            state.values.retain(|at, (it, _)| at != name || it != value);
        })
    }

    fn lease<'a>(
        &'a self,
        name: &'a str,
        holder: &'a str,
        lasts: Duration,
    ) -> BoxFuture<'a, Result<bool, Failure>> {
        self.call(move |state, now| {
            let is_free = match state.mood {
                Mood::NoLease => false,
                Mood::AnyLease => true,
                _ => state.leases.get(name).is_none_or(|(it, _)| it == holder),
            };
            if is_free {
                state.leases.insert(name.to_owned(), (holder.to_owned(), now + lasts));
            }
            is_free
        })
    }

    fn release<'a>(&'a self, name: &'a str, holder: &'a str) -> BoxFuture<'a, Result<(), Failure>> {
        self.call(move |state, _| {
            state.leases.retain(|at, (it, _)| at != name || it != holder);
        })
    }
}
