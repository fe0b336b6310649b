//! Peers and documents in, a scoreboard out: requests, waits, reads and allocations of token clients;
//! the time to compare documents and to generate from them.

mod cell;
mod client;
mod clients;
mod compare;
mod corpus;
mod fleet;
mod generate;
mod machine;
mod results;
mod rows;
mod server;
mod shift;
mod table;
mod tokens;

use std::process::ExitCode;

use cell::{Kind, Row};
use client::Failure;
use server::Host;
use table::{Format, Section};

#[global_allocator]
static ALLOCATOR: counting::Counting = counting::Counting;

const USAGE: &str = "\
usage: cargo run --release [-- OPTIONS]
  --check      exit with 1 if a target on requests or allocations is missed
  --markdown   print markdown
  --write      write it to RESULTS.md as well, where the parts that did not run stay
  --only PART  tokens, reads, fleet, diff or generate; may be given again";

/// What the command line asks for.
#[derive(Default)]
struct Options {
    check: bool,
    markdown: bool,
    write: bool,
    only: Vec<String>,
}

impl Options {
    fn read() -> Option<Self> {
        let mut options = Self::default();
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--check" => options.check = true,
                "--markdown" => options.markdown = true,
                "--write" => options.write = true,
                "--only" => options.only.push(arguments.next()?),
                _ => return None,
            }
        }
        Some(options)
    }

    fn wants(&self, part: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|it| it == part)
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Some(ended) = fleet::run_member(&arguments) {
        return if ended.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    let Some(options) = Options::read() else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    match run(&options) {
        Ok(missed) if options.check && !missed.is_empty() => {
            eprintln!("missed: {}", missed.join("; "));
            ExitCode::FAILURE
        }
        Ok(_) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("error: {why}");
            ExitCode::FAILURE
        }
    }
}

/// Returns the counts whose targets are missed.
fn run(options: &Options) -> Result<Vec<String>, Failure> {
    let say = |what: &str| eprintln!("... {what}");
    let rows = token_rows(options, &say)?;
    let mut sections = Vec::new();
    if !rows.is_empty() {
        sections.push(tokens::section(&rows));
    }
    if options.wants("fleet") {
        sections.extend(fleet::section(&Host::new()?, &say)?);
    }
    sections.extend(document_sections(options, &say));
    let format = if options.markdown { Format::Markdown } else { Format::Text };
    println!("{}", page(&sections, format));
    if options.write {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/RESULTS.md");
        results::write(file.as_ref(), &sections)?;
    }
    let missed = rows.iter().filter(|row| row.kind == Kind::Count && !row.is_met());
    Ok(missed.map(|row| row.title.clone()).collect())
}

fn token_rows(options: &Options, say: &impl Fn(&str)) -> Result<Vec<Row>, Failure> {
    let host = Host::new()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let mut rows = Vec::new();
    if options.wants("tokens") {
        rows.extend(runtime.block_on(tokens::run(&host, say)));
    }
    if options.wants("reads") {
        say("reads of a cached token");
        let clients = runtime.block_on(tokens::warm(&host));
        rows.extend(tokens::cached_rows(&clients));
    }
    Ok(rows)
}

fn document_sections(options: &Options, say: &impl Fn(&str)) -> Vec<Section> {
    let wanted = ["diff", "generate"].map(|part| options.wants(part));
    if wanted == [false, false] {
        return Vec::new();
    }
    let Some(corpus) = corpus::folder() else {
        say("documents: skipped, there is no corpus; TAMARACK_CORPUS names its folder");
        return Vec::new();
    };
    let mut sections = Vec::new();
    if wanted[0] {
        say("comparing documents");
        sections.push(compare::run(&corpus));
    }
    if wanted[1] {
        say("generating from documents");
        sections.push(generate::run(&corpus));
    }
    sections
}

fn page(sections: &[Section], format: Format) -> String {
    let parts: Vec<_> = sections.iter().map(|section| section.render(format)).collect();
    format!("{}\n\n{}", machine::facts(), parts.join("\n"))
}
