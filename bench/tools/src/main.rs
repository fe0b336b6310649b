//! Generators and documents in, `docs/performance.md` out: what each generator takes, and what its crates take to compile.

mod crates;
mod documents;
mod generation;
mod grown;
mod growth;
mod install;
mod measure;
mod page;
mod tool;

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use documents::Document;
use tool::Tool;

const USAGE: &str = "\
usage: cargo run --release -p tools [-- OPTIONS]
  --install       install the generators below target/tools first, and measure that
  --runs N        runs of which the median is shown [default: 3]
  --instructions  count instructions as well (valgrind)
  --only PART     generation, growth, corpus or crates
  --release       build the crates for release as well
  --write         write docs/performance.md; parts that did not run stay";

/// What the command line asks for.
struct Options {
    install: bool,
    runs: usize,
    instructions: bool,
    only: Option<String>,
    write: bool,
    release: bool,
}

/// What all measurements share.
struct Bench {
    /// The folder below which the generators are installed.
    root: PathBuf,
    /// Where crates are written.
    work: PathBuf,
    documents: Vec<Document>,
    runs: usize,
    instructions: bool,
}

impl Options {
    fn read() -> Option<Self> {
        let mut options = Self {
            install: false,
            runs: 3,
            instructions: false,
            only: None,
            write: false,
            release: false,
        };
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--install" => options.install = true,
                "--runs" => options.runs = arguments.next()?.parse().ok().filter(|n| *n > 0)?,
                "--instructions" => options.instructions = true,
                "--only" => options.only = Some(arguments.next()?),
                "--write" => options.write = true,
                "--release" => options.release = true,
                _ => return None,
            }
        }
        Some(options)
    }

    fn wants(&self, part: &str) -> bool {
        self.only.as_deref().is_none_or(|it| it == part)
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
    let bench = Bench {
        root: target.join("tools"),
        work: target.join("tools-work"),
        documents: documents::all(&corpus),
        runs: options.runs,
        instructions: options.instructions,
    };
    fs::create_dir_all(&bench.work).map_err(|error| error.to_string())?;
    let mut sections = Vec::new();
    if options.install {
        sections.push(install::section(&bench));
    }
    if Tool::ALL.iter().all(|tool| tool.program(&bench.root).is_none()) {
        return Err("no generator is installed; `--install` does that".to_owned());
    }
    if options.wants("generation") {
        sections.extend(generation::sections(&bench));
    }
    if options.wants("growth") {
        sections.push(growth::section(&bench));
    }
    if options.wants("corpus") {
        sections.push(growth::whole_corpus(&bench));
    }
    if options.wants("crates") {
        sections.extend(crates::sections(&bench, options.release));
    }
    let text = page::merged(&bench, &sections);
    println!("{text}");
    if options.write {
        fs::write(page::file(), text).map_err(|error| error.to_string())?;
    }
    Ok(())
}
