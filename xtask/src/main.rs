//! The commands of this repository: `cargo xtask …` in, library calls and an exit code out.
#![allow(clippy::print_stdout, reason = "a command line prints")]

mod codegen;
mod corpus;
mod diff;
mod witness;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Debug, Parser)]
#[command(name = "cargo xtask", about = "The commands of this repository")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Writes `generated/` from `specs/`.
    Codegen {
        /// Write nothing; say whether `generated/` is up to date.
        #[arg(long)]
        check: bool,
    },
    /// Says what changed between versions in `specs/`: all stable versions
    /// that follow each other, or the two that are named.
    Diff {
        /// The API, for example `acme/oauth`.
        api: Option<String>,
        /// The old version.
        #[arg(requires = "new")]
        old: Option<String>,
        /// The new version.
        new: Option<String>,
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

/// How a run ends; the codes are those of `tamarack generate`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    /// All is done.
    Done = 0,
    /// The output cannot be written.
    Failed = 1,
    /// The catalog or a document cannot be read.
    Unreadable = 3,
    /// There is an error, or a skip that no overlay accepts.
    Refused = 4,
    /// `--check` found something.
    Stale = 5,
}

fn main() -> ExitCode {
    let exit = match Cli::parse().command {
        Command::Codegen { check: true } => codegen::run(codegen::Action::Check),
        Command::Codegen { check: false } => codegen::run(codegen::Action::Write),
        Command::Diff { api, old, new } => diff::run(&diff::Options { api, old, new }),
        Command::Corpus { folder, compile, at_least } => {
            corpus::run(&corpus::Options { folder, compile, at_least })
        }
        Command::Witness { old, new: None } => witness::run_folder(&old),
        Command::Witness { old, new: Some(new) } => witness::run_two(&old, &new),
    };
    ExitCode::from(exit as u8)
}
