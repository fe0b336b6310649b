//! The location of the crate as cargo sees it: the path of the runtime, the workspace around it.

use std::fmt;
use std::io;
use std::path::{Component, Path, PathBuf};

use glob::{MatchOptions, Pattern};
use tamarack::sync::{self, ReadError};

use crate::command;

/// The package that generated code stands on.
const RUNTIME: &str = "tamarack-runtime";

/// Why a folder is not the runtime.
#[derive(Debug)]
pub(crate) enum RuntimeError {
    /// It has no manifest that can be read.
    Manifest(PathBuf, ReadError),
    /// It holds another package, or a manifest that is none.
    Package(PathBuf),
    /// A path cannot be told from the output to it.
    Path(PathBuf, io::Error),
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
        }
    }
}

impl std::error::Error for RuntimeError {}

/// Returns the path of the runtime as the manifest in `out` has to have it:
/// one that is given relative to the working directory becomes relative to
/// `out`, an absolute one stays.
pub(crate) fn runtime_path(given: &Path, out: &Path) -> Result<String, RuntimeError> {
    let manifest = given.join("Cargo.toml");
    let text = match sync::read_text(&manifest) {
        Ok(text) => text,
        Err(error) => return Err(RuntimeError::Manifest(manifest, error)),
    };
    let package = toml::from_str(&text).ok().and_then(|it: toml::Table| {
        it.get("package")
            .and_then(|it| it.get("name"))
            .and_then(|it| it.as_str().map(str::to_owned))
    });
    if package.as_deref() != Some(RUNTIME) {
        return Err(RuntimeError::Package(manifest));
    }
    if given.is_absolute() {
        return Ok(command::slashed(given));
    }
    let full =
        |path: &Path| resolved(path).map_err(|error| RuntimeError::Path(path.to_owned(), error));
    Ok(command::slashed(&relative(&full(out)?, &full(given)?)))
}

/// Returns a path as generated files name it: as it was given, and an absolute one relative to `out`, or
/// by its last name where the way leads through the root of the file system. What is generated is the same
/// on every machine.
pub(crate) fn portable(given: &Path, out: &Path) -> PathBuf {
    if !given.is_absolute() {
        return given.to_owned();
    }
    let name = || given.file_name().map_or_else(|| given.to_owned(), PathBuf::from);
    let (Ok(from), Ok(to)) = (resolved(out), resolved(given)) else { return name() };
    let way = relative(&from, &to);
    let n_up = way.components().filter(|it| *it == Component::ParentDir).count();
    let n_below_root = from.components().filter(|it| matches!(it, Component::Normal(_))).count();
    if way.is_absolute() || n_up >= n_below_root { name() } else { way }
}

/// Returns where a path is, or will be, without links and `..`.
fn resolved(path: &Path) -> io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    let parts: Vec<Component<'_>> = path.components().collect();
    for n in (1..=parts.len()).rev() {
        let existing: PathBuf = parts[..n].iter().collect();
        let mut acc = match existing.canonicalize() {
            Ok(found) => found,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        for part in &parts[n..] {
            match part {
                Component::ParentDir => {
                    acc.pop();
                }
                part => acc.push(part),
            }
        }
        return Ok(acc);
    }
    Ok(path)
}

/// Returns the way from one folder to another one.
fn relative(from: &Path, to: &Path) -> PathBuf {
    let (mut from, mut to) = (from.components().peekable(), to.components().peekable());
    if from.peek() != to.peek() {
        // Another drive: there is no way.
        return to.collect();
    }
    while from.peek().is_some() && from.peek() == to.peek() {
        from.next();
        to.next();
    }
    let up = from.map(|_| Component::ParentDir);
    let way: PathBuf = up.chain(to).collect();
    if way.as_os_str().is_empty() { PathBuf::from(".") } else { way }
}

/// The workspace that a crate would be a part of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Workspace {
    /// Its manifest.
    pub(crate) manifest: PathBuf,
    /// The crate as `members` has to name it; `None` when it does so already.
    pub(crate) unlisted: Option<String>,
}

