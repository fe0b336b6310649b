//! Compares the failed witnesses with the `major` rows of a diff.

use std::collections::{BTreeMap, BTreeSet};

use tamarack::api::Api;
use tamarack::pointer::Pointer;
use tamarack_diff::{Diff, Finding, Kind, Rust};

use crate::place::{Place, Places, label};
use crate::witness::{Use, Witness};

/// Whether a diff predicts exactly what fails.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judgement {
    /// Uses that fail and that no row explains, each with the compiler's words.
    pub unexplained: Vec<String>,
    /// Rows that are `major` and break no use.
    pub unconfirmed: Vec<String>,
    /// Rows that are `major` though everything compiles: arguments of one type
    /// that changed places mean something else without a word of the compiler.
    pub silent: Vec<String>,
    /// The uses that fail.
    pub failed: Vec<String>,
    /// How many uses fail.
    pub n_failed: usize,
    /// How many rows are `major`.
    pub n_major: usize,
}

impl Judgement {
    /// Returns whether the diff predicts exactly what fails.
    pub fn is_exact(&self) -> bool {
        self.unexplained.is_empty() && self.unconfirmed.is_empty()
    }
}

/// What a judgement looks at.
pub struct Case<'a> {
    /// What was written from the old crate.
    pub witnesses: &'a [Witness],
    /// What of it does not compile against the new one, with the compiler's words.
    pub failed: &'a BTreeMap<usize, String>,
    /// The places in the old document.
    pub places: &'a Places,
    /// The new model: rows list operations as it has them.
    pub new: &'a Api,
    /// What is predicted.
    pub diff: &'a Diff,
}

/// Compares what fails with what is predicted, both ways.
pub fn judge(case: &Case<'_>) -> Judgement {
    let placed: Vec<_> =
        case.witnesses.iter().map(|it| placed(case.places, case.new, it)).collect();
    // A name that is gone takes with it whatever names it; it is explained itself.
    let gone: BTreeSet<&str> = (case.failed.keys())
        .filter(|it| case.witnesses[**it].used == Use::Name)
        .map(|it| case.witnesses[*it].item.as_str())
        .collect();
    let major: Vec<_> =
        case.diff.findings.iter().filter(|it| it.verdict.rust == Rust::Major).collect();
    let mut acc =
        Judgement { n_failed: case.failed.len(), n_major: major.len(), ..Judgement::default() };
    for (index, message) in case.failed {
        let it = &case.witnesses[*index];
        acc.failed.push(it.title());
        let follows = it.used != Use::Name
            && (gone.contains(it.item.as_str()) || it.named.iter().any(|it| gone.contains(&**it)));
        if !follows && !major.iter().any(|row| explains(row, it, &placed[*index])) {
            acc.unexplained.push(format!("{}: {message}", it.title()));
        }
    }
    for row in major {
        let fails = |index: &usize| case.failed.contains_key(index);
        let mut own: Vec<usize> = (0..placed.len())
            .filter(|it| is_own(row, &case.witnesses[*it], &placed[*it]))
            .collect();
        if own.is_empty() {
            let all = 0..placed.len();
            own = all.filter(|it| explains(row, &case.witnesses[*it], &placed[*it])).collect();
        }
        if !own.iter().any(fails) {
            let words = format!("{} [{}] at {}", row.title(), row.kind.id(), row.old.pointer);
            match row.kind {
                Kind::ArgumentsReordered | Kind::ConstructorChanged => acc.silent.push(words),
                _ => acc.unconfirmed.push(words),
            }
        }
    }
    acc
}

/// Returns the place of a witness, its operation as the new document has it.
pub(crate) fn placed(places: &Places, new: &Api, it: &Witness) -> Place {
    let mut place = places.find(it);
    if let Some((words, id)) = &mut place.operation
        && let Some(new) = new.operations.iter().find(|new| new.id == *id)
    {
        *words = label(new);
    }
    place
}

/// Rows at what a new member is added to.
fn is_of_constructor(kind: Kind) -> bool {
    matches!(kind, Kind::PropertyAdded | Kind::ConstructorChanged)
}

/// Whether the row is about the very thing that is used.
pub(crate) fn is_own(row: &Finding, it: &Witness, place: &Place) -> bool {
    if is_of_constructor(row.kind) {
        // What the constructor takes has no setter.
        let sets = row.kind == Kind::ConstructorChanged
            && it.member.as_ref().is_some_and(|it| it.starts_with("with_"));
        let of = |at: &Pointer| at == &row.old.pointer || sets && row.old.pointer.holds(at);
        // Any object was a map; with its first property it is a struct.
        let is_map = row.kind == Kind::PropertyAdded && it.used == Use::Alias;
        return (constructs(it, place) || sets || is_map) && place.pointers.iter().any(of);
    }
    if is_name(row, it) {
        return true;
    }
    // Values that went are one row, at the place of the first of them.
    if row.kind == Kind::ValueRemoved && it.used == Use::Variant {
        let list = row.old.pointer.parent();
        return place.pointers.iter().any(|at| at.parent() == list);
    }
    place.pointers.iter().any(|at| row.old.pointer.holds(at))
}

pub(crate) fn constructs(it: &Witness, place: &Place) -> bool {
    let method = it.member.as_deref().unwrap_or_default();
    place.is_bundle
        || method == "new"
        || method.starts_with("token_source")
        || (it.used == Use::Bound && method == "Default")
}

fn is_name(row: &Finding, it: &Witness) -> bool {
    let named = row.old.rust.as_ref().map(|it| format!("types::{it}"));
    named.is_some_and(|named| named == it.item)
}

pub(crate) fn explains(row: &Finding, it: &Witness, place: &Place) -> bool {
    if is_own(row, it, place) {
        return true;
    }
    if is_of_constructor(row.kind) {
        return false;
    }
    let is_reached = |words: &String| row.reach.iter().any(|it| it.operation == *words);
    if let Some((words, _)) = &place.operation {
        return is_reached(words);
    }
    place.pointers.iter().any(|at| at.holds(&row.old.pointer) && at.parent().is_some())
}
