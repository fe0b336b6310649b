//! The ledger: records which keywords lowering uses; what no function takes is left over.
//!
//! No stage lists what it drops. A keyword that is forgotten is left over, and
//! with it every node that nobody came by.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use crate::diagnostic::{Diagnostic, Loss};
use crate::document::table::{COMPONENTS, OPENAPI};
use crate::document::{Said, Sayings, Schema};
use crate::left_over::Remnant;
use crate::pointer::{ByText, Pointer, PointerMap, PointerSet, above};

/// Which keywords of which nodes were taken.
pub(super) struct Ledger<'a> {
    /// The nodes in the order of the document, by which most is asked.
    nodes: IndexMap<&'a str, Entry<'a>, ByText>,
    /// The index of the node that was asked for last: keywords of one node are taken in turn.
    last: usize,
    /// Places below which everything has come to something.
    settled: PointerSet,
    /// Keywords that have come to something, and that the model does not show.
    kept: PointerSet,
    /// Schemas that were read as the type of another one of equal shape.
    twins: BTreeMap<String, Pointer>,
    /// The written parts of the schemas that were made of several.
    joins: PointerMap<Vec<Pointer>>,
}

/// A node of the document.
struct Entry<'a> {
    at: &'a Pointer,
    node: &'a Sayings,
    /// A bit for each keyword that was taken, once the node was visited.
    taken: Option<u128>,
    /// Whether one of its keywords is kept.
    keeps: bool,
}

impl<'a> Ledger<'a> {
    pub(super) fn new(said: &'a Said) -> Self {
        let entry = |(at, node): (&'a Pointer, &'a Sayings)| {
            (at.as_str(), Entry { at, node, taken: None, keeps: false })
        };
        let mut acc = Self {
            nodes: said.iter().map(entry).collect(),
            last: 0,
            settled: PointerSet::default(),
            kept: PointerSet::default(),
            twins: BTreeMap::new(),
            joins: PointerMap::default(),
        };
        let root = Pointer::root();
        acc.take(&root, &["openapi", "info", "servers", "paths", "components", "security"]);
        acc.take(&root.child("info"), &["title", "description", "version"]);
        acc.take(&root.child("paths"), &[]);
        acc.take_all(&root.child("components"));
        acc
    }

    /// Takes keywords of the node at a place; it need not have all of them. What is taken of a
    /// schema that was made of several is taken of each.
    pub(super) fn take(&mut self, at: &Pointer, keywords: &[&str]) {
        if !self.joins.is_empty() {
            for part in self.joins.get(at).cloned().into_iter().flatten() {
                self.take(&part, keywords);
            }
        }
        let Some(Entry { node, taken, .. }) = self.entry(at.as_str()) else { return };
        let bits = node.keywords.iter().enumerate().filter(|(_, it)| keywords.contains(it));
        *taken.get_or_insert(0) |= bits.fold(0, |acc, (index, _)| acc | bit(index));
    }

