//! Removes the references of cycles in which a schema is defined by itself, and reports them.

use std::collections::{BTreeMap, BTreeSet};

use super::Steps;
use super::targets::Targets;
use crate::codes;
use crate::diagnostic::{Diagnostic, Loss, Severity, Sink};
use crate::document::{RefOr, Schema, Table};
use crate::pointer::{Pointer, PointerMap, PointerSet};
use crate::rings::rings;

/// The schemas that each schema is made of.
type Parts = PointerMap<Vec<Pointer>>;

/// How many places of a ring a message names.
const NAMED_OF_A_RING: usize = 5;

/// Removes the references that lead back to themselves with nothing on the way
/// but references: `A: {$ref: B}`, `B: {$ref: A}`.
///
/// All of a ring are removed, so that the order of the document means nothing.
pub(super) fn cut_references(steps: &mut Steps, loss: fn(Pointer) -> Loss, sink: &mut Sink) {
    let parts = Parts::default();
    let found = found(&Graph::of(steps, &parts), steps);
    for ring in found {
        for at in &ring.references {
            if let Some(target) = steps.swap_remove(at) {
                sink.push(leads_back(at, &target, &ring).loss(loss(at.clone())));
            }
        }
    }
}

/// Removes the references by which a schema is made of itself, on which a value
/// is valid when it is valid: JSON Schema forbids it (2020-12 core §9.4.1). For
/// example `A: {$ref: B}`, `B: {oneOf: [{$ref: A}]}`. Returns them with what
/// they point at.
pub(super) fn cut_parts(schemas: &Table<Schema>, steps: &mut Steps, sink: &mut Sink) -> Steps {
    let parts = parts(schemas, &Targets::of(steps));
    let found = found(&Graph::of(steps, &parts), steps);
    let mut cut = Steps::default();
    for ring in found {
        let keeps = says_more(&ring, schemas, &parts);
        for at in &ring.references {
            let said = leads_back(at, &steps[at], &ring);
            // What the schemas on a ring of `allOf` say beside is kept by all of them.
            let in_all_of = at.parent().is_some_and(|it| it.as_str().ends_with("/allOf"));
            sink.push(if in_all_of && keeps {
                Diagnostic { severity: Severity::Warning, ..said }
            } else {
                said.loss(Loss::Schema(at.clone()))
            });
        }
        cut.extend(ring.references.iter().filter_map(|at| steps.swap_remove_entry(at)));
    }
    cut
}

fn leads_back(at: &Pointer, target: &Pointer, ring: &Ring) -> Diagnostic {
    let title = format!("`$ref` refers to itself: `{target}`");
    Diagnostic::error(codes::REF_CYCLE, at.child("$ref"), title)
        .label("never reaches a type")
        .help(format!("break the cycle {}", ring.way))
}

/// Returns whether a schema on a ring says anything beside what the ring says.
fn says_more(ring: &Ring, schemas: &Table<Schema>, parts: &Parts) -> bool {
    let is_written = |at: &Pointer| match schemas.get(at) {
        Some(RefOr::Node(schema)) => says_something(schema),
        Some(RefOr::Ref(_)) => true,
        None => false,
    };
    ring.places.iter().any(|at| {
        let own = matches!(schemas.get(at), Some(RefOr::Node(it)) if says_something_itself(it));
        let beside = parts.get(at).into_iter().flatten();
        own || beside.filter(|it| !ring.places.contains(*it)).any(is_written)
    })
}

/// A ring of references and of the schemas that they are parts of.
struct Ring {
    places: PointerSet,
    references: PointerSet,
    /// The ring in words.
    way: String,
}

fn found(graph: &Graph<'_>, steps: &Steps) -> Vec<Ring> {
    let rings = rings(&graph.edges);
    let mut acc: BTreeMap<usize, Ring> = BTreeMap::new();
    for (node, at) in graph.places.iter().enumerate() {
        let Some(number) = rings[node] else { continue };
        let ring = acc.entry(number).or_insert_with(|| Ring {
            places: PointerSet::default(),
            references: PointerSet::default(),
            way: graph.way(node, number, &rings),
        });
        ring.places.insert((*at).clone());
        if steps.contains_key(*at) {
            ring.references.insert((*at).clone());
        }
    }
    acc.into_values().collect()
}

