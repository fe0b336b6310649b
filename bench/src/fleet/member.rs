//! One process of a fleet: a client, which reads a token for each line of its input.

use std::hint::black_box;
use std::io::{BufRead as _, Write as _};
use std::time::{Duration, Instant};

use tamarack_clients::pinecone::oauth::v2026_04::client::Client as Generated;
use tamarack_clients::runtime::http::HeaderValue;
use tamarack_clients::runtime::token::{
    AccessToken, ClientCredentials, SealingKey, SharedTokens, TokenSource,
};
use tamarack_runtime::redis1::Redis1;
use tokio::runtime::Runtime;

use super::processes::Column;
use crate::client::{Client, Failure, Setup, Window};
use crate::clients::{Google, Huskarl, Ours};

/// The first argument of such a process.
pub(super) const WORD: &str = "member";

const READS: u32 = 100_000;
const ROUNDS: usize = 5;

/// Is such a process, if the arguments say so.
pub(crate) fn run(arguments: &[String]) -> Option<Result<(), Failure>> {
    let [word, column, origin, redis_url] = arguments else { return None };
    let column = Column::ALL.into_iter().find(|it| word == WORD && it.title() == column)?;
    let setup = Setup { origin: origin.clone(), ..Setup::default() };
    Some(match column {
        Column::Shared => answer(|runtime| runtime.block_on(shared(&setup, redis_url))),
        Column::Alone => answer(|runtime| runtime.block_on(Ours::new(&setup))),
        Column::Huskarl => answer(|runtime| runtime.block_on(Huskarl::new(&setup))),
        Column::Google => answer(|runtime| runtime.block_on(Google::new(&setup))),
    })
}

fn answer<C: Client>(make: impl FnOnce(&Runtime) -> Result<C, Failure>) -> Result<(), Failure> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    let runtime = builder.worker_threads(1).enable_all().build()?;
    let client = make(&runtime)?;
    let mut output = std::io::stdout();
    writeln!(output, "ready 0")?;
    for line in std::io::stdin().lock().lines() {
        let (word, number) = match line?.as_str() {
            "bench" => ("nanos", bench(&runtime, &client)?),
            _ => {
                let start = Instant::now();
                let result = runtime.block_on(client.token());
                let word = if result.is_ok() { "token" } else { "error" };
                (word, u64::try_from(start.elapsed().as_micros())?)
            }
        };
        writeln!(output, "{word} {number}")?;
    }
    Ok(())
}

fn bench<C: Client>(runtime: &Runtime, client: &C) -> Result<u64, Failure> {
    let round = |_| {
        runtime.block_on(async {
            let start = Instant::now();
            for _ in 0..READS {
                black_box(client.token().await?);
            }
            Ok::<Duration, Failure>(start.elapsed())
        })
    };
    let times: Vec<Duration> = (0..ROUNDS).map(round).collect::<Result<_, _>>()?;
    let best = times.into_iter().min().unwrap_or_default();
    Ok(u64::try_from((best / READS).as_nanos())?)
}

/// Our client with a store.
#[derive(Clone)]
struct Shared(TokenSource);

async fn shared(setup: &Setup, redis_url: &str) -> Result<Shared, Failure> {
    let client = Generated::builder().base_url(setup.origin.as_str()).build()?;
    let store = SharedTokens::new(Redis1::open(redis_url)?, SealingKey::new([7; 32]));
    let builder = client.token_source(ClientCredentials::new("id", "secret"));
    Ok(Shared(builder.shared(store).build()?))
}

impl Client for Shared {
    const NAME: &'static str = "tamarack, redis1";
    const WINDOW: Window = Ours::WINDOW;
    const REJECTS: Result<(), &'static str> = Ok(());
    type Token = AccessToken;

    async fn new(_: &Setup) -> Result<Self, Failure> {
        Err("it needs a store".into())
    }

    async fn token(&self) -> Result<AccessToken, Failure> {
        Ok(self.0.token().await?)
    }

    async fn authorization(&self) -> Result<HeaderValue, Failure> {
        Ok(self.0.authorization().await?)
    }
}
