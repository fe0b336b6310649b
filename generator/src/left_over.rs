//! Puts the keywords that no function took beside their owner in the model, and reports each once.

mod misplaced;
mod place;
mod spots;
mod written;

use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::iter;

use serde_yaml::Value;

use crate::api::{Api, Fate, LeftOver, Property, TypeId, Way, Written};
use crate::codes;
use crate::diagnostic::{Diagnostic, Loss, Sink};
use crate::document::table::{Kind, Object, SCHEMA, X_WEBHOOKS};
use crate::pointer::{Pointer, PointerMap, PointerSet};
use crate::resolve::local_pointer;
pub(crate) use misplaced::{misplaced, one_of, with_article};
use place::{Step, steps};
use spots::{Found, Spots, list, properties};
use written::Writer;

/// A keyword, or a node below one, that nothing in the model expresses.
#[derive(Clone, Debug)]
pub(crate) struct Remnant {
    /// The keyword in the dialect that the stages read, or the node.
    pub(crate) at: Pointer,
    /// The object that has the keyword.
    pub(crate) object: &'static Object,
    pub(crate) keyword: &'static str,
    /// Whether a diagnostic has told it.
    pub(crate) is_told: bool,
    /// Whether code comes of it all the same.
    pub(crate) is_kept: bool,
}

/// What lowering leaves: what nobody took, and for each schema those that it is a part of
/// through `allOf`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Left {
    pub(crate) remnants: Vec<Remnant>,
    pub(crate) wholes: PointerMap<BTreeSet<Pointer>>,
}

/// Hangs what is left over, and what was lost as a whole, onto what it belongs to; reports
/// what costs something and nobody has told.
pub(crate) fn account(left: Left, lost: &[Pointer], tree: &Value, api: &mut Api, sink: &mut Sink) {
    let spots = Spots::of(api, &left.wholes, tree);
    let mut acc = Vec::new();
    let places: Vec<_> = api.types.iter().map(|it| it.pointer.clone()).collect();
    let ids = places.iter().enumerate().map(|(index, at)| (at, TypeId(index)));
    let mut writer = Writer::new(tree, ids.collect());
    for remnant in left.remnants {
        let (at, keyword) = written(&remnant, tree);
        let fate = remnant.object.fate(keyword);
        let costs = matches!(fate, Fate::Part | Fate::Assertion | Fate::Wire);
        if costs && !remnant.is_told {
            sink.push(diagnostic(&remnant, &at, keyword, fate, tree));
        }
        if fate != Fate::Definition {
            let node = Node { owned: &remnant.at, at: &at, keyword: Some(keyword), fate };
            hang(&node, (&spots, tree), &mut writer, &mut acc);
        }
    }
    let all: BTreeSet<&Pointer> = lost.iter().collect();
    let targets = LazyCell::new(|| targets(tree));
    for at in &all {
        let mut above = iter::successors(at.parent(), Pointer::parent);
        if !above.any(|it| all.contains(&it)) && is_used(at, || &targets) {
            let node = Node { owned: at, at, keyword: None, fate: Fate::Wire };
            hang(&node, (&spots, tree), &mut writer, &mut acc);
        }
    }
    api.parts = writer.parts();
    for (spot, left) in acc {
        if let Some(left) = without_declared(left, properties(api, spot)) {
            list(api, spot).push(left);
        }
    }
}

/// Of `required` of a schema, only the names that no property has are left over: the others the properties say.
fn without_declared(mut left: LeftOver, properties: &[Property]) -> Option<LeftOver> {
    if let Written::Set(names) = &mut left.value
        && left.way == ["required"]
    {
        names.retain(|it| {
            !properties.iter().any(|own| *it == Written::Plain(own.name.as_str().into()))
        });
        return (!names.is_empty()).then_some(left);
    }
    Some(left)
}

/// Returns the places that references lead to.
fn targets(tree: &Value) -> PointerSet {
    let mut acc = PointerSet::default();
    let mut waiting = vec![tree];
    while let Some(node) = waiting.pop() {
        match node {
            Value::Mapping(members) => {
                let text = members.get("$ref").and_then(Value::as_str);
                acc.extend(text.and_then(local_pointer));
                waiting.extend(members.values());
            }
            Value::Sequence(elements) => waiting.extend(elements),
            _ => {}
        }
    }
    acc
}

/// A component has no effect unless something refers to it (OpenAPI 3.1.1 §4.8.7); schemas
/// and security schemes are told by their names, too.
fn is_used<'a>(at: &Pointer, targets: impl FnOnce() -> &'a PointerSet) -> bool {
    match at.tokens().as_slice() {
        [components, kind, name, ..]
            if components == "components"
                && !["schemas", "securitySchemes"].contains(&kind.as_str()) =>
        {
            targets().contains(&Pointer::root().join(&["components", kind, name]))
        }
        _ => true,
    }
}

