//! Folds changes with the same root cause into one finding.

use std::collections::BTreeMap;

use super::describe;
use super::finding::{Finding, fingerprint};
use super::kind::Kind;
use super::reach::Carriers;
use super::verdict::{Verdict, Wire};
use super::walk::{Change, Node, Position, Walk};

/// What makes two changes of different operations one: the same thing
/// happened, for the same values, with the same effect.
type Cause = (Kind, String, Option<String>, Option<String>, Verdict);

/// Returns the findings, the worst first.
pub(super) fn findings(walk: &Walk<'_>) -> Vec<Finding> {
    let mut acc: BTreeMap<(Cause, usize), (Change, Carriers)> = BTreeMap::new();
    for (index, change) in walk.changes.iter().enumerate() {
        let carriers = Carriers::of(walk, change);
        let verdict = verdict(change, &carriers);
        // If another type is used, a row reports it; of the differences between the
        // two types only those that can break a message are reported.
        if is_replaced(walk, change) && verdict.wire() < Wire::Potentially {
            continue;
        }
        let cause: Cause = (
            change.kind,
            change.subject.clone(),
            change.old.value.clone(),
            change.new.value.clone(),
            verdict,
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
    let (texts, rest): (Vec<_>, Vec<_>) =
        acc.into_iter().partition(|((cause, _), _)| cause.0 == Kind::DocsChanged);
    let mut all: Vec<_> =
        rest.into_iter().map(|((cause, _), it)| finding(walk, cause, it)).collect();
    all.extend(owners(walk, texts.into_iter().map(|((cause, _), it)| (cause, it)).collect()));
    all.sort_by(|a, b| rank(a).cmp(&rank(b)));
    number_twins(&mut all);
    all
}

fn is_replaced(walk: &Walk<'_>, change: &Change) -> bool {
    matches!(change.node, Node::Types(pair) if !walk.pairing.is_same(pair))
}

type Found = (Cause, (Change, Carriers));

/// Texts of one component or one operation make one row.
fn owners(walk: &Walk<'_>, texts: Vec<Found>) -> Vec<Finding> {
    let mut owners: BTreeMap<String, Vec<Found>> = BTreeMap::new();
    for found in texts {
        owners.entry(owner(walk, &found.1.0)).or_default().push(found);
    }
    let mut acc = Vec::new();
    for (owner, mut group) in owners {
        group.sort_by(|a, b| a.0.cmp(&b.0));
        let subjects: Vec<_> = group.iter().map(|it| it.0.1.clone()).collect();
        let mut group = group.into_iter();
        let Some((cause, (mut change, mut carriers))) = group.next() else { continue };
        if subjects.len() == 1 {
            acc.push(finding(walk, cause, (change, carriers)));
            continue;
        }
        for (_, (_, other)) in group {
            carriers.extend(other);
        }
        let values = describe::quoted(subjects.iter().map(String::as_str));
        change.old.value = None;
        change.new.value = Some(values.clone());
        let cause = (cause.0, owner, None, Some(values), cause.4);
        acc.push(finding(walk, cause, (change, carriers)));
    }
    acc
}

/// Returns the component or operation that a text belongs to.
fn owner(walk: &Walk<'_>, change: &Change) -> String {
    let operation = match change.node {
        Node::Operation(pair) | Node::Site(pair, Position::Body | Position::Response(_)) => {
            Some(walk.new.api.operations[pair.1].id.as_str())
        }
        _ => None,
    };
    match (operation, change.node) {
        (Some(id), _) if change.subject.starts_with(id) => id.to_owned(),
        (_, Node::Types(_)) => {
            let end = change.subject.find(['.', '[', '{', '|']);
            change.subject[..end.unwrap_or(change.subject.len())].to_owned()
        }
        _ => change.subject.clone(),
    }
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
        accepted: None,
        places: Vec::new(),
    }
}

/// A change of something that no message contains has no effect on the wire.
fn verdict(change: &Change, carriers: &Carriers) -> Verdict {
    let everywhere =
        matches!(change.node, Node::Document | Node::Operation(_) | Node::Alone | Node::Outside(_));
    Verdict {
        request: change.sent.if_any(everywhere || carriers.is_sent()),
        response: change.received.if_any(everywhere || carriers.is_received()),
        rust: change.rust,
    }
}

type Rank<'a> = (
    std::cmp::Reverse<(u8, Wire, super::verdict::Rust)>,
    bool,
    &'a str,
    Kind,
    (&'a Option<String>, &'a Option<String>),
    (&'a str, &'a str),
);

/// The worst first, then the version, then by name: never by the order of the document.
fn rank(it: &Finding) -> Rank<'_> {
    (
        std::cmp::Reverse(it.verdict.weight()),
        it.kind != Kind::VersionChanged,
        &it.subject,
        it.kind,
        (&it.old.value, &it.new.value),
        (it.old.pointer.as_str(), it.new.pointer.as_str()),
    )
}

/// Keeps rows of different places apart.
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
