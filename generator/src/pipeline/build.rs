//! Generates a client in a `build.rs`: reads the document, tells cargo what to watch and what is wrong, and writes to `OUT_DIR`.
//!
//! ```no_run
//! // build.rs
//! fn main() -> Result<(), tamarack::build::Error> {
//!     tamarack::build::configure().spec("petstore.yaml").compile()
//! }
//! ```
//!
//! The crate includes one file, which is a module with the name of the document:
//!
//! ```ignore
//! include!(concat!(env!("OUT_DIR"), "/petstore.rs"));
//!
//! fn client() -> Result<petstore::Client, tamarack_runtime::BuildError> {
//!     petstore::Client::new()
//! }
//! ```
//!
//! It depends on the runtime of generated code, and has the features by which a client gets its default
//! transport. If the document uses HTTP Basic, the runtime also needs its feature `basic`, and for each library of
//! [`Build::with`] the one of that name.
//!
//! ```toml
//! [features]
//! default = ["reqwest013"]
//! reqwest013 = ["tamarack-runtime/reqwest013"]
//! ureq3 = ["tamarack-runtime/ureq3"]
//!
//! [dependencies]
//! serde_json = "1"
//! tamarack-runtime = "0.1"
//!
//! [build-dependencies]
//! tamarack = "0.1"
//! ```

use std::collections::BTreeMap;
use std::env;
use std::fmt::{self, Write as _};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use proc_macro2::Literal;

use super::{Outcome, Settings, generate};
use crate::bundle::gather;
use crate::choices::Choices;
use crate::derives::Derive;
use crate::formats::{Formats, FormatsError, Library};
use crate::input::{Input, Text};
use crate::provenance::Provenance;
use crate::render::{self, Paint, Texts};
use crate::replacement::Replacement;
use crate::strict::{Mode, Verdict};
use crate::sync::{self, Owned, ReadError, SyncError};

/// Returns the configuration of a build script that generates nothing yet.
pub fn configure() -> Build {
    Build { specs: Vec::new(), mode: Mode::Lenient, out_dir: None }
}

/// What a build script generates.
#[derive(Clone, Debug)]
pub struct Build {
    specs: Vec<Spec>,
    mode: Mode,
    out_dir: Option<PathBuf>,
}

/// A document with its overlay, and the module that is made of it.
#[derive(Clone, Debug)]
struct Spec {
    path: PathBuf,
    overlay: Option<PathBuf>,
    module: Option<String>,
    libraries: Vec<Library>,
    choices: Choices,
}

/// Why a build script failed. What is wrong with a document is printed for cargo to show.
#[derive(Debug)]
pub enum Error {
    /// No document is configured.
    NoSpec,
    /// `OUT_DIR` is not set: this is no build script, and `out_dir` is not called.
    NoOutDir,
    /// A document or an overlay cannot be read.
    Read(PathBuf, ReadError),
    /// A document cannot be generated, or not all of it in strict mode.
    Refused(PathBuf),
    /// Two libraries have a type for the same format.
    Formats(FormatsError),
    /// A module cannot be called so; or two are.
    Module(String),
    /// The files cannot be written.
    Write(SyncError),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSpec => f.write_str("no document: call `spec`"),
            Self::NoOutDir => {
                f.write_str("`OUT_DIR` is not set: call `out_dir` outside of a build script")
            }
            Self::Read(path, error) => write!(f, "cannot read `{}`: {error}", path.display()),
            Self::Refused(path) => write!(f, "`{}` cannot be generated", path.display()),
            Self::Module(name) => {
                write!(f, "`{name}` is not the name of one module: call `module`")
            }
            Self::Formats(error) => error.fmt(f),
            Self::Write(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Read(_, error) => Some(error),
            Self::Write(error) => Some(error),
            Self::Formats(error) => Some(error),
            Self::NoSpec | Self::NoOutDir | Self::Refused(_) | Self::Module(_) => None,
        }
    }
}

impl Build {
    /// Adds a document, as a path from the folder of the crate.
    #[must_use]
    pub fn spec(mut self, path: impl Into<PathBuf>) -> Self {
        self.specs.push(Spec {
            path: path.into(),
            overlay: None,
            module: None,
            libraries: Vec::new(),
            choices: Choices::default(),
        });
        self
    }

    /// Generates only some operations of the document that was added last, and what they use: those that
    /// match this pattern, or that of another call. [`Subset`](crate::Subset) says what patterns there are.
    #[must_use]
    pub fn include(mut self, pattern: impl Into<String>) -> Self {
        if let Some(spec) = self.specs.last_mut() {
            spec.choices.subset.include.push(pattern.into());
        }
        self
    }

    /// Leaves operations of the document that was added last out, and what only they use.
    #[must_use]
    pub fn exclude(mut self, pattern: impl Into<String>) -> Self {
        if let Some(spec) = self.specs.last_mut() {
            spec.choices.subset.exclude.push(pattern.into());
        }
        self
    }

    /// Generates the document that was added last with a library, whose types the values of formats have. The
    /// runtime needs the feature [`Library::feature`]. With [`Library::Validate`], your crate declares a feature
    /// `validate` that enables it.
    #[must_use]
    pub fn with(mut self, library: Library) -> Self {
        if let Some(spec) = self.specs.last_mut() {
            spec.libraries.push(library);
        }
        self
    }

    /// Lets types of the document that was added last derive traits beside their own.
    #[must_use]
    pub fn derive(mut self, derive: Derive) -> Self {
        if let Some(spec) = self.specs.last_mut() {
            spec.choices.derives.push(derive);
        }
        self
    }

    /// Uses a type that is written by hand for one of the document that was added last.
    #[must_use]
    pub fn replace(mut self, replacement: Replacement) -> Self {
        if let Some(spec) = self.specs.last_mut() {
            spec.choices.replacements.push(replacement);
        }
        self
    }

