//! Compares a property of two structs: presence, direction and type.

use tamarack::api::Property;

use super::at::At;
use super::documentation;
use super::kind::Kind;
use super::left_over;
use super::object::{field, subject};
use super::rust::Code;
use super::uses;
use super::verdict::Wire;
use super::walk::{Flow, TypePair, Walk};

/// Compares a property that both structs have.
pub(super) fn compare(
    walk: &mut Walk<'_>,
    owner: &At,
    pair: TypePair,
    (old_index, old): (usize, &Property),
    (new_index, new): (usize, &Property),
) {
    let mut at = At::new(owner.node, subject(owner, new), &old.pointer, &new.pointer);
    at.flow = Flow {
        sent: !(old.read_only && new.read_only),
        received: !(old.write_only && new.write_only),
    };
    let fields = (field(walk.old, pair.0, old_index), field(walk.new, pair.1, new_index));
    if let (Some(was), Some(is)) = fields {
        at.code = Some(Code::of(walk, format!("pub {}: ", is.ident), &was.ty, &is.ty));
    }
    compare_presence(walk, &at, old, new);
    let first = walk.changes.len();
    uses::compare(walk, &at, &old.ty, &new.ty);
    documentation::compare_default(walk, &at, old.default.as_ref(), new.default.as_ref());
    documentation::compare_deprecated(walk, &at, old.deprecated, new.deprecated);
    left_over::compare(walk, &at, (&old.left_over, &new.left_over), first);
    // What one direction does not carry does nothing there.
    for change in &mut walk.changes[first..] {
        if !at.flow.sent {
            change.sent = change.sent.min(Wire::Compatible);
        }
        if !at.flow.received {
            change.received = change.received.min(Wire::Compatible);
        }
    }
}

fn compare_presence(walk: &mut Walk<'_>, at: &At, old: &Property, new: &Property) {
    let (sent, received) = (!new.read_only, !new.write_only);
    let if_carried = |carried: bool, it: Wire| if carried { it } else { Wire::Compatible };
    match (old.required, new.required) {
        (false, true) => walk.push(
            at.change(Kind::BecameRequired)
                .wire(if_carried(sent, Wire::Breaking), Wire::Compatible)
                .rust(at.rust()),
        ),
        (true, false) => walk.push(
            at.change(Kind::BecameOptional)
                .wire(Wire::Compatible, if_carried(received, Wire::Breaking))
                .rust(at.rust()),
        ),
        _ => {}
    }
    match (old.read_only, new.read_only) {
        (false, true) => {
            let change = at.change(Kind::ReadOnlySet).wire(Wire::Compatible, Wire::Compatible);
            walk.push(change.rust(at.rust()));
        }
        (true, false) => {
            let change = at.change(Kind::ReadOnlyUnset).wire(Wire::Potentially, Wire::Compatible);
            walk.push(change.rust(at.rust()));
        }
        _ => {}
    }
    match (old.write_only, new.write_only) {
        (false, true) => {
            let change = at.change(Kind::WriteOnlySet).wire(Wire::Compatible, Wire::Potentially);
            walk.push(change.rust(at.rust()));
        }
        (true, false) => {
            let change = at.change(Kind::WriteOnlyUnset).wire(Wire::Compatible, Wire::Compatible);
            walk.push(change.rust(at.rust()));
        }
        _ => {}
    }
}
