//! Overlay entries in, marks in the model out; an entry that marks nothing is an error.

use std::collections::{BTreeMap, BTreeSet};

use super::Twin;
use crate::api::{Api, Shape};
use crate::codes;
use crate::diagnostic::{Diagnostic, Sink};
use crate::overlay::{Mark, Overlay};
use crate::pointer::Pointer;

/// The marks of an overlay, and which of its names were given.
pub(super) struct Marks<'a> {
    overlay: &'a Overlay,
    names: BTreeMap<Pointer, &'a str>,
    given: BTreeSet<Pointer>,
}

impl<'a> Marks<'a> {
    pub(super) fn new(overlay: &'a Overlay) -> Self {
        let names =
            overlay.name.iter().filter_map(|it| Some((Pointer::parse(&it.at)?, it.name.as_str())));
        Self { overlay, names: names.collect(), given: BTreeSet::new() }
    }

    /// Returns the name the overlay gives to what stands at a place.
    pub(super) fn name(&mut self, at: &Pointer) -> Option<String> {
        let name = self.names.get(at)?;
        self.given.insert(at.clone());
        Some((*name).to_owned())
    }

    /// Marks what is marked by place, once all places are known.
    pub(super) fn apply(self, api: &mut Api, twins: &[Twin], sink: &mut Sink) {
        let all = |text: &str| places(text, twins);
        for mark in &self.overlay.secret {
            report(mark_secret(api, &all(&mark.at)), "secret", "property or parameter", mark, sink);
        }
        for mark in &self.overlay.ignore_case {
            report(mark_ignore_case(api, &all(&mark.at)), "ignore-case", "open enum", mark, sink);
        }
        for mark in &self.overlay.no_default {
            report(
                mark_no_default(api, &all(&mark.at)),
                "no-default",
                "server variable",
                mark,
                sink,
            );
        }
        for naming in &self.overlay.name {
            let used = Pointer::parse(&naming.at).is_some_and(|at| self.given.contains(&at))
                || name_in_twin(api, &all(&naming.at), &naming.name);
            let mark = Mark { at: naming.at.clone(), reason: naming.reason.clone() };
            report(used, "name", "type, variant or operation", &mark, sink);
        }
    }
}

/// Returns a place and the same place in the schemas whose type it has.
fn places(text: &str, twins: &[Twin]) -> Vec<Pointer> {
    let Some(at) = Pointer::parse(text) else { return Vec::new() };
    let mut all = vec![at];
    // A twin can lie inside of a twin.
    let mut next = 0;
    while let Some(at) = all.get(next).cloned() {
        for twin in twins.iter().filter(|it| it.pointer.holds(&at)) {
            let rest = &at.as_str()[twin.pointer.as_str().len()..];
            let home = Pointer::parse(&format!("{}{rest}", twin.home));
            all.extend(home.filter(|it| !all.contains(it)));
        }
        next += 1;
    }
    all
}

fn report(used: bool, kind: &str, what: &str, mark: &Mark, sink: &mut Sink) {
    if !used {
        let title = format!("the `{kind}` entry for `{}` matches no {what}", mark.at);
        let at = Pointer::parse(&mark.at);
        let help = match at {
            Some(_) => "remove the entry, or correct its `at`",
            None => "write `at` as a JSON pointer, for example `#/paths/~1pets/get`",
        };
        let at = at.unwrap_or_else(Pointer::root);
        sink.push(Diagnostic::error(codes::UNUSED_OVERLAY, at, title).help(help));
    }
}

fn mark_secret(api: &mut Api, places: &[Pointer]) -> bool {
    let mut used = false;
    for def in &mut api.types {
        if let Shape::Struct(object) = &mut def.shape {
            for property in object.properties.iter_mut().filter(|it| places.contains(&it.pointer)) {
                property.secret = true;
                used = true;
            }
        }
    }
    let parameters = api.operations.iter_mut().flat_map(|it| &mut it.parameters);
    for parameter in parameters.filter(|it| places.contains(&it.pointer)) {
        parameter.secret = true;
        used = true;
    }
    used
}

fn mark_ignore_case(api: &mut Api, places: &[Pointer]) -> bool {
    let mut used = false;
    for def in api.types.iter_mut().filter(|it| places.contains(&it.pointer)) {
        if let Shape::Enum(open) = &mut def.shape {
            open.ignore_case = true;
            used = true;
        }
    }
    used
}

fn mark_no_default(api: &mut Api, places: &[Pointer]) -> bool {
    let mut used = false;
    let own = api.operations.iter_mut().flat_map(|it| &mut it.servers);
    for server in api.servers.iter_mut().chain(own) {
        for variable in server.variables.iter_mut().filter(|it| places.contains(&it.pointer)) {
            variable.default = None;
            used = true;
        }
    }
    used
}

/// Names a value or variant at its place in a schema that became the type of
/// another one.
fn name_in_twin(api: &mut Api, places: &[Pointer], name: &str) -> bool {
    let mut used = false;
    for def in &mut api.types {
        match &mut def.shape {
            Shape::Enum(open) => {
                for value in open.values.iter_mut().filter(|it| places.contains(&it.pointer)) {
                    value.given_name = Some(name.to_owned());
                    used = true;
                }
            }
            Shape::Union(union) => {
                for variant in union.variants.iter_mut().filter(|it| places.contains(&it.pointer)) {
                    variant.given_name = Some(name.to_owned());
                    used = true;
                }
            }
            Shape::Struct(_) | Shape::Alias(_) => {}
        }
    }
    used
}
