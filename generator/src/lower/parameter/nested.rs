//! The schema of a parameter that no single text can hold in, what is in it out.

use super::form::{Form, form};
use crate::document::AdditionalProperties;
use crate::lower::Lowering;
use crate::lower::all_of::view_at;
use crate::pointer::{Pointer, PointerSet};

/// What the objects of a schema hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Nested {
    /// Nothing but scalars, or whatever the caller puts there.
    Flat,
    /// Scalars and lists of them.
    FlatLists,
    /// Objects in objects.
    Objects,
    /// Lists, at any depth.
    Lists,
    /// It is none, or can be something else as well.
    NoObject,
}

impl Nested {
    /// Returns what an object holds that holds both.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::FlatLists, Self::Objects) | (Self::Objects, Self::FlatLists) => Self::Lists,
            _ => self.max(other),
        }
    }
}

/// Of more schemas only brackets can say what they hold; what is known of so many is enough.
const MOST_SCHEMAS: usize = 200;

/// Returns what the objects of the schema at a place hold.
pub(super) fn nested(at: &Pointer, acc: &mut Lowering<'_>) -> Nested {
    of_schema(at, &mut PointerSet::default(), acc)
}

fn of_schema(at: &Pointer, seen: &mut PointerSet, acc: &mut Lowering<'_>) -> Nested {
    let Some(view) = view_at(at, acc) else { return Nested::NoObject };
    if seen.len() > MOST_SCHEMAS || !seen.insert(view.pointer.clone()) {
        // What it holds is known from the first time.
        return Nested::Flat;
    }
    let branches: Vec<Pointer> = view.one_of.iter().chain(&view.any_of).cloned().collect();
    let is_object = view.keywords.ty.as_deref() == Some("object")
        || !view.properties.is_empty()
        || view.additional.is_some();
    let is_other = view.keywords.ty.as_deref().is_some_and(|it| it != "object");
    if is_other || (!is_object && branches.is_empty()) {
        return Nested::NoObject;
    }
    let mut found = Nested::Flat;
    let rest = match &view.additional {
        Some(AdditionalProperties::Schema(rest)) => Some(rest.clone()),
        Some(AdditionalProperties::Allowed | AdditionalProperties::Denied) | None => None,
    };
    let properties: Vec<Pointer> = view.properties.values().cloned().chain(rest).collect();
    for property in properties {
        found = found.and(match form(&property, acc) {
            Form::Scalar | Form::Scalars => Nested::Flat,
            Form::List(_) => Nested::FlatLists,
            Form::Nested => match of_schema(&property, seen, acc) {
                Nested::Flat | Nested::Objects => Nested::Objects,
                Nested::FlatLists | Nested::Lists | Nested::NoObject => Nested::Lists,
            },
        });
    }
    for branch in branches {
        found = found.and(of_schema(&branch, seen, acc));
    }
    found
}
