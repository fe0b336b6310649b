//! Token sources by key, a bounded number at a time.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use super::error::TokenError;
use super::source::TokenSource;

/// Token sources for many tenants; when there are too many, the least recently used one is dropped.
///
/// A key contains everything in which two sources differ; a [`TokenKey`](super::TokenKey) holds all of it
/// that a client-credentials request has. Keys never block each other: the lock covers the look-up only, and each source has a
/// refresh of its own. A source that is dropped here lives on in the handles that were given out.
pub struct KeyedTokenSource<K> {
    max: usize,
    sources: Mutex<Sources<K>>,
}

struct Sources<K> {
    /// With the time of the last use, counted in uses.
    by_key: BTreeMap<K, (u64, TokenSource)>,
    n_uses: u64,
}

impl<K: Ord + Clone> KeyedTokenSource<K> {
    /// Creates a set of up to 64 sources.
    pub fn new() -> Self {
        Self::bounded(64)
    }

    /// Creates a set of up to this many sources, at least one.
    pub fn bounded(max: usize) -> Self {
        let sources = Sources { by_key: BTreeMap::new(), n_uses: 0 };
        Self { max: max.max(1), sources: Mutex::new(sources) }
    }

    /// Returns the source of a key, creating it if there is none.
    ///
    /// `make` should only build a source; it is called outside the lock.
    pub fn source(
        &self,
        key: &K,
        make: impl FnOnce() -> Result<TokenSource, TokenError>,
    ) -> Result<TokenSource, TokenError> {
        if let Some(source) = self.with(|sources| sources.find(key)) {
            return Ok(source);
        }
        let new = make()?;
        let (source, evicted) = self.with(|sources| {
            // Another thread may have been faster; all use one source.
            let source = sources.find(key).unwrap_or_else(|| sources.add(key.clone(), new));
            (source, sources.evict(self.max))
        });
        drop(evicted);
        Ok(source)
    }

    /// Drops the source of a key.
    pub fn remove(&self, key: &K) {
        let removed = self.with(|sources| sources.by_key.remove(key));
        drop(removed);
    }

    /// Returns the number of sources.
    pub fn len(&self) -> usize {
        self.with(|sources| sources.by_key.len())
    }

    /// Returns whether there are no sources.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn with<T>(&self, act: impl FnOnce(&mut Sources<K>) -> T) -> T {
        act(&mut self.sources.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<K: Ord> Sources<K> {
    fn find(&mut self, key: &K) -> Option<TokenSource> {
        self.n_uses += 1;
        let (last_use, source) = self.by_key.get_mut(key)?;
        *last_use = self.n_uses;
        Some(source.clone())
    }

    fn add(&mut self, key: K, source: TokenSource) -> TokenSource {
        self.by_key.insert(key, (self.n_uses, source.clone()));
        source
    }
}

impl<K: Ord + Clone> Sources<K> {
    fn evict(&mut self, max: usize) -> Option<(u64, TokenSource)> {
        if self.by_key.len() <= max {
            return None;
        }
        let oldest = self.by_key.iter().min_by_key(|(_, (last_use, _))| *last_use);
        let key = oldest.map(|(key, _)| key.clone())?;
        self.by_key.remove(&key)
    }
}

impl<K: Ord + Clone> Default for KeyedTokenSource<K> {
    fn default() -> Self {
        Self::new()
    }
}

/// Shows no keys, since they may identify a tenant.
impl<K> fmt::Debug for KeyedTokenSource<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyedTokenSource").field("max", &self.max).finish_non_exhaustive()
    }
}
