//! The command `tamarack generate`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use tamarack::emit;
use tamarack::render::{self, Texts};
use tamarack::report::Report;
use tamarack::sync::{self, Changes, Owned};
use tamarack::{CrateSettings, Input, Layout, Outcome, Placement, Provenance, Settings, Verdict};

use crate::location::{self, Workspace};
use crate::messages::{self, Said};
use crate::{Exit, GenerateArgs, MessageFormat, command, input, say};

/// Generates, or checks, the crate.
pub(crate) fn run(args: &GenerateArgs) -> Exit {
    match generate(args) {
        Ok(exit) | Err(exit) => exit,
    }
}

fn generate(args: &GenerateArgs) -> Result<Exit, Exit> {
    let start = Instant::now();
    let surroundings = Surroundings::of(args)?;
    let input = input::read_both(&args.spec, args.overlay.as_deref())?;
    let outcome = tamarack::generate(&input, &settings(args, &surroundings));

    print_messages(&outcome, &input, args.message_format);
    write_report(args, &outcome, &Texts::new(&input), start.elapsed().as_secs_f64())?;
    let (Verdict::Sound, Some(model)) = (outcome.verdict, &outcome.model) else {
        return Err(outcome.verdict.into());
    };
    let files = &outcome.files;
    let owned = Owned::Crate(&emit::TOP_LEVEL);
    if args.check {
        let changes = sync::plan(files, &args.out, owned).map_err(|error| failed(&error))?;
        return Ok(check(args, files, &changes));
    }
    let changes = sync::write(files, &args.out, owned).map_err(|error| failed(&error))?;
    say::out(&summary(args, model, &changes, start.elapsed().as_secs_f64()));
    say::out(&notes(args, &changes, &surroundings));
    Ok(Exit::Done)
}

/// What of the places around the output stands in the manifest.
struct Surroundings {
    runtime_path: Option<String>,
    workspace: Option<Workspace>,
}

impl Surroundings {
    /// Looks around, or says what is not as it has to be.
    fn of(args: &GenerateArgs) -> Result<Self, Exit> {
        let path = args.runtime_path.as_deref();
        let runtime_path = path.map(|it| location::runtime_path(it, &args.out)).transpose();
        let runtime_path = runtime_path.map_err(|error| {
            say::err(&format!("error: {error}\n"));
            Exit::Usage
        })?;
        let workspace = location::workspace(&args.out).map_err(|error| {
            let out = command::slashed(&args.out);
            say::err(&format!("error: cannot write `{out}`: {error}\n"));
            Exit::Failed
        })?;
        Ok(Self { runtime_path, workspace })
    }
}

fn failed(error: &dyn std::error::Error) -> Exit {
    say::err(&format!("error: {error}\n"));
    Exit::Failed
}

fn settings(args: &GenerateArgs, around: &Surroundings) -> Settings {
    Settings {
        provenance: Provenance {
            command: command::without_out(args),
            spec: command::slashed(&location::portable(&args.spec, &args.out)),
        },
        mode: crate::mode(args.strict),
        layout: Layout::Crate(CrateSettings {
            name: args.name.clone(),
            runtime_path: around.runtime_path.clone(),
            placement: match around.workspace {
                Some(_) => Placement::Member,
                None => Placement::Standalone,
            },
        }),
    }
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

fn check(args: &GenerateArgs, files: &BTreeMap<String, String>, changes: &Changes) -> Exit {
    if changes.is_empty() {
        say::out(&format!(
            "{}/ is up to date ({})\n",
            out_name(args),
            counted(files.len(), "file")
        ));
        return Exit::Done;
    }
    say::err(&sync::check(files, &args.out, changes, &command::with_out(args)));
    Exit::Stale
}

/// Returns, for example, `out: 12 of 14 operations, 30 types; 3 files changed,
/// 21 unchanged (0.12 s)`.
fn summary(
    args: &GenerateArgs,
    model: &tamarack::Model,
    changes: &Changes,
    seconds: f64,
) -> String {
    let (n, declared) = (model.api.operations.len(), model.declared.operations);
    let of = if n == declared { String::new() } else { format!("{n} of ") };
    format!(
        "{}: {of}{}, {}; {} changed, {} unchanged ({seconds:.2} s)\n",
        out_name(args),
        counted(declared, "operation"),
        counted(model.api.types.len(), "type"),
        counted(changes.n_changed(), "file"),
        changes.unchanged.len(),
    )
}

/// Returns what there is to know beside the summary, a line each.
fn notes(args: &GenerateArgs, changes: &Changes, around: &Surroundings) -> String {
    let mut acc = String::new();
    for leftover in &changes.leftovers {
        let path = format!("{}/{leftover}", out_name(args));
        let _ = writeln!(acc, "note: removed a leftover of an interrupted run: `{path}`");
    }
    let is_new = changes.missing.union(&changes.modified).any(|it| it == "Cargo.toml");
    if let Some(Workspace { manifest, unlisted: Some(member) }) = around.workspace.as_ref()
        && is_new
    {
        let _ = writeln!(
            acc,
            "note: the crate is in the workspace of `{}`: add {} to its `members`, \
             unless a member depends on the crate by path",
            command::slashed(manifest),
            toml::Value::from(member.as_str())
        );
    }
    acc
}

fn counted(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

/// Returns the folder without the slash that a shell adds.
fn out_name(args: &GenerateArgs) -> String {
    command::shown(&args.out).trim_end_matches('/').to_owned()
}
