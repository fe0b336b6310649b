//! Fifty processes that need a token of the same token server: with a store that they share, and the peers,
//! which have none.

mod member;
mod processes;
mod redis;

use std::time::Duration;

pub(crate) use member::run as run_member;
use processes::{Column, Processes};
use redis::Redis;

use crate::client::Failure;
use crate::server::{Host, Reply};
use crate::table::Section;

const N: usize = 50;
/// How often a cold start is measured; the median counts.
const RUNS: usize = 3;
/// How long an outage lasts, and the life of the tokens in which it falls.
const OUTAGE: Duration = Duration::from_secs(60);
const LIFE: u64 = 60;
/// So long that a token which is due for a refresh outlives an outage.
const LONG_LIFE: u64 = 300;
/// When all of them that refresh ahead by a quarter begin to, less a second.
const BEFORE_DUE: Duration = Duration::from_secs(224);

/// Measures all columns and makes their table.
pub(crate) fn section(host: &Host, say: &impl Fn(&str)) -> Result<Option<Section>, Failure> {
    if Redis::start()?.is_none() {
        say("fleet: skipped, there is no redis-server");
        return Ok(None);
    }
    let columns = Column::ALL;
    let mut lines = Vec::new();
    let mut line = |title: &str, cells: Vec<String>| {
        lines.push(std::iter::once(title.to_owned()).chain(cells).collect());
    };
    say("fleet: cold starts");
    let cold: Vec<_> = columns.iter().map(|it| cold_start(host, *it)).collect::<Result<_, _>>()?;
    line("cold start, server 300 ms: requests", texts(&cold, |it| it.requests.to_string()));
    line("the same: the last process has its token after", texts(&cold, |it| ms(it.last)));
    line("a cached read", texts(&cold, |it| format!("{} ns", it.cached_nanos)));
    say("fleet: a minute of tokens that live for a minute");
    let steady = at_once(columns, |it| minute(host, it, Outage::None))?;
    line("tokens of 60 s, 60 s of reads: requests", texts(&steady, Watched::text));
    say("fleet: the same without Redis");
    let silent = at_once(columns, |it| minute(host, it, Outage::Redis))?;
    line("the same while Redis is down", texts(&silent, Watched::text));
    say("fleet: an outage of the token server");
    let failing = at_once(columns, |it| outage(host, it))?;
    line(
        "tokens of 300 s, server 503 for 60 s from the 224th on: requests",
        texts(&failing, Watched::text),
    );
    let header = std::iter::once("50 processes".to_owned());
    Ok(Some(Section {
        title: "A fleet".to_owned(),
        header: header.chain(columns.map(|it| it.title().to_owned())).collect(),
        rows: lines,
        notes: NOTES.map(str::to_owned).to_vec(),
    }))
}

const NOTES: [&str; 3] = [
    "Each process has one client and reads every half second; they share a machine, a token server, and where they can a redis-server of Debian on loopback. Requests are those of all fifty together. Cold starts are medians of three runs, cached reads the best of five rounds of 100,000 in the median process.",
    "The peers have no store: each process asks by itself.",
    "Failed reads are told where there were any: a client that has no token any more has nothing to serve.",
];

struct Cold {
    requests: usize,
    last: Duration,
    cached_nanos: u64,
}

/// What fifty processes did in some time.
struct Watched {
    requests: usize,
    n_reads: usize,
    n_failed: usize,
}

impl Watched {
    fn text(&self) -> String {
        if self.n_failed == 0 {
            return self.requests.to_string();
        }
        format!("{}, {} of {} reads failed", self.requests, self.n_failed, self.n_reads)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Outage {
    None,
    Redis,
}

fn texts<T>(cells: &[T], text: impl Fn(&T) -> String) -> Vec<String> {
    cells.iter().map(text).collect()
}

fn ms(time: Duration) -> String {
    format!("{} ms", time.as_millis())
}

/// Measures all columns at the same time.
fn at_once<T: Send>(
    columns: [Column; 4],
    measure: impl Fn(Column) -> Result<T, Failure> + Sync,
) -> Result<Vec<T>, Failure> {
    let measure = &measure;
    std::thread::scope(|scope| {
        let threads = columns.map(|column| scope.spawn(move || measure(column)));
        let results =
            threads.into_iter().map(|it| it.join().map_err(|_| "a measurement panicked")?);
        results.collect()
    })
}

fn median<T: Ord + Copy>(mut values: Vec<T>) -> Option<T> {
    values.sort_unstable();
    values.get(values.len() / 2).copied()
}

fn cold_start(host: &Host, column: Column) -> Result<Cold, Failure> {
    let (mut requests, mut lasts, mut nanos) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let redis = Redis::start()?.ok_or("redis-server is gone")?;
        let server = host.block_on(host.serve(|_| Reply::Token(3_600).after(300)))?;
        let mut processes = Processes::start(N, column, &server.origin(), &redis.url())?;
        let reads = processes.read()?;
        if reads.iter().any(|read| !read.has_token) {
            return Err(format!("{}: no token", column.title()).into());
        }
        requests.push(server.n_requests());
        lasts.extend(reads.iter().map(|read| read.took).max());
        nanos.extend(processes.bench()?);
    }
    let missing = "nothing was measured";
    Ok(Cold {
        requests: median(requests).ok_or(missing)?,
        last: median(lasts).ok_or(missing)?,
        cached_nanos: median(nanos).ok_or(missing)?,
    })
}

/// Lets all read every half second for some time.
fn watch(processes: &mut Processes, time: Duration) -> Result<(usize, usize), Failure> {
    let began = std::time::Instant::now();
    let (mut n_reads, mut n_failed) = (0, 0);
    while began.elapsed() < time {
        let reads = processes.read()?;
        n_reads += reads.len();
        n_failed += reads.iter().filter(|read| !read.has_token).count();
        std::thread::sleep(Duration::from_millis(500));
    }
    Ok((n_reads, n_failed))
}

fn minute(host: &Host, column: Column, outage: Outage) -> Result<Watched, Failure> {
    let redis = Redis::start()?.ok_or("redis-server is gone")?;
    let server = host.block_on(host.serve(|_| Reply::Token(LIFE).after(100)))?;
    let mut processes = Processes::start(N, column, &server.origin(), &redis.url())?;
    processes.read()?;
    if outage == Outage::Redis {
        drop(redis);
    }
    let before = server.n_requests();
    let (n_reads, n_failed) = watch(&mut processes, OUTAGE)?;
    Ok(Watched { requests: server.n_requests() - before, n_reads, n_failed })
}

fn outage(host: &Host, column: Column) -> Result<Watched, Failure> {
    let redis = Redis::start()?.ok_or("redis-server is gone")?;
    let is_down = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let asked = std::sync::Arc::clone(&is_down);
    let plan = move |_| match asked.load(std::sync::atomic::Ordering::SeqCst) {
        true => Reply::Status(503).after(20),
        false => Reply::Token(LONG_LIFE).after(100),
    };
    let server = host.block_on(host.serve(plan))?;
    let mut processes = Processes::start(N, column, &server.origin(), &redis.url())?;
    watch(&mut processes, BEFORE_DUE)?;
    is_down.store(true, std::sync::atomic::Ordering::SeqCst);
    let before = server.n_requests();
    let (n_reads, n_failed) = watch(&mut processes, OUTAGE)?;
    Ok(Watched { requests: server.n_requests() - before, n_reads, n_failed })
}
