//! The command line `tamarack`: parses arguments, reads files, calls the library, prints and writes.
//!
//! The library reads no file, no clock and no environment; all of that is here.

mod accept;
mod bug;
mod check;
mod command;
mod diff;
mod explain;
mod generate;
mod init;
mod input;
mod location;
mod manifest;
mod messages;
mod runtime;
mod say;
mod starters;
mod summary;

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use tamarack::{CrateName, Formats, Library, Mode, Verdict};
use tamarack_diff::CrateVersion;

/// A run makes millions of small pieces: the allocator decides a quarter of its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Generates strongly typed Rust clients from OpenAPI documents.
#[derive(Debug, Parser)]
#[command(name = "tamarack", version, about, after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  success; nodes that could not be generated were skipped and counted
  1  the output could not be written, or tamarack has a bug
  2  the command line is wrong, or the crate tamarack-runtime is not found
  3  a document, an overlay, a project file or an accept file cannot be read, or
     a document is not OpenAPI 3.0 or 3.1
  4  an overlay entry matches nothing or does not fit (`accept` entries only under
     --strict); `--include` or `--exclude` matches no operation; `--strict` found an error, or a skip that the overlay does not
     accept; or `check` found an error
  5  `--check` found that the output is not up to date
  6  `diff --fail-on` found a change at or above that level";

#[derive(Debug, Subcommand)]
enum Command {
    /// Generates a crate from a document, or what the project file says.
    Generate(GenerateArgs),
    /// Writes a project file, `tamarack.toml`, into this folder.
    Init {
        /// The OpenAPI documents, YAML or JSON.
        #[arg(required = true, value_name = "SPEC")]
        specs: Vec<PathBuf>,
    },
    /// Checks documents without writing anything: reports what cannot be read or
    /// generated, and likely mistakes in the rest.
    Check(CheckArgs),
    /// Compares two documents: what changed, and what it breaks. With three or
    /// more, also what was reverted on the way.
    Diff(DiffArgs),
    /// Explains a diagnostic code such as OAS201.
    Explain {
        /// The code. Without it, all codes are listed.
        code: Option<String>,
    },
}

#[derive(Clone, Debug, clap::Args)]
struct GenerateArgs {
    /// The OpenAPI document, YAML or JSON; `-` for standard input [default: those
    /// of the project file].
    spec: Option<PathBuf>,
    /// Project file [default: `tamarack.toml` in this folder or the nearest above].
    #[arg(long, value_name = "FILE", conflicts_with = "spec")]
    project: Option<PathBuf>,
    /// Directory of the generated crate [default: its name]. Changed files are
    /// rewritten; files under `src/` that are no longer generated are deleted.
    #[arg(long, value_name = "DIR", requires = "spec")]
    out: Option<PathBuf>,
    /// Name of the crate [default: made from the title of the document].
    #[arg(long, value_name = "CRATE", value_parser = CrateName::parse, requires = "spec")]
    name: Option<CrateName>,
    /// File with secrets, names and accepted gaps that the document does not
    /// state (TOML), or an OpenAPI Overlay (YAML or JSON).
    #[arg(long, value_name = "FILE", requires = "spec")]
    overlay: Option<PathBuf>,
    /// Generate only the operations that match, and what they use: a path
    /// (`/pets/*`, `GET /pets`), a tag, or an `operationId`; `tag:` or `id:` says
    /// which. `*` stands for any text. Can be given several times.
    #[arg(long, value_name = "PATTERN", value_parser = pattern, requires = "spec")]
    include: Vec<String>,
    /// Leave the operations out that match, and what only they use.
    #[arg(long, value_name = "PATTERN", value_parser = pattern, requires = "spec")]
    exclude: Vec<String>,
    /// Library whose types the values of formats have: `chrono`, `jiff` or `time` for
    /// dates, `rust_decimal`, `url`, `uuid`. Can be given several times. Without it
    /// they are `String`. With `validate`, values can be checked against the document.
    #[arg(long, value_name = "LIBRARY", value_parser = library, requires = "spec")]
    with: Vec<Library>,
    /// Directory of the crate `tamarack-runtime` [default: what the crate has
    /// already, or else that of the workspace that this program was built in].
    #[arg(long, value_name = "DIR", requires = "spec")]
    runtime_path: Option<PathBuf>,
    /// Make the crate a workspace of its own, also inside another one.
    #[arg(long, requires = "spec")]
    standalone: bool,
    /// Write nothing if there is an error, or a skip that the overlay does not
    /// accept.
    #[arg(long)]
    strict: bool,
    /// File to write a report to: what was generated, degraded and skipped
    /// (JSON).
    #[arg(long, value_name = "FILE", requires = "spec")]
    report: Option<PathBuf>,
    /// Format of the messages.
    #[arg(long, value_enum, default_value_t = MessageFormat::Text)]
    message_format: MessageFormat,
    /// Write nothing; report whether the output is up to date.
    #[arg(long)]
    check: bool,
    /// Generate again whenever a document, an overlay or the project file is saved.
    #[arg(long, conflicts_with = "check")]
    watch: bool,
}

