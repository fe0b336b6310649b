//! What nobody took of a document in, each beside what it belongs to in the model, and said once, out.

use std::collections::BTreeMap;

use serde_yaml::Value;

use crate::api::{Api, LeftOver, Shape};
use crate::codes;
use crate::diagnostic::{Diagnostic, Loss, Sink};
use crate::document::table::{Object, SCHEMA};
use crate::document::{Fate, fate};
use crate::pointer::Pointer;

/// A keyword, or a node below one, that nothing in the model expresses.
#[derive(Clone, Debug)]
pub(crate) struct Remnant {
    /// The keyword in the dialect that the stages read, or the node.
    pub(crate) at: Pointer,
    /// The object that has the keyword.
    pub(crate) object: &'static Object,
    pub(crate) keyword: &'static str,
}

/// Hangs what is left over onto what it belongs to, and reports what is no annotation.
pub(crate) fn account(remnants: Vec<Remnant>, tree: &Value, api: &mut Api, sink: &mut Sink) {
    let spots = Spots::of(api);
    for remnant in remnants {
        let (at, keyword) = written(&remnant, tree);
        let fate = fate(remnant.object, keyword);
        if fate == Fate::Annotation {
            continue;
        }
        sink.push(diagnostic(&remnant, &at, keyword, fate, tree));
        let value = find(tree, &at).and_then(|it| serde_json::to_value(it).ok());
        let left = LeftOver { pointer: at, keyword: keyword.to_owned(), value };
        for spot in spots.of_place(&remnant.at) {
            list(api, *spot).push(left.clone());
        }
    }
}

/// Keywords that the one dialect spells in another way than the document may.
const SPELLINGS: &[(&str, &[&str])] = &[
    ("enum", &["const"]),
    ("nullable", &["type", "oneOf", "anyOf"]),
    ("anyOf", &["type"]),
    ("allOf", &["$ref"]),
    ("minimum", &["exclusiveMinimum"]),
    ("maximum", &["exclusiveMaximum"]),
    ("example", &["examples"]),
];

/// Returns the place and the name of a keyword as the document writes it.
fn written(remnant: &Remnant, tree: &Value) -> (Pointer, &'static str) {
    let own = (remnant.at.clone(), remnant.keyword);
    let Some(node) = remnant.at.parent().filter(|_| find(tree, &remnant.at).is_none()) else {
        return own;
    };
    let spellings = SPELLINGS.iter().find(|(keyword, _)| *keyword == remnant.keyword);
    let mut others = spellings.into_iter().flat_map(|(_, others)| *others);
    let other = others.find(|it| find(tree, &node.child(it)).is_some());
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
    let ty = at.parent().and_then(|it| find(tree, &it)?.get("type")?.as_str());
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
        Fate::Assertion | Fate::Annotation => {
            Diagnostic::warning(codes::KEYWORD, at.clone(), effect)
        }
    };
    diagnostic.at_key().loss(Loss::Part(at.clone()))
}

/// The keywords that speak of values of some types alone.
const SPEAK_OF: &[(&[&str], &[&str])] = &[
    (&["string"], &["minLength", "maxLength", "pattern"]),
    (
        &["number", "integer"],
        &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
    ),
    (&["array"], &["items", "minItems", "maxItems", "uniqueItems"]),
    (&["object"], &["properties", "additionalProperties", "minProperties", "maxProperties"]),
];

/// Says that a keyword constrains no value of a type; `None` when it can.
pub(crate) fn misplaced(at: &Pointer, keyword: &str, ty: &str) -> Option<Diagnostic> {
    let (owners, _) = SPEAK_OF.iter().find(|(_, keywords)| keywords.contains(&keyword))?;
    if owners.contains(&ty) {
        return None;
    }
    let title = format!("`{keyword}` says nothing about {}", with_article(ty));
    let diagnostic = Diagnostic::warning(codes::MISPLACED_KEYWORD, at.clone(), title).at_key();
    Some(diagnostic.help(format!("it constrains {}", one_of(owners))))
}

/// Returns the names of types as a phrase: `a number or an integer`.
pub(crate) fn one_of(types: &[&str]) -> String {
    types.iter().map(|ty| with_article(ty)).collect::<Vec<_>>().join(" or ")
}

