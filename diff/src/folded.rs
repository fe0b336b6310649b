//! Folds rows that have one cause into one row with its places: the same change at many owners.

mod cause;
mod part;
mod rule;

use std::collections::BTreeMap;

use cause::Cause;
use indexmap::IndexMap;

use super::finding::{Diff, Finding, Reach, fingerprint};
use super::kind::Kind;
use super::verdict::Verdict;

impl Diff {
    /// Returns the rows as a report shows them: the same change of the same properties of many
    /// owners, or the same change of several properties of one owner, one type or constraint in place of
    /// another, names that changed by one rule, types that only came or went, operations of one resource,
    /// and more than a few texts are one row each.
    ///
    /// A row has the worst verdict of its places. What is accepted is not folded with what is not.
    #[must_use]
    pub fn folded(&self) -> Self {
        let mut groups = Groups::new();
        for finding in &self.findings {
            let accepted = finding.accepted.as_ref().map(|it| it.reason.clone());
            groups.entry((Cause::of(finding), accepted)).or_default().push(finding);
        }
        let mut findings = Vec::new();
        for ((cause, _), group) in renames(by_owners(by_owner(groups))) {
            // A few texts are read where they are.
            if cause == Cause::Texts && group.len() <= MOST_VALUES {
                findings.extend(group.into_iter().cloned());
            } else {
                findings.push(folded(&cause, &group));
            }
        }
        // The worst first, as before.
        findings.sort_by_key(|it| std::cmp::Reverse(it.verdict.weight()));
        Self { findings, ..self.clone() }
    }
}

type Groups<'a> = IndexMap<(Cause, Option<String>), Vec<&'a Finding>>;

/// Puts the groups together that share a further cause, where more than `most` of them do.
fn together(
    groups: Groups<'_>,
    most: usize,
    shared: impl Fn(&Cause, &[&Finding]) -> Option<Cause>,
) -> Groups<'_> {
    let of = |(cause, accepted): &(Cause, Option<String>), group: &[&Finding]| {
        Some((shared(cause, group)?, accepted.clone()))
    };
    let mut sizes: IndexMap<_, usize> = IndexMap::new();
    for key in groups.iter().filter_map(|(own, group)| of(own, group)) {
        *sizes.entry(key).or_default() += 1;
    }
    let mut acc = Groups::new();
    for (own, group) in groups {
        let key = of(&own, &group).filter(|it| sizes.get(it).is_some_and(|n| *n > most));
        acc.entry(key.unwrap_or(own)).or_default().extend(group);
    }
    acc
}

/// Puts the rows about one owner together, of those that other owners do not have.
fn by_owner(groups: Groups<'_>) -> Groups<'_> {
    together(groups, 1, |_, group| match group {
        [one] => Cause::of_owner(one),
        _ => None,
    })
}

/// Puts the rows about parts that the same owners share together.
fn by_owners(groups: Groups<'_>) -> Groups<'_> {
    together(groups, 1, Cause::of_owners)
}

/// Puts all operations and all types together that have other names, if more than a few rules changed them.
fn renames(groups: Groups<'_>) -> Groups<'_> {
    together(groups, MOST_VALUES, |cause, _| cause.of_renames())
}

/// Returns the row of a group; that of one place is as it was.
fn folded(cause: &Cause, group: &[&Finding]) -> Finding {
    let worst = |it: &&&Finding| std::cmp::Reverse(it.verdict.weight());
    let Some(first) = group.iter().min_by_key(worst) else { unreachable!("a group has a finding") };
    if group.len() == 1 {
        return (**first).clone();
    }
    let places: Vec<Finding> = group.iter().map(|it| (*it).clone()).collect();
    let verdict = places.iter().fold(Verdict::default(), |acc, it| acc.worst(it.verdict));
    // A further place is another row, so that nobody has accepted it unseen.
    let prints = places.iter().map(|it| it.fingerprint.as_str());
    let differs = |value: &dyn Fn(&Finding) -> Option<String>| {
        places.iter().any(|it| value(it) != value(first))
    };
    let mut acc = Finding {
        subject: cause.subject(&places),
        verdict,
        reach: reach(&places),
        fingerprint: fingerprint([first.kind.id()].into_iter().chain(prints)),
        ..(**first).clone()
    };
    if let Some(values) = cause.values() {
        [acc.old.value, acc.new.value] = values;
    } else {
        if differs(&|it| it.old.value.clone()) {
            acc.old.value = listed(places.iter().filter_map(|it| it.old.value.as_deref()));
        }
        if differs(&|it| it.new.value.clone()) {
            acc.new.value = listed(places.iter().filter_map(|it| it.new.value.as_deref()));
        }
    }
    if differs(&|it| it.old.rust.clone()) || differs(&|it| it.new.rust.clone()) {
        (acc.old.rust, acc.new.rust) = (None, None);
    }
    if matches!(cause, Cause::Texts) {
        // Each place has its own text.
        (acc.old.value, acc.new.value) = (None, None);
    }
    if let Cause::Types(kind) = cause {
        let names = listed(places.iter().map(|it| it.subject.as_str()));
        let side = if *kind == Kind::TypeAdded { &mut acc.new } else { &mut acc.old };
        side.value = names;
    }
    acc.places = places;
    acc
}

/// More values than this are counted.
const MOST_VALUES: usize = 5;

/// Returns the values in one line.
fn listed<'a>(values: impl Iterator<Item = &'a str>) -> Option<String> {
    let values: Vec<&str> = values.collect();
    let more = match values.len().saturating_sub(MOST_VALUES) {
        0 => String::new(),
        n => format!(" and {n} more"),
    };
    let shown = values.iter().take(MOST_VALUES).copied().collect::<Vec<_>>().join(", ");
    (!shown.is_empty()).then(|| format!("{shown}{more}"))
}

/// Returns the operations that see a change at one of its places.
fn reach(places: &[Finding]) -> Vec<Reach> {
    let mut acc: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
    for it in places.iter().flat_map(|it| &it.reach) {
        acc.entry(&it.operation).or_default().extend(&it.positions);
    }
    let all = acc.into_iter().map(|(operation, mut positions)| {
        positions.sort();
        positions.dedup();
        let positions = positions.into_iter().cloned().collect();
        Reach { operation: operation.to_owned(), positions }
    });
    all.collect()
}
