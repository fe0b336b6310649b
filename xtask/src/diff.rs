//! Names of versions in `specs/` in, what changed from one to the next out.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use tamarack::catalog::{Catalog, Entry};
use tamarack::diagnostic::Sink;
use tamarack::diff::render::{self as report, Report};
use tamarack::diff::{self};
use tamarack::pipeline::{self, Input, Model, Text};
use tamarack::render::{Paint, Texts};

use crate::Exit;

/// Which versions to compare.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// `<provider>/<api>`; without it, every API of the catalog.
    pub(crate) api: Option<String>,
    /// The old version; without it, each stable version and the next.
    pub(crate) old: Option<String>,
    /// The new version.
    pub(crate) new: Option<String>,
}

/// Prints what changed.
pub(crate) fn run(options: &Options) -> Exit {
    match print_all(options) {
        Ok(()) => Exit::Done,
        Err(message) => {
            eprintln!("error: {message}");
            Exit::Unreadable
        }
    }
}

fn print_all(options: &Options) -> Result<(), String> {
    let text = read(&specs().join("catalog.toml"))?;
    let catalog = Catalog::parse("specs/catalog.toml", &text.content)
        .map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
    let paint = if io::stdout().is_terminal() { Paint::Coloured } else { Paint::Plain };
    for (old, new) in pairs(&catalog.entries, options)? {
        let (old_input, new_input) = (input(old)?, input(new)?);
        let (old_model, new_model) = (model(&old_input)?, model(&new_input)?);
        let diff = diff::compare(&old_model, &new_model);
        let report =
            Report { diff: &diff, old: Texts::new(&old_input), new: Texts::new(&new_input) };
        let text = report::text(&report, paint);
        // A reader that goes away is no failure of ours.
        let _ = writeln!(io::stdout(), "{}/{} {text}", new.provider, new.api);
    }
    Ok(())
}

type Pair<'a> = (&'a Entry, &'a Entry);

/// Returns the pairs that are asked for. A version with letters after the
/// date, such as `2026-01.alpha`, is not stable and not compared unasked.
fn pairs<'a>(entries: &'a [Entry], options: &Options) -> Result<Vec<Pair<'a>>, String> {
    let name = |it: &Entry| format!("{}/{}", it.provider, it.api);
    let wanted = |it: &&Entry| options.api.as_ref().is_none_or(|api| *api == name(it));
    let entries: Vec<_> = entries.iter().filter(wanted).collect();
    if let (Some(api), true) = (&options.api, entries.is_empty()) {
        return Err(format!("the catalog has no API `{api}`"));
    }
    if let (Some(old), Some(new)) = (&options.old, &options.new) {
        let find = |version: &str| {
            let found = entries.iter().find(|it| it.version == version).copied();
            found.ok_or_else(|| format!("the catalog has no version `{version}` of that API"))
        };
        return Ok(vec![(find(old)?, find(new)?)]);
    }
    let mut acc = Vec::new();
    let stable: Vec<_> = entries.into_iter().filter(|it| is_stable(&it.version)).collect();
    for (index, old) in stable.iter().enumerate() {
        let next = stable[index + 1..].iter().find(|it| name(it) == name(old));
        acc.extend(next.map(|new| (*old, *new)));
    }
    Ok(acc)
}

fn is_stable(version: &str) -> bool {
    !["alpha", "beta", "rc", "preview"].iter().any(|it| version.contains(it))
}

fn specs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs")
}

fn read(path: &Path) -> Result<Text, String> {
    let shown = path.strip_prefix(specs()).unwrap_or(path);
    let name = format!("specs/{}", shown.display());
    match fs::read_to_string(path) {
        Ok(content) => Ok(Text { name, content }),
        Err(error) => Err(format!("cannot read `{name}`: {error}")),
    }
}

fn input(entry: &Entry) -> Result<Input, String> {
    let overlay = specs().join(entry.overlay_file());
    let overlay = if overlay.exists() { Some(read(&overlay)?) } else { None };
    Ok(Input { spec: read(&specs().join(&entry.file))?, overlay })
}

fn model(input: &Input) -> Result<Model, String> {
    let model = pipeline::model(input, &mut Sink::default());
    model.ok_or_else(|| format!("`{}` is no OpenAPI document", input.spec.name))
}
