//! Decides unions whose branches only name required properties (`anyOf: [{required: [a]}, {required: [b]}]`), and
//! optional parameters.
//!
//! Such a union, added, refuses values that were valid; removed, it allows more. Without an optional parameter each
//! request is valid, whatever its values are. All other keywords that the model does not express stay undecided.

use serde_json::Value;
use tamarack::api::{LeftOver, Shape, Written};

use super::super::at::At;
use super::super::kind::Kind;
use super::super::verdict::Wire;
use super::super::walk::{Change, Version, Walk};
use super::Pair;

/// Returns the row of a union that was added or removed, if it is certain what it does.
pub(super) fn change(walk: &Walk<'_>, at: &At, pair: &Pair<'_>) -> Option<Change> {
    match (pair.was, pair.is) {
        (None, Some(is)) if is_optional_parameter(is) => {
            Some(at.change(Kind::OptionalParameterAdded).wire(Wire::Compatible, Wire::None))
        }
        (Some(was), None) if is_optional_parameter(was) => {
            Some(at.change(Kind::OptionalParameterRemoved).wire(Wire::Potentially, Wire::None))
        }
        (None, Some(is)) if restricts(walk.new, is) => {
            Some(at.change(Kind::Tightened).wire(Wire::Breaking, Wire::Compatible))
        }
        (Some(was), None) if restricts(walk.old, was) => {
            Some(at.change(Kind::Loosened).wire(Wire::Compatible, Wire::Breaking))
        }
        _ => None,
    }
}

/// Returns whether it is a parameter of an operation that no request needs.
fn is_optional_parameter(one: &LeftOver) -> bool {
    let is_parameter = matches!(one.way.as_slice(), [list, _] if list == "parameters");
    let (Written::Way(_, value) | Written::Note(value)) = &one.value else { return false };
    let Written::Map(members) = value.as_ref() else { return false };
    let is_true = |it: &Written| matches!(it, Written::Plain(Value::Bool(true)));
    let is_required = members.get("required").is_some_and(is_true);
    // Of a parameter without a location nothing is known.
    one.keyword.is_none() && is_parameter && members.contains_key("in") && !is_required
}

/// Returns whether a union refuses a value that its schema allows without it.
fn restricts(version: Version<'_>, one: &LeftOver) -> bool {
    let (Some("anyOf"), Written::Set(branches)) = (one.keyword.as_deref(), &one.value) else {
        return false;
    };
    let schema = one.pointer.parent();
    let mut types = version.api.types.iter();
    let Some(Shape::Struct(object)) =
        types.find(|it| Some(&it.pointer) == schema.as_ref()).map(|it| &it.shape)
    else {
        return false;
    };
    // A branch without a property that can be absent holds for every value.
    let can_be_absent =
        |name: &str| object.properties.iter().all(|it| it.name != name || !it.required);
    let asks = |branch: &Written| {
        let Written::Map(members) = branch else { return false };
        let names = match members.get("required") {
            Some(Written::Set(names) | Written::List(names)) if members.len() == 1 => names,
            _ => return false,
        };
        names.iter().any(|it| match it {
            Written::Plain(name) => name.as_str().is_some_and(can_be_absent),
            _ => false,
        })
    };
    !branches.is_empty() && branches.iter().all(asks)
}
