//! The command line of `cargo xtask examples` and `cargo xtask round-trips`.
#![allow(clippy::print_stdout, reason = "a command line prints")]

use std::process::ExitCode;
use std::time::Instant;

use clap::{Parser, Subcommand};
use tamarack_values::checks::{self, Which};
use tamarack_values::document::documents;
use tamarack_values::program::Programs;
use tamarack_values::run::{Total, Values, run};

#[derive(Debug, Parser)]
#[command(about = "Decodes values of documents into the generated types and encodes them back")]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Only documents whose path below the corpora contains this text.
    #[arg(long, value_name = "PATTERN", global = true)]
    only: Option<String>,
}

#[derive(Clone, Copy, Debug, Subcommand)]
enum Command {
    /// Takes the examples of the documents.
    Examples,
    /// Compares what the generated checks and the validator say of random values, and of values that violate a
    /// keyword: of components, or of operations.
    Bounds {
        /// Operations, with their parameters and bodies, and not components.
        #[arg(long)]
        operations: bool,
        /// How many valid values for each component.
        #[arg(long, default_value_t = 10)]
        each: usize,
        /// The seed.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Takes random values of each component.
    RoundTrips {
        /// How many valid values for each component; as many again are spoilt.
        #[arg(long, default_value_t = 10)]
        each: usize,
        /// The seed.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
}

fn main() -> ExitCode {
    let Cli { command, only } = Cli::parse();
    let names = match documents(only.as_deref()) {
        Ok(names) if !names.is_empty() => names,
        Ok(_) => return failed("no document has such a path"),
        Err(error) => return failed(&format!("no corpora: {error}")),
    };
    let (word, values) = match command {
        Command::Examples => ("examples", Values::Examples),
        Command::Bounds { operations, each, seed } => {
            return bounds(&names, Which { operations, each, seed });
        }
        Command::RoundTrips { each, seed } => ("round-trips", Values::Random { each, seed }),
    };
    let begun = Instant::now();
    match run(&names, values, &Programs::new(word)) {
        Ok(total) => {
            print(names.len(), &total, values, begun.elapsed().as_secs());
            let is_right = match values {
                // The promise is 99.9 of a hundred, whatever is told of the others.
                Values::Examples => {
                    let wrong = total.lost + total.reported;
                    wrong * 1000 <= total.kept + total.read + wrong
                }
                Values::Random { .. } => total.lost == 0,
            };
            if is_right && total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => failed(&error),
    }
}

fn bounds(names: &[String], which: Which) -> ExitCode {
    match checks::run(names, which) {
        Ok(total) => {
            println!("{} documents: {total}", names.len());
            if total.is_right() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => failed(&error),
    }
}

fn failed(why: &str) -> ExitCode {
    eprintln!("error: {why}; TAMARACK_CORPUS names the folder of the corpora");
    ExitCode::FAILURE
}

#[expect(clippy::cast_precision_loss, reason = "there are thousands")]
fn print(n_documents: usize, total: &Total, values: Values, seconds: u64) {
    let Total { kept, read, lost, reported, invalid, unjudged, untyped, no_json, failed } = total;
    println!(
        "not counted: {invalid} not valid by their own schema, {unjudged} of a schema that the validator does not \
         read, {untyped} without a type of their own, {no_json} that are no JSON; {seconds} s"
    );
    let all = kept + read + lost + reported;
    let right = kept + read;
    let what = match values {
        Values::Examples => "valid examples",
        Values::Random { .. } => "random values",
    };
    println!(
        "{n_documents} documents ({failed} failed): {right} of {all} {what} decode and encode back equal \
         ({:.2} %; {read} are only decoded), {reported} lose what a diagnostic tells, {lost} what none does",
        100.0 * right as f64 / all.max(1) as f64
    );
}
