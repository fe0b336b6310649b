//! Names the methods, structs, fields and variants of operations.

use super::bodies::{BodyNames, name_bodies};
use super::derived::Derived;
use super::scope::{Scope, Wish, by_rank};
use super::thing::Thing;
use super::{TypeIdent, ValueIdent, status_name};
use crate::api::{Api, Location, NameOf, Operation, ParameterId, RequestBody};
use crate::diagnostic::Sink;
use crate::pointer::Pointer;

/// The names of one operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationNames {
    /// The method of the client.
    pub method: ValueIdent,
    /// The struct of the operation, and what the names of its other types begin with.
    pub ident: TypeIdent,
    /// The enum of the declared errors, which each operation has.
    pub error: TypeIdent,
    /// The enum of the successes, where there are several.
    pub outcome: Derived<TypeIdent>,
    /// The enum of the media types of the body, where there are several.
    pub encoding: Derived<TypeIdent>,
    /// The struct of the required parameters, where there are many.
    pub required: Derived<TypeIdent>,
    /// The method of the client that returns a token source, where the operation is a token endpoint.
    pub token_source: Derived<ValueIdent>,
    /// The struct of what that takes beside the credentials, where it is much.
    pub token_required: Derived<TypeIdent>,
    /// The fields, one for each parameter of the model. A header that is sent with a constant value has none.
    parameters: Vec<Derived<ValueIdent>>,
    /// The field of the request body.
    pub body: ValueIdent,
    /// The variants of the media types, one for each of the request body.
    pub encodings: Vec<Derived<TypeIdent>>,
    /// The variants of errors and successes, one for each response of the model.
    pub responses: Vec<TypeIdent>,
    /// The enum of the bodies of each response that has several media types.
    pub bodies: Vec<Option<BodyNames>>,
}

impl OperationNames {
    /// Returns the field of a parameter, which may not be generated.
    pub fn parameter(&self, id: ParameterId) -> &Derived<ValueIdent> {
        &self.parameters[id.0]
    }
}

/// What every generated client has.
const CLIENT: &[&str] =
    &["new", "blocking", "builder", "core", "from", "send", "clone", TOKEN_SOURCE];

/// The method of the client for its one token source.
const TOKEN_SOURCE: &str = "token_source";

/// Returns the name of the method for the token source of a client with one token endpoint.
pub(super) fn token_source() -> ValueIdent {
    ValueIdent::given(TOKEN_SOURCE.to_owned())
}

/// Names everything of the operations.
pub(super) fn name_operations(api: &Api, sink: &mut Sink) -> Vec<OperationNames> {
    let mut method_scope = Scope::new("method", CLIENT);
    let methods = name_methods(api, &mut method_scope, sink);
    // Traits whose methods the file of the operations calls.
    let mut type_scope = Scope::new("type", &["Default", "Into"]);
    let idents = name_structs(api, &methods, &mut type_scope, sink);
    let mut acc: Vec<Option<OperationNames>> = vec![None; api.operations.len()];
    let mut in_order: Vec<_> = methods.into_iter().zip(idents).enumerate().collect();
    // What is derived is claimed in an order that the document's does not change.
    in_order.sort_by(|a, b| a.1.0.as_str().cmp(b.1.0.as_str()));
    for (index, (method, (ident, error))) in in_order {
        let operation = &api.operations[index];
        let mut followed = |of, thing, word: &str, more: &str| {
            let wanted = format!("{ident}{word}");
            let mut wish = wish(api, operation, of, thing, TypeIdent::new, &wanted);
            wish.name.push_str(more);
            let other = |ordinal| format!("{}{ordinal}", wish.name);
            Derived::claim(&mut type_scope, &wish, other, TypeIdent::given)
        };
        let mut beside = |of, thing, word: &str| followed(of, thing, word, "");
        let outcome = beside(NameOf::Outcome, Thing::Outcomes, "Outcome");
        let is_one_type = operation.body.as_ref().is_none_or(RequestBody::is_one_type);
        let word = if is_one_type { "Encoding" } else { "Body" };
        let encoding = beside(NameOf::Encoding, Thing::Encodings, word);
        let required = beside(NameOf::Required, Thing::RequiredParameters, "Required");
        let token_required = beside(NameOf::TokenRequired, Thing::TokenArguments, "TokenRequired");
        let responses = name_responses(operation, sink);
        let bodies = name_bodies(api, operation, &responses, |of, more| match of {
            NameOf::ResponseBody => followed(of, Thing::Bodies, "ResponseBody", more),
            _ => followed(of, Thing::ErrorBodies, "ErrorBody", more),
        });
        let wanted = method.followed_by(TOKEN_SOURCE);
        let of = NameOf::TokenSource;
        let wish = wish(api, operation, of, Thing::TokenSource, ValueIdent::new, &wanted);
        let other = |ordinal| format!("{}_{ordinal}", wish.name);
        let token_source = Derived::claim(&mut method_scope, &wish, other, ValueIdent::given);
        acc[index] = Some(OperationNames {
            parameters: name_parameters(api, operation),
            body: ValueIdent::given(BODY.to_owned()),
            encodings: operation.body.as_ref().map_or_else(Vec::new, |it| name_encodings(api, it)),
            responses,
            bodies,
            method,
            ident,
            error,
            outcome,
            encoding,
            required,
            token_source,
            token_required,
        });
    }
    acc.into_iter().flatten().collect()
}

