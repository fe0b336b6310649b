//! The diffs of two documents there and back in, what is not the same both ways out.

use std::collections::BTreeMap;

use tamarack_diff::{Diff, Finding, Kind, Wire};

/// Kinds that one way has and the other has not, with the reason.
const ONE_WAY: &[(Kind, &str)] = &[
    (Kind::Respelled, "code that gains a trait or a setter loses nothing"),
    (Kind::DocsChanged, "texts make one row for each owner of the new document"),
    (Kind::ReferenceChanged, "of two types for one the first keeps its partner"),
    (Kind::ConstructorChanged, "only arguments that both have are compared"),
];

/// Kinds whose request is the response of the mirror: one set of values lies
/// within the other, whichever way the message goes.
const DIRECTED: &[Kind] = &[
    Kind::BecameRequired,
    Kind::BecameOptional,
    Kind::NullableAdded,
    Kind::NullableRemoved,
    Kind::Tightened,
    Kind::Loosened,
    Kind::EnumOpened,
    Kind::EnumClosed,
    Kind::TypeGeneralized,
    Kind::TypeSpecialized,
    Kind::FormatAdded,
    Kind::FormatRemoved,
    Kind::ObjectClosed,
    Kind::ObjectOpened,
];

/// Returns what is not mirrored, one line each.
pub(crate) fn wrong(there: &Diff, back: &Diff) -> Vec<String> {
    let (one, other) = (kinds(there), kinds(back));
    let mirrored: BTreeMap<Kind, usize> = one.iter().map(|(it, n)| (it.mirror(), *n)).collect();
    let mut acc = Vec::new();
    // A union that is told apart in another way has other variants, and which of them are partners depends on which
    // come first.
    let is_told_anew = one.contains_key(&Kind::TaggingChanged);
    if mirrored != other && !is_told_anew {
        acc.push(format!("{mirrored:?} there, {other:?} back"));
    }
    for row in there.findings.iter().filter(|it| DIRECTED.contains(&it.kind)) {
        let is_mirror = |it: &&Finding| {
            it.kind == row.kind.mirror()
                && it.old.pointer == row.new.pointer
                && it.new.pointer == row.old.pointer
                && it.old.value == row.new.value
        };
        let Some(mirror) = back.findings.iter().find(is_mirror) else { continue };
        let both =
            |it: &Finding| it.verdict.request != Wire::None && it.verdict.response != Wire::None;
        let harms = |it: Wire| it >= Wire::Potentially;
        let swapped = harms(row.verdict.request) == harms(mirror.verdict.response)
            && harms(row.verdict.response) == harms(mirror.verdict.request);
        if both(row) && both(mirror) && !swapped {
            acc.push(format!(
                "{} {}: {:?} {:?}",
                row.kind.id(),
                row.subject,
                row.verdict,
                mirror.verdict
            ));
        }
    }
    acc
}

/// Counts the rows of each kind. Of a type in place of another only what can
/// break is told, which is not the same both ways.
fn kinds(diff: &Diff) -> BTreeMap<Kind, usize> {
    let mut acc = BTreeMap::new();
    for it in diff.findings.iter().filter(|it| !it.subject.contains(" -> ")) {
        if ONE_WAY.iter().all(|one| one.0 != it.kind) {
            *acc.entry(it.kind).or_default() += 1;
        }
    }
    acc
}