#[derive(Debug, clap::Args)]
struct CheckArgs {
    /// The OpenAPI documents, YAML or JSON.
    #[arg(required = true, value_name = "SPEC")]
    specs: Vec<PathBuf>,
    /// Overlay of a document (TOML, or an OpenAPI Overlay): one for each
    /// document, in order, `-` for none.
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,
    /// Exit with code 4 also for a skip that the overlay does not accept.
    #[arg(long)]
    strict: bool,
    /// Format of the messages. Text goes to standard error, other formats go
    /// to standard output.
    #[arg(long, value_enum, default_value_t = MessageFormat::Text)]
    message_format: MessageFormat,
}

#[derive(Debug, clap::Args)]
#[command(override_usage = "tamarack diff [OPTIONS] <OLD> <NEW> [MORE]...\n       \
                            tamarack diff [OPTIONS] --git <BASE..HEAD> [PATH]...")]
struct DiffArgs {
    /// The old document, YAML or JSON. With `--git`, a file or folder.
    #[arg(required_unless_present = "git")]
    old: Option<PathBuf>,
    /// The new document, YAML or JSON. With `--git`, another file or folder.
    #[arg(required_unless_present = "git")]
    new: Option<PathBuf>,
    /// Newer documents, in order. The report is then a timeline.
    more: Vec<PathBuf>,
    /// Compare the documents that differ between two commits: all, or those at
    /// the paths. `BASE...HEAD`: what HEAD changed since it left BASE.
    #[arg(
        long,
        value_name = "BASE..HEAD",
        value_parser = diff::Range::parse,
        conflicts_with_all = ["old_overlay", "new_overlay", "overlay", "crate_version"],
    )]
    git: Option<diff::Range>,
    /// Overlay of the old document (TOML).
    #[arg(long, value_name = "FILE")]
    old_overlay: Option<PathBuf>,
    /// Overlay of the new document (TOML).
    #[arg(long, value_name = "FILE")]
    new_overlay: Option<PathBuf>,
    /// Overlay of a document (TOML, or an OpenAPI Overlay): one for each
    /// document, in order, `-` for none.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["old_overlay", "new_overlay"])]
    overlay: Vec<PathBuf>,
    /// Library that the crates are generated with, as for `generate`. Can be given
    /// several times.
    #[arg(long, value_name = "LIBRARY", value_parser = library)]
    with: Vec<Library>,
    /// File with accepted changes: fingerprints, each with a reason (TOML).
    #[arg(long, value_name = "FILE")]
    accept: Option<PathBuf>,
    /// Version of the crate generated from the old document; the report
    /// suggests the next one.
    #[arg(long, value_name = "VERSION", value_parser = crate_version)]
    crate_version: Option<CrateVersion>,
    /// Format of the report.
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    format: DiffFormat,
    /// File to write the report to [default: standard output].
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Changes that end the run with exit code 6. Of a timeline, only the
    /// changes from the first document to the last count.
    #[arg(long, value_enum, default_value_t = FailOn::None)]
    fail_on: FailOn,
}

fn pattern(text: &str) -> Result<String, &'static str> {
    if text.is_empty() {
        Err("write a path, a tag or an operation id")
    } else {
        Ok(text.to_owned())
    }
}

fn library(text: &str) -> Result<Library, String> {
    let names = || Library::ALL.map(Library::name).join("`, `");
    Library::of_name(text).ok_or_else(|| format!("the libraries are `{}`", names()))
}

/// Returns the libraries of a command line, or says which two exclude each other.
fn formats(libraries: &[Library]) -> Result<Formats, Exit> {
    Formats::new(libraries.iter().copied()).map_err(|error| {
        say::err(&format!("error: {error}\n"));
        Exit::Usage
    })
}

fn crate_version(text: &str) -> Result<CrateVersion, &'static str> {
    CrateVersion::parse(text).ok_or("write MAJOR.MINOR.PATCH")
}

/// Format of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum DiffFormat {
    /// For a terminal.
    Text,
    /// For a comment on a pull request.
    Markdown,
    /// One JSON object.
    Json,
    /// Annotations of a GitHub workflow.
    Github,
    /// `JUnit` XML.
    Junit,
    /// A self-contained page for a reviewer.
    Html,
}

/// Changes that end the run with a code of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Changes that break requests or responses.
    Breaking,
    /// Changes that break requests or responses, or of which it is unknown.
    Unknown,
    /// The same as `unknown`.
    Wire,
    /// Changes after which code that uses the generated module no longer compiles.
    Rust,
    /// Any change.
    Any,
    /// No change.
    None,
}

/// Format of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum MessageFormat {
    /// For people.
    Text,
    /// One JSON object on each line (`docs/messages.schema.json`).
    Json,
    /// Annotations of a GitHub workflow.
    Github,
    /// A SARIF 2.1.0 log.
    Sarif,
}

fn is_obeyed(argument: &OsStr) -> bool {
    argument.to_string_lossy().contains(tamarack::shown::is_obeyed)
}

/// How a run ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    /// Everything that can be done is done.
    Done = 0,
    /// The output cannot be written, or there is a bug.
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

/// Returns what `--strict` asks for.
fn mode(strict: bool) -> Mode {
    if strict { Mode::Strict } else { Mode::Lenient }
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
    bug::ends_the_program();
    let exit = match cli.command {
        Command::Generate(args) => generate::run(&args),
        Command::Init { specs } => init::run(&specs),
        Command::Check(args) => check::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Explain { code } => explain::run(code.as_deref()),
    };
    ExitCode::from(exit as u8)
}
