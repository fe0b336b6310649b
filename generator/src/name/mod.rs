//! The model in, its Rust names out, as a side table: valid, unique per scope, independent of unrelated entries.

mod client;
mod ident;
mod scope;
mod status;

use std::collections::BTreeMap;

pub use client::{ClientNames, CredentialNames, VariableNames};
pub use ident::{TypeIdent, ValueIdent};
use scope::Scope;
pub use status::status_name;

use crate::api::{
    Api, Operation, Origin, Owner, Role, Shape, ToldBy, Type, TypeDef, TypeId, Union, Variant,
};
use crate::diagnostic::Sink;

/// The Rust names of one API; indices are those of the model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    types: Vec<TypeIdent>,
    members: Vec<Vec<Member>>,
    operations: Vec<OperationNames>,
    client: ClientNames,
}

/// The name of a field or of a variant.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Member {
    Field(ValueIdent),
    Variant(TypeIdent),
}

/// The names of one operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationNames {
    /// The method of the client.
    pub method: ValueIdent,
    /// The struct of the operation, and what the names of its other types begin with.
    pub ident: TypeIdent,
    /// The enum of the declared errors.
    pub error: TypeIdent,
    /// The enum of the successes, where there are several.
    pub outcome: TypeIdent,
    /// The enum of the media types of the body, where there are several.
    pub encoding: TypeIdent,
    /// The struct of the required parameters, where there are many.
    pub required: TypeIdent,
    /// The fields, one for each parameter of the model.
    pub parameters: Vec<ValueIdent>,
}

impl Names {
    /// Returns the name of a type.
    pub fn type_ident(&self, id: TypeId) -> &TypeIdent {
        &self.types[id.0]
    }

    /// Returns the name of a struct's property.
    pub fn field(&self, id: TypeId, property: usize) -> &ValueIdent {
        match &self.members[id.0][property] {
            Member::Field(ident) => ident,
            Member::Variant(_) => unreachable!("only structs are asked for fields"),
        }
    }

    /// Returns the name of an enum's value or a union's variant.
    pub fn variant(&self, id: TypeId, variant: usize) -> &TypeIdent {
        match &self.members[id.0][variant] {
            Member::Variant(ident) => ident,
            Member::Field(_) => unreachable!("only enums and unions are asked for variants"),
        }
    }

    /// Returns the names of an operation.
    pub fn operation(&self, index: usize) -> &OperationNames {
        &self.operations[index]
    }

    /// Returns the names of credentials and server variables.
    pub fn client(&self) -> &ClientNames {
        &self.client
    }
}

/// Names everything of an API that Rust needs a name for.
pub fn name(api: &Api, sink: &mut Sink) -> Names {
    let operations = name_operations(api, sink);
    let types = name_types(api, &operations, sink);
    let members = api.types.iter().map(|it| name_members(api, it, sink)).collect();
    let client = client::name_client(api, sink);
    Names { types, members, operations, client }
}

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

/// Names the types. Those whose name the document or the overlay gives come
/// first, so that an inline type can never take a name from a component.
fn name_types(api: &Api, operations: &[OperationNames], sink: &mut Sink) -> Vec<TypeIdent> {
    let prefixes: BTreeMap<&str, &TypeIdent> = (api.operations.iter())
        .zip(operations)
        .map(|(operation, names)| (operation.id.as_str(), &names.ident))
        .collect();
    let mut scope = Scope::new("type", sink);
    for name in PRELUDE_TRAITS {
        scope.reserve(name);
    }
    let mut acc: Vec<Option<TypeIdent>> = vec![None; api.types.len()];
    for rank in 0..4 {
        for (index, type_def) in api.types.iter().enumerate() {
            if rank_of(type_def) == rank {
                let wanted = wanted_type_name(api, type_def, &acc, &prefixes);
                let given = scope.claim(wanted.as_str().to_owned(), &type_def.pointer, |ordinal| {
                    if ordinal == 2 && PRELUDE_TRAITS.contains(&wanted.as_str()) {
                        return format!("{wanted}Type");
                    }
                    alternative_type_name(&wanted, type_def, ordinal)
                });
                acc[index] = Some(TypeIdent::given(given));
            }
        }
    }
    acc.into_iter()
        .map(|it| it.unwrap_or_else(|| unreachable!("every type has one of the four ranks")))
        .collect()
}

/// Names the overlay gives first, then components spelled as Rust spells
/// them, then other components, then inline types.
fn rank_of(type_def: &TypeDef) -> usize {
    match &type_def.origin {
        Origin::Given(_) => 0,
        Origin::Component(name) if TypeIdent::new(name).as_str() == name => 1,
        Origin::Component(_) => 2,
        Origin::Inline { .. } => 3,
    }
}

