//! Puts the keywords that no function took beside their owner in the model, and reports each once.

mod misplaced;
mod spots;

pub(crate) use misplaced::{misplaced, one_of, with_article};
use serde_yaml::Value;

use crate::api::{Api, LeftOver};
use crate::codes;
use crate::diagnostic::{Diagnostic, Loss, Sink};
use crate::document::table::{Fate, Object, SCHEMA};
use crate::pointer::Pointer;
use spots::{Spots, list};

/// A keyword, or a node below one, that nothing in the model expresses.
#[derive(Clone, Debug)]
pub(crate) struct Remnant {
    /// The keyword in the dialect that the stages read, or the node.
    pub(crate) at: Pointer,
    /// The object that has the keyword.
    pub(crate) object: &'static Object,
    pub(crate) keyword: &'static str,
}

/// Puts what is left over beside its owner, and reports it unless it is an annotation.
pub(crate) fn account(remnants: Vec<Remnant>, tree: &Value, api: &mut Api, sink: &mut Sink) {
    let spots = Spots::of(api);
    for remnant in remnants {
        let (at, keyword) = written(&remnant, tree);
        let fate = remnant.object.fate(keyword);
        if fate == Fate::Annotation {
            continue;
        }
        sink.push(diagnostic(&remnant, &at, keyword, fate, tree));
        let value = at.find(tree).and_then(|it| serde_json::to_value(it).ok());
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
    let Some(node) = remnant.at.parent().filter(|_| remnant.at.find(tree).is_none()) else {
        return own;
    };
    let spellings = SPELLINGS.iter().find(|(keyword, _)| *keyword == remnant.keyword);
    let mut others = spellings.into_iter().flat_map(|(_, others)| *others);
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
        Fate::Assertion | Fate::Annotation => {
            Diagnostic::warning(codes::KEYWORD, at.clone(), effect)
        }
    };
    diagnostic.at_key().loss(Loss::Part(at.clone()))
}
