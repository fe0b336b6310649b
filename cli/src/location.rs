//! The location of the crate as cargo sees it: paths from it, the workspace around it.

use std::io;
use std::path::{Component, Path, PathBuf};

use glob::{MatchOptions, Pattern};
use tamarack::sync;

use crate::command;

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
pub(crate) fn resolved(path: &Path) -> io::Result<PathBuf> {
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
pub(crate) fn relative(from: &Path, to: &Path) -> PathBuf {
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
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Workspace {
    /// Its manifest.
    pub(crate) manifest: PathBuf,
    /// The crate as `members` or `exclude` have to name it.
    pub(crate) member: String,
    /// Whether `members` does so.
    pub(crate) is_listed: bool,
    /// What its manifest says of it.
    table: toml::Table,
}

impl Workspace {
    /// Returns what members can take from it under a key: of `package`, or of `dependencies`.
    pub(crate) fn shared(&self, table: &str, key: &str) -> Option<&toml::Value> {
        self.table.get(table)?.get(key)
    }
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
        let Some(workspace) = table.get("workspace").and_then(toml::Value::as_table) else {
            continue;
        };
        let is_listed = match membership(workspace, member) {
            Membership::Excluded => continue,
            Membership::Listed => true,
            Membership::Unlisted => false,
        };
        let (table, member) = (workspace.clone(), command::slashed(member));
        return Ok(Some(Workspace { manifest, member, is_listed, table }));
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
