//! A client and tokens of one lifetime, read every 10 ms for 12 s.

use std::time::{Duration, Instant};

use tokio::time::{MissedTickBehavior, interval, timeout};

use super::{cell, ms, start};
use crate::cell::Cell;
use crate::client::{Client, Failure, Setup};
use crate::server::{Host, Reply};

/// In seconds; the longer ones are seconds around the margins that clients have.
pub(crate) const LIFETIMES: [u64; 9] = [1, 2, 5, 10, 30, 60, 299, 300, 301];

/// How long is read; no multiple of the longer lifetimes, so that none of them ends with it.
pub(crate) const SPAN: Duration = Duration::from_secs(12);
/// How long the server thinks.
const DELAY: u64 = 50;
/// A reader who waits this long waits for the server.
const WAITED: Duration = Duration::from_millis(40);

/// A reader who waits this long has no token to speak of.
const GIVEN_UP: Duration = Duration::from_secs(1);

/// Counts the requests of one client for one lifetime. Readers who wait for
/// their server, in half of the renewals or for long, are not well served: to
/// renew a token once it is dead is fewer requests, and each is waited for.
pub(crate) async fn read<C: Client>(host: &Host, lifetime: u64) -> Cell {
    cell(try_read::<C>(host, lifetime).await)
}

async fn try_read<C: Client>(host: &Host, lifetime: u64) -> Result<Cell, Failure> {
    let plan = move |_| Reply::Token(lifetime).after(DELAY);
    let (server, client) = start::<C>(host, plan, Setup::default()).await?;
    let end = Instant::now() + SPAN;
    client.token().await?;
    let mut ticks = interval(Duration::from_millis(10));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let (mut n_waits, mut longest) = (0, Duration::ZERO);
    while Instant::now() < end {
        ticks.tick().await;
        let (start, left) = (Instant::now(), end.saturating_duration_since(Instant::now()));
        match timeout(left, client.token()).await {
            Ok(result) => drop(result?),
            Err(_) => n_waits += 1,
        }
        let wait = start.elapsed();
        longest = longest.max(wait);
        n_waits += usize::from(wait >= WAITED);
    }
    let n_renewals = server.n_requests() - 1;
    let cell = Cell::count(server.n_requests());
    if n_waits == 0 {
        return Ok(cell);
    }
    let cell = cell.with(&format!(", {n_waits} waits to {:.0} ms", ms(longest)));
    let is_late = longest >= GIVEN_UP || (n_renewals > 0 && n_waits * 2 >= n_renewals);
    Ok(if is_late { cell.unfair() } else { cell })
}
