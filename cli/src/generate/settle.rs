//! Writes a generated crate, or checks whether it is up to date, and says which.

use std::path::Path;
use std::time::Instant;

use tamarack::emit;
use tamarack::sync::{self, Changes, Owned};
use tamarack::{Files, Model};

use super::crates::Generated;
use crate::{Exit, command, manifest, say, starters, summary};

/// What to do with a crate that is generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// Write it.
    Write,
    /// Say whether it is up to date.
    Check,
}

/// Writes or checks a crate.
pub(super) fn settle(
    generated: &mut Generated<'_>,
    action: Action,
    start: Instant,
) -> Result<Exit, Exit> {
    let files = files(generated)?;
    let (out, owned) = (&generated.out, Owned::Crate(&emit::TOP_LEVEL));
    if action == Action::Check {
        let changes = sync::plan(&files, out, owned).map_err(|error| failed(&error))?;
        return Ok(check(generated, &files, &changes));
    }
    let changes = sync::write(&files, out, owned).map_err(|error| failed(&error))?;
    let models: Vec<&Model> =
        generated.outcomes.iter().filter_map(|it| it.model.as_ref()).collect();
    say::out(&summary::line(out, &models, &changes, start.elapsed().as_secs_f64()));
    say::out(&summary::notes(out, &changes, &generated.around));
    say::out(&summary::next(out, &changes, &generated.starters));
    Ok(Exit::Done)
}

/// Takes the files to write: those that are generated, with what a person added to the manifest.
fn files(generated: &mut Generated<'_>) -> Result<Files, Exit> {
    let out = &generated.out;
    let mut acc = std::mem::take(&mut generated.files);
    acc.extend(starters::wanted(&generated.starters, out));
    if let Some(text) = acc.get_mut("Cargo.toml") {
        *text = manifest::settled(text, out, generated.around.parent()).map_err(|error| {
            let path = command::slashed(&out.join("Cargo.toml"));
            say::err(&format!("error: cannot read `{path}`: {error}"));
            Exit::Failed
        })?;
    }
    Ok(acc)
}

fn check(generated: &Generated<'_>, files: &Files, changes: &Changes) -> Exit {
    let out = &generated.out;
    if changes.is_empty() {
        say::out(&format!(
            "{}/ is up to date ({})\n",
            summary::out_name(out),
            summary::counted(files.len(), "file")
        ));
        return Exit::Done;
    }
    say::err(&sync::check(files, out, changes, &generated.unit.typed_command()));
    Exit::Stale
}

fn failed(error: &dyn std::error::Error) -> Exit {
    say::err(&format!("error: {error}\n"));
    Exit::Failed
}

/// Writes a file that the command line or the project file names.
pub(crate) fn write_file(path: &Path, text: &str) -> Result<(), Exit> {
    let removed = sync::write_file(path, text).map_err(|error| failed(&error))?;
    for leftover in removed {
        say::err(&format!(
            "note: removed a leftover of an interrupted run: `{}`\n",
            leftover.display()
        ));
    }
    Ok(())
}
