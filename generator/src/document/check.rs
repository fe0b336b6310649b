//! Checks a tree with the table of OpenAPI's objects: coerces or drops wrong values and reports them.

use serde_yaml::{Mapping, Value};

use super::coerce;
use super::dialect;
use super::kept::Kept;
use super::table::{Cost, Kind, Object, SCHEMA};
use super::{WEBHOOKS, is_turned};
use crate::codes;
use crate::diagnostic::{Diagnostic, Loss, Sink};
use crate::members;
use crate::nearest::nearest;
use crate::pointer::Pointer;

/// Whether a node stays in the tree.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Checked {
    Keep,
    Drop,
}

/// Checks a node against its kind.
pub(super) fn check(
    value: &mut Value,
    kind: Kind,
    at: &Pointer,
    kept: &mut Kept,
    sink: &mut Sink,
) -> Checked {
    let entered = kept.enter();
    let checked = match kind {
        Kind::Json | Kind::Unread(_) => Checked::Keep,
        Kind::Text | Kind::Note | Kind::Flag | Kind::Number | Kind::Count => {
            coerce::scalar(value, kind, at, kept, sink)
        }
        Kind::List(element) => check_list(value, *element, at, kept, sink),
        Kind::Map(member) => check_map(value, *member, at, kept, sink),
        Kind::Node(object) => check_object(value, object, at, kept, sink),
        Kind::RefOr(object) => match members::of(value, "$ref") {
            Some(Value::String(_)) => Checked::Keep,
            _ => check_object(value, object, at, kept, sink),
        },
        Kind::Schema => check_schema(value, at, kept, sink),
        Kind::FlagOrSchema => match value {
            Value::Bool(_) => Checked::Keep,
            _ => check_schema(value, at, kept, sink),
        },
    };
    kept.leave(entered);
    checked
}

/// Returns whether a value is what its kind asks for, as most are: it costs no pointer to see so.
fn is_as_wanted(value: &Value, kind: Kind) -> bool {
    match (kind, value) {
        (Kind::Json | Kind::Unread(_), _)
        | (Kind::Text | Kind::Note, Value::String(_))
        | (Kind::Flag | Kind::FlagOrSchema, Value::Bool(_)) => true,
        (Kind::Number, Value::Number(number)) => number.is_finite(),
        (Kind::RefOr(_), Value::Mapping(members)) => {
            members::get(members, "$ref").is_some_and(Value::is_string)
        }
        (Kind::Schema | Kind::FlagOrSchema, Value::Mapping(members)) => is_reference_alone(members),
        _ => false,
    }
}

fn is_reference_alone(members: &Mapping) -> bool {
    members.len() == 1 && members::get(members, "$ref").is_some_and(Value::is_string)
}

fn check_list(
    value: &mut Value,
    element: Kind,
    at: &Pointer,
    kept: &mut Kept,
    sink: &mut Sink,
) -> Checked {
    if matches!(element, Kind::Text) && !is_list_of_texts(value) {
        kept.node(at, value);
    }
    if matches!(element, Kind::Text) && value.is_string() {
        coerce::warn(at, "the value is read as a list of one", sink);
        *value = Value::Sequence(vec![value.clone()]);
    }
    if let Some(Value::String(text)) = members::of(value, "$ref") {
        sink.push(reference_to_all(text, "a list", at));
        return Checked::Drop;
    }
    let Value::Sequence(elements) = value else {
        return wrong_kind(value, "a list", Cost::Part, at, sink);
    };
    for (index, node) in elements.iter_mut().enumerate() {
        // A hole that the dialect left.
        if node.is_null() && matches!(element, Kind::Schema) {
            continue;
        }
        if is_as_wanted(node, element) {
            continue;
        }
        let at = at.index(index);
        if check(node, element, &at, kept, sink) == Checked::Drop {
            // A hole keeps the pointers of what follows true.
            kept.emptied(&at, node);
        }
    }
    if matches!(element, Kind::Text) {
        elements.retain(|node| !node.is_null());
    }
    Checked::Keep
}

fn is_list_of_texts(value: &Value) -> bool {
    value.as_sequence().is_some_and(|it| it.iter().all(Value::is_string))
}

fn check_map(
    value: &mut Value,
    member: Kind,
    at: &Pointer,
    kept: &mut Kept,
    sink: &mut Sink,
) -> Checked {
    if value.as_sequence().is_some_and(Vec::is_empty) {
        kept.node(at, value);
        coerce::warn(at, "the value is read as an empty map", sink);
        *value = Value::Mapping(Mapping::new());
    }
    let Value::Mapping(members) = value else {
        return wrong_kind(value, "a map", Cost::Part, at, sink);
    };
    let holds_nodes = member.object().is_some();
    kept.retain(members, at, |name, node, kept| match (name, node) {
        ("$ref", Value::String(text)) if holds_nodes => {
            sink.push(reference_to_all(text, "a map", at));
            false
        }
        (name, node) => {
            is_as_wanted(node, member)
                || check(node, member, &at.child(name), kept, sink) == Checked::Keep
        }
    });
    Checked::Keep
}

/// Says that a reference is not followed that stands for a whole list or map: OpenAPI has references in the place
/// of the nodes in it.
fn reference_to_all(text: &str, what: &str, at: &Pointer) -> Diagnostic {
    let title = format!("`$ref` stands for {what}, which is not followed: `{text}`");
    Diagnostic::skipped(codes::REFERENCE, at.child("$ref"), title)
        .label("not followed")
        .help("write the entries here; each of them can be a `$ref`")
        .loss(Loss::Part(at.clone()))
}

