//! The documents that all generators get.

use std::path::{Path, PathBuf};

/// One document.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    pub(crate) name: &'static str,
    pub(crate) path: PathBuf,
    pub(crate) n_operations: u32,
}

/// Below the folder of the corpus: small and large, YAML and JSON, OpenAPI 3.0 and 3.1.
const DOCUMENTS: [(&str, &str, u32); 6] = [
    ("oauth 2026-04", "pinecone/2026-04/oauth_2026-04.oas.yaml", 1),
    ("db_control 2026-04", "pinecone/2026-04/db_control_2026-04.oas.yaml", 18),
    ("nexus", "wild/oxidecomputer__progenitor/sample_openapi/nexus.json", 193),
    ("GitHub", "wild/oxidecomputer__progenitor/sample_openapi/api.github.com.json", 767),
    ("Plaid", "wild/plaid__plaid-openapi/2020-09-14.yml", 329),
    ("Airflow", "wild/apache__airflow-client-python/spec/v2.yaml", 110),
];

/// Returns those that are there.
pub(crate) fn all(corpus: &Path) -> Vec<Document> {
    let documents = DOCUMENTS.iter().map(|(name, path, n_operations)| Document {
        name,
        path: corpus.join(path),
        n_operations: *n_operations,
    });
    documents.filter(|it| it.path.is_file()).collect()
}

/// Returns the folder: `TAMARACK_CORPUS`, else beside the repository.
pub(crate) fn corpus() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let folder = std::env::var_os("TAMARACK_CORPUS").map_or(beside, PathBuf::from);
    folder.canonicalize().ok()
}
