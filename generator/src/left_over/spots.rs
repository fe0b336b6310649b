//! Maps each place of the document to its owner in the model.

use std::collections::{BTreeMap, BTreeSet};
use std::iter;

use serde_yaml::Value;

use crate::api::{Api, Fate, LeftOver, Property, Shape};
use crate::pointer::{Pointer, PointerMap};
use crate::resolve::local_pointer;

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
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) depth: usize,
    pub(super) spot: Spot,
    /// The name of the parameter that it is for an operation that does not write it itself.
    pub(super) parameter: Option<String>,
}

/// What stands at each place; a component stands in each operation that uses it.
pub(super) struct Spots {
    own: BTreeMap<String, Vec<Spot>>,
    /// The things that a schema is a part of through `allOf`.
    wholes: PointerMap<Vec<Spot>>,
    /// The operations that use a parameter which is written elsewhere, with its name.
    elsewhere: PointerMap<Vec<(Spot, String)>>,
}

impl Spots {
    pub(super) fn of(api: &Api, wholes: &PointerMap<BTreeSet<Pointer>>, tree: &Value) -> Self {
        let mut acc = Self::things(api);
        for (index, it) in api.operations.iter().enumerate() {
            for (at, name) in parameters_elsewhere(&it.pointer, tree) {
                acc.elsewhere.entry(at).or_default().push((Spot::Operation(index), name));
            }
        }
        let found = wholes.iter().map(|(part, wholes)| {
            let spots = wholes.iter().flat_map(|it| acc.innermost(it).map_or(&[][..], |it| it.1));
            (part.clone(), spots.copied().collect())
        });
        acc.wholes = found.collect();
        acc
    }

    fn things(api: &Api) -> Self {
        let mut acc = Self {
            own: BTreeMap::new(),
            wholes: PointerMap::default(),
            elsewhere: PointerMap::default(),
        };
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
        self.own.entry(at.as_str().to_owned()).or_default().push(spot);
    }

    /// Returns the innermost things that hold a place, and those whose values it speaks of too.
    pub(super) fn of_place(&self, at: &Pointer, fate: Fate) -> Vec<Found> {
        let mut acc = Vec::new();
        if let Some((holder, spots)) = self.innermost(at) {
            if spots == [Spot::Document] {
                let used = self.of_operations(at);
                if !used.is_empty() {
                    return used;
                }
            }
            let depth = holder.matches('/').count();
            // The type that is written in a property says what its schema says.
            let is_type = |it: &Spot| matches!(it, Spot::Type(_));
            let has_type = spots.iter().any(is_type);
            let spots = spots.iter().filter(|it| !has_type || is_type(it));
            acc.extend(spots.map(|spot| Found { depth, spot: *spot, parameter: None }));
        }
        // Texts are those of the part.
        let inherits = matches!(fate, Fate::Part | Fate::Assertion | Fate::Wire);
        let mut above = Some(at.clone()).filter(|_| inherits && !self.wholes.is_empty());
        // A type whose own property holds the place has it there.
        let mut has_property = BTreeSet::new();
        while let Some(at) = above {
            if let Some(spots) = self.wholes.get(&at) {
                let depth = at.tokens().len();
                let spots = spots.iter().filter(|it| !has_property.contains(*it));
                acc.extend(spots.map(|spot| Found { depth, spot: *spot, parameter: None }));
            }
            let own = self.own.get(at.as_str()).into_iter().flatten();
            has_property.extend(own.filter_map(|it| match it {
                Spot::Property(index, _) => Some(Spot::Type(*index)),
                _ => None,
            }));
            above = at.parent();
        }
        acc.sort_by_key(|it| it.spot);
        acc.dedup_by_key(|it| it.spot);
        acc
    }

    /// Returns the operations that use the parameter in which a place lies.
    fn of_operations(&self, at: &Pointer) -> Vec<Found> {
        let mut above = iter::successors(Some(at.clone()), Pointer::parent);
        let Some((depth, all)) =
            above.find_map(|it| Some((it.tokens().len(), self.elsewhere.get(&it)?)))
        else {
            return Vec::new();
        };
        let found = |(spot, name): &(Spot, String)| Found {
            depth,
            spot: *spot,
            parameter: Some(name.clone()),
        };
        all.iter().map(found).collect()
    }

    fn innermost(&self, at: &Pointer) -> Option<(&str, &[Spot])> {
        let held = at.upwards().find_map(|it| self.own.get_key_value(it));
        held.map(|(at, spots)| (at.as_str(), spots.as_slice()))
    }
}

/// Returns the parameters that an operation uses and does not write itself: those of its path item
/// and components.
fn parameters_elsewhere(operation: &Pointer, tree: &Value) -> Vec<(Pointer, String)> {
    let lists = [Some(operation.clone()), operation.parent()];
    let mut acc = Vec::new();
    for (list, is_own) in lists.into_iter().flatten().zip([true, false]) {
        let list = list.child("parameters");
        let nodes = list.find(tree).and_then(Value::as_sequence);
        for (index, node) in nodes.into_iter().flatten().enumerate() {
            let reference = node.get("$ref").and_then(Value::as_str).and_then(local_pointer);
            let at = match reference {
                Some(at) => at,
                None if is_own => continue,
                None => list.child(&index.to_string()),
            };
            let name = at.find(tree).and_then(|it| it.get("name")?.as_str().map(str::to_owned));
            acc.extend(name.map(|name| (at, name)));
        }
    }
    acc
}

/// Returns the properties of a thing, if it is an object.
pub(super) fn properties(api: &Api, spot: Spot) -> &[Property] {
    match spot {
        Spot::Type(index) => match &api.types[index].shape {
            Shape::Struct(object) => &object.properties,
            _ => &[],
        },
        _ => &[],
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
