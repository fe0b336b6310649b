//! Folds rows that have one cause into one row with its places: the same change at many owners.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::finding::{Diff, Finding, Reach, fingerprint};
use super::kind::Kind;
use super::verdict::{Verdict, Wire};

impl Diff {
    /// Returns the rows as a report shows them: the same change of the same property of many
    /// owners, names that changed by one rule, and types that only came or went are one row each.
    ///
    /// A row has the worst verdict of its places. What is accepted is not folded with what is not.
    #[must_use]
    pub fn folded(&self) -> Self {
        let mut groups: IndexMap<(Cause, Option<String>), Vec<&Finding>> = IndexMap::new();
        for finding in &self.findings {
            let accepted = finding.accepted.as_ref().map(|it| it.reason.clone());
            groups.entry((Cause::of(finding), accepted)).or_default().push(finding);
        }
        let mut findings: Vec<Finding> =
            groups.iter().map(|((cause, _), group)| folded(cause, group)).collect();
        // The worst first, as before.
        findings.sort_by_key(|it| std::cmp::Reverse(it.verdict.weight()));
        Self { findings, ..self.clone() }
    }
}

/// What makes rows of different owners one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Cause {
    /// Nothing: the row stands alone.
    Alone(String),
    /// The same part of several owners changed in the same way.
    Part { kind: Kind, part: String, old: Option<String>, new: Option<String> },
    /// The same values, whatever the parts are called.
    Values { kind: Kind, old: Option<String>, new: Option<String> },
    /// Names that changed by one rule.
    Rule { kind: Kind, rule: Rule },
    /// Types that came or went and are in no message by themselves.
    Types(Kind),
    /// The order of the arguments of constructors.
    Order,
}

/// How one name became another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Rule {
    /// The same words in another spelling: `get_pet` and `getPet`.
    Spelling,
    /// One part of the name in place of another.
    Part { old: String, new: String },
}

impl Cause {
    fn of(it: &Finding) -> Self {
        let (kind, old, new) = (it.kind, it.old.value.clone(), it.new.value.clone());
        match kind {
            Kind::TypeAdded | Kind::TypeRemoved if it.verdict.wire() == Wire::None => {
                Self::Types(kind)
            }
            Kind::ConstructorChanged => Self::Order,
            Kind::TypeRenamed
            | Kind::OperationRenamed
            | Kind::PropertyRenamed
            | Kind::VariantRenamed
            | Kind::ValueRenamed => match rule(it) {
                Some(rule) => Self::Rule { kind, rule },
                None => Self::Alone(it.fingerprint.clone()),
            },
            // One type took the place of another wherever it is used.
            Kind::ReferenceChanged if old.is_some() && new.is_some() => {
                Self::Values { kind, old, new }
            }
            Kind::Tightened | Kind::Loosened | Kind::ConstraintChanged
                if [&old, &new].into_iter().flatten().any(|it| it.starts_with("pattern: ")) =>
            {
                Self::Values { kind, old, new }
            }
            _ => match part(&it.subject) {
                Some(part) => Self::Part { kind, part: part.to_owned(), old, new },
                None => Self::Alone(it.fingerprint.clone()),
            },
        }
    }

    /// Returns what a row of `n` places is about.
    fn subject(&self, n: usize) -> String {
        match self {
            Self::Alone(_) => String::new(),
            Self::Part { part, .. } => format!("{part} in {n} places"),
            Self::Values { .. } => format!("{n} places"),
            Self::Rule { kind: Kind::OperationRenamed, .. } => format!("{n} operations"),
            Self::Rule { kind: Kind::TypeRenamed, .. } | Self::Types(_) => format!("{n} types"),
            Self::Rule { .. } => format!("{n} names"),
            Self::Order => format!("constructors of {n} types"),
        }
    }
}

/// Returns what a subject calls a part of its owner, for example `scope` of `Token.scope`.
fn part(subject: &str) -> Option<&str> {
    if let Some(owner) = subject.strip_suffix(" examples") {
        return (!owner.is_empty()).then_some("examples");
    }
    let at = subject.rfind(['.', '|'])?;
    let part = &subject[at + 1..];
    // A path with a dot in it is no part of anything.
    let is_name = !part.is_empty() && !part.contains(['/', ' ']);
    (is_name && at > 0).then_some(part)
}

fn rule(it: &Finding) -> Option<Rule> {
    let name = |line: &str| line.split('(').next().unwrap_or(line).trim_matches('`').to_owned();
    let of = |value: &Option<String>, rust: &Option<String>| {
        value.as_deref().or(rust.as_deref()).map(name)
    };
    let (mut old, mut new) = (of(&it.old.value, &it.old.rust)?, of(&it.new.value, &it.new.rust)?);
    if old == new {
        (old, new) = (name(it.old.rust.as_deref()?), name(it.new.rust.as_deref()?));
    }
    let words = |it: &str| it.replace(['_', '-', '.', ' '], "").to_lowercase();
    if words(&old) == words(&new) {
        return Some(Rule::Spelling);
    }
    let same = |(a, b): &(char, char)| a == b;
    let before: usize =
        old.chars().zip(new.chars()).take_while(same).map(|it| it.0.len_utf8()).sum();
    let (was, is) = (&old[before..], &new[before..]);
    let after: usize =
        (was.chars().rev().zip(is.chars().rev()).take_while(same)).map(|it| it.0.len_utf8()).sum();
    let (was, is) = (&was[..was.len() - after], &is[..is.len() - after]);
    // A name that is another one altogether follows no rule.
    (before + after > 0).then(|| Rule::Part { old: was.to_owned(), new: is.to_owned() })
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
        subject: cause.subject(places.len()),
        verdict,
        reach: reach(&places),
        fingerprint: fingerprint([first.kind.id()].into_iter().chain(prints)),
        ..(**first).clone()
    };
    if differs(&|it| it.old.value.clone()) {
        acc.old.value = listed(places.iter().filter_map(|it| it.old.value.as_deref()));
    }
    if differs(&|it| it.new.value.clone()) {
        acc.new.value = listed(places.iter().filter_map(|it| it.new.value.as_deref()));
    }
    if differs(&|it| it.old.rust.clone()) || differs(&|it| it.new.rust.clone()) {
        (acc.old.rust, acc.new.rust) = (None, None);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_of_an_owner() {
        for (subject, expected) in [
            ("Token.scope", Some("scope")),
            ("Token.scope[]", Some("scope[]")),
            ("Pet|cat", Some("cat")),
            ("Token", None),
            ("GET /a.b/c", None),
            ("list_pets response 200 examples", Some("examples")),
            ("query parameter limit", None),
            (".x", None),
        ] {
            assert_eq!(part(subject), expected, "{subject}");
        }
    }
}
