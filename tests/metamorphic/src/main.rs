//! The command line of the long run: which documents, and how many changes of each.
#![allow(clippy::print_stdout, reason = "a command line prints")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use tamarack_metamorphic::run::{self, Options};

#[derive(Debug, Parser)]
#[command(
    name = "cargo xtask metamorphic",
    about = "Tests the diff with documents of the corpora: random changes must have a verdict, and documents written \
             differently that mean the same must have none"
)]
struct Cli {
    /// Only documents whose path below the corpora contains this text.
    #[arg(long, value_name = "PATTERN")]
    only: Option<String>,
    /// Only so many documents, chosen at random [default: all].
    #[arg(long, value_name = "N")]
    documents: Option<usize>,
    /// Number of random changes of each document; of a large one, fewer.
    #[arg(long, value_name = "N", default_value_t = 20)]
    changes: usize,
    /// Other seeds choose other changes.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
}

#[allow(clippy::disallowed_methods, reason = "the corpus lies where the environment says")]
fn corpora() -> PathBuf {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    std::env::var_os("TAMARACK_CORPUS").map_or_else(beside, PathBuf::from)
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let options = Options { documents: cli.documents, changes: cli.changes, seed: cli.seed };
    let root = corpora();
    let all = run::documents(&root, cli.only.as_deref());
    if all.is_empty() {
        let root = root.display();
        eprintln!("error: no such document below `{root}`; TAMARACK_CORPUS names another place");
        return ExitCode::from(3);
    }
    let total = run::run(all, &options);
    println!("{total}");
    if total.n_faults == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
