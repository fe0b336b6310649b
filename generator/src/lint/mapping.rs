//! Mappings of a discriminator that lead nowhere, where no union is made from them.

use serde_yaml::Value;

use super::Findings;
use super::sites::Sites;
use crate::document::table::DISCRIMINATOR;
use crate::pointer::Pointer;
use crate::resolve::{dangling_mapping, local_pointer};

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
            if !exists {
                let at = site.at.join(&["mapping", tag]);
                acc.push(dangling_mapping(tag, target, at, names.iter().copied()));
            }
        }
    }
}
