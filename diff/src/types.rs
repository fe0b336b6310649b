//! Compares the shapes of pairs of types, in the order in which they are met.

use std::collections::BTreeSet;

use tamarack::api::{Shape, Type, TypeDef, TypeId, TypeRef};

use super::at::At;
use super::describe;
use super::documentation;
use super::kind::Kind;
use super::pairing::named;
use super::verdict::{Rust, Wire, Within};
use super::walk::{Change, Node, TypePair, Version, Walk};
use super::within::{Sets, within_types};
use super::{constraint, enumeration, left_over, object, union, uses};

/// Compares every pair that was met, and those met on the way.
pub(super) fn compare_met(walk: &mut Walk<'_>) {
    while let Some(pair) = walk.next_pair() {
        compare_pair(walk, pair);
    }
}

/// Compares the named types that no operation reaches.
pub(super) fn compare_unreached(walk: &mut Walk<'_>) {
    let pairs: Vec<TypePair> =
        named(walk.old).filter_map(|(_, old)| Some((old, walk.pairing.new_of(old)?))).collect();
    for pair in pairs {
        walk.meet_unused(pair);
        compare_met(walk);
    }
}

fn compare_pair(walk: &mut Walk<'_>, pair: TypePair) {
    let (old, new) = (walk.old.def(pair.0), walk.new.def(pair.1));
    let subject = describe::subject(walk.new, pair.1);
    if !walk.pairing.is_same(pair) {
        return compare_replaced(walk, pair, &subject);
    }
    let at = At::new(Node::Types(pair), subject, &old.pointer, &new.pointer);
    compare_shapes(walk, &at, pair);
    documentation::compare_type(walk, &at, old, new);
}

/// One type replaces another: both may still exist, so their Rust code does not
/// change; the values at the place that uses them do.
fn compare_replaced(walk: &mut Walk<'_>, pair: TypePair, subject: &str) {
    let (old, new) = (walk.old.def(pair.0), walk.new.def(pair.1));
    let was = describe::subject(walk.old, pair.0);
    let at = At::new(Node::Types(pair), format!("{was} -> {subject}"), &old.pointer, &new.pointer);
    let first = walk.changes.len();
    compare_shapes(walk, &at, pair);
    for change in &mut walk.changes[first..] {
        change.rust = Rust::None;
        (change.old.rust, change.new.rust) = (None, None);
    }
}

fn compare_shapes(walk: &mut Walk<'_>, at: &At, pair: TypePair) {
    let (old, new) = (walk.old.def(pair.0), walk.new.def(pair.1));
    let first = walk.changes.len();
    compare_flags(walk, at, old, new);
    compare_held(walk, at, pair);
    left_over::compare(walk, at, (&old.left_over, &new.left_over), first);
}

/// Compares what the models hold of two types.
fn compare_held(walk: &mut Walk<'_>, at: &At, pair: TypePair) {
    let (old, new) = (walk.old.def(pair.0), walk.new.def(pair.1));
    if old.degraded || new.degraded {
        if old.degraded != new.degraded {
            let change = at.change(Kind::Unknown).wire(Wire::Unknown, Wire::Unknown);
            walk.push(change.rust(Rust::Major));
        }
        return;
    }
    compare_constraints(walk, at, pair);
    match (&old.shape, &new.shape) {
        (Shape::Struct(a), Shape::Struct(b)) => object::compare(walk, at, pair, (a, b)),
        (Shape::Enum(a), Shape::Enum(b)) => enumeration::compare(walk, at, pair, (a, b)),
        (Shape::Union(a), Shape::Union(b)) => union::compare(walk, at, pair, (a, b)),
        (Shape::Alias(a), Shape::Alias(b)) => {
            let at = At { code: super::rust::Code::alias(walk, pair), ..at.clone() };
            uses::compare(walk, &at, a, b);
        }
        (Shape::Alias(old), Shape::Struct(it)) if is_any_object(old) => {
            object::compare_opened(walk, at, pair.1, it);
        }
        (Shape::Struct(it), Shape::Alias(new)) if is_any_object(new) => {
            object::compare_closed(walk, at, pair.0, it);
        }
        _ => change_of_shape(walk, at, pair),
    }
}

fn is_any_object(it: &TypeRef) -> bool {
    it.ty == Type::FreeForm
}

