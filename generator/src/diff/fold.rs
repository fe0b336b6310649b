//! The changes as they were found in, one finding for each root cause out.

use std::collections::BTreeMap;

use super::finding::{Finding, fingerprint};
use super::reach::Carriers;
use super::verdict::{Verdict, Wire};
use super::walk::{Change, Node, Walk};

/// What makes two changes of different operations one: the same thing
/// happened, for the same values, with the same effect.
type Cause = (super::kind::Kind, String, Option<String>, Option<String>, Verdict);

/// Returns the findings, the worst first.
pub(super) fn findings(walk: &Walk<'_>) -> Vec<Finding> {
    let mut acc: BTreeMap<(Cause, usize), (Change, Carriers)> = BTreeMap::new();
    for (index, change) in walk.changes.iter().enumerate() {
        let carriers = Carriers::of(walk, change);
        let cause: Cause = (
            change.kind,
            change.subject.clone(),
            change.old.value.clone(),
            change.new.value.clone(),
            verdict(change, &carriers),
        );
        // Types are compared once, so what happens to one is one row already.
        let own = match change.node {
            Node::Site(..) | Node::Operation(_) => 0,
            _ => index + 1,
        };
        match acc.get_mut(&(cause.clone(), own)) {
            Some((_, known)) => known.extend(carriers),
            None => {
                acc.insert((cause, own), (change.clone(), carriers));
            }
        }
    }
    let mut all: Vec<_> =
        acc.into_iter().map(|((cause, _), it)| finding(walk, cause, it)).collect();
    all.sort_by(|a, b| rank(a).cmp(&rank(b)));
    number_twins(&mut all);
    all
}

fn finding(walk: &Walk<'_>, cause: Cause, (change, carriers): (Change, Carriers)) -> Finding {
    let (kind, subject, old, new, verdict) = cause;
    let parts = [
        kind.id(),
        &subject,
        old.as_deref().unwrap_or_default(),
        new.as_deref().unwrap_or_default(),
    ];
    Finding {
        fingerprint: fingerprint(parts),
        kind,
        subject,
        verdict,
        old: change.old,
        new: change.new,
        reach: carriers.reach(walk),
    }
}

/// What no message carries does nothing on the wire.
fn verdict(change: &Change, carriers: &Carriers) -> Verdict {
    let everywhere = matches!(change.node, Node::Document | Node::Operation(_) | Node::Alone);
    let if_any = |any: bool, it: Wire| if any { it } else { Wire::None };
    Verdict {
        request: if_any(everywhere || !carriers.sent.is_empty(), change.sent),
        response: if_any(everywhere || !carriers.received.is_empty(), change.received),
        rust: change.rust,
    }
}

type Rank<'a> = (
    bool,
    std::cmp::Reverse<(Wire, super::verdict::Rust)>,
    &'a str,
    super::kind::Kind,
    (&'a Option<String>, &'a Option<String>),
    (&'a str, &'a str),
);

/// The version first, then the worst, then by name: never by the order of the
/// document.
fn rank(it: &Finding) -> Rank<'_> {
    (
        it.kind != super::kind::Kind::VersionChanged,
        std::cmp::Reverse((it.verdict.wire(), it.verdict.rust)),
        &it.subject,
        it.kind,
        (&it.old.value, &it.new.value),
        (it.old.pointer.as_str(), it.new.pointer.as_str()),
    )
}

/// Two rows that say the same of two places keep apart.
fn number_twins(all: &mut [Finding]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for it in all {
        let n_seen = seen.entry(it.fingerprint.clone()).or_default();
        *n_seen += 1;
        if *n_seen > 1 {
            it.fingerprint = fingerprint([it.fingerprint.as_str(), &n_seen.to_string()]);
        }
    }
}
