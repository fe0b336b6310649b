//! Finds the positions in operations where a type is used.

use std::collections::{BTreeMap, BTreeSet};

use super::describe;
use super::finding::Reach;
use super::operation::label;
use super::walk::{Change, Node, OperationPair, Position, TypePair, Walk};

/// What carries a change.
#[derive(Clone, Debug, Default)]
pub(super) struct Carriers {
    /// Positions that send it.
    pub(super) sent: BTreeSet<(OperationPair, Position)>,
    /// Positions that receive it.
    pub(super) received: BTreeSet<(OperationPair, Position)>,
    /// What sends or answers without an operation of the models, by the index of its label.
    pub(super) outside_sent: BTreeSet<usize>,
    pub(super) outside_received: BTreeSet<usize>,
    /// Operations that see it as a whole.
    pub(super) whole: BTreeSet<OperationPair>,
}

impl Carriers {
    /// Returns what carries a change.
    pub(super) fn of(walk: &Walk<'_>, change: &Change) -> Self {
        let mut acc = Self::default();
        match change.node {
            Node::Document | Node::Alone => {}
            Node::Operation(pair) => {
                acc.whole.insert(pair);
            }
            Node::Site(pair, position) => acc.add(pair, position),
            Node::Outside(index) => {
                acc.outside_sent.insert(index);
                acc.outside_received.insert(index);
            }
            Node::Types(pair) => {
                (acc.sent, acc.outside_sent) = sites(walk, pair, Way::Sent);
                (acc.received, acc.outside_received) = sites(walk, pair, Way::Received);
            }
        }
        acc
    }

    fn add(&mut self, pair: OperationPair, position: Position) {
        match position {
            Position::Response(_) => self.received.insert((pair, position)),
            Position::Parameter | Position::Body => self.sent.insert((pair, position)),
        };
    }

    /// Adds what carries the same change elsewhere.
    pub(super) fn extend(&mut self, other: Self) {
        self.sent.extend(other.sent);
        self.received.extend(other.received);
        self.whole.extend(other.whole);
        self.outside_sent.extend(other.outside_sent);
        self.outside_received.extend(other.outside_received);
    }

    /// Returns whether a request carries it.
    pub(super) fn is_sent(&self) -> bool {
        !self.sent.is_empty() || !self.outside_sent.is_empty()
    }

    /// Returns whether a response carries it.
    pub(super) fn is_received(&self) -> bool {
        !self.received.is_empty() || !self.outside_received.is_empty()
    }

    /// Returns the operations with their positions.
    pub(super) fn reach(&self, walk: &Walk<'_>) -> Vec<Reach> {
        let mut acc: BTreeMap<usize, BTreeSet<Position>> = BTreeMap::new();
        for pair in &self.whole {
            acc.entry(pair.1).or_default();
        }
        for (pair, position) in self.sent.iter().chain(&self.received) {
            acc.entry(pair.1).or_default().insert(*position);
        }
        let mut all: Vec<_> = (acc.into_iter())
            .map(|(index, positions)| Reach {
                operation: label(&walk.new.api.operations[index]),
                positions: positions.into_iter().map(word).collect(),
            })
            .collect();
        let outside: BTreeSet<_> = self.outside_sent.union(&self.outside_received).collect();
        all.extend(outside.into_iter().map(|index| Reach {
            operation: walk.outside[*index].clone(),
            positions: vec!["not generated".to_owned()],
        }));
        // The order of the document means nothing.
        all.sort();
        all
    }
}

fn word(position: Position) -> String {
    match position {
        Position::Parameter => "parameter".to_owned(),
        Position::Body => "request body".to_owned(),
        Position::Response(status) => format!("response {}", describe::status(status)),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Sent,
    Received,
}

type Sites = BTreeSet<(OperationPair, Position)>;

/// Walks from a pair to its users, up to positions of operations. What only
/// one direction carries is passed in that direction only.
fn sites(walk: &Walk<'_>, pair: TypePair, way: Way) -> (Sites, BTreeSet<usize>) {
    let mut seen = BTreeSet::from([pair]);
    let mut waiting = vec![pair];
    let (mut acc, mut outside) = (BTreeSet::new(), BTreeSet::new());
    while let Some(pair) = waiting.pop() {
        for (user, flow) in walk.users.get(&pair).into_iter().flatten() {
            if !(if way == Way::Sent { flow.sent } else { flow.received }) {
                continue;
            }
            match user {
                Node::Types(owner) if seen.insert(*owner) => waiting.push(*owner),
                Node::Site(operation, position) => {
                    let receives = matches!(position, Position::Response(_));
                    if receives == (way == Way::Received) {
                        acc.insert((*operation, *position));
                    }
                }
                Node::Outside(index) => {
                    outside.insert(*index);
                }
                Node::Types(_) | Node::Document | Node::Operation(_) | Node::Alone => {}
            }
        }
    }
    (acc, outside)
}
