//! Merges a generated manifest into the one that is there.
//!
//! The generator owns the keys that it writes; all others, and all comments, are their author's. A version
//! that a person has set stays until the API has another one, and lists of features are only added to.

use tamarack::provenance;
use toml_edit::{Array, DocumentMut, Item, Table, TableLike, TomlError, Value};

use crate::runtime::RUNTIME;

/// Returns the old manifest with the values of the generated one.
pub(super) fn merged(generated: &str, old: &str) -> Result<String, TomlError> {
    let new: DocumentMut = generated.parse()?;
    let mut acc: DocumentMut = old.parse()?;
    let gone = features_gone(&acc, &new);
    merge_package(&mut acc, &new);
    merge_features(&mut acc, &new, &gone);
    for table in ["dependencies", "dev-dependencies"] {
        merge_dependencies(&mut acc, &new, table);
    }
    merge_workspace(&mut acc, &new);
    Ok(with_note(&acc.to_string(), generated))
}

/// Returns a table of the manifest, made where there is none.
fn table<'a>(
    document: &'a mut DocumentMut,
    new: &DocumentMut,
    name: &str,
) -> &'a mut dyn TableLike {
    let item = &mut document[name];
    if item.as_table_like().is_none() {
        *item = new.get(name).and_then(Item::as_table).map_or_else(Table::new, emptied).into();
    }
    match item.as_table_like_mut() {
        Some(table) => table,
        None => unreachable!("it is a table or has become one"),
    }
}

/// Returns a table with the comment of another one, to be filled.
fn emptied(table: &Table) -> Table {
    let mut acc = Table::new();
    *acc.decor_mut() = table.decor().clone();
    acc
}

fn entries<'a>(new: &'a DocumentMut, name: &str) -> impl Iterator<Item = (&'a str, &'a Item)> {
    new.get(name).and_then(Item::as_table_like).into_iter().flat_map(TableLike::iter)
}

fn merge_package(document: &mut DocumentMut, new: &DocumentMut) {
    let api_version = |document: &DocumentMut| {
        let metadata = document.get("package")?.get("metadata")?.get("tamarack")?;
        metadata.get("api-version")?.as_str().map(str::to_owned)
    };
    let is_same_api = api_version(document) == api_version(new);
    let package = table(document, new, "package");
    for (key, value) in entries(new, "package") {
        match (key, package.get_mut(key)) {
            ("metadata", Some(metadata)) => merge_metadata(metadata, value),
            ("version", Some(_)) if is_same_api => {}
            // Taken from the workspace.
            (_, Some(old)) if old.is_table_like() => {}
            (_, Some(old)) => set(old, value),
            (_, None) => insert(package, key, value),
        }
    }
}

/// Replaces our part of the metadata, which other tools use as well.
fn merge_metadata(old: &mut Item, new: &Item) {
    let Some(ours) = new.get("tamarack") else { return };
    match old.as_table_like_mut() {
        Some(table) => match table.get_mut("tamarack").and_then(Item::as_table_like_mut) {
            Some(table) => {
                for (key, value) in ours.as_table_like().into_iter().flat_map(TableLike::iter) {
                    table.insert(key, value.clone());
                }
            }
            None => insert(table, "tamarack", ours),
        },
        None => *old = new.clone(),
    }
}

/// Returns the features of modules that a manifest lists as generated.
fn features_of_modules(document: &DocumentMut) -> Vec<String> {
    let metadata = document.get("package").and_then(|it| it.get("metadata"));
    let list = metadata.and_then(|it| it.get("tamarack")?.get("features")?.as_array());
    let texts = list.into_iter().flatten().filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}

/// Returns the features of modules that were generated and are no more.
fn features_gone(old: &DocumentMut, new: &DocumentMut) -> Vec<String> {
    let wanted = features_of_modules(new);
    features_of_modules(old).into_iter().filter(|it| !wanted.contains(it)).collect()
}

fn merge_features(document: &mut DocumentMut, new: &DocumentMut, gone: &[String]) {
    let features = table(document, new, "features");
    for feature in gone {
        features.remove(feature);
        if let Some(list) = features.get_mut("default").and_then(Item::as_array_mut) {
            list.retain(|it| it.as_str() != Some(feature));
        }
    }
    let modules = features_of_modules(new);
    let is_new = |it: &&Value| {
        let name = it.as_str().unwrap_or_default();
        modules.iter().any(|it| it == name) && !features.contains_key(name)
    };
    let defaults = new.get("features").and_then(|it| it.get("default")?.as_array());
    let of_new_modules: Array = defaults.into_iter().flatten().filter(is_new).cloned().collect();
    let of_new_modules = Item::Value(Value::Array(of_new_modules));
    for (key, value) in entries(new, "features") {
        match features.get_mut(key) {
            // Which are on by default is the owner's choice, but for a module that is new.
            Some(old) if key == "default" => add_elements(old, &of_new_modules),
            Some(old) => add_elements(old, value),
            None => insert_with_comment(
                features,
                key,
                new.get("features").and_then(Item::as_table),
                value,
            ),
        }
    }
}

