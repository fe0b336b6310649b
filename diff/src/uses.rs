//! Compares two uses of types: what each allows.

use tamarack::api::{Shape, Struct, Type, TypeId, TypeRef};

use super::at::At;
use super::constraint;
use super::describe;
use super::enumeration;
use super::kind::Kind;
use super::object;
use super::rust::is_one;
use super::verdict::{Rust, Wire, Within};
use super::walk::{Change, TypePair, Version, Walk};
use super::within::{Sets, limits, within};

/// Compares what a place allows.
pub(super) fn compare(walk: &mut Walk<'_>, at: &At, old: &TypeRef, new: &TypeRef) {
    compare_null(walk, at, old, new);
    match (&old.ty, &new.ty) {
        (Type::Named(old_id), Type::Named(new_id)) => {
            compare_named(walk, at, (*old_id, *new_id), (old, new));
        }
        _ => {
            let (old_plain, new_plain) = (plain(walk.old, old), plain(walk.new, new));
            compare_plain(walk, at, (old, &old_plain), (new, &new_plain));
        }
    }
    // The variants of a union have constraints of their own.
    let unions = (is_union(walk.old, old), is_union(walk.new, new));
    if unions.0 == unions.1 {
        let apis = (walk.old.api, walk.new.api);
        let (old, new) =
            (constraint::of_use(apis.0, old, new), constraint::of_use(apis.1, new, old));
        constraint::compare(walk, at, old, new);
    }
}

/// A component that may be `null` says so itself: that is its own row.
fn compare_null(walk: &mut Walk<'_>, at: &At, old: &TypeRef, new: &TypeRef) {
    let own = |version: Version<'_>, it: &TypeRef| match it.ty {
        Type::Named(id) => version.def(id).nullable,
        Type::Any => it.constraints.values().is_empty(),
        _ => false,
    };
    let both_named = matches!((&old.ty, &new.ty), (Type::Named(_), Type::Named(_)));
    let (old_own, new_own) = (own(walk.old, old), own(walk.new, new));
    if both_named && old_own != new_own && old.nullable == new.nullable {
        return;
    }
    match (old.nullable || old_own, new.nullable || new_own) {
        (false, true) => walk.push(
            at.change(Kind::NullableAdded).wire(Wire::Compatible, Wire::Breaking).rust(at.rust()),
        ),
        (true, false) => walk.push(
            at.change(Kind::NullableRemoved).wire(Wire::Breaking, Wire::Compatible).rust(at.rust()),
        ),
        _ => {}
    }
}

fn compare_named(walk: &mut Walk<'_>, at: &At, pair: TypePair, uses: (&TypeRef, &TypeRef)) {
    walk.meet(pair, at.node, at.flow);
    if !walk.pairing.is_same(pair) {
        // One or both still exist as another type, so this is not a rename. What a message can break on has
        // rows of its own.
        let (sent, received) = sets_of_uses(walk, uses.0, uses.1);
        let differs = sent == Within::No || received == Within::No;
        let wire = if differs { Wire::Compatible } else { Wire::None };
        let change = at
            .change(Kind::ReferenceChanged)
            .wire(wire, wire)
            .values(describe::name(walk.old, pair.0), describe::name(walk.new, pair.1))
            .rust(Rust::major_if(!is_one(walk, pair)));
        let code = |it: &dyn Fn(&super::rust::Code) -> String| at.code.as_ref().map(it);
        walk.push(change.code(code(&super::rust::Code::old), code(&super::rust::Code::fresh)));
    }
}

/// Returns what stands behind aliases.
pub(super) fn plain(version: Version<'_>, it: &TypeRef) -> TypeRef {
    let mut acc = it.clone();
    // A cycle of aliases is not a type; the bound ends the loop.
    for _ in 0..version.api.types.len() {
        let Type::Named(id) = acc.ty else { break };
        let Shape::Alias(inner) = &version.def(id).shape else { break };
        acc = TypeRef { nullable: acc.nullable || inner.nullable, ..inner.clone() };
    }
    acc
}

fn is_union(version: Version<'_>, it: &TypeRef) -> bool {
    matches!(plain(version, it).ty, Type::Named(id) if matches!(version.def(id).shape, Shape::Union(_)))
}

type Written<'a> = (&'a TypeRef, &'a TypeRef);

