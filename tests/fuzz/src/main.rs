//! The command line of the fuzzers: for how long, from which seed, and which input again.
#![allow(clippy::print_stdout, reason = "a command line prints")]

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};
use tamarack_fuzz::Target;
use tamarack_fuzz::driver::{self, Options, Outcome, Until, worker};

#[derive(Debug, Parser)]
#[command(
    name = "cargo xtask fuzz",
    about = "Makes up documents, bytes and values, and looks whether what must hold for each does"
)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// For how long, all targets together.
    #[arg(long, value_name = "N", default_value_t = 120)]
    seconds: u64,
    /// Instead of a time, how many inputs of each of the slow targets (pipeline, diff), and 16 times as many of each of
    /// the others: every machine runs the same.
    #[arg(long, value_name = "N", conflicts_with = "seconds")]
    inputs: Option<u64>,
    /// The same seed makes the same inputs of the same documents.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// One target alone: load, pipeline, diff, decode, encode.
    #[arg(long, value_name = "NAME", value_parser = target)]
    target: Option<Target>,
    /// How many of the crates that were generated are compiled.
    #[arg(long, value_name = "N", default_value_t = 4)]
    compile: usize,
    /// Runs the input of a file again, of the target that is named.
    #[arg(long, value_name = "FILE", requires = "target")]
    replay: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Runs inputs for the driver.
    #[command(hide = true)]
    Worker {
        #[arg(long, value_parser = target)]
        target: Target,
        #[arg(long, default_value_t = 0)]
        seed: u64,
        #[arg(long, default_value_t = 0)]
        from: u64,
        #[arg(long)]
        input: Option<PathBuf>,
    },
}

fn target(name: &str) -> Result<Target, String> {
    Target::named(name).ok_or_else(|| Target::ALL.map(Target::name).join(", "))
}

/// How much of the time each target has, of 8.
fn share(target: Target) -> u32 {
    match target {
        Target::Pipeline => 3,
        Target::Diff => 2,
        Target::Load | Target::Decode | Target::Encode => 1,
    }
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match (&cli.command, &cli.replay, cli.target) {
        (Some(Command::Worker { target, input: Some(input), .. }), ..) => {
            worker::run_file(*target, input).map(|()| true)
        }
        (Some(Command::Worker { target, seed, from, input: None }), ..) => {
            worker::run_numbers(*target, *seed, *from);
            Ok(true)
        }
        (None, Some(file), Some(target)) => driver::of_file(target, file).map(|outcome| {
            println!(
                "{}",
                outcome.as_ref().map_or_else(ToString::to_string, |()| "holds".to_owned())
            );
            outcome.is_ok()
        }),
        (None, ..) => fuzz(&cli),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Returns when a target is done.
fn until(cli: &Cli, target: Target) -> Until {
    let time = Duration::from_secs(cli.seconds);
    match (cli.inputs, target) {
        (Some(n), Target::Pipeline | Target::Diff) => Until::Inputs(n),
        (Some(n), Target::Load | Target::Decode | Target::Encode) => {
            Until::Inputs(n.saturating_mul(16))
        }
        (None, _) if cli.target.is_some() => Until::Time(time),
        (None, _) => Until::Time(time * share(target) / 8),
    }
}

/// Returns whether everything held.
fn fuzz(cli: &Cli) -> std::io::Result<bool> {
    let mut holds = true;
    for target in Target::ALL.into_iter().filter(|it| cli.target.is_none_or(|only| only == *it)) {
        let options =
            Options { seed: cli.seed, until: until(cli, target), n_compiled: cli.compile };
        let outcome = driver::run(target, options)?;
        print(target, &outcome);
        holds &= outcome.kept.findings().is_empty();
    }
    Ok(holds)
}

fn print(target: Target, outcome: &Outcome) {
    let seconds = outcome.time.as_secs_f64();
    let findings = outcome.kept.findings();
    #[expect(clippy::cast_precision_loss, reason = "a rate is shown in whole numbers")]
    let rate = outcome.n_run as f64 / seconds;
    println!(
        "{}: {} inputs in {seconds:.0} s ({rate:.0} a second), {} kinds of failure",
        target.name(),
        outcome.n_run,
        findings.len()
    );
    for finding in findings {
        let detail: String = finding.detail.chars().take(600).collect();
        println!("  {} ({} times): {detail}", finding.kind, outcome.kept.n_seen(&finding));
        println!(
            "    cargo xtask fuzz --target {} --replay '{}'",
            target.name(),
            outcome.kept.file(&finding).display()
        );
    }
}
