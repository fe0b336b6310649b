//! References in parts from which no code is generated: callbacks, webhooks, links, `not` and examples.

use super::Findings;
use super::sites::{Reader, Sites};
use crate::codes;
use crate::resolve::{Unfollowed, Written, local_pointer};

pub(super) fn check(sites: &Sites<'_>, acc: &mut Findings<'_>) {
    let written = Written::new(sites.tree);
    let unread = sites.references.iter().filter(|it| it.reader == Reader::LintAlone);
    for reference in unread {
        let target = local_pointer(reference.text).and_then(|at| sites.node(&at));
        if target.is_none() {
            let what = reference.object.title.trim_end_matches(" Object").to_lowercase();
            let unfollowed =
                Unfollowed { text: reference.text, what: &what, place: reference.at.child("$ref") };
            let diagnostic = unfollowed.diagnostic(&written);
            // No file is read for what no code is generated from.
            if diagnostic.code != codes::EXTERNAL_REF {
                acc.push(diagnostic);
            }
        }
    }
}
