//! The trait of all token clients, so that each does the same work.

use std::error::Error;
use std::future::Future;

use tamarack_clients::runtime::http::HeaderValue;

use crate::shift::Shift;

/// Whatever a client says when it has no token.
pub(crate) type Failure = Box<dyn Error + Send + Sync>;

/// How a client is made for a row.
#[derive(Clone, Debug, Default)]
pub(crate) struct Setup {
    /// Scheme, host and port of the token endpoint.
    pub(crate) origin: String,
    /// The clock, where the row moves time; none for the client's own.
    pub(crate) shift: Option<Shift>,
    /// Whether one attempt is all a fetch may make, or what the client ships with.
    pub(crate) attempts: Attempts,
    /// Whether the row looks at the time before the end of a token's life.
    pub(crate) ahead: Ahead,
}

/// How often a fetch tries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Attempts {
    /// As the client ships.
    #[default]
    AsShipped,
    /// Once.
    One,
}

/// When a client refreshes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Ahead {
    /// As the client ships.
    #[default]
    AsShipped,
    /// Five minutes ahead, where that is a setting.
    FiveMinutes,
}

/// How a row brings a client to the time before the end of a token's life in
/// which it wants another.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Window {
    /// It takes a clock: a token of so many seconds, then the clock is set
    /// forward by so many.
    Shifted {
        /// Of the token, in seconds.
        lifetime: u64,
        /// In seconds.
        forward: u64,
    },
    /// It takes none: a token so short that the time begins after so many
    /// milliseconds.
    Waited {
        /// Of the token, in seconds.
        lifetime: u64,
        /// In milliseconds.
        wait: u64,
    },
    /// It has no such time.
    Never(&'static str),
}

/// A client that caches tokens.
pub(crate) trait Client: Clone + Send + Sync + 'static {
    /// Crate and version.
    const NAME: &'static str;
    /// When it refreshes.
    const WINDOW: Window;
    /// Whether a fetch is one attempt, or can be made so; else why not.
    const ONE_ATTEMPT: Result<(), &'static str> = Ok(());
    /// Whether a caller can say that a token was rejected; else why not.
    const REJECTS: Result<(), &'static str>;
    /// What a caller is given.
    type Token: Send + Sync + 'static;

    /// Makes the client as its author recommends, but for the setup.
    fn new(setup: &Setup) -> impl Future<Output = Result<Self, Failure>>;

    /// Returns a token.
    fn token(&self) -> impl Future<Output = Result<Self::Token, Failure>> + Send;

    /// Returns the value of `Authorization`.
    fn authorization(&self) -> impl Future<Output = Result<HeaderValue, Failure>> + Send;

    /// Says that an API has rejected a token.
    fn reject(&self, _: &Self::Token) -> impl Future<Output = ()> + Send {
        async {}
    }
}
