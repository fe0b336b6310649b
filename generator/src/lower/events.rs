//! Finds the streams of events that are told apart by their names, before any type is made of one.
//!
//! For example `oneOf: [{properties: {event: {const: added}, data: {$ref: Pet}}}, …]`: what has a type is the event
//! as a whole, since its name says what its data is.

use std::collections::{BTreeMap, BTreeSet};

use super::Lowering;
use super::all_of::view_at;
use super::sequence::is_text;
use super::union::{Plan, discriminator};
use crate::api::{TagKind, Tagging, Told};
use crate::document::{MediaType, Schema};
use crate::pointer::{Pointer, PointerMap, PointerSet};
use crate::resolve::Node;

/// What is known of the schemas of events.
#[derive(Debug, Default)]
pub(super) struct Events {
    /// By the schema of an event that has several: the names of those whose data is JSON.
    named: PointerMap<Vec<String>>,
    /// The first name of each branch, by the schema of the branch.
    words: PointerMap<String>,
    /// The schemas of data that is JSON, whose type is that of their content.
    content: PointerSet,
    /// The schemas of data that is JSON for some of the names, and text for others.
    mixed: PointerSet,
}

/// Finds the schemas of all streams of events.
pub(super) fn find(acc: &mut Lowering<'_>) {
    let resolved = acc.resolved;
    let items = resolved.document.paths.iter().filter_map(|(_, at)| resolved.path_item(at));
    let responses = items.flat_map(|it| &it.operations).flat_map(|it| &it.responses);
    let responses = responses.filter_map(|(_, at)| resolved.response(at));
    for (name, media) in responses.flat_map(|it| &it.content) {
        let essence = name.split(';').next().unwrap_or_default().trim();
        if !essence.eq_ignore_ascii_case("text/event-stream") {
            continue;
        }
        let Some(item) = item(media, acc) else { continue };
        if !acc.known.events.named.contains_key(&item)
            && let Some(names) = named(&item, acc)
        {
            acc.known.events.named.insert(item, names);
        }
    }
}

/// Returns the schema of one event, behind all references.
fn item(media: &MediaType, acc: &mut Lowering<'_>) -> Option<Pointer> {
    let written = media.item_schema.as_ref().or(media.schema.as_ref())?;
    let view = view_at(written, acc)?;
    let item = match (&view.items, view.keywords.ty.as_deref()) {
        (Some(items), Some("array")) if media.item_schema.is_none() => items,
        _ => written,
    };
    Some(acc.resolved.target(item).clone())
}

/// Reads the names of events, if each branch has some, which no other one has, and data; returns those whose data
/// is JSON. The branches of a branch are its own.
fn named(item: &Pointer, acc: &mut Lowering<'_>) -> Option<Vec<String>> {
    let mut seen = BTreeSet::new();
    let mut names: BTreeMap<String, bool> = BTreeMap::new();
    let mut words = Vec::new();
    let mut content = Vec::new();
    let mut shared = Vec::new();
    let mut open: Vec<(Pointer, Option<Pointer>)> = vec![(item.clone(), None)];
    while let Some((at, inherited)) = open.pop() {
        if !seen.insert(acc.resolved.target(&at).clone()) {
            continue;
        }
        let view = view_at(&at, acc)?;
        // No event says how long to wait before reconnecting; the stream does.
        if view.keywords.required.iter().any(|it| it == "retry") {
            return None;
        }
        let own = view.properties.get("data").cloned();
        let data = own.clone().or(inherited);
        let mut branches = view.one_of.iter().chain(&view.any_of).peekable();
        if branches.peek().is_some() {
            open.extend(branches.map(|it| (it.clone(), data.clone())));
            shared.extend(own);
            continue;
        }
        // One schema alone is that of all events, whose data has a type of its own.
        if at == *item {
            return None;
        }
        let is_json = is_json(&data?, &mut content, acc);
        let own_names = names_of(&view, acc)?;
        words.extend(own_names.first().map(|it| (view.pointer.clone(), it.clone())));
        for name in own_names {
            if names.insert(name, is_json).is_some() {
                return None;
            }
        }
    }
    acc.known.events.words.extend(words);
    acc.known.events.content.extend(content);
    if names.values().any(|it| *it) {
        let is_mixed = |at: &Pointer, acc: &mut Lowering<'_>| {
            let is_inline = matches!(acc.resolved.schema(at), Node::Schema(_));
            is_inline && view_at(at, acc).is_some_and(|it| is_text(&it))
        };
        shared.retain(|at| is_mixed(at, acc));
        acc.known.events.mixed.extend(shared);
    }
    Some(names.into_iter().filter(|(_, is_json)| *is_json).map(|(name, _)| name).collect())
}

