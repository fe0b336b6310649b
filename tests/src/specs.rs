//! The catalogs of this repository in, their documents and what the library makes of them out.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tamarack::catalog::{Catalog, Entry};
use tamarack::diagnostic::{Diagnostic, Sink};
use tamarack::diff::changes::{self, Api, Version};
use tamarack::emit::{self, ClientsModule, Provenance};
use tamarack::pipeline::{self, Input, Text};

/// What the files of `generated/` say they are made by.
pub const COMMAND: &str = "cargo xtask codegen";

/// The files beside `src/` that `cargo xtask codegen` owns.
pub use tamarack::emit::TOP_LEVEL;

/// A document of the catalog.
#[derive(Clone, Debug)]
pub struct Spec {
    /// Its entry.
    pub entry: Entry,
    /// Its text and that of its overlay.
    pub input: Input,
}

/// Returns the root of the repository.
pub fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}

/// A crate that `cargo xtask codegen` writes: from where, to where, as what.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// The folder of the catalog and its documents, below the root.
    pub specs: &'static str,
    /// The folder of the crate, below the root.
    pub out: &'static str,
}

/// The clients.
pub const CLIENTS: Target = Target { specs: "specs", out: "generated" };

/// The crate that holds every construct once.
pub const GOLDENS: Target = Target { specs: "tests/goldens/specs", out: "tests/goldens" };

/// Reads every document of the clients' catalog with its overlay.
///
/// # Panics
///
/// When a file is missing or the catalog is wrong.
pub fn all() -> Vec<Spec> {
    of(CLIENTS)
}

/// Reads every document of a catalog with its overlay.
///
/// # Panics
///
/// When a file is missing or the catalog is wrong.
pub fn of(target: Target) -> Vec<Spec> {
    let specs = root().join(target.specs);
    let catalog = catalog(target);
    let text = |file: &str| Text {
        name: format!("{}/{file}", target.specs),
        content: read(&specs.join(file)),
    };
    let spec = |entry: Entry| {
        let spec = text(&entry.file);
        let overlay = entry.overlay_file();
        let overlay = specs.join(&overlay).exists().then(|| text(&overlay));
        Spec { entry, input: Input { spec, overlay } }
    };
    catalog.entries.into_iter().map(spec).collect()
}

/// Reads a catalog.
///
/// # Panics
///
/// When it is missing or wrong.
pub fn catalog(target: Target) -> Catalog {
    let path = root().join(target.specs).join("catalog.toml");
    Catalog::parse("catalog.toml", &read(&path)).unwrap_or_else(|errors| panic!("{errors:?}"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Returns the module of a document and what the stages said.
///
/// # Panics
///
/// When the document is no OpenAPI.
pub fn module(spec: &Spec) -> (ClientsModule, Vec<Diagnostic>) {
    let mut sink = Sink::default();
    let model = pipeline::model(&spec.input, &mut sink);
    let model = model.unwrap_or_else(|| panic!("{}: no OpenAPI", spec.input.spec.name));
    let module = ClientsModule {
        path: spec.entry.module.split("::").map(str::to_owned).collect(),
        feature: spec.entry.feature.clone(),
        default: spec.entry.default,
        provenance: Provenance { command: COMMAND.to_owned(), spec: spec.input.spec.name.clone() },
        module: pipeline::module(&model, &mut sink),
    };
    (module, sink.into_diagnostics())
}

/// Returns the files of a crate as the library makes them today.
pub fn files(target: Target) -> BTreeMap<String, String> {
    let modules: Vec<_> = of(target).iter().map(|spec| module(spec).0).collect();
    files_of(target, &modules)
}

/// Returns the pages of `docs/changes/` as the library makes them today.
///
/// # Panics
///
/// When a document is no OpenAPI.
pub fn pages() -> BTreeMap<String, String> {
    let mut apis: Vec<Api> = Vec::new();
    for Spec { entry, input } in all() {
        let model = pipeline::model(&input, &mut Sink::default());
        let model = model.unwrap_or_else(|| panic!("{}: no OpenAPI", input.spec.name));
        let (name, is_stable) = (entry.api_name(), entry.is_stable());
        let version = Version { name: entry.version, is_stable, input, model };
        match apis.iter_mut().find(|it| it.name == name) {
            Some(api) => api.versions.push(version),
            None => apis.push(Api { name, versions: vec![version] }),
        }
    }
    changes::files(&apis, COMMAND)
}

/// Returns the files of a crate that has these modules.
pub fn files_of(target: Target, modules: &[ClientsModule]) -> BTreeMap<String, String> {
    emit::clients_files(modules, &catalog(target).krate, COMMAND)
}
