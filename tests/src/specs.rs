//! The catalog of this repository in, its documents and what the library makes of them out.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tamarack::catalog::{Catalog, Entry};
use tamarack::diagnostic::{Diagnostic, Sink};
use tamarack::emit::{self, ClientsModule, Provenance};
use tamarack::pipeline::{self, Input, Text};

/// What the files of `generated/` say they are made by.
pub const COMMAND: &str = "cargo xtask codegen";

/// The files beside `src/` that `cargo xtask codegen` owns.
pub const TOP_LEVEL: [&str; 2] = ["Cargo.toml", "rustfmt.toml"];

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

/// Reads every document of the catalog with its overlay.
///
/// # Panics
///
/// When a file is missing or the catalog is wrong.
pub fn all() -> Vec<Spec> {
    let specs = root().join("specs");
    let catalog = catalog();
    let text =
        |file: &str| Text { name: format!("specs/{file}"), content: read(&specs.join(file)) };
    let spec = |entry: Entry| {
        let spec = text(&entry.file);
        let overlay = entry.overlay_file();
        let overlay = specs.join(&overlay).exists().then(|| text(&overlay));
        Spec { entry, input: Input { spec, overlay } }
    };
    catalog.entries.into_iter().map(spec).collect()
}

/// Reads the catalog.
///
/// # Panics
///
/// When it is missing or wrong.
pub fn catalog() -> Catalog {
    Catalog::parse("specs/catalog.toml", &read(&root().join("specs/catalog.toml")))
        .unwrap_or_else(|errors| panic!("{errors:?}"))
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

/// Returns the files of `generated/` as the library makes them today.
pub fn clients_files() -> BTreeMap<String, String> {
    let modules: Vec<_> = all().iter().map(|spec| module(spec).0).collect();
    emit::clients_files(&modules, &catalog().krate, COMMAND)
}
