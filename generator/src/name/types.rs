//! Names the types: components before their inline types.

use super::derived::Derived;
use super::operations::OperationNames;
use super::scope::{Scope, Wish};
use super::thing::Thing;
use super::{TypeIdent, status_name};
use crate::api::{Api, NameOf, Origin, Owner, Role, TypeDef};
use crate::diagnostic::Sink;

/// The traits whose methods generated code calls; a type of that name would
/// take them out of scope.
const PRELUDE_TRAITS: &[&str] = &[
    "AsRef",
    "Clone",
    "Default",
    "Drop",
    "Eq",
    "From",
    "Into",
    "IntoIterator",
    "Iterator",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Send",
    "Sized",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
];

/// The name of a type, and of the struct of what its constructor requires.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TypeNames {
    pub(super) ident: TypeIdent,
    pub(super) required: Derived<TypeIdent>,
}

/// Names the types. Those whose name the document or the overlay gives come
/// first, so that an inline type can never take a name from a component.
pub(super) fn name_types(
    api: &Api,
    operations: &[OperationNames],
    sink: &mut Sink,
) -> Vec<TypeNames> {
    let mut scope = Scope::new("type", PRELUDE_TRAITS);
    let mut acc: Vec<Option<TypeIdent>> = vec![None; api.types.len()];
    name_components(api, &mut scope, &mut acc, sink);
    let inline = (0..api.types.len()).filter(|it| acc[*it].is_none());
    let mut inline: Vec<_> = inline.map(|it| (way(api, &api.types[it]), it)).collect();
    // An owner comes before its contents.
    inline.sort();
    for (_, index) in inline {
        let type_def = &api.types[index];
        let wanted = wanted_type_name(api, type_def, &acc, operations);
        let wishes = [wish(type_def, &wanted)];
        let names = scope
            .settle(&wishes, sink, |_, ordinal| alternative_type_name(&wanted, type_def, ordinal));
        acc[index] = names.into_iter().next().map(TypeIdent::given);
    }
    let named = |it: Option<TypeIdent>| {
        it.unwrap_or_else(|| unreachable!("components are named, and then the others"))
    };
    let idents: Vec<_> = acc.into_iter().map(named).collect();
    let mut in_order: Vec<_> = idents.into_iter().enumerate().collect();
    in_order.sort_by(|a, b| a.1.as_str().cmp(b.1.as_str()));
    let mut by_index: Vec<_> = in_order
        .into_iter()
        .map(|(index, ident)| {
            let required = name_required(api, &api.types[index], &ident, &mut scope);
            (index, TypeNames { ident, required })
        })
        .collect();
    by_index.sort_by_key(|it| it.0);
    by_index.into_iter().map(|it| it.1).collect()
}

/// Returns the way to an inline type from what has a name: the same whatever else the document holds.
fn way(api: &Api, type_def: &TypeDef) -> Vec<String> {
    let Origin::Inline { owner, roles } = &type_def.origin else {
        return vec![type_def.pointer.to_string()];
    };
    let mut acc = match owner {
        Owner::Type(id) => way(api, api.type_def(*id)),
        Owner::Operation(id) => vec![api.operation(*id).id.clone()],
        Owner::Skipped(name) => vec![name.clone()],
        // Behind those of operations, which keep their names when a webhook is added.
        Owner::Webhook(words) => vec!["\u{10ffff}".to_owned(), words.clone()],
        Owner::Document => vec![String::new()],
    };
    acc.extend(roles.iter().map(|it| format!("{it:?}")));
    acc
}

/// Names the components; when two map to one name, a name from the overlay wins.
fn name_components(api: &Api, scope: &mut Scope, acc: &mut [Option<TypeIdent>], sink: &mut Sink) {
    let mut ranked: Vec<(bool, usize, TypeIdent)> = (api.types.iter().enumerate())
        .filter_map(|(index, type_def)| match &type_def.origin {
            Origin::Given(name) => Some((false, index, TypeIdent::new(name))),
            Origin::Component(name) => Some((true, index, TypeIdent::new(name))),
            Origin::Inline { .. } => None,
        })
        .collect();
    ranked.sort_by_key(|it| it.0);
    let wishes: Vec<_> =
        ranked.iter().map(|(_, index, ident)| wish(&api.types[*index], ident)).collect();
    let names = scope.settle(&wishes, sink, |of, ordinal| {
        let (_, index, wanted) = &ranked[of];
        alternative_type_name(wanted, &api.types[*index], ordinal)
    });
    for ((_, index, _), name) in ranked.iter().zip(names) {
        acc[*index] = Some(TypeIdent::given(name));
    }
}

