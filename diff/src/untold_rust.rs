//! Adds a row for each pair of types whose code breaks without another row that says so.

use std::collections::BTreeSet;

use tamarack::plan::{Item, PlannedJsonUnion, PlannedStruct, PlannedUnion, RustType, Traits};

use super::at::At;
use super::describe;
use super::kind::Kind;
use super::named::Named;
use super::rust::{Code, text};
use super::verdict::Rust;
use super::walk::{Node, TypePair, Walk};

/// Looks at every pair whose rows break nothing: a type that is no longer sent
/// loses its setters, and a type that grows is boxed, without a change of its schema.
pub(super) fn compare(walk: &mut Walk<'_>) {
    let broken: BTreeSet<Node> =
        walk.changes.iter().filter(|it| it.rust == Rust::Major).map(|it| it.node).collect();
    let pairs: Vec<TypePair> = walk.users.keys().copied().collect();
    for pair in pairs {
        if walk.pairing.is_same(pair) && !broken.contains(&Node::Types(pair)) {
            compare_pair(walk, pair);
        }
    }
}

fn compare_pair(walk: &mut Walk<'_>, pair: TypePair) {
    let (old, new) = (walk.old.planned(pair.0), walk.new.planned(pair.1));
    let found = match (&old.item, &new.item) {
        (Item::Struct(old), Item::Struct(new)) => structs(walk, old, new),
        (Item::Union(old), Item::Union(new)) => unions(walk, old, new),
        (Item::JsonUnion(old), Item::JsonUnion(new)) => json_unions(walk, old, new),
        (Item::Enum(old), Item::Enum(new)) => (old.ignore_case != new.ignore_case)
            .then(|| ("letter case matters".to_owned(), "or not".to_owned())),
        (Item::Alias(old), Item::Alias(new)) => types(walk, "type = ", old, new),
        (Item::Newtype { inner: old, .. }, Item::Newtype { inner: new, .. }) => {
            types(walk, "struct of ", old, new)
        }
        (Item::Alias(_), Item::Newtype { .. }) | (Item::Newtype { .. }, Item::Alias(_)) => {
            Some(("type".to_owned(), "struct".to_owned()))
        }
        _ => None,
    };
    let Some((was, is)) = found else { return };
    let subject = describe::subject(walk.new, pair.1);
    let pointers = (&walk.old.def(pair.0).pointer, &walk.new.def(pair.1).pointer);
    let at = At::new(Node::Types(pair), subject, pointers.0, pointers.1);
    walk.push(at.change(Kind::Respelled).rust(Rust::Major).code(Some(was), Some(is)));
}

type Lines = Option<(String, String)>;

fn types(walk: &Walk<'_>, before: &str, old: &RustType, new: &RustType) -> Lines {
    let code = Code::of(walk, before, old, new);
    code.differs().then(|| (code.old(), code.fresh()))
}

fn structs(walk: &Walk<'_>, old: &PlannedStruct, new: &PlannedStruct) -> Lines {
    let before = Named::new(&old.fields, |it| &it.json_name);
    for is in &new.fields {
        let Some(was) = before.get(&is.json_name) else { continue };
        if was.ident != is.ident {
            let line = |it: &tamarack::plan::Field| format!("pub {}: {}", it.ident, text(&it.ty));
            return Some((line(was), line(is)));
        }
        let differing = types(walk, &format!("pub {}: ", is.ident), &was.ty, &is.ty);
        if differing.is_some() {
            return differing;
        }
        if let (Some(setter), None) = (&was.setter, &is.setter) {
            return Some((format!("fn {setter}"), "no setters".to_owned()));
        }
    }
    if let (Some(was), Some(is)) = (&old.variant, &new.variant) {
        let differing = types(walk, "pub variant: ", &was.ty, &is.ty);
        if differing.is_some() {
            return differing;
        }
    }
    lost_traits(old.traits, new.traits)
}

/// A removed trait breaks code, an added one does not.
fn lost_traits(old: Traits, new: Traits) -> Lines {
    let all = [
        ("Serialize", old.serialize, new.serialize),
        ("PartialEq", old.partial_eq, new.partial_eq),
        ("Default", old.default, new.default),
    ];
    let lost: Vec<_> = all.iter().filter(|it| it.1 && !it.2).map(|it| it.0).collect();
    (!lost.is_empty()).then(|| (lost.join(", "), "none of these".to_owned()))
}

fn unions(walk: &Walk<'_>, old: &PlannedUnion, new: &PlannedUnion) -> Lines {
    let differing = new.variants().find_map(|is| {
        let was = old.variants().find(|it| it.ident == is.ident)?;
        types(walk, &format!("{} of ", is.ident), &was.ty, &is.ty)
    });
    differing.or_else(|| lost_traits(old.traits, new.traits))
}

fn json_unions(walk: &Walk<'_>, old: &PlannedJsonUnion, new: &PlannedJsonUnion) -> Lines {
    let differing = new.branches.iter().find_map(|is| {
        let was = old.branches.iter().find(|it| it.method == is.method)?;
        types(walk, &format!("fn {}() -> ", is.method), &was.ty, &is.ty)
    });
    differing.or_else(|| lost_traits(old.traits, new.traits))
}
