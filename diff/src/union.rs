//! Compares two unions: their variants, and how these are distinguished.

use std::cell::RefCell;

use tamarack::api::{TagKind, Tagging, ToldBy, Type, TypeId, Union, Variant};
use tamarack::plan::{Item, is_one_payload};

use super::at::At;
use super::describe;
use super::documentation;
use super::keyed;
use super::kind::Kind;
use super::rust::Code;
use super::uses;
use super::verdict::{Rust, Wire};
use super::walk::{TypePair, Version, Walk};
use super::within::Sameness;

/// Compares two unions variant by variant.
pub(super) fn compare<'a>(
    walk: &mut Walk<'a>,
    at: &At,
    pair: TypePair,
    (old, new): (&'a Union, &'a Union),
) {
    let keyed = keyed::pairs(walk, old, new);
    if !old.tagging.is_same_way(&new.tagging) {
        let wire = match (&old.tagging, &new.tagging) {
            (Tagging::Discriminator { .. }, Tagging::Discriminator { .. }) => Wire::Breaking,
            _ if keyed.is_some() => Wire::None,
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
    if let Some(keyed) = keyed {
        return keyed::compare(walk, at, &keyed);
    }
    let (old, new) = (Variants::of(old), Variants::of(new));
    let (partners, taken) = partners(walk, &old, &new);
    for (new_index, is) in new.all.iter().enumerate() {
        match partners[new_index] {
            Some(old_index) => {
                compare_variant(walk, at, pair, (old_index, old.all[old_index]), (new_index, *is));
            }
            None => {
                let at = At { new: is.1.pointer.clone(), ..at.clone() };
                let change = at.change(Kind::VariantAdded).wire(Wire::Compatible, Wire::Breaking);
                let code = (None, variant(walk.new, pair.1, new_index));
                let words = words(walk.new, *is);
                let lost = loses_conversion(walk, pair, &partners, new_index);
                let rust = if lost { Rust::Major } else { Rust::Minor };
                walk.push(change.rust(rust).is(words).code(code.0, code.1));
            }
        }
    }
    for (old_index, was) in old.all.iter().enumerate().filter(|(index, _)| !taken[*index]) {
        let at = At { old: was.1.pointer.clone(), ..at.clone() };
        let change = at.change(Kind::VariantRemoved).wire(Wire::Breaking, Wire::Compatible);
        let code = variant(walk.old, pair.0, old_index);
        walk.push(change.rust(Rust::Major).was(words(walk.old, *was)).code(code, None));
    }
}

/// A variant with what it is told by.
type Told<'a> = (ToldBy<'a>, &'a Variant);

/// The variants of a union.
struct Variants<'a> {
    tagging: &'a Tagging,
    all: Vec<Told<'a>>,
}

impl<'a> Variants<'a> {
    fn of(union: &'a Union) -> Self {
        Self { tagging: &union.tagging, all: union.tagging.variants() }
    }
}

/// When an old and a new variant are the same.
type Rule<'r, 'a> = &'r dyn Fn(Told<'a>, Told<'a>) -> bool;

/// Returns the old variant of each new one, and which of the old ones have a new one.
fn partners<'a>(
    walk: &Walk<'a>,
    old: &Variants<'a>,
    new: &Variants<'a>,
) -> (Vec<Option<usize>>, Vec<bool>) {
    let mut taken = vec![false; old.all.len()];
    let by_tag = old.tagging.is_same_way(new.tagging);
    let mut acc = vec![None; new.all.len()];
    // The surest first: a variant that is another one's by name may be a third one's by its values, since
    // those that are written in place are counted where they stand.
    let same = RefCell::new(Sameness::new(walk.old.api, walk.new.api));
    // Those that nothing tells apart: a copy of a component in its place.
    let has_same_values = |(told_by, old): Told<'a>, (_, new): Told<'a>| {
        matches!(told_by, ToldBy::Nothing(_)) && same.borrow_mut().holds(&old.ty, &new.ty)
    };
    let rules: [Rule<'_, 'a>; 5] = [
        &|was, is| is_same_component(walk, was, is),
        &|was, is| has_same_name(was, is) && has_same_values(was, is),
        &has_same_values,
        &has_same_name,
        &|was, is| is_same(walk, was, is, by_tag),
    ];
    for rule in rules {
        for (new_index, is) in new.all.iter().enumerate() {
            if acc[new_index].is_some() {
                continue;
            }
            let mut open = (0..old.all.len()).filter(|index| !taken[*index]);
            let partner = open.find(|index| rule(old.all[*index], *is));
            if let Some(old_index) = partner {
                taken[old_index] = true;
            }
            acc[new_index] = partner;
        }
    }
    for (new_index, is) in new.all.iter().enumerate() {
        if acc[new_index].is_none() {
            acc[new_index] = of_one_kind(walk, (old, &taken), new, *is);
            if let Some(old_index) = acc[new_index] {
                taken[old_index] = true;
            }
        }
    }
    (acc, taken)
}

