//! Nodes of the wrong kind and unknown properties in parts from which no code is generated.

use super::Findings;
use super::sites::{Reader, Site, Sites};
use super::types::kind_of;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::document::table::EXAMPLE;
use crate::document::unknown_member;

/// Reports what `document` would, had it read these nodes.
pub(super) fn check(sites: &Sites<'_>, acc: &mut Findings<'_>) {
    for misfit in &sites.misfits {
        let (found, wanted) = (kind_of(misfit.found), misfit.wanted);
        let title = format!("expected {wanted}, found {found}");
        acc.push(
            Diagnostic::warning(codes::WRONG_KIND, misfit.at.clone(), title)
                .label(format!("not {wanted}")),
        );
    }
    for site in sites.all.iter().filter(|it| it.reader == Reader::LintAlone) {
        if site.object.is(&EXAMPLE) && is_bare_value(site) {
            let title = "expected an Example Object, found the example itself";
            acc.push(
                Diagnostic::warning(codes::WRONG_KIND, site.at.clone(), title)
                    .at_key()
                    .help("put the example under the key `value`"),
            );
            continue;
        }
        for name in site.members.keys().filter_map(|it| it.as_str()) {
            let known = site.object.member(name).is_some();
            let is_reference = name == "$ref" && site.members["$ref"].is_string();
            if !known && !is_reference && !name.starts_with("x-") && site.object.others.is_none() {
                acc.push(unknown_member(site.object, name, site.at.child(name)));
            }
        }
    }
}

/// Returns whether no key is a property of an Example Object.
fn is_bare_value(site: &Site<'_>) -> bool {
    let known = |name: &str| site.object.member(name).is_some();
    !site.members.is_empty()
        && site.members.keys().filter_map(|it| it.as_str()).all(|it| !known(it) && it != "$ref")
}
