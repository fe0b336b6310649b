//! The project file `tamarack.toml`: which crates are generated, from which documents, and how.
//!
//! Paths in it are relative to its folder and use `/`. It is read by [`Project::parse`]; nothing here
//! looks at the disk.

mod fault;
mod modules;
mod read;
mod table;

use crate::choices::Choices;
use crate::crate_name::CrateName;

pub use fault::{FaultKind, ProjectError};

/// What the file is called.
pub const FILE: &str = "tamarack.toml";

/// What the name of an overlay ends with.
pub const OVERLAY_SUFFIX: &str = ".overlay.toml";

/// What a project file says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Project {
    /// The command that the generated files name, if not `tamarack generate`.
    pub command: Option<String>,
    /// The directory of `tamarack-runtime`.
    pub runtime_path: Option<String>,
    /// The documents that become a crate each (`[[spec]]`).
    pub specs: Vec<Spec>,
    /// The crates with a module for each of several documents (`[[crate]]`).
    pub crates: Vec<Crate>,
}

/// A document that becomes a crate.
#[derive(Clone, Debug, PartialEq)]
pub struct Spec {
    /// The document.
    pub file: String,
    /// Its overlay; without it, the one beside the document, if there is one.
    pub overlay: Option<String>,
    /// The folder of the crate; without it, one that is called like the crate.
    pub out: Option<String>,
    /// The name of the crate; without it, one made from the title of the document.
    pub name: Option<CrateName>,
    /// Whether a node that cannot be generated is an error.
    pub strict: bool,
    /// Whether the crate is a workspace of its own, also inside another one.
    pub standalone: bool,
    /// The file for a report on what was generated.
    pub report: Option<String>,
    /// What is chosen of it.
    pub choices: Choices,
}

/// A crate with a module for each of several documents.
#[derive(Clone, Debug, PartialEq)]
pub struct Crate {
    /// The name of the crate.
    pub name: CrateName,
    /// Its folder.
    pub out: String,
    /// What the crate is.
    pub description: String,
    /// Whether it may be published.
    pub publish: bool,
    /// Whether a node that cannot be generated is an error.
    pub strict: bool,
    /// Whether the crate is a workspace of its own, also inside another one.
    pub standalone: bool,
    /// The documents.
    pub specs: Vec<ModuleSpec>,
}

/// A document that becomes a module of a crate.
#[derive(Clone, Debug, PartialEq)]
pub struct ModuleSpec {
    /// The document.
    pub file: String,
    /// Its overlay; without it, the one beside the document, if there is one.
    pub overlay: Option<String>,
    /// The module, for example `acme::oauth::v2026_01_alpha`.
    pub module: String,
    /// The Cargo feature that turns the module on; without it, the words of the module joined by `-`.
    pub feature: String,
    /// Whether the feature is on by default.
    pub default: bool,
    /// Whose API it is and which, for example `acme/oauth`: documents with the same one are versions of it.
    pub api: String,
    /// The version as its provider writes it, for example `2026-01.alpha`.
    pub version: String,
    /// What is chosen of it.
    pub choices: Choices,
}

impl Spec {
    /// Returns the path of the overlay beside the document; the file need not exist.
    pub fn overlay_beside(&self) -> String {
        overlay_beside(&self.file)
    }
}

impl ModuleSpec {
    /// Returns whether the version is a release: one with a word such as
    /// `alpha` in it is not.
    pub fn is_stable(&self) -> bool {
        let version = self.version.to_ascii_lowercase();
        let mut words = version.split(|c: char| !c.is_ascii_alphabetic());
        words.all(|it| !["alpha", "beta", "rc", "preview"].contains(&it))
    }

    /// Returns the path of the overlay beside the document; the file need not exist.
    pub fn overlay_beside(&self) -> String {
        overlay_beside(&self.file)
    }
}

/// Returns the path of the overlay beside a document: `pets.yaml` and `pets.oas.yaml` have `pets.overlay.toml` beside them.
pub fn overlay_beside(file: &str) -> String {
    let without = |name: &str, endings: &[&str]| {
        let ending = endings.iter().find(|it| name.len() > it.len() && name.ends_with(*it));
        name.len() - ending.map_or(0, |it| it.len())
    };
    let stem = &file[..without(file, &[".yaml", ".yml", ".json"])];
    let stem = &stem[..without(stem, &[".oas", ".openapi"])];
    format!("{stem}{OVERLAY_SUFFIX}")
}

impl Project {
    /// Reads a project file; `file` is its name in messages. Returns every
    /// error in the order of the file, not only the first.
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<ProjectError>> {
        read::read(file, text)
    }
}
