//! Compares constraints: which became tighter or looser.

use serde_json::{Number, Value};
use tamarack::api::{Api, Constraints, Shape, Type, TypeRef};

use super::at::At;
use super::kind::Kind;
use super::value;
use super::verdict::Rust;
use super::verdict::{Wire, Within};
use super::walk::Walk;

/// Returns the constraints of a use. Those behind a name count when the other side writes no name, or has constraints of
/// its own: a type that is written at its use has them there, too.
pub(super) fn of_use<'a>(api: &'a Api, it: &'a TypeRef, other: &TypeRef) -> &'a Constraints {
    let is_said = |it: &TypeRef| it.constraints != Constraints::default();
    let mut it = it;
    if matches!(other.ty, Type::Named(_)) && !is_said(other) {
        return &it.constraints;
    }
    // A cycle of aliases is not a type; the bound ends the loop.
    for _ in 0..=api.types.len() {
        let Type::Named(id) = it.ty else { break };
        if is_said(it) {
            break;
        }
        match &api.type_def(id).shape {
            Shape::Alias(inner) => it = inner,
            _ => return &api.type_def(id).constraints,
        }
    }
    &it.constraints
}

/// How the set of a keyword moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Move {
    Same,
    Tightened,
    Loosened,
    Changed,
}

struct Bound {
    keyword: &'static str,
    old: Option<String>,
    new: Option<String>,
    moved: Move,
}

/// Compares the constraints of a place.
pub(super) fn compare(walk: &mut Walk<'_>, at: &At, old: &Constraints, new: &Constraints) {
    for bound in bounds(old, new) {
        let (kind, sent, received) = match bound.moved {
            Move::Same => continue,
            Move::Tightened => (Kind::Tightened, Wire::Breaking, Wire::Compatible),
            Move::Loosened => (Kind::Loosened, Wire::Compatible, Wire::Potentially),
            Move::Changed => (Kind::ConstraintChanged, Wire::Unknown, Wire::Unknown),
        };
        let value = |it: Option<String>| {
            it.map_or_else(
                || format!("no `{}`", bound.keyword),
                |it| format!("{}: {it}", bound.keyword),
            )
        };
        let change = at.change(kind).wire(sent, received).rust(Rust::Patch);
        walk.push(change.values(value(bound.old), value(bound.new)));
    }
    compare_values(walk, at, List::of(old), List::of(new));
    let (Some(old), Some(new)) = (&old.listed, &new.listed) else { return };
    let both = old.values.iter().chain(&old.known);
    let both = both.filter(|it| new.values.contains(it) || new.known.contains(it));
    let differing: Vec<_> = both.filter(|it| old.about(it) != new.about(it)).cloned().collect();
    if !differing.is_empty() {
        walk.push(at.change(Kind::DocsChanged).is(listed(&differing)));
    }
}

/// The values that a place lists.
#[derive(Clone, Copy)]
enum List<'a> {
    Closed(&'a [Value]),
    Open(&'a [Value]),
}

impl<'a> List<'a> {
    fn of(it: &'a Constraints) -> Option<Self> {
        let listed = it.listed.as_ref()?;
        match (listed.values.as_slice(), listed.known.as_slice()) {
            ([], []) => None,
            ([], known) => Some(Self::Open(known)),
            (values, _) => Some(Self::Closed(values)),
        }
    }

    fn values(self) -> &'a [Value] {
        let (Self::Closed(it) | Self::Open(it)) = self;
        it
    }

    /// Returns the verdict where a list that is closed restricts what is sent, or surprises who receives.
    fn if_closed(self, verdict: Wire) -> Wire {
        if matches!(self, Self::Closed(_)) { verdict } else { Wire::Compatible }
    }
}

/// Compares the listed values of types other than strings.
fn compare_values(walk: &mut Walk<'_>, at: &At, old: Option<List<'_>>, new: Option<List<'_>>) {
    let (old, new) = match (old, new) {
        (None, None) => return,
        (None, Some(new)) => {
            let sent = new.if_closed(Wire::Breaking);
            let change = at.change(Kind::EnumAdded).wire(sent, Wire::Compatible);
            return walk.push(change.is(listed(new.values())).rust(Rust::Patch));
        }
        (Some(old), None) => {
            let received = old.if_closed(Wire::Potentially);
            let change = at.change(Kind::EnumDropped).wire(Wire::Compatible, received);
            return walk.push(change.was(listed(old.values())).rust(Rust::Patch));
        }
        (Some(old), Some(new)) => (old, new),
    };
    let (was, is) = (old.values(), new.values());
    let opened = matches!((old, new), (List::Closed(_), List::Open(_)));
    if opened {
        let change = at.change(Kind::EnumOpened).wire(Wire::Compatible, Wire::Potentially);
        let change =
            change.values(format!("enum {}", listed(was)), format!("x-enum {}", listed(is)));
        walk.push(change.rust(Rust::Patch));
    }
    if matches!((old, new), (List::Open(_), List::Closed(_))) {
        let change = at.change(Kind::EnumClosed).wire(Wire::Breaking, Wire::Compatible);
        let change =
            change.values(format!("x-enum {}", listed(was)), format!("enum {}", listed(is)));
        walk.push(change.rust(Rust::Patch));
    }
    let gone: Vec<_> = was.iter().filter(|it| !value::holds(is, it)).cloned().collect();
    let come: Vec<_> = is.iter().filter(|it| !value::holds(was, it)).cloned().collect();
    if !come.is_empty() {
        // If the list became open as well, that row reports it.
        let received = if opened { Wire::Compatible } else { Wire::Potentially };
        let change = at.change(Kind::ValueAdded).wire(Wire::Compatible, received);
        walk.push(change.is(listed(&come)).rust(Rust::Patch));
    }
    if !gone.is_empty() {
        let change =
            at.change(Kind::ValueRemoved).wire(new.if_closed(Wire::Breaking), Wire::Compatible);
        walk.push(change.was(listed(&gone)).rust(Rust::Patch));
    }
}