fn wanted_type_name(
    api: &Api,
    type_def: &TypeDef,
    named: &[Option<TypeIdent>],
    operations: &BTreeMap<&str, &TypeIdent>,
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
                Owner::Operation(id) => operations
                    .get(id.as_str())
                    .map_or_else(|| TypeIdent::new(id).to_string(), ToString::to_string),
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
/// could move; two components can only be counted.
fn alternative_type_name(wanted: &TypeIdent, type_def: &TypeDef, ordinal: usize) -> String {
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

fn name_members(api: &Api, type_def: &TypeDef, sink: &mut Sink) -> Vec<Member> {
    match &type_def.shape {
        Shape::Struct(it) => {
            let mut scope = Scope::new("field", sink);
            if !matches!(
                it.additional,
                crate::api::Additional::Unsaid | crate::api::Additional::Denied
            ) {
                scope.reserve("additional");
            }
            (it.properties.iter())
                .map(|property| {
                    let wanted = ValueIdent::new(&property.name);
                    let given =
                        scope.claim(wanted.as_str().to_owned(), &property.pointer, |ordinal| {
                            numbered(&wanted, ordinal)
                        });
                    Member::Field(ValueIdent::given(given))
                })
                .collect()
        }
        Shape::Enum(it) => {
            let mut scope = Scope::new("variant", sink);
            scope.reserve("Unrecognized");
            (it.values.iter())
                .map(|value| {
                    let text = value.given_name.as_deref().unwrap_or(&value.text);
                    claim_variant(&mut scope, text, &value.pointer, "Value")
                })
                .collect()
        }
        Shape::Union(it) => name_variants(api, it, sink),
        Shape::Alias(_) => Vec::new(),
    }
}

fn name_variants(api: &Api, union: &Union, sink: &mut Sink) -> Vec<Member> {
    let mut scope = Scope::new("variant", sink);
    scope.reserve("Unrecognized");
    (union.tagging.variants().into_iter())
        .map(|(told_by, variant)| {
            let text = variant_text(api, told_by, variant);
            claim_variant(&mut scope, text, &variant.pointer, "Variant")
        })
        .collect()
}

fn claim_variant(
    scope: &mut Scope<'_>,
    text: &str,
    at: &crate::pointer::Pointer,
    word: &str,
) -> Member {
    let wanted = TypeIdent::new(text);
    let given = scope.claim(wanted.as_str().to_owned(), at, |ordinal| match ordinal {
        2 => format!("{wanted}{word}"),
        ordinal => format!("{wanted}{word}{}", ordinal - 1),
    });
    Member::Variant(TypeIdent::given(given))
}

/// Returns what a variant is called after: a tag or key is what the wire says; one
/// told by its JSON kind is called after the component that it refers to, else
/// after the kind.
fn variant_text<'a>(api: &'a Api, told_by: ToldBy<'a>, variant: &'a Variant) -> &'a str {
    let component = match variant.ty.ty {
        Type::Named(id) => match &api.type_def(id).origin {
            Origin::Component(name) | Origin::Given(name) => Some(name.as_str()),
            Origin::Inline { .. } => None,
        },
        _ => None,
    };
    match (&variant.given_name, told_by) {
        (Some(given), _) => given,
        (None, ToldBy::Kind(kind)) => component.unwrap_or(kind.word()),
        (None, told_by) => told_by.word(),
    }
}

fn name_operations(api: &Api, sink: &mut Sink) -> Vec<OperationNames> {
    let mut acc = Vec::new();
    let mut methods = Scope::new("method", sink);
    // What every generated client has.
    for reserved in ["new", "blocking", "builder", "core", "from", "send", "clone", "token_source"]
    {
        methods.reserve(reserved);
    }
    for operation in &api.operations {
        // One text gives both names, so that they never drift apart.
        let wanted = ValueIdent::new(&operation.id);
        let given = methods.claim(wanted.as_str().to_owned(), &operation.pointer, |ordinal| {
            numbered(&wanted, ordinal)
        });
        acc.push(ValueIdent::given(given));
    }
    let mut types = Scope::new("operation", sink);
    // Traits whose methods the file of the operations calls.
    for reserved in ["Default", "Into"] {
        types.reserve(reserved);
    }
    let idents: Vec<_> = (acc.iter())
        .zip(&api.operations)
        .map(|(method, operation)| {
            let wanted = TypeIdent::new(method.as_str());
            let at = &operation.pointer;
            TypeIdent::given(types.claim_with(wanted.to_string(), &BESIDE, at, |ordinal| {
                format!("{wanted}{ordinal}")
            }))
        })
        .collect();
    (acc.into_iter())
        .zip(idents)
        .zip(&api.operations)
        .map(|((method, ident), operation)| {
            let [error, outcome, encoding, required] = BESIDE.map(|it| ident.with_suffix(it));
            let parameters = name_parameters(operation, sink);
            OperationNames { method, ident, error, outcome, encoding, required, parameters }
        })
        .collect()
}

/// What stands beside the struct of an operation. The names are kept free whether
/// it has all of them or not: what it gets later shall rename nothing.
const BESIDE: [&str; 4] = ["Error", "Outcome", "Encoding", "Required"];

/// Parameters of one operation share a scope with its body and how that is sent;
/// each may have a method of its name, beside those that every operation has.
fn name_parameters(operation: &Operation, sink: &mut Sink) -> Vec<ValueIdent> {
    use crate::api::Location;
    let mut scope = Scope::new("parameter", sink);
    for reserved in ["body", "encoding", "new", "request", "clone"] {
        scope.reserve(reserved);
    }
    (operation.parameters.iter())
        .map(|parameter| {
            let wanted = ValueIdent::new(&parameter.name);
            let word = match parameter.location {
                Location::Path => "path",
                Location::Query => "query",
                Location::Header => "header",
                Location::Cookie => "cookie",
            };
            // A parameter that clashes with a name of ours is not a conflict in
            // the document.
            let text = if scope.is_reserved(wanted.as_str()) {
                wanted.with_suffix("_param")
            } else {
                wanted
            };
            let given =
                scope.claim(
                    text.as_str().to_owned(),
                    &parameter.pointer,
                    |ordinal| match ordinal {
                        2 => text.with_suffix(&format!("_{word}")).to_string(),
                        ordinal => numbered(&text.with_suffix(&format!("_{word}")), ordinal - 1),
                    },
                );
            ValueIdent::given(given)
        })
        .collect()
}

/// Returns the name with a number behind it, for example `name_2`.
fn numbered(name: &ValueIdent, ordinal: usize) -> String {
    name.with_suffix(&format!("_{ordinal}")).to_string()
}
