//! Reads the project file and the documents that it lists.

use std::fs;
use std::io;
use std::path::Path;

use tamarack::project::{FILE, ModuleSpec, OVERLAY_SUFFIX, Project};
use tamarack::render::{self, Paint, Texts};
use tamarack::{Input, Outcome, Text, gather, sync};
use tamarack_diff::changes::Version;

use crate::Exit;
use crate::codegen::root;

/// Why a command stops, and how.
#[derive(Debug)]
pub(crate) struct Stop {
    /// How the run ends.
    pub(crate) exit: Exit,
    /// What is said last.
    pub(crate) message: String,
}

/// What is only a message is about something that cannot be read.
impl From<String> for Stop {
    fn from(message: String) -> Self {
        Self { exit: Exit::Unreadable, message }
    }
}

impl Stop {
    /// Says why, and returns how the run ends.
    pub(crate) fn say(self) -> Exit {
        eprintln!("error: {}", self.message);
        self.exit
    }
}

/// Reads the project file.
pub(crate) fn project() -> Result<Project, String> {
    let text = read(FILE)?;
    Project::parse(&text.name, &text.content).map_err(|errors| {
        let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
        errors.join("\nerror: ")
    })
}

/// Returns the documents whose clients are published, in the order of the project file.
pub(crate) fn published() -> Result<Vec<ModuleSpec>, String> {
    let crates = project()?.crates.into_iter().filter(|it| it.publish);
    Ok(crates.flat_map(|it| it.specs).collect())
}

/// Reads a document with its overlay. What is left out of it was said when
/// code was generated.
pub(crate) fn version(spec: &ModuleSpec) -> Result<Version, Stop> {
    let input = input(spec)?;
    let Outcome { model, diagnostics, verdict, .. } = tamarack::read(&input);
    let model = model.ok_or_else(|| {
        let said = render::text(&diagnostics.open, &Texts::new(&input), Paint::Plain);
        let message = format!("`{}` cannot be compared\n{said}", input.spec.name);
        Stop { exit: verdict.into(), message: message.trim_end().to_owned() }
    })?;
    Ok(Version { name: spec.version.clone(), is_stable: spec.is_stable(), input, model })
}

/// Reads a document and the overlay beside it. A document needs none; one that is there and cannot be
/// read, a link that leads nowhere among them, is not passed over.
pub(crate) fn input(spec: &ModuleSpec) -> Result<Input, String> {
    let overlay = match &spec.overlay {
        Some(overlay) => Some(read(overlay)?),
        None => {
            let beside = spec.overlay_beside();
            match fs::symlink_metadata(root().join(&beside)) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => None,
                _ => Some(read(&beside)?),
            }
        }
    };
    let input = Input::of(read(&spec.file)?, overlay);
    let input = Input { choices: spec.choices.clone(), ..input };
    Ok(gather(input, |path| Ok(read(path)?.content)))
}

/// Reads a file below the root.
pub(crate) fn read(name: &str) -> Result<Text, String> {
    match sync::read_text(&root().join(name)) {
        Ok(content) => Ok(Text { name: name.to_owned(), content }),
        Err(error) => Err(format!("cannot read `{name}`: {error}")),
    }
}

/// Returns every overlay below a folder, as paths relative to it with `/`.
pub(crate) fn overlays(folder: &Path) -> io::Result<Vec<String>> {
    let mut acc = Vec::new();
    let mut inside = vec![String::new()];
    while let Some(below) = inside.pop() {
        for entry in fs::read_dir(folder.join(&below))? {
            let entry = entry?;
            let path = format!("{below}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                inside.push(path + "/");
            } else if path.ends_with(OVERLAY_SUFFIX) {
                acc.push(path);
            }
        }
    }
    acc.sort();
    Ok(acc)
}
