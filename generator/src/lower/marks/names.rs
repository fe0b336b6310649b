//! Puts a name from the overlay into the model.

use super::Spot;
use crate::api::{Api, GivenName, Location, NameOf, Shape};
use crate::overlay::Naming;
use crate::pointer::Pointer;

/// Gives a name; returns whether the spot has one of that kind.
pub(super) fn give(api: &mut Api, spot: Spot, naming: &Naming) -> bool {
    if let Spot::Member(index, member) = spot
        && let Some(given_name) = member_name(&mut api.types[index].shape, member)
    {
        // At its place in a schema that became the type of another one.
        let fits = naming.of.is_none_or(|it| it == NameOf::Variant);
        if fits {
            *given_name = Some(naming.name.clone());
        }
        return fits;
    }
    let Some((at, names)) = names_of(api, spot) else { return false };
    let of = match naming.of {
        Some(of) => of,
        None => names[0],
    };
    // An operation has its own name when it is lowered; what is left is derived.
    let fits = names.contains(&of) && (naming.of.is_some() || !is_derived(of));
    if fits {
        let (name, written_at) = (naming.name.clone(), naming.at.clone());
        api.given_names.insert(at, of, GivenName { name, written_at });
    }
    fits
}

/// Returns where a value or a branch keeps the name that is given to it.
fn member_name(shape: &mut Shape, member: usize) -> Option<&mut Option<String>> {
    match shape {
        Shape::Enum(open) => Some(&mut open.values[member].given_name),
        Shape::Union(union) => Some(&mut union.tagging.variant_mut(member).given_name),
        Shape::Struct(_) | Shape::Alias(_) => None,
    }
}

/// Returns the place of a spot and the names it has, the one that is meant without a word first.
fn names_of(api: &Api, spot: Spot) -> Option<(Pointer, &'static [NameOf])> {
    Some(match spot {
        Spot::Type(index) => match &api.types[index].shape {
            Shape::Struct(_) => (api.types[index].pointer.clone(), &[NameOf::Required]),
            _ => return None,
        },
        Spot::Member(index, member) => match &api.types[index].shape {
            Shape::Struct(it) => (it.properties[member].pointer.clone(), &[NameOf::Field]),
            _ => return None,
        },
        Spot::Operation(index) => (
            api.operations[index].pointer.clone(),
            &[
                NameOf::Error,
                NameOf::Outcome,
                NameOf::Encoding,
                NameOf::ResponseBody,
                NameOf::ErrorBody,
                NameOf::Required,
                NameOf::TokenSource,
                NameOf::TokenRequired,
            ],
        ),
        Spot::Parameter(operation, parameter) => {
            let it = &api.operations[operation].parameters[parameter];
            let names: &[NameOf] = match it.location {
                Location::Header => &[NameOf::Field, NameOf::Constant],
                _ => &[NameOf::Field],
            };
            (it.pointer.clone(), names)
        }
        Spot::Content(operation, content) => {
            let body = api.operations[operation].body.as_ref()?;
            (body.contents[content].pointer.clone(), &[NameOf::Variant])
        }
        Spot::Reply(operation, response, content) => {
            let response = &api.operations[operation].responses[response];
            (response.contents[content].pointer.clone(), &[NameOf::Variant])
        }
        Spot::Header(operation, response, header) => {
            let response = &api.operations[operation].responses[response];
            (response.headers[header].pointer.clone(), &[NameOf::Constant])
        }
        Spot::Server(operation, server) => {
            (api.operations[operation].servers[server].pointer.clone(), &[NameOf::Constant])
        }
        // The code knows the first server of the document alone.
        Spot::Variable(None, 0, variable) => {
            let it = &api.servers[0].variables[variable];
            let names: &[NameOf] = if it.values.is_empty() {
                &[NameOf::Field]
            } else {
                &[NameOf::Field, NameOf::Values]
            };
            (it.pointer.clone(), names)
        }
        Spot::Variable(..) => return None,
        Spot::Value(variable, value) => {
            let it = &api.servers[0].variables[variable];
            (it.pointer.child("enum").index(value), &[NameOf::Variant])
        }
        Spot::Scheme(index) => {
            let it = &api.security_schemes[index];
            let has_scopes = it.client_credentials.as_ref().is_some_and(|it| !it.scopes.is_empty());
            let names: &[NameOf] =
                if has_scopes { &[NameOf::Variant, NameOf::Values] } else { &[NameOf::Variant] };
            (it.pointer.clone(), names)
        }
        Spot::Scope(scheme, scope) => {
            let flow = api.security_schemes[scheme].client_credentials.as_ref()?;
            (flow.scopes[scope].pointer.clone(), &[NameOf::Variant])
        }
    })
}

/// Returns whether a name is made of another one of its place.
fn is_derived(of: NameOf) -> bool {
    !matches!(of, NameOf::Field | NameOf::Variant)
}
