//! Links that name an operation which does not exist.

use std::collections::BTreeSet;

use super::Findings;
use super::sites::{Site, Sites};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::document::table::LINK;
use crate::document::table::OPERATION;
use crate::nearest::nearest;
use crate::resolve::local_pointer;

pub(super) fn check(sites: &Sites<'_>, acc: &mut Findings<'_>) {
    let ids: BTreeSet<&str> = sites
        .of(&OPERATION)
        .filter_map(|it| it.members.get("operationId").and_then(|id| id.as_str()))
        .collect();
    for link in sites.of(&LINK) {
        let text = |name: &str| link.members.get(name).and_then(|it| it.as_str());
        if let Some(id) = text("operationId").filter(|id| !ids.contains(id)) {
            let title = format!("no operation has the `operationId` `{id}`");
            let diagnostic = dangling(link, "operationId", title);
            acc.push(match nearest(id, ids.iter().copied()) {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None => diagnostic,
            });
        }
        // A reference into another document cannot be looked up.
        let reference = text("operationRef").filter(|it| it.starts_with('#'));
        if let Some(reference) = reference
            && local_pointer(reference).and_then(|at| sites.node(&at)).is_none()
        {
            let title = format!("`operationRef` points at nothing: `{reference}`");
            let help = "the path is one token of the pointer, each `/` of it written `~1`: \
                        `#/paths/~1pets~1{id}/get`";
            acc.push(dangling(link, "operationRef", title).help(help));
        }
        if text("operationId").is_none() && text("operationRef").is_none() {
            let title = "the Link Object has neither `operationId` nor `operationRef`";
            acc.push(Diagnostic::warning(codes::MISSING_MEMBER, link.at.clone(), title).at_key());
        }
    }
}

fn dangling(link: &Site<'_>, name: &str, title: String) -> Diagnostic {
    Diagnostic::warning(codes::DANGLING_LINK, link.at.child(name), title).label("no such operation")
}