/// Returns the schemas that say all, or a part, of what a schema is: the parts
/// of `allOf`, and the branch of `oneOf` or `anyOf` that has none beside it. A
/// discriminator makes a union of one branch, which is another schema.
fn parts(schemas: &Table<Schema>, targets: &Targets) -> Parts {
    let mut acc = Parts::default();
    for (at, node) in schemas {
        let RefOr::Node(schema) = node else { continue };
        let is_tagged = schema.data.discriminator.is_some();
        let branches = [&schema.one_of, &schema.any_of].into_iter().filter(|_| !is_tagged);
        let only = branches.filter_map(|it| only_branch(it, schemas, targets));
        let parts: Vec<Pointer> = schema.all_of.iter().chain(only).cloned().collect();
        if !parts.is_empty() {
            acc.insert(at.clone(), parts);
        }
    }
    acc
}

/// Returns the branch that is left without those that say nothing, allow
/// nothing or say what another one says.
fn only_branch<'a>(
    branches: &'a [Pointer],
    schemas: &Table<Schema>,
    targets: &Targets,
) -> Option<&'a Pointer> {
    let telling = branches.iter().filter(|at| match schemas.get(*at) {
        Some(RefOr::Node(branch)) => says_something(branch),
        Some(RefOr::Ref(_)) => true,
        None => false,
    });
    let mut telling = telling.map(|at| (targets.behind(at), at));
    let (target, first) = telling.next()?;
    telling.all(|(other, _)| other == target).then_some(first)
}

fn says_something(branch: &Schema) -> bool {
    let below = [&branch.all_of, &branch.one_of, &branch.any_of];
    !branch.keywords.never
        && (branch.keywords.ty.is_some()
            || below.iter().any(|it| !it.is_empty())
            || says_something_itself(branch))
}

/// `type` beside `allOf` repeats what the parts say.
fn says_something_itself(schema: &Schema) -> bool {
    schema.keywords.says_more_than_type()
        || !schema.properties.is_empty()
        || schema.additional.is_some()
        || schema.items.is_some()
}

/// Places by number, with the numbers of those that each is made of.
struct Graph<'a> {
    places: Vec<&'a Pointer>,
    edges: Vec<Vec<usize>>,
}

impl<'a> Graph<'a> {
    fn of(steps: &'a Steps, parts: &'a Parts) -> Self {
        // What leads nowhere is on no ring.
        let mut places: Vec<&Pointer> = steps.keys().chain(parts.keys()).collect();
        places.sort();
        places.dedup();
        let index = |at: &Pointer| places.binary_search(&at).ok();
        let edges = (places.iter())
            .map(|at| {
                let parts = parts.get(*at).into_iter().flatten();
                steps.get(*at).into_iter().chain(parts).filter_map(index).collect()
            })
            .collect();
        Self { places, edges }
    }

    /// Names the ring that leads from a place back to it.
    fn way(&self, start: usize, ring: usize, rings: &[Option<usize>]) -> String {
        let mut seen = BTreeSet::new();
        let mut names = Vec::new();
        let mut node = start;
        while seen.insert(node) {
            names.push(format!("`{}`", self.places[node]));
            let next = self.edges[node].iter().find(|it| rings[**it] == Some(ring));
            let Some(next) = next else { unreachable!("a node on a ring leads to one on it") };
            node = *next;
        }
        let n_more = names.len().saturating_sub(NAMED_OF_A_RING);
        names.truncate(NAMED_OF_A_RING);
        if n_more > 0 {
            names.push(format!("{n_more} more"));
        }
        names.push(format!("`{}`", self.places[node]));
        names.join(" -> ")
    }
}
