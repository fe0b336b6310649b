//! The arguments of `tamarack check` in, what is wrong with the documents on the screen out.

use std::path::PathBuf;

use tamarack::codes;
use tamarack::diagnostic::{Diagnostic, Sink};
use tamarack::lint;
use tamarack::pipeline::{self, Input};
use tamarack::render;
use tamarack::strict::{self, Mode, Verdict};

use crate::messages::{self, Said};
use crate::{CheckArgs, Exit, MessageFormat, input, say};

/// Reads each document as `tamarack generate` would, lints it, and writes nothing.
pub(crate) fn run(args: &CheckArgs) -> Exit {
    let Ok(overlays) = overlays(args) else { return Exit::Usage };
    // All is read before anything is said, so that all that is missing is said.
    let inputs: Vec<_> = args.specs.iter().zip(overlays).map(read).collect();
    let Ok(inputs) = inputs.into_iter().collect::<Result<Vec<Input>, Exit>>() else {
        return Exit::Unreadable;
    };
    let mode = if args.strict { Mode::Strict } else { Mode::Lenient };
    let checked: Vec<Checked> = inputs.iter().map(|input| check(input, mode)).collect();

    let said: Vec<Said<'_>> = inputs
        .iter()
        .zip(&checked)
        .map(|(input, checked)| Said { input, open: &checked.verdict.open })
        .collect();
    let text = messages::rendered(&said, args.message_format);
    if args.message_format == MessageFormat::Text {
        say::rendered_err(&text);
        say::err(&format!("{}\n", last_line(&checked)));
    } else {
        say::rendered_out(&text);
    }
    checked.iter().map(Checked::exit).max_by_key(|it| weight(*it)).unwrap_or(Exit::Done)
}

/// A document with what was said about it.
struct Checked {
    verdict: Verdict,
    is_readable: bool,
}

fn check(input: &Input, mode: Mode) -> Checked {
    let mut sink = Sink::default();
    let model = pipeline::model(input, &mut sink);
    if let Some(model) = &model {
        // Names and types have something to say too; nothing is written down.
        pipeline::module(model, &mut sink);
        lint::lint(model, &mut sink);
    }
    let verdict = strict::judge(sink.into_diagnostics(), input.overlay.as_ref(), mode);
    Checked { verdict, is_readable: model.is_some() }
}

impl Checked {
    fn exit(&self) -> Exit {
        let has = |code| self.verdict.open.iter().any(|it: &Diagnostic| it.code == code);
        if has(codes::BUG) {
            Exit::Failed
        } else if !self.is_readable || has(codes::OVERLAY_SYNTAX) {
            Exit::Unreadable
        } else if self.verdict.has_errors() {
            Exit::Refused
        } else {
            Exit::Done
        }
    }
}

/// Returns how bad an end is; of several documents the worst one counts.
fn weight(exit: Exit) -> u8 {
    match exit {
        Exit::Done => 0,
        Exit::Refused => 1,
        Exit::Unreadable => 2,
        _ => 3,
    }
}

/// Returns, for example, `3 documents: 2 errors, 1 warning`.
fn last_line(checked: &[Checked]) -> String {
    let open: Vec<Diagnostic> =
        checked.iter().flat_map(|it| it.verdict.open.iter().cloned()).collect();
    let n_accepted = checked.iter().map(|it| it.verdict.accepted.len()).sum();
    let totals =
        render::totals(&open, n_accepted).unwrap_or_else(|| "nothing to report".to_owned());
    match checked.len() {
        1 => totals,
        n => format!("{n} documents: {totals}"),
    }
}

/// Returns the overlay of each document, in order.
fn overlays(args: &CheckArgs) -> Result<Vec<Option<&PathBuf>>, Exit> {
    let (n_specs, n_overlays) = (args.specs.len(), args.overlay.len());
    if n_overlays == 0 {
        return Ok(vec![None; n_specs]);
    }
    if n_overlays != n_specs {
        say::err(&format!(
            "error: there are {n_specs} documents and {n_overlays} times `--overlay`; \
             give it once for each, in order, `-` where there is none\n"
        ));
        return Err(Exit::Usage);
    }
    Ok(args.overlay.iter().map(|it| Some(it).filter(|it| it.as_os_str() != "-")).collect())
}

fn read((spec, overlay): (&PathBuf, Option<&PathBuf>)) -> Result<Input, Exit> {
    input::read_both(spec, overlay.map(PathBuf::as_path))
}
