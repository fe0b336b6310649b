//! What makes several rows one.

use crate::finding::Finding;
use crate::kind::Kind;
use crate::verdict::{Verdict, Wire};

/// The cause of a row.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Cause {
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
    /// Texts for people.
    Texts,
    /// Operations of one resource that came or went.
    Operations { kind: Kind, resource: String, verdict: Verdict },
    /// Parts of one owner to which the same happened.
    Owner { kind: Kind, owner: String, verdict: Verdict },
}

/// How one name became another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Rule {
    /// The same words in another spelling: `get_pet` and `getPet`.
    Spelling,
    /// One part of the name in place of another.
    Part { old: String, new: String },
}

impl Cause {
    /// Returns the cause that a row shares with rows about other owners.
    pub(super) fn of(it: &Finding) -> Self {
        let (kind, old, new) = (it.kind, it.old.value.clone(), it.new.value.clone());
        match kind {
            Kind::DocsChanged => Self::Texts,
            Kind::TypeAdded | Kind::TypeRemoved if it.verdict.wire() == Wire::None => {
                Self::Types(kind)
            }
            Kind::OperationAdded | Kind::OperationRemoved => {
                let label = new.or(old).unwrap_or_default();
                Self::Operations { kind, resource: resource(&label), verdict: it.verdict }
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
            // The same credentials, or the same statuses, at many operations.
            Kind::StatusSwapped
            | Kind::AlternativeAdded
            | Kind::AlternativeRemoved
            | Kind::SecurityAdded
            | Kind::SecurityRemoved
            | Kind::ScopeAdded
            | Kind::ScopeRemoved => Self::Values { kind, old, new },
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

    /// Returns the cause that a row which shares none with other owners shares with rows about the same owner.
    pub(super) fn of_owner(it: &Finding) -> Option<Self> {
        let owner = match it.kind {
            Kind::PropertyAdded
            | Kind::PropertyRemoved
            | Kind::BecameRequired
            | Kind::BecameOptional
            | Kind::NullableAdded
            | Kind::NullableRemoved
            | Kind::Deprecated
            | Kind::Undeprecated
            | Kind::ReadOnlySet
            | Kind::ReadOnlyUnset
            | Kind::WriteOnlySet
            | Kind::WriteOnlyUnset => in_code(owner_of_part(&it.subject)?),
            Kind::VariantAdded | Kind::VariantRemoved => in_code(&it.subject),
            Kind::RequiredParameterAdded
            | Kind::RequiredParameterRemoved
            | Kind::OptionalParameterAdded
            | Kind::OptionalParameterRemoved
            | Kind::StatusAdded
            | Kind::StatusRemoved
            | Kind::HeaderAdded
            | Kind::HeaderRemoved => match it.reach.as_slice() {
                [] => return None,
                [one] => in_code(&one.operation),
                [first, rest @ ..] => format!("`{}` and {} more", first.operation, rest.len()),
            },
            _ => return None,
        };
        Some(Self::Owner { kind: it.kind, owner, verdict: it.verdict })
    }

    /// Returns what a row of places is about.
    pub(super) fn subject(&self, places: &[Finding]) -> String {
        let n = places.len();
        match self {
            Self::Alone(_) => String::new(),
            Self::Part { part, .. } => format!("`{part}` in {n} places"),
            Self::Values { .. } => format!("{n} places"),
            Self::Rule { kind: Kind::OperationRenamed, .. } => format!("{n} operations"),
            Self::Rule { kind: Kind::TypeRenamed, .. } | Self::Types(_) => format!("{n} types"),
            Self::Rule { .. } => format!("{n} names"),
            Self::Order => format!("constructors of {n} types"),
            Self::Texts => format!("{n} parts"),
            Self::Operations { resource, .. } => format!("{n} operations of `{resource}`"),
            Self::Owner { kind: Kind::VariantAdded | Kind::VariantRemoved, owner, .. } => {
                format!("{n} variants of {owner}")
            }
            Self::Owner { owner, .. } => {
                let parts = places.iter().map(|it| part(&it.subject).unwrap_or(&it.subject));
                let parts: Vec<_> = parts.map(in_code).collect();
                let parts = super::listed(parts.iter().map(String::as_str)).unwrap_or_default();
                format!("{parts} of {owner}")
            }
        }
    }
}

fn in_code(name: &str) -> String {
    format!("`{name}`")
}

/// Returns what the path of an operation begins with, for example `/pets/toys` of `GET /pets/{id}/toys/{toy}`.
fn resource(label: &str) -> String {
    let path = label.split_once(' ').map_or(label, |it| it.1);
    let words = path.split('/').filter(|it| !it.is_empty() && !it.contains('{')).take(2);
    format!("/{}", words.collect::<Vec<_>>().join("/"))
}

/// Returns what a subject says before the part that it is about, for example `Token` of `Token.scope`.
fn owner_of_part(subject: &str) -> Option<&str> {
    let owner = subject.strip_suffix(part(subject)?)?;
    owner.strip_suffix(['.', '|'])
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
