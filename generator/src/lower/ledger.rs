//! The ledger: records which keywords lowering uses; what no function takes is left over.
//!
//! No stage lists what it drops. A keyword that is forgotten is left over, and
//! with it every node that nobody came by.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Loss};
use crate::document::table::{COMPONENTS, OPENAPI};
use crate::document::{Said, Sayings, Schema};
use crate::left_over::Remnant;
use crate::pointer::Pointer;

/// Which keywords of which nodes were taken.
pub(super) struct Ledger<'a> {
    said: &'a Said,
    /// The visited nodes, each with a bit for each keyword that was taken.
    taken: BTreeMap<Pointer, u128>,
    /// Places below which everything has come to something.
    settled: BTreeSet<Pointer>,
    /// Keywords that have come to something, and that the model does not show.
    kept: BTreeSet<Pointer>,
    /// Schemas that were read as the type of another one of equal shape.
    twins: BTreeMap<Pointer, Pointer>,
    /// The written parts of the schemas that were made of several.
    joins: BTreeMap<Pointer, Vec<Pointer>>,
}

impl<'a> Ledger<'a> {
    pub(super) fn new(said: &'a Said) -> Self {
        let mut acc = Self {
            said,
            taken: BTreeMap::new(),
            settled: BTreeSet::new(),
            kept: BTreeSet::new(),
            twins: BTreeMap::new(),
            joins: BTreeMap::new(),
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
        for part in self.joins.get(at).cloned().into_iter().flatten() {
            self.take(&part, keywords);
        }
        let Some(node) = self.said.get(at) else { return };
        let bits = node.keywords.iter().enumerate().filter(|(_, it)| keywords.contains(it));
        let bits = bits.fold(0, |acc, (index, _)| acc | bit(index));
        match self.taken.get_mut(at) {
            Some(taken) => *taken |= bits,
            None => {
                self.taken.insert(at.clone(), bits);
            }
        }
    }

    /// Takes all that the node at a place says itself.
    pub(super) fn take_all(&mut self, at: &Pointer) {
        if self.said.contains_key(at) {
            self.taken.insert(at.clone(), u128::MAX);
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
        self.said.get(at).is_some_and(|it| it.keywords.contains(&keyword))
    }

    /// Returns the places at which a schema, or one that it was merged from, has a keyword.
    pub(super) fn places(&self, view: &Schema, keyword: &str) -> Vec<Pointer> {
        let own = [&view.pointer].into_iter().filter(|_| view.parts.is_empty());
        own.chain(view.parts.iter().map(|it| &it.pointer))
            .filter(|at| self.said.get(*at).is_some_and(|it| it.keywords.contains(&keyword)))
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
        self.kept.insert(keyword);
    }

    /// Says that a schema was read as another one, with all below: what was taken
    /// of that one was taken of this one.
    pub(super) fn is_read_as(&mut self, twin: &Pointer, home: &Pointer) {
        if twin != home {
            self.twins.insert(twin.clone(), home.clone());
        }
    }

    /// Says of which schemas one was made that the document does not write.
    pub(super) fn joins(&mut self, at: &Pointer, parts: &[Pointer]) {
        self.joins.insert(at.clone(), parts.to_vec());
    }

    /// Returns the keywords of a node that were taken of its counterpart in the
    /// schema that it was read as; all of them, where that one writes a
    /// reference in its place.
    fn taken_of_twin(&self, at: &Pointer, node: &Sayings) -> Option<u128> {
        let mut above = Some(at.clone());
        while let Some(twin) = above {
            if let Some(home) = self.twins.get(&twin) {
                let rest = &at.as_str()[twin.as_str().len()..];
                let there = Pointer::parse(&format!("{home}{rest}"))?;
                let Some(other) = self.said.get(&there) else { return Some(u128::MAX) };
                let taken = self.taken.get(&there).copied().unwrap_or_default();
                let is_taken = |keyword: &str| {
                    let mut others = other.keywords.iter().enumerate();
                    others.any(|(index, it)| *it == keyword && taken & bit(index) != 0)
                };
                let bits = node.keywords.iter().enumerate().filter(|(_, it)| is_taken(it));
                return Some(bits.fold(0, |acc, (index, _)| acc | bit(index)));
            }
            above = twin.parent();
        }
        None
    }

    /// Returns what nobody took, in the order of places, without what is in a
    /// place that a diagnostic has told as a whole.
    pub(super) fn left_over(&self, said: &[Diagnostic]) -> Vec<Remnant> {
        let told = Told::of(said, &self.settled);
        let mut acc = Vec::new();
        for (at, node) in self.said {
            match (self.taken.get(at), self.taken_of_twin(at, node)) {
                (None, None) => acc.extend(self.passed_by(at, &told)),
                (own, of_twin) => {
                    let taken = own.copied().unwrap_or_default() | of_twin.unwrap_or_default();
                    let left = node
                        .keywords
                        .iter()
                        .enumerate()
                        .filter(|(index, it)| taken & bit(*index) == 0 || self.keeps(at, it));
                    for (_, keyword) in left {
                        let place = at.child(keyword);
                        if !told.as_part(&place) {
                            let is_kept = self.keeps(at, keyword);
                            let is_told = told.alone.contains(&place) || is_kept;
                            let object = node.object;
                            acc.push(Remnant { at: place, object, keyword, is_told, is_kept });
                        }
                    }
                }
            }
        }
        acc
    }

    fn keeps(&self, at: &Pointer, keyword: &str) -> bool {
        !self.kept.is_empty() && self.kept.contains(&at.child(keyword))
    }

    /// Returns a node that nobody came by, where the node above it was looked at
    /// and the keyword that holds it was taken.
    fn passed_by(&self, at: &Pointer, told: &Told<'_>) -> Option<Remnant> {
        let (owner, above) = self.above(at)?;
        let taken = self.taken.get(&owner)?;
        let way = at.as_str().get(owner.as_str().len() + 1..)?;
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

    fn above(&self, at: &Pointer) -> Option<(Pointer, &Sayings)> {
        let mut above = at.parent();
        while let Some(owner) = above {
            if let Some(node) = self.said.get(&owner) {
                return Some((owner, node));
            }
            above = owner.parent();
        }
        None
    }
}

fn bit(index: usize) -> u128 {
    1u128.checked_shl(u32::try_from(index).unwrap_or(u32::MAX)).unwrap_or(0)
}

/// The places that a diagnostic has told, as a whole or alone.
struct Told<'a> {
    whole: BTreeSet<&'a Pointer>,
    alone: BTreeSet<&'a Pointer>,
}

impl<'a> Told<'a> {
    fn of(said: &'a [Diagnostic], settled: &'a BTreeSet<Pointer>) -> Self {
        let whole = said.iter().filter_map(|it| match &it.loss {
            Loss::Nothing => None,
            Loss::Operation(at) | Loss::Schema(at) | Loss::Part(at) => Some(at),
        });
        let whole = whole.chain(settled).collect();
        // That a value was read as another one says nothing about what came of it.
        let alone = said.iter().filter(|it| it.code != crate::codes::COERCED);
        Self { whole, alone: alone.map(|it| &it.at).collect() }
    }

    /// Returns whether a place is in one that was told as a whole.
    fn as_part(&self, place: &Pointer) -> bool {
        let mut above = Some(place.clone());
        while let Some(at) = above {
            if self.whole.contains(&at) {
                return true;
            }
            above = at.parent();
        }
        false
    }
}
