//! Finds corpora, which are not part of this repository, or prints that a test is skipped.

use std::path::{Path, PathBuf};

/// Returns a folder beside the corpus, or in it (`corpus/…`); `None`, and a word about it, where there is none.
pub fn folder(name: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    let corpus = std::env::var_os("TAMARACK_CORPUS").map_or(beside, PathBuf::from);
    let folder = match name.strip_prefix("corpus/") {
        Some(inside) => corpus.join(inside),
        None => corpus.join("..").join(name),
    };
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: no {name}");
    None
}

/// Returns the documents in the folders of a folder, sorted.
pub fn documents(folder: &Path) -> Vec<PathBuf> {
    let below = |folder: &Path| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(folder).into_iter().flatten();
        entries.map(|it| it.expect("an entry").path()).collect()
    };
    let mut acc: Vec<_> = below(folder).iter().flat_map(|it| below(it)).collect();
    acc.retain(|it| it.extension().is_some_and(|it| it == "yaml" || it == "json"));
    acc.sort();
    acc
}
