//! Catalogs of documents in, the generated crates and pages out: reads the catalogs, calls the library, prints what came of it.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::time::Instant;

use tamarack::catalog::{Catalog, Crate, Entry};
use tamarack::diagnostic::Sink;
use tamarack::emit::{self, ClientsModule, Provenance};
use tamarack::pipeline;
use tamarack::render::{self, Paint, Texts};
use tamarack::strict::{self, Mode};
use tamarack::sync::Owned;

use crate::folder::{Files, Folder};
use crate::specs::{self, Stop};
use crate::{Exit, changes, pages};

/// What to do when a folder is not what the generator writes today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// Write it.
    Write,
    /// Say so.
    Check,
}

/// What makes `generated/`.
pub(crate) const COMMAND: &str = "cargo xtask codegen";

/// Writes or checks all that is generated. A document with an error, or with a gap that
/// its overlay does not accept, stops the run before anything is written.
pub(crate) fn run(action: Action) -> Exit {
    match codegen(action, Instant::now()) {
        Ok(()) => Exit::Done,
        Err(exit) => exit,
    }
}

fn codegen(action: Action, start: Instant) -> Result<(), Exit> {
    // Every document is read before anything is written, so that all that is
    // wrong is said at once and a run that fails leaves all as it was.
    let crates = stop_at_worst(TARGETS.iter().map(read_target).collect())?;
    let pages = changes::files(COMMAND).map_err(Stop::say)?;
    let messages = pages::files(COMMAND).map_err(|message| Stop::from(message).say())?;
    let mut stale = false;
    for planned in &crates {
        stale |= !bring_up_to_date(planned, action, start)?;
    }
    stale |= !bring_pages_up_to_date(&pages, action, start)?;
    stale |= !bring_messages_up_to_date(&messages, action, start)?;
    if stale { Err(Exit::Stale) } else { Ok(()) }
}

/// A crate that is generated: from where, to where.
struct Target {
    /// The folder of the catalog and its documents, below the root.
    specs: &'static str,
    /// The folder of the crate, below the root.
    out: &'static str,
}

/// What this repository generates: what it is for, and the goldens its tests
/// compile.
const TARGETS: [Target; 2] = [
    Target { specs: "specs", out: "generated" },
    Target { specs: "tests/goldens/specs", out: "tests/goldens" },
];

/// A crate, read and ready to be written.
struct Planned {
    target: &'static Target,
    krate: Crate,
    modules: Vec<ClientsModule>,
}

fn read_target(target: &'static Target) -> Result<Planned, Exit> {
    let catalog = read_catalog(target.specs)?;
    let models = catalog.entries.iter().map(|entry| read_model(target.specs, entry)).collect();
    Ok(Planned { target, krate: catalog.krate, modules: stop_at_worst(models)? })
}

/// Writes or checks one crate; returns whether it was up to date or is now.
fn bring_up_to_date(planned: &Planned, action: Action, start: Instant) -> Result<bool, Exit> {
    let Planned { target, krate, modules } = planned;
    let files = emit::clients_files(modules, krate, COMMAND);
    let owned = Owned::Crate(&emit::TOP_LEVEL);
    Folder { name: target.out, files: &files, owned, holds: counts(modules) }.settle(action, start)
}

/// Writes or checks `docs/changes/`; returns whether it was up to date or is now.
fn bring_pages_up_to_date(files: &Files, action: Action, start: Instant) -> Result<bool, Exit> {
    let holds = format!("{} pages", files.len());
    Folder { name: changes::OUT, files, owned: Owned::Whole, holds }.settle(action, start)
}

/// Writes or checks the pages that show codes and messages.
fn bring_messages_up_to_date(files: &Files, action: Action, start: Instant) -> Result<bool, Exit> {
    let holds = format!("{} pages", files.len());
    let owned = Owned::Crate(&pages::PAGES);
    Folder { name: pages::OUT, files, owned, holds }.settle(action, start)
}

/// Returns the root of the repository, wherever the command was started in it.
pub(crate) fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}

pub(crate) fn failed(error: &dyn std::error::Error) -> Exit {
    eprintln!("error: {error}");
    Exit::Failed
}

/// Returns all that was read, or how the run ends when something was not: a
/// document that cannot be read at all weighs more than an error inside of one.
fn stop_at_worst<T>(read: Vec<Result<T, Exit>>) -> Result<Vec<T>, Exit> {
    if read.iter().any(|it| matches!(it, Err(Exit::Unreadable))) {
        return Err(Exit::Unreadable);
    }
    read.into_iter().collect()
}

fn read_catalog(specs: &str) -> Result<Catalog, Exit> {
    let text = specs::read(&format!("{specs}/catalog.toml")).map_err(|it| Stop::from(it).say())?;
    let catalog = Catalog::parse(&text.name, &text.content).map_err(|errors| {
        for error in errors {
            eprintln!("error: {error}");
        }
        Exit::Unreadable
    })?;
    refuse_stray_overlays(specs, &catalog)?;
    Ok(catalog)
}

/// An overlay that belongs to no document has secrets that nobody keeps.
fn refuse_stray_overlays(specs: &str, catalog: &Catalog) -> Result<(), Exit> {
    let known: Vec<_> = catalog.entries.iter().map(Entry::overlay_file).collect();
    let overlays = specs::overlays(&root().join(specs)).map_err(|error| failed(&error))?;
    let strays: Vec<_> = overlays.into_iter().filter(|it| !known.contains(it)).collect();
    for stray in &strays {
        eprintln!("error: `{specs}/{stray}` belongs to no document of the catalog");
    }
    if strays.is_empty() { Ok(()) } else { Err(Exit::Refused) }
}

/// Reads one document with its overlay and prints what was said about it.
fn read_model(specs: &str, entry: &Entry) -> Result<ClientsModule, Exit> {
    let input = specs::input(specs, entry).map_err(|it| Stop::from(it).say())?;
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
        None => Err(specs::no_model(&verdict)),
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

/// Returns, for example, `6 specs, 6 operations, 23 types`.
fn counts(modules: &[ClientsModule]) -> String {
    let n_operations: usize = modules.iter().map(|it| it.module.operations.len()).sum();
    let n_types: usize = modules.iter().map(|it| it.module.types.len()).sum();
    format!("{} specs, {n_operations} operations, {n_types} types", modules.len())
}
