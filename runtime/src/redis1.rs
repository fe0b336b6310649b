//! A store of tokens over `redis` 1, for the machines of a fleet that share them.

use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use redis::aio::MultiplexedConnection;
use redis::{Client, Cmd, FromRedisValue, RedisError};
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;

use crate::token::{GrantError, StoredToken, TokenStore};
use crate::transport::BoxFuture;

/// No sealed token is longer; of a longer value no more is read.
const MAX_VALUE: usize = 128 * 1024;

/// The value and how long it is still kept. What has no end or is no string was not put by a source.
const GET: &str = "\
local left = redis.call('PTTL', KEYS[1])
if left <= 0 then return false end
local value = redis.pcall('GETRANGE', KEYS[1], 0, ARGV[1])
if type(value) ~= 'string' then return false end
return {value, left}";

/// Removes a key if it has this value.
const REMOVE: &str = "\
if redis.pcall('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 0";

/// Sets a lease that nobody else has. What has no end is no lease.
const LEASE: &str = "\
local holder = redis.pcall('GET', KEYS[1])
if holder == false or holder == ARGV[1] or redis.call('PTTL', KEYS[1]) < 0 then
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
end
return 0";

/// A [`TokenStore`] in a Redis server, version 2.6 or later, or one that speaks its protocol.
///
/// ```no_run
/// use tamarack_runtime::redis1::Redis1;
/// use tamarack_runtime::token::{SealingKey, SharedTokens};
///
/// # fn run(key: [u8; 32]) -> Result<SharedTokens, Box<dyn std::error::Error>> {
/// let shared = SharedTokens::new(Redis1::open("redis://redis.internal")?, SealingKey::new(key));
/// # Ok(shared)
/// # }
/// ```
///
/// Each token takes two keys: `tamarack:{HASH}:token` with the sealed value, and `tamarack:{HASH}:lease`.
/// Both expire. The server needs the commands `SET` and `EVAL`, and in scripts `GET`, `GETRANGE`, `PTTL`,
/// `SET` and `DEL`. It has neither a token nor a secret, nor do its logs, its files and the network to it;
/// protect it from writers all the same, who can make each source ask by itself.
///
/// The connection lives on a thread of its own, so the store works with any executor, and without one. It is
/// opened with the first call, and again after it was lost.
pub struct Redis1 {
    shared: Arc<Shared>,
    /// Present until it is dropped.
    runtime: Option<Runtime>,
    prefix: Box<str>,
}

struct Shared {
    client: Client,
    connection: Mutex<Connection>,
}

#[derive(Default)]
struct Connection {
    current: Option<MultiplexedConnection>,
    /// How often it was opened.
    n_opened: u64,
}

/// The error of a [`Redis1`]. It shows neither values nor the URL of the server.
#[derive(Debug)]
pub struct Redis1Error {
    what: Box<str>,
}

impl Redis1Error {
    fn new(error: &RedisError) -> Self {
        let code = error.code().map(|code| format!(" ({})", code.escape_debug()));
        Self { what: format!("{}{}", error.category(), code.unwrap_or_default()).into() }
    }
}

impl fmt::Display for Redis1Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "redis: {}", self.what)
    }
}

impl Error for Redis1Error {}

impl Redis1 {
    /// Creates a store for a URL such as `redis://[user:password@]host[:port][/db]`. Nothing is sent before
    /// the first call.
    ///
    /// `rediss`, with TLS, needs a feature of the crate `redis`, such as `tokio-rustls-comp`.
    pub fn open(url: &str) -> Result<Self, Redis1Error> {
        Self::from_client(Client::open(url).map_err(|error| Redis1Error::new(&error))?)
    }

    /// Wraps an existing client, for example one with certificates of its own.
    pub fn from_client(client: Client) -> Result<Self, Redis1Error> {
        let mut builder = tokio::runtime::Builder::new_multi_thread();
        let builder = builder.worker_threads(1).thread_name("token-store").enable_all();
        let runtime = builder.build().map_err(|error| Redis1Error {
            what: format!("no thread for the connection: {error}").into(),
        })?;
        let shared = Arc::new(Shared { client, connection: Mutex::default() });
        Ok(Self { shared, runtime: Some(runtime), prefix: "tamarack".into() })
    }

    /// Sets what the keys begin with; `tamarack` by default.
    pub fn prefix(mut self, prefix: impl Into<Box<str>>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// Returns the name of a key; all keys of a token are on one node of a cluster.
    fn key(&self, name: &str, what: &str) -> String {
        format!("{}:{{{name}}}:{what}", self.prefix)
    }

    /// Sends a command from the thread of the connection. Whoever drops the future ends it.
    fn call<T: FromRedisValue + Send + 'static>(
        &self,
        command: Cmd,
    ) -> BoxFuture<'_, Result<T, GrantError>> {
        let shared = Arc::clone(&self.shared);
        Box::pin(async move {
            let Some(runtime) = &self.runtime else { unreachable!("it is there until the drop") };
            let task = runtime.spawn(async move { shared.call(&command).await });
            match Task(task).await {
                Ok(result) => result.map_err(|error| Redis1Error::new(&error).into()),
                Err(_) => Err(Redis1Error { what: "the call panicked".into() }.into()),
            }
        })
    }
}

