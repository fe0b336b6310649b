//! Writes the pages of `docs/changes/`.

use std::collections::BTreeMap;

use tamarack_diff::changes::{self, Api};

use crate::specs::{self, Stop};

/// The folder of the pages, below the root.
pub(crate) const OUT: &str = "docs/changes";

/// Returns the pages by path.
pub(crate) fn files(command: &str) -> Result<BTreeMap<String, String>, Stop> {
    let mut apis: Vec<Api> = Vec::new();
    for spec in &specs::published()? {
        let (name, version) = (spec.api.clone(), specs::version(spec)?);
        match apis.iter_mut().find(|it| it.name == name) {
            Some(api) => api.versions.push(version),
            None => apis.push(Api { name, versions: vec![version] }),
        }
    }
    Ok(changes::files(&apis, command))
}
