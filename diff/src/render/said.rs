//! Says what each side of a row is: a value, a state, or that it is not there.

use tamarack::render::Place;

use super::Sides;
use crate::describe::cut_both;
use crate::{Finding, Kind};

/// What is said of a side that has nothing.
pub(super) const ABSENT: &str = "not there";

/// Returns what the old and the new side are; of a change that has no values of its own, the
/// states it leads from and to, or the lines of the documents.
pub(super) fn sides(it: &Finding, sides: Sides<'_, '_>) -> [String; 2] {
    if is_of_many_texts(it) {
        return [String::new(), String::new()];
    }
    match (&it.old.value, &it.new.value) {
        (None, None) => {}
        (old, new) => {
            let text = |it: &Option<String>| it.clone().unwrap_or_else(|| ABSENT.to_owned());
            return [text(old), text(new)];
        }
    }
    if let Some(states) = states(it.kind) {
        return states.map(str::to_owned);
    }
    if it.kind.id().ends_with("-added") {
        return [ABSENT.to_owned(), it.subject.clone()];
    }
    if it.kind.id().ends_with("-removed") {
        return [it.subject.clone(), ABSENT.to_owned()];
    }
    if it.old.rust.is_some() || it.new.rust.is_some() {
        return [String::new(), String::new()];
    }
    cut_both(&line(&sides.old_place(it)), &line(&sides.new_place(it)))
}

/// Returns whether a row stands for texts of several places, each of which has its own.
pub(super) fn is_of_many_texts(it: &Finding) -> bool {
    it.kind == Kind::DocsChanged && !it.places.is_empty()
}

/// A document may be one long line.
const LONGEST: usize = 2_000;

fn line(place: &Place<'_>) -> String {
    let start =
        if place.line_range.len() > LONGEST { place.range.start } else { place.line_range.start };
    place.content[start..place.line_range.end].trim().chars().take(LONGEST).collect()
}

/// Returns the states that a change leads from and to.
fn states(kind: Kind) -> Option<[&'static str; 2]> {
    Some(match kind {
        Kind::BecameRequired => ["optional", "required"],
        Kind::BecameOptional => ["required", "optional"],
        Kind::NullableAdded => ["never null", "may be null"],
        Kind::NullableRemoved => ["may be null", "never null"],
        Kind::ReadOnlySet => ["sent and received", "read-only"],
        Kind::ReadOnlyUnset => ["read-only", "sent and received"],
        Kind::WriteOnlySet => ["sent and received", "write-only"],
        Kind::WriteOnlyUnset => ["write-only", "sent and received"],
        Kind::Deprecated => ["not deprecated", "deprecated"],
        Kind::Undeprecated => ["deprecated", "not deprecated"],
        Kind::ObjectClosed => ["further properties allowed", "further properties forbidden"],
        Kind::ObjectOpened => ["further properties forbidden", "further properties allowed"],
        _ => return None,
    })
}
