//! Generated code beside code that is written by hand with serde and the same transport: times, allocations, instructions.

mod decode;
mod hand;
mod loopback;
mod pair;
mod requests;
mod server;
mod texts;

/// The client that is generated from `warehouse.oas.yaml`.
#[allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    unused_imports,
    clippy::pedantic,
    reason = "made to be exported"
)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/warehouse.rs"));
}

use std::error::Error;
use std::process::ExitCode;

use pair::Pair;

#[global_allocator]
static ALLOCATOR: counting::Counting = counting::Counting;

const USAGE: &str = "\
usage: cargo run --release -p calls [-- OPTIONS]
  --runs N                    runs of which the median is shown [default: 3]
  --ratios N WORK             measures one work so many times, and prints each ratio
  --times N SIDE WORK         does one work so many times, as `generated` or `hand`, and prints nothing";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let ended = match arguments[..] {
        [] => print(3),
        ["--runs", runs] => match runs.parse() {
            Ok(runs) if runs > 0 => print(runs),
            _ => return usage(),
        },
        ["--ratios", n, work] => match n.parse() {
            Ok(n) => ratios(n, work),
            Err(_) => return usage(),
        },
        ["--times", n, side, work] => match n.parse() {
            Ok(n) => repeat(n, side, work),
            Err(_) => return usage(),
        },
        _ => return usage(),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("error: {why}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    eprintln!("{USAGE}");
    ExitCode::from(2)
}

fn pairs() -> Result<Vec<Pair>, Box<dyn Error>> {
    let others = decode::pairs().into_iter().chain([loopback::calls()?]);
    Ok(requests::pairs()?.into_iter().chain(others).collect())
}

/// Returns one of them, whose title is known.
fn pair(title: &str) -> Result<Pair, Box<dyn Error>> {
    pairs()?.into_iter().find(|it| it.title == title).ok_or_else(|| "there is no such work".into())
}

/// Shows by how much one run differs from another.
fn ratios(n: usize, work: &str) -> Result<(), Box<dyn Error>> {
    print!("{}", pair(work)?.ratios(n));
    Ok(())
}

/// What the counting of instructions runs, in a process of its own.
fn repeat(n: usize, side: &str, work: &str) -> Result<(), Box<dyn Error>> {
    let mut pair = pair(work)?;
    let work = if side == "hand" { &mut pair.hand } else { &mut pair.generated };
    (0..n).for_each(|_| work());
    Ok(())
}

fn print(runs: usize) -> Result<(), Box<dyn Error>> {
    println!("## At run time\n");
    println!(
        "| work | generated | by hand | ratio | instructions, ratio | allocations | by hand |"
    );
    println!("|{}", " --- |".repeat(7));
    for pair in &mut pairs()? {
        eprintln!("... {}", pair.title);
        println!("{}", pair.row(runs));
    }
    println!(
        "\nTimes are the best of up to four hundred short rounds in which both follow each other, ratios the median of \
         the ratios of the rounds, and of {runs} such runs. Instructions are counted by callgrind; a dash where there is no \
         valgrind. By hand are structs with serde's derive, and requests of the crate `http`; a full call is one over \
         reqwest, with a server on loopback that runs on the same thread, so that no scheduler decides how long a side \
         waits. What cannot be told apart is kept as JSON, which by hand is a `serde_json::Value`."
    );
    println!(
        "\nThe goal is 1.05. A union by key is above it: it is kept in pieces until its end, since an object with two of \
         the keys is kept as it is, which by hand is an error (next: to decode a value as its pieces are written)."
    );
    println!("\n## Large bodies\n");
    println!("| 100 MB on loopback | generated | by hand | ratio |");
    println!("|{}", " --- |".repeat(4));
    for mut pair in loopback::bodies()? {
        eprintln!("... {}", pair.title);
        println!("{}", pair.short_row(runs));
    }
    println!(
        "\nStreams in pieces of 64 KiB: the best of {} in turn, and the median of their ratios.",
        pair::FEW
    );
    Ok(())
}
