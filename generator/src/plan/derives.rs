//! Decides which types derive what beside their own traits.

use super::{Item, PlannedType};
use crate::api::Api;
use crate::codes;
use crate::derives::Derive;
use crate::diagnostic::{Diagnostic, Sink};
use crate::nearest::nearest;
use crate::pointer::Pointer;

/// Gives each type the traits that it derives beside its own, and reports the names that no type has.
pub(super) fn apply(api: &Api, types: &mut [PlannedType], sink: &mut Sink) {
    for derive in &api.derives {
        report(derive, types, sink);
        for planned in types.iter_mut().filter(|it| can_derive(&it.item)) {
            let name = planned.ident.as_str();
            if !derive.types.is_empty() && !derive.types.iter().any(|it| it == name) {
                continue;
            }
            for it in derive.traits() {
                let is_there = has(&planned.item, it) || planned.derives.contains(it);
                if !is_there {
                    planned.derives.push(it.clone());
                }
            }
        }
    }
}

/// An alias has the traits of its type.
fn can_derive(item: &Item) -> bool {
    !matches!(item, Item::Alias(_))
}

/// Returns whether a type has a trait already.
fn has(item: &Item, path: &str) -> bool {
    let name = path.rsplit("::").next().unwrap_or(path).trim();
    match item.traits() {
        Some(traits) => {
            (name == "PartialEq" && traits.partial_eq) || (name == "Default" && traits.default)
        }
        // Those of an enum are all derived by the macro.
        None => ["PartialEq", "Eq", "PartialOrd", "Ord", "Hash"].contains(&name),
    }
}

fn report(derive: &Derive, types: &[PlannedType], sink: &mut Sink) {
    for name in &derive.types {
        let (title, help) = match types.iter().find(|it| it.ident.as_str() == name) {
            Some(it) if can_derive(&it.item) => continue,
            Some(_) => {
                let help = "remove it from `types`: an alias has the traits of what it stands for";
                (format!("`{name}`, which is to derive, is an alias"), Some(help.to_owned()))
            }
            None => {
                let all = types.iter().filter(|it| can_derive(&it.item));
                let near = nearest(name, all.map(|it| it.ident.as_str()));
                let help = near.map(|it| format!("did you mean `{it}`?"));
                (format!("no type is called `{name}`, which is to derive"), help)
            }
        };
        let at = Pointer::root().join(&["components", "schemas"]);
        sink.push(Diagnostic::error(codes::DERIVE, at, title).at_key().maybe_help(help));
    }
}