/// A script with one key.
fn eval(script: &str, key: &str) -> Cmd {
    let mut command = redis::cmd("EVAL");
    command.arg(script).arg(1).arg(key);
    command
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX).clamp(1, i64::MAX as u64 / 4)
}

impl TokenStore for Redis1 {
    fn get<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Result<Option<StoredToken>, GrantError>> {
        let mut command = eval(GET, &self.key(name, "token"));
        command.arg(MAX_VALUE);
        let found = self.call::<Option<(bytes::Bytes, u64)>>(command);
        Box::pin(async move {
            let stored = |(value, left)| StoredToken::new(value, Duration::from_millis(left));
            Ok(found.await?.map(stored))
        })
    }

    fn put<'a>(
        &'a self,
        name: &'a str,
        value: &'a [u8],
        kept_for: Duration,
    ) -> BoxFuture<'a, Result<(), GrantError>> {
        let mut command = redis::cmd("SET");
        command.arg(self.key(name, "token")).arg(value).arg("PX").arg(millis(kept_for));
        self.call(command)
    }

    fn remove<'a>(
        &'a self,
        name: &'a str,
        value: &'a [u8],
    ) -> BoxFuture<'a, Result<(), GrantError>> {
        let mut command = eval(REMOVE, &self.key(name, "token"));
        command.arg(value);
        self.call(command)
    }

    fn lease<'a>(
        &'a self,
        name: &'a str,
        holder: &'a str,
        lasts: Duration,
    ) -> BoxFuture<'a, Result<bool, GrantError>> {
        let mut command = eval(LEASE, &self.key(name, "lease"));
        command.arg(holder).arg(millis(lasts));
        self.call(command)
    }

    fn release<'a>(
        &'a self,
        name: &'a str,
        holder: &'a str,
    ) -> BoxFuture<'a, Result<(), GrantError>> {
        let mut command = eval(REMOVE, &self.key(name, "lease"));
        command.arg(holder);
        self.call(command)
    }
}

impl Shared {
    /// Sends a command; once more where the connection was lost since the last one. Each may be repeated.
    async fn call<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, RedisError> {
        let (connection, guard, is_new) = self.connection().await?;
        let result = Self::send(connection, guard, command).await;
        match result {
            Err(error) if !is_new && error.is_unrecoverable_error() => {
                let (connection, guard, _) = self.connection().await?;
                Self::send(connection, guard, command).await
            }
            result => result,
        }
    }

    async fn send<T: FromRedisValue>(
        mut connection: MultiplexedConnection,
        mut guard: Suspect<'_>,
        command: &Cmd,
    ) -> Result<T, RedisError> {
        let result = command.query_async(&mut connection).await;
        // What the server answers leaves the connection as it was.
        guard.is_sound = match &result {
            Ok(_) => true,
            Err(error) => !error.is_io_error() && !error.is_unrecoverable_error(),
        };
        result
    }

    async fn connection(&self) -> Result<(MultiplexedConnection, Suspect<'_>, bool), RedisError> {
        let current = {
            let held = self.lock();
            held.current.clone().map(|connection| (connection, held.n_opened))
        };
        if let Some((connection, number)) = current {
            return Ok((connection, Suspect { shared: self, number, is_sound: false }, false));
        }
        let connection = self.client.get_multiplexed_async_connection().await?;
        let mut held = self.lock();
        held.n_opened += 1;
        held.current = Some(connection.clone());
        let number = held.n_opened;
        drop(held);
        Ok((connection, Suspect { shared: self, number, is_sound: false }, true))
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Forgets a connection whose answer did not come, also where nobody waits for it any longer: the next call
/// opens another.
struct Suspect<'a> {
    shared: &'a Shared,
    number: u64,
    is_sound: bool,
}

impl Drop for Suspect<'_> {
    fn drop(&mut self) {
        if self.is_sound {
            return;
        }
        let mut held = self.shared.lock();
        if held.n_opened == self.number {
            held.current = None;
        }
    }
}

/// A task that ends when nobody waits for it.
struct Task<T>(JoinHandle<T>);

impl<T> Future for Task<T> {
    type Output = Result<T, tokio::task::JoinError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(context)
    }
}

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Drop for Redis1 {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // Also where the last handle is dropped inside of a runtime, which must not wait.
            runtime.shutdown_background();
        }
    }
}

/// Not the client, whose URL may have a password in it.
impl fmt::Debug for Redis1 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redis1").field("prefix", &self.prefix).finish_non_exhaustive()
    }
}
