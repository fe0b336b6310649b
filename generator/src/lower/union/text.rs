//! A union of strings in, one string or one open enum out.

use std::collections::BTreeSet;

use super::Plan;
use crate::api::{EnumSpelling, OpenEnum};
use crate::document::{Keywords, Schema};
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

/// Returns a union of strings as a string.
pub(in crate::lower) fn as_string(view: &Schema) -> Schema {
    let keywords =
        Keywords { ty: Some("string".to_owned()), format: None, ..view.keywords.clone() };
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
