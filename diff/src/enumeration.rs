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
    let (was, is) = (known(old), known(new));
    match (old.spelling, new.spelling) {
        (EnumSpelling::Enum, EnumSpelling::XEnum) => {
            let change = at.change(Kind::EnumOpened).wire(Wire::Compatible, Wire::Potentially);
            walk.push(change.values(format!("enum {was}"), format!("x-enum {is}")));
        }
        (EnumSpelling::XEnum, EnumSpelling::Enum) => {
            let change = at.change(Kind::EnumClosed).wire(Wire::Breaking, Wire::Compatible);
            walk.push(change.values(format!("x-enum {was}"), format!("enum {is}")));
        }
        _ => {}
    }
    let come = missing(&new.values, &old.values);
    if let Some(first) = come.first() {
        let received = match old.spelling {
            // If the enum became open as well, that row reports it.
            _ if new.spelling == EnumSpelling::XEnum && old.spelling == EnumSpelling::Enum => {
                Wire::Compatible
            }
            _ => Wire::Potentially,
        };
        let at = At { new: first.pointer.clone(), ..at.clone() };
        let change = at.change(Kind::ValueAdded).wire(Wire::Compatible, received);
        walk.push(change.is(list(&come)).rust(Rust::Minor));
    }
    let gone = missing(&old.values, &new.values);
    if let Some(first) = gone.first() {
        let sent = match new.spelling {
            EnumSpelling::Enum => Wire::Breaking,
            EnumSpelling::XEnum => Wire::Compatible,
        };
        let at = At { old: first.pointer.clone(), ..at.clone() };
        let change = at.change(Kind::ValueRemoved).wire(sent, Wire::Compatible);
        walk.push(change.was(list(&gone)).rust(Rust::Major));
    }
    compare_names(walk, at, pair, (old, new));
}

/// Returns the verdict for responses of an enum that was removed: an open enum
/// allowed any string already.
pub(super) fn dropped(old: &TypeDef) -> Wire {
    match &old.shape {
        Shape::Enum(it) if it.spelling == EnumSpelling::XEnum => Wire::Compatible,
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
