//! The project file of this repository: its documents and the code generated from them.

use std::fs;
use std::path::{Path, PathBuf};

use tamarack::project::{Crate, FILE, ModuleSpec, Project};
use tamarack::{
    Clients, ClientsSettings, Dependencies, Files, Input, Listed, Mode, Text, gather,
    generate_clients,
};
use tamarack_diff::changes::{self, Api, Version};

/// What the files of `generated/` say they are made by.
pub const COMMAND: &str = "cargo xtask codegen";

/// The files beside `src/` that `cargo xtask codegen` owns.
pub use tamarack::emit::TOP_LEVEL;

/// Returns the root of the repository.
pub fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}

/// A crate that `cargo xtask codegen` writes.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// The folder of the crate, below the root.
    pub out: &'static str,
}

/// The clients.
pub const CLIENTS: Target = Target { out: "generated" };

/// The crate that holds every construct once.
pub const GOLDENS: Target = Target { out: "tests/goldens" };

/// Reads every document of the clients with its overlay.
///
/// # Panics
///
/// When a file is missing or the project file is wrong.
pub fn all() -> Vec<Listed> {
    of(CLIENTS)
}

/// Reads every document of a crate with its overlay.
///
/// # Panics
///
/// When a file is missing or the project file is wrong.
pub fn of(target: Target) -> Vec<Listed> {
    let text = |file: &str| Text { name: file.to_owned(), content: read(&root().join(file)) };
    let listed = |spec: ModuleSpec| {
        let overlay = spec.overlay_beside();
        let overlay = root().join(&overlay).exists().then(|| text(&overlay));
        let input = Input::of(text(&spec.file), overlay);
        let input = Input { choices: spec.choices.clone(), ..input };
        let input = gather(input, |path| Ok(text(path).content));
        Listed { spec, input }
    };
    krate(target).specs.into_iter().map(listed).collect()
}

/// Reads the entry of a crate.
///
/// # Panics
///
/// When the project file is missing or wrong.
pub fn krate(target: Target) -> Crate {
    let project = Project::parse(FILE, &read(&root().join(FILE)));
    let project = project.unwrap_or_else(|errors| panic!("{errors:?}"));
    let found = project.crates.into_iter().find(|it| it.out == target.out);
    found.unwrap_or_else(|| panic!("no crate in `{}`", target.out))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Returns what the library makes of some documents of a crate today.
pub fn clients(target: Target, listed: &[Listed]) -> Clients {
    let settings = ClientsSettings {
        command: COMMAND.to_owned(),
        mode: Mode::Strict,
        dependencies: Dependencies::OfWorkspace,
    };
    generate_clients(listed, &krate(target), &settings)
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
    for Listed { spec, input } in all() {
        let model = tamarack::read(&input).model;
        let model = model.unwrap_or_else(|| panic!("{}: no OpenAPI", input.spec.name));
        let is_stable = spec.is_stable();
        let (name, version) = (spec.api, spec.version);
        let version = Version { name: version, is_stable, input, model };
        match apis.iter_mut().find(|it| it.name == name) {
            Some(api) => api.versions.push(version),
            None => apis.push(Api { name, versions: vec![version] }),
        }
    }
    changes::files(&apis, COMMAND)
}
