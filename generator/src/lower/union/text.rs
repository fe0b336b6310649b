//! A union of strings in, one string or one open enum out.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Plan;
use crate::api::{EnumSpelling, OpenEnum};
use crate::document::{Keywords, Listed, Schema};
use crate::lower::all_of::Merged;
use crate::lower::{Lowering, all_of, enumeration};
use crate::pointer::Pointer;

/// Recognises `anyOf: [{enum: [a, b]}, {type: string}]`, and unions of strings
/// that differ in format only.
pub(super) fn all_texts(views: &[(Pointer, Merged<'_>)]) -> Option<Plan> {
    let is_text = |view: &Schema| {
        view.listed_texts().is_some()
            || (view.keywords.ty.as_deref() == Some("string")
                && view.one_of.is_empty()
                && view.any_of.is_empty())
    };
    if !views.iter().all(|(_, view)| is_text(view)) {
        return None;
    }
    let known = views.iter().any(|(_, view)| view.listed_texts().is_some());
    Some(if known {
        Plan::Texts(views.iter().map(|(at, _)| at.clone()).collect())
    } else {
        Plan::String
    })
}

/// Recognises unions of numbers or booleans that differ in their values and bounds only.
pub(super) fn all_scalars(views: &[(Pointer, Merged<'_>)]) -> Option<Plan> {
    let (_, first) = views.first()?;
    let ty = first.keywords.ty.as_deref().filter(|it| SCALARS.contains(it))?;
    let is_same = |view: &Schema| {
        view.keywords.ty.as_deref() == Some(ty)
            && view.keywords.format == first.keywords.format
            && view.one_of.is_empty()
            && view.any_of.is_empty()
    };
    if !views.iter().all(|(_, view)| is_same(view)) {
        return None;
    }
    let listed: Vec<_> = views.iter().map(|(_, view)| view.only_values()).collect();
    let is_listed = listed.iter().all(|it| !it.is_empty());
    let values = listed.into_iter().flatten().filter(|_| is_listed);
    Some(Plan::Scalar(Scalar {
        ty: ty.to_owned(),
        format: first.keywords.format.clone(),
        values: values.cloned().collect(),
    }))
}

/// The types whose values are no strings, lists or objects.
const SCALARS: [&str; 3] = ["integer", "number", "boolean"];

/// What all branches of a union of numbers or booleans are.
#[derive(Debug)]
pub(in crate::lower) struct Scalar {
    ty: String,
    format: Option<String>,
    /// The values that there are, where all branches list theirs.
    values: Vec<Value>,
}

impl Scalar {
    /// Returns a union as what its branches are.
    pub(in crate::lower) fn view(self, view: &Schema) -> Schema {
        // A format beside the branches is one of each value, too.
        let format = view.keywords.format.clone().or(self.format);
        let keywords = Keywords { ty: Some(self.ty), format, ..view.keywords.clone() };
        let keyword = if view.one_of.is_empty() { "anyOf" } else { "oneOf" };
        let listed = Listed::of_branches(self.values, view.pointer.child(keyword));
        let listed = listed.or_else(|| view.listed.clone());
        Schema { keywords, listed, one_of: Vec::new(), any_of: Vec::new(), ..view.clone() }
    }
}

/// Returns a union of strings as a string, whose format is what is said beside the branches.
pub(in crate::lower) fn as_string(view: &Schema) -> Schema {
    let keywords = Keywords { ty: Some("string".to_owned()), ..view.keywords.clone() };
    Schema { keywords, one_of: Vec::new(), any_of: Vec::new(), ..view.clone() }
}

/// Lowers the values of all branches to one open enum.
pub(super) fn lower_texts(branches: &[Pointer], acc: &mut Lowering<'_>) -> OpenEnum {
    let mut values = Vec::new();
    let mut texts = BTreeSet::new();
    let mut spelling = EnumSpelling::XEnum;
    for at in branches {
        let Some(view) = all_of::view_at(at, acc) else { continue };
        let Some(listed) = view.listed_texts() else { continue };
        let one = enumeration::lower_enum(&view, listed, acc);
        if one.spelling == EnumSpelling::Enum {
            spelling = EnumSpelling::Enum;
        }
        let is_only = view.only_text().is_some();
        for mut value in one.values {
            // `oneOf: [{const: a, description: ..}, ..]` documents each value.
            if is_only && value.description.is_none() {
                value.description =
                    view.data.description.clone().or_else(|| view.data.title.clone());
            }
            if texts.insert(value.text.clone()) {
                values.push(value);
            }
        }
    }
    OpenEnum { values, spelling, ignore_case: false }
}
