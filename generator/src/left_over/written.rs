//! Nodes of the document in, what they say as far as it means something out: the values that left-over keywords have.
//!
//! The walk follows the table of OpenAPI's objects, so that it knows which lists have no
//! order, which members are for people, and which way a member travels. What references
//! lead to is written once, however many of them lead there.

mod normal;

use std::collections::{BTreeMap, VecDeque};

use serde_yaml::{Mapping, Value};

use crate::api::{Fate, Part, TypeId, Way, Written};
use crate::document::table::{DISCRIMINATOR, Kind, Member, OPERATION, Object, PARAMETER, SCHEMA};
use crate::document::{Lister, says_something};
use crate::pointer::{Pointer, PointerMap};
use crate::resolve::local_pointer;

/// Deeper than this a value is cut: `load` lets no text nest deeper.
const MAX_DEPTH: usize = crate::load::MAX_NESTING;

/// Writes nodes of a document.
pub(super) struct Writer<'a> {
    tree: &'a Value,
    types: BTreeMap<&'a Pointer, TypeId>,
    known: PointerMap<usize>,
    waiting: VecDeque<(Pointer, Kind)>,
}

impl<'a> Writer<'a> {
    /// `types` are those that references can lead to, by their places.
    pub(super) fn new(tree: &'a Value, types: BTreeMap<&'a Pointer, TypeId>) -> Self {
        Self { tree, types, known: PointerMap::default(), waiting: VecDeque::new() }
    }

    /// Returns what stands at a place.
    pub(super) fn at(&mut self, at: &Pointer, kind: Kind) -> Written {
        match at.find(self.tree) {
            Some(Value::Mapping(members)) if kind.object().is_some_and(|it| it.is(&OPERATION)) => {
                let whole = self.with_parameters_of_path(at, members);
                self.map(whole.as_ref().unwrap_or(members), kind, 0)
            }
            Some(value) => self.node(value, kind, 0),
            None => Written::Plain(serde_json::Value::Null),
        }
    }

    /// Returns what the references of all that was written lead to.
    pub(super) fn parts(mut self) -> Vec<Part> {
        let mut acc = Vec::new();
        while let Some((pointer, kind)) = self.waiting.pop_front() {
            let value = self.at(&pointer, kind);
            let ty = self.types.get(&pointer).copied();
            acc.push(Part { pointer, ty, value });
        }
        acc
    }

    /// Returns an operation with the parameters of its path, which are its own unless it overrides them
    /// (OpenAPI 3.1.1 §4.8.9.1); `None` if the path has none.
    fn with_parameters_of_path(&self, at: &Pointer, operation: &Mapping) -> Option<Mapping> {
        let path = at.parent()?.find(self.tree)?.get("parameters")?.as_sequence()?;
        let own = operation.get("parameters").and_then(Value::as_sequence);
        let mut all = own.cloned().unwrap_or_default();
        let is_known = |it: &&Value| {
            let key = self.key_of_parameter(it);
            own.into_iter().flatten().any(|own| self.key_of_parameter(own) == key)
        };
        all.extend(path.iter().filter(|it| !is_known(it)).cloned());
        let mut acc = operation.clone();
        acc.insert("parameters".into(), all.into());
        Some(acc)
    }

