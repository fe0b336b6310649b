//! The command `tamarack diff`.

mod commits;
mod git;

use std::io::{self, IsTerminal};
use std::iter;
use std::mem::ManuallyDrop;
use std::path::Path;

use tamarack::render::{self, Paint, Texts};
use tamarack::shown::one_line;
use tamarack::source::Places;
use tamarack::{Input, Model, Outcome, at_once};
use tamarack_diff::render::timeline::{self, TimelineReport};
use tamarack_diff::render::{self as report, Report};
use tamarack_diff::{self as diff, Diff, Finding, Rust, Wire};

pub(crate) use git::Range;

use crate::{DiffArgs, DiffFormat, Exit, FailOn, accept, generate, input, say};

/// Compares two documents, or more along a timeline.
pub(crate) fn run(args: &DiffArgs) -> Exit {
    let result = match &args.git {
        Some(range) => commits::run(range, args),
        None => compare(args),
    };
    match result {
        Ok(exit) | Err(exit) => exit,
    }
}

fn compare(args: &DiffArgs) -> Result<Exit, Exit> {
    let formats = crate::formats(&args.with)?;
    let overlays = overlays(args)?;
    let specs = args.old.iter().chain(&args.new).chain(&args.more);
    let inputs: Vec<_> =
        specs.zip(overlays).map(|(spec, overlay)| input::read_all(spec, overlay)).collect();
    let accepted = accept::read(args.accept.as_deref());
    // All is read before the run ends, so that all that is wrong is said.
    let mut inputs = inputs.into_iter().collect::<Result<Vec<Input>, Exit>>()?;
    for it in &mut inputs {
        it.choices.formats = formats.clone();
    }
    let accepted = accepted?;
    let read: Vec<Read> = at_once::each(&inputs, read);
    for it in &read {
        say::err(&it.said);
    }
    let (places, models): (Vec<_>, _) = read.into_iter().map(|it| (it.places, it.model)).unzip();
    let models = all_models(models)?;
    // The run ends with the report: freeing large documents node by node would be a part of it.
    let models = ManuallyDrop::new(models);

    if let ([old, new], [old_model, new_model], [old_places, new_places]) =
        (inputs.as_slice(), models.as_slice(), places.as_slice())
    {
        // Hardly a report is without rows, and each row has two places, which are looked up in both texts.
        let texts = || texts((old, old_places), (new, new_places));
        let compare = || diff::compare(old_model, new_model);
        let ((old, new), mut diff) = at_once::join(texts, compare);
        accept::mark(&accepted, [&mut diff]);
        let folded = diff.folded();
        let report = Report { diff: &folded, old, new, krate: args.crate_version };
        write(&rendered(&report, args), args.out.as_deref())?;
        return Ok(exit(&diff, args.fail_on));
    }
    let mut timeline = diff::timeline(&models);
    accept::mark(&accepted, timeline.hops.iter_mut().chain(iter::once(&mut timeline.net)));
    let Some(report) = TimelineReport::new(&timeline, &inputs, args.crate_version) else {
        unreachable!("there are more than two documents, and a model of each")
    };
    write(&rendered_timeline(&report, args), args.out.as_deref())?;
    // What was reverted on the way breaks nobody who goes from the first to the last.
    Ok(exit(&timeline.net, args.fail_on))
}

fn rendered(report: &Report<'_>, args: &DiffArgs) -> String {
    match args.format {
        DiffFormat::Text => report::text(report, paint(args)),
        DiffFormat::Markdown => report::markdown(report),
        DiffFormat::Json => report::json(report),
        DiffFormat::Github => report::github(report),
        DiffFormat::Junit => report::junit(report),
        DiffFormat::Html => report::html(report),
    }
}

fn rendered_timeline(report: &TimelineReport<'_>, args: &DiffArgs) -> String {
    match args.format {
        DiffFormat::Text => timeline::text(report, paint(args)),
        DiffFormat::Markdown => timeline::markdown(report),
        DiffFormat::Json => timeline::json(report),
        DiffFormat::Github => timeline::github(report),
        DiffFormat::Junit => timeline::junit(report),
        DiffFormat::Html => timeline::html(report),
    }
}

