//! Discriminators whose mapping leads nowhere, where no union is made of them.

use serde_yaml::Value;

use super::Findings;
use super::sites::Sites;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::document::table::DISCRIMINATOR;
use crate::pointer::Pointer;
use crate::resolve::{local_pointer, nearest};

pub(super) fn check(sites: &Sites<'_>, acc: &mut Findings<'_>) {
    let schemas = sites.node(&Pointer::root().join(&["components", "schemas"]));
    let names: Vec<&str> = schemas
        .and_then(Value::as_mapping)
        .into_iter()
        .flat_map(|it| it.keys().filter_map(Value::as_str))
        .collect();
    for site in sites.of(&DISCRIMINATOR) {
        let mapping = site.members.get("mapping").and_then(Value::as_mapping);
        for (tag, target) in mapping.into_iter().flatten() {
            let (Some(tag), Some(target)) = (tag.as_str(), target.as_str()) else { continue };
            let exists = names.contains(&target)
                || local_pointer(target).is_some_and(|at| sites.node(&at).is_some());
            if exists || leads_elsewhere(target) {
                continue;
            }
            let title = format!("the mapping of `{tag}` points at nothing: `{target}`");
            let diagnostic =
                Diagnostic::warning(codes::DANGLING_REF, site.at.join(&["mapping", tag]), title)
                    .label("no such schema");
            let name = target.rsplit('/').next().unwrap_or(target);
            acc.push(match nearest(name, names.iter().copied()) {
                Some(near) => {
                    diagnostic.help(format!("a schema with a similar name exists: `{near}`"))
                }
                None => diagnostic,
            });
        }
    }
}

/// Returns whether a target is in another document, which cannot be looked up.
fn leads_elsewhere(target: &str) -> bool {
    !target.starts_with('#') && (target.contains('/') || target.contains('.'))
}
