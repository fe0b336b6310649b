//! The command line: arguments and files in, files, messages and an exit code out.
//!
//! The library reads no file, no clock and no environment; all of that is here.

mod accept;
mod bug;
mod check;
mod command;
mod diff;
mod explain;
mod generate;
mod input;
mod location;
mod messages;
mod say;

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use tamarack::diff::CrateVersion;

/// OpenAPI documents in, strongly typed Rust clients out.
#[derive(Debug, Parser)]
#[command(name = "tamarack", version, about, after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  done; what could not be generated was skipped and counted
  1  the output could not be written, or tamarack has a bug
  2  the command line is wrong, or --runtime-path is not the runtime
  3  a document or an overlay cannot be read, or the document is not OpenAPI 3.0
     or 3.1; or the accept file is wrong
  4  an entry of an overlay matches nothing or does not fit (an `accept` only under
     --strict); or --strict, and there is an error or a skip that no entry accepts;
     or check, and there is an error (with --strict also such a skip)
  5  --check, and the output is not what would be generated
  6  diff --fail-on, and there is a change that bad";

#[derive(Debug, Subcommand)]
enum Command {
    /// Generates a crate from a document.
    Generate(GenerateArgs),
    /// Checks documents and writes nothing: what cannot be read or generated,
    /// and what is odd about the rest.
    Check(CheckArgs),
    /// Says what changed from one document to another, and what it breaks; of
    /// more than two also what came and was reverted.
    Diff(DiffArgs),
    /// Explains a code such as OAS201.
    Explain {
        /// The code; without it, all codes are listed.
        code: Option<String>,
    },
}

#[derive(Debug, clap::Args)]
struct GenerateArgs {
    /// The OpenAPI document, YAML or JSON.
    spec: PathBuf,
    /// The folder of the crate; what differs in it is written, what is no
    /// longer wanted below its `src/` is deleted.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The name of the crate [default: made from the title of the document].
    #[arg(long, value_name = "CRATE", value_parser = generate::crate_name)]
    name: Option<String>,
    /// What the document does not say (TOML).
    #[arg(long, value_name = "FILE")]
    overlay: Option<PathBuf>,
    /// Where the crate `tamarack-runtime` is, instead of the registry.
    #[arg(long, value_name = "DIR")]
    runtime_path: Option<PathBuf>,
    /// Write nothing when there is an error, or a skip that the overlay does
    /// not accept.
    #[arg(long)]
    strict: bool,
    /// Write what was generated, degraded and skipped to a file (JSON).
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// How messages are written.
    #[arg(long, value_enum, default_value_t = MessageFormat::Text)]
    message_format: MessageFormat,
    /// Write nothing; say whether the output is what would be generated.
    #[arg(long)]
    check: bool,
}

#[derive(Debug, clap::Args)]
struct CheckArgs {
    /// The OpenAPI documents, YAML or JSON.
    #[arg(required = true, value_name = "SPEC")]
    specs: Vec<PathBuf>,
    /// What a document does not say (TOML): once for each document, in order,
    /// `-` where there is none.
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,
    /// End with code 4 for a skip that the overlay does not accept, too.
    #[arg(long)]
    strict: bool,
    /// How messages are written; text on standard error, the rest on standard
    /// output.
    #[arg(long, value_enum, default_value_t = MessageFormat::Text)]
    message_format: MessageFormat,
}

#[derive(Debug, clap::Args)]
struct DiffArgs {
    /// The old document, YAML or JSON.
    old: PathBuf,
    /// The new document, YAML or JSON.
    new: PathBuf,
    /// Newer documents, in order; the report is a timeline then.
    more: Vec<PathBuf>,
    /// What the old document does not say (TOML).
    #[arg(long, value_name = "FILE")]
    old_overlay: Option<PathBuf>,
    /// What the new document does not say (TOML).
    #[arg(long, value_name = "FILE")]
    new_overlay: Option<PathBuf>,
    /// What a document does not say (TOML): once for each document, in order,
    /// `-` where there is none.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["old_overlay", "new_overlay"])]
    overlay: Vec<PathBuf>,
    /// Changes that are accepted, by fingerprint and with a reason (TOML).
    #[arg(long, value_name = "FILE")]
    accept: Option<PathBuf>,
    /// The version of the crate generated from the old document, to name the
    /// next one.
    #[arg(long, value_name = "VERSION", value_parser = crate_version)]
    crate_version: Option<CrateVersion>,
    /// How the report is written.
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    format: DiffFormat,
    /// The file the report is written to [default: standard output].
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Which changes end the run with code 6; of a timeline, those of the net.
    #[arg(long, value_enum, default_value_t = FailOn::None)]
    fail_on: FailOn,
}

fn crate_version(text: &str) -> Result<CrateVersion, &'static str> {
    CrateVersion::parse(text).ok_or("write MAJOR.MINOR.PATCH")
}

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum DiffFormat {
    /// For a terminal.
    Text,
    /// For a comment under a pull request.
    Markdown,
    /// One JSON object.
    Json,
    /// Annotations of a GitHub workflow.
    Github,
    /// `JUnit` XML.
    Junit,
    /// One page for a reviewer, which needs no network.
    Html,
}

/// Which changes end the run with a code of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Requests or responses break, or it cannot be decided.
    Wire,
    /// Code against the generated module no longer compiles.
    Rust,
    /// Any row at all.
    Any,
    /// No change does.
    None,
}

/// How messages are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum MessageFormat {
    /// For people.
    Text,
    /// One JSON object on each line (`docs/messages.schema.json`).
    Json,
    /// Annotations of a GitHub workflow.
    Github,
    /// One SARIF 2.1.0 log.
    Sarif,
}

fn is_obeyed(argument: &OsStr) -> bool {
    argument.to_string_lossy().contains(tamarack::shown::is_obeyed)
}

/// How a run ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    /// All that can be done is done.
    Done = 0,
    /// The output cannot be written, or we have a bug.
    Failed = 1,
    /// The command line is wrong.
    Usage = 2,
    /// The document or the overlay cannot be read.
    Unreadable = 3,
    /// The overlay does not fit, or `--strict` found something.
    Refused = 4,
    /// `--check` found something.
    Stale = 5,
    /// `diff --fail-on` found something.
    Changed = 6,
}

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        // The message repeats the arguments, and a pattern of a shell makes
        // arguments of whatever files are called.
        Err(error) if error.use_stderr() && std::env::args_os().any(|it| is_obeyed(&it)) => {
            say::err(&error.to_string());
            return ExitCode::from(Exit::Usage as u8);
        }
        Err(error) => error.exit(),
    };
    let exit = bug::caught(|| match cli.command {
        Command::Generate(args) => generate::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Explain { code } => explain::run(code.as_deref()),
    });
    ExitCode::from(exit as u8)
}
