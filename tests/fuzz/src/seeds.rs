//! The documents that inputs are made from: those of this repository, and of other people where they are at hand.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tamarack::diagnostic::Sink;
use tamarack::{Text, load};

use crate::choices::Choices;

/// How large a document may be: larger ones are read so slowly that few are tried.
const MAX_BYTES: u64 = 200_000;
/// How many documents of other people are read for one run.
const MAX_OTHERS: usize = 48;

/// A document as text and as a tree.
#[derive(Clone, Debug)]
pub struct Seed {
    /// The content of the file.
    pub text: Vec<u8>,
    /// The same as a tree.
    pub tree: Value,
}

/// The documents of one run.
#[derive(Clone, Debug)]
pub struct Seeds {
    all: Vec<Seed>,
}

impl Seeds {
    /// Reads the documents of this repository, and some of the corpora: which, the seed says.
    pub fn read(seed: u64) -> Self {
        let mut all: Vec<_> = own().iter().filter_map(|it| read(it)).collect();
        let others = others();
        let mut choices = Choices::of_seed(seed);
        for _ in 0..MAX_OTHERS.min(others.len()) {
            let path: &PathBuf = choices.pick(&others);
            all.extend(read(path));
        }
        Self { all }
    }

    /// Returns one of them.
    pub fn pick(&self, choices: &mut Choices<'_>) -> &Seed {
        choices.pick(&self.all)
    }

    /// Returns how many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

/// Returns the root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn own() -> Vec<PathBuf> {
    let folders = ["specs", "tests/goldens/specs", "tests/fixtures", "diff/tests/fixtures"];
    folders.iter().flat_map(|it| documents(&root().join(it))).collect()
}

fn others() -> Vec<PathBuf> {
    let folder = std::env::var_os("TAMARACK_CORPUS")
        .map_or_else(|| root().join("../shared/corpus"), PathBuf::from);
    let mut acc = documents(&folder);
    acc.retain(|it| fs::metadata(it).is_ok_and(|it| it.len() <= MAX_BYTES));
    acc
}

/// Returns every YAML and JSON file below a folder, sorted; none where there is no folder.
fn documents(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut acc = Vec::new();
    for path in entries.filter_map(Result::ok).map(|it| it.path()) {
        if path.is_dir() {
            acc.extend(documents(&path));
        } else if matches!(path.extension().and_then(OsStr::to_str), Some("yaml" | "yml" | "json"))
        {
            acc.push(path);
        }
    }
    acc.sort();
    acc
}

/// Reads a file; none when it is no document that can be made a tree of.
fn read(path: &Path) -> Option<Seed> {
    let text = fs::read(path).ok()?;
    let is_json = text.starts_with(b"{");
    let tree: Value = if is_json {
        serde_json::from_slice(&text).ok()?
    } else {
        serde_yaml::from_slice(&text).ok().or_else(|| with_long_numbers(&text))?
    };
    tree.get("openapi")?;
    Some(Seed { text, tree })
}

/// Reads YAML with integers of more bits than `serde_json` takes.
fn with_long_numbers(text: &[u8]) -> Option<Value> {
    let text = Text::new("document", String::from_utf8(text.to_vec()).ok()?);
    serde_json::to_value(load::load(&text, &mut Sink::default())?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documents_of_this_repository_are_read() {
        assert!(own().len() >= 10);
        // Files that documents refer to are none.
        let is_none = |it: &Path| it.ends_with("index.json") || it.ends_with("other.yaml");
        assert!(own().iter().all(|it| read(it).is_some() || is_none(it)));
    }
}
