//! Clients without a token: many callers at once, a server that fails, callers that give up.

use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::{cell, start};
use crate::cell::Cell;
use crate::client::{Attempts, Client, Failure, Setup};
use crate::server::{Host, Reply};

const LIFETIME: u64 = 3_600;

/// 50 callers, a server that thinks for 300 ms.
pub(crate) async fn many<C: Client>(host: &Host) -> Cell {
    cell(try_many::<C>(host).await)
}

async fn try_many<C: Client>(host: &Host) -> Result<Cell, Failure> {
    let plan = |_| Reply::Token(LIFETIME).after(300);
    let (server, client) = start::<C>(host, plan, Setup::default()).await?;
    let n_failed = all_read(&client, 50).await;
    Ok(counted(server.n_requests(), n_failed))
}

/// 20 callers, a server that fails.
pub(crate) async fn failing<C: Client>(host: &Host, attempts: Attempts) -> Cell {
    if let (Attempts::One, Err(why)) = (attempts, C::ONE_ATTEMPT) {
        return Cell::none(why);
    }
    cell(try_failing::<C>(host, attempts).await)
}

async fn try_failing<C: Client>(host: &Host, attempts: Attempts) -> Result<Cell, Failure> {
    let setup = Setup { attempts, ..Setup::default() };
    let (server, client) = start::<C>(host, |_| Reply::Status(500).at_once(), setup).await?;
    let n_failed = all_read(&client, 20).await;
    let cell = Cell::count(server.n_requests());
    Ok(if n_failed == 20 { cell } else { cell.with(&format!(", {n_failed} errors")) })
}

/// 5 callers who wait for 50 ms, a server that thinks for 300 ms; after 400 ms one more read, with
/// the same deadline.
pub(crate) async fn impatient<C: Client>(host: &Host) -> Cell {
    cell(try_impatient::<C>(host).await)
}

async fn try_impatient<C: Client>(host: &Host) -> Result<Cell, Failure> {
    const DEADLINE: Duration = Duration::from_millis(50);
    let plan = |_| Reply::Token(LIFETIME).after(300);
    let (server, client) = start::<C>(host, plan, Setup::default()).await?;
    let mut callers = JoinSet::new();
    for _ in 0..5 {
        let client = client.clone();
        callers.spawn(async move { timeout(DEADLINE, client.token()).await.is_ok() });
    }
    callers.join_all().await;
    sleep(Duration::from_millis(400)).await;
    let has_token = matches!(timeout(DEADLINE, client.token()).await, Ok(Ok(_)));
    let cell = Cell::count(server.n_requests());
    // Fewer requests are no merit where there is no token at the end.
    Ok(if has_token { cell.with(", hit") } else { cell.with(", no token").unfair() })
}

/// Returns how many of the callers have no token.
async fn all_read<C: Client>(client: &C, n_callers: usize) -> usize {
    let mut callers = JoinSet::new();
    for _ in 0..n_callers {
        let client = client.clone();
        callers.spawn(async move { client.token().await.is_err() });
    }
    callers.join_all().await.into_iter().filter(|failed| *failed).count()
}

fn counted(n_requests: usize, n_failed: usize) -> Cell {
    let cell = Cell::count(n_requests);
    if n_failed == 0 { cell } else { cell.with(&format!(", {n_failed} without a token")).unfair() }
}