fn listed(values: &[Value]) -> String {
    values.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// Returns whether what satisfies `a` satisfies `b`.
pub(super) fn within(a: &Constraints, b: &Constraints) -> Within {
    let (of_a, of_b) = (a.values(), b.values());
    let values =
        of_b.is_empty() || (!of_a.is_empty() && of_a.iter().all(|it| value::holds(of_b, it)));
    bounds(a, b).iter().fold(Within::of(values), |acc, bound| {
        acc.max(match bound.moved {
            Move::Same | Move::Loosened => Within::Yes,
            Move::Changed => Within::Unknown,
            Move::Tightened => Within::No,
        })
    })
}

fn bounds(old: &Constraints, new: &Constraints) -> Vec<Bound> {
    let mut acc = Vec::new();
    let lower = [
        ("minLength", old.min_length, new.min_length),
        ("minItems", old.min_items, new.min_items),
        ("minProperties", old.min_properties, new.min_properties),
    ];
    for (keyword, old, new) in lower {
        // No lower bound is a bound of zero.
        let moved = order(old.unwrap_or(0).partial_cmp(&new.unwrap_or(0)));
        acc.push(bound(keyword, old.as_ref(), new.as_ref(), moved));
    }
    let upper = [
        ("maxLength", old.max_length, new.max_length),
        ("maxItems", old.max_items, new.max_items),
        ("maxProperties", old.max_properties, new.max_properties),
    ];
    for (keyword, old, new) in upper {
        let moved = order(new.unwrap_or(u64::MAX).partial_cmp(&old.unwrap_or(u64::MAX)));
        acc.push(bound(keyword, old.as_ref(), new.as_ref(), moved));
    }
    acc.push(edge(
        "minimum",
        (&old.minimum, old.exclusive_minimum),
        (&new.minimum, new.exclusive_minimum),
        1.0,
    ));
    acc.push(edge(
        "maximum",
        (&old.maximum, old.exclusive_maximum),
        (&new.maximum, new.exclusive_maximum),
        -1.0,
    ));
    let (a, b) = (old.multiple_of.as_ref(), new.multiple_of.as_ref());
    let moved = match (a, b) {
        (Some(a), Some(b)) if value::same_number(a, b) => Move::Same,
        _ => set(a, b),
    };
    acc.push(bound("multipleOf", a, b, moved));
    let (a, b) = (old.pattern.as_ref(), new.pattern.as_ref());
    acc.push(bound("pattern", a, b, pattern(set(a, b), a, b)));
    let flag = |it: bool| it.then_some(true);
    let (a, b) = (flag(old.unique_items), flag(new.unique_items));
    acc.push(bound("uniqueItems", a.as_ref(), b.as_ref(), set(a.as_ref(), b.as_ref())));
    acc
}

fn bound(
    keyword: &'static str,
    old: Option<&impl ToString>,
    new: Option<&impl ToString>,
    moved: Move,
) -> Bound {
    Bound { keyword, old: old.map(ToString::to_string), new: new.map(ToString::to_string), moved }
}

/// Less is looser.
fn order(ordering: Option<std::cmp::Ordering>) -> Move {
    match ordering {
        Some(std::cmp::Ordering::Equal) => Move::Same,
        Some(std::cmp::Ordering::Less) => Move::Tightened,
        Some(std::cmp::Ordering::Greater) => Move::Loosened,
        None => Move::Changed,
    }
}

fn set<T: PartialEq>(old: Option<&T>, new: Option<&T>) -> Move {
    match (old, new) {
        (None, Some(_)) => Move::Tightened,
        (Some(_), None) => Move::Loosened,
        (old, new) if old == new => Move::Same,
        _ => Move::Changed,
    }
}

/// Any text matches these patterns, so replacing one by another changes nothing.
fn pattern(moved: Move, old: Option<&String>, new: Option<&String>) -> Move {
    let any = |it: Option<&String>| it.is_none_or(|it| matches!(it.as_str(), ".*" | "^.*$" | ""));
    match (any(old), any(new)) {
        (true, true) => Move::Same,
        (true, false) => Move::Tightened,
        (false, true) => Move::Loosened,
        (false, false) => moved,
    }
}

/// Compares two lower edges (`sign` 1) or upper edges (`sign` -1) of numbers.
fn edge(
    keyword: &'static str,
    old: (&Option<Number>, bool),
    new: (&Option<Number>, bool),
    sign: f64,
) -> Bound {
    let at = |it: &(&Option<Number>, bool)| {
        let value = it.0.as_ref().and_then(Number::as_f64);
        (value.map_or(f64::NEG_INFINITY, |value| value * sign), value.is_some() && it.1)
    };
    let text = |it: &(&Option<Number>, bool)| {
        let word = if it.1 { " exclusive" } else { "" };
        it.0.as_ref().map(|value| format!("{value}{word}"))
    };
    let moved = order(at(&old).partial_cmp(&at(&new)));
    Bound { keyword, old: text(&old), new: text(&new), moved }
}
