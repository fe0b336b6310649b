//! What makes several rows one.

use super::part::{owner_of_part, part, part_of_operation, without_inline};
use super::rule::{Rule, rule};
use crate::finding::Finding;
use crate::kind::Kind;
use crate::verdict::{Verdict, Wire};

/// The cause of a row.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Cause {
    /// Nothing: the row stands alone.
    Alone(String),
    /// A name that follows no rule.
    Name { kind: Kind, fingerprint: String },
    /// All names of a kind.
    Names(Kind),
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
    /// Parts that the same owners share, to which the same happened.
    Owners { kind: Kind, owners: Vec<String>, verdict: Verdict },
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
                None => Self::Name { kind, fingerprint: it.fingerprint.clone() },
            },
            // One status took the place of another, whatever the response holds.
            Kind::StatusSwapped => match (status(old.as_deref()), status(new.as_deref())) {
                (Some((was, holds)), Some((is, held))) if holds == held => {
                    Self::Values { kind, old: Some(was.to_owned()), new: Some(is.to_owned()) }
                }
                _ => Self::Values { kind, old, new },
            },
            // The same credentials at many operations.
            Kind::AlternativeAdded
            | Kind::AlternativeRemoved
            | Kind::SecurityAdded
            | Kind::SecurityRemoved
            | Kind::ScopeAdded
            | Kind::ScopeRemoved => Self::Values { kind, old, new },
            // The same type or constraint in place of the same other one, whatever the part is called.
            Kind::ReferenceChanged
            | Kind::Tightened
            | Kind::Loosened
            | Kind::ConstraintChanged
            | Kind::TypeChanged
            | Kind::TypeGeneralized
            | Kind::TypeSpecialized
            | Kind::FormatAdded
            | Kind::FormatRemoved
            | Kind::FormatChanged
                if old.is_some() && new.is_some() =>
            {
                Self::Values { kind, old, new }
            }
            _ => match part(&it.subject) {
                Some(part) => {
                    let plain = |it: Option<String>| it.map(|it| without_inline(&it, part));
                    Self::Part { kind, part: part.to_owned(), old: plain(old), new: plain(new) }
                }
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
            | Kind::DefaultAdded
            | Kind::DefaultRemoved
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

    /// Returns the cause that a row of one part of several owners shares with rows of other parts of the same owners.
    pub(super) fn of_owners(&self, places: &[&Finding]) -> Option<Self> {
        let Self::Part { kind, .. } = *self else { return None };
        let [first, _, ..] = places else { return None };
        Self::of_owner(first)?;
        let owners = places.iter().map(|it| owner_of_part(&it.subject).map(str::to_owned));
        let mut owners: Vec<String> = owners.collect::<Option<_>>()?;
        owners.sort_unstable();
        let verdict = places.iter().fold(Verdict::default(), |acc, it| acc.worst(it.verdict));
        Some(Self::Owners { kind, owners, verdict })
    }

    /// Returns the cause that a row of renamed operations or types shares with all others of them.
    pub(super) fn of_renames(&self) -> Option<Self> {
        match *self {
            Self::Rule { kind, .. } | Self::Name { kind, .. }
                if matches!(kind, Kind::OperationRenamed | Kind::TypeRenamed) =>
            {
                Some(Self::Names(kind))
            }
            _ => None,
        }
    }

    /// Returns the values that the places have in common, if a row of this cause shows them for all.
    pub(super) fn values(&self) -> Option<[Option<String>; 2]> {
        match self {
            Self::Values { old, new, .. } => Some([old.clone(), new.clone()]),
            _ => None,
        }
    }

    /// Returns what a row of places is about.
    pub(super) fn subject(&self, places: &[Finding]) -> String {
        let n = places.len();
        match self {
            Self::Alone(_) | Self::Name { .. } => String::new(),
            Self::Part { part, .. } => part_of_places(part, places),
            Self::Values { .. } => match part(&places[0].subject) {
                Some(own) if places.iter().all(|it| part(&it.subject) == Some(own)) => {
                    part_of_places(own, places)
                }
                _ => {
                    let [first, rest @ ..] = places else { return String::new() };
                    format!("{} and {} more", in_code(&first.subject), rest.len())
                }
            },
            Self::Rule { kind: Kind::OperationRenamed, .. }
            | Self::Names(Kind::OperationRenamed) => format!("{n} operations"),
            Self::Rule { kind: Kind::TypeRenamed, .. }
            | Self::Names(Kind::TypeRenamed)
            | Self::Types(_) => format!("{n} types"),
            Self::Rule { .. } | Self::Names(_) => format!("{n} names"),
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
            Self::Owners { owners, .. } => {
                let mut parts: Vec<_> = places.iter().filter_map(|it| part(&it.subject)).collect();
                parts.sort_unstable();
                parts.dedup();
                let parts: Vec<_> = parts.into_iter().map(in_code).collect();
                let parts = super::listed(parts.iter().map(String::as_str)).unwrap_or_default();
                format!("{parts} in {} places each", owners.len())
            }
        }
    }
}

fn in_code(name: &str) -> String {
    format!("`{name}`")
}

/// Returns how a row calls one part in several places.
fn part_of_places(part: &str, places: &[Finding]) -> String {
    let n = places.len();
    if places.iter().all(|it| part_of_operation(&it.subject) == Some(part)) {
        format!("{part} of {n} operations")
    } else {
        format!("`{part}` in {n} places")
    }
}

/// Returns the status of a response and what it holds, for example `200` and `list of Pet`.
fn status(value: Option<&str>) -> Option<(&str, &str)> {
    value?.split_once(' ')
}

/// Returns what the path of an operation begins with, for example `/pets/toys` of `GET /pets/{id}/toys/{toy}`.
fn resource(label: &str) -> String {
    let path = label.split_once(' ').map_or(label, |it| it.1);
    let words = path.split('/').filter(|it| !it.is_empty() && !it.contains('{')).take(2);
    format!("/{}", words.collect::<Vec<_>>().join("/"))
}