/// Returns a type with its article, in the words of messages about values.
pub(crate) fn with_article(ty: &str) -> &'static str {
    match ty {
        "string" => "a string",
        "number" => "a number",
        "integer" => "an integer",
        "boolean" => "a boolean",
        "array" => "a list",
        "object" => "a map",
        _ => "null",
    }
}

/// Returns the node at a place of a tree.
pub(crate) fn find<'a>(tree: &'a Value, at: &Pointer) -> Option<&'a Value> {
    at.tokens().iter().try_fold(tree, |node, token| match node {
        Value::Mapping(members) => members.get(token.as_str()),
        Value::Sequence(elements) => elements.get(token.parse::<usize>().ok()?),
        _ => None,
    })
}

/// A thing of the model that something can belong to.
#[derive(Clone, Copy, Debug)]
enum Spot {
    Document,
    Server(usize),
    Scheme(usize),
    Type(usize),
    Property(usize, usize),
    Operation(usize),
    Parameter(usize, usize),
    Body(usize),
    Response(usize, usize),
    Header(usize, usize, usize),
}

/// What stands at each place; a component stands in each operation that uses it.
struct Spots(BTreeMap<Pointer, Vec<Spot>>);

impl Spots {
    fn of(api: &Api) -> Self {
        let mut acc = Self(BTreeMap::new());
        acc.put(&Pointer::root(), Spot::Document);
        for (index, it) in api.servers.iter().enumerate() {
            acc.put(&it.pointer, Spot::Server(index));
        }
        for (index, it) in api.security_schemes.iter().enumerate() {
            acc.put(&it.pointer, Spot::Scheme(index));
        }
        for (index, it) in api.types.iter().enumerate() {
            acc.put(&it.pointer, Spot::Type(index));
            if let Shape::Struct(object) = &it.shape {
                for (property, it) in object.properties.iter().enumerate() {
                    acc.put(&it.pointer, Spot::Property(index, property));
                }
            }
        }
        for (index, it) in api.operations.iter().enumerate() {
            acc.put(&it.pointer, Spot::Operation(index));
            for (parameter, it) in it.parameters.iter().enumerate() {
                acc.put(&it.pointer, Spot::Parameter(index, parameter));
            }
            if let Some(body) = &it.body {
                acc.put(&body.pointer, Spot::Body(index));
            }
            for (response, it) in it.responses.iter().enumerate() {
                acc.put(&it.pointer, Spot::Response(index, response));
                for (header, it) in it.headers.iter().enumerate() {
                    acc.put(&it.pointer, Spot::Header(index, response, header));
                }
            }
        }
        acc
    }

    fn put(&mut self, at: &Pointer, spot: Spot) {
        self.0.entry(at.clone()).or_default().push(spot);
    }

    /// Returns the innermost things that hold a place.
    fn of_place(&self, at: &Pointer) -> &[Spot] {
        let mut above = Some(at.clone());
        while let Some(at) = above {
            if let Some(spots) = self.0.get(&at) {
                return spots;
            }
            above = at.parent();
        }
        &[]
    }
}

fn list(api: &mut Api, spot: Spot) -> &mut Vec<LeftOver> {
    match spot {
        Spot::Document => &mut api.left_over,
        Spot::Server(index) => &mut api.servers[index].left_over,
        Spot::Scheme(index) => &mut api.security_schemes[index].left_over,
        Spot::Type(index) => &mut api.types[index].left_over,
        Spot::Property(index, property) => match &mut api.types[index].shape {
            Shape::Struct(object) => &mut object.properties[property].left_over,
            _ => unreachable!("only structs have properties"),
        },
        Spot::Operation(index) => &mut api.operations[index].left_over,
        Spot::Parameter(index, parameter) => {
            &mut api.operations[index].parameters[parameter].left_over
        }
        Spot::Body(index) => match &mut api.operations[index].body {
            Some(body) => &mut body.left_over,
            None => unreachable!("the body was found before"),
        },
        Spot::Response(index, response) => &mut api.operations[index].responses[response].left_over,
        Spot::Header(index, response, header) => {
            &mut api.operations[index].responses[response].headers[header].left_over
        }
    }
}
