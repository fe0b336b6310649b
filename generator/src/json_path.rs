//! `JSONPath` (RFC 9535): an expression in, the pointers of the nodes that it selects out.
//!
//! All of the RFC but the functions `match` and `search`, which would need a second kind of regular
//! expression. A name after a dot may also have hyphens, as many overlays write it: `$.info.x-logo`.

mod filter;
mod parse;

use std::cell::Cell;
use std::collections::BTreeSet;

use serde_yaml::Value;

use crate::pointer::Pointer;
use filter::Condition;

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct JsonPath(Vec<Segment>);

/// Why a text is no expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PathError {
    /// What is wrong.
    pub(crate) message: String,
    /// The character at which it is, from 0.
    pub(crate) index: usize,
}

/// An expression that visits more nodes than any overlay needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooMuch;

#[derive(Clone, Debug, PartialEq)]
struct Segment {
    reach: Reach,
    selectors: Vec<Selector>,
}

/// Where a segment selects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// Among the children of a node.
    Children,
    /// Among the children of a node and of all that is below it.
    Descendants,
}

#[derive(Clone, Debug, PartialEq)]
enum Selector {
    Name(String),
    Wildcard,
    Index(i64),
    Slice { start: Option<i64>, end: Option<i64>, step: i64 },
    Filter(Condition),
}

/// How many nodes an evaluation can visit; a filter visits nodes for each node.
const MOST_VISITED: usize = 20_000_000;

/// A node that is selected.
type Found<'v> = (Pointer, &'v Value);

/// One evaluation: the document, and how many nodes it can still visit.
struct Evaluation<'v> {
    root: &'v Value,
    left: Cell<usize>,
}

impl JsonPath {
    /// Reads an expression.
    pub(crate) fn parse(text: &str) -> Result<Self, PathError> {
        parse::expression(text)
    }

    /// Returns the places of the nodes that are selected, each once, in the order of selection.
    pub(crate) fn select(&self, tree: &Value) -> Result<Vec<Pointer>, TooMuch> {
        self.select_within(tree, MOST_VISITED)
    }

    fn select_within(&self, tree: &Value, most: usize) -> Result<Vec<Pointer>, TooMuch> {
        let evaluation = Evaluation { root: tree, left: Cell::new(most) };
        let found = evaluation.follow(&self.0, vec![(Pointer::root(), tree)])?;
        Ok(found.into_iter().map(|(at, _)| at).collect())
    }
}

impl<'v> Evaluation<'v> {
    fn visit(&self) -> Result<(), TooMuch> {
        self.left.set(self.left.get().checked_sub(1).ok_or(TooMuch)?);
        Ok(())
    }

    /// Follows segments from some nodes. A node that is reached twice is kept once: nothing here counts them.
    fn follow(
        &self,
        segments: &[Segment],
        from: Vec<Found<'v>>,
    ) -> Result<Vec<Found<'v>>, TooMuch> {
        let mut nodes = from;
        for segment in segments {
            let mut acc = Vec::new();
            for (at, value) in nodes {
                self.segment(segment, &at, value, &mut acc)?;
            }
            let mut seen = BTreeSet::new();
            acc.retain(|(at, _)| seen.insert(at.clone()));
            nodes = acc;
        }
        Ok(nodes)
    }

    fn segment(
        &self,
        segment: &Segment,
        at: &Pointer,
        value: &'v Value,
        acc: &mut Vec<Found<'v>>,
    ) -> Result<(), TooMuch> {
        self.visit()?;
        for selector in &segment.selectors {
            self.selector(selector, at, value, acc)?;
        }
        if segment.reach == Reach::Descendants {
            for (at, child) in children(at, value) {
                self.segment(segment, &at, child, acc)?;
            }
        }
        Ok(())
    }

    fn selector(
        &self,
        selector: &Selector,
        at: &Pointer,
        value: &'v Value,
        acc: &mut Vec<Found<'v>>,
    ) -> Result<(), TooMuch> {
        match (selector, value) {
            (Selector::Name(name), Value::Mapping(members)) => {
                acc.extend(members.get(name.as_str()).map(|it| (at.child(name), it)));
            }
            (Selector::Index(index), Value::Sequence(elements)) => {
                let index = from_end(*index, elements.len());
                let index = index.filter(|it| *it < elements.len());
                acc.extend(index.map(|it| (at.index(it), &elements[it])));
            }
            (Selector::Slice { start, end, step }, Value::Sequence(elements)) => {
                let indexes = slice(*start, *end, *step, elements.len());
                acc.extend(indexes.into_iter().map(|it| (at.index(it), &elements[it])));
            }
            (Selector::Wildcard, _) => {
                for child in children(at, value) {
                    self.visit()?;
                    acc.push(child);
                }
            }
            (Selector::Filter(condition), _) => {
                for (at, child) in children(at, value) {
                    self.visit()?;
                    if self.is_met(condition, child)? {
                        acc.push((at, child));
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }
}

/// Returns the members or elements of a node.
fn children<'v>(at: &Pointer, value: &'v Value) -> Vec<Found<'v>> {
    match value {
        Value::Mapping(members) => {
            let named = members.iter().filter_map(|(key, it)| Some((key.as_str()?, it)));
            named.map(|(key, it)| (at.child(key), it)).collect()
        }
        Value::Sequence(elements) => {
            elements.iter().enumerate().map(|(index, it)| (at.index(index), it)).collect()
        }
        _ => Vec::new(),
    }
}

/// Returns an index that may count from the end; `None` before the beginning.
fn from_end(index: i64, length: usize) -> Option<usize> {
    let length = i64::try_from(length).ok()?;
    usize::try_from(if index < 0 { length + index } else { index }).ok()
}

/// Returns the indexes of a slice (RFC 9535 §2.3.4.2.2).
fn slice(start: Option<i64>, end: Option<i64>, step: i64, length: usize) -> Vec<usize> {
    let Ok(length) = i64::try_from(length) else { return Vec::new() };
    let normal = |index: i64| if index < 0 { length.saturating_add(index) } else { index };
    let mut acc = Vec::new();
    if step > 0 {
        let lower = normal(start.unwrap_or(0)).clamp(0, length);
        let upper = normal(end.unwrap_or(length)).clamp(0, length);
        let mut index = lower;
        while index < upper {
            acc.extend(usize::try_from(index));
            index = index.saturating_add(step);
        }
    } else if step < 0 {
        let upper = normal(start.unwrap_or(length - 1)).clamp(-1, length - 1);
        let lower = end.map_or(-1, |end| normal(end).clamp(-1, length - 1));
        let mut index = upper;
        while index > lower {
            acc.extend(usize::try_from(index));
            index = index.saturating_add(step);
        }
    }
    acc
}

#[cfg(test)]
mod tests;