fn compare_plain(walk: &mut Walk<'_>, at: &At, old: Written<'_>, new: Written<'_>) {
    match (&old.1.ty, &new.1.ty) {
        (Type::Named(old_id), Type::Named(new_id)) => {
            compare_named(walk, at, (*old_id, *new_id), (old.1, new.1));
        }
        (Type::String(old), Type::String(new)) => {
            compare_formats(walk, at, old.as_deref(), new.as_deref());
        }
        (Type::List(old), Type::List(new)) => compare(walk, &below(at, "[]"), old, new),
        (Type::Map(old), Type::Map(new)) => compare(walk, &below(at, "{}"), old, new),
        (old, new) if old == new => {}
        (Type::Named(id), Type::String(_)) if is_enum(walk.old, *id) => {
            let received = enumeration::dropped(walk.old.def(*id));
            let change = at.change(Kind::EnumDropped).wire(Wire::Compatible, received);
            walk.push(
                change
                    .rust(Rust::Major)
                    .values(known(walk.old, *id), describe::ty(walk.new, new.0)),
            );
        }
        (Type::String(_), Type::Named(id)) if is_enum(walk.new, *id) => {
            let sent = sets(walk, old.1, new.1).0.wire();
            let change = at.change(Kind::EnumAdded).wire(sent, Wire::Compatible);
            walk.push(
                change
                    .rust(Rust::Major)
                    .values(describe::ty(walk.old, old.0), known(walk.new, *id)),
            );
        }
        (Type::FreeForm, Type::Named(id)) if let Some(it) = told_struct(walk.new, *id) => {
            object::compare_opened(walk, at, *id, it);
        }
        (Type::Named(id), Type::FreeForm) if let Some(it) = told_struct(walk.old, *id) => {
            object::compare_closed(walk, at, *id, it);
        }
        _ => change_of_type(walk, at, old, new),
    }
}

/// Returns a struct that its properties say all of.
fn told_struct(version: Version<'_>, id: TypeId) -> Option<&Struct> {
    let def = version.def(id);
    match &def.shape {
        Shape::Struct(it) if def.left_over.is_empty() && !def.degraded => Some(it),
        _ => None,
    }
}

fn below(at: &At, suffix: &str) -> At {
    At { subject: format!("{}{suffix}", at.subject), ..at.clone() }
}

fn is_enum(version: Version<'_>, id: TypeId) -> bool {
    matches!(version.def(id).shape, Shape::Enum(_))
}

fn known(version: Version<'_>, id: TypeId) -> String {
    match &version.def(id).shape {
        Shape::Enum(it) => describe::quoted(it.values.iter().map(|it| it.text.as_str())),
        _ => describe::name(version, id),
    }
}

/// Compares two formats of strings.
pub(super) fn compare_formats(walk: &mut Walk<'_>, at: &At, old: Option<&str>, new: Option<&str>) {
    if old == new {
        return;
    }
    let kind = match (old, new) {
        (None, _) => Kind::FormatAdded,
        (_, None) => Kind::FormatRemoved,
        _ => Kind::FormatChanged,
    };
    let verdict = |limit: Option<&str>| {
        if limits(limit) { Wire::Breaking } else { Wire::Compatible }
    };
    let mut change = at.change(kind).wire(verdict(new), verdict(old)).rust(at.rust());
    (change.old.value, change.new.value) = (old.map(str::to_owned), new.map(str::to_owned));
    walk.push(change);
}

/// Returns whether the old values are within the new set, and the reverse.
fn sets(walk: &Walk<'_>, old: &TypeRef, new: &TypeRef) -> (Within, Within) {
    // `null` and constraints have rows of their own.
    let bare = |it: &TypeRef| TypeRef::plain(it.ty.clone());
    sets_of_uses(walk, &bare(old), &bare(new))
}

/// Like [`sets`], with `null` and constraints.
fn sets_of_uses(walk: &Walk<'_>, old: &TypeRef, new: &TypeRef) -> (Within, Within) {
    let (a, b) = (walk.old.api, walk.new.api);
    (within(Sets { a, b }, old, new), within(Sets { a: b, b: a }, new, old))
}

fn change_of_type(walk: &mut Walk<'_>, at: &At, old: Written<'_>, new: Written<'_>) {
    let has_no_type = |it: &TypeRef| it.ty == Type::Any;
    let is_alike = is_union(walk.old, old.1) == is_union(walk.new, new.1)
        && has_no_type(old.1) == has_no_type(new.1);
    let (sent, received) = if is_alike {
        sets(walk, old.1, new.1)
    } else {
        let solid = |it: &TypeRef| TypeRef { nullable: false, ..it.clone() };
        sets_of_uses(walk, &solid(old.1), &solid(new.1))
    };
    let kind = match (sent, received) {
        (Within::Yes, Within::Yes) => Kind::Respelled,
        (Within::Yes, _) => Kind::TypeGeneralized,
        (_, Within::Yes) => Kind::TypeSpecialized,
        _ => Kind::TypeChanged,
    };
    let change = if kind == Kind::Respelled {
        at.change(kind)
    } else {
        at.change(kind).wire(sent.wire(), received.wire())
    };
    let values = (describe::ty(walk.old, old.0), describe::ty(walk.new, new.0));
    let named = |it: &TypeRef| match it.ty {
        Type::Named(id) => Some(id),
        _ => None,
    };
    let change = Change { types: (named(old.1), named(new.1)), ..change };
    walk.push(change.values(values.0, values.1).rust(at.rust()));
}
