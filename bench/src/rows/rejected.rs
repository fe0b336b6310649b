//! One token, rejected by an API for ten callers, who say so one after the other over 4 s.

use std::time::Duration;

use tokio::time::sleep;

use super::{cell, start};
use crate::cell::Cell;
use crate::client::{Client, Failure, Setup};
use crate::server::{Host, Reply};

/// Counts the requests after the first.
pub(crate) async fn late<C: Client>(host: &Host) -> Cell {
    match C::REJECTS {
        Err(why) => Cell::none(why),
        Ok(()) => cell(try_late::<C>(host).await),
    }
}

async fn try_late<C: Client>(host: &Host) -> Result<Cell, Failure> {
    let plan = |_| Reply::Token(3_600).at_once();
    let (server, client) = start::<C>(host, plan, Setup::default()).await?;
    let old = client.token().await?;
    // A token of a moment ago is a case of its own.
    sleep(Duration::from_millis(1_100)).await;
    for _ in 0..10 {
        client.reject(&old).await;
        client.token().await?;
        sleep(Duration::from_millis(400)).await;
    }
    Ok(Cell::count(server.n_requests() - 1))
}
