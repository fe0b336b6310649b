//! The command `cargo xtask codegen`: reads the project file, calls the library, writes the result.

use std::io::{self, IsTerminal};
use std::mem;
use std::path::{Path, PathBuf};
use std::time::Instant;

use tamarack::project::{Crate, Project};
use tamarack::render::{self, Paint, Texts};
use tamarack::sync::Owned;
use tamarack::{
    Clients, ClientsSettings, Dependencies, Input, Listed, Mode, Outcome, Verdict, at_once, emit,
    generate_clients,
};
use tamarack_diff::changes::Version;

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
    let project = specs::project().map_err(|message| Stop::from(message).say())?;
    let (messages, crates) = at_once::join(
        || pages::files(COMMAND),
        || stop_at_worst(project.crates.iter().map(read_crate).collect()),
    );
    let mut crates = crates?;
    refuse_stray_overlays(&project)?;
    let messages = messages.map_err(|message| Stop::from(message).say())?;
    // The models of the crates serve the pages too.
    let published = crates.iter_mut().filter(|it| it.krate.publish);
    let versions: Vec<_> = published.flat_map(|it| mem::take(&mut it.versions)).collect();
    let apis = changes::apis(versions);
    let (pages, settled) = at_once::join(
        || changes::files(&apis, COMMAND),
        || {
            let settled = crates.iter().map(|it| bring_up_to_date(it, action, start));
            settled.collect::<Result<Vec<bool>, Exit>>()
        },
    );
    let mut stale = settled?.contains(&false);
    stale |= !bring_pages_up_to_date(&pages, action, start)?;
    stale |= !bring_messages_up_to_date(&messages, action, start)?;
    if stale { Err(Exit::Stale) } else { Ok(()) }
}

/// A crate, generated and ready to be written.
struct Generated<'a> {
    krate: &'a Crate,
    files: Files,
    /// The same in a few words.
    holds: String,
    /// The documents that it is made of, each with the name of its API.
    versions: Vec<(String, Version)>,
}

fn read_crate(krate: &Crate) -> Result<Generated<'_>, Exit> {
    let read = krate.specs.iter().map(|spec| match specs::input(spec) {
        Ok(input) => Ok(Listed { spec: spec.clone(), input }),
        Err(message) => Err(Stop::from(message).say()),
    });
    let (listed, missing): (Vec<_>, Vec<_>) = read.partition(Result::is_ok);
    let listed: Vec<Listed> = listed.into_iter().flatten().collect();
    let settings = ClientsSettings {
        command: COMMAND.to_owned(),
        mode: if krate.strict { Mode::Strict } else { Mode::Lenient },
        dependencies: Dependencies::OfWorkspace,
    };
    let clients = generate_clients(&listed, krate, &settings);
    for (it, outcome) in listed.iter().zip(&clients.outcomes) {
        print(&it.input, outcome);
    }
    if !missing.is_empty() {
        return Err(Exit::Unreadable);
    }
    let verdict = clients.verdict();
    if verdict != Verdict::Sound {
        return Err(verdict.into());
    }
    let Clients { files, outcomes } = clients;
    let holds = counts(&outcomes);
    let versions = listed.into_iter().zip(outcomes).filter_map(|(Listed { spec, input }, it)| {
        let is_stable = spec.is_stable();
        Some((spec.api, Version { name: spec.version, is_stable, input, model: it.model? }))
    });
    Ok(Generated { krate, files, holds, versions: versions.collect() })
}

/// Writes or checks one crate; returns whether it was up to date or is now.
fn bring_up_to_date(
    generated: &Generated<'_>,
    action: Action,
    start: Instant,
) -> Result<bool, Exit> {
    let Generated { krate, files, holds, .. } = generated;
    let owned = Owned::Crate(&emit::TOP_LEVEL);
    Folder { name: &krate.out, files, owned, holds: holds.clone() }.settle(action, start)
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

/// The folders of documents, below the root.
const SPECS: [&str; 2] = ["specs", "tests/goldens/specs"];

/// An overlay that belongs to no document has secrets that nobody keeps.
fn refuse_stray_overlays(project: &Project) -> Result<(), Exit> {
    let specs = || project.crates.iter().flat_map(|it| &it.specs);
    let known: Vec<_> =
        specs().map(|it| it.overlay.clone().unwrap_or_else(|| it.overlay_beside())).collect();
    let mut is_stray = false;
    for folder in SPECS {
        let overlays = specs::overlays(&root().join(folder)).map_err(|error| failed(&error))?;
        for overlay in overlays.iter().map(|it| format!("{folder}/{it}")) {
            if !known.contains(&overlay) {
                eprintln!("error: `{overlay}` belongs to no document of the project file");
                is_stray = true;
            }
        }
    }
    if is_stray { Err(Exit::Refused) } else { Ok(()) }
}

/// Prints what was said about a document.
fn print(input: &Input, outcome: &Outcome) {
    let said = &outcome.diagnostics;
    let paint = if io::stderr().is_terminal() { Paint::Coloured } else { Paint::Plain };
    eprint!("{}", render::text(&said.open, &Texts::new(input), paint));
    if let Some(totals) = render::totals(&said.open, said.accepted.len()) {
        eprintln!("{}: {totals}", input.spec.name);
    }
}

/// Returns, for example, `6 specs, 6 operations, 23 types`.
fn counts(outcomes: &[Outcome]) -> String {
    let apis = || outcomes.iter().filter_map(|it| it.model.as_ref()).map(|it| &it.api);
    let n_operations: usize = apis().map(|it| it.operations.len()).sum();
    let n_types: usize = apis().map(|it| it.types.len()).sum();
    format!("{} specs, {n_operations} operations, {n_types} types", outcomes.len())
}