/// Finds the workspace above `out`, by cargo's rules: the nearest manifest with
/// a `[workspace]` that does not exclude the crate.
pub(crate) fn workspace(out: &Path) -> io::Result<Option<Workspace>> {
    let out = resolved(out)?;
    for folder in out.ancestors().skip(1) {
        let manifest = folder.join("Cargo.toml");
        let Ok(member) = out.strip_prefix(folder) else { continue };
        // What is no TOML is for cargo to complain about.
        let text = sync::read_text(&manifest).unwrap_or_default();
        let table: toml::Table = toml::from_str(&text).unwrap_or_default();
        let workspace = table.get("workspace").and_then(toml::Value::as_table);
        match workspace.map(|it| membership(it, member)) {
            None | Some(Membership::Excluded) => {}
            Some(Membership::Listed) => return Ok(Some(Workspace { manifest, unlisted: None })),
            Some(Membership::Unlisted) => {
                let unlisted = Some(command::slashed(member));
                return Ok(Some(Workspace { manifest, unlisted }));
            }
        }
    }
    Ok(None)
}

/// What a workspace says of a crate below it.
enum Membership {
    Excluded,
    Listed,
    Unlisted,
}

fn membership(workspace: &toml::Table, member: &Path) -> Membership {
    let names = |key: &str| -> Vec<&str> {
        let list = workspace.get(key).and_then(toml::Value::as_array);
        list.into_iter().flatten().filter_map(toml::Value::as_str).collect()
    };
    let holds = |it: &&str| member.starts_with(it.trim_start_matches("./"));
    let members = names("members");
    // A folder that is named in both is no longer excluded; patterns do not count.
    if names("exclude").iter().any(holds) && !members.iter().any(holds) {
        Membership::Excluded
    } else if members.iter().any(|it| matches(it, member)) {
        Membership::Listed
    } else {
        Membership::Unlisted
    }
}

/// Returns whether an element of `members` names the crate.
fn matches(element: &str, member: &Path) -> bool {
    let options = MatchOptions { require_literal_separator: true, ..MatchOptions::new() };
    let element = element.trim_start_matches("./").trim_end_matches('/');
    Pattern::new(element).is_ok_and(|it| it.matches_path_with(member, options))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_from_one_folder_to_another_one() {
        for (from, to, expected) in [
            ("/a/b", "/a/c", "../c"),
            ("/a", "/a/b/c", "b/c"),
            ("/a/b/c", "/a", "../.."),
            ("/a", "/a", "."),
            ("/a/b", "/x", "../../x"),
        ] {
            assert_eq!(
                relative(Path::new(from), Path::new(to)),
                Path::new(expected),
                "{from} {to}"
            );
        }
    }

    #[test]
    fn no_path_of_a_machine_is_named() {
        for (given, out, expected) in [
            ("specs/a.yaml", "out", "specs/a.yaml"),
            ("../a.yaml", "/none/out", "../a.yaml"),
            ("/none/home/specs/a.yaml", "/none/home/out", "../specs/a.yaml"),
            ("/none/home/a.yaml", "/none/other/out", "../../home/a.yaml"),
            ("/none/home/a.yaml", "/other/out", "a.yaml"),
        ] {
            assert_eq!(
                portable(Path::new(given), Path::new(out)),
                Path::new(expected),
                "{given} {out}"
            );
        }
    }

    #[test]
    fn members_are_matched_as_cargo_matches_them() {
        for (element, member, expected) in [
            ("crates/notes", "crates/notes", true),
            ("./crates/notes/", "crates/notes", true),
            ("crates/*", "crates/notes", true),
            ("crates/*", "crates/deep/notes", false),
            ("crates/**", "crates/deep/notes", true),
            ("crates/no?es", "crates/notes", true),
            ("crates", "crates/notes", false),
            ("[", "[", false),
        ] {
            assert_eq!(matches(element, Path::new(member)), expected, "{element} {member}");
        }
    }
}
