//! A union whose branches have different JSON kinds in, a union distinguished by kind out.

use super::{Branch, Plan};
use crate::api::{JsonKind, Tagging, Told};
use crate::document::Schema;
use crate::lower::Lowering;
use crate::lower::all_of::{Merged, view_at};
use crate::pointer::Pointer;

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
        branches.push(Told { by: kind(view, 0, acc)?, variant: Branch::at(at) });
    }
    branches.sort_by_key(|it| it.by);
    let twice = branches.windows(2).any(|pair| pair[0].by == pair[1].by);
    (!twice).then_some(Plan::Tagged(Tagging::Kind(branches)))
}

/// Returns the one kind that all values of a schema have.
pub(super) fn kind(view: &Schema, depth: usize, acc: &mut Lowering<'_>) -> Option<JsonKind> {
    let below = if view.one_of.is_empty() { &view.any_of } else { &view.one_of };
    if !below.is_empty() && view.properties.is_empty() {
        return common_kind(below, depth, acc);
    }
    match view.keywords.ty.as_deref() {
        Some("boolean") => Some(JsonKind::Boolean),
        Some("integer") => Some(JsonKind::Integer),
        Some("number") => Some(JsonKind::Number),
        Some("string") => Some(JsonKind::String),
        Some("array") => Some(JsonKind::List),
        Some("object") => Some(JsonKind::Object),
        _ if view.listed_texts().is_some() => Some(JsonKind::String),
        _ if view.items.is_some() => Some(JsonKind::List),
        _ if !view.properties.is_empty() || view.additional.is_some() => Some(JsonKind::Object),
        _ => None,
    }
}

/// Returns the kind that all branches of a nested union have.
fn common_kind(branches: &[Pointer], depth: usize, acc: &mut Lowering<'_>) -> Option<JsonKind> {
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