    fn entry(&mut self, at: &str) -> Option<&mut Entry<'a>> {
        if self.nodes.get_index(self.last).is_none_or(|(known, _)| *known != at) {
            self.last = self.nodes.get_index_of(at)?;
        }
        self.nodes.get_index_mut(self.last).map(|(_, entry)| entry)
    }

    /// Takes all that the node at a place says itself.
    pub(super) fn take_all(&mut self, at: &Pointer) {
        if let Some(entry) = self.entry(at.as_str()) {
            entry.taken = Some(u128::MAX);
        }
    }

    /// Takes keywords of a schema, or of all the schemas that it was merged from.
    pub(super) fn take_of(&mut self, view: &Schema, keywords: &[&str]) {
        if view.parts.is_empty() {
            return self.take(&view.pointer, keywords);
        }
        for part in &view.parts {
            if part.dropped.is_empty() {
                self.take(&part.pointer, keywords);
            } else {
                let kept = keywords.iter().filter(|it| !part.dropped.contains(it));
                self.take(&part.pointer, &kept.copied().collect::<Vec<_>>());
            }
        }
    }

    /// Returns whether the node at a place has a keyword.
    pub(super) fn says(&self, at: &Pointer, keyword: &str) -> bool {
        self.nodes.get(at.as_str()).is_some_and(|it| it.node.keywords.contains(&keyword))
    }

    /// Returns the places at which a schema, or one that it was merged from, has a keyword.
    pub(super) fn places(&self, view: &Schema, keyword: &str) -> Vec<Pointer> {
        let own = [&view.pointer].into_iter().filter(|_| view.parts.is_empty());
        own.chain(view.parts.iter().map(|it| &it.pointer))
            .filter(|at| self.says(at, keyword))
            .map(|at| at.child(keyword))
            .collect()
    }

    /// Says that everything below a place has come to something.
    pub(super) fn settle(&mut self, at: Pointer) {
        self.settled.insert(at);
    }

    /// Says that a keyword has come to something that the model does not show: it is left
    /// over for whoever compares, and nothing is lost.
    pub(super) fn keep(&mut self, keyword: Pointer) {
        if let Some(entry) = above(keyword.as_str()).and_then(|it| self.entry(it)) {
            entry.keeps = true;
        }
        self.kept.insert(keyword);
    }

    /// Says that the model shows a keyword after all.
    pub(super) fn release(&mut self, keyword: &Pointer) {
        self.kept.swap_remove(keyword);
    }

    /// Says that a schema was read as another one, with all below: what was taken
    /// of that one was taken of this one.
    pub(super) fn is_read_as(&mut self, twin: &Pointer, home: &Pointer) {
        if twin != home {
            self.twins.insert(twin.as_str().to_owned(), home.clone());
        }
    }

    /// Says of which schemas one was made that the document does not write.
    pub(super) fn joins(&mut self, at: &Pointer, parts: &[Pointer]) {
        self.joins.insert(at.clone(), parts.to_vec());
    }

    /// Returns the schema around a place that was read as another one, and that one.
    fn twin_of(&self, at: &'a str) -> Option<(&'a str, &Pointer)> {
        std::iter::successors(Some(at), |it| above(it))
            .find_map(|it| Some((it, self.twins.get(it)?)))
    }

    /// Returns the keywords of a node that were taken of its counterpart in the
    /// schema that it was read as; all of them, where that one writes a
    /// reference in its place.
    fn taken_of_twin(&self, entry: &Entry<'a>, (twin, home): (&str, &Pointer)) -> u128 {
        let rest = &entry.at.as_str()[twin.len()..];
        let Some(other) = self.nodes.get(format!("{home}{rest}").as_str()) else {
            return u128::MAX;
        };
        let taken = other.taken.unwrap_or_default();
        let is_taken = |keyword: &str| {
            let mut others = other.node.keywords.iter().enumerate();
            others.any(|(index, it)| *it == keyword && taken & bit(index) != 0)
        };
        let bits = entry.node.keywords.iter().enumerate().filter(|(_, it)| is_taken(it));
        bits.fold(0, |acc, (index, _)| acc | bit(index))
    }

    /// Returns what nobody took, in the order of places, without what is in a
    /// place that a diagnostic has told as a whole.
    pub(super) fn left_over(&self, said: &[Diagnostic]) -> Vec<Remnant> {
        let told = Told::of(said, &self.settled);
        let mut acc = Vec::new();
        // Most nodes have the one above in common with the node before.
        let mut common = (None, None);
        for entry in self.nodes.values() {
            let (at, node) = (entry.at, entry.node);
            let parent = above(at.as_str());
            if common.0 != parent {
                common = (parent, parent.and_then(|it| self.twin_of(it)));
            }
            let own = self.twins.get(at.as_str()).map(|home| (at.as_str(), home));
            let of_twin = own.or(common.1).map(|it| self.taken_of_twin(entry, it));
            if entry.taken.is_none() && of_twin.is_none() {
                acc.extend(self.passed_by(at, &told));
                continue;
            }
            let taken = entry.taken.unwrap_or_default() | of_twin.unwrap_or_default();
            for (index, keyword) in node.keywords.iter().enumerate() {
                let is_kept = entry.keeps && self.kept.contains(&at.child(keyword));
                if taken & bit(index) != 0 && !is_kept {
                    continue;
                }
                let place = at.child(keyword);
                if !told.as_part(&place) {
                    let is_told = told.alone.contains(&place) || is_kept;
                    let object = node.object;
                    acc.push(Remnant { at: place, object, keyword, is_told, is_kept });
                }
            }
        }
        acc
    }

    /// Returns a node that nobody came by, where the node above it was looked at
    /// and the keyword that holds it was taken.
    fn passed_by(&self, at: &Pointer, told: &Told<'_>) -> Option<Remnant> {
        let owner = at.upwards().skip(1).find_map(|it| self.nodes.get(it))?;
        let (taken, above) = (owner.taken?, owner.node);
        let way = at.as_str().get(owner.at.as_str().len() + 1..)?;
        let word = way.split('/').next()?;
        let keyword = match above.keywords.iter().position(|it| *it == word) {
            Some(index) if taken & bit(index) != 0 => above.keywords[index],
            // The keyword is left over as a whole.
            Some(_) => return None,
            None => above.object.title,
        };
        // An unused component has no effect, so it is not a loss.
        let is_definition = above.object.is(&COMPONENTS)
            || ["$defs", "definitions"].contains(&keyword)
            || above.object.is(&OPENAPI);
        if is_definition || told.as_part(at) || told.alone.contains(at) {
            return None;
        }
        let object = above.object;
        Some(Remnant { at: at.clone(), object, keyword, is_told: false, is_kept: false })
    }
}

fn bit(index: usize) -> u128 {
    1u128.checked_shl(u32::try_from(index).unwrap_or(u32::MAX)).unwrap_or(0)
}

/// The places that a diagnostic has told, as a whole or alone.
struct Told<'a> {
    whole: BTreeSet<&'a str>,
    alone: BTreeSet<&'a Pointer>,
}

impl<'a> Told<'a> {
    fn of(said: &'a [Diagnostic], settled: &'a PointerSet) -> Self {
        let whole = said.iter().filter_map(|it| match &it.loss {
            Loss::Nothing => None,
            Loss::Operation(at) | Loss::Schema(at) | Loss::Part(at) => Some(at),
        });
        let whole = whole.chain(settled).map(Pointer::as_str).collect();
        // That a value was read as another one says nothing about what came of it.
        let alone = said.iter().filter(|it| it.code != crate::codes::COERCED);
        Self { whole, alone: alone.map(|it| &it.at).collect() }
    }

    /// Returns whether a place is in one that was told as a whole.
    fn as_part(&self, place: &Pointer) -> bool {
        !self.whole.is_empty() && place.upwards().any(|it| self.whole.contains(it))
    }
}
