//! A generated manifest and the one on the disk in, one with the values of the first and what a person added to the second out.

mod merge;

use std::path::Path;

use tamarack::{provenance, sync};
use toml_edit::{DocumentMut, InlineTable, Item, TomlError, Value};

use crate::location::Workspace;

/// Returns the manifest to write for the crate in `out`.
pub(crate) fn settled(
    generated: &str,
    out: &Path,
    workspace: Option<&Workspace>,
) -> Result<String, TomlError> {
    match sync::read_text(&out.join("Cargo.toml")) {
        Ok(old) if provenance::is_ours(&old) => merge::merged(generated, &old),
        // One that cannot be read, or is not generated, is reported where files are compared.
        Ok(_) | Err(_) => match workspace {
            Some(workspace) => inheriting(generated, workspace),
            None => Ok(generated.to_owned()),
        },
    }
}

/// The keys of `package` that a new member takes from its workspace.
const INHERITED: [&str; 5] = ["authors", "homepage", "license", "publish", "repository"];

/// Lets a new member take from its workspace what that has to give.
fn inheriting(generated: &str, workspace: &Workspace) -> Result<String, TomlError> {
    let mut document: DocumentMut = generated.parse()?;
    if let Some(package) = document.get_mut("package").and_then(Item::as_table_mut) {
        for key in INHERITED {
            if workspace.shared("package", key).is_some() {
                let mut dotted = InlineTable::new();
                dotted.set_dotted(true);
                dotted.insert("workspace", Value::from(true));
                package.insert(key, Item::Value(Value::InlineTable(dotted)));
            }
        }
    }
    for (table, name) in [("dependencies", "serde_json"), ("dev-dependencies", "tokio")] {
        let fits = workspace.shared("dependencies", name).is_some_and(is_version_1);
        let dependency = document.get_mut(table).and_then(|it| it.get_mut(name));
        let Some(dependency) = dependency.filter(|_| fits) else { continue };
        let features = dependency.get("features").cloned();
        let mut inherited = InlineTable::new();
        inherited.insert("workspace", Value::from(true));
        if let Some(Item::Value(features)) = features {
            inherited.insert("features", features);
        }
        *dependency = Item::Value(Value::InlineTable(inherited));
    }
    Ok(document.to_string())
}

/// Returns whether a dependency of a workspace is some version 1 with its default features.
fn is_version_1(dependency: &toml::Value) -> bool {
    let version = dependency.get("version").unwrap_or(dependency).as_str().unwrap_or_default();
    let major = version.trim_start_matches(['^', '=', '~', ' ']).split(['.', ',', ' ']).next();
    let defaults = dependency.get("default-features").and_then(toml::Value::as_bool);
    major == Some("1") && defaults != Some(false)
}
