//! The settings of a run of the generator.

use crate::crate_name::CrateName;
use crate::emit::Placement;
use crate::provenance::Provenance;
use crate::strict::Mode;

/// What a run varies by.
///
/// For example, a crate under a name of one's own, with everything that cannot
/// be generated an error:
///
/// ```
/// use tamarack::{CrateName, CrateSettings, Layout, Mode, Placement, Settings};
///
/// let layout = Layout::Crate(CrateSettings {
///     name: Some(CrateName::parse("petstore-client")?),
///     runtime_path: None,
///     placement: Placement::Standalone,
/// });
/// let settings = Settings { layout, mode: Mode::Strict, ..Settings::module("petstore.yaml") };
/// # let _ = settings;
/// # Ok::<(), tamarack::CrateNameError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where the files say they come from.
    pub provenance: Provenance,
    /// What a thing that cannot be generated is: left out, or an error.
    pub mode: Mode,
    /// What is written around the code of the API.
    pub layout: Layout,
}

/// What is written around the code of an API.
#[derive(Clone, Debug)]
pub enum Layout {
    /// Nothing: the files of a module, `mod.rs` among them.
    Module,
    /// A crate of its own: a manifest, and the module as `src/lib.rs`.
    Crate(CrateSettings),
}

/// The options of a crate of one API.
#[derive(Clone, Debug)]
pub struct CrateSettings {
    /// The name of the package; without one it is made from the title of the
    /// document, else from the name of its file.
    pub name: Option<CrateName>,
    /// The folder of `tamarack-runtime`, as cargo reads it: absolute, or
    /// relative to the crate. Without it the runtime comes from the registry.
    pub runtime_path: Option<String>,
    /// Whether the crate is a workspace of its own.
    pub placement: Placement,
}

impl Settings {
    /// Returns the settings for the files of a module that say they come from
    /// `spec`; what cannot be generated is left out.
    pub fn module(spec: impl Into<String>) -> Self {
        let provenance = Provenance { command: "tamarack::generate".to_owned(), spec: spec.into() };
        Self { provenance, mode: Mode::Lenient, layout: Layout::Module }
    }
}
