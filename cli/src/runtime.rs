//! Finds the crate `tamarack-runtime`, which generated code stands on.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use tamarack::RuntimeSource;
use tamarack::sync::{self, ReadError};
use toml::de::DeTable;

use crate::command;
use crate::location::{self, Workspace};

/// The package that generated code stands on.
pub(crate) const RUNTIME: &str = "tamarack-runtime";

/// Why the runtime is not found.
#[derive(Debug)]
pub(crate) enum RuntimeError {
    /// The folder that was given has no manifest that can be read.
    Manifest(PathBuf, ReadError),
    /// It holds another package, or a manifest that is none.
    Package(PathBuf),
    /// A path cannot be told from the output to it.
    Path(PathBuf, io::Error),
    /// It is in none of the places where it is looked for.
    Nowhere,
}

impl fmt::Display for RuntimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Manifest(path, error) => write!(
                f,
                "`--runtime-path` must be the directory of `{RUNTIME}`; cannot read `{}`: {error}",
                command::slashed(path)
            ),
            Self::Package(path) => write!(
                f,
                "`--runtime-path` must be the directory of `{RUNTIME}`; `{}` is another package",
                command::slashed(path)
            ),
            Self::Path(path, error) => write!(f, "`{}`: {error}", command::slashed(path)),
            Self::Nowhere => write!(
                f,
                "cannot find the crate `{RUNTIME}`, which the generated crate depends on: it is no longer where \
                 `tamarack` was built\nhelp: say where it is: `--runtime-path DIR`, the folder `runtime` of \
                 Tamarack's repository"
            ),
        }
    }
}

impl std::error::Error for RuntimeError {}

/// What a build of this program knows of the place where the runtime is.
#[derive(Clone, Copy, Debug)]
struct Build<'a> {
    /// The folder of this package.
    package: &'a str,
    /// The URL of the repository; empty if the manifest has none.
    repository: &'a str,
}

/// This build.
const BUILD: Build<'static> =
    Build { package: env!("CARGO_MANIFEST_DIR"), repository: env!("CARGO_PKG_REPOSITORY") };

/// Finds the runtime: where the command line says, where the crate in `out` has it already, among the
/// dependencies of the workspace, where this program was built, in the registry, in the repository.
pub(crate) fn find(
    given: Option<&Path>,
    out: &Path,
    workspace: Option<&Workspace>,
) -> Result<RuntimeSource, RuntimeError> {
    if let Some(given) = given {
        return from_given(given, out).map(RuntimeSource::Path);
    }
    if let Some(found) = from_manifest(out) {
        return Ok(found);
    }
    if workspace.is_some_and(|it| it.shared("dependencies", RUNTIME).is_some()) {
        return Ok(RuntimeSource::Workspace);
    }
    from_build(BUILD, out)
}

/// Returns the path of the runtime as the manifest in `out` has to have it:
/// one that is given relative to the working directory becomes relative to
/// `out`, an absolute one stays.
fn from_given(given: &Path, out: &Path) -> Result<String, RuntimeError> {
    let manifest = given.join("Cargo.toml");
    match sync::read_text(&manifest) {
        Ok(text) if is_runtime(&text) => {}
        Ok(_) => return Err(RuntimeError::Package(manifest)),
        Err(error) => return Err(RuntimeError::Manifest(manifest, error)),
    }
    if given.is_absolute() {
        return Ok(command::slashed(given));
    }
    relative(given, out)
}

/// Returns where the crate that is in `out` finds the runtime, as long as it is there.
fn from_manifest(out: &Path) -> Option<RuntimeSource> {
    let text = sync::read_text(&out.join("Cargo.toml")).ok()?;
    let table: toml::Table = toml::from_str(&text).ok()?;
    let dependency = table.get("dependencies")?.get(RUNTIME)?;
    let text = |key: &str| dependency.get(key).and_then(toml::Value::as_str);
    if let Some(path) = text("path") {
        return is_runtime_in(&out.join(path)).then(|| RuntimeSource::Path(path.to_owned()));
    }
    if let Some(url) = text("git") {
        return Some(RuntimeSource::Git(url.to_owned()));
    }
    if dependency.get("workspace").and_then(toml::Value::as_bool) == Some(true) {
        return Some(RuntimeSource::Workspace);
    }
    text("registry").map(|_| RuntimeSource::Registry)
}

fn from_build(build: Build<'_>, out: &Path) -> Result<RuntimeSource, RuntimeError> {
    let package = Path::new(build.package);
    let beside = package.with_file_name("runtime");
    if is_runtime_in(&beside) {
        return relative(&beside, out).map(RuntimeSource::Path);
    }
    // Cargo writes this file into each package that it publishes, and the runtime is published with this one.
    if package.join("Cargo.toml.orig").is_file() {
        return Ok(RuntimeSource::Registry);
    }
    match build.repository {
        "" => Err(RuntimeError::Nowhere),
        url => Ok(RuntimeSource::Git(url.to_owned())),
    }
}

fn is_runtime_in(folder: &Path) -> bool {
    sync::read_text(&folder.join("Cargo.toml")).is_ok_and(|it| is_runtime(&it))
}

fn is_runtime(manifest: &str) -> bool {
    DeTable::parse(manifest).is_ok_and(|it| {
        let package = it.get_ref().get("package").and_then(|it| it.get_ref().as_table());
        let name = package.and_then(|it| it.get("name")).and_then(|it| it.get_ref().as_str());
        name == Some(RUNTIME)
    })
}

fn relative(folder: &Path, out: &Path) -> Result<String, RuntimeError> {
    let full = |path: &Path| {
        location::resolved(path).map_err(|error| RuntimeError::Path(path.to_owned(), error))
    };
    Ok(command::slashed(&location::relative(&full(out)?, &full(folder)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_build_knows_the_runtime_beside_it_or_the_repository_or_says_so() {
        let out = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("pets");
        let found = from_build(BUILD, &out).unwrap();
        assert_eq!(found, RuntimeSource::Path("../runtime".to_owned()));
        let gone = |repository| Build { package: "/nowhere/cli", repository };
        let found = from_build(gone("https://git.example/tamarack"), &out).unwrap();
        assert_eq!(found, RuntimeSource::Git("https://git.example/tamarack".to_owned()));
        let error = from_build(gone(""), &out).unwrap_err();
        assert!(matches!(error, RuntimeError::Nowhere), "{error:?}");
        let said = error.to_string();
        assert!(said.contains("\nhelp: ") && said.contains("--runtime-path"), "{said}");
    }
}
