//! The command `tamarack init`: writes a project file with comments.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use tamarack::{Mode, Verdict, project};

use crate::messages::{self, Said};
use crate::{Exit, MessageFormat, command, generate, input, say};

/// Writes `tamarack.toml` into this folder, for documents that can be read.
pub(crate) fn run(specs: &[PathBuf]) -> Exit {
    match init(specs) {
        Ok(()) => Exit::Done,
        Err(exit) => exit,
    }
}

fn init(specs: &[PathBuf]) -> Result<(), Exit> {
    let file = Path::new(project::FILE);
    if file.symlink_metadata().is_ok() {
        say::err(&format!("error: `{}` exists already; nothing is written\n", project::FILE));
        return Err(Exit::Failed);
    }
    let entries: Vec<_> = specs.iter().map(|it| entry(it)).collect();
    let entries = entries.into_iter().collect::<Result<Vec<String>, Exit>>()?;
    generate::write_file(file, &format!("{HEAD}{}", entries.concat()))?;
    say::out(&format!("{}: {}\n", project::FILE, crate::summary::counted(specs.len(), "document")));
    say::out("next: tamarack generate\n");
    Ok(())
}

const HEAD: &str = "\
# What `tamarack generate` writes when no document is named. Paths are relative to this file.
# Each `[[spec]]` becomes a crate; `[[crate]]` makes one crate of several documents.

# Stop at what cannot be generated, unless an overlay accepts it.
# strict = true
";

/// Returns the entry of a document, with all that could be said of it.
fn entry(spec: &Path) -> Result<String, Exit> {
    if input::is_stdin(spec) {
        say::err("error: a project file names files; standard input has no name\n");
        return Err(Exit::Usage);
    }
    let input = input::read_all(spec, None)?;
    let prepared = tamarack::prepare(&input, Mode::Lenient);
    if prepared.verdict() != Verdict::Sound {
        let outcome = prepared.outcome();
        let (places, open) = (&outcome.places, &outcome.diagnostics.open);
        let said = [Said { input: &input, places, open }];
        say::rendered_err(&messages::rendered(&said, MessageFormat::Text));
        return Err(prepared.verdict().into());
    }
    let name = prepared.crate_name().as_str();
    let file = command::slashed(spec);
    let beside = project::overlay_beside(&file);
    let report = format!("{name}.report.json");
    let text = |value: &str| toml::Value::from(value).to_string();
    let mut acc = String::new();
    let _ = write!(
        acc,
        "\n[[spec]]\n\
         file = {}\n\
         # The folder of the crate, and its name.\n\
         out = {}\n\
         name = {}\n\
         # What the document does not state; this file is used as soon as it exists.\n\
         # overlay = {}\n\
         # Stop at what cannot be generated, for this document alone.\n\
         # strict = true\n\
         # Types of libraries for the values of formats.\n\
         # with = [\"jiff\", \"uuid\"]\n\
         # A workspace of its own, also inside another one.\n\
         # standalone = true\n\
         # What was generated, degraded and skipped, for programs.\n\
         # report = {}\n",
        text(&file),
        text(name),
        text(name),
        text(&beside),
        text(&report),
    );
    Ok(acc)
}
