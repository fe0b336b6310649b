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
            Node::Types(pair) => {
                for position in sites(walk, pair, Way::Sent) {
                    acc.sent.insert(position);
                }
                for position in sites(walk, pair, Way::Received) {
                    acc.received.insert(position);
                }
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

/// Walks from a pair to its users, up to positions of operations. What only
/// one direction carries is passed in that direction only.
fn sites(walk: &Walk<'_>, pair: TypePair, way: Way) -> Vec<(OperationPair, Position)> {
    let mut seen = BTreeSet::from([pair]);
    let mut waiting = vec![pair];
    let mut acc = Vec::new();
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
                        acc.push((*operation, *position));
                    }
                }
                Node::Types(_) | Node::Document | Node::Operation(_) | Node::Alone => {}
            }
        }
    }
    acc
}
