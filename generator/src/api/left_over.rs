//! What a document says and the rest of the model does not express, in a form that two versions can be compared in.

use std::collections::BTreeMap;

use serde_json::Value;

use super::TypeId;
use crate::keyword::{Fate, Way};
use crate::pointer::Pointer;

/// A keyword, or a node as a whole, that nothing else in the model expresses; it
/// hangs on the innermost thing that it is written in.
#[derive(Clone, Debug, PartialEq)]
pub struct LeftOver {
    /// The place of the keyword or the node.
    pub pointer: Pointer,
    /// The keyword; `None` for a node that was left out or weakened as a whole.
    pub keyword: Option<String>,
    /// The way from the thing to the place, without positions in lists.
    pub way: Vec<String>,
    /// What it costs that no code expresses it.
    pub fate: Fate,
    /// What stands at the place.
    pub value: Written,
}

/// A value of the document, as far as it means something: in no order where order
/// means nothing, and with what its references lead to.
#[derive(Clone, Debug, PartialEq)]
pub enum Written {
    /// A value without members.
    Plain(Value),
    /// A list.
    List(Vec<Written>),
    /// A list whose order means nothing.
    Set(Vec<Written>),
    /// A map.
    Map(BTreeMap<String, Written>),
    /// A reference: the index of what it leads to in [`Api::parts`](super::Api::parts).
    Part(usize),
    /// A member for people alone.
    Note(Box<Written>),
    /// A member that travels its own way.
    Way(Way, Box<Written>),
}

/// What a reference of something left over leads to.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The place.
    pub pointer: Pointer,
    /// The type of the model that stands there.
    pub ty: Option<TypeId>,
    /// What is written there.
    pub value: Written,
}
