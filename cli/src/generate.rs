//! The command `tamarack generate`.

use std::borrow::Cow;
use std::path::Path;
use std::time::Instant;

use tamarack::emit;
use tamarack::render::{self, Texts};
use tamarack::report::Report;
use tamarack::sync::{self, Changes, Owned};
use tamarack::{
    CrateSettings, Files, Input, Layout, Outcome, Placement, Prepared, Provenance, RuntimeSource,
    Verdict,
};

use crate::location::{self, Workspace};
use crate::messages::{self, Said};
use crate::{
    Exit, GenerateArgs, MessageFormat, command, input, manifest, runtime, say, starters, summary,
};

/// Generates, or checks, the crate.
pub(crate) fn run(args: &GenerateArgs) -> Exit {
    match generate(args) {
        Ok(exit) | Err(exit) => exit,
    }
}

fn generate(args: &GenerateArgs) -> Result<Exit, Exit> {
    let start = Instant::now();
    let input = input::read_both(&args.spec, args.overlay.as_deref())?;
    let prepared = tamarack::prepare(&input, crate::mode(args.strict));
    let out = out(args, &prepared);
    let around = Surroundings::of(args, &out)?;
    let outcome = prepared.finish(&provenance(args, &out), &layout(args, &around));

    print_messages(&outcome, &input, args.message_format);
    write_report(args, &outcome, &Texts::new(&input), start.elapsed().as_secs_f64())?;
    let (Verdict::Sound, Some(model)) = (outcome.verdict, &outcome.model) else {
        return Err(outcome.verdict.into());
    };
    let files = files(&outcome, &out, &around)?;
    let owned = Owned::Crate(&emit::TOP_LEVEL);
    if args.check {
        let changes = sync::plan(&files, &out, owned).map_err(|error| failed(&error))?;
        return Ok(check(args, &out, &files, &changes));
    }
    let changes = sync::write(&files, &out, owned).map_err(|error| failed(&error))?;
    say::out(&summary::line(&out, model, &changes, start.elapsed().as_secs_f64()));
    say::out(&summary::notes(&out, &changes, &around));
    say::out(&summary::next(&out, &changes));
    Ok(Exit::Done)
}

/// Returns the folder of the crate: what the command line says, or one that is called like the crate.
fn out<'a>(args: &'a GenerateArgs, prepared: &Prepared) -> Cow<'a, Path> {
    match &args.out {
        Some(out) => Cow::Borrowed(out),
        None => {
            let name = args.name.as_ref().unwrap_or(prepared.crate_name());
            Cow::Owned(name.as_str().into())
        }
    }
}

/// What of the places around the output stands in the manifest.
pub(crate) struct Surroundings {
    runtime: RuntimeSource,
    /// The workspace above the crate.
    pub(crate) workspace: Option<Workspace>,
    /// Whether the crate is in it.
    pub(crate) placement: Placement,
}

impl Surroundings {
    /// Looks around, or says what is not as it has to be.
    fn of(args: &GenerateArgs, out: &Path) -> Result<Self, Exit> {
        let workspace = location::workspace(out).map_err(|error| {
            say::err(&format!("error: cannot write `{}`: {error}\n", command::slashed(out)));
            Exit::Failed
        })?;
        let placement = match &workspace {
            Some(_) if !args.standalone => Placement::Member,
            _ => Placement::Standalone,
        };
        let member = workspace.as_ref().filter(|_| placement == Placement::Member);
        let runtime = runtime::find(args.runtime_path.as_deref(), out, member);
        let runtime = runtime.map_err(|error| {
            say::err(&format!("error: {error}\n"));
            Exit::Usage
        })?;
        Ok(Self { runtime, workspace, placement })
    }

    /// Returns the workspace that the crate is a member of.
    fn parent(&self) -> Option<&Workspace> {
        self.workspace.as_ref().filter(|_| self.placement == Placement::Member)
    }
}

/// Returns the files to write: those that are generated, with what a person added to the manifest.
fn files(outcome: &Outcome, out: &Path, around: &Surroundings) -> Result<Files, Exit> {
    let mut acc = outcome.files.clone();
    acc.extend(starters::wanted(&outcome.starters, out));
    if let Some(text) = acc.get_mut("Cargo.toml") {
        *text = manifest::settled(text, out, around.parent()).map_err(|error| {
            let path = command::slashed(&out.join("Cargo.toml"));
            say::err(&format!("error: cannot read `{path}`: {error}"));
            Exit::Failed
        })?;
    }
    Ok(acc)
}

fn failed(error: &dyn std::error::Error) -> Exit {
    say::err(&format!("error: {error}\n"));
    Exit::Failed
}

fn provenance(args: &GenerateArgs, out: &Path) -> Provenance {
    let spec = location::portable(input::spec_name(&args.spec), out);
    Provenance { command: command::without_out(args, out), spec: command::slashed(&spec) }
}

fn layout(args: &GenerateArgs, around: &Surroundings) -> Layout {
    Layout::Crate(CrateSettings {
        name: args.name.clone(),
        runtime: around.runtime.clone(),
        placement: around.placement,
    })
}

fn print_messages(outcome: &Outcome, input: &Input, format: MessageFormat) {
    let said = &outcome.diagnostics;
    say::rendered_err(&messages::rendered(&[Said { input, open: &said.open }], format));
    let totals = render::totals(&said.open, said.accepted.len());
    if let Some(totals) = totals.filter(|_| format == MessageFormat::Text) {
        say::err(&format!("{totals}\n"));
    }
}

fn write_report(
    args: &GenerateArgs,
    outcome: &Outcome,
    texts: &Texts<'_>,
    seconds: f64,
) -> Result<(), Exit> {
    let Some(path) = &args.report else { return Ok(()) };
    let spec = command::slashed(&args.spec);
    let said = outcome.diagnostics.all();
    let report = Report::new(&spec, outcome.model.as_ref(), &said, texts, seconds);
    write_file(path, &report.to_json())
}

/// Writes a file that the command line names.
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

fn check(args: &GenerateArgs, out: &Path, files: &Files, changes: &Changes) -> Exit {
    if changes.is_empty() {
        say::out(&format!(
            "{}/ is up to date ({})\n",
            summary::out_name(out),
            summary::counted(files.len(), "file")
        ));
        return Exit::Done;
    }
    say::err(&sync::check(files, out, changes, &command::with_out(args)));
    Exit::Stale
}
