//! Compares the parameters of an operation.

mod wider;

use tamarack::api::{
    Api, LeftOver, Location, Operation, Origin, Parameter, ParameterId, Type, Written,
};
use tamarack::plan::{Argument, ConstIdent, Item, Supply, supply};

use super::at::At;
use super::constraint;
use super::describe;
use super::documentation;
use super::kind::Kind;
use super::left_over;
use super::rust::Code;
use super::uses;
use super::value;
use super::verdict::{Rust, Wire};
use super::walk::{Change, Flow, Node, OperationPair, Position, Version, Walk};

/// Compares the parameters of an operation; of one that moved to another
/// path, those of the path are matched by name alone.
pub(super) fn compare(walk: &mut Walk<'_>, pair: OperationPair, moved: bool) {
    let (old, new) = (&walk.old.api.operations[pair.0], &walk.new.api.operations[pair.1]);
    let mut taken = vec![false; old.parameters.len()];
    for (new_index, is) in new.parameters.iter().enumerate() {
        let new_id = ParameterId(new_index);
        let free = |index: &usize| !taken[*index];
        let find = |rule: &dyn Fn(ParameterId, &Parameter) -> bool| {
            let is_it = |index: &usize| rule(ParameterId(*index), &old.parameters[*index]);
            (0..old.parameters.len()).filter(free).find(is_it)
        };
        let partner = find(&|_, was| is_same(was, is))
            .or_else(|| find(&|id, _| !moved && is_same_slot((old, id), (new, new_id))))
            .or_else(|| find(&|_, was| is_moved(old, was, new, is)));
        match partner {
            Some(index) => {
                taken[index] = true;
                compare_one(walk, pair, (ParameterId(index), new_id));
            }
            None => {
                let change = added(walk, pair, new_id);
                walk.push(change);
            }
        }
    }
    for index in (0..taken.len()).filter(|it| !taken[*it]) {
        let change = removed(walk, pair, ParameterId(index));
        walk.push(change);
    }
}

fn is_same(old: &Parameter, new: &Parameter) -> bool {
    old.location == new.location && is_same_name(new.location, &old.name, &new.name)
}

/// Header names are case-insensitive (RFC 9110 §5.1).
fn is_same_name(location: Location, old: &str, new: &str) -> bool {
    match location {
        Location::Header => old.eq_ignore_ascii_case(new),
        _ => old == new,
    }
}

/// Parameters of the path are the same at the same place of the template.
fn is_same_slot(old: (&Operation, ParameterId), new: (&Operation, ParameterId)) -> bool {
    let (was, is) = (old.0.slot(old.1), new.0.slot(new.1));
    was.is_some() && was == is
}

/// The same name elsewhere, when neither side has it at both places.
fn is_moved(old: &Operation, was: &Parameter, new: &Operation, is: &Parameter) -> bool {
    let once = |operation: &Operation| {
        operation.parameters.iter().filter(|it| it.name == is.name).count() == 1
    };
    was.name == is.name && once(old) && once(new)
}

fn location(it: Location) -> &'static str {
    match it {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}

fn subject(it: &Parameter) -> String {
    format!("{} parameter {}", location(it.location), it.name)
}

fn argument(version: Version<'_>, index: usize, id: ParameterId) -> Option<&Argument> {
    let code = version.operation(index).1;
    code.arguments.iter().chain(&code.options).find(|it| it.parameter == Some(id))
}

fn line(it: &Argument) -> String {
    format!("{}: {}", it.ident, super::rust::text(&it.ty))
}

fn words(version: Version<'_>, it: &Parameter) -> String {
    let ty = || describe::ty(version, &it.ty);
    match supply(version.api, it) {
        Supply::Constant(value) => format!("required, always `{value}`"),
        Supply::Defaulted(value) => format!("required {}, `{value}` unless set", ty()),
        Supply::Required => format!("required {}", ty()),
        Supply::Optional => format!("optional {}", ty()),
    }
}

