//! The schema of a parameter or form property in, the type that a text can hold out.

use crate::api::Tagging;
use crate::lower::Lowering;
use crate::lower::all_of::view_at;
use crate::lower::union::{Plan, plan};
use crate::pointer::Pointer;

/// What a text can hold of a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::lower) enum Form {
    /// A string, a number, a boolean.
    Scalar,
    /// One of several kinds of scalars: any text.
    Scalars,
    /// A list of scalars, also of several kinds; the place of the list's schema.
    List(Pointer),
    /// An object, or lists in lists.
    Nested,
}

/// Returns what a text can hold of the schema at a place.
pub(in crate::lower) fn form(at: &Pointer, acc: &mut Lowering<'_>) -> Form {
    bounded(at, 0, acc)
}

/// Deeper than this no text can hold a list of lists, or a schema holds itself.
const MAX_DEPTH: usize = 4;

fn bounded(at: &Pointer, depth: usize, acc: &mut Lowering<'_>) -> Form {
    if depth > MAX_DEPTH {
        return Form::Nested;
    }
    let key = (at.clone(), depth);
    if let Some(known) = acc.known.forms.get(&key) {
        return known.clone();
    }
    let form = of_schema(at, depth, acc);
    acc.known.forms.insert(key, form.clone());
    form
}

fn of_schema(at: &Pointer, depth: usize, acc: &mut Lowering<'_>) -> Form {
    let Some(view) = view_at(at, acc) else { return Form::Scalar };
    if !view.one_of.is_empty() || !view.any_of.is_empty() {
        return match plan(&view, acc) {
            Plan::Same(only) => bounded(&only, depth + 1, acc),
            Plan::String | Plan::Scalar(_) | Plan::Texts(_) => Form::Scalar,
            Plan::Tagged(Tagging::Kind(branches)) => {
                let schemas = branches.iter().map(|it| &it.variant.schema);
                of_branches(schemas.map(|at| bounded(at, depth + 1, acc)).collect())
            }
            Plan::Opaque(_) | Plan::Tagged(Tagging::Overlapping(_)) => {
                let branches = view.one_of.iter().chain(&view.any_of);
                of_branches(branches.map(|branch| bounded(branch, depth + 1, acc)).collect())
            }
            Plan::Object | Plan::Beside(_) | Plan::Tagged(_) => Form::Nested,
        };
    }
    match view.keywords.ty.as_deref() {
        Some("object") => Form::Nested,
        Some("array") => match view.items.as_ref().map(|items| bounded(items, depth + 1, acc)) {
            None | Some(Form::Scalar | Form::Scalars) => Form::List(at.clone()),
            _ => Form::Nested,
        },
        Some(_) => Form::Scalar,
        None if view.listed_texts().is_some() => Form::Scalar,
        None if view.properties.is_empty() && view.items.is_none() && view.additional.is_none() => {
            Form::Scalar
        }
        None => Form::Nested,
    }
}

/// A scalar or a list of them is a list, which can have one element.
fn of_branches(forms: Vec<Form>) -> Form {
    if forms.contains(&Form::Nested) || forms.is_empty() {
        return Form::Nested;
    }
    forms.into_iter().find(|it| matches!(it, Form::List(_))).unwrap_or(Form::Scalars)
}
