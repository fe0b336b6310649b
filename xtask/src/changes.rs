//! Groups the versions of an API for the pages of `docs/changes/`.

use tamarack_diff::changes::{Api, Version};

pub(crate) use tamarack_diff::changes::files;

/// The folder of the pages, below the root.
pub(crate) const OUT: &str = "docs/changes";

/// Returns the APIs with their versions, both in the order in which they come.
pub(crate) fn apis(versions: impl IntoIterator<Item = (String, Version)>) -> Vec<Api> {
    let mut acc: Vec<Api> = Vec::new();
    for (name, version) in versions {
        match acc.iter_mut().find(|it| it.name == name) {
            Some(api) => api.versions.push(version),
            None => acc.push(Api { name, versions: vec![version] }),
        }
    }
    acc
}
