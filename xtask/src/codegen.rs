//! `specs/` in, `generated/` out: reads the catalog, calls the library, prints what came of it.

use std::fs;
use std::io::{self, ErrorKind, IsTerminal};
use std::path::{Path, PathBuf};
use std::time::Instant;

use tamarack::catalog::{Catalog, Entry};
use tamarack::diagnostic::Sink;
use tamarack::emit::{self, ClientsModule, Provenance};
use tamarack::pipeline::{self, Input, Text};
use tamarack::render::{self, Paint, Texts};
use tamarack::strict::{self, Mode};
use tamarack::sync;

use crate::Exit;

/// What to do when `generated/` is not what the generator writes today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// Write it.
    Write,
    /// Say so.
    Check,
}

/// What makes `generated/`.
const COMMAND: &str = "cargo xtask codegen";

/// The files beside `src/` that are ours even when a run does not make them.
const TOP_LEVEL: [&str; 2] = ["Cargo.toml", "rustfmt.toml"];

/// Writes or checks `generated/`. A document with an error, or with a gap that
/// its overlay does not accept, stops the run before anything is written.
pub(crate) fn run(action: Action) -> Exit {
    match codegen(action, Instant::now()) {
        Ok(()) => Exit::Done,
        Err(exit) => exit,
    }
}

fn codegen(action: Action, start: Instant) -> Result<(), Exit> {
    let specs = root().join("specs");
    let catalog = read_catalog(&specs)?;
    let mut models = Vec::new();
    for entry in &catalog.entries {
        models.push(read_model(&specs, entry));
    }
    // Every document is read before the run stops, so that all that is wrong is said at once.
    let modules: Vec<ClientsModule> = stop_at_worst(models)?;
    let files = emit::clients_files(&modules, COMMAND);

    let generated = root().join("generated");
    let changes = sync::plan(&files, &generated, &TOP_LEVEL).map_err(|error| failed(&error))?;
    if action == Action::Check {
        if changes.is_empty() {
            println!("{}", up_to_date(files.len()));
            return Ok(());
        }
        let message = sync::check(&files, &generated, &changes, COMMAND);
        eprint!("{}", message.replace(&generated.display().to_string(), "generated"));
        return Err(Exit::Stale);
    }
    sync::apply(&files, &generated, &changes).map_err(|error| failed(&error))?;
    if changes.is_empty() {
        println!("{}", up_to_date(files.len()));
    } else {
        let (n_changed, n_unchanged) = (changes.n_changed(), changes.unchanged.len());
        println!(
            "{}; {n_changed} files changed, {n_unchanged} unchanged ({:.2} s)",
            counts(&modules),
            start.elapsed().as_secs_f64()
        );
    }
    Ok(())
}

/// Returns the root of the repository, wherever the command was started in it.
pub(crate) fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}

fn failed(error: &dyn std::error::Error) -> Exit {
    eprintln!("error: {error}");
    Exit::Failed
}

/// Returns the models, or how the run ends when one is missing: a document
/// that cannot be read at all weighs more than an error inside of one.
fn stop_at_worst(models: Vec<Result<ClientsModule, Exit>>) -> Result<Vec<ClientsModule>, Exit> {
    if models.iter().any(|model| matches!(model, Err(Exit::Unreadable))) {
        return Err(Exit::Unreadable);
    }
    models.into_iter().collect()
}

fn read_catalog(specs: &Path) -> Result<Catalog, Exit> {
    let text = read(&specs.join("catalog.toml"))?;
    Catalog::parse("specs/catalog.toml", &text).map_err(|errors| {
        for error in errors {
            eprintln!("error: {error}");
        }
        Exit::Unreadable
    })
}

fn read(path: &Path) -> Result<String, Exit> {
    fs::read_to_string(path).map_err(|error| {
        eprintln!("error: cannot read `{}`: {error}", path.display());
        Exit::Unreadable
    })
}

/// Reads one document with its overlay and prints what was said about it.
fn read_model(specs: &Path, entry: &Entry) -> Result<ClientsModule, Exit> {
    let spec =
        Text { name: format!("specs/{}", entry.file), content: read(&specs.join(&entry.file))? };
    let input = Input { spec, overlay: read_overlay(specs, &entry.overlay_file())? };
    let mut sink = Sink::default();
    let model = pipeline::model(&input, &mut sink);
    let module = model.map(|model| pipeline::module(&model, &mut sink));
    let verdict = strict::judge(sink.into_diagnostics(), input.overlay.as_ref(), Mode::Strict);

    let paint = if io::stderr().is_terminal() { Paint::Coloured } else { Paint::Plain };
    eprint!("{}", render::text(&verdict.open, &Texts::new(&input), paint));
    if let Some(totals) = render::totals(&verdict.open, verdict.accepted.len()) {
        eprintln!("{}: {totals}", input.spec.name);
    }
    match module {
        None => Err(Exit::Unreadable),
        Some(_) if verdict.has_errors() => Err(Exit::Refused),
        Some(module) => Ok(ClientsModule {
            path: entry.module.split("::").map(str::to_owned).collect(),
            feature: entry.feature.clone(),
            default: entry.default,
            provenance: Provenance { command: COMMAND.to_owned(), spec: input.spec.name },
            module,
        }),
    }
}

/// A document needs no overlay.
fn read_overlay(specs: &Path, file: &str) -> Result<Option<Text>, Exit> {
    let path = specs.join(file);
    match fs::metadata(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        _ => Ok(Some(Text { name: format!("specs/{file}"), content: read(&path)? })),
    }
}

fn up_to_date(n_files: usize) -> String {
    format!("generated/ is up to date ({n_files} files)")
}

/// Returns, for example, `6 specs, 6 operations, 23 types`.
fn counts(modules: &[ClientsModule]) -> String {
    let n_operations: usize = modules.iter().map(|it| it.module.operations.len()).sum();
    let n_types: usize = modules.iter().map(|it| it.module.types.len()).sum();
    format!("{} specs, {n_operations} operations, {n_types} types", modules.len())
}