fn added(walk: &Walk<'_>, pair: OperationPair, id: ParameterId) -> Change {
    let old = &walk.old.api.operations[pair.0];
    let is = walk.new.api.operations[pair.1].parameter(id);
    let node = Node::Site(pair, Position::Parameter);
    let at = At::new(node, subject(is), &old.pointer, &is.pointer);
    let (kind, sent, rust) = match supply(walk.new.api, is) {
        Supply::Constant(_) => {
            let rust = if has_own_type(walk.new, is) { Rust::Minor } else { Rust::None };
            (Kind::ConstantAdded, Wire::Breaking, rust)
        }
        Supply::Required => (Kind::RequiredParameterAdded, Wire::Breaking, Rust::Major),
        Supply::Defaulted(_) => (Kind::RequiredParameterAdded, Wire::Breaking, Rust::Minor),
        Supply::Optional => (Kind::OptionalParameterAdded, Wire::Compatible, Rust::Minor),
    };
    let code = argument(walk.new, pair.1, id).map(line);
    let change = at.change(kind).wire(sent, Wire::None).rust(rust);
    let mut change = change.is(words(walk.new, is)).code(None, code);
    if let Some(left) = left_over_as(walk.old.api, old, is) {
        change.old.pointer = left.pointer.clone();
        change = not_comparable(change);
    }
    change
}

/// Returns the parameter among those that the model of an operation could not hold.
fn left_over_as<'a>(api: &Api, operation: &'a Operation, it: &Parameter) -> Option<&'a LeftOver> {
    operation.left_over.iter().find(|left| {
        let is_called =
            |name: &str| is_same_name(it.location, name, &it.name) && left.keyword.is_none();
        let is_it =
            matches!(left.way.as_slice(), [list, name] if list == "parameters" && is_called(name));
        // Where it is not written, no place can be told.
        is_it && place(api, &left.value).is_none_or(|place| place == location(it.location))
    })
}

/// Returns where a parameter that is written somewhere belongs.
fn place<'a>(api: &'a Api, it: &'a Written) -> Option<&'a str> {
    match behind(api, it) {
        Written::Map(members) => match behind(api, members.get("in")?) {
            Written::Plain(place) => place.as_str(),
            _ => None,
        },
        _ => None,
    }
}

/// Returns what is written behind references.
fn behind<'a>(api: &'a Api, it: &'a Written) -> &'a Written {
    let mut it = it;
    // A cycle of references leads nowhere; the bound ends the loop.
    for _ in 0..=api.parts.len() {
        it = match it {
            Written::Part(index) => &api.parts[*index].value,
            Written::Note(inner) | Written::Way(_, inner) => inner,
            _ => break,
        };
    }
    it
}

/// Both documents declare the parameter, but one model cannot express it: the client gains or loses it, and
/// the effect on the wire is unknown.
fn not_comparable(mut change: Change) -> Change {
    change.kind = Kind::Unknown;
    change.wire(Wire::Unknown, Wire::None)
}

fn removed(walk: &Walk<'_>, pair: OperationPair, id: ParameterId) -> Change {
    let was = walk.old.api.operations[pair.0].parameter(id);
    let new = &walk.new.api.operations[pair.1];
    let node = Node::Site(pair, Position::Parameter);
    let at = At::new(node, subject(was), &was.pointer, &new.pointer);
    let (kind, rust) = match supply(walk.old.api, was) {
        Supply::Constant(_) => {
            let rust = Rust::major_if(has_own_type(walk.old, was));
            (Kind::ConstantRemoved, rust_of_constant(walk, was).max(rust))
        }
        Supply::Required | Supply::Defaulted(_) => (Kind::RequiredParameterRemoved, Rust::Major),
        Supply::Optional => (Kind::OptionalParameterRemoved, Rust::Major),
    };
    let code = argument(walk.old, pair.0, id).map(line);
    let change = at.change(kind).wire(Wire::Potentially, Wire::None).rust(rust);
    let mut change = change.was(words(walk.old, was)).code(code, None);
    if let Some(left) = left_over_as(walk.new.api, new, was) {
        change.new.pointer = left.pointer.clone();
        change = not_comparable(change);
    }
    change
}

