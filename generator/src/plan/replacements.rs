//! Puts types that are written by hand in the place of generated ones.

use std::collections::BTreeSet;

use super::{Item, PlannedType, RustType};
use crate::api::{Api, Shape, TypeId, Usage};
use crate::codes;
use crate::diagnostic::{Diagnostic, Sink};
use crate::name::TypeIdent;
use crate::nearest::nearest;
use crate::pointer::Pointer;

/// Makes each type that is written by hand an alias of it, and reports those that cannot be.
///
/// `read` are the types whose fields the client reads itself.
pub(super) fn apply(
    api: &Api,
    types: &mut [PlannedType],
    read: &BTreeSet<TypeIdent>,
    sink: &mut Sink,
) {
    if api.replacements.is_empty() {
        return;
    }
    let usage = Usage::of(api);
    for replacement in &api.replacements {
        let name = replacement.replaced.as_str();
        let Some(index) = types.iter().position(|it| it.ident.as_str() == name) else {
            let title = format!("no type is called `{name}`, which is to be replaced");
            let near = nearest(name, types.iter().map(|it| it.ident.as_str()));
            let at = Pointer::root().join(&["components", "schemas"]);
            let help = near.map(|it| format!("did you mean `{it}`?"));
            sink.push(error(at, title, help));
            continue;
        };
        let id = TypeId(index);
        let planned = &mut types[index];
        let why = if matches!(api.type_def(id).shape, Shape::Enum(_)) {
            Some("its values are compared with those that the document lists")
        } else if usage.holds_secret(id) {
            Some("it holds a secret, which its `Debug` must not show")
        } else if usage.holds_file(id) {
            Some("it holds a file, which is sent as a stream")
        } else if read.contains(&planned.ident) {
            Some("the pages of a list are read from it")
        } else {
            None
        };
        match why {
            Some(why) => {
                let title = format!("`{name}` cannot be replaced: {why}");
                let help = Some("remove the entry".to_owned());
                sink.push(error(api.type_def(id).pointer.clone(), title, help));
            }
            None => planned.item = Item::Alias(RustType::Foreign(replacement.path().to_owned())),
        }
    }
}

fn error(at: Pointer, title: String, help: Option<String>) -> Diagnostic {
    Diagnostic::error(codes::REPLACE, at, title).at_key().maybe_help(help)
}
