//! Writes the command line that repeats a run, for headers and messages.

use std::path::{Path, PathBuf};

use tamarack::shown::one_line;

use crate::{GenerateArgs, location};

/// Returns the command as it stands in the generated files: all that decides
/// what is in them, so neither where they are nor where the machine keeps its files.
pub(crate) fn without_out(args: &GenerateArgs, out: &Path) -> String {
    let portable = |path: &Path| location::portable(path, out);
    let spec = args.spec.as_deref().unwrap_or(Path::new(""));
    let spec = quoted(&slashed(&portable(spec)));
    format!("tamarack generate {spec}{}", options(args, portable))
}

/// Returns the command that brings the output up to date.
pub(crate) fn with_out(args: &GenerateArgs) -> String {
    let spec = quoted(&slashed(args.spec.as_deref().unwrap_or(Path::new(""))));
    let out = args.out.as_deref().map(|out| format!(" --out {}", quoted(&slashed(out))));
    let (out, options) = (out.unwrap_or_default(), options(args, Path::to_owned));
    format!("tamarack generate {spec}{out}{options}")
}

/// Returns the options, each with a space before it, with paths as `written`.
fn options(args: &GenerateArgs, written: impl Fn(&Path) -> PathBuf) -> String {
    let mut acc = String::new();
    let path = |path: &Option<PathBuf>| path.as_deref().map(|it| slashed(&written(it)));
    let options = [
        ("--name", args.name.as_ref().map(|it| it.as_str().to_owned())),
        ("--overlay", path(&args.overlay)),
        ("--runtime-path", path(&args.runtime_path)),
    ];
    for (option, value) in options {
        if let Some(value) = value {
            acc.extend([" ", option, " ", &quoted(&value)]);
        }
    }
    for (option, patterns) in [("--include", &args.include), ("--exclude", &args.exclude)] {
        for pattern in patterns {
            acc.extend([" ", option, " ", &quoted(pattern)]);
        }
    }
    for library in &args.with {
        acc.extend([" --with ", library.name()]);
    }
    if args.standalone {
        acc.push_str(" --standalone");
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
pub(crate) fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./:@+=,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}
