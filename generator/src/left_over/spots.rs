//! Maps each place of the document to its owner in the model.

use std::collections::BTreeMap;

use crate::api::{Api, LeftOver, Shape};
use crate::pointer::Pointer;

/// A thing of the model that something can belong to.
#[derive(Clone, Copy, Debug)]
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

/// The owner of each place; a component belongs to each operation that uses it.
pub(super) struct Spots(BTreeMap<Pointer, Vec<Spot>>);

impl Spots {
    pub(super) fn of(api: &Api) -> Self {
        let mut acc = Self(BTreeMap::new());
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
            for (parameter, it) in it.parameters.iter().enumerate() {
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
        self.0.entry(at.clone()).or_default().push(spot);
    }

    /// Returns the innermost things that hold a place.
    pub(super) fn of_place(&self, at: &Pointer) -> &[Spot] {
        let mut above = Some(at.clone());
        while let Some(at) = above {
            if let Some(spots) = self.0.get(&at) {
                return spots;
            }
            above = at.parent();
        }
        &[]
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