/// Writes a report to a file, or to standard output.
fn write(text: &str, out: Option<&Path>) -> Result<(), Exit> {
    let Some(path) = out else {
        say::rendered_out(text);
        return Ok(());
    };
    generate::write_file(path, text)
}

/// Returns the overlay of each document, in order.
fn overlays(args: &DiffArgs) -> Result<Vec<Option<&Path>>, Exit> {
    let n_documents = 2 + args.more.len();
    let usage = |message: &str| {
        say::err(&format!("error: {message}\n"));
        Exit::Usage
    };
    if args.overlay.is_empty() {
        if !args.more.is_empty() && (args.old_overlay.is_some() || args.new_overlay.is_some()) {
            return Err(usage(
                "of more than two documents none is the old or the new one; \
                 give `--overlay` once for each, in order, `-` where there is none",
            ));
        }
        let mut acc = vec![args.old_overlay.as_deref(), args.new_overlay.as_deref()];
        acc.resize(n_documents, None);
        return Ok(acc);
    }
    if args.overlay.len() != n_documents {
        return Err(usage(&format!(
            "there are {n_documents} documents and {} times `--overlay`; \
             give it once for each, in order, `-` where there is none",
            args.overlay.len()
        )));
    }
    let all = args.overlay.iter().map(|it| (it.as_os_str() != "-").then_some(it.as_path()));
    Ok(all.collect())
}

/// Returns the models, or how the run ends when one could not be made: a
/// document or an overlay that cannot be read weighs more than an entry that
/// does not fit.
fn all_models(models: Vec<Result<Model, Exit>>) -> Result<Vec<Model>, Exit> {
    if models.iter().any(|it| matches!(it, Err(Exit::Unreadable))) {
        return Err(Exit::Unreadable);
    }
    models.into_iter().collect()
}

/// Returns the texts of both documents, with the places that were found as they were read.
fn texts<'a>(old: (&'a Input, &'a Places), new: (&'a Input, &'a Places)) -> (Texts<'a>, Texts<'a>) {
    at_once::both(&old, &new, |(input, places)| Texts::with_places(input, places).made_ready())
}

/// What came of reading a document.
struct Read {
    said: String,
    places: Places,
    model: Result<Model, Exit>,
}

/// Reads a document. What is left out of the model cannot be compared, so it
/// is counted in the text that comes first; `tamarack generate` says what it is.
fn read(input: &Input) -> Read {
    let Outcome { model, places, diagnostics, verdict, .. } = tamarack::read(input);
    let said = if model.is_none() {
        render::text(&diagnostics.open, &Texts::with_places(input, &places), Paint::Plain)
    } else {
        let totals = render::totals(&diagnostics.open, diagnostics.accepted.len());
        totals.map_or_else(String::new, |totals| {
            format!("{}: {totals}\n", one_line(&input.spec.name))
        })
    };
    Read { said, places, model: model.ok_or_else(|| Exit::from(verdict)) }
}

fn paint(args: &DiffArgs) -> Paint {
    let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if args.out.is_none() && io::stdout().is_terminal() && !no_colour {
        Paint::Coloured
    } else {
        Paint::Plain
    }
}

/// Returns how the run ends; what is accepted does not count.
fn exit(diff: &Diff, fail_on: FailOn) -> Exit {
    let counts = |it: &Finding| match fail_on {
        FailOn::Breaking => it.verdict.wire() == Wire::Breaking,
        FailOn::Unknown | FailOn::Wire => it.verdict.wire() >= Wire::Unknown,
        FailOn::Rust => it.verdict.rust == Rust::Major,
        FailOn::Any => true,
        FailOn::None => false,
    };
    if diff.open().any(counts) { Exit::Changed } else { Exit::Done }
}
