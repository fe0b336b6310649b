//! A union of objects with one key each in, a union distinguished by that key out.

use std::collections::BTreeSet;

use super::{Branch, Plan};
use crate::api::{Tagging, Told};
use crate::document::{AdditionalProperties, Schema};
use crate::lower::Lowering;
use crate::lower::all_of::{Merged, view_at};
use crate::pointer::Pointer;

/// Recognises `properties: {a: {}, b: {}}, oneOf: [{required: [a]}, {required:
/// [b]}]`: one key out of several, each with an object.
pub(super) fn from_required(
    view: &Schema,
    views: &[(Pointer, Merged<'_>)],
    acc: &mut Lowering<'_>,
) -> Option<Plan> {
    if view.one_of.is_empty()
        || !view.keywords.required.is_empty()
        || views.len() != view.properties.len()
    {
        return None;
    }
    let mut branches = Vec::new();
    let mut keys = BTreeSet::new();
    for (at, branch) in views {
        let [key] = branch.keywords.required.as_slice() else { return None };
        let schema = view.properties.get(key)?;
        let value = view_at(schema, acc)?;
        let object = value.keywords.ty.as_deref() == Some("object") || !value.properties.is_empty();
        if !object || !keys.insert(key.clone()) {
            return None;
        }
        let variant = Branch { schema: schema.clone(), pointer: at.clone() };
        branches.push(Told { by: key.clone(), variant });
    }
    Some(Plan::Tagged(Tagging::Key(branches)))
}

/// Recognises branches that are objects with one property each, which is
/// required.
pub(super) fn from_closed_objects(views: &[(Pointer, Merged<'_>)]) -> Option<Plan> {
    let mut branches = Vec::new();
    let mut keys = BTreeSet::new();
    for (at, view) in views {
        let mut members = view.properties.iter();
        let (Some((key, schema)), None) = (members.next(), members.next()) else { return None };
        let open = matches!(
            view.additional,
            Some(AdditionalProperties::Allowed | AdditionalProperties::Schema(_))
        );
        if open || view.keywords.required.as_slice() != [key.as_str()] || !keys.insert(key.clone())
        {
            return None;
        }
        let variant = Branch { schema: schema.clone(), pointer: at.clone() };
        branches.push(Told { by: key.clone(), variant });
    }
    Some(Plan::Tagged(Tagging::Key(branches)))
}

/// Takes what the branches say to tell the keys apart: of the objects with one
/// key each only the values have types.
pub(super) fn take(view: &Schema, acc: &mut Lowering<'_>) {
    acc.take(view, &["properties"]);
    if denies(view) {
        // There is one key.
        acc.take(view, &["additionalProperties"]);
    }
    for at in view.one_of.iter().chain(&view.any_of) {
        if let Some(branch) = view_at(at, acc) {
            acc.take(&branch, &["type", "properties", "required", "additionalProperties", "allOf"]);
        }
    }
}

/// Returns whether the object of a branch denies what stands beside its key.
pub(super) fn is_closed(branch: &Pointer, acc: &mut Lowering<'_>) -> bool {
    let view = view_at(branch, acc);
    view.is_some_and(|it| denies(&it))
}

/// Returns whether a schema denies further properties.
pub(super) fn denies(view: &Schema) -> bool {
    matches!(view.additional, Some(AdditionalProperties::Denied))
}
