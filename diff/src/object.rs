//! Compares the properties of two structs.

use tamarack::api::{Additional, Property, Struct, TypeId};
use tamarack::plan::{Field, Item, PlannedStruct, Start};

use super::at::At;
use super::beside;
use super::describe;
use super::kind::Kind;
use super::member;
use super::named::Named;
use super::rust::{Code, text};
use super::uses;
use super::verdict::{Rust, Wire};
use super::walk::{Change, TypePair, Version, Walk};
use super::within::Sameness;

/// Compares two structs property by property.
pub(super) fn compare(
    walk: &mut Walk<'_>,
    at: &At,
    pair: TypePair,
    (old, new): (&Struct, &Struct),
) {
    let gone: Vec<_> = only_in(old, new);
    let come: Vec<_> = only_in(new, old);
    if let ([gone], [come]) = (gone.as_slice(), come.as_slice())
        && is_renamed(walk, &old.properties[*gone], &new.properties[*come])
    {
        let (gone, come) = (&old.properties[*gone], &new.properties[*come]);
        let change = At::new(at.node, subject(at, come), &gone.pointer, &come.pointer)
            .change(Kind::PropertyRenamed)
            .wire(Wire::Breaking, Wire::Breaking)
            .rust(Rust::Major);
        walk.push(change.values(&gone.name, &come.name));
    } else {
        for index in gone {
            let change = removed(walk, at, pair.0, index, old, new);
            walk.push(change);
        }
        for index in come {
            let change = added(walk, at, pair.1, index, old, new);
            walk.push(change);
        }
    }
    let before = Named::new(&old.properties, |it| &it.name);
    for (new_index, is) in new.properties.iter().enumerate() {
        if let Some(old_index) = before.place(&is.name) {
            member::compare(
                walk,
                at,
                pair,
                (old_index, &old.properties[old_index]),
                (new_index, is),
            );
        }
    }
    compare_additional(walk, at, pair, (&old.additional, &new.additional));
    compare_closed_parts(walk, at, (old, new));
    compare_constructors(walk, at, pair);
}

/// Compares any object with one of declared properties: each is a property that is added.
pub(super) fn compare_opened(walk: &mut Walk<'_>, at: &At, id: TypeId, new: &Struct) {
    let old = any_object();
    for index in 0..new.properties.len() {
        // Whoever had a map has a struct.
        let change = added(walk, at, id, index, &old, new).rust(Rust::Major);
        walk.push(change);
    }
    compare_additional(walk, at, (id, id), (&old.additional, &new.additional));
}

/// Compares an object of declared properties with any object: each is removed.
pub(super) fn compare_closed(walk: &mut Walk<'_>, at: &At, id: TypeId, old: &Struct) {
    let new = any_object();
    for index in 0..old.properties.len() {
        let change = removed(walk, at, id, index, old, &new);
        walk.push(change);
    }
    compare_additional(walk, at, (id, id), (&old.additional, &new.additional));
}

fn any_object() -> Struct {
    Struct { properties: Vec::new(), additional: Additional::Unsaid, has_closed_part: false }
}

fn only_in(a: &Struct, b: &Struct) -> Vec<usize> {
    let others = Named::new(&b.properties, |it| &it.name);
    let is_missing = |index: &usize| others.place(&a.properties[*index].name).is_none();
    (0..a.properties.len()).filter(is_missing).collect()
}

/// Returns whether a removed and an added property are one that was renamed: both
/// allow the same values, other than plain strings and flags, which are too common.
fn is_renamed(walk: &Walk<'_>, old: &Property, new: &Property) -> bool {
    let telling = matches!(old.ty.ty, tamarack::api::Type::Named(_) | tamarack::api::Type::List(_));
    let documented = old.docs == new.docs && old.docs.description.is_some();
    old.required == new.required
        && (telling || documented)
        && Sameness::new(walk.old.api, walk.new.api).holds(&old.ty, &new.ty)
}

pub(super) fn subject(at: &At, property: &Property) -> String {
    format!("{}.{}", at.subject, property.name)
}

fn words(version: Version<'_>, property: &Property) -> String {
    let required = if property.required { "required" } else { "optional" };
    let default =
        property.default.as_ref().map_or_else(String::new, |it| format!(", default {it}"));
    format!("{required} {}{default}", describe::ty(version, &property.ty))
}

fn removed(
    walk: &Walk<'_>,
    at: &At,
    id: TypeId,
    index: usize,
    old: &Struct,
    new: &Struct,
) -> Change {
    let property = &old.properties[index];
    let sent = match new.additional {
        Additional::Denied if !property.read_only => Wire::Breaking,
        _ if property.read_only => Wire::Compatible,
        _ => Wire::Potentially,
    };
    let received = match () {
        () if property.write_only => Wire::Compatible,
        () if property.required => Wire::Breaking,
        () => Wire::Potentially,
    };
    At::new(at.node, subject(at, property), &property.pointer, &at.new)
        .change(Kind::PropertyRemoved)
        .wire(sent, received)
        .rust(Rust::Major)
        .was(words(walk.old, property))
        .code(field(walk.old, id, index).map(line), None)
}

