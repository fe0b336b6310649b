//! Clients whose token still lives but is to be replaced: a server that fails, a server that hangs.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use tokio::runtime::Handle;
use tokio::time::{MissedTickBehavior, interval, sleep};

use super::{cell, ms, start};
use crate::cell::Cell;
use crate::client::{Ahead, Client, Failure, Setup, Window};
use crate::server::{Act, Host, Reply, Server};
use crate::shift::Shift;

/// So many reads, spread over so much time, while the server says 503.
pub(crate) async fn failing<C: Client>(host: &Host, n_reads: usize, span: Duration) -> Cell {
    let window = match C::WINDOW {
        Window::Never(why) => return Cell::none(why),
        Window::Waited { lifetime, wait } if lifetime * 1_000 < wait + millis(span) => {
            return Cell::none("its time before the end is shorter");
        }
        window => window,
    };
    cell(try_failing::<C>(host, window, n_reads, span).await)
}

async fn try_failing<C: Client>(
    host: &Host,
    window: Window,
    n_reads: usize,
    span: Duration,
) -> Result<Cell, Failure> {
    let (server, client) = aged::<C>(host, window, || Reply::Status(503).at_once()).await?;
    let between = span / u32::try_from(n_reads)?;
    let mut ticks = interval(between);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let (end, mut n_done, mut n_failed) = (Instant::now() + span, 0, 0);
    while Instant::now() < end && n_done < n_reads {
        ticks.tick().await;
        n_done += 1;
        n_failed += usize::from(client.token().await.is_err());
    }
    // A refresh that was started is counted.
    sleep(Duration::from_millis(100)).await;
    let cell = Cell::count(server.n_requests() - 1);
    if n_failed == 0 {
        return Ok(cell);
    }
    Ok(cell.with(&format!(", {n_failed} of {n_done} reads failed")).unfair())
}

/// How long the server hangs.
const HANG: Duration = Duration::from_secs(5);

/// A server that answers nobody until so long after the first who asks, then everybody.
#[derive(Default)]
struct Hang(OnceLock<Instant>);

impl Hang {
    fn act(&self) -> Act {
        let delay = HANG.saturating_sub(self.0.get_or_init(Instant::now).elapsed());
        Act { delay, reply: Reply::Token(3_600) }
    }
}

/// What four readers wait, who read about every 100 µs, while the server hangs for 5 s.
#[derive(Clone, Debug)]
pub(crate) struct Stall {
    /// Half of the reads are done after.
    pub(crate) p50: Cell,
    /// All but a hundredth are.
    pub(crate) p99: Cell,
    /// All are.
    pub(crate) max: Cell,
}

/// Measures it.
pub(crate) async fn hanging<C: Client>(host: &Host) -> Stall {
    let window = match C::WINDOW {
        Window::Never(why) => return same(&Cell::none(why)),
        window => window,
    };
    match try_hanging::<C>(host, window).await {
        Ok(stall) => stall,
        Err(why) => same(&Cell::failed(&why.to_string())),
    }
}

async fn try_hanging<C: Client>(host: &Host, window: Window) -> Result<Stall, Failure> {
    let hang = Hang::default();
    let (_server, client) = aged::<C>(host, window, move || hang.act()).await?;
    let end = Instant::now() + HANG.saturating_sub(Duration::from_millis(100));
    let readers: Vec<_> = (0..4).map(|_| spawn_reader(client.clone(), end)).collect();
    let mut waits = Vec::new();
    for reader in readers {
        waits
            .extend(tokio::task::spawn_blocking(move || reader.join()).await?.map_err(|_| "died")?);
    }
    waits.sort_unstable();
    let at = |part: usize| waits.get(waits.len() * part / 1_000).copied().unwrap_or_default();
    let max = waits.last().copied().unwrap_or_default();
    let measure = |wait| Cell::measure(shown(wait), ms(wait));
    Ok(Stall { p50: measure(at(500)), p99: measure(at(990)), max: measure(max) })
}

fn spawn_reader<C: Client>(client: C, end: Instant) -> std::thread::JoinHandle<Vec<Duration>> {
    let runtime = Handle::current();
    std::thread::spawn(move || {
        let mut waits = Vec::with_capacity(60_000);
        while Instant::now() < end {
            let start = Instant::now();
            let _ = runtime.block_on(client.token());
            waits.push(start.elapsed());
            std::thread::sleep(Duration::from_micros(50));
        }
        waits
    })
}

/// Makes a client with a token that it wants to replace; from then on the server does this.
async fn aged<C: Client>(
    host: &Host,
    window: Window,
    then: impl Fn() -> Act + Send + Sync + 'static,
) -> Result<(Server, C), Failure> {
    let shift = Shift::default();
    let lifetime = match window {
        Window::Shifted { lifetime, .. } | Window::Waited { lifetime, .. } => lifetime,
        Window::Never(why) => return Err(why.into()),
    };
    let plan = move |n| if n == 0 { Reply::Token(lifetime).at_once() } else { then() };
    let setup = Setup { shift: Some(shift.clone()), ahead: Ahead::FiveMinutes, ..Setup::default() };
    let (server, client) = start::<C>(host, plan, setup).await?;
    client.token().await?;
    match window {
        Window::Shifted { forward, .. } => shift.forward(forward),
        Window::Waited { wait, .. } => sleep(Duration::from_millis(wait)).await,
        Window::Never(_) => {}
    }
    Ok((server, client))
}

fn same(cell: &Cell) -> Stall {
    Stall { p50: cell.clone(), p99: cell.clone(), max: cell.clone() }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

fn shown(wait: Duration) -> String {
    let ms = ms(wait);
    if ms < 0.1 { format!("{:.1} µs", ms * 1_000.0) } else { format!("{ms:.2} ms") }
}
