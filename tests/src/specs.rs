//! The catalogs of this repository: their documents and the code generated from them.

use std::fs;
use std::path::{Path, PathBuf};

use tamarack::catalog::{Catalog, Entry};
use tamarack::diff::changes::{self, Api, Version};
use tamarack::{Clients, Files, Input, Listed, Mode, Text, generate_clients};

/// What the files of `generated/` say they are made by.
pub const COMMAND: &str = "cargo xtask codegen";

/// The files beside `src/` that `cargo xtask codegen` owns.
pub use tamarack::emit::TOP_LEVEL;

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
pub fn all() -> Vec<Listed> {
    of(CLIENTS)
}

/// Reads every document of a catalog with its overlay.
///
/// # Panics
///
/// When a file is missing or the catalog is wrong.
pub fn of(target: Target) -> Vec<Listed> {
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
        Listed { entry, input: Input { spec, overlay } }
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

/// Returns what the library makes of some documents of a catalog today.
pub fn clients(target: Target, listed: &[Listed]) -> Clients {
    generate_clients(listed, &catalog(target).krate, COMMAND, Mode::Strict)
}

/// Returns the files of a crate as the library makes them today.
pub fn files(target: Target) -> Files {
    clients(target, &of(target)).files
}

/// Returns the pages of `docs/changes/` as the library makes them today.
///
/// # Panics
///
/// When a document is no OpenAPI.
pub fn pages() -> Files {
    let mut apis: Vec<Api> = Vec::new();
    for Listed { entry, input } in all() {
        let model = tamarack::read(&input).model;
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
