//! Maps each place of the document to its owner in the model.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Api, Fate, LeftOver, Shape};
use crate::pointer::Pointer;

/// A thing of the model that something can belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Spot {
    Document,
    Server(usize),
    Scheme(usize),
    Type(usize),
    Property(usize, usize),
    Operation(usize),
    Parameter(usize, usize),
    Body(usize),
    Response(usize, usize),
    Header(usize, usize, usize),
}

/// A thing that holds a place, and how many steps lead to it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) depth: usize,
    pub(super) spot: Spot,
}

/// What stands at each place; a component stands in each operation that uses it.
pub(super) struct Spots {
    own: BTreeMap<Pointer, Vec<Spot>>,
    /// The things that a schema is a part of through `allOf`.
    wholes: BTreeMap<Pointer, Vec<Spot>>,
}

impl Spots {
    pub(super) fn of(api: &Api, wholes: &BTreeMap<Pointer, BTreeSet<Pointer>>) -> Self {
        let mut acc = Self::things(api);
        let found = wholes.iter().map(|(part, wholes)| {
            let spots = wholes.iter().flat_map(|it| acc.innermost(it).map_or(&[][..], |it| it.1));
            (part.clone(), spots.copied().collect())
        });
        acc.wholes = found.collect();
        acc
    }

    fn things(api: &Api) -> Self {
        let mut acc = Self { own: BTreeMap::new(), wholes: BTreeMap::new() };
        acc.put(&Pointer::root(), Spot::Document);
        for (index, it) in api.servers.iter().enumerate() {
            acc.put(&it.pointer, Spot::Server(index));
        }
        for (index, it) in api.security_schemes.iter().enumerate() {
            acc.put(&it.pointer, Spot::Scheme(index));
        }
        for (index, it) in api.types.iter().enumerate() {
            acc.put(&it.pointer, Spot::Type(index));
            if let Shape::Struct(object) = &it.shape {
                for (property, it) in object.properties.iter().enumerate() {
                    acc.put(&it.pointer, Spot::Property(index, property));
                }
            }
        }
        for (index, it) in api.operations.iter().enumerate() {
            acc.put(&it.pointer, Spot::Operation(index));
            // One that only the template names is written nowhere.
            let at = &it.pointer;
            let written = it.parameters.iter().enumerate().filter(|(_, it)| it.pointer != *at);
            for (parameter, it) in written {
                acc.put(&it.pointer, Spot::Parameter(index, parameter));
            }
            if let Some(body) = &it.body {
                acc.put(&body.pointer, Spot::Body(index));
            }
            for (response, it) in it.responses.iter().enumerate() {
                acc.put(&it.pointer, Spot::Response(index, response));
                for (header, it) in it.headers.iter().enumerate() {
                    acc.put(&it.pointer, Spot::Header(index, response, header));
                }
            }
        }
        acc
    }

    fn put(&mut self, at: &Pointer, spot: Spot) {
        self.own.entry(at.clone()).or_default().push(spot);
    }

    /// Returns the innermost things that hold a place, and those whose values it speaks of too.
    pub(super) fn of_place(&self, at: &Pointer, fate: Fate) -> Vec<Found> {
        let mut acc = Vec::new();
        if let Some((holder, spots)) = self.innermost(at) {
            let depth = holder.tokens().len();
            // The type that is written in a property says what its schema says.
            let is_type = |it: &Spot| matches!(it, Spot::Type(_));
            let has_type = spots.iter().any(is_type);
            let spots = spots.iter().filter(|it| !has_type || is_type(it));
            acc.extend(spots.map(|spot| Found { depth, spot: *spot }));
        }
        // Texts are those of the part.
        let inherits = matches!(fate, Fate::Part | Fate::Assertion | Fate::Wire);
        let mut above = Some(at.clone()).filter(|_| inherits && !self.wholes.is_empty());
        while let Some(at) = above {
            if let Some(spots) = self.wholes.get(&at) {
                let depth = at.tokens().len();
                acc.extend(spots.iter().map(|spot| Found { depth, spot: *spot }));
            }
            above = at.parent();
        }
        acc.sort_by_key(|it| it.spot);
        acc.dedup_by_key(|it| it.spot);
        acc
    }

    fn innermost(&self, at: &Pointer) -> Option<(Pointer, &[Spot])> {
        let mut above = Some(at.clone());
        while let Some(at) = above {
            if let Some(spots) = self.own.get(&at) {
                return Some((at, spots));
            }
            above = at.parent();
        }
        None
    }
}

/// Returns what is left over of a thing.
pub(super) fn list(api: &mut Api, spot: Spot) -> &mut Vec<LeftOver> {
    match spot {
        Spot::Document => &mut api.left_over,
        Spot::Server(index) => &mut api.servers[index].left_over,
        Spot::Scheme(index) => &mut api.security_schemes[index].left_over,
        Spot::Type(index) => &mut api.types[index].left_over,
        Spot::Property(index, property) => match &mut api.types[index].shape {
            Shape::Struct(object) => &mut object.properties[property].left_over,
            _ => unreachable!("only structs have properties"),
        },
        Spot::Operation(index) => &mut api.operations[index].left_over,
        Spot::Parameter(index, parameter) => {
            &mut api.operations[index].parameters[parameter].left_over
        }
        Spot::Body(index) => match &mut api.operations[index].body {
            Some(body) => &mut body.left_over,
            None => unreachable!("the body was found before"),
        },
        Spot::Response(index, response) => &mut api.operations[index].responses[response].left_over,
        Spot::Header(index, response, header) => {
            &mut api.operations[index].responses[response].headers[header].left_over
        }
    }
}
