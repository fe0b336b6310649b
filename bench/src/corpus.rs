//! Finds the documents of the corpus.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tamarack::{Input, Model};

/// Returns the folder: `TAMARACK_CORPUS`, else beside the repository.
pub(crate) fn folder() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    let folder = std::env::var_os("TAMARACK_CORPUS").map_or(beside, PathBuf::from);
    folder.is_dir().then_some(folder)
}

/// Returns the versions of each API of Pinecone, from old to new.
pub(crate) fn pinecone(corpus: &Path) -> BTreeMap<String, Vec<Document>> {
    let mut acc: BTreeMap<String, Vec<Document>> = BTreeMap::new();
    for path in files(&corpus.join("pinecone")) {
        let folder = path.parent().and_then(Path::file_name).unwrap_or_default();
        let version = folder.to_string_lossy().into_owned();
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some(api) = file.strip_suffix(&format!("_{version}.oas.yaml")) else { continue };
        if let Some(document) = Document::read(&path, version) {
            acc.entry(api.to_owned()).or_default().push(document);
        }
    }
    acc
}

/// Returns the largest documents that are OpenAPI 3.
pub(crate) fn largest(corpus: &Path, n_documents: usize) -> Vec<Document> {
    let mut paths = files(&corpus.join("wild"));
    paths.sort_by_key(|path| std::cmp::Reverse(fs::metadata(path).map_or(0, |it| it.len())));
    let documents = paths.iter().filter_map(|path| {
        let document = Document::read(path, path.file_name()?.to_string_lossy().into_owned())?;
        document.model().is_some().then_some(document)
    });
    documents.take(n_documents).collect()
}

/// The text of a document.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// The version, or the name of the file.
    pub(crate) name: String,
    pub(crate) text: String,
}

impl Document {
    fn read(path: &Path, name: String) -> Option<Self> {
        Some(Self { name, text: fs::read_to_string(path).ok()? })
    }

    pub(crate) fn input(&self) -> Input {
        Input::new(&self.name, &self.text)
    }

    pub(crate) fn model(&self) -> Option<Model> {
        tamarack::read(&self.input()).model
    }

    /// Returns kilobytes, a thousand bytes each.
    pub(crate) fn size(&self) -> String {
        format!("{} kB", self.text.len() / 1_000)
    }
}

/// Returns all documents below a folder, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut acc = Vec::new();
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for path in entries.map(|entry| entry.path()) {
        let extension = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            acc.extend(files(&path));
        } else if ["yaml", "yml", "json"].contains(&extension.as_str()) {
            acc.push(path);
        }
    }
    acc.sort();
    acc
}
