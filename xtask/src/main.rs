//! The commands of this repository: `cargo xtask …`.
#![allow(clippy::print_stdout, reason = "a command line prints")]

mod bodies;
mod changes;
mod codegen;
mod compare;
mod corpus;
mod diff;
mod each_document;
mod folder;
mod fuzz;
mod metamorphic;
mod mock;
mod model_check;
mod package;
mod pages;
mod specs;
mod support;
mod tokens;
mod values;
mod witness;

use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use tamarack::Verdict;

/// What the program `tamarack` has, for the same reason.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Debug, Parser)]
#[command(name = "cargo xtask", about = "The commands of this repository")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Calls operations of other people's documents over loopback: uploads, lines of JSON and events, which the
    /// server reads and sends with other people's crates.
    Bodies,
    /// Generates the crates of `tamarack.toml` and `docs/changes/`, and the pages of
    /// `docs/` that show codes, messages and what is supported.
    Codegen {
        /// Write nothing; report whether everything is up to date.
        #[arg(long)]
        check: bool,
    },
    /// Compares versions in `specs/`: each stable version with the next, or the
    /// given versions; three or more make a timeline.
    Diff {
        /// The API, for example `acme/oauth`.
        api: Option<String>,
        /// The versions, in order.
        versions: Vec<String>,
        /// Format of the report.
        #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
        format: DiffFormat,
    },
    /// Compares documents of the corpora with the code generated from them, with independent readers, and
    /// reports each difference that no diagnostic mentions.
    Compare {
        /// Only documents whose path below the corpora contains this text.
        #[arg(long, value_name = "PATTERN")]
        only: Option<String>,
    },
    /// Generates a crate from every document of a corpus, and reports what was
    /// skipped.
    Corpus {
        /// Directory below the corpora, for example `pinecone`.
        folder: String,
        /// Also compile every crate, with warnings denied.
        #[arg(long)]
        compile: bool,
        /// Fail if fewer operations are generated.
        #[arg(long, value_name = "N")]
        at_least: Option<usize>,
    },
    /// Decodes the examples of the documents of the corpora into the generated types and encodes them back; what is
    /// valid, a validator of JSON Schema decides. `cargo xtask examples --help` lists the options.
    #[command(disable_help_flag = true)]
    Examples {
        /// Arguments of the program.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Runs the fuzzers on random documents, bytes and values; `cargo xtask fuzz --help` lists their
    /// options: duration, seed, and how to replay an input.
    #[command(disable_help_flag = true)]
    Fuzz {
        /// Arguments of the fuzzers.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Tests the diff with documents of the corpora: random changes must have a verdict, and documents
    /// written differently that mean the same must have none; `cargo xtask metamorphic --help` lists the options.
    #[command(disable_help_flag = true)]
    Metamorphic {
        /// Arguments of the tests.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Calls every operation of some documents through the generated client on a server that Prism makes of the
    /// original document, and counts what it refuses; takes minutes, and is skipped without `node`.
    Mock {
        /// Only these documents, such as `db_control` and `box`.
        words: Vec<String>,
    },
    /// Tries many orders in which threads can interleave in a token refresh.
    ModelCheck {
        /// Number of random orders per scenario; as many again are chosen where threads meet.
        #[arg(long, value_name = "N", default_value_t = 20_000)]
        iterations: u32,
    },
    /// Packs the crates that are published, in order, and builds each from its package alone; arguments such as
    /// `--no-verify`, `--offline` and `--allow-dirty` go to `cargo package`.
    Package {
        /// Arguments of `cargo package`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Compares the interface of what is published with the last tag, by `cargo-semver-checks`.
    Semver {
        /// Arguments of `cargo semver-checks`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Like `examples`, with random values of each component of the documents, and with what a newer server could
    /// send; `cargo xtask round-trips --help` lists the options.
    #[command(disable_help_flag = true)]
    RoundTrips {
        /// Arguments of the program.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Compares what the generated checks of values and a validator of JSON Schema say of random values of the
    /// components of documents; `cargo xtask bounds --help` lists the options.
    #[command(disable_help_flag = true)]
    Bounds {
        /// Arguments of the program.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Counts the keywords and messages of the documents of the corpora, for `docs/support.md`.
    Support {
        /// Write nothing; report whether the counts are up to date.
        #[arg(long)]
        check: bool,
    },
    /// Generates the crates of other people's documents that have an operation which gives tokens, says
    /// which get a token source, and asks each of those for a token over loopback; takes minutes.
    Tokens,
    /// Verifies the Rust column of the diff: compiles code that uses every
    /// public item of an old version against the next.
    Witness {
        /// A directory below the corpora, for example `pinecone`, of which each
        /// version is compared with the next; or the older of two documents.
        #[arg(default_value = "pinecone")]
        old: String,
        /// The newer of two documents.
        new: Option<String>,
    },
}

/// Format of the report of `diff`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum DiffFormat {
    /// For a terminal.
    Text,
    /// A self-contained page for a reviewer.
    Html,
}

/// How a run ends; the codes are those of `tamarack generate`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    /// Success.
    Done = 0,
    /// The output cannot be written.
    Failed = 1,
    /// The command line is wrong.
    Usage = 2,
    /// The project file or a document cannot be read.
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
        Command::Bodies => bodies::run(),
        Command::Compare { only } => compare::run(only.as_deref()),
        Command::Corpus { folder, compile, at_least } => {
            corpus::run(&corpus::Options { folder, compile, at_least })
        }
        Command::Examples { arguments } => values::run("examples", &arguments),
        Command::Fuzz { arguments } => fuzz::run(&arguments),
        Command::Metamorphic { arguments } => metamorphic::run(&arguments),
        Command::Mock { words } => mock::run(&words),
        Command::ModelCheck { iterations } => model_check::run(iterations),
        Command::Package { arguments } => package::run(&arguments),
        Command::Semver { arguments } => package::semver(&arguments),
        Command::Bounds { arguments } => values::run("bounds", &arguments),
        Command::RoundTrips { arguments } => values::run("round-trips", &arguments),
        Command::Support { check: true } => support::run(codegen::Action::Check),
        Command::Support { check: false } => support::run(codegen::Action::Write),
        Command::Tokens => tokens::run(),
        Command::Witness { old, new: None } => witness::run_folder(&old),
        Command::Witness { old, new: Some(new) } => witness::run_two(&old, &new),
    };
    ExitCode::from(exit as u8)
}
