//! The command `cargo xtask corpus`: generates a crate from every document of a corpus and reports what was skipped.
//!
//! With `--compile` every crate is written below `target/` and checked with
//! warnings denied. The documents are read where they are and never copied.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::process::Command;

use tamarack::render::Texts;
use tamarack::report::Report;
use tamarack::{
    CrateName, CrateSettings, Files, Input, Layout, Mode, Placement, Provenance, RuntimeSource,
    Settings, Verdict, gather,
};

use crate::Exit;
use crate::codegen::root;

/// What to do with the documents.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// The folder below the corpora, for example `pinecone`.
    pub(crate) folder: String,
    /// Whether the crates are compiled.
    pub(crate) compile: bool,
    /// How many operations must be generated in all.
    pub(crate) at_least: Option<usize>,
}

/// Runs the generator over a corpus. Fails when the corpus is absent, when a
/// document makes the generator panic, when an operation is lost without a
/// place, when a crate does not compile without warnings, or when fewer
/// operations are generated than asked for.
pub(crate) fn run(options: &Options) -> Exit {
    let folder = corpora().join(&options.folder);
    let documents = match documents(&folder) {
        Ok(documents) if !documents.is_empty() => documents,
        Ok(_) => return missing(&folder, "it holds no document"),
        Err(error) => return missing(&folder, &error.to_string()),
    };
    let out = root().join("target/corpus").join(&options.folder);
    let mut total = Total::default();
    let mut of_providers = Total::default();
    let providers = providers(&folder);
    for document in &documents {
        let name = document.strip_prefix(&folder).unwrap_or(document).display().to_string();
        let outcome = outcome(document, &name, &out, options.compile);
        print(&name, &outcome);
        if providers.contains(&name) {
            of_providers.add(&outcome);
        }
        total.add(&outcome);
    }
    if !providers.is_empty() {
        println!("of {} documents of providers {}", providers.len(), of_providers.words());
    }
    println!(
        "{} documents: {} of {} operations generated, {} degraded, {} skipped; {} not OpenAPI, {} failed; {}",
        documents.len(),
        total.generated,
        total.declared,
        total.degraded,
        total.skipped,
        total.unreadable,
        total.failed,
        total.words()
    );
    let enough = options.at_least.is_none_or(|least| total.generated >= least);
    let compiled = !options.compile || compile(&out, &total.crates);
    if enough && compiled && total.failed == 0 { Exit::Done } else { Exit::Failed }
}

/// Returns the folder of all corpora: `TAMARACK_CORPUS`, else beside the repository.
pub(crate) fn corpora() -> PathBuf {
    std::env::var_os("TAMARACK_CORPUS")
        .map_or_else(|| root().join("../shared/corpus"), PathBuf::from)
}

/// Returns the documents that the index of a corpus lists as those of providers; others are samples for generators.
fn providers(folder: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(folder.join("index.json")).unwrap_or_default();
    let entries: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap_or_default();
    let of_providers = entries.iter().filter(|it| it["tier"] == 1);
    of_providers
        .filter_map(|it| {
            let repository = it["repo"].as_str()?.replace('/', "__");
            Some(format!("{repository}/{}", it["path_in_repo"].as_str()?))
        })
        .collect()
}

pub(crate) fn missing(folder: &Path, why: &str) -> Exit {
    eprintln!(
        "error: no corpus at `{}`: {why}; TAMARACK_CORPUS names another place",
        folder.display()
    );
    Exit::Unreadable
}

/// Returns every YAML and JSON file below a folder, sorted.
pub(crate) fn documents(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut acc = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            acc.extend(documents(&path)?);
        } else if is_document(&path) {
            acc.push(path);
        }
    }
    acc.sort();
    Ok(acc)
}

fn is_document(path: &Path) -> bool {
    let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    matches!(extension, "yaml" | "yml" | "json")
        && path.file_name() != Some(OsStr::new("index.json"))
}

/// What came of one document.
enum Outcome {
    /// A crate; its name when it was written.
    Generated(Box<Report>, Option<String>),
    /// The text is not OpenAPI 3.0 or 3.1.
    Unreadable(String),
    /// The generator failed: a bug, or the disk.
    Failed(String),
}

fn outcome(document: &Path, name: &str, out: &Path, write: bool) -> Outcome {
    let content = match fs::read_to_string(document) {
        Ok(content) => content,
        Err(error) => return Outcome::Failed(error.to_string()),
    };
    let folder = document.parent().unwrap_or(Path::new(""));
    let base = name.rsplit_once('/').map_or("", |(base, _)| base);
    let input = gather(Input::new(name, content), |path| {
        // Beside the document, whatever it is called in reports.
        let up = base.split('/').filter(|it| !it.is_empty()).map(|_| "..").collect::<PathBuf>();
        fs::read_to_string(folder.join(up).join(path)).map_err(|error| error.to_string())
    });
    let generated = panic::catch_unwind(AssertUnwindSafe(|| generate(&input, name)));
    let (report, files) = match generated {
        Ok(Ok(generated)) => generated,
        Ok(Err(why)) => return Outcome::Unreadable(why),
        Err(_) => return Outcome::Failed("panic".to_owned()),
    };
    let it = &report.operations;
    if it.generated + it.skipped.len() + it.degraded.len() != it.declared {
        return Outcome::Failed("an operation was lost without a place".to_owned());
    }
    if !write {
        return Outcome::Generated(Box::new(report), None);
    }
    let krate = crate_name(name);
    match write_crate(&out.join(&krate), &files) {
        Ok(()) => Outcome::Generated(Box::new(report), Some(krate)),
        Err(error) => Outcome::Failed(error.to_string()),
    }
}

