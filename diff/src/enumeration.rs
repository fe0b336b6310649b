//! Compares two lists of values: opened, closed, added, removed.

use tamarack::api::{EnumSpelling, EnumValue, OpenEnum, Shape, TypeDef, TypeId};
use tamarack::plan::Item;

use super::at::At;
use super::describe;
use super::kind::Kind;
use super::verdict::{Rust, Wire};
use super::walk::{TypePair, Version, Walk};

/// Compares two enums. Whether other values are allowed and which values are
/// listed are two questions with a row each.
pub(super) fn compare(
    walk: &mut Walk<'_>,
    at: &At,
    pair: TypePair,
    (old, new): (&OpenEnum, &OpenEnum),
) {
    let (was_open, is_open) = (is_open(old), is_open(new));
    compare_opening(walk, at, (was_open, &known(old)), (is_open, &known(new)), Rust::None);
    let come = missing(&new.values, &old.values);
    if let Some(first) = come.first() {
        let at = At { new: first.pointer.clone(), ..at.clone() };
        let received = received_if_added(was_open, is_open);
        let change = at.change(Kind::ValueAdded).wire(Wire::Compatible, received);
        walk.push(change.is(list(&come)).rust(Rust::Minor));
    }
    let gone = missing(&old.values, &new.values);
    if let Some(first) = gone.first() {
        let at = At { old: first.pointer.clone(), ..at.clone() };
        let sent = sent_if_removed(is_open);
        let change = at.change(Kind::ValueRemoved).wire(sent, Wire::Compatible);
        walk.push(change.was(list(&gone)).rust(Rust::Major));
    }
    compare_names(walk, at, pair, (old, new));
}

/// Compares whether other values may come than those that are listed, as they are shown.
pub(super) fn compare_opening(
    walk: &mut Walk<'_>,
    at: &At,
    (was_open, was): (bool, &str),
    (is_open, is): (bool, &str),
    rust: Rust,
) {
    let (kind, sent, received) = match (was_open, is_open) {
        (false, true) => (Kind::EnumOpened, Wire::Compatible, Wire::Potentially),
        (true, false) => (Kind::EnumClosed, Wire::Breaking, Wire::Compatible),
        _ => return,
    };
    let shown = |open, values| format!("{} {values}", if open { "x-enum" } else { "enum" });
    let change = at.change(kind).wire(sent, received).rust(rust);
    walk.push(change.values(shown(was_open, was), shown(is_open, is)));
}

/// Returns the verdict for responses of a value that is added to a list. If the list became open as well, that row
/// reports it.
pub(super) fn received_if_added(was_open: bool, is_open: bool) -> Wire {
    if is_open && !was_open { Wire::Compatible } else { Wire::Potentially }
}

/// Returns the verdict for requests of a value that is removed from a list.
pub(super) fn sent_if_removed(is_open: bool) -> Wire {
    if is_open { Wire::Compatible } else { Wire::Breaking }
}

fn is_open(it: &OpenEnum) -> bool {
    it.spelling == EnumSpelling::XEnum
}

/// Returns the verdict for responses of an enum that was removed: an open enum
/// allowed any string already.
pub(super) fn dropped(old: &TypeDef) -> Wire {
    match &old.shape {
        Shape::Enum(it) if is_open(it) => Wire::Compatible,
        _ => Wire::Potentially,
    }
}

fn known(it: &OpenEnum) -> String {
    describe::quoted(it.values.iter().map(|it| it.text.as_str()))
}

fn list(values: &[&EnumValue]) -> String {
    describe::quoted(values.iter().map(|it| it.text.as_str()))
}

fn missing<'a>(of: &'a [EnumValue], from: &[EnumValue]) -> Vec<&'a EnumValue> {
    of.iter().filter(|it| from.iter().all(|other| other.text != it.text)).collect()
}

fn compare_names(walk: &mut Walk<'_>, at: &At, pair: TypePair, (old, new): (&OpenEnum, &OpenEnum)) {
    for (new_index, value) in new.values.iter().enumerate() {
        let Some(old_index) = old.values.iter().position(|it| it.text == value.text) else {
            continue;
        };
        let was = variant(walk.old, pair.0, old_index);
        let is = variant(walk.new, pair.1, new_index);
        if was != is {
            let before = old.values[old_index].pointer.clone();
            let at = At { old: before, new: value.pointer.clone(), ..at.clone() };
            let change = at.change(Kind::ValueRenamed).values(&value.text, &value.text);
            walk.push(change.rust(Rust::Major).code(was, is));
        }
    }
}

fn variant(version: Version<'_>, id: TypeId, index: usize) -> Option<String> {
    match &version.planned(id).item {
        Item::Enum(it) => it.variants.get(index).map(|it| it.ident.to_string()),
        _ => None,
    }
}
