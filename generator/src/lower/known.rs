//! Cached answers to questions about schemas that many places ask, since every operation can use a schema.

use std::collections::BTreeMap;

use super::parameter::form::Form;
use crate::api::JsonKind;
use crate::pointer::Pointer;

/// The answers so far, by place; those that depend on how deep a schema lies
/// inside of others also by depth.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) forms: BTreeMap<(Pointer, usize), Form>,
    pub(super) kinds: BTreeMap<(Pointer, usize), Option<JsonKind>>,
    pub(super) flat: BTreeMap<Pointer, bool>,
    /// The first component behind each reference, or where it ends.
    pub(super) ends: BTreeMap<Pointer, Pointer>,
    /// How often a name that may have been meant was searched.
    pub(super) n_guesses: usize,
    pub(super) nullable: BTreeMap<Pointer, bool>,
}