fn added(walk: &Walk<'_>, at: &At, id: TypeId, index: usize, old: &Struct, new: &Struct) -> Change {
    let property = &new.properties[index];
    let sent = match () {
        () if property.required && !property.read_only => Wire::Breaking,
        () => Wire::Compatible,
    };
    let received = match old.additional {
        Additional::Denied if !property.write_only => Wire::Potentially,
        _ => Wire::Compatible,
    };
    let is_taken = field(walk.new, id, index).is_some_and(|it| it.start == Start::Taken);
    At::new(at.node, subject(at, property), &at.old, &property.pointer)
        .change(Kind::PropertyAdded)
        .wire(sent, received)
        .rust(if is_taken { Rust::Major } else { Rust::Minor })
        .is(words(walk.new, property))
        .code(None, field(walk.new, id, index).map(line))
}

fn planned(version: Version<'_>, id: TypeId) -> Option<&PlannedStruct> {
    match &version.planned(id).item {
        Item::Struct(it) => Some(it),
        _ => None,
    }
}

pub(super) fn field(version: Version<'_>, id: TypeId, index: usize) -> Option<&Field> {
    planned(version, id)?.fields.get(index)
}

fn line(field: &Field) -> String {
    format!("pub {}: {}", field.ident, text(&field.ty))
}

fn compare_additional(
    walk: &mut Walk<'_>,
    at: &At,
    pair: TypePair,
    (old, new): (&Additional, &Additional),
) {
    use Additional::{Denied, Kept, Unsaid, Variant};
    let change = match (old, new) {
        (Unsaid, Unsaid) | (Denied, Denied) => return,
        (Kept(old), Kept(new)) => {
            let planned = (planned(walk.old, pair.0), planned(walk.new, pair.1));
            let types = planned
                .0
                .zip(planned.1)
                .and_then(|(was, is)| Some((was.additional.as_ref()?, is.additional.as_ref()?)));
            let code = types.map(|(was, is)| Code::of(walk, "pub additional: ", was, is));
            let at = At { subject: format!("{}{{}}", at.subject), code, ..at.clone() };
            return uses::compare(walk, &at, old, new);
        }
        (Variant(old), Variant(new)) => {
            let types = planned(walk.old, pair.0).zip(planned(walk.new, pair.1));
            let types = types.and_then(|(was, is)| was.variant.as_ref().zip(is.variant.as_ref()));
            let code = types.map(|(was, is)| Code::of(walk, "pub variant: ", &was.ty, &is.ty));
            return beside::compare(walk, &At { code, ..at.clone() }, old, new);
        }
        // What has to fit a branch as well are fewer values.
        (Variant(_), _) => {
            at.change(Kind::BranchesRemoved).wire(Wire::Compatible, Wire::Potentially)
        }
        (_, Variant(_)) => at.change(Kind::BranchesAdded).wire(Wire::Potentially, Wire::Compatible),
        (Unsaid | Kept(_), Denied) => {
            at.change(Kind::ObjectClosed).wire(Wire::Breaking, Wire::Compatible)
        }
        (Denied, Unsaid | Kept(_)) => {
            at.change(Kind::ObjectOpened).wire(Wire::Compatible, Wire::Potentially)
        }
        (Unsaid, Kept(ty)) | (Kept(ty), Unsaid) => {
            let any = matches!(ty.ty, tamarack::api::Type::Any | tamarack::api::Type::File);
            let wire = if any { Wire::None } else { Wire::Unknown };
            at.change(Kind::AdditionalChanged).wire(wire, wire)
        }
    };
    let rust = match (old, new) {
        (Kept(_) | Variant(_), _) | (_, Variant(_)) => Rust::Major,
        (_, Kept(_)) => Rust::Minor,
        _ => Rust::None,
    };
    walk.push(change.rust(rust));
}

/// A part of `allOf` that denies what it does not declare denies what the other parts declare, too. An object
/// that is closed or opened as a whole has a row already.
fn compare_closed_parts(walk: &mut Walk<'_>, at: &At, (old, new): (&Struct, &Struct)) {
    let is_closed = |it: &Struct| it.additional == Additional::Denied;
    let change = match (old.has_closed_part, new.has_closed_part) {
        (false, true) if !is_closed(old) => {
            at.change(Kind::ObjectClosed).wire(Wire::Breaking, Wire::Compatible)
        }
        (true, false) if !is_closed(new) => {
            at.change(Kind::ObjectOpened).wire(Wire::Compatible, Wire::Potentially)
        }
        _ => return,
    };
    walk.push(change);
}

/// The arguments of a constructor follow the order of the document, which has
/// no effect on the wire.
fn compare_constructors(walk: &mut Walk<'_>, at: &At, (old, new): TypePair) {
    let (Some(was), Some(is)) = (planned(walk.old, old), planned(walk.new, new)) else { return };
    let names = |it: &PlannedStruct| -> Vec<(String, bool)> {
        let taken = it.taken().map(|field| (field.json_name.clone(), true));
        taken.chain(it.filled().map(|(field, _)| (field.json_name.clone(), false))).collect()
    };
    let (mut was_names, mut is_names) = (names(was), names(is));
    was_names.retain(|it| is_names.iter().any(|other| other.0 == it.0));
    is_names.retain(|it| was_names.iter().any(|other| other.0 == it.0));
    if was_names == is_names {
        return;
    }
    let list = |all: &[(String, bool)]| {
        let taken = all.iter().filter(|it| it.1).map(|it| it.0.as_str());
        format!("new({})", taken.collect::<Vec<_>>().join(", "))
    };
    let taken = |all: &[(String, bool)]| all.iter().filter(|it| it.1).cloned().collect::<Vec<_>>();
    if taken(&was_names) != taken(&is_names) {
        let change = at.change(Kind::ConstructorChanged).rust(Rust::Major);
        walk.push(change.code(Some(list(&was_names)), Some(list(&is_names))));
    }
}
