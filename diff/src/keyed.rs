//! Compares a union that is told by the one key of its branches with one whose branches are objects with that key.
//!
//! The values are the same: an object that says nothing of further properties allows them, as one that says so does
//! (JSON Schema 2020-12 core §10.3.2.3). Only the generated code differs.

use tamarack::api::{Additional, Shape, Tagging, Told, TypeRef, Union, Variant};

use super::at::At;
use super::uses;
use super::walk::{Version, Walk};

/// A branch of a union of either sort: where it is written, and the type behind its key.
type Branch<'a> = (&'a Variant, &'a TypeRef);

/// The branches of two unions, paired by their keys.
pub(super) struct Keyed<'a>(Vec<(&'a str, Branch<'a>, Branch<'a>)>);

/// Pairs the branches of two unions of which one is told by the keys, if each has a partner.
pub(super) fn pairs<'a>(walk: &Walk<'a>, old: &'a Union, new: &'a Union) -> Option<Keyed<'a>> {
    let acc = match (&old.tagging, &new.tagging) {
        (Tagging::Key(_), Tagging::Key(_)) => return None,
        (Tagging::Key(keys), _) => paired(keys, walk.new, new)?,
        (_, Tagging::Key(keys)) => {
            let all = paired(keys, walk.old, old)?;
            all.into_iter().map(|(key, own, other)| (key, other, own)).collect()
        }
        _ => return None,
    };
    Some(Keyed(acc))
}

fn paired<'a>(
    keys: &'a [Told<String>],
    version: Version<'a>,
    other: &'a Union,
) -> Option<Vec<(&'a str, Branch<'a>, Branch<'a>)>> {
    let all = other.tagging.variants();
    let pair = |own: &'a Told<String>| {
        let (variant, ty) =
            all.iter().find_map(|it| Some((it.1, value_of(version, &it.1.ty, &own.by)?)))?;
        Some((own.by.as_str(), (&own.variant, &own.variant.ty), (variant, ty)))
    };
    (all.len() == keys.len()).then(|| keys.iter().map(pair).collect())?
}

/// Returns the type of the only property of an object, if it is required and others are allowed.
fn value_of<'a>(version: Version<'a>, ty: &'a TypeRef, key: &str) -> Option<&'a TypeRef> {
    let Shape::Struct(it) = version.api.shape(ty)? else { return None };
    match it.properties.as_slice() {
        [only] if only.name == key && only.required && it.additional != Additional::Denied => {
            Some(&only.ty)
        }
        _ => None,
    }
}

/// Compares what is behind the keys.
pub(super) fn compare(walk: &mut Walk<'_>, owner: &At, pairs: &Keyed<'_>) {
    for (key, (old, was), (new, is)) in &pairs.0 {
        let subject = format!("{}|{key}", owner.subject);
        let at = At::new(owner.node, subject, &old.pointer, &new.pointer);
        uses::compare(walk, &At { code: None, ..at }, was, is);
    }
}
