//! The settings of a run of the generator.

use crate::crate_name::CrateName;
use crate::emit::{Placement, RuntimeSource};
use crate::provenance::Provenance;
use crate::strict::Mode;

/// The settings of a run.
///
/// For example, to generate a crate with a given name, where every skip is an
/// error:
///
/// ```
/// use tamarack::{CrateName, CrateSettings, Layout, Mode, Placement, RuntimeSource, Settings};
///
/// let layout = Layout::Crate(CrateSettings {
///     name: Some(CrateName::parse("petstore-client")?),
///     runtime: RuntimeSource::Registry,
///     placement: Placement::Standalone,
/// });
/// let settings = Settings { layout, mode: Mode::Strict, ..Settings::module("petstore.yaml") };
/// # let _ = settings;
/// # Ok::<(), tamarack::CrateNameError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Settings {
    /// The origin that the files state at their top.
    pub provenance: Provenance,
    /// Whether a node that cannot be generated is skipped, or an error.
    pub mode: Mode,
    /// Whether to generate only a module, or a crate around it.
    pub layout: Layout,
}

/// What to generate: a module, or a crate around it.
#[derive(Clone, Debug)]
pub enum Layout {
    /// The files of a module, including `mod.rs`.
    Module,
    /// A crate: a manifest, and the module as `src/lib.rs`.
    Crate(CrateSettings),
}

/// The options of a crate of one API.
#[derive(Clone, Debug)]
pub struct CrateSettings {
    /// The name of the package. By default it is made from the title of the
    /// document, or else from its file name.
    pub name: Option<CrateName>,
    /// Where the crate finds `tamarack-runtime`.
    pub runtime: RuntimeSource,
    /// Whether the crate is a workspace of its own.
    pub placement: Placement,
}

impl Settings {
    /// Returns the settings of a module whose files state `spec` as their origin,
    /// with nodes that cannot be generated skipped.
    pub fn module(spec: impl Into<String>) -> Self {
        let provenance = Provenance { command: "tamarack::generate".to_owned(), spec: spec.into() };
        Self { provenance, mode: Mode::Lenient, layout: Layout::Module }
    }
}