    /// Sets the overlay of the document that was added last.
    #[must_use]
    pub fn overlay(mut self, path: impl Into<PathBuf>) -> Self {
        if let Some(spec) = self.specs.last_mut() {
            spec.overlay = Some(path.into());
        }
        self
    }

    /// Sets the name of the module, and of the file to include, of the document that was added last. By
    /// default it is the name of the document up to the first `.`.
    #[must_use]
    pub fn module(mut self, name: impl Into<String>) -> Self {
        if let Some(spec) = self.specs.last_mut() {
            spec.module = Some(name.into());
        }
        self
    }

    /// Sets whether a node that cannot be generated is skipped, or an error.
    #[must_use]
    pub fn mode(mut self, mode: Mode) -> Self {
        self.mode = mode;
        self
    }

    /// Sets the folder that the files are written to [default: `OUT_DIR`].
    #[must_use]
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(folder.into());
        self
    }

    /// Generates the modules. Cargo runs the script again when a document or an overlay changes, and shows
    /// what is wrong with one, with its place.
    pub fn compile(self) -> Result<(), Error> {
        let mut told = String::new();
        let outcome = self.compile_telling(&mut told);
        // Cargo reads it to its end; nobody else does.
        let _ = io::stdout().lock().write_all(told.as_bytes());
        outcome
    }

    /// Does what [`compile`](Self::compile) does, and returns what cargo is to be told.
    fn compile_telling(&self, told: &mut String) -> Result<(), Error> {
        if self.specs.is_empty() {
            return Err(Error::NoSpec);
        }
        let out_dir = match &self.out_dir {
            Some(folder) => folder.clone(),
            None => out_dir_of_cargo().ok_or(Error::NoOutDir)?,
        };
        let mut modules: BTreeMap<String, &Spec> = BTreeMap::new();
        for spec in &self.specs {
            let name = module_name(spec)?;
            if modules.insert(name.clone(), spec).is_some() {
                return Err(Error::Module(name));
            }
        }
        let paths = self.specs.iter().flat_map(|it| [Some(&it.path), it.overlay.as_ref()]);
        for path in paths.flatten() {
            let _ = writeln!(told, "cargo::rerun-if-changed={}", path.display());
        }
        // All are read, so that all that is wrong is said at once.
        let made =
            modules.into_iter().map(|(name, spec)| self.module_of(&name, spec, &out_dir, told));
        made.fold(Ok(()), Result::and)
    }

    fn module_of(
        &self,
        name: &str,
        spec: &Spec,
        out_dir: &Path,
        told: &mut String,
    ) -> Result<(), Error> {
        let overlay = spec.overlay.as_deref().map(read).transpose()?;
        let formats = Formats::new(spec.libraries.iter().copied()).map_err(Error::Formats)?;
        let choices = Choices { formats, ..spec.choices.clone() };
        let input = Input { choices, ..Input::of(read(&spec.path)?, overlay) };
        let input = gather(input, |path| read_other(Path::new(path)));
        for path in input.files.keys() {
            let _ = writeln!(told, "cargo::rerun-if-changed={path}");
        }
        let provenance =
            Provenance { command: "tamarack::build".to_owned(), spec: input.spec.name.clone() };
        let outcome =
            generate(&input, &Settings { provenance, mode: self.mode, ..Settings::module("") });
        tell(&outcome, &input, told);
        if outcome.verdict != Verdict::Sound {
            return Err(Error::Refused(spec.path.clone()));
        }
        let folder = out_dir.join("tamarack").join(name);
        sync::write(&outcome.files, &folder, Owned::Whole).map_err(Error::Write)?;
        // The variable is read by `env!`, which takes no folder whose name is not Unicode.
        let root = Literal::string(&folder.join("mod.rs").to_string_lossy());
        // A file that is included has no docs of its own at its top: those of the module are in its file.
        let text = format!("#[path = {root}]\npub mod {name};\n");
        sync::write_file(&out_dir.join(format!("{name}.rs")), &text).map_err(Error::Write)?;
        Ok(())
    }
}

#[expect(clippy::disallowed_methods, reason = "what is written does not depend on where it is")]
fn out_dir_of_cargo() -> Option<PathBuf> {
    env::var_os("OUT_DIR").map(PathBuf::from)
}

fn module_name(spec: &Spec) -> Result<String, Error> {
    let name = match &spec.module {
        Some(name) => name.clone(),
        None => {
            let file = spec.path.file_name().unwrap_or_default().to_string_lossy();
            file.split('.').next().unwrap_or_default().replace(['-', ' '], "_")
        }
    };
    if syn::parse_str::<syn::Ident>(&name).is_ok() { Ok(name) } else { Err(Error::Module(name)) }
}

fn read(path: &Path) -> Result<Text, Error> {
    match sync::read_text(path) {
        Ok(text) => Ok(Text::new(path.to_string_lossy().replace('\\', "/"), text)),
        Err(error) => Err(Error::Read(path.to_owned(), error)),
    }
}

fn read_other(path: &Path) -> Result<String, String> {
    sync::read_text(path).map_err(|error| error.to_string())
}

/// Tells cargo what is said of a document, a line at a time: it knows no others.
fn tell(outcome: &Outcome, input: &Input, told: &mut String) {
    let key = if outcome.verdict == Verdict::Sound { "warning" } else { "error" };
    let texts = Texts::with_places(input, &outcome.places);
    let text = render::text(&outcome.diagnostics.open, &texts, Paint::Plain);
    for line in text.lines() {
        let _ = writeln!(told, "cargo::{key}={line}");
    }
}

#[cfg(test)]
mod tests;