/// Variants of which nothing tells which a value has are the same if one component describes them.
fn is_same_component(walk: &Walk<'_>, (told_by, old): Told<'_>, (_, new): Told<'_>) -> bool {
    matches!((told_by, &old.ty.ty, &new.ty.ty), (ToldBy::Nothing(_), Type::Named(old), Type::Named(new))
        if walk.pairing.is_same((*old, *new)))
}

/// Variants of which nothing tells which a value has can be the same by what they are called, wherever they stand.
fn has_same_name((was, _): Told<'_>, (is, _): Told<'_>) -> bool {
    matches!((was, is), (ToldBy::Nothing(was), ToldBy::Nothing(is)) if was == is)
}

/// A type that two variants have does not implement `From` for the union.
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
    let (old, new): (Vec<_>, Vec<_>) = (old.variants().collect(), new.variants().collect());
    let is_one = |index: usize| {
        let (one, other) = (&new[index].ty, &new[added].ty);
        is_one_payload(&walk.new.code.types, one, other)
    };
    partners.iter().enumerate().any(|(index, partner)| {
        let converted = partner.is_some_and(|it| old[it].converts);
        converted && !new[index].converts && is_one(index)
    })
}

/// Variants are the same by a tag they share, else by their type.
fn is_same(walk: &Walk<'_>, (was, old): Told<'_>, (is, new): Told<'_>, by_tag: bool) -> bool {
    let (tags, other) = (was.texts(), is.texts());
    if by_tag && !(tags.is_empty() && other.is_empty()) {
        return tags.iter().any(|tag| other.contains(tag));
    }
    match (&old.ty.ty, &new.ty.ty) {
        (Type::Named(old), Type::Named(new)) => match walk.pairing.new_of(*old) {
            Some(partner) => partner == *new,
            // There is one variant for each kind.
            None => walk.pairing.old_of(*new).is_none(),
        },
        (old, new) => std::mem::discriminant(old) == std::mem::discriminant(new),
    }
}