/// Returns the wish for a name that is derived from that of an operation, or that the overlay gives.
fn wish<T: ToString>(
    api: &Api,
    operation: &Operation,
    of: NameOf,
    thing: Thing,
    ident: fn(&str) -> T,
    wanted: &str,
) -> Wish {
    let given = api.given_names.get(&operation.pointer, of);
    Wish {
        thing,
        at: operation.pointer.clone(),
        name: given.map_or_else(|| wanted.to_owned(), |it| ident(it).to_string()),
        given: given.is_some(),
        spelling: operation.id.clone(),
    }
}

fn name_methods(api: &Api, scope: &mut Scope, sink: &mut Sink) -> Vec<ValueIdent> {
    let wanted: Vec<_> = api.operations.iter().map(|it| ValueIdent::new(&it.id)).collect();
    let wishes: Vec<_> = (api.operations.iter().zip(&wanted))
        .map(|(operation, wanted)| {
            plain(Thing::Operation, &operation.pointer, &operation.id, wanted)
        })
        .collect();
    let names = scope.settle(&wishes, sink, |of, ordinal| wanted[of].followed_by(ordinal));
    names.into_iter().map(ValueIdent::given).collect()
}

/// Names the struct of each operation and the enum of its errors. Method and struct are made of one
/// text, so that they never drift apart.
fn name_structs(
    api: &Api,
    methods: &[ValueIdent],
    scope: &mut Scope,
    sink: &mut Sink,
) -> Vec<(TypeIdent, TypeIdent)> {
    let wishes: Vec<_> = (api.operations.iter().zip(methods))
        .map(|(operation, method)| {
            let ident = TypeIdent::new(method.as_str());
            plain(Thing::Operation, &operation.pointer, &operation.id, &ident)
        })
        .collect();
    let beside = |index: usize, ident: &str| {
        let wanted = format!("{ident}Error");
        let operation = &api.operations[index];
        wish(api, operation, NameOf::Error, Thing::Errors, TypeIdent::new, &wanted)
    };
    // What is free is given by rank, alternatives only then.
    let mut claimed = Vec::new();
    for index in by_rank(&wishes) {
        let ident = scope.claim(&wishes[index]);
        let error = ident.as_ref().ok().map(|ident| scope.claim(&beside(index, ident)));
        claimed.push((index, ident, error));
    }
    let mut acc: Vec<Option<(TypeIdent, TypeIdent)>> = vec![None; wishes.len()];
    for (index, ident, error) in claimed {
        let ident = ident.unwrap_or_else(|holder| scope.settle_lost(&wishes[index], holder, sink));
        let wish = beside(index, &ident);
        let error = error.unwrap_or_else(|| scope.claim(&wish));
        let error = error.unwrap_or_else(|holder| scope.settle_lost(&wish, holder, sink));
        acc[index] = Some((TypeIdent::given(ident), TypeIdent::given(error)));
    }
    acc.into_iter().flatten().collect()
}

/// Returns the wish for a name that nothing else gives.
pub(super) fn plain(thing: Thing, at: &Pointer, spelling: &str, name: &impl ToString) -> Wish {
    let (at, spelling) = (at.clone(), spelling.to_owned());
    Wish { thing, at, name: name.to_string(), given: false, spelling }
}

