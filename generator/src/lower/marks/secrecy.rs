//! What the overlay says of secrets: which values are some, which are none, and what may be written.

use super::{Spot, Spots, report};
use crate::api::{Api, Secrecy, Shape, TypeId, Usage};
use crate::diagnostic::Sink;
use crate::lower::secrets::{can_hide_header, can_hide_parameter, can_hide_property};
use crate::lower::twins::Twins;
use crate::overlay::Mark;

/// Marks a secret; one that the document tells too keeps the reason of the overlay.
pub(super) fn add(api: &mut Api, spot: Spot, mark: &Mark) -> bool {
    if !can_hide(api, spot) {
        return false;
    }
    let reason = Secrecy::Overlay(mark.reason.clone());
    secret(api, spot).map(|it| *it = Some(reason)).is_some()
}

/// Makes no secret of what the document tells to be one.
pub(super) fn take_away(api: &mut Api, spot: Spot, _: &Mark) -> bool {
    let Some(secret) = secret(api, spot) else { return false };
    // Two entries that contradict each other are a mistake.
    let is_told = matches!(secret, Some(Secrecy::Declared(_) | Secrecy::Named));
    if is_told {
        *secret = None;
    }
    is_told
}

/// Lets the values of types be written, and of all that they hold.
pub(super) fn give_back(
    marks: &[Mark],
    spots: &Spots,
    twins: &Twins,
    api: &mut Api,
    sink: &mut Sink,
) {
    if marks.is_empty() {
        return;
    }
    let usage = Usage::of(api);
    for mark in marks {
        let used = spots.each(&mark.at, twins, |spot| {
            let Spot::Type(index) = spot else { return false };
            let type_def = &mut api.types[index];
            let is_item = matches!(type_def.shape, Shape::Struct(_) | Shape::Union(_));
            type_def.serialized = is_item && usage.is_read_only(TypeId(index));
            type_def.serialized
        });
        report(used, "serialize", "type that has no `Serialize` without it", &mark.at, sink);
    }
}

fn can_hide(api: &Api, spot: Spot) -> bool {
    match spot {
        Spot::Member(index, member) => match &api.types[index].shape {
            Shape::Struct(it) => can_hide_property(api, &it.properties[member]),
            _ => false,
        },
        Spot::Parameter(operation, parameter) => {
            can_hide_parameter(api, &api.operations[operation].parameters[parameter])
        }
        Spot::Header(operation, response, header) => {
            can_hide_header(api, &api.operations[operation].responses[response].headers[header])
        }
        _ => false,
    }
}

fn secret(api: &mut Api, spot: Spot) -> Option<&mut Option<Secrecy>> {
    match spot {
        Spot::Member(index, member) => match &mut api.types[index].shape {
            Shape::Struct(it) => Some(&mut it.properties[member].secret),
            _ => None,
        },
        Spot::Parameter(operation, parameter) => {
            Some(&mut api.operations[operation].parameters[parameter].secret)
        }
        Spot::Header(operation, response, header) => {
            Some(&mut api.operations[operation].responses[response].headers[header].secret)
        }
        _ => None,
    }
}