/// If variants are distinguished by kind, there is one of each kind: it is the
/// same variant, whatever its type is.
fn of_one_kind(
    walk: &Walk<'_>,
    (old, taken): (&Variants<'_>, &[bool]),
    new: &Variants<'_>,
    (told_by, _): Told<'_>,
) -> Option<usize> {
    let ToldBy::Kind(_) = told_by else { return None };
    let has_partner = |was: Told<'_>| new.all.iter().any(|is| is_same(walk, was, *is, true));
    (0..old.all.len())
        .filter(|index| !taken[*index])
        .find(|index| old.all[*index].0 == told_by && !has_partner(old.all[*index]))
}

fn compare_variant(
    walk: &mut Walk<'_>,
    owner: &At,
    pair: TypePair,
    (old_index, (was_by, old)): (usize, Told<'_>),
    (new_index, (is_by, new)): (usize, Told<'_>),
) {
    let (old_tags, new_tags) = (was_by.texts(), is_by.texts());
    // The place in the list means nothing to a reader.
    let label =
        new_tags.first().map_or_else(|| describe::ty(walk.new, &new.ty), ToString::to_string);
    let subject = format!("{}|{label}", owner.subject);
    let mut at = At::new(owner.node, subject, &old.pointer, &new.pointer);
    at.code = payload(walk, pair, (old_index, new_index));
    for tag in new_tags.iter().filter(|tag| !old_tags.contains(tag)) {
        let change = at.change(Kind::TagAdded).wire(Wire::Compatible, Wire::Breaking);
        walk.push(change.is(*tag));
    }
    for tag in old_tags.iter().filter(|tag| !new_tags.contains(tag)) {
        let change = at.change(Kind::TagRemoved).wire(Wire::Breaking, Wire::Compatible);
        walk.push(change.was(*tag));
    }
    let was = variant(walk.old, pair.0, old_index);
    let is = variant(walk.new, pair.1, new_index);
    if name(was.as_deref()) != name(is.as_deref()) {
        walk.push(at.change(Kind::VariantRenamed).rust(Rust::Major).code(was, is));
    }
    uses::compare(walk, &at, &old.ty, &new.ty);
    match (old.is_closed, new.is_closed) {
        (false, true) => {
            walk.push(at.change(Kind::ObjectClosed).wire(Wire::Breaking, Wire::Compatible));
        }
        (true, false) => {
            walk.push(at.change(Kind::ObjectOpened).wire(Wire::Compatible, Wire::Potentially));
        }
        _ => {}
    }
    // A type written inside of the variant has its texts.
    let inside = |version: Version<'_>, it: &Variant| matches!(it.ty.ty, Type::Named(id) if it.pointer.holds(&version.def(id).pointer));
    if !(inside(walk.old, old) && inside(walk.new, new)) {
        documentation::compare(walk, &at, &old.docs, &new.docs);
    }
}

fn variant(version: Version<'_>, id: TypeId, index: usize) -> Option<String> {
    match &version.planned(id).item {
        Item::Union(it) => {
            let it = it.variants().nth(index)?;
            Some(format!("{}({})", it.ident, super::rust::text(&it.ty)))
        }
        Item::JsonUnion(it) => {
            let it = it.branches.get(index)?;
            Some(format!("fn {}() -> {}", it.method, super::rust::text(&it.ty)))
        }
        _ => None,
    }
}

fn payload(walk: &Walk<'_>, pair: TypePair, index: (usize, usize)) -> Option<Code> {
    match (&walk.old.planned(pair.0).item, &walk.new.planned(pair.1).item) {
        (Item::Union(old), Item::Union(new)) => {
            let (was, is) = (old.variants().nth(index.0)?, new.variants().nth(index.1)?);
            Some(Code::of(walk, format!("{} of ", is.ident), &was.ty, &is.ty))
        }
        (Item::JsonUnion(old), Item::JsonUnion(new)) => {
            let (was, is) = (old.branches.get(index.0)?, new.branches.get(index.1)?);
            Some(Code::of(walk, format!("fn {}() -> ", is.method), &was.ty, &is.ty))
        }
        _ => None,
    }
}

fn name(line: Option<&str>) -> Option<&str> {
    line.and_then(|it| it.split('(').next())
}

fn words(version: Version<'_>, (told_by, it): Told<'_>) -> String {
    let ty = describe::ty(version, &it.ty);
    match told_by.texts() {
        tags if tags.is_empty() => ty,
        tags => format!("{} of {ty}", describe::quoted(tags.into_iter())),
    }
}

fn tagging(it: &Tagging) -> String {
    match it {
        Tagging::Discriminator { property, of, .. } => {
            let of = match of {
                TagKind::Text => "",
                TagKind::Integer => ", an integer",
                TagKind::Boolean => ", a boolean",
            };
            format!("by the property `{property}`{of}")
        }
        Tagging::Key(_) => "by their one key".to_owned(),
        Tagging::Kind(_) => "by their JSON kind".to_owned(),
        Tagging::Overlapping(_) => "by nothing, so values are kept as JSON".to_owned(),
    }
}

fn keyword(it: &Union) -> &'static str {
    if it.any_of { "anyOf" } else { "oneOf" }
}
