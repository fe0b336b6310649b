//! The documents that all generators get.

use std::fs;
use std::path::{Path, PathBuf};

/// One document.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    pub(crate) name: &'static str,
    pub(crate) path: PathBuf,
    pub(crate) n_operations: u32,
}

impl Document {
    /// Returns what the first column of a table says of it.
    pub(crate) fn title(&self) -> String {
        let operations = if self.n_operations == 1 { "operation" } else { "operations" };
        format!("{}, {} {operations}", self.name, self.n_operations)
    }
}

/// Below the folder of the corpus: small and large, YAML and JSON, OpenAPI 3.0 and 3.1.
const DOCUMENTS: [(&str, &str, u32); 6] = [
    ("oauth", "pinecone/2026-04/oauth_2026-04.oas.yaml", 1),
    ("db_control", "pinecone/2026-04/db_control_2026-04.oas.yaml", 18),
    ("nexus", "wild/oxidecomputer__progenitor/sample_openapi/nexus.json", 193),
    ("GitHub", "wild/oxidecomputer__progenitor/sample_openapi/api.github.com.json", 767),
    ("Plaid", "wild/plaid__plaid-openapi/2020-09-14.yml", 329),
    ("Airflow", "wild/apache__airflow-client-python/spec/v2.yaml", 110),
];

/// Returns those that are there and, if any are named, are named.
pub(crate) fn all(corpus: &Path, named: &[String]) -> Vec<Document> {
    let documents = DOCUMENTS.iter().map(|(name, path, n_operations)| Document {
        name,
        path: corpus.join(path),
        n_operations: *n_operations,
    });
    let is_wanted = |it: &Document| named.is_empty() || named.iter().any(|name| name == it.name);
    documents.filter(|it| it.path.is_file() && is_wanted(it)).collect()
}

/// Returns the place of a document among all by its title; what is none of them comes last.
pub(crate) fn place(title: &str) -> usize {
    let name = title.split(',').next().unwrap_or_default();
    DOCUMENTS.iter().position(|it| it.0 == name).unwrap_or(DOCUMENTS.len())
}

/// Returns the folder: `TAMARACK_CORPUS`, or the one beside the repository.
pub(crate) fn corpus() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let folder = std::env::var_os("TAMARACK_CORPUS").map_or(beside, PathBuf::from);
    folder.canonicalize().ok()
}

/// Returns the OpenAPI 3 documents of other providers.
pub(crate) fn wild(corpus: &Path) -> Vec<PathBuf> {
    let mut acc = Vec::new();
    below(&corpus.join("wild"), &mut acc);
    acc.sort();
    acc
}

fn below(folder: &Path, acc: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            below(&path, acc);
        } else if is_document(&path) {
            acc.push(path);
        }
    }
}

/// Whether a file has `openapi: 3…` at its root, as far as its lines tell.
fn is_document(path: &Path) -> bool {
    let is_text = path.extension().is_some_and(|it| it == "json" || it == "yaml" || it == "yml");
    let Some(text) = is_text.then(|| fs::read_to_string(path).ok()).flatten() else { return false };
    let says = |line: &str| {
        let rest = line.trim_start_matches(['{', '"', '\'', ' ', '\t']).strip_prefix("openapi");
        rest.is_some_and(|rest| rest.trim_start_matches(['"', '\'', ':', ' ']).starts_with("3."))
    };
    // The member of an object that is written on one line can stand anywhere in it.
    text.lines().any(|line| says(line) || (line.len() > 500 && line.contains("\"openapi\":\"3.")))
}
