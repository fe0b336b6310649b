//! The command `cargo xtask diff`: compares versions in `specs/`.

use std::io::{self, IsTerminal, Write};

use tamarack::project::ModuleSpec;
use tamarack::render::{Paint, Texts};
use tamarack_diff as diff;
use tamarack_diff::render::timeline::{self, TimelineReport};
use tamarack_diff::render::{self as report, Report};

use crate::specs::{self, Stop};
use crate::{DiffFormat, Exit};

/// Which versions to compare.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// `<provider>/<api>`; without it, every API of `specs/`.
    pub(crate) api: Option<String>,
    /// The versions, in order; without them, each stable version and the next.
    pub(crate) versions: Vec<String>,
    /// How the report is written.
    pub(crate) format: DiffFormat,
}

/// Prints what changed.
pub(crate) fn run(options: &Options) -> Exit {
    if options.versions.len() == 1 {
        eprintln!("error: name two versions or more, or none");
        return Exit::Usage;
    }
    if options.format == DiffFormat::Html && options.versions.is_empty() {
        eprintln!("error: a page holds one comparison; name an API and its versions");
        return Exit::Usage;
    }
    match print_all(options) {
        Ok(()) => Exit::Done,
        Err(stop) => stop.say(),
    }
}

fn print_all(options: &Options) -> Result<(), Stop> {
    let specs = specs::published()?;
    let paint = if io::stdout().is_terminal() { Paint::Coloured } else { Paint::Plain };
    for entries in groups(&specs, options)? {
        let report = compared(&entries, options.format, paint)?;
        // A reader that goes away is no failure of ours.
        let _ = match options.format {
            DiffFormat::Text => writeln!(io::stdout(), "{} {report}", entries[0].api),
            DiffFormat::Html => write!(io::stdout(), "{report}"),
        };
    }
    Ok(())
}

/// Returns what changed from the first version to the second, or along all.
fn compared(entries: &[&ModuleSpec], format: DiffFormat, paint: Paint) -> Result<String, Stop> {
    let versions = entries.iter().map(|it| specs::version(it)).collect::<Result<Vec<_>, _>>()?;
    if let [old, new] = versions.as_slice() {
        let diff = diff::compare(&old.model, &new.model).folded();
        let (old, new) = (Texts::new(&old.input), Texts::new(&new.input));
        let report = Report { diff: &diff, old, new, krate: None };
        return Ok(match format {
            DiffFormat::Text => report::text(&report, paint),
            DiffFormat::Html => report::html(&report),
        });
    }
    let (models, inputs): (Vec<_>, Vec<_>) =
        versions.into_iter().map(|it| (it.model, it.input)).unzip();
    let timeline = diff::timeline(&models);
    let report = TimelineReport::new(&timeline, &inputs, None);
    Ok(report.map_or_else(String::new, |it| match format {
        DiffFormat::Text => timeline::text(&it, paint),
        DiffFormat::Html => timeline::html(&it),
    }))
}

/// Returns the versions that are asked for, each group to be compared by
/// itself. A version that is not stable is not compared unasked.
fn groups<'a>(
    entries: &'a [ModuleSpec],
    options: &Options,
) -> Result<Vec<Vec<&'a ModuleSpec>>, String> {
    let wanted = |it: &&ModuleSpec| options.api.as_ref().is_none_or(|api| *api == it.api);
    let entries: Vec<_> = entries.iter().filter(wanted).collect();
    if let (Some(api), true) = (&options.api, entries.is_empty()) {
        return Err(format!("`specs/` has no API `{api}`"));
    }
    if !options.versions.is_empty() {
        let find = |version: &String| {
            let found = entries.iter().find(|it| it.version == *version).copied();
            found.ok_or_else(|| format!("`specs/` has no version `{version}` of that API"))
        };
        return Ok(vec![options.versions.iter().map(find).collect::<Result<_, _>>()?]);
    }
    let mut acc = Vec::new();
    let stable: Vec<_> = entries.into_iter().filter(|it| it.is_stable()).collect();
    for (index, old) in stable.iter().enumerate() {
        let next = stable[index + 1..].iter().find(|it| it.api == old.api);
        acc.extend(next.map(|new| vec![*old, *new]));
    }
    Ok(acc)
}