/// The field of the request body.
const BODY: &str = "body";

/// Parameters of one operation share a scope with its body and how that is sent;
/// each may have a method of its name, beside those that every operation has.
fn name_parameters(api: &Api, operation: &Operation) -> Vec<Derived<ValueIdent>> {
    let reserved = [BODY, "encoding", "new", "default", "request", "clone"];
    let mut scope = Scope::new("field", &reserved);
    let mut indices: Vec<_> = (0..operation.parameters.len()).collect();
    // Of two that have one name, the one in the path keeps it.
    indices.sort_by_key(|it| word(operation.parameters[*it].location).0);
    let wishes: Vec<_> = (indices.iter())
        .map(|index| {
            let parameter = &operation.parameters[*index];
            let given = api.given_names.get(&parameter.pointer, NameOf::Field);
            let wanted = ValueIdent::new(given.unwrap_or(&parameter.name));
            // A parameter that clashes with a name of ours is not a conflict in
            // the document.
            let name = if given.is_none() && scope.is_reserved(wanted.as_str()) {
                wanted.followed_by("param")
            } else {
                wanted.to_string()
            };
            Wish {
                thing: Thing::Parameter,
                at: parameter.pointer.clone(),
                name,
                given: given.is_some(),
                spelling: parameter.name.clone(),
            }
        })
        .collect();
    let mut said = Sink::default();
    let names = scope.settle(&wishes, &mut said, |of, ordinal| {
        let (_, word) = word(operation.parameters[indices[of]].location);
        let told = ValueIdent::given(wishes[of].name.clone()).followed_by(word);
        if ordinal == 2 { told } else { format!("{told}_{}", ordinal - 1) }
    });
    let said = said.into_diagnostics();
    let names = names.into_iter().zip(&wishes).map(|(name, wish)| {
        let collision = said.iter().find(|it| it.at == wish.at).cloned();
        Derived::settled(ValueIdent::given(name), collision)
    });
    let mut fields: Vec<_> = indices.into_iter().zip(names).collect();
    fields.sort_by_key(|it| it.0);
    fields.into_iter().map(|it| it.1).collect()
}

/// Returns the rank of a location, and its word.
fn word(location: Location) -> (u8, &'static str) {
    match location {
        Location::Path => (0, "path"),
        Location::Query => (1, "query"),
        Location::Header => (2, "header"),
        Location::Cookie => (3, "cookie"),
    }
}

/// The media type that an encoding is made for is named by one word, any other by itself.
fn name_encodings(api: &Api, body: &RequestBody) -> Vec<Derived<TypeIdent>> {
    let wishes: Vec<_> = (body.contents.iter())
        .map(|content| {
            let given = api.given_names.get(&content.pointer, NameOf::Variant);
            let own = if content.media_type == content.encoding.media_type() {
                content.encoding.name()
            } else {
                &content.media_type
            };
            Wish {
                thing: Thing::MediaType,
                at: content.pointer.clone(),
                name: TypeIdent::new(given.unwrap_or(own)).to_string(),
                given: given.is_some(),
                spelling: content.media_type.clone(),
            }
        })
        .collect();
    let mut scope = Scope::new("variant", &[]);
    let mut acc: Vec<Option<Derived<TypeIdent>>> = vec![None; wishes.len()];
    for index in by_rank(&wishes) {
        let wish = &wishes[index];
        let other = |ordinal| format!("{}{ordinal}", wish.name);
        acc[index] = Some(Derived::claim(&mut scope, wish, other, TypeIdent::given));
    }
    acc.into_iter().flatten().collect()
}

/// Errors and successes are two enums; what tells their variants apart is the status in both.
fn name_responses(operation: &Operation, sink: &mut Sink) -> Vec<TypeIdent> {
    let mut scope = Scope::new("variant", &[]);
    let wishes: Vec<_> = (operation.responses.iter())
        .map(|it| {
            let name = status_name(it.status);
            plain(Thing::Response, &it.pointer, &name, &TypeIdent::new(&name))
        })
        .collect();
    let names = scope.settle(&wishes, sink, |of, ordinal| format!("{}{ordinal}", wishes[of].name));
    names.into_iter().map(TypeIdent::given).collect()
}
