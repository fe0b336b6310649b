//! A document and the code generated from it in, what differs out: both are walked at once, from the operations along the types.

mod beside;
mod body;
mod destination;
mod header;
mod object;
mod operation;
mod parameter;
mod response;
mod security;
mod sequence;
mod server;
mod settled;
mod union;
mod value;
mod values;
mod webhooks;

use std::collections::{BTreeMap, BTreeSet};

use crate::difference::{Difference, Fact};
use crate::document::operation::Operation as Declared;
use crate::document::schema::Kind;
use crate::document::{Document, Node};
use crate::place;
use crate::rust::{Code, ItemId, Operation, Type};

/// What a comparison found.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// How many operations the document has.
    pub operations: usize,
    /// How many facts of each kind were compared.
    pub facts: BTreeMap<Fact, usize>,
    /// What differs, each once.
    pub differences: BTreeSet<Difference>,
}

/// Compares a document with the code generated from it.
pub fn compare(document: &Document, code: &Code) -> Comparison {
    let mut walk = Walk::new(document, code);
    walk.operations();
    walk.servers();
    walk.webhooks();
    walk.unreached();
    let mut found = walk.found;
    found.operations = document.operations().len();
    found
}

/// Returns the operations, as `GET /pets`, that have a value of any JSON where the document says of which types it
/// is, of those that `among` lists.
pub fn looser(document: &Document, code: &Code, among: &[String]) -> Vec<String> {
    let mut acc = Vec::new();
    let usage = Usage::of(code);
    for declared in document.operations() {
        let Some(operation) = counterpart(&declared, code) else { continue };
        let name = format!("{} {}", operation.method, operation.path);
        if !among.contains(&name) || acc.contains(&name) {
            continue;
        }
        let mut walk = Walk {
            document,
            code,
            usage: usage.clone(),
            seen: BTreeSet::new(),
            event_data: BTreeSet::new(),
            found: Comparison::default(),
            is_looser: false,
        };
        walk.parameters(&declared, operation);
        walk.request_body(&declared, operation);
        walk.responses(&declared, operation);
        if walk.is_looser {
            acc.push(name);
        }
    }
    acc.sort();
    acc
}

/// A pair of what the document and what the code says of one value, which is compared once.
type Pair = (Vec<String>, Type, Form, Option<Kind>);

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    /// As JSON.
    Json,
    /// As a text in a URL or a header, which has no `null` and no kinds.
    Text,
}

struct Walk<'a> {
    document: &'a Document,
    code: &'a Code,
    usage: Usage,
    seen: BTreeSet<Pair>,
    /// Where the schemas of the data of events are that are values as a whole.
    event_data: BTreeSet<String>,
    found: Comparison,
    /// Whether a type of any JSON was met where the document says which values there are.
    is_looser: bool,
}

/// Which way values of the types of the code go.
#[derive(Clone, Debug, Default)]
struct Usage {
    sent: BTreeSet<ItemId>,
    received: BTreeSet<ItemId>,
    /// Those that a change is sent as.
    patched: BTreeSet<ItemId>,
}

impl Usage {
    fn of(code: &Code) -> Self {
        let fields = |it: &Operation| -> Vec<Type> {
            it.fields.values().filter_map(|it| it.ty.clone().ok()).collect()
        };
        let body = |it: &Operation| -> Vec<Type> {
            let sent = it.sends.iter().filter(|it| body::METHODS.contains(&it.method.as_str()));
            let types = sent.filter_map(|send| it.fields.get(&send.field)?.ty.clone().ok());
            types.collect()
        };
        let mut acc = Self::default();
        for operation in &code.operations {
            acc.sent.extend(code.reach(&fields(operation)));
            if ["PATCH", "PUT"].contains(&operation.method.as_str()) {
                acc.patched.extend(code.reach(&body(operation)));
            }
            let answers = operation.successes.iter().chain(&operation.errors);
            let answers = answers.chain(&operation.stream);
            acc.received.extend(code.reach(answers.map(|it| &it.ty)));
        }
        let reads = code.webhooks.iter().flat_map(|it| &it.reads);
        acc.received.extend(code.reach(reads.map(|it| &it.ty)));
        acc
    }

    /// Returns whether values of the type are sent, or nothing says they are not.
    fn is_sent(&self, id: &ItemId) -> bool {
        self.sent.contains(id) || !self.received.contains(id)
    }
}