    /// Returns what tells a parameter from the others.
    fn key_of_parameter<'v>(&self, node: &'v Value) -> (Option<&'v str>, Option<&'v str>)
    where
        'a: 'v,
    {
        let reference = node.get("$ref").and_then(Value::as_str).and_then(local_pointer);
        let node = reference.and_then(|at| at.find(self.tree)).unwrap_or(node);
        let text = |name: &str| node.get(name).and_then(Value::as_str);
        (text("in"), text("name"))
    }

    fn node(&mut self, value: &Value, kind: Kind, depth: usize) -> Written {
        let kind = kind.held();
        match value {
            _ if depth > MAX_DEPTH => Written::Plain(serde_json::Value::Null),
            Value::Mapping(members) => self.map(members, kind, depth),
            Value::Sequence(elements) => {
                let element = match kind {
                    Kind::List(element) => *element,
                    _ => Kind::Json,
                };
                let all = elements.iter().map(|it| self.node(it, element, depth + 1));
                Written::List(all.collect())
            }
            _ => {
                let plain = Written::Plain(plain(value));
                if matches!(kind, Kind::Note) { Written::Note(Box::new(plain)) } else { plain }
            }
        }
    }

    fn map(&mut self, members: &Mapping, kind: Kind, depth: usize) -> Written {
        let Some(object) = kind.object() else {
            let inner = match kind {
                Kind::Map(inner) => *inner,
                _ => Kind::Json,
            };
            let name = |it: &Value| it.as_str().unwrap_or_default().to_owned();
            let all = members.iter().map(|it| {
                let written = self.node(it.1, inner, depth + 1);
                // What has a name is there, though what is said of it is for people.
                let is_note = matches!(inner, Kind::Note);
                let written = if is_note { Written::List(vec![written]) } else { written };
                (name(it.0), written)
            });
            return Written::Map(all.collect());
        };
        let normal = if object.is(&SCHEMA) {
            normal::schema(members)
        } else if object.is(&PARAMETER) {
            normal::parameter(members)
        } else {
            None
        };
        let members = normal.as_ref().unwrap_or(members);
        let reference = members.get("$ref").and_then(Value::as_str);
        let part = reference.and_then(|text| self.reference(text, kind));
        if let Some(part) = &part
            && members.len() == 1
        {
            return part.clone();
        }
        let mut acc: BTreeMap<_, _> = part.map(|it| ("$ref".to_owned(), it)).into_iter().collect();
        for (name, node) in members {
            let name = name.as_str().unwrap_or_default();
            if !acc.contains_key(name)
                && let Some(written) = self.member(name, node, object, depth)
            {
                acc.insert(name.to_owned(), written);
            }
        }
        Written::Map(acc)
    }

    /// Returns what a member says; `None` where the node says the same without it.
    fn member(
        &mut self,
        name: &str,
        node: &Value,
        object: &'static Object,
        depth: usize,
    ) -> Option<Written> {
        let known = object.member(name);
        let kind = known.map(|it| it.kind).or(object.others).unwrap_or(Kind::Json);
        if object.is(&DISCRIMINATOR) && name == "mapping" {
            return Some(self.mapping(node));
        }
        // No requirements in an operation are in place of those of the document.
        let says = object.is(&OPERATION) && name == "security" || says_something(name, kind, node);
        if !says || known.is_some_and(|it| it.fate == Fate::Definition) {
            return None;
        }
        let written = self.node(node, kind, depth + 1);
        let is_set = known.is_some_and(|it| it.is_set) || Lister::is_keyword(name);
        let written = match written {
            Written::List(all) if is_set => Written::Set(all),
            other => other,
        };
        let is_remark = name.starts_with("x-") && known.is_none() && !Lister::is_keyword(name);
        Some(match known {
            Some(Member { fate: Fate::Note, .. }) => Written::Note(Box::new(written)),
            None if is_remark => Written::Note(Box::new(written)),
            Some(it) if it.way != Way::Straight => Written::Way(it.way, Box::new(written)),
            _ => written,
        })
    }

    /// The values of a mapping are references, or names of schemas.
    fn mapping(&mut self, node: &Value) -> Written {
        let tags = node.as_mapping().into_iter().flatten().map(|(tag, target)| {
            let text = target.as_str().unwrap_or_default();
            let named = format!("#/components/schemas/{text}");
            let part = self.reference(text, Kind::Schema);
            let part = part.or_else(|| self.reference(&named, Kind::Schema));
            let tag = tag.as_str().unwrap_or_default().to_owned();
            (tag, part.unwrap_or_else(|| Written::Plain(plain(target))))
        });
        Written::Map(tags.collect())
    }

    fn reference(&mut self, text: &str, kind: Kind) -> Option<Written> {
        let at = local_pointer(text)?;
        at.find(self.tree)?;
        let next = self.known.len();
        let index = *self.known.entry(at.clone()).or_insert_with(|| {
            self.waiting.push_back((at, kind));
            next
        });
        Some(Written::Part(index))
    }
}

/// `1` and `1.0` are one number (JSON Schema 2020-12 core §4.2.1).
fn plain(value: &Value) -> serde_json::Value {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::Number(number)) => whole(&number).unwrap_or(number).into(),
        Ok(other) => other,
        Err(_) => serde_json::Value::Null,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the value is a whole number in that range")]
fn whole(number: &serde_json::Number) -> Option<serde_json::Number> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let value = number.as_f64().filter(|_| number.is_f64())?;
    (value.fract() == 0.0 && value.abs() <= EXACT).then(|| (value as i64).into())
}
