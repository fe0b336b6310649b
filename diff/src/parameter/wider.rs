//! Types of parameters that hold what a request wrote for another type: lists of one element, and texts.

use tamarack::api::{Constraints, Parameter, Style, Type, TypeRef};

use super::super::at::At;
use super::super::describe;
use super::super::kind::Kind;
use super::super::uses;
use super::super::verdict::{Wire, Within};
use super::super::walk::{Version, Walk};
use super::super::within::{Sets, within};

/// One value became a list that a request may still write as one value: `x=1` is a list of one
/// element (RFC 6570 §3.2.8); or the reverse. Returns whether it is so.
pub(super) fn compare_lists(
    walk: &mut Walk<'_>,
    at: &At,
    old: &Parameter,
    new: &Parameter,
) -> bool {
    let (kind, sent, one, list) = match (old.style, new.style) {
        (Style::Plain, Style::Repeated) => {
            (Kind::TypeGeneralized, Wire::Compatible, (walk.old, old), (walk.new, new))
        }
        // A value with a comma in it is two elements now.
        (Style::Plain, Style::Comma) => {
            (Kind::TypeGeneralized, Wire::Potentially, (walk.old, old), (walk.new, new))
        }
        (Style::Repeated | Style::Comma, Style::Plain) => {
            (Kind::TypeSpecialized, Wire::Breaking, (walk.new, new), (walk.old, old))
        }
        _ => return false,
    };
    if old.allow_reserved != new.allow_reserved || !is_element(one, list) {
        return false;
    }
    let values = (describe::ty(walk.old, &old.ty), describe::ty(walk.new, &new.ty));
    let change = at.change(kind).wire(sent, Wire::None).rust(at.rust());
    walk.push(change.values(values.0, values.1));
    true
}

/// Returns whether each value of a parameter is a list of one element of another.
fn is_element(one: (Version<'_>, &Parameter), list: (Version<'_>, &Parameter)) -> bool {
    let sets = Sets { a: one.0.api, b: list.0.api };
    let list = uses::plain(list.0, &list.1.ty);
    let Type::List(item) = &list.ty else { return false };
    let bounds = &list.constraints;
    let holds_one = bounds.min_items.is_none_or(|it| it <= 1) && bounds.max_items != Some(0);
    holds_one && within(sets, &one.1.ty, item) == Within::Yes
}

/// A number or a boolean became any text, or the reverse: in a request, each of them is written as a text (RFC 6570 §2.3).
/// Returns whether it is so.
pub(super) fn compare_texts(
    walk: &mut Walk<'_>,
    at: &At,
    old: &Parameter,
    new: &Parameter,
) -> bool {
    let (was, is) = ((walk.old, &old.ty), (walk.new, &new.ty));
    let (kind, sent) = if is_text_of(was, is) {
        (Kind::TypeGeneralized, Wire::Compatible)
    } else if is_text_of(is, was) {
        (Kind::TypeSpecialized, Wire::Breaking)
    } else {
        return false;
    };
    if (old.style, old.allow_reserved) != (new.style, new.allow_reserved) {
        return false;
    }
    let values = (describe::ty(walk.old, &old.ty), describe::ty(walk.new, &new.ty));
    let change = at.change(kind).wire(sent, Wire::None).rust(at.rust());
    walk.push(change.values(values.0, values.1));
    true
}

/// Returns whether a text is written for each value of a type, and another type holds every text.
fn is_text_of(one: (Version<'_>, &TypeRef), text: (Version<'_>, &TypeRef)) -> bool {
    let (value, all) = (uses::plain(one.0, one.1), uses::plain(text.0, text.1));
    if value.nullable != all.nullable || all.constraints != Constraints::default() {
        return false;
    }
    match (&value.ty, &all.ty) {
        (Type::Boolean | Type::Integer(_) | Type::Number(_), Type::String(None)) => true,
        (Type::List(value), Type::List(all)) => {
            value.constraints == Constraints::default() && is_text_of((one.0, value), (text.0, all))
        }
        _ => false,
    }
}
