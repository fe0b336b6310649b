//! Two unions in, what differs in their variants and in how these are told apart out.

use super::at::At;
use super::describe;
use super::documentation;
use super::kind::Kind;
use super::rust::Code;
use super::uses;
use super::verdict::{Rust, Wire};
use super::walk::{TypePair, Version, Walk};
use crate::api::{Shape, Tagging, Type, TypeId, Union, Variant};
use crate::plan::{Item, is_one_payload};

/// Compares two unions variant by variant.
pub(super) fn compare(walk: &mut Walk<'_>, at: &At, pair: TypePair, (old, new): (&Union, &Union)) {
    if old.tagging != new.tagging {
        let wire = match (&old.tagging, &new.tagging) {
            (Tagging::Discriminator { .. }, Tagging::Discriminator { .. }) => Wire::Breaking,
            _ => Wire::Potentially,
        };
        let change = at.change(Kind::TaggingChanged).wire(wire, wire).rust(Rust::Major);
        walk.push(change.values(tagging(&old.tagging), tagging(&new.tagging)));
    }
    if old.any_of != new.any_of {
        let (was, is) = (keyword(old), keyword(new));
        let change = at.change(Kind::UnionKeywordChanged).values(was, is);
        walk.push(if new.any_of {
            change.wire(Wire::Compatible, Wire::Potentially)
        } else {
            change.wire(Wire::Potentially, Wire::Compatible)
        });
    }
    let (partners, taken) = partners(walk, old, new);
    for (new_index, is) in new.variants.iter().enumerate() {
        match partners[new_index] {
            Some(old_index) => {
                compare_variant(
                    walk,
                    at,
                    pair,
                    (old_index, &old.variants[old_index]),
                    (new_index, is),
                );
            }
            None => {
                let at = At { new: is.pointer.clone(), ..at.clone() };
                let change = at.change(Kind::VariantAdded).wire(Wire::Compatible, Wire::Breaking);
                let code = (None, variant(walk.new, pair.1, new_index));
                let words = words(walk.new, is);
                let lost = loses_conversion(walk, pair, &partners, new_index);
                let rust = if lost { Rust::Major } else { Rust::Minor };
                walk.push(change.rust(rust).is(words).code(code.0, code.1));
            }
        }
    }
    for (old_index, was) in old.variants.iter().enumerate().filter(|(index, _)| !taken[*index]) {
        let at = At { old: was.pointer.clone(), ..at.clone() };
        let change = at.change(Kind::VariantRemoved).wire(Wire::Breaking, Wire::Compatible);
        let code = variant(walk.old, pair.0, old_index);
        walk.push(change.rust(Rust::Major).was(words(walk.old, was)).code(code, None));
    }
}

/// Returns the old variant of each new one, and which of the old ones have a new one.
fn partners(walk: &Walk<'_>, old: &Union, new: &Union) -> (Vec<Option<usize>>, Vec<bool>) {
    let mut taken = vec![false; old.variants.len()];
    let mut acc = Vec::new();
    for is in &new.variants {
        let partner = (0..old.variants.len())
            .filter(|index| !taken[*index])
            .find(|index| is_same(walk, &old.variants[*index], is, old.tagging == new.tagging))
            .or_else(|| of_one_kind(walk, (old, &taken), new, is));
        if let Some(old_index) = partner {
            taken[old_index] = true;
        }
        acc.push(partner);
    }
    (acc, taken)
}

/// A type that a second variant has becomes the union by `From` no longer.
fn loses_conversion(
    walk: &Walk<'_>,
    pair: TypePair,
    partners: &[Option<usize>],
    added: usize,
) -> bool {
    let (Item::Union(old), Item::Union(new)) =
        (&walk.old.planned(pair.0).item, &walk.new.planned(pair.1).item)
    else {
        return false;
    };
    let is_one = |index: usize| {
        let (one, other) = (&new.variants[index].ty, &new.variants[added].ty);
        is_one_payload(&walk.new.code.types, one, other)
    };
    partners.iter().enumerate().any(|(index, partner)| {
        let converted = partner.is_some_and(|it| old.variants[it].converts);
        converted && !new.variants[index].converts && is_one(index)
    })
}

/// Variants are the same by a tag they share, else by their type.
fn is_same(walk: &Walk<'_>, old: &Variant, new: &Variant, by_tag: bool) -> bool {
    if by_tag && !(old.tags.is_empty() && new.tags.is_empty()) {
        return old.tags.iter().any(|tag| new.tags.contains(tag));
    }
    match (&old.ty.ty, &new.ty.ty) {
        (Type::Named(old), Type::Named(new)) => match walk.pairing.new_of(*old) {
            Some(partner) => partner == *new,
            // What a kind is told by, there is one variant of.
            None => walk.pairing.old_of(*new).is_none(),
        },
        (old, new) => std::mem::discriminant(old) == std::mem::discriminant(new),
    }
}

