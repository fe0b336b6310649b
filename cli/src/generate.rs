//! The command `tamarack generate`.

mod crates;
mod project;
mod settle;
mod unit;
mod watch;

use std::mem;
use std::path::PathBuf;
use std::time::Instant;

use tamarack::render;
use tamarack::report::Report;
use tamarack::{Outcome, Verdict, render::Texts};

use crate::messages::{self, Said};
use crate::{Exit, GenerateArgs, MessageFormat, command, say};

use crates::{Generated, Read};
use settle::Action;
use unit::Unit;

pub(crate) use crates::Surroundings;
pub(crate) use settle::write_file;

/// Generates, or checks, what the command line or the project file says.
pub(crate) fn run(args: &GenerateArgs) -> Exit {
    if args.watch {
        return watch::run(args);
    }
    match units(args, &mut Vec::new()).and_then(|units| generate(args, &units)) {
        Ok(exit) | Err(exit) => exit,
    }
}

/// Returns the crates to generate; `inputs` gets the files that they are made from.
fn units(args: &GenerateArgs, inputs: &mut Vec<PathBuf>) -> Result<Vec<Unit>, Exit> {
    let units = match &args.spec {
        Some(spec) => vec![Unit::of_command_line(args, spec)?],
        None => {
            let file = project::file(args)?;
            inputs.push(file.clone());
            project::units(args, &file)?
        }
    };
    inputs.extend(units.iter().flat_map(Unit::inputs));
    Ok(units)
}

/// Generates all crates before one is written, so that a run that fails leaves all as it was.
fn generate(args: &GenerateArgs, units: &[Unit]) -> Result<Exit, Exit> {
    let start = Instant::now();
    // All are read, so that all that is missing is said.
    let read: Vec<_> = units.iter().map(Read::new).collect();
    let read = read.into_iter().collect::<Result<Vec<Read<'_>>, Exit>>()?;
    let mut generated = read.iter().map(Generated::new).collect::<Result<Vec<_>, Exit>>()?;
    print_messages(&read, &generated, args.message_format);
    for (read, generated) in read.iter().zip(&generated) {
        write_report(read, generated, start)?;
    }
    let verdict = generated.iter().map(Generated::verdict).max().unwrap_or(Verdict::Sound);
    if verdict != Verdict::Sound {
        return Err(verdict.into());
    }
    project::refuse_shared_folders(&generated)?;
    let action = if args.check { Action::Check } else { Action::Write };
    let settled = generated.iter_mut().map(|it| settle::settle(it, action, start));
    // All stale crates are said, not only the first.
    let settled = settled.collect::<Vec<_>>().into_iter().collect::<Result<Vec<_>, Exit>>()?;
    // The run ends here: freeing large documents node by node would be a part of it. Who watches goes on.
    if !args.watch {
        mem::forget((read, generated));
    }
    Ok(if settled.contains(&Exit::Stale) { Exit::Stale } else { Exit::Done })
}

fn print_messages(read: &[Read<'_>], generated: &[Generated<'_>], format: MessageFormat) {
    let pairs = || {
        let each = |(read, generated)| Read::with_outcomes(read, generated);
        read.iter().zip(generated).flat_map(each)
    };
    let said: Vec<Said<'_>> = pairs()
        .map(|(input, it)| Said { input, places: &it.places, open: &it.diagnostics.open })
        .collect();
    say::rendered_err(&messages::rendered(&said, format));
    let open: Vec<_> = said.iter().flat_map(|it| it.open.iter().cloned()).collect();
    let n_accepted = pairs().map(|(_, it): (_, &Outcome)| it.diagnostics.accepted.len()).sum();
    let totals = render::totals(&open, n_accepted);
    if let Some(totals) = totals.filter(|_| format == MessageFormat::Text) {
        say::err(&format!("{totals}\n"));
    }
}

fn write_report(read: &Read<'_>, generated: &Generated<'_>, start: Instant) -> Result<(), Exit> {
    let Some(path) = &read.unit.report else { return Ok(()) };
    for (input, outcome) in read.with_outcomes(generated) {
        let said = outcome.diagnostics.all();
        let texts = Texts::with_places(input, &outcome.places);
        let seconds = start.elapsed().as_secs_f64();
        let spec = read.unit.sources.first().map(|it| command::slashed(&it.spec));
        let spec = spec.unwrap_or_default();
        let report = Report::new(&spec, outcome.model.as_ref(), &said, &texts, seconds);
        write_file(path, &report.to_json())?;
    }
    Ok(())
}
