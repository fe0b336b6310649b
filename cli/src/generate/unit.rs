//! A crate to generate, as the command line or the project file says.

use std::path::{Path, PathBuf};

use tamarack::{Choices, CrateName, Mode, Subset, project};

use crate::{Exit, GenerateArgs, command, input};

/// A crate to generate.
pub(crate) struct Unit {
    /// Its documents.
    pub(super) sources: Vec<Source>,
    /// Whether it is the crate of one API or of several.
    pub(super) kind: Kind,
    /// The folder in which its own is, if nothing else is said.
    pub(super) folder: PathBuf,
    /// Its folder; without it, one that is called like the crate.
    pub(super) out: Option<PathBuf>,
    /// The folder of the runtime.
    pub(super) runtime_path: Option<PathBuf>,
    /// Whether it is a workspace of its own.
    pub(super) standalone: bool,
    /// Whether a node that cannot be generated is an error.
    pub(super) mode: Mode,
    /// The file for the report.
    pub(super) report: Option<PathBuf>,
    /// What repeats the run.
    pub(super) repeat: Repeat,
}

/// A document with its overlay.
pub(super) struct Source {
    /// The document, as it is read.
    pub(super) spec: PathBuf,
    /// The document, as generated files name it.
    pub(super) named: PathBuf,
    /// Its overlay.
    pub(super) overlay: Overlay,
    /// What is chosen of it.
    pub(super) choices: Choices,
}

/// Where the overlay of a document is.
pub(super) enum Overlay {
    /// There is none.
    None,
    /// It is this file.
    File(PathBuf),
    /// It is this file, if that exists.
    Beside(PathBuf),
}

/// What a crate holds.
pub(super) enum Kind {
    /// One API, at its root.
    One {
        /// The name of the crate.
        name: Option<CrateName>,
    },
    /// Several APIs, each in a module.
    Many(project::Crate),
}

/// What repeats a run.
pub(super) enum Repeat {
    /// A command line with a document.
    Line(Box<GenerateArgs>),
    /// A project file.
    Project {
        /// The command that generated files name.
        named: String,
        /// The command that brings the output up to date, here.
        typed: String,
    },
}

impl Unit {
    /// Returns the crate that a command line with a document asks for.
    pub(super) fn of_command_line(args: &GenerateArgs, spec: &Path) -> Result<Self, Exit> {
        let overlay = args.overlay.clone().map_or(Overlay::None, Overlay::File);
        let named = input::spec_name(spec).to_owned();
        let subset = Subset { include: args.include.clone(), exclude: args.exclude.clone() };
        let formats = crate::formats(&args.with)?;
        Ok(Self {
            sources: vec![Source {
                spec: spec.to_owned(),
                named,
                overlay,
                choices: Choices { subset, formats, ..Choices::default() },
            }],
            kind: Kind::One { name: args.name.clone() },
            folder: PathBuf::new(),
            out: args.out.clone(),
            runtime_path: args.runtime_path.clone(),
            standalone: args.standalone,
            mode: crate::mode(args.strict),
            report: args.report.clone(),
            repeat: Repeat::Line(Box::new(args.clone())),
        })
    }

    /// Returns the files that it is made from, and those that would be if they existed.
    pub(super) fn inputs(&self) -> impl Iterator<Item = PathBuf> {
        self.sources.iter().flat_map(|it| {
            let overlay = match &it.overlay {
                Overlay::None => None,
                Overlay::File(path) | Overlay::Beside(path) => Some(path.clone()),
            };
            [Some(it.spec.clone()), overlay].into_iter().flatten()
        })
    }

    /// Returns the files that its documents refer to.
    pub(super) fn others(&self) -> impl Iterator<Item = PathBuf> {
        self.sources.iter().flat_map(|it| {
            let overlay = match &it.overlay {
                Overlay::None => None,
                Overlay::File(path) | Overlay::Beside(path) => Some(path.as_path()),
            };
            input::others(&it.spec, overlay)
        })
    }

    /// Returns the command that generated files name.
    pub(super) fn named_command(&self, out: &Path) -> String {
        match &self.repeat {
            Repeat::Line(args) => command::without_out(args, out),
            Repeat::Project { named, .. } => named.clone(),
        }
    }

    /// Returns the command that brings the output up to date.
    pub(super) fn typed_command(&self) -> String {
        match &self.repeat {
            Repeat::Line(args) => command::with_out(args),
            Repeat::Project { typed, .. } => typed.clone(),
        }
    }
}
