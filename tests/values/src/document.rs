//! The documents of the corpora: the files of a folder, and which of them are of providers.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Returns the root of this repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Returns the folder of all corpora: `TAMARACK_CORPUS`, else beside the repository.
pub fn corpora() -> PathBuf {
    env::var_os("TAMARACK_CORPUS").map_or_else(|| root().join("../shared/corpus"), PathBuf::from)
}

/// Returns the documents of Pinecone, and those of other providers, by their path below the corpora, whose path
/// contains the pattern.
pub fn documents(only: Option<&str>) -> io::Result<Vec<String>> {
    let corpora = corpora();
    let mut acc = Vec::new();
    for folder in ["pinecone", "wild"] {
        let folder = corpora.join(folder);
        let providers = providers(&folder);
        let mut files = Vec::new();
        collect(&folder, &mut files)?;
        let inside = |it: &PathBuf| it.strip_prefix(&folder).map(|it| it.display().to_string());
        files.retain(|it| {
            providers.is_empty() || inside(it).is_ok_and(|name| providers.contains(&name))
        });
        acc.extend(files);
    }
    let name = |path: &PathBuf| path.strip_prefix(&corpora).unwrap_or(path).display().to_string();
    let mut acc: Vec<String> = acc.iter().map(name).collect();
    acc.retain(|name| only.is_none_or(|it| name.contains(it)));
    acc.sort();
    Ok(acc)
}

/// Returns the files that the index of a corpus lists as those of providers; others are samples for generators.
fn providers(folder: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(folder.join("index.json")).unwrap_or_default();
    let entries: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap_or_default();
    let of_providers = entries.iter().filter(|it| it["tier"] == 1);
    of_providers.filter_map(|it| Some(it["file"].as_str()?.to_owned())).collect()
}

fn collect(folder: &Path, acc: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default();
        if path.is_dir() {
            collect(&path, acc)?;
        } else if matches!(extension, "yaml" | "yml" | "json") && !path.ends_with("index.json") {
            acc.push(path);
        }
    }
    Ok(())
}