/// Returns the names of the events of a schema, if it lists all of them.
fn names_of(view: &Schema, acc: &mut Lowering<'_>) -> Option<Vec<String>> {
    let event = view_at(view.properties.get("event")?, acc)?;
    let is_one = event.only_text().is_some();
    let listed = event.listed_texts().filter(|it| is_one || !it.by.is_open())?;
    let mut names: Vec<String> = Vec::new();
    for (_, name) in listed.texts() {
        if !names.iter().any(|it| it == name) {
            names.push(name.to_owned());
        }
    }
    Some(names)
}

/// Returns whether data is JSON. Where its schema is that of a string that holds JSON, adds it to `content`.
fn is_json(data: &Pointer, content: &mut Vec<Pointer>, acc: &mut Lowering<'_>) -> bool {
    if let Node::Schema(schema) = acc.resolved.schema(data)
        && let Some(inner) = &schema.json_content
        && inner.schema.as_ref().is_none_or(|it| !holds_content(it, acc))
    {
        content.push(data.clone());
        return true;
    }
    view_at(data, acc).is_some_and(|it| !is_text(&it))
}

/// Returns whether the content of a string is that of another string, or its own.
fn holds_content(at: &Pointer, acc: &Lowering<'_>) -> bool {
    let resolved = acc.resolved;
    let mut seen = BTreeSet::new();
    let mut open = vec![at];
    while let Some(at) = open.pop() {
        let Some(schema) = resolved.deref(at).filter(|it| seen.insert(&it.pointer)) else {
            continue;
        };
        if schema.json_content.is_some() {
            return true;
        }
        open.extend(schema.all_of.iter().chain(&schema.one_of).chain(&schema.any_of));
    }
    false
}

/// Tells events apart by their names, also those of a branch that has branches itself.
pub(super) fn by_name(view: &Schema, acc: &mut Lowering<'_>) -> Option<Plan> {
    if !acc.known.events.named.contains_key(&view.pointer) {
        return None;
    }
    let mut seen = BTreeSet::new();
    let mut variants = Vec::new();
    let mut open: Vec<Pointer> = view.one_of.iter().chain(&view.any_of).rev().cloned().collect();
    while let Some(at) = open.pop() {
        if !seen.insert(acc.resolved.target(&at).clone()) {
            continue;
        }
        let branch = view_at(&at, acc)?;
        if branch.one_of.is_empty() && branch.any_of.is_empty() {
            let by = names_of(&branch, acc)?;
            variants.push(Told { by, variant: discriminator::branch(&at) });
        } else if branch.properties.is_empty() {
            acc.take(&branch, &["type", "oneOf", "anyOf"]);
            open.extend(branch.one_of.iter().chain(&branch.any_of).rev().cloned());
        } else {
            // What stands beside the branches of a branch belongs to its own type.
            return None;
        }
    }
    let (property, of) = ("event".to_owned(), TagKind::Text);
    Some(Plan::Tagged(Tagging::Discriminator { property, of, variants }))
}

/// What the data of an event is, where its schema is that of a string.
pub(super) enum Data {
    /// JSON with this schema.
    Content(Pointer),
    /// JSON of any kind, or text for some events.
    Any,
}

impl Lowering<'_> {
    /// Returns the names of the events whose data is JSON, where the events of a schema are told apart by name.
    pub(super) fn json_events(&self, item: &Pointer) -> Option<Vec<String>> {
        self.known.events.named.get(self.resolved.target(item)).cloned()
    }

    /// Returns the word for a branch of a schema whose events are told apart by name.
    pub(super) fn event_word(&self, branch: &Pointer) -> Option<&str> {
        self.known.events.words.get(branch).map(String::as_str)
    }

    /// Returns what the data of an event is that is told apart by its name.
    pub(super) fn event_data(&self, schema: &Schema) -> Option<Data> {
        let events = &self.known.events;
        if events.content.contains(&schema.pointer) {
            let inner = schema.json_content.as_ref()?.schema.clone();
            return Some(inner.map_or(Data::Any, Data::Content));
        }
        events.mixed.contains(&schema.pointer).then_some(Data::Any)
    }

    /// Takes what the schema of a string says of JSON in it.
    pub(super) fn take_content(&mut self, view: &Schema) {
        self.take(view, &["type", "contentMediaType", "contentSchema"]);
    }
}