/// An alias says itself what its values may be; of a type that is written at its use, the use does. Where only
/// some of the uses have the row, the type has it for the others.
fn compare_constraints(walk: &mut Walk<'_>, at: &At, pair: TypePair) {
    let (old, new) = (walk.old.def(pair.0), walk.new.def(pair.1));
    let first = walk.changes.len();
    constraint::compare(walk, at, &old.constraints, &new.constraints);
    let users = walk.users.get(&pair);
    let mut own = walk.changes.split_off(first);
    own.retain(|it| {
        let value = |it: &Change| (it.kind, it.old.value.clone(), it.new.value.clone());
        let has_row = |user: &Node| {
            walk.changes.iter().any(|row| row.node == *user && value(row) == value(it))
        };
        users.is_none_or(|all| all.is_empty() || !all.iter().all(|user| has_row(&user.0)))
    });
    walk.changes.append(&mut own);
}

fn compare_flags(walk: &mut Walk<'_>, at: &At, old: &TypeDef, new: &TypeDef) {
    match (old.nullable, new.nullable) {
        // The type is the same; where it is used is `Option` or not, which is a row of the use.
        (false, true) => {
            walk.push(at.change(Kind::NullableAdded).wire(Wire::Compatible, Wire::Breaking));
        }
        (true, false) => {
            walk.push(at.change(Kind::NullableRemoved).wire(Wire::Breaking, Wire::Compatible));
        }
        _ => {}
    }
    documentation::compare_deprecated(walk, at, old.deprecated, new.deprecated);
}

fn change_of_shape(walk: &mut Walk<'_>, at: &At, pair: TypePair) {
    let (a, b) = (walk.old.api, walk.new.api);
    let sent = within_types(Sets { a, b }, pair.0, pair.1);
    let received = within_types(Sets { a: b, b: a }, pair.1, pair.0);
    let shapes = (&walk.old.def(pair.0).shape, &walk.new.def(pair.1).shape);
    let is_text =
        |shape: &Shape| matches!(shape, Shape::Alias(it) if matches!(it.ty, Type::String(_)));
    let (kind, sent, received) = match (sent, received) {
        _ if matches!(shapes.0, Shape::Enum(_)) && is_text(shapes.1) => {
            (Kind::EnumDropped, Wire::Compatible, enumeration::dropped(walk.old.def(pair.0)))
        }
        _ if is_text(shapes.0) && matches!(shapes.1, Shape::Enum(_)) => {
            (Kind::EnumAdded, sent.wire(), Wire::Compatible)
        }
        (Within::Yes, Within::Yes) => (Kind::Respelled, Wire::None, Wire::None),
        (Within::Yes, _) => (Kind::TypeGeneralized, sent.wire(), received.wire()),
        (_, Within::Yes) => (Kind::TypeSpecialized, sent.wire(), received.wire()),
        _ => (Kind::TypeChanged, sent.wire(), received.wire()),
    };
    let (was, is) = (words(walk.old, pair.0), words(walk.new, pair.1));
    walk.push(at.change(kind).values(was, is).wire(sent, received).rust(Rust::Major));
    meet_kept(walk, at, pair);
}

/// Types that both shapes refer to are used as before, even if the two have no
/// property in common.
fn meet_kept(walk: &mut Walk<'_>, at: &At, pair: TypePair) {
    let kept = below(walk.new, pair.1);
    for old in below(walk.old, pair.0) {
        if let Some(new) = walk.pairing.new_of(old)
            && kept.contains(&new)
        {
            walk.meet((old, new), at.node, at.flow);
        }
    }
}

/// Returns the named types that a type leads to.
fn below(version: Version<'_>, id: TypeId) -> BTreeSet<TypeId> {
    let mut acc = BTreeSet::new();
    let mut waiting = vec![id];
    while let Some(id) = waiting.pop() {
        let uses: Vec<&TypeRef> = match &version.def(id).shape {
            Shape::Struct(it) => {
                it.properties.iter().map(|it| &it.ty).chain(it.additional.ty()).collect()
            }
            Shape::Union(it) => it.variants().map(|it| &it.ty).collect(),
            Shape::Alias(it) => vec![it],
            Shape::Enum(_) => Vec::new(),
        };
        for mut used in uses {
            while let Type::List(inner) | Type::Map(inner) = &used.ty {
                used = inner;
            }
            if let Type::Named(used) = used.ty
                && acc.insert(used)
            {
                waiting.push(used);
            }
        }
    }
    acc
}

fn words(version: Version<'_>, id: TypeId) -> String {
    match &version.def(id).shape {
        Shape::Struct(_) => "object".to_owned(),
        Shape::Enum(it) => describe::quoted(it.values.iter().map(|it| it.text.as_str())),
        Shape::Union(it) => {
            let variants: Vec<_> = it.variants().map(|it| describe::ty(version, &it.ty)).collect();
            format!("one of {}", variants.join(", "))
        }
        Shape::Alias(it) => describe::ty(version, it),
    }
}
