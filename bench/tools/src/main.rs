//! Generators and documents in, `docs/performance.md` out: what each generator takes, what its crates take to compile,
//! and what generated code takes beside code that is written by hand.

mod crates;
mod daily;
mod documents;
mod generation;
mod goals;
mod grown;
mod growth;
mod install;
mod measure;
mod page;
mod runtime;
mod stages;
mod tool;

use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use documents::Document;
use page::Section;
use tool::Tool;

const USAGE: &str = "\
usage: cargo run --release -p tools [-- OPTIONS]
  --only PART      install, generation, instructions, growth, corpus, crates, cold, release, daily or
                   runtime; may be given again [default: all, but for `install` where `--tools` is given]
  --document NAME  oauth, db_control, nexus, GitHub, Plaid or Airflow; may be given again [default: all]
  --tools FOLDER   where the other generators are installed [default: target/tools]
  --runs N         runs of which the median is shown [default: 3]
  --write          write docs/performance.md, where parts and documents that did not run stay";

const PARTS: [&str; 10] = [
    "install",
    "generation",
    "instructions",
    "growth",
    "corpus",
    "crates",
    "cold",
    "release",
    "daily",
    "runtime",
];

/// What the command line asks for.
struct Options {
    only: Vec<String>,
    documents: Vec<String>,
    tools: Option<PathBuf>,
    runs: usize,
    write: bool,
}

/// What all measurements share.
struct Bench {
    /// The folder below which the generators are installed.
    root: PathBuf,
    /// Where crates are written.
    work: PathBuf,
    corpus: PathBuf,
    documents: Vec<Document>,
    runs: usize,
}

impl Options {
    fn read() -> Option<Self> {
        let mut options =
            Self { only: Vec::new(), documents: Vec::new(), tools: None, runs: 3, write: false };
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--only" => {
                    options.only.push(arguments.next().filter(|it| PARTS.contains(&it.as_str()))?);
                }
                "--document" => options.documents.push(arguments.next()?),
                "--tools" => options.tools = Some(arguments.next()?.into()),
                "--runs" => options.runs = arguments.next()?.parse().ok().filter(|n| *n > 0)?,
                "--write" => options.write = true,
                _ => return None,
            }
        }
        Some(options)
    }

    fn wants(&self, part: &str) -> bool {
        let is_named = self.only.iter().any(|it| it == part);
        let is_default = self.only.is_empty() && (part != "install" || self.tools.is_none());
        is_named || is_default
    }
}

fn main() -> ExitCode {
    let Some(options) = Options::read() else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    match run(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("error: {why}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<(), String> {
    let Some(corpus) = documents::corpus() else {
        return Err("there is no corpus; TAMARACK_CORPUS names its folder".to_owned());
    };
    let target = tool::repository().join("bench/target");
    let root = options.tools.clone().unwrap_or_else(|| target.join("tools"));
    let bench = Bench {
        root: std::path::absolute(root).map_err(|error| error.to_string())?,
        work: target.join("tools-work"),
        documents: documents::all(&corpus, &options.documents),
        corpus,
        runs: options.runs,
    };
    fs::create_dir_all(&bench.work).map_err(|error| error.to_string())?;
    build_ours(&bench)?;
    let sections = sections(options, &bench);
    let text = page::merged(&sections);
    println!("{text}");
    if options.write {
        fs::write(page::file(), text).map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// Builds the generator of this repository.
fn build_ours(bench: &Bench) -> Result<(), String> {
    eprintln!("... building tamarack");
    let mut command = Command::new("cargo");
    command.args(["build", "--release", "--locked", "-p", "tamarack-cli"]);
    command.current_dir(tool::repository());
    measure::run(&mut command, &bench.work.join("build.log")).map(|_| ())
}

fn sections(options: &Options, bench: &Bench) -> Vec<Section> {
    let mut acc = Vec::new();
    for part in PARTS.into_iter().filter(|it| options.wants(it)) {
        match part {
            "install" => acc.push(install::section(bench)),
            "generation" => acc.extend(generation::sections(bench)),
            "instructions" => acc.extend(generation::instructions(bench)),
            "growth" => acc.extend(growth::sections(bench)),
            "corpus" => acc.push(growth::whole_corpus(bench)),
            "crates" => acc.extend(crates::sections(bench)),
            "cold" => acc.push(crates::cold(bench)),
            "release" => acc.push(crates::release(bench)),
            "daily" => acc.extend([daily::section(bench), install::trees()]),
            _ => acc.extend(runtime::sections(bench)),
        }
    }
    for tool in Tool::ALL.iter().filter(|it| it.program(&bench.root).is_none()) {
        eprintln!("{} is not present below {}", tool.name(), bench.root.display());
    }
    acc
}
