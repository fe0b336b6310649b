//! The conditions of a filter: existence, comparisons, functions (RFC 9535 §2.3.5).

use std::cmp::Ordering;

use serde_yaml::Value;

use super::{Evaluation, Segment, TooMuch};
use crate::pointer::Pointer;

/// A condition on a node.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Condition {
    Any(Vec<Condition>),
    All(Vec<Condition>),
    Not(Box<Condition>),
    Exists(Query),
    Compare(Operand, Comparison, Operand),
}

/// A query inside of a filter.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Query {
    pub(super) from: From,
    pub(super) segments: Vec<Segment>,
}

/// Where a query begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum From {
    /// At the document: `$`.
    Root,
    /// At the node that is looked at: `@`.
    Current,
}

/// A side of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Operand {
    Literal(Value),
    /// The value of a query that selects one node at most.
    Single(Query),
    /// The number of characters, elements or members of a value.
    Length(Box<Operand>),
    /// The number of nodes.
    Count(Query),
    /// The value of the node, if it is the only one.
    Value(Query),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl<'v> Evaluation<'v> {
    pub(super) fn is_met(&self, condition: &Condition, node: &'v Value) -> Result<bool, TooMuch> {
        Ok(match condition {
            Condition::Any(parts) => {
                for part in parts {
                    if self.is_met(part, node)? {
                        return Ok(true);
                    }
                }
                false
            }
            Condition::All(parts) => {
                for part in parts {
                    if !self.is_met(part, node)? {
                        return Ok(false);
                    }
                }
                true
            }
            Condition::Not(inner) => !self.is_met(inner, node)?,
            Condition::Exists(query) => !self.query(query, node)?.is_empty(),
            Condition::Compare(left, comparison, right) => {
                let (left, right) = (self.operand(left, node)?, self.operand(right, node)?);
                holds(left.as_ref(), *comparison, right.as_ref())
            }
        })
    }

    fn query(&self, query: &Query, node: &'v Value) -> Result<Vec<&'v Value>, TooMuch> {
        let start = match query.from {
            From::Root => self.root,
            From::Current => node,
        };
        let found = self.follow(&query.segments, vec![(Pointer::root(), start)])?;
        Ok(found.into_iter().map(|(_, value)| value).collect())
    }

    /// Returns the value of a side, or nothing.
    fn operand(&self, operand: &Operand, node: &'v Value) -> Result<Option<Value>, TooMuch> {
        let count = |n: usize| Some(Value::from(n));
        Ok(match operand {
            Operand::Literal(value) => Some(value.clone()),
            Operand::Single(query) | Operand::Value(query) => {
                match self.query(query, node)?.as_slice() {
                    [value] => Some((*value).clone()),
                    _ => None,
                }
            }
            Operand::Count(query) => count(self.query(query, node)?.len()),
            Operand::Length(of) => match self.operand(of, node)? {
                Some(Value::String(text)) => count(text.chars().count()),
                Some(Value::Sequence(elements)) => count(elements.len()),
                Some(Value::Mapping(members)) => count(members.len()),
                _ => None,
            },
        })
    }
}

fn holds(left: Option<&Value>, comparison: Comparison, right: Option<&Value>) -> bool {
    let less = |a, b| order(a, b) == Some(Ordering::Less);
    match comparison {
        Comparison::Equal => are_equal(left, right),
        Comparison::NotEqual => !are_equal(left, right),
        Comparison::Less => less(left, right),
        Comparison::Greater => less(right, left),
        Comparison::LessOrEqual => less(left, right) || are_equal(left, right),
        Comparison::GreaterOrEqual => less(right, left) || are_equal(left, right),
    }
}

fn are_equal(left: Option<&Value>, right: Option<&Value>) -> bool {
    match (left, right) {
        (Some(Value::Number(_)), Some(Value::Number(_))) => {
            left == right || order(left, right) == Some(Ordering::Equal)
        }
        _ => left == right,
    }
}

/// Returns the order of two numbers or two texts; other values have none.
fn order(left: Option<&Value>, right: Option<&Value>) -> Option<Ordering> {
    match (left?, right?) {
        (Value::Number(a), Value::Number(b)) => a.as_f64()?.partial_cmp(&b.as_f64()?),
        (Value::String(a), Value::String(b)) => Some(a.cmp(b)),
        _ => None,
    }
}
