//! Finds types that were added, removed or renamed.

use tamarack::api::{Origin, Owner, TypeId};
use tamarack::plan::TypeIdent;

use super::at::At;
use super::describe;
use super::kind::Kind;
use super::pairing::named;
use super::verdict::Rust;
use super::walk::{Node, TypePair, Version, Walk};

/// Reports changed names of types, which have no effect on the wire.
pub(super) fn compare(walk: &mut Walk<'_>) {
    let pairs: Vec<TypePair> = walk.users.keys().copied().collect();
    for pair in pairs {
        if walk.pairing.is_same(pair) {
            compare_pair(walk, pair);
        }
    }
    alone(walk);
    inline_alone(walk);
}

fn compare_pair(walk: &mut Walk<'_>, pair: TypePair) {
    let (old, new) = (walk.old.def(pair.0), walk.new.def(pair.1));
    let (was, is) = (&walk.old.planned(pair.0).ident, &walk.new.planned(pair.1).ident);
    let moved = walk.moved.get(&pair).cloned().unwrap_or_default();
    let written = |origin: &Origin| matches!(origin, Origin::Component(_));
    let kind = match (written(&old.origin), written(&new.origin)) {
        (false, true) => Kind::Extracted,
        (true, false) => Kind::Inlined,
        _ => match moved.first() {
            Some(first) if first.was_inline => Kind::Extracted,
            Some(_) => Kind::Inlined,
            None if was != is => Kind::TypeRenamed,
            None => return,
        },
    };
    if kind == Kind::TypeRenamed && is_explained(walk, pair) {
        return;
    }
    let mut at =
        At::new(Node::Types(pair), describe::subject(walk.new, pair.1), &old.pointer, &new.pointer);
    if let (true, Some(first)) = (written(&old.origin) == written(&new.origin), moved.first()) {
        (at.old, at.new) = (first.old.clone(), first.new.clone());
    }
    let change = at.change(kind).rust(Rust::major_if(was != is));
    let (name, fresh) = (describe::name(walk.old, pair.0), describe::name(walk.new, pair.1));
    let change = match kind {
        Kind::Extracted => change.values("written inline", format!("component `{fresh}`")),
        Kind::Inlined => change.values(format!("component `{name}`"), "written inline"),
        _ => change.values(name, fresh),
    };
    walk.push(if was == is {
        change
    } else {
        change.code(Some(was.to_string()), Some(is.to_string()))
    });
}

/// An inline type is named after its owner; if that is renamed, the row of the
/// owner explains it.
fn is_explained(walk: &Walk<'_>, pair: TypePair) -> bool {
    let (Origin::Inline { owner: was, .. }, Origin::Inline { owner: is, .. }) =
        (&walk.old.def(pair.0).origin, &walk.new.def(pair.1).origin)
    else {
        return false;
    };
    match (was, is) {
        (Owner::Type(was), Owner::Type(is)) => {
            let differs = walk.old.planned(*was).ident != walk.new.planned(*is).ident;
            differs && walk.pairing.is_same((*was, *is))
        }
        (was, is) => match (operation(walk.old, was), operation(walk.new, is)) {
            (Some(was), Some(is)) => was != is,
            _ => false,
        },
    }
}

/// Returns the id of the operation, or the name of the webhook, that a type belongs to.
fn operation<'a>(version: Version<'a>, owner: &'a Owner) -> Option<&'a str> {
    match owner {
        Owner::Operation(id) => Some(&version.api.operation(*id).id),
        Owner::Skipped(id) | Owner::Webhook(id) => Some(id),
        Owner::Type(_) | Owner::Document => None,
    }
}

/// Reports the named types that only one side has.
fn alone(walk: &mut Walk<'_>) {
    let components = |version: Version<'_>, id: TypeId| {
        version.def(id).pointer.parent().unwrap_or_else(tamarack::pointer::Pointer::root)
    };
    let come: Vec<_> =
        named(walk.new).filter(|(_, id)| walk.pairing.old_of(*id).is_none()).collect();
    for (name, id) in come {
        let def = walk.new.def(id);
        let at = At::new(Node::Alone, name, &components(walk.new, id), &def.pointer);
        let ident = walk.new.planned(id).ident.to_string();
        let change = at.change(Kind::TypeAdded).rust(Rust::Minor);
        walk.push(change.code(None, Some(ident)));
    }
    let gone: Vec<_> =
        named(walk.old).filter(|(_, id)| walk.pairing.new_of(*id).is_none()).collect();
    for (name, id) in gone {
        let def = walk.old.def(id);
        let at = At::new(Node::Alone, name, &def.pointer, &components(walk.old, id));
        let ident = walk.old.planned(id).ident.to_string();
        let change = at.change(Kind::TypeRemoved).rust(Rust::Major);
        walk.push(change.code(Some(ident), None));
    }
}

/// Reports the names of inline types that only one side has, if no row of their
/// owner implies it: the types of a skipped operation stay.
fn inline_alone(walk: &mut Walk<'_>) {
    let inline = |version: Version<'_>| -> Vec<TypeId> {
        let ids = version.api.types.iter().enumerate();
        let ids = ids.filter(|(_, def)| matches!(def.origin, Origin::Inline { .. }));
        ids.map(|(index, _)| TypeId(index)).collect()
    };
    let has = |version: Version<'_>, ident: &TypeIdent| {
        version.code.types.iter().any(|it| it.ident == *ident)
    };
    let mut found = Vec::new();
    for id in inline(walk.old).into_iter().filter(|id| walk.pairing.new_of(*id).is_none()) {
        let (at, ident) = (&walk.old.def(id).pointer, &walk.old.planned(id).ident);
        let said = walk.changes.iter().any(|it| it.rust >= Rust::Minor && it.old.pointer.holds(at));
        if !said && !has(walk.new, ident) {
            let at = At::new(Node::Alone, describe::subject(walk.old, id), at, at);
            let change = at.change(Kind::TypeRemoved).rust(Rust::Major);
            found.push(change.code(Some(ident.to_string()), None));
        }
    }
    for id in inline(walk.new).into_iter().filter(|id| walk.pairing.old_of(*id).is_none()) {
        let (at, ident) = (&walk.new.def(id).pointer, &walk.new.planned(id).ident);
        let said = walk.changes.iter().any(|it| it.rust >= Rust::Minor && it.new.pointer.holds(at));
        if !said && !has(walk.old, ident) {
            let at = At::new(Node::Alone, describe::subject(walk.new, id), at, at);
            let change = at.change(Kind::TypeAdded).rust(Rust::Minor);
            found.push(change.code(None, Some(ident.to_string())));
        }
    }
    walk.changes.extend(found);
}