fn generate(input: &Input, name: &str) -> Result<(Report, Files), String> {
    let krate = CrateName::parse(&crate_name(name)).map_err(|error| error.to_string())?;
    let settings = Settings {
        provenance: Provenance { command: "cargo xtask corpus".to_owned(), spec: name.to_owned() },
        mode: Mode::Lenient,
        layout: Layout::Crate(CrateSettings {
            name: Some(krate),
            runtime: RuntimeSource::Path(root().join("runtime").display().to_string()),
            // Of the corpus workspace, which shares one target folder.
            placement: Placement::Member,
        }),
    };
    let outcome = tamarack::generate(input, &settings);
    let said = outcome.diagnostics.all();
    match outcome.verdict {
        Verdict::Sound => {
            let report = Report::new(name, outcome.model.as_ref(), &said, &Texts::new(input), 0.0);
            let mut files = outcome.files;
            files.extend(outcome.starters);
            Ok((report, files))
        }
        Verdict::Bug => Err("the generator reports a bug of its own".to_owned()),
        Verdict::Refused | Verdict::Unreadable => {
            let first = said.first().map(|it| it.title.clone());
            Err(first.unwrap_or_else(|| "no reason given".to_owned()))
        }
    }
}

fn crate_name(name: &str) -> String {
    // Two underscores in a row would earn a warning of their own.
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|it| !it.is_empty());
    words.fold("c".to_owned(), |acc, word| format!("{acc}_{}", word.to_ascii_lowercase()))
}

/// Writes a crate as a member of the corpus workspace, which shares one target folder.
fn write_crate(folder: &Path, files: &Files) -> io::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    for (name, text) in files {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, text)?;
    }
    Ok(())
}

fn compile(out: &Path, crates: &[String]) -> bool {
    let mut manifest = "[workspace]\nresolver = \"3\"\nmembers = [\n".to_owned();
    for krate in crates {
        let _ = writeln!(manifest, "    \"{krate}\",");
    }
    manifest.push_str("]\n");
    if let Err(error) = fs::write(out.join("Cargo.toml"), manifest) {
        eprintln!("error: {error}");
        return false;
    }
    let status = Command::new(env!("CARGO"))
        .args([
            "check",
            "--workspace",
            "--lib",
            "--examples",
            "--keep-going",
            "--quiet",
            "--offline",
        ])
        .args(["--features", "blocking"])
        .current_dir(out)
        .env("RUSTFLAGS", "-D warnings")
        .env("CARGO_TARGET_DIR", root().join("target/corpus/target"))
        .status();
    let compiled = matches!(&status, Ok(status) if status.success());
    println!(
        "{} crates {}",
        crates.len(),
        if compiled { "compile without warnings" } else { "do not all compile" }
    );
    compiled
}

/// The sums over all documents.
#[derive(Debug, Default)]
struct Total {
    declared: usize,
    generated: usize,
    degraded: usize,
    skipped: usize,
    untyped: usize,
    less_than_declared: usize,
    unreadable: usize,
    failed: usize,
    crates: Vec<String>,
}

impl Total {
    /// Returns how many operations there is code for.
    fn emitted(&self) -> usize {
        self.generated + self.degraded
    }

    /// Returns how much of them is all but some.
    #[expect(clippy::cast_precision_loss, reason = "there are thousands")]
    fn percent_without(&self, some: usize) -> f64 {
        let emitted = self.emitted().max(1);
        100.0 * (self.emitted() - some) as f64 / emitted as f64
    }

    /// Returns how many operations are typed as far as the document has types, and to the last leaf.
    fn words(&self) -> String {
        let emitted = self.emitted();
        format!(
            "{} typed as far as the document has types ({:.1} %), {} of {emitted} typed to the last leaf ({:.1} %)",
            emitted - self.less_than_declared,
            self.percent_without(self.less_than_declared),
            emitted - self.untyped,
            self.percent_without(self.untyped),
        )
    }

    fn add(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Generated(report, krate) => {
                let it = &report.operations;
                self.declared += it.declared;
                self.generated += it.generated;
                self.degraded += it.degraded.len();
                self.skipped += it.skipped.len();
                self.untyped += it.untyped.len();
                self.less_than_declared += it.less_than_declared.len();
                self.crates.extend(krate.clone());
            }
            Outcome::Unreadable(_) => self.unreadable += 1,
            Outcome::Failed(_) => self.failed += 1,
        }
    }
}

/// Prints the line of a document, then one for each operation that is not there as it is written.
fn print(name: &str, outcome: &Outcome) {
    let it = match outcome {
        Outcome::Generated(report, _) => &report.operations,
        Outcome::Unreadable(why) => return println!("{name}: {why}"),
        Outcome::Failed(why) => return println!("{name}: FAILED: {why}"),
    };
    println!("{name}: {} of {}", it.generated, it.declared);
    let skipped = it.skipped.iter().map(|entry| ("skipped", entry));
    for (what, entry) in skipped.chain(it.degraded.iter().map(|entry| ("degraded", entry))) {
        println!("  {what}: {}", line(entry));
    }
    let untyped = it.untyped.iter().map(|operation| ("untyped", operation));
    let less = it.less_than_declared.iter().map(|operation| ("less than declared", operation));
    for (what, operation) in untyped.chain(less) {
        println!("  {what}: {} at {}", operation.pointer, operation.at.join(" "));
    }
}

fn line(entry: &tamarack::report::ReportEntry) -> String {
    format!("{}:{} {} [{}] {}", entry.line, entry.column, entry.pointer, entry.code, entry.message)
}
