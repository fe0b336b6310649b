//! Clients with a fresh token: what a read costs, in time and in allocations.

use std::hint::black_box;
use std::sync::Barrier;
use std::time::{Duration, Instant};

use tokio::runtime::Handle;
use tokio::task::unconstrained;

use crate::cell::{Cell, number};
use crate::client::{Client, Failure, Setup};
use crate::server::{Host, Reply, Server};

const N_READS: u32 = 20_000;

/// What is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// The token.
    Token,
    /// The value of `Authorization`.
    Authorization,
}

/// A client with a fresh token, whichever it is.
pub(crate) struct Warm {
    // Lives as long as the client does.
    _server: Server,
    time: Box<dyn Fn(What, usize) -> Duration>,
    count: Box<dyn Fn(What) -> u64>,
}

impl Warm {
    /// Fetches a token that lives for an hour.
    pub(crate) async fn new<C: Client>(host: &Host) -> Result<Self, Failure> {
        let server = host.serve(|_| Reply::Token(3_600).at_once()).await?;
        let client = C::new(&Setup { origin: server.origin(), ..Setup::default() }).await?;
        client.token().await?;
        let runtime = Handle::current();
        let (timed, counted, counting_runtime) = (client.clone(), client, runtime.clone());
        Ok(Self {
            _server: server,
            time: Box::new(move |what, n_threads| time(&runtime, &timed, what, n_threads)),
            count: Box::new(move |what| {
                counting_runtime.block_on(unconstrained(allocations(&counted, what)))
            }),
        })
    }
}

/// Returns nanoseconds a read, best of the rounds, which go round all clients.
pub(crate) fn times(clients: &[Result<Warm, Failure>], what: What, n_threads: usize) -> Vec<Cell> {
    const N_ROUNDS: usize = 40;
    let mut best = vec![f64::INFINITY; clients.len()];
    for _ in 0..N_ROUNDS {
        for (client, best) in clients.iter().zip(&mut best) {
            if let Ok(warm) = client {
                let spent = (warm.time)(what, n_threads);
                *best = best.min(spent.as_secs_f64() * 1e9 / f64::from(N_READS));
            }
        }
    }
    let second = best.get(1).copied().unwrap_or(f64::INFINITY);
    let cells = clients.iter().zip(best).map(|(client, best)| match client {
        Ok(_) => Cell::measure(format!("{best:.0} ns ({:.2})", best / second), best),
        Err(why) => Cell::failed(&why.to_string()),
    });
    cells.collect()
}

/// Returns the allocations a read.
pub(crate) fn counts(clients: &[Result<Warm, Failure>], what: What) -> Vec<Cell> {
    let cells = clients.iter().map(|client| match client {
        Ok(warm) => {
            let each = number(usize::try_from((warm.count)(what)).unwrap_or(usize::MAX))
                / f64::from(N_READS);
            Cell::measure(format!("{each:.2}"), each)
        }
        Err(why) => Cell::failed(&why.to_string()),
    });
    cells.collect()
}

/// Each thread does all the reads; returns the time of the slowest.
fn time<C: Client>(runtime: &Handle, client: &C, what: What, n_threads: usize) -> Duration {
    let barrier = Barrier::new(n_threads);
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..n_threads)
            .map(|_| {
                scope.spawn(|| {
                    barrier.wait();
                    let start = Instant::now();
                    runtime.block_on(unconstrained(reads(client, what)));
                    start.elapsed()
                })
            })
            .collect();
        let times = threads.into_iter().map(|it| it.join().unwrap_or(Duration::MAX));
        times.max().unwrap_or_default()
    })
}

async fn allocations<C: Client>(client: &C, what: What) -> u64 {
    let before = counting::allocations();
    reads(client, what).await;
    counting::allocations() - before
}

async fn reads<C: Client>(client: &C, what: What) {
    match what {
        What::Token => {
            for _ in 0..N_READS {
                let _ = black_box(client.token().await);
            }
        }
        What::Authorization => {
            for _ in 0..N_READS {
                let _ = black_box(client.authorization().await);
            }
        }
    }
}
