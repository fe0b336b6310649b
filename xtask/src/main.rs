//! The commands of this repository: `cargo xtask …` in, library calls and an exit code out.
#![allow(clippy::print_stdout, reason = "a command line prints")]

mod changes;
mod codegen;
mod compare;
mod corpus;
mod diff;
mod folder;
mod fuzz;
mod model_check;
mod pages;
mod specs;
mod tokens;
mod witness;

use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use tamarack::Verdict;

#[derive(Debug, Parser)]
#[command(name = "cargo xtask", about = "The commands of this repository")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Writes `generated/` and `docs/changes/` from `specs/`, and the pages of
    /// `docs/` that show codes and messages.
    Codegen {
        /// Write nothing; say whether all of it is up to date.
        #[arg(long)]
        check: bool,
    },
    /// Says what changed between versions in `specs/`: all stable versions
    /// that follow each other, or those that are named; three or more make a
    /// timeline.
    Diff {
        /// The API, for example `acme/oauth`.
        api: Option<String>,
        /// The versions, in order.
        versions: Vec<String>,
        /// How the report is written.
        #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
        format: DiffFormat,
    },
    /// Reads other people's documents and the code generated from them with two readers of their own, and
    /// says what differs and is told by no diagnostic.
    Compare {
        /// Only the documents whose path below the corpora has this in it.
        #[arg(long, value_name = "PATTERN")]
        only: Option<String>,
    },
    /// Generates a crate from every document of a corpus of other people's
    /// documents, and says what was left out.
    Corpus {
        /// The folder below the corpora, for example `pinecone`.
        folder: String,
        /// Compile every crate, with warnings denied.
        #[arg(long)]
        compile: bool,
        /// Fail when fewer operations are generated.
        #[arg(long, value_name = "N")]
        at_least: Option<usize>,
    },
    /// Makes up documents, bytes and values at random, and looks whether what must hold for each does;
    /// `cargo xtask fuzz --help` tells for how long, from which seed, and how to run an input again.
    #[command(disable_help_flag = true)]
    Fuzz {
        /// The arguments of the fuzzers.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Tries the orders in which threads can meet in a refresh of a token.
    ModelCheck {
        /// How many orders of each scene are tried at random; as many again where they hurt most.
        #[arg(long, value_name = "N", default_value_t = 20_000)]
        iterations: u32,
    },
    /// Generates the crates of other people's documents that have an operation which gives tokens, says
    /// which get a token source, and asks each of those for a token over loopback; takes minutes.
    Tokens,
    /// Puts the Rust column of the diff to the proof: compiles code that uses
    /// every public item of an old version against the next.
    Witness {
        /// A folder below the corpora, for example `pinecone`: each version
        /// and the next. Or the old one of two documents.
        #[arg(default_value = "pinecone")]
        old: String,
        /// The new one of two documents.
        new: Option<String>,
    },
}

/// How `diff` writes its report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum DiffFormat {
    /// For a terminal.
    Text,
    /// One page for a reviewer.
    Html,
}

/// How a run ends; the codes are those of `tamarack generate`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    /// All is done.
    Done = 0,
    /// The output cannot be written.
    Failed = 1,
    /// The command line is wrong.
    Usage = 2,
    /// The catalog or a document cannot be read.
    Unreadable = 3,
    /// There is an error, or a skip that no overlay accepts.
    Refused = 4,
    /// `--check` found something.
    Stale = 5,
}

impl From<Verdict> for Exit {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Sound => Self::Done,
            Verdict::Refused => Self::Refused,
            Verdict::Unreadable => Self::Unreadable,
            Verdict::Bug => Self::Failed,
        }
    }
}

fn main() -> ExitCode {
    let exit = match Cli::parse().command {
        Command::Codegen { check: true } => codegen::run(codegen::Action::Check),
        Command::Codegen { check: false } => codegen::run(codegen::Action::Write),
        Command::Diff { api, versions, format } => {
            diff::run(&diff::Options { api, versions, format })
        }
        Command::Compare { only } => compare::run(only.as_deref()),
        Command::Corpus { folder, compile, at_least } => {
            corpus::run(&corpus::Options { folder, compile, at_least })
        }
        Command::Fuzz { arguments } => fuzz::run(&arguments),
        Command::ModelCheck { iterations } => model_check::run(iterations),
        Command::Tokens => tokens::run(),
        Command::Witness { old, new: None } => witness::run_folder(&old),
        Command::Witness { old, new: Some(new) } => witness::run_two(&old, &new),
    };
    ExitCode::from(exit as u8)
}
