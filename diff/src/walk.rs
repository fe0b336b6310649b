//! The state of a comparison: pairs of types that were met, where they are used, and the changes found.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use tamarack::api::{Api, Operation, StatusPattern, TypeDef, TypeId};
use tamarack::plan::{Module, PlannedOperation, PlannedType};
use tamarack::pointer::Pointer;

use super::finding::Side;
use super::kind::Kind;
use super::left_over;
use super::pairing::Pairing;
use super::verdict::{Rust, Wire};

/// One of the two versions: its model and what is generated from it.
#[derive(Clone, Copy)]
pub(super) struct Version<'a> {
    pub(super) api: &'a Api,
    pub(super) code: &'a Module,
}

impl<'a> Version<'a> {
    pub(super) fn def(self, id: TypeId) -> &'a TypeDef {
        self.api.type_def(id)
    }

    pub(super) fn planned(self, id: TypeId) -> &'a PlannedType {
        &self.code.types[id.0]
    }

    pub(super) fn operation(self, index: usize) -> (&'a Operation, &'a PlannedOperation) {
        (&self.api.operations[index], &self.code.operations[index])
    }
}

/// Two types that stand at the same place, old and new.
pub(super) type TypePair = (TypeId, TypeId);

/// Two operations that are the same one; indices, old and new.
pub(super) type OperationPair = (usize, usize);

/// What a change or a use belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Node {
    /// The document as a whole.
    Document,
    /// An operation as a whole.
    Operation(OperationPair),
    /// A position of an operation.
    Site(OperationPair, Position),
    /// A pair of types.
    Types(TypePair),
    /// An operation or type of one side alone.
    Alone,
    /// An operation that the models do not have: a skipped operation, a webhook or a
    /// callback. The index of its label.
    Outside(usize),
}

/// A position of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Position {
    Parameter,
    Body,
    Response(StatusPattern),
}

/// In which directions a use carries values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Flow {
    pub(super) sent: bool,
    pub(super) received: bool,
}

impl Flow {
    pub(super) const BOTH: Self = Self { sent: true, received: true };
}

/// A change as it is found, before it is known who sees it.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub(super) node: Node,
    pub(super) kind: Kind,
    pub(super) subject: String,
    pub(super) old: Side,
    pub(super) new: Side,
    /// What it does where the node is sent.
    pub(super) sent: Wire,
    /// What it does where the node is received.
    pub(super) received: Wire,
    pub(super) rust: Rust,
    /// The named types that stand at the place, where another type took their place.
    pub(super) types: (Option<TypeId>, Option<TypeId>),
}

impl Change {
    pub(super) fn wire(mut self, sent: Wire, received: Wire) -> Self {
        (self.sent, self.received) = (sent, received);
        self
    }

    pub(super) fn rust(mut self, rust: Rust) -> Self {
        self.rust = rust;
        self
    }

    pub(super) fn was(mut self, value: impl Into<String>) -> Self {
        self.old.value = Some(value.into());
        self
    }

    pub(super) fn is(mut self, value: impl Into<String>) -> Self {
        self.new.value = Some(value.into());
        self
    }

    pub(super) fn values(self, old: impl Into<String>, new: impl Into<String>) -> Self {
        self.was(old).is(new)
    }

    pub(super) fn code(mut self, old: Option<String>, new: Option<String>) -> Self {
        (self.old.rust, self.new.rust) = (old, new);
        self
    }
}

/// The whole state.
pub(super) struct Walk<'a> {
    pub(super) old: Version<'a>,
    pub(super) new: Version<'a>,
    pub(super) pairing: Pairing,
    pub(super) operations: Vec<OperationPair>,
    pub(super) changes: Vec<Change>,
    /// Where a pair is used: the user and in which directions.
    pub(super) users: BTreeMap<TypePair, BTreeSet<(Node, Flow)>>,
    /// Bodies whose schema moved into the components, or out of them.
    pub(super) moved: BTreeMap<TypePair, Vec<Moved>>,
    /// The labels of operations that the models do not have.
    pub(super) outside: Vec<String>,
    waiting: VecDeque<TypePair>,
}

/// A body whose schema moved into the components, or out of them.
#[derive(Clone, Debug)]
pub(super) struct Moved {
    pub(super) was_inline: bool,
    pub(super) old: Pointer,
    pub(super) new: Pointer,
}

impl<'a> Walk<'a> {
    pub(super) fn new(old: Version<'a>, new: Version<'a>) -> Self {
        Self {
            old,
            new,
            pairing: Pairing::of(old, new),
            operations: Vec::new(),
            changes: Vec::new(),
            users: BTreeMap::new(),
            moved: BTreeMap::new(),
            outside: Vec::new(),
            waiting: VecDeque::new(),
        }
    }

    /// Notes a use of a pair; a pair that was not met before is compared in
    /// its turn. So each pair is compared once, and cycles end.
    pub(super) fn meet(&mut self, pair: TypePair, user: Node, flow: Flow) {
        // A pair met below a type that replaced another is not the same type either.
        if !matches!(user, Node::Types(owner) if !self.pairing.is_same(owner)) {
            self.pairing.meet(pair);
        }
        let is_new = !self.users.contains_key(&pair);
        self.users.entry(pair).or_default().insert((user, flow));
        if is_new {
            self.waiting.push_back(pair);
        }
    }

    /// Compares a pair that no operation uses.
    pub(super) fn meet_unused(&mut self, pair: TypePair) {
        if let Entry::Vacant(entry) = self.users.entry(pair) {
            entry.insert(BTreeSet::new());
            self.waiting.push_back(pair);
        }
    }

    pub(super) fn next_pair(&mut self) -> Option<TypePair> {
        self.waiting.pop_front()
    }

    /// Returns whether both models hold a security scheme, or one does and the
    /// other document has none of the name.
    pub(super) fn holds_scheme(&self, name: &str) -> bool {
        let at = Pointer::root().join(&["components", "securitySchemes", name]);
        let holds = |it: Version<'_>| {
            it.api.security_schemes.iter().any(|it| it.name == name)
                || !left_over::is_left_out(it.api, &at)
        };
        holds(self.old) && holds(self.new)
    }

    /// Returns the node of an operation that the models do not have.
    pub(super) fn outside(&mut self, label: String) -> Node {
        let known = self.outside.iter().position(|it| *it == label);
        Node::Outside(known.unwrap_or_else(|| {
            self.outside.push(label);
            self.outside.len() - 1
        }))
    }

    pub(super) fn push(&mut self, change: Change) {
        self.changes.push(change);
    }
}
