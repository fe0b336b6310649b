//! The command `tamarack check`.

use std::path::PathBuf;

use tamarack::diagnostic::Diagnostic;
use tamarack::{Input, Outcome, Verdict, check, render};

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
    let mode = crate::mode(args.strict);
    let checked: Vec<Outcome> = inputs.iter().map(|input| check(input, mode)).collect();

    let said: Vec<Said<'_>> = inputs
        .iter()
        .zip(&checked)
        .map(|(input, it)| Said { input, places: &it.places, open: &it.diagnostics.open })
        .collect();
    let text = messages::rendered(&said, args.message_format);
    if args.message_format == MessageFormat::Text {
        say::rendered_err(&text);
        say::err(&format!("{}\n", last_line(&checked)));
    } else {
        say::rendered_out(&text);
    }
    checked.iter().map(|it| it.verdict).max().unwrap_or(Verdict::Sound).into()
}

/// Returns, for example, `3 documents: 2 errors, 1 warning`.
fn last_line(checked: &[Outcome]) -> String {
    let open: Vec<Diagnostic> =
        checked.iter().flat_map(|it| it.diagnostics.open.iter().cloned()).collect();
    let n_accepted = checked.iter().map(|it| it.diagnostics.accepted.len()).sum();
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
    input::read_all(spec, overlay.map(PathBuf::as_path))
}
