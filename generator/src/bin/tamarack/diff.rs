//! The arguments of `tamarack diff` in, a report of what changed on standard output out.

use std::fs;
use std::io::{self, IsTerminal};
use std::path::Path;

use tamarack::diagnostic::Sink;
use tamarack::diff::render::{self as report, Report};
use tamarack::diff::{self, Diff, Rust, Wire};
use tamarack::pipeline::{self, Input, Model, Text};
use tamarack::render::{self, Paint, Texts};
use tamarack::strict::{self, Mode};

use crate::{DiffArgs, DiffFormat, Exit, FailOn, at_once, command, say};

/// Compares two documents.
pub(crate) fn run(args: &DiffArgs) -> Exit {
    let inputs = [(&args.old, &args.old_overlay), (&args.new, &args.new_overlay)]
        .map(|(spec, overlay)| read_input(spec, overlay.as_deref()));
    // Both are read before the run ends, so that all that is wrong is said.
    let [Ok(old), Ok(new)] = inputs else { return Exit::Unreadable };
    let ((old_said, old), (new_said, new)) = at_once::both(&old, &new, read);
    say::err(&old_said);
    say::err(&new_said);
    let (Some((old_model, old)), Some((new_model, new))) = (old, new) else {
        return Exit::Unreadable;
    };
    let diff = diff::compare(&old_model, &new_model);
    let report = Report { diff: &diff, old, new };
    say::out(&match args.format {
        DiffFormat::Text => report::text(&report, paint()),
        DiffFormat::Markdown => report::markdown(&report),
        DiffFormat::Json => report::json(&report),
        DiffFormat::Github => report::github(&report),
        DiffFormat::Junit => report::junit(&report),
    });
    if fails(&diff, args.fail_on) { Exit::Changed } else { Exit::Done }
}

fn read_input(spec: &Path, overlay: Option<&Path>) -> Result<Input, ()> {
    let read = |path: &Path| {
        let name = command::slashed(path);
        match fs::read_to_string(path) {
            Ok(content) => Ok(Text { name, content }),
            Err(error) => {
                say::err(&format!("error: cannot read `{name}`: {error}\n"));
                Err(())
            }
        }
    };
    Ok(Input { spec: read(spec)?, overlay: overlay.map(read).transpose()? })
}

/// Reads a document. What is left out of the model cannot be compared, so it
/// is counted; `tamarack generate` says what it is.
fn read(input: &Input) -> (String, Option<(Model, Texts<'_>)>) {
    let mut sink = Sink::default();
    let model = pipeline::model(input, &mut sink);
    let verdict = strict::judge(sink.into_diagnostics(), input.overlay.as_ref(), Mode::Lenient);
    let said = if model.is_none() {
        render::text(&verdict.open, &Texts::new(input), Paint::Plain)
    } else {
        render::totals(&verdict.open, verdict.accepted.len())
            .map_or_else(String::new, |totals| format!("{}: {totals}\n", input.spec.name))
    };
    // Hardly a report is without rows, and each row has a place.
    (said, model.map(|it| (it, Texts::of_readable(input))))
}

fn paint() -> Paint {
    #[expect(clippy::disallowed_methods, reason = "a terminal's user may have asked for no colour")]
    let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if io::stdout().is_terminal() && !no_colour { Paint::Coloured } else { Paint::Plain }
}

fn fails(diff: &Diff, fail_on: FailOn) -> bool {
    let verdict = diff.verdict();
    match fail_on {
        FailOn::Wire => verdict.wire() >= Wire::Unknown,
        FailOn::Rust => verdict.rust == Rust::Major,
        FailOn::Any => !diff.findings.is_empty(),
        FailOn::None => false,
    }
}
