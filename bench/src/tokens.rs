//! Runs every client through every row, for the scoreboard of token clients.

use std::time::Duration;

use crate::cell::{Cell, Kind, Row, Target};
use crate::client::{Attempts, Client, Failure};
use crate::clients::{Gcp, Google, Huskarl, Naive, Ours, Yup};
use crate::rows::cached::{self, Warm, What};
use crate::rows::lifetimes::LIFETIMES;
use crate::rows::window::{self, Stall};
use crate::rows::{cold, lifetimes, rejected};
use crate::server::Host;
use crate::table::Section;

/// Calls a generic function for each client: ours, the first peer, the others.
macro_rules! each {
    ($client:ident => $call:expr) => {
        [
            {
                type $client = Ours;
                $call
            },
            {
                type $client = Huskarl;
                $call
            },
            {
                type $client = Naive;
                $call
            },
            {
                type $client = Yup;
                $call
            },
            {
                type $client = Gcp;
                $call
            },
            {
                type $client = Google;
                $call
            },
        ]
    };
}

/// Does the same with futures, all at the same time.
macro_rules! at_once {
    ($client:ident => $call:expr) => {{
        let (a, b, c, d, e, f) = tokio::join!(
            async {
                type $client = Ours;
                $call
            },
            async {
                type $client = Huskarl;
                $call
            },
            async {
                type $client = Naive;
                $call
            },
            async {
                type $client = Yup;
                $call
            },
            async {
                type $client = Gcp;
                $call
            },
            async {
                type $client = Google;
                $call
            },
        );
        vec![a, b, c, d, e, f]
    }};
}

const NAMES: [&str; 6] = each!(C => C::NAME);

/// Runs all rows; what they say goes to `say` while they run.
pub(crate) async fn run(host: &Host, say: impl Fn(&str)) -> Vec<Row> {
    let mut rows = vec![];
    say("callers without a token");
    rows.extend(cold_rows(host).await);
    say("lifetimes, and a minute of failures");
    let (minute, lives) = tokio::join!(failing(host, 60), lifetime_rows(host));
    rows.push(count(
        "41: refresh is due, server 503, 1000 reads in 6 s",
        Target::Best,
        failing(host, 6).await,
    ));
    rows.push(count("41: the same in 60 s", Target::Best, minute));
    rows.extend(lives);
    let late = at_once!(C => rejected::late::<C>(host).await);
    rows.push(count(
        "47: 10 late rejections of one token in 4 s, requests more",
        Target::Best,
        late,
    ));
    say("a server that hangs");
    rows.extend(stall_rows(host).await);
    rows
}

async fn cold_rows(host: &Host) -> Vec<Row> {
    let many = at_once!(C => cold::many::<C>(host).await);
    let once = at_once!(C => cold::failing::<C>(host, Attempts::One).await);
    let shipped = at_once!(C => cold::failing::<C>(host, Attempts::AsShipped).await);
    let impatient = at_once!(C => cold::impatient::<C>(host).await);
    vec![
        count("36: 50 cold callers, server 300 ms", Target::Best, many),
        count("37: 20 cold callers, server 500, one attempt a fetch", Target::Best, once),
        count("37: the same, attempts as shipped", Target::AtMost(3.0), shipped),
        count(
            "38: 5 callers give up at 50 ms, server 300 ms, then a read",
            Target::Best,
            impatient,
        ),
    ]
}

async fn failing(host: &Host, seconds: u64) -> Vec<Cell> {
    let span = Duration::from_secs(seconds);
    at_once!(C => window::failing::<C>(host, 1_000, span).await)
}

async fn lifetime_rows(host: &Host) -> Vec<Row> {
    // One client after the other: those that fetch at each read would slow the others down.
    let columns = [
        Box::pin(lives::<Ours>(host)).await,
        Box::pin(lives::<Huskarl>(host)).await,
        Box::pin(lives::<Naive>(host)).await,
        Box::pin(lives::<Yup>(host)).await,
        Box::pin(lives::<Gcp>(host)).await,
        Box::pin(lives::<Google>(host)).await,
    ];
    let row = |(n, lifetime): (usize, &u64)| {
        let cells = columns.iter().map(|column| column[n].clone()).collect();
        let span = lifetimes::SPAN.as_secs();
        // Of a token of a second nobody can have another in time without more than one a second.
        let target = if *lifetime == 1 { Target::AtMost(12.0) } else { Target::Best };
        count(&format!("46: lifetime {lifetime} s, read every 10 ms for {span} s"), target, cells)
    };
    LIFETIMES.iter().enumerate().map(row).collect()
}