fn merge_dependencies(document: &mut DocumentMut, new: &DocumentMut, name: &str) {
    if new.get(name).is_none() {
        return;
    }
    let dependencies = table(document, new, name);
    for (key, value) in entries(new, name) {
        match dependencies.get_mut(key) {
            Some(old) if key == RUNTIME => merge_runtime(old, value),
            Some(old) => {
                if let (Some(_), Some(features)) = (old.get("features"), value.get("features")) {
                    add_elements(&mut old["features"], features);
                }
            }
            None => insert(dependencies, key, value),
        }
    }
}

/// The keys that say where a dependency is, each with those that belong to it.
const SOURCES: [(&str, &[&str]); 4] =
    [("path", &[]), ("git", &["branch", "rev", "tag"]), ("registry", &[]), ("workspace", &[])];

fn merge_runtime(old: &mut Item, new: &Item) {
    let Some(table) = old.as_table_like_mut() else {
        *old = new.clone();
        return;
    };
    let text = |item: Option<&Item>| {
        let item = item?;
        item.as_str().map(str::to_owned).or_else(|| item.as_bool().map(|it| it.to_string()))
    };
    for (source, with_it) in SOURCES {
        let wanted = new.get(source);
        let is_same = wanted.is_some() && text(table.get(source)) == text(wanted);
        // The registry is that of a version, which has no key of its own in what is generated.
        let is_kept = source == "registry" && is_of_registry(new);
        if is_kept || is_same && text(wanted).is_some() {
            continue;
        }
        for key in with_it {
            table.remove(key);
        }
        match wanted {
            Some(value) => drop(table.insert(source, value.clone())),
            None => drop(table.remove(source)),
        }
    }
    match new.get("version") {
        Some(version) if text(table.get("version")) != text(Some(version)) => {
            table.insert("version", version.clone());
        }
        Some(_) => {}
        None => drop(table.remove("version")),
    }
    if let Some(features) = new.get("features") {
        match table.get_mut("features") {
            Some(old) => add_elements(old, features),
            None => insert(table, "features", features),
        }
    }
}

fn is_of_registry(dependency: &Item) -> bool {
    ["path", "git", "workspace"].iter().all(|it| dependency.get(it).is_none())
}

/// A table `[workspace]` with nothing in it says that the crate is one of its own; one with something in
/// it is its author's.
fn merge_workspace(document: &mut DocumentMut, new: &DocumentMut) {
    match (document.get("workspace"), new.get("workspace")) {
        (None, Some(wanted)) => insert(document.as_table_mut(), "workspace", wanted),
        (Some(old), None) if old.as_table_like().is_some_and(TableLike::is_empty) => {
            document.remove("workspace");
        }
        _ => {}
    }
}

/// Inserts an item behind all that is there: the position in its own document means nothing here.
fn insert(table: &mut dyn TableLike, key: &str, item: &Item) {
    let mut item = item.clone();
    if let Some(table) = item.as_table_mut() {
        table.set_position(None);
    }
    table.insert(key, item);
}

fn insert_with_comment(table: &mut dyn TableLike, key: &str, from: Option<&Table>, item: &Item) {
    insert(table, key, item);
    let comment = from.and_then(|it| it.key(key)).map(|it| it.leaf_decor().clone());
    if let (Some(mut key), Some(comment)) = (table.key_mut(key), comment) {
        *key.leaf_decor_mut() = comment;
    }
}

/// Sets a value and keeps the comment beside it.
fn set(old: &mut Item, new: &Item) {
    match (old.as_value_mut(), new.as_value()) {
        (Some(old), Some(new)) => {
            if old.to_string().trim() != new.to_string().trim() {
                let decor = old.decor().clone();
                *old = new.clone();
                *old.decor_mut() = decor;
            }
        }
        _ => *old = new.clone(),
    }
}

/// Adds the elements of a list of texts that another one lacks.
fn add_elements(old: &mut Item, new: &Item) {
    let Some(elements) = new.as_array() else { return };
    let Some(list) = old.as_array_mut() else {
        *old = new.clone();
        return;
    };
    for element in elements.iter().filter_map(Value::as_str) {
        if !list.iter().any(|it| it.as_str() == Some(element)) {
            list.push(element);
        }
    }
}

/// Replaces the note at the top.
fn with_note(merged: &str, generated: &str) -> String {
    let note = generated.lines().find(|it| provenance::is_ours(it)).unwrap_or_default();
    let mut is_replaced = false;
    let lines = merged.split_inclusive('\n').map(|line| {
        if is_replaced || !provenance::is_ours(line) {
            return line.to_owned();
        }
        is_replaced = true;
        format!("{note}\n")
    });
    lines.collect()
}

#[cfg(test)]
mod tests;
