//! Measures the cells of each row; one file for each kind of situation.

pub(crate) mod cached;
pub(crate) mod cold;
pub(crate) mod lifetimes;
pub(crate) mod rejected;
pub(crate) mod window;

use std::time::Duration;

use crate::cell::Cell;
use crate::client::{Client, Failure, Setup};
use crate::server::{Act, Host, Server};

/// Starts a server with this plan and makes a client for it.
async fn start<C: Client>(
    host: &Host,
    plan: impl Fn(usize) -> Act + Send + Sync + 'static,
    setup: Setup,
) -> Result<(Server, C), Failure> {
    let server = host.serve(plan).await?;
    let client = C::new(&Setup { origin: server.origin(), ..setup }).await?;
    Ok((server, client))
}

fn cell(result: Result<Cell, Failure>) -> Cell {
    result.unwrap_or_else(|why| Cell::failed(&why.to_string()))
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}
