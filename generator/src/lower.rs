//! Resolved document in, [`Api`] out: the closed set of shapes, inline types hoisted with their origin.

mod all_of;
mod constraints;
mod enumeration;
mod events;
mod expression;
mod family;
mod flow;
mod hoist;
mod home;
mod known;
mod ledger;
mod marks;
mod media;
mod object;
mod operation;
mod operation_id;
mod pagination;
mod parameter;
mod path;
mod request;
mod response;
mod retries;
mod same;
mod scalar;
mod schema;
mod secrets;
mod security;
mod sequence;
mod server;
mod takes;
mod token_endpoint;
mod twins;
mod union;
mod union_ring;
mod webhook;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use all_of::Views;
use family::Families;
use known::Known;
use ledger::Ledger;
use marks::Marks;
use same::Same;
use schema::{Making, PutOff};
use twins::Twins;

use crate::api::{Api, Formats, GivenNames, TypeDef, TypeId};
use crate::diagnostic::Sink;
use crate::left_over::Left;
use crate::overlay::Overlay;
use crate::pointer::{Pointer, PointerMap, PointerSet};
use crate::resolve::Resolved;

/// What lowering knows while it walks.
struct Lowering<'a> {
    resolved: &'a Resolved,
    marks: Marks<'a>,
    sink: &'a mut Sink,
    types: Vec<TypeDef>,
    /// The type of each component schema.
    components: PointerMap<TypeId>,
    component_names: BTreeMap<&'a str, &'a Pointer>,
    /// The type of each inline schema that has been hoisted.
    hoisted: PointerMap<TypeId>,
    /// Inline schemas that something outside of them points at.
    shared: PointerSet,
    /// Types whose name was given, by that name, with the schema they came from.
    given: BTreeMap<String, Vec<(Pointer, TypeId)>>,
    /// Inline schemas that were read as the type of another schema of equal shape.
    twins: Twins,
    /// Schemas that were read as untyped JSON because they could not be expressed.
    degraded: PointerSet,
    /// The inline schemas whose types are being made, each inside of another.
    making: PointerMap<Making>,
    /// How many of them have a type with a name.
    n_named: usize,
    /// How many lists and maps without one are inside of the last of those.
    n_nested: usize,
    /// Inline types that are made when those above them are done.
    put_off: VecDeque<PutOff<'a>>,
    views: Views,
    families: Families,
    same: Same,
    known: Known,
    ledger: Ledger<'a>,
    /// The types that something refers to.
    used: BTreeSet<TypeId>,
}

/// Lowers a document; returns what nothing in the model expresses beside it.
pub(crate) fn lower(resolved: &Resolved, overlay: &Overlay, sink: &mut Sink) -> (Api, Left) {
    let document = &resolved.document;
    let mut acc = Lowering {
        resolved,
        marks: Marks::new(overlay),
        sink,
        types: Vec::new(),
        components: PointerMap::default(),
        component_names: document
            .component_schemas
            .iter()
            .map(|(name, at)| (name.as_str(), at))
            .collect(),
        hoisted: PointerMap::default(),
        shared: PointerSet::default(),
        given: BTreeMap::new(),
        twins: Twins::default(),
        degraded: PointerSet::default(),
        making: PointerMap::default(),
        n_named: 0,
        n_nested: 0,
        put_off: VecDeque::new(),
        views: Views::default(),
        families: Families::of(resolved),
        same: Same::default(),
        known: Known::default(),
        ledger: Ledger::new(&document.said),
        used: BTreeSet::new(),
    };
    request::find_objects(&mut acc);
    events::find(&mut acc);
    schema::lower_components(&mut acc);
    let security_schemes = security::lower_schemes(&mut acc);
    let servers = server::lower_servers(&document.servers, &mut acc);
    let operations = operation::lower_operations(&security_schemes, &mut acc);
    let webhooks = webhook::lower_webhooks(&operations, &mut acc);
    acc.make_put_off();
    acc.take_unused_bases();
    let Lowering { marks, types, twins, sink, mut ledger, views, used, known, .. } = acc;
    let mut api = Api {
        openapi: document.openapi.clone(),
        title: document.info.title.clone(),
        version: document.info.version.clone(),
        description: document.info.description.clone(),
        servers,
        security_schemes,
        types,
        operations,
        webhooks,
        formats: Formats::default(),
        derives: Vec::new(),
        replacements: Vec::new(),
        given_names: GivenNames::default(),
        left_over: Vec::new(),
        parts: Vec::new(),
    };
    union_ring::break_rings(&mut api, sink);
    secrets::mark(&mut api, resolved, &used, &mut ledger);
    marks.apply(&mut api, &twins, sink);
    retries::apply(&mut api, &overlay.retry, sink);
    pagination::apply(&mut api, &overlay.pagination, sink);
    token_endpoint::recognise(&mut api, &overlay.token_endpoint, &known.authorized, sink);
    let remnants = ledger.left_over(sink.diagnostics());
    (api, Left { remnants, wholes: views.wholes() })
}