async fn lives<C: Client>(host: &Host) -> Vec<Cell> {
    let [l1, l2, l5, l10, l30, l60, l299, l300, l301] =
        LIFETIMES.map(|it| lifetimes::read::<C>(host, it));
    let cells = tokio::join!(l1, l2, l5, l10, l30, l60, l299, l300, l301);
    let (l1, l2, l5, l10, l30, l60, l299, l300, l301) = cells;
    vec![l1, l2, l5, l10, l30, l60, l299, l300, l301]
}

async fn stall_rows(host: &Host) -> Vec<Row> {
    let stalls: [Stall; 6] = each!(C => window::hanging::<C>(host).await);
    let cells = |pick: fn(&Stall) -> &Cell| stalls.iter().map(|it| pick(it).clone()).collect();
    let row = |title: &str, cells| Row {
        title: title.to_owned(),
        kind: Kind::Time,
        target: Target::Within(5.0),
        cells,
    };
    vec![
        row("refresh is due, server hangs 5 s, 4 readers: p50", cells(|it| &it.p50)),
        row("the same: p99", cells(|it| &it.p99)),
        row("the same: max", cells(|it| &it.max)),
    ]
}

/// Makes a client of each kind with a fresh token.
pub(crate) async fn warm(host: &Host) -> Vec<Result<Warm, Failure>> {
    each!(C => Warm::new::<C>(host).await).into()
}

/// Measures reads of a fresh token. Not from within the runtime: it blocks on it.
pub(crate) fn cached_rows(clients: &[Result<Warm, Failure>]) -> Vec<Row> {
    let time = |title: &str, target, what, n_threads| Row {
        title: title.to_owned(),
        kind: Kind::Time,
        target,
        cells: cached::times(clients, what, n_threads),
    };
    let half = Target::PartOfSecond(0.5);
    let allocations = |title, what| count(title, Target::Best, cached::counts(clients, what));
    vec![
        time("55: cached token, 1 thread, a read", half, What::Token, 1),
        time("cached token, 2 threads, a read of each", half, What::Token, 2),
        time("cached value of Authorization, 1 thread", half, What::Authorization, 1),
        time("cached value of Authorization, 2 threads", half, What::Authorization, 2),
        allocations("55: cached token, allocations a read", What::Token),
        allocations("cached value of Authorization, allocations", What::Authorization),
    ]
}

fn count(title: &str, target: Target, cells: Vec<Cell>) -> Row {
    Row { title: title.to_owned(), kind: Kind::Count, target, cells }
}

/// Makes the scoreboard of the rows.
pub(crate) fn section(rows: &[Row]) -> Section {
    let ends = |end: &str| std::iter::once(end.to_owned());
    let header = ends("row (requests, if nothing else is said)");
    let header = header.chain(NAMES.map(str::to_owned)).chain(ends("target")).collect();
    let lines = rows.iter().map(|row| {
        let cells = row.cells.iter().map(|cell| cell.text.clone());
        ends(&row.title).chain(cells).chain(ends(&row.verdict())).collect()
    });
    Section {
        title: "Token clients".to_owned(),
        header,
        rows: lines.collect(),
        notes: NOTES.map(str::to_owned).to_vec(),
    }
}

const NOTES: [&str; 6] = [
    "Each client is used as its documentation says, against the same server on loopback; the numbers before the titles are those of the fault table.",
    "Compared is only what ends well: a cell with readers that failed, or that waited for the server at each renewal, is no rival. In 46 a client that renews a token once it is dead makes fewer requests, and a reader waits for each; a token of one second is renewed at most once a second, whoever waits.",
    "41 and the server that hangs: \"refresh is due\" is each client's own time before the end of a token. A clock is set forward where the client takes one (tamarack and huskarl, a token of 3600 s; huskarl is told to refresh five minutes ahead); the others get a token so short that the time begins at once.",
    "47: yup-oauth2 has no rejection, only a forced refresh, which is what is called.",
    "Times of cached reads are the best of forty rounds that go round all clients, in parentheses as a part of huskarl's; one allocation counter runs under all.",
    "37 as shipped: tamarack makes three attempts for all callers together, gcp_auth five for each, the others one.",
];