impl<'a> Walk<'a> {
    fn new(document: &'a Document, code: &'a Code) -> Self {
        let usage = Usage::of(code);
        let (seen, event_data) = (BTreeSet::new(), BTreeSet::new());
        let found = Comparison::default();
        Self { document, code, usage, seen, event_data, found, is_looser: false }
    }

    /// Notes a fact that was compared, and the difference where there is one.
    fn check(
        &mut self,
        fact: Fact,
        holds: bool,
        places: &[String],
        name: Option<&str>,
        what: impl FnOnce() -> String,
    ) {
        *self.found.facts.entry(fact).or_default() += 1;
        if !holds {
            let (places, name) = (places.to_vec(), name.map(str::to_owned));
            self.found.differences.insert(Difference { fact, places, name, what: what() });
        }
    }

    /// Returns whether the walk over some pair finds nothing; what it finds is not noted.
    fn is_alike(&self, nodes: &[Node<'a>], ty: &Type, form: Form) -> bool {
        self.differences(nodes, ty, form, "").is_empty()
    }

    /// Returns what a walk over some pair finds, which is not noted.
    fn differences(
        &self,
        nodes: &[Node<'a>],
        ty: &Type,
        form: Form,
        docs: &str,
    ) -> BTreeSet<Difference> {
        let mut trial = Walk {
            document: self.document,
            code: self.code,
            usage: self.usage.clone(),
            seen: BTreeSet::new(),
            event_data: self.event_data.clone(),
            found: Comparison::default(),
            is_looser: false,
        };
        trial.present(nodes, ty.present(), form, None, docs);
        trial.found.differences
    }

    /// Returns the schema of several bodies of JSON that the code has a type for: one that is like the type,
    /// else the first.
    fn main(&self, schemas: &[Node<'a>], ty: &Type) -> Option<Node<'a>> {
        let (first, others) = schemas.split_first()?;
        if others.is_empty() {
            return Some(first.clone());
        }
        let alike =
            schemas.iter().find(|it| self.is_alike(std::slice::from_ref(*it), ty, Form::Json));
        Some(alike.unwrap_or(first).clone())
    }

    /// Returns whether two references lead to one schema.
    fn is_same(&self, a: &Node<'a>, b: &Node<'a>) -> bool {
        self.document.follow(a).0.at == self.document.follow(b).0.at
    }

    /// Compares the component schemas that no operation leads to with the types that have their names.
    fn unreached(&mut self) {
        let document = self.document;
        let reached: BTreeSet<String> =
            self.seen.iter().flat_map(|(places, ..)| places.iter().cloned()).collect();
        let words = |text: &str| -> String {
            text.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        let components = document.root().get("components").map(|it| it.map("schemas"));
        let components = components.unwrap_or_default();
        // Of two with one name no one knows which is meant.
        let is_one = |name: &str| {
            components.iter().filter(|(other, _)| words(other) == words(name)).count() == 1
        };
        for (name, node) in &components {
            if reached.contains(&node.at) || !is_one(name) {
                continue;
            }
            let mut types = self.code.items().filter(|((_, item), _)| words(item) == words(name));
            if let (Some((id, _)), None) = (types.next(), types.next()) {
                let ty = Type::Named(id.clone());
                self.present(std::slice::from_ref(node), &ty, Form::Json, None, "");
            }
        }
    }
}

/// Returns whether a path of the code is where requests of a template of the document go: what no path can
/// hold is percent-encoded.
fn is_path(template: &str, path: &str) -> bool {
    decoded(template) == decoded(path)
}

fn decoded(path: &str) -> Vec<u8> {
    let mut acc = Vec::new();
    let mut rest = path.as_bytes();
    while let Some((byte, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|it| std::str::from_utf8(it).ok());
        let value = hex.and_then(|it| u8::from_str_radix(it, 16).ok()).filter(|_| *byte == b'%');
        acc.push(value.unwrap_or(*byte));
        rest = if value.is_some() { &tail[2..] } else { tail };
    }
    acc
}

/// Returns the operation of the code that a declared one became.
fn counterpart<'c>(declared: &Declared<'_>, code: &'c Code) -> Option<&'c Operation> {
    let mut same = code
        .operations
        .iter()
        .filter(|it| it.method == declared.method && is_path(&declared.template, &it.path));
    let first = same.next()?;
    let by_id = std::iter::once(first).chain(same).find(|it| Some(it.id.as_str()) == declared.id);
    // Two templates can be one path.
    by_id.or(Some(first))
}

/// Returns a place below each of some places.
fn below(places: &[String], key: &str) -> Vec<String> {
    places.iter().map(|it| place::child(it, key)).collect()
}
