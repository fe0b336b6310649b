//! The crates that a project file asks for.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use tamarack::Choices;
use tamarack::project::{self, Crate, ModuleSpec, Project, Spec};

use super::crates::Generated;
use super::unit::{Kind, Overlay, Repeat, Source, Unit};
use crate::{Exit, GenerateArgs, command, input, location, say};

/// Returns the project file: the one that the command line names, or the nearest in this folder or above.
pub(super) fn file(args: &GenerateArgs) -> Result<PathBuf, Exit> {
    if let Some(file) = &args.project {
        return Ok(file.clone());
    }
    let here = std::path::absolute(".").unwrap_or_default();
    let candidates = (0..here.ancestors().count()).map(|n| {
        let up = std::iter::repeat_n("..", n);
        up.collect::<PathBuf>().join(project::FILE)
    });
    let found = candidates.into_iter().find(|it| it.symlink_metadata().is_ok());
    found.ok_or_else(|| {
        say::err(&format!(
            "error: no document is named, and there is no `{}` in this folder or above\nhelp: name a document, \
             or write the file: tamarack init SPEC\n",
            project::FILE
        ));
        Exit::Usage
    })
}

/// Reads a project file, or says what is wrong with it.
pub(super) fn units(args: &GenerateArgs, file: &Path) -> Result<Vec<Unit>, Exit> {
    let text = input::read(file)?;
    let project = Project::parse(&text.name, &text.content).map_err(|errors| {
        for error in errors {
            say::err(&format!("error: {error}\n"));
        }
        Exit::Unreadable
    })?;
    let typed = match (&project.command, &args.project) {
        (Some(command), _) => command.clone(),
        (None, None) => COMMAND.to_owned(),
        (None, Some(file)) => {
            format!("{COMMAND} --project {}", command::quoted(&command::slashed(file)))
        }
    };
    let named = project.command.clone().unwrap_or_else(|| COMMAND.to_owned());
    let base = file.parent().unwrap_or(Path::new(""));
    let of_project = OfProject { args, project: &project, base, named, typed };
    let ones = project.specs.iter().map(|it| of_project.one(it));
    Ok(ones.chain(project.crates.iter().map(|it| of_project.many(it))).collect())
}

const COMMAND: &str = "tamarack generate";

/// What all crates of a project file have in common.
struct OfProject<'a> {
    args: &'a GenerateArgs,
    project: &'a Project,
    /// The folder of the file.
    base: &'a Path,
    named: String,
    typed: String,
}

impl OfProject<'_> {
    fn one(&self, spec: &Spec) -> Unit {
        let (overlay, beside) = (spec.overlay.as_deref(), spec.overlay_beside());
        let source = self.source(&spec.file, overlay, &beside, &spec.choices);
        let out = spec.out.as_deref().map(|it| self.path(it));
        let report = spec.report.as_deref().map(|it| self.path(it));
        let place = Place { out, report, standalone: spec.standalone };
        self.unit(vec![source], Kind::One { name: spec.name.clone() }, place, spec.strict)
    }

    fn many(&self, krate: &Crate) -> Unit {
        let source = |it: &ModuleSpec| {
            self.source(&it.file, it.overlay.as_deref(), &it.overlay_beside(), &it.choices)
        };
        let sources = krate.specs.iter().map(source).collect();
        let out = Some(self.path(&krate.out));
        let place = Place { out, report: None, standalone: krate.standalone };
        self.unit(sources, Kind::Many(krate.clone()), place, krate.strict)
    }

    fn unit(&self, sources: Vec<Source>, kind: Kind, place: Place, strict: bool) -> Unit {
        let runtime_path = self.project.runtime_path.as_deref().map(|it| self.path(it));
        Unit {
            sources,
            kind,
            folder: self.base.to_owned(),
            out: place.out,
            runtime_path,
            standalone: place.standalone,
            mode: crate::mode(strict || self.args.strict),
            report: place.report,
            repeat: Repeat::Project { named: self.named.clone(), typed: self.typed.clone() },
        }
    }

    fn source(&self, file: &str, overlay: Option<&str>, beside: &str, choices: &Choices) -> Source {
        let overlay = match overlay {
            Some(overlay) => Overlay::File(self.path(overlay)),
            None => Overlay::Beside(self.path(beside)),
        };
        let (spec, named) = (self.path(file), PathBuf::from(file));
        Source { spec, named, overlay, choices: choices.clone() }
    }

    /// Returns a path of the file as this process finds it.
    fn path(&self, path: &str) -> PathBuf {
        self.base.join(path)
    }
}

/// Where the crate and its report are.
struct Place {
    out: Option<PathBuf>,
    report: Option<PathBuf>,
    standalone: bool,
}

/// Two crates in one folder would overwrite each other.
pub(super) fn refuse_shared_folders(generated: &[Generated<'_>]) -> Result<(), Exit> {
    let mut seen = BTreeSet::new();
    for it in generated {
        // A place that cannot be told apart is reported where it is written.
        let place = location::resolved(&it.out).unwrap_or_else(|_| it.out.clone());
        if !seen.insert(place) {
            let out = command::shown(&it.out);
            say::err(&format!(
                "error: two crates have the folder `{out}`\nhelp: give one of them another `out`\n"
            ));
            return Err(Exit::Usage);
        }
    }
    Ok(())
}