/// What is left over at a place.
#[derive(Clone, Copy)]
struct Node<'a> {
    /// The place in the dialect that the stages read, by which it is owned.
    owned: &'a Pointer,
    at: &'a Pointer,
    keyword: Option<&'static str>,
    fate: Fate,
}

/// Makes what is left over at a place; of a map of nodes, each of them.
fn hang(
    node: &Node<'_>,
    (spots, tree): (&Spots, &Value),
    writer: &mut Writer<'_>,
    acc: &mut Vec<(spots::Spot, LeftOver)>,
) {
    let steps = steps(node.at, tree);
    let Some(last) = steps.last() else { return };
    let inner = match last.kind {
        Kind::Map(inner) => Some(*inner),
        Kind::Node(object) if object.is(&X_WEBHOOKS) => object.others,
        _ => None,
    };
    if let (Some(inner), Some(Value::Mapping(members))) = (inner, node.at.find(tree))
        && inner.object().is_some()
        && !members.is_empty()
    {
        for name in members.keys().filter_map(Value::as_str) {
            let at = node.at.child(name);
            hang(&Node { at: &at, ..*node }, (spots, tree), writer, acc);
        }
        return;
    }
    let value = writer.at(node.at, last.kind);
    for Found { depth, spot, parameter } in spots.of_place(node.owned, node.fate) {
        let mut it = left_over(node, &steps, depth, value.clone());
        if let Some(name) = parameter {
            it.way.splice(0..0, ["parameters".to_owned(), name]);
            it.value = Written::Way(Way::Sent, Box::new(it.value));
        }
        acc.push((spot, it));
    }
}

fn left_over(node: &Node<'_>, steps: &[Step], depth: usize, value: Written) -> LeftOver {
    let below = &steps[depth.min(steps.len())..];
    let value = match (steps.last().is_some_and(|it| it.is_set), value) {
        (true, Written::List(all)) => Written::Set(all),
        (_, value) => value,
    };
    let value = below.iter().rev().fold(value, |value, step| match step.way {
        Way::Straight => value,
        way => Written::Way(way, Box::new(value)),
    });
    let is_note = node.fate == Fate::Note;
    LeftOver {
        pointer: node.at.clone(),
        keyword: node.keyword.map(str::to_owned),
        way: below.iter().filter_map(|it| it.name.clone()).collect(),
        fate: node.fate,
        value: if is_note { Written::Note(Box::new(value)) } else { value },
    }
}

/// Returns the place and the name of a keyword as the document writes it.
fn written(remnant: &Remnant, tree: &Value) -> (Pointer, &'static str) {
    let own = (remnant.at.clone(), remnant.keyword);
    let Some(node) = remnant.at.parent().filter(|_| remnant.at.find(tree).is_none()) else {
        return own;
    };
    let spellings = remnant.object.member(remnant.keyword).map_or(&[][..], |it| it.spelled);
    let mut others = spellings.iter();
    let other = others.find(|it| node.child(it).find(tree).is_some());
    other.map_or(own, |it| (node.child(it), it))
}

fn diagnostic(
    remnant: &Remnant,
    at: &Pointer,
    keyword: &'static str,
    fate: Fate,
    tree: &Value,
) -> Diagnostic {
    let own = at.tokens().pop().filter(|name| name != keyword);
    let words = match own {
        Some(name) => format!("`{name}` of `{keyword}`"),
        None => format!("`{keyword}`"),
    };
    let effect = format!("{words} has no effect on the generated code");
    let ty = at.parent().and_then(|it| it.find(tree)?.get("type")?.as_str());
    let ty = ty.filter(|_| remnant.object.is(&SCHEMA));
    if let Some(diagnostic) = ty.and_then(|ty| misplaced(at, keyword, ty)) {
        return diagnostic.loss(Loss::Part(at.clone()));
    }
    let diagnostic = match fate {
        Fate::Part => {
            let title = format!("no code is generated from {words}");
            Diagnostic::warning(codes::NOT_GENERATED, at.clone(), title)
        }
        Fate::Wire => Diagnostic::skipped(codes::KEYWORD, at.clone(), effect),
        Fate::Assertion | Fate::Annotation | Fate::Note | Fate::Definition => {
            Diagnostic::warning(codes::KEYWORD, at.clone(), effect)
        }
    };
    diagnostic.at_key().loss(Loss::Part(at.clone()))
}
