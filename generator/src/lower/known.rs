//! Cached answers to questions about schemas that many places ask, since every operation can use a schema.

use std::collections::BTreeMap;

use super::events::Events;
use super::parameter::form::Form;
use crate::api::JsonKind;
use crate::pointer::{Pointer, PointerMap, PointerSet};

/// The answers so far, by place; those that depend on how deep a schema lies
/// inside of others also by depth.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) forms: BTreeMap<(Pointer, usize), Form>,
    pub(super) kinds: BTreeMap<(Pointer, usize), Option<JsonKind>>,
    /// Whether the values of a schema are objects, as those of a form have to be.
    pub(super) objects: PointerMap<bool>,
    /// The schemas of events that are told apart by their names.
    pub(super) events: Events,
    /// The schemas of the parts of multipart bodies.
    pub(super) parts: PointerSet,
    /// Unions of objects that are sent as a form: only the sender has to know the variant.
    pub(super) form_unions: PointerSet,
    /// Operations that declare a header parameter `Authorization`, which says no more than that.
    pub(super) authorized: PointerSet,
    /// The first component behind each reference, or where it ends.
    pub(super) ends: PointerMap<Pointer>,
    /// How often a name that may have been meant was searched.
    pub(super) n_guesses: usize,
    pub(super) nullable: PointerMap<bool>,
}
