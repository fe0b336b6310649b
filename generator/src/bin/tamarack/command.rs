//! Arguments in, the command line that repeats the run out.

use std::path::Path;

use tamarack::shown::one_line;

use crate::GenerateArgs;

/// Returns the command as it stands in the generated files: all that decides
/// what is in them, so not where they are.
pub(crate) fn without_out(args: &GenerateArgs) -> String {
    format!("tamarack generate {}{}", quoted(&slashed(&args.spec)), options(args))
}

/// Returns the command that brings the output up to date.
pub(crate) fn with_out(args: &GenerateArgs) -> String {
    let (spec, out) = (quoted(&slashed(&args.spec)), quoted(&slashed(&args.out)));
    format!("tamarack generate {spec} --out {out}{}", options(args))
}

/// Returns the options, each with a space before it.
fn options(args: &GenerateArgs) -> String {
    let mut acc = String::new();
    let path = |path: &Option<_>| path.as_deref().map(slashed);
    let options = [
        ("--name", args.name.clone()),
        ("--overlay", path(&args.overlay)),
        ("--runtime-path", path(&args.runtime_path)),
    ];
    for (option, value) in options {
        if let Some(value) = value {
            acc.extend([" ", option, " ", &quoted(&value)]);
        }
    }
    if args.strict {
        acc.push_str(" --strict");
    }
    acc
}

/// Returns the path with `/` on every system, so that the output is the same on all.
pub(crate) fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

/// Returns the path as a message names it, on one line.
pub(crate) fn shown(path: &Path) -> String {
    one_line(&slashed(path)).into_owned()
}

/// Quotes what a shell would not take as one word.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./:@+=,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}