fn check_object(
    value: &mut Value,
    object: &'static Object,
    at: &Pointer,
    kept: &mut Kept,
    sink: &mut Sink,
) -> Checked {
    let Value::Mapping(members) = value else {
        return wrong_kind(value, &format!("a map ({})", object.title), object.cost, at, sink);
    };
    let vital: Vec<_> = (object.vital.iter())
        .filter(|name| members::get(members, name).is_some_and(|node| !node.is_null()))
        .collect();
    check_members(members, object, at, kept, sink);
    for name in vital {
        if !members.contains_key(*name) {
            let title = format!("the {} is skipped: its `{name}` cannot be read", object.title);
            sink.push(
                Diagnostic::error(codes::WRONG_KIND, at.clone(), title)
                    .at_key()
                    .loss(loss(object.cost, at)),
            );
            return Checked::Drop;
        }
    }
    for name in object.required {
        if !members.contains_key(*name) {
            let title = format!("the {} has no `{name}`", object.title);
            sink.push(
                Diagnostic::error(codes::MISSING_MEMBER, at.clone(), title)
                    .loss(loss(object.cost, at)),
            );
            return Checked::Drop;
        }
    }
    Checked::Keep
}

fn check_members(
    members: &mut Mapping,
    object: &'static Object,
    at: &Pointer,
    kept: &mut Kept,
    sink: &mut Sink,
) {
    kept.retain(members, at, |name, node, kept| {
        if name.starts_with("x-") && !WEBHOOKS.contains(&name) {
            return true;
        }
        let known = object.member(name);
        if let (None, Some(_), "$ref", Value::String(text)) = (known, object.others, name, &node) {
            let what = format!("the {}", object.title);
            sink.push(reference_to_all(text, &what, at));
            return false;
        }
        if let Some(kind) = known.map(|it| it.kind).or(object.others) {
            return is_as_wanted(node, kind)
                || check(node, kind, &at.child(name), kept, sink) == Checked::Keep;
        }
        sink.push(unknown_member(object, name, at.child(name)));
        false
    });
}

/// How many properties an object may have to be listed when one is unknown.
const LISTED: usize = 8;

/// Reports an unknown property, and suggests the most similar one.
pub(crate) fn unknown_member(object: &'static Object, name: &str, at: Pointer) -> Diagnostic {
    let title = format!("`{name}` is not a property of the {}", object.title);
    let diagnostic = Diagnostic::warning(codes::UNKNOWN_MEMBER, at, title).at_key();
    let names = || object.members.iter().map(|it| it.name);
    match nearest(name, names()) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None if object.members.len() <= LISTED => {
            let list = names().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ");
            diagnostic.help(format!("its properties are {list}"))
        }
        None => diagnostic,
    }
}

/// Checks a schema, after rewriting it to the one dialect that the later
/// stages know: OpenAPI 3.0 with `$ref` either alone or inside `allOf`.
fn check_schema(value: &mut Value, at: &Pointer, kept: &mut Kept, sink: &mut Sink) -> Checked {
    dialect::whole_schema(value, at, kept, sink);
    let Value::Mapping(members) = value else {
        let verdict = wrong_kind(value, "a map (Schema Object)", Cost::Part, at, sink);
        return verdict;
    };
    if is_reference_alone(members) {
        return Checked::Keep;
    }
    dialect::normalise(&mut kept.rewritten(members, at), sink);
    dynamic_reference(members, at, sink);
    check_members(members, &SCHEMA, at, kept, sink);
    Checked::Keep
}

/// `$dynamicRef` leads to the outermost schema that has its anchor, which
/// depends on who reads the schema.
fn dynamic_reference(members: &Mapping, at: &Pointer, sink: &mut Sink) {
    let Some(text) = members::get(members, "$dynamicRef").and_then(Value::as_str) else { return };
    let title = format!("`$dynamicRef` is not followed: `{text}`");
    sink.push(
        Diagnostic::skipped(codes::REFERENCE, at.child("$dynamicRef"), title)
            .label("not followed")
            .help("write `$ref` with the pointer of the schema that is meant, for example `#/components/schemas/Pet`")
            .loss(Loss::Schema(at.clone())),
    );
}

/// Reports a node of the wrong kind, and drops it.
fn wrong_kind(value: &Value, wanted: &str, cost: Cost, at: &Pointer, sink: &mut Sink) -> Checked {
    let found = coerce::kind_of(value);
    let title = format!("expected {wanted}, found {found}");
    let diagnostic = match value {
        // A key without a value has no meaning, so nothing is lost.
        Value::Null if cost != Cost::Operation => {
            Diagnostic::warning(codes::WRONG_KIND, at.clone(), title)
        }
        _ => Diagnostic::error(codes::WRONG_KIND, at.clone(), title).loss(loss(cost, at)),
    };
    sink.push(diagnostic.label(format!("not {wanted}")));
    Checked::Drop
}

pub(super) fn loss(cost: Cost, at: &Pointer) -> Loss {
    match cost {
        Cost::Nothing => Loss::Nothing,
        Cost::Part => Loss::Part(at.clone()),
        // What the API sends is none of its operations.
        Cost::Operation if is_turned(at) => Loss::Part(at.clone()),
        Cost::Operation => Loss::Operation(at.clone()),
    }
}
