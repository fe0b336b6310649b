//! The facet that a change affects; only changes of one facet can undo each other.

use crate::kind::Kind;

/// What tells two rows of one kind on one subject apart.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// Nothing needs to: there is one.
    Place,
    /// Their values.
    Value,
}

/// Returns what tells rows of this kind apart.
pub(super) fn told_apart(kind: Kind) -> By {
    match facet(kind) {
        Kind::ServerChanged
        | Kind::MediaTypeChanged
        | Kind::ConstraintChanged
        | Kind::AlternativeAdded
        | Kind::TagAdded
        | Kind::ValueRenamed => By::Value,
        _ => By::Place,
    }
}

/// Returns what stands for all kinds that can follow each other on one thing:
/// a type that became wider may change back as narrower.
pub(super) fn facet(kind: Kind) -> Kind {
    use Kind::{
        ConstantChanged, ConstraintChanged, DefaultChanged, FormatChanged, MediaTypeChanged,
        ServerChanged, TypeChanged,
    };
    match kind {
        Kind::ServerAdded | Kind::ServerRemoved => ServerChanged,
        Kind::ConstantAdded | Kind::ConstantRemoved => ConstantChanged,
        Kind::MediaTypeAdded | Kind::MediaTypeRemoved => MediaTypeChanged,
        Kind::DefaultAdded | Kind::DefaultRemoved => DefaultChanged,
        Kind::FormatAdded | Kind::FormatRemoved => FormatChanged,
        Kind::RequiredParameterRemoved
        | Kind::OptionalParameterAdded
        | Kind::OptionalParameterRemoved => Kind::RequiredParameterAdded,
        Kind::Tightened | Kind::Loosened => ConstraintChanged,
        Kind::TypeGeneralized
        | Kind::TypeSpecialized
        | Kind::ReferenceChanged
        | Kind::EnumOpened
        | Kind::EnumClosed
        | Kind::EnumAdded
        | Kind::EnumDropped => TypeChanged,
        Kind::Extracted | Kind::Inlined => Kind::TypeRenamed,
        other => other.min(other.mirror()),
    }
}