fn wish(type_def: &TypeDef, wanted: &TypeIdent) -> Wish {
    let thing = match &type_def.origin {
        Origin::Inline { .. } => Thing::InlineSchema,
        _ if is_component(type_def) => Thing::Schema,
        _ => Thing::InlineSchema,
    };
    Wish {
        thing,
        at: type_def.pointer.clone(),
        name: wanted.to_string(),
        // `x-component-name` gives names as well; both come first.
        given: false,
        spelling: match &type_def.origin {
            Origin::Component(name) => name.clone(),
            Origin::Given(_) | Origin::Inline { .. } => wanted.to_string(),
        },
    }
}

/// Returns whether a type is an entry of `components/schemas`.
fn is_component(type_def: &TypeDef) -> bool {
    matches!(type_def.pointer.tokens().as_slice(), [one, two, _] if one == "components" && two == "schemas")
}

/// The struct of what a constructor requires yields to every type of the document.
fn name_required(
    api: &Api,
    type_def: &TypeDef,
    ident: &TypeIdent,
    scope: &mut Scope,
) -> Derived<TypeIdent> {
    let given = api.given_names.get(&type_def.pointer, NameOf::Required);
    let wanted =
        given.map_or_else(|| format!("{ident}Required"), |it| TypeIdent::new(it).to_string());
    let wish = Wish {
        thing: Thing::RequiredProperties,
        at: type_def.pointer.clone(),
        name: wanted.clone(),
        given: given.is_some(),
        spelling: ident.to_string(),
    };
    Derived::claim(scope, &wish, |ordinal| format!("{wanted}{ordinal}"), TypeIdent::given)
}

fn wanted_type_name(
    api: &Api,
    type_def: &TypeDef,
    named: &[Option<TypeIdent>],
    operations: &[OperationNames],
) -> TypeIdent {
    match &type_def.origin {
        Origin::Component(name) | Origin::Given(name) => TypeIdent::new(name),
        Origin::Inline { owner, roles } => {
            let mut acc = match owner {
                Owner::Type(id) => match &named[id.0] {
                    Some(ident) => ident.to_string(),
                    // An inline owner further down; owners never form a ring.
                    None => wanted_type_name(api, api.type_def(*id), named, operations).to_string(),
                },
                Owner::Operation(id) => operations[id.0].ident.to_string(),
                Owner::Skipped(name) | Owner::Webhook(name) => TypeIdent::new(name).to_string(),
                Owner::Document => String::new(),
            };
            for role in roles {
                acc.push_str(&role_name(role));
            }
            TypeIdent::new(&acc)
        }
    }
}

fn role_name(role: &Role) -> String {
    match role {
        Role::Property(name) | Role::Variant(name) | Role::Parameter(name) | Role::Header(name) => {
            TypeIdent::new(name).to_string()
        }
        Role::Item => "Item".to_owned(),
        Role::Value => "Value".to_owned(),
        Role::Request => "Request".to_owned(),
        Role::Response(None) => "Response".to_owned(),
        Role::Response(Some(status)) => format!("{}Response", status_name(*status)),
        Role::Error(None) => "ErrorBody".to_owned(),
        Role::Error(Some(status)) => format!("{}Body", status_name(*status)),
    }
}

/// A second inline type of one name is told by its role, not by a number that
/// could move; two components can only be counted. A trait is no type.
fn alternative_type_name(wanted: &TypeIdent, type_def: &TypeDef, ordinal: usize) -> String {
    if ordinal == 2 && PRELUDE_TRAITS.contains(&wanted.as_str()) {
        return format!("{wanted}Type");
    }
    let word = match &type_def.origin {
        Origin::Inline { roles, .. } => match roles.last() {
            Some(Role::Property(_)) => "Property",
            Some(Role::Parameter(_)) => "Parameter",
            Some(Role::Header(_)) => "Header",
            Some(Role::Variant(_)) => "Variant",
            Some(Role::Request | Role::Response(_) | Role::Error(_)) => "Body",
            Some(Role::Item | Role::Value) | None => "Inline",
        },
        Origin::Component(_) | Origin::Given(_) => "",
    };
    match (word, ordinal) {
        ("", ordinal) => format!("{wanted}{ordinal}"),
        (word, 2) => format!("{wanted}{word}"),
        (word, ordinal) => format!("{wanted}{word}{}", ordinal - 1),
    }
}
