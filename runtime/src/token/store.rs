//! Stores in which the machines of a fleet share their tokens: tokens are metered, and a service runs on
//! many machines.
//!
//! A source that shares its token looks into its own cache first, and only then into the store. One machine
//! holds the lease and asks for a token; the others take what it puts. The token is sealed before the store
//! sees it, under a name that is a keyed hash: whoever reads the store has no token, and whoever writes to
//! it can neither plant one nor use an old one after it has expired, nor move it to another name.
//!
//! The store is never needed. If it is down, slow, empty, or full of garbage, if the machine with the lease
//! dies, or if clocks differ, each source asks for itself, and waits at most as long as its
//! [`StoreLimits`] say.

mod bounded;
mod limits;
mod seal;
mod shared_tokens;
mod visit;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use super::grant::GrantError;
use crate::transport::BoxFuture;

pub use limits::StoreLimits;
pub use seal::SealingKey;
pub(super) use shared_tokens::Fleet;
pub use shared_tokens::SharedTokens;
pub(super) use visit::refresh;

/// A store that machines share, such as Redis. Its values are sealed and its names are hashes; an
/// implementation neither needs nor sees a secret.
///
/// A source waits for no call longer than [`StoreLimits::operation`], and then drops its future. An error
/// or a panic makes the source ask for a token by itself. A call must not block its thread.
pub trait TokenStore: Send + Sync {
    /// Returns the value of this name, and how long the store keeps it; `None` if there is none.
    ///
    /// The time that is left is measured by the clock of the store, so that the clocks of two machines may
    /// differ.
    fn get<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Result<Option<StoredToken>, GrantError>>;

    /// Puts a value under a name, replacing any other, and forgets it after this time.
    fn put<'a>(
        &'a self,
        name: &'a str,
        value: &'a [u8],
        kept_for: Duration,
    ) -> BoxFuture<'a, Result<(), GrantError>>;

    /// Removes the value of a name if it is still this one, in one step.
    fn remove<'a>(
        &'a self,
        name: &'a str,
        value: &'a [u8],
    ) -> BoxFuture<'a, Result<(), GrantError>>;

    /// Gives a holder the lease of a name unless another has it, in one step; returns whether it has it.
    /// It ends by itself after this time, counted anew for one who has it already.
    fn lease<'a>(
        &'a self,
        name: &'a str,
        holder: &'a str,
        lasts: Duration,
    ) -> BoxFuture<'a, Result<bool, GrantError>>;

    /// Ends the lease of a name if this holder still has it, in one step.
    fn release<'a>(
        &'a self,
        name: &'a str,
        holder: &'a str,
    ) -> BoxFuture<'a, Result<(), GrantError>>;
}

/// A value that a [`TokenStore`] has.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct StoredToken {
    /// The value as it was put.
    pub value: Bytes,
    /// How long the store still keeps it.
    pub left: Duration,
}

impl StoredToken {
    /// Creates a stored value.
    pub fn new(value: impl Into<Bytes>, left: Duration) -> Self {
        Self { value: value.into(), left }
    }
}

impl<S: TokenStore + ?Sized> TokenStore for Arc<S> {
    fn get<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Result<Option<StoredToken>, GrantError>> {
        (**self).get(name)
    }

    fn put<'a>(
        &'a self,
        name: &'a str,
        value: &'a [u8],
        kept_for: Duration,
    ) -> BoxFuture<'a, Result<(), GrantError>> {
        (**self).put(name, value, kept_for)
    }

    fn remove<'a>(
        &'a self,
        name: &'a str,
        value: &'a [u8],
    ) -> BoxFuture<'a, Result<(), GrantError>> {
        (**self).remove(name, value)
    }

    fn lease<'a>(
        &'a self,
        name: &'a str,
        holder: &'a str,
        lasts: Duration,
    ) -> BoxFuture<'a, Result<bool, GrantError>> {
        (**self).lease(name, holder, lasts)
    }

    fn release<'a>(
        &'a self,
        name: &'a str,
        holder: &'a str,
    ) -> BoxFuture<'a, Result<(), GrantError>> {
        (**self).release(name, holder)
    }
}