/// Returns whether a type of the module comes and goes with the parameter.
fn has_own_type(version: Version<'_>, it: &Parameter) -> bool {
    let origin = |id| &version.def(id).origin;
    matches!(it.ty.ty, Type::Named(id) if matches!(origin(id), Origin::Inline { .. }))
}

/// A header with one value in all operations has a constant, which can be missed.
fn rust_of_constant(walk: &Walk<'_>, was: &Parameter) -> Rust {
    let named = walk.old.code.constants.iter().find(|it| it.header.eq_ignore_ascii_case(&was.name));
    let kept = |ident: &ConstIdent| walk.new.code.constants.iter().any(|it| it.ident == *ident);
    Rust::major_if(named.is_some_and(|it| !kept(&it.ident)))
}

/// What lists the one value is an enum of one variant.
fn rust_of_values(walk: &Walk<'_>, old: &Parameter, new: &Parameter) -> Rust {
    let variants = |version: Version<'_>, it: &Parameter| match it.ty.ty {
        Type::Named(id) => match &version.planned(id).item {
            Item::Enum(it) => it.variants.iter().map(|it| it.ident.clone()).collect(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    let (was, is) = (variants(walk.old, old), variants(walk.new, new));
    Rust::major_if(!was.iter().all(|it| is.contains(it)))
}

fn compare_one(walk: &mut Walk<'_>, pair: OperationPair, ids: (ParameterId, ParameterId)) {
    let old = walk.old.api.operations[pair.0].parameter(ids.0);
    let new = walk.new.api.operations[pair.1].parameter(ids.1);
    let node = Node::Site(pair, Position::Parameter);
    let mut at = At::new(node, subject(new), &old.pointer, &new.pointer);
    at.flow = Flow { sent: true, received: false };
    let arguments = (argument(walk.old, pair.0, ids.0), argument(walk.new, pair.1, ids.1));
    if let (Some(was), Some(is)) = arguments {
        at.code = Some(Code::of(walk, format!("{}: ", is.ident), &was.ty, &is.ty));
    }
    // Each parameter is a field of the operation.
    let renamed = matches!(arguments, (Some(was), Some(is)) if was.ident != is.ident);
    if old.location != new.location {
        let change = at.change(Kind::ParameterMoved).wire(Wire::Breaking, Wire::None);
        walk.push(change.values(location(old.location), location(new.location)));
    } else if old.name != new.name && new.location == Location::Path {
        let change = at.change(Kind::ParameterRenamed).values(&old.name, &new.name);
        walk.push(change.rust(if renamed { Rust::Major } else { Rust::None }));
    }
    let start = walk.changes.len();
    compare_values(walk, &at, old, new);
    left_over::compare(walk, &at, (&old.left_over, &new.left_over), start);
}

/// Compares what is sent.
fn compare_values(walk: &mut Walk<'_>, at: &At, old: &Parameter, new: &Parameter) {
    let supplies = (supply(walk.old.api, old), supply(walk.new.api, new));
    match &supplies {
        (Supply::Constant(was), Supply::Constant(is)) => {
            if was != is {
                let rust = rust_of_constant(walk, old).max(rust_of_values(walk, old, new));
                walk.push(at.change(Kind::ConstantChanged).values(was, is).rust(rust));
            }
            // What it allows beside the one value nobody sends, and a reader of both is told.
            if was == is {
                uses::compare(walk, at, &old.ty, &new.ty);
                return compare_said(walk, at, old, new);
            }
            constraint::compare(walk, at, &old.ty.constraints, &new.ty.constraints);
            if let (Type::String(was), Type::String(is)) = (&old.ty.ty, &new.ty.ty) {
                uses::compare_formats(walk, at, was.as_deref(), is.as_deref());
            }
            return compare_said(walk, at, old, new);
        }
        // The argument comes or goes.
        (was @ Supply::Constant(_), is) | (was, is @ Supply::Constant(_)) => {
            let change = at.change(Kind::ConstantChanged).values(sent(was), sent(is));
            let rust = match is {
                // A setter that nobody has to call.
                Supply::Optional | Supply::Defaulted(_) => {
                    rust_of_constant(walk, old).max(rust_of_values(walk, old, new)).max(Rust::Minor)
                }
                Supply::Required | Supply::Constant(_) => Rust::Major,
            };
            walk.push(change.wire(Wire::Potentially, Wire::None).rust(rust));
        }
        _ => {
            let first = walk.changes.len();
            let defaults = (old.default.as_ref(), new.default.as_ref());
            documentation::compare_default(walk, at, defaults.0, defaults.1);
            // With a default a required header has a setter, without it is an argument.
            if old.required && new.required && is_argument(&supplies.0) != is_argument(&supplies.1)
            {
                walk.changes[first..].iter_mut().for_each(|it| it.rust = Rust::Major);
            }
        }
    }
    compare_required(walk, at, (old.required, &supplies.0), (new.required, &supplies.1));
    if !wider::compare_lists(walk, at, old, new) && !wider::compare_texts(walk, at, old, new) {
        let first = walk.changes.len();
        uses::compare(walk, at, &old.ty, &new.ty);
        compare_styles(walk, at, (old, new), first);
    }
    compare_said(walk, at, old, new);
}

/// Compares how the value is written; another type that breaks is written in another way, too.
fn compare_styles(
    walk: &mut Walk<'_>,
    at: &At,
    (old, new): (&Parameter, &Parameter),
    first: usize,
) {
    let is_told = walk.changes[first..].iter().any(|it| {
        let is_type = matches!(
            it.kind,
            Kind::TypeChanged | Kind::TypeGeneralized | Kind::TypeSpecialized | Kind::EnumDropped
        );
        is_type && it.subject == at.subject && it.sent == Wire::Breaking
    });
    if (old.style, old.allow_reserved) != (new.style, new.allow_reserved) && !is_told {
        let change = at.change(Kind::StyleChanged).wire(Wire::Breaking, Wire::None);
        walk.push(change.values(written(old), written(new)));
    }
}

/// Returns how a value is written.
fn written(it: &Parameter) -> String {
    let reserved = if it.allow_reserved { ", reserved characters as they are" } else { "" };
    format!("{}{reserved}", describe::style(it.style))
}

/// Returns whether `new` takes the parameter; any other has a setter and is an `Option`.
fn is_argument(it: &Supply) -> bool {
    matches!(it, Supply::Required)
}

fn sent(it: &Supply) -> String {
    match it {
        Supply::Constant(value) => value.clone(),
        Supply::Defaulted(value) => format!("an argument, `{value}` unless set"),
        Supply::Required | Supply::Optional => "an argument".to_owned(),
    }
}

fn compare_required(walk: &mut Walk<'_>, at: &At, old: (bool, &Supply), new: (bool, &Supply)) {
    let change = match (old.0, new.0) {
        (false, true) => at.change(Kind::BecameRequired).wire(Wire::Breaking, Wire::None),
        (true, false) => at.change(Kind::BecameOptional).wire(Wire::Compatible, Wire::None),
        _ => return,
    };
    walk.push(change.rust(Rust::major_if(is_argument(old.1) != is_argument(new.1))));
}

fn compare_said(walk: &mut Walk<'_>, at: &At, old: &Parameter, new: &Parameter) {
    documentation::compare(walk, at, &old.docs, &new.docs);
    documentation::compare_deprecated(walk, at, old.deprecated, new.deprecated);
    if !value::same_optional(old.example.as_ref(), new.example.as_ref()) {
        let at = At { subject: format!("{} example", at.subject), ..at.clone() };
        let text = |it: &Option<serde_json::Value>| it.as_ref().map(ToString::to_string);
        let (was, is) = (text(&old.example), text(&new.example));
        documentation::compare_text(walk, &at, was.as_deref(), is.as_deref());
    }
}