/// Where the kind tells the variants apart there is one of each: it is the
/// same one, whichever type it has.
fn of_one_kind(
    walk: &Walk<'_>,
    (old, taken): (&Union, &[bool]),
    new: &Union,
    is: &Variant,
) -> Option<usize> {
    let by_kind = old.tagging == Tagging::Kind && new.tagging == Tagging::Kind;
    let kind = json_kind(walk.new, &is.ty.ty).filter(|_| by_kind)?;
    let has_partner = |was: &Variant| new.variants.iter().any(|is| is_same(walk, was, is, true));
    (0..old.variants.len()).filter(|index| !taken[*index]).find(|index| {
        let was = &old.variants[*index];
        json_kind(walk.old, &was.ty.ty) == Some(kind) && !has_partner(was)
    })
}

/// Returns the JSON kind of the values of a type, where it is one.
fn json_kind(version: Version<'_>, ty: &Type) -> Option<&'static str> {
    let mut ty = ty;
    // A ring of aliases is no type; the bound ends it.
    for _ in 0..=version.api.types.len() {
        let Type::Named(id) = ty else { break };
        match &version.def(*id).shape {
            Shape::Alias(inner) => ty = &inner.ty,
            Shape::Struct(_) => return Some("object"),
            Shape::Enum(_) => return Some("string"),
            Shape::Union(_) => return None,
        }
    }
    match ty {
        Type::String(_) => Some("string"),
        Type::Boolean => Some("boolean"),
        Type::Integer(_) => Some("integer"),
        Type::Number(_) => Some("number"),
        Type::List(_) => Some("list"),
        Type::Map(_) | Type::FreeForm => Some("object"),
        Type::Named(_) | Type::Any | Type::Bytes => None,
    }
}

fn compare_variant(
    walk: &mut Walk<'_>,
    owner: &At,
    pair: TypePair,
    (old_index, old): (usize, &Variant),
    (new_index, new): (usize, &Variant),
) {
    let label = new.tags.first().map_or_else(|| (new_index + 1).to_string(), Clone::clone);
    let subject = format!("{}|{label}", owner.subject);
    let mut at = At::new(owner.node, subject, &old.pointer, &new.pointer);
    at.code = payload(walk, pair, (old_index, new_index));
    for tag in new.tags.iter().filter(|tag| !old.tags.contains(tag)) {
        let change = at.change(Kind::TagAdded).wire(Wire::Compatible, Wire::Breaking);
        walk.push(change.is(tag));
    }
    for tag in old.tags.iter().filter(|tag| !new.tags.contains(tag)) {
        let change = at.change(Kind::TagRemoved).wire(Wire::Breaking, Wire::Compatible);
        walk.push(change.was(tag));
    }
    let was = variant(walk.old, pair.0, old_index);
    let is = variant(walk.new, pair.1, new_index);
    if name(was.as_deref()) != name(is.as_deref()) {
        walk.push(at.change(Kind::VariantRenamed).rust(Rust::Major).code(was, is));
    }
    uses::compare(walk, &at, &old.ty, &new.ty);
    // A type written inside of the variant has its texts.
    let inside = |version: Version<'_>, it: &Variant| matches!(it.ty.ty, Type::Named(id) if it.pointer.holds(&version.def(id).pointer));
    if !(inside(walk.old, old) && inside(walk.new, new)) {
        documentation::compare(walk, &at, &old.docs, &new.docs);
    }
}

fn variant(version: Version<'_>, id: TypeId, index: usize) -> Option<String> {
    match &version.planned(id).item {
        Item::Union(it) => {
            let it = it.variants.get(index)?;
            Some(format!("{}({})", it.ident, super::rust::text(&it.ty)))
        }
        _ => None,
    }
}

fn payload(walk: &Walk<'_>, pair: TypePair, index: (usize, usize)) -> Option<Code> {
    match (&walk.old.planned(pair.0).item, &walk.new.planned(pair.1).item) {
        (Item::Union(old), Item::Union(new)) => {
            let (was, is) = (old.variants.get(index.0)?, new.variants.get(index.1)?);
            Some(Code::of(walk, format!("{} of ", is.ident), &was.ty, &is.ty))
        }
        _ => None,
    }
}

fn name(line: Option<&str>) -> Option<&str> {
    line.and_then(|it| it.split('(').next())
}

fn words(version: Version<'_>, it: &Variant) -> String {
    let ty = describe::ty(version, &it.ty);
    match it.tags.as_slice() {
        [] => ty,
        tags => format!("{} of {ty}", describe::quoted(tags.iter().map(String::as_str))),
    }
}

fn tagging(it: &Tagging) -> String {
    match it {
        Tagging::Discriminator { property } => format!("by the property `{property}`"),
        Tagging::Key => "by their one key".to_owned(),
        Tagging::Kind => "by their JSON kind".to_owned(),
    }
}

fn keyword(it: &Union) -> &'static str {
    if it.any_of { "anyOf" } else { "oneOf" }
}
