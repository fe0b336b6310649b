//! A union whose branches have different JSON kinds in, a union told apart by kind out.

use super::{Branch, Plan};
use crate::api::Tagging;
use crate::document::Schema;
use crate::lower::Lowering;
use crate::lower::all_of::{Merged, view_at};
use crate::pointer::Pointer;

/// The kinds in the order in which a reader tries them: an integer is also a
/// number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::lower) enum Kind {
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

const N_KINDS: usize = 6;

/// A union nested deeper than any author writes is one that holds itself.
const MAX_DEPTH: usize = 3;

/// Recognises branches of which no two have one kind.
pub(super) fn by_kind(views: &[(Pointer, Merged<'_>)], acc: &mut Lowering<'_>) -> Option<Plan> {
    let mut branches = Vec::new();
    // There are fewer kinds than that: two branches have one.
    if views.len() > N_KINDS {
        return None;
    }
    for (at, view) in views {
        branches.push((kind(view, 0, acc)?, at.clone()));
    }
    branches.sort_by_key(|(kind, _)| *kind);
    let twice = branches.windows(2).any(|pair| pair[0].0 == pair[1].0);
    if twice {
        return None;
    }
    let branch =
        |(_, at): (Kind, Pointer)| Branch { tags: Vec::new(), schema: at.clone(), pointer: at };
    Some(Plan::Tagged(Tagging::Kind, branches.into_iter().map(branch).collect()))
}

/// Returns the one kind that all values of a schema have.
fn kind(view: &Schema, depth: usize, acc: &mut Lowering<'_>) -> Option<Kind> {
    let below = if view.one_of.is_empty() { &view.any_of } else { &view.one_of };
    if !below.is_empty() && view.properties.is_empty() {
        return common_kind(below, depth, acc);
    }
    match view.keywords.ty.as_deref() {
        Some("boolean") => Some(Kind::Boolean),
        Some("integer") => Some(Kind::Integer),
        Some("number") => Some(Kind::Number),
        Some("string") => Some(Kind::String),
        Some("array") => Some(Kind::Array),
        Some("object") => Some(Kind::Object),
        _ if view.listed_texts().is_some() => Some(Kind::String),
        _ if view.items.is_some() => Some(Kind::Array),
        _ if !view.properties.is_empty() || view.additional.is_some() => Some(Kind::Object),
        _ => None,
    }
}

/// Returns the kind that all branches of a nested union have.
fn common_kind(branches: &[Pointer], depth: usize, acc: &mut Lowering<'_>) -> Option<Kind> {
    if depth > MAX_DEPTH {
        return None;
    }
    let mut common = None;
    for at in branches {
        let key = (acc.resolved.target(at).clone(), depth);
        let kind = match acc.known.kinds.get(&key) {
            Some(known) => *known,
            None => {
                let view = view_at(at, acc)?;
                let found = kind(&view, depth + 1, acc);
                acc.known.kinds.insert(key, found);
                found
            }
        }?;
        if common.is_some_and(|it| it != kind) {
            return None;
        }
        common = Some(kind);
    }
    common
}
