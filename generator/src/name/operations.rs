//! Operations of the model in, the names of their methods, structs, fields and variants out.

use super::derived::Derived;
use super::scope::{Scope, Wish};
use super::thing::Thing;
use super::{TypeIdent, ValueIdent, status_name};
use crate::api::{Api, Encoding, Location, NameOf, Operation, RequestBody};
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
    /// The fields, one for each parameter of the model.
    pub parameters: Vec<ValueIdent>,
    /// The field of the request body.
    pub body: ValueIdent,
    /// The variants of the media types, one for each of the request body.
    pub encodings: Vec<Derived<TypeIdent>>,
    /// The variants of errors and successes, one for each response of the model.
    pub responses: Vec<TypeIdent>,
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
    let mut acc = Vec::new();
    for ((method, (ident, error)), operation) in
        methods.into_iter().zip(idents).zip(&api.operations)
    {
        let mut beside = |of, thing, word: &str| {
            let wanted = format!("{ident}{word}");
            let wish = wish(api, operation, of, thing, TypeIdent::new, &wanted);
            let other = |ordinal| format!("{}{ordinal}", wish.name);
            Derived::claim(&mut type_scope, &wish, other, TypeIdent::given)
        };
        let outcome = beside(NameOf::Outcome, Thing::Outcomes, "Outcome");
        let encoding = beside(NameOf::Encoding, Thing::Encodings, "Encoding");
        let required = beside(NameOf::Required, Thing::RequiredParameters, "Required");
        let token_required = beside(NameOf::TokenRequired, Thing::TokenArguments, "TokenRequired");
        let wanted = method.followed_by(TOKEN_SOURCE);
        let of = NameOf::TokenSource;
        let wish = wish(api, operation, of, Thing::TokenSource, ValueIdent::new, &wanted);
        let other = |ordinal| format!("{}_{ordinal}", wish.name);
        let token_source = Derived::claim(&mut method_scope, &wish, other, ValueIdent::given);
        acc.push(OperationNames {
            parameters: name_parameters(api, operation, sink),
            body: ValueIdent::given(BODY.to_owned()),
            encodings: operation.body.as_ref().map_or_else(Vec::new, |it| name_encodings(api, it)),
            responses: name_responses(operation, sink),
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
    acc
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
    }
}

fn name_methods(api: &Api, scope: &mut Scope, sink: &mut Sink) -> Vec<ValueIdent> {
    let wanted: Vec<_> = api.operations.iter().map(|it| ValueIdent::new(&it.id)).collect();
    let wishes: Vec<_> = (api.operations.iter().zip(&wanted))
        .map(|(operation, wanted)| plain(Thing::Operation, &operation.pointer, wanted))
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
    let own = |index: usize| {
        let ident = TypeIdent::new(methods[index].as_str());
        plain(Thing::Operation, &api.operations[index].pointer, &ident)
    };
    let beside = |index: usize, ident: &str| {
        let error = format!("{ident}Error");
        let of = NameOf::Error;
        wish(api, &api.operations[index], of, Thing::Errors, TypeIdent::new, &error)
    };
    let indices = 0..api.operations.len();
    // What is free is given in the order of the document, alternatives only then.
    let claimed: Vec<_> = indices
        .map(|index| {
            let ident = scope.claim(&own(index))?;
            let error = scope.claim(&beside(index, &ident));
            Ok((ident, error))
        })
        .collect();
    let mut acc = Vec::new();
    for (index, claimed) in claimed.into_iter().enumerate() {
        let (ident, error) = match claimed {
            Ok(both) => both,
            Err(holder) => {
                let ident = scope.settle_lost(&own(index), holder, sink);
                let error = scope.claim(&beside(index, &ident));
                (ident, error)
            }
        };
        let error =
            error.unwrap_or_else(|holder| scope.settle_lost(&beside(index, &ident), holder, sink));
        acc.push((TypeIdent::given(ident), TypeIdent::given(error)));
    }
    acc
}

/// Returns the wish for a name that nothing else gives.
pub(super) fn plain(thing: Thing, at: &Pointer, name: &impl ToString) -> Wish {
    Wish { thing, at: at.clone(), name: name.to_string(), given: false }
}

/// The field of the request body.
const BODY: &str = "body";

/// Parameters of one operation share a scope with its body and how that is sent;
/// each may have a method of its name, beside those that every operation has.
fn name_parameters(api: &Api, operation: &Operation, sink: &mut Sink) -> Vec<ValueIdent> {
    let reserved = [BODY, "encoding", "new", "default", "request", "clone"];
    let mut scope = Scope::new("field", &reserved);
    let wishes: Vec<_> = (operation.parameters.iter())
        .map(|parameter| {
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
            }
        })
        .collect();
    let names = scope.settle(&wishes, sink, |of, ordinal| {
        let word = match operation.parameters[of].location {
            Location::Path => "path",
            Location::Query => "query",
            Location::Header => "header",
            Location::Cookie => "cookie",
        };
        let told = ValueIdent::given(wishes[of].name.clone()).followed_by(word);
        if ordinal == 2 { told } else { format!("{told}_{}", ordinal - 1) }
    });
    names.into_iter().map(ValueIdent::given).collect()
}

/// A media type is named by how it is written, a further one of that kind by itself.
fn name_encodings(api: &Api, body: &RequestBody) -> Vec<Derived<TypeIdent>> {
    let mut scope = Scope::new("variant", &[]);
    (body.contents.iter())
        .map(|content| {
            let word = match content.encoding {
                Encoding::Json => "Json",
                Encoding::Form => "Form",
                Encoding::Text => "Text",
                Encoding::Bytes => "Bytes",
            };
            let given = api.given_names.get(&content.pointer, NameOf::Variant);
            let full = TypeIdent::new(given.unwrap_or(&content.media_type)).to_string();
            let is_taken = given.is_some() || scope.is_taken(word);
            let wish = Wish {
                thing: Thing::MediaType,
                at: content.pointer.clone(),
                name: if is_taken { full.clone() } else { word.to_owned() },
                given: given.is_some(),
            };
            let other = |ordinal| format!("{full}{ordinal}");
            Derived::claim(&mut scope, &wish, other, TypeIdent::given)
        })
        .collect()
}

/// Errors and successes are two enums; what tells their variants apart is the status in both.
fn name_responses(operation: &Operation, sink: &mut Sink) -> Vec<TypeIdent> {
    let mut scope = Scope::new("variant", &[]);
    let wishes: Vec<_> = (operation.responses.iter())
        .map(|it| plain(Thing::Response, &it.pointer, &TypeIdent::new(&status_name(it.status))))
        .collect();
    let names = scope.settle(&wishes, sink, |of, ordinal| format!("{}{ordinal}", wishes[of].name));
    names.into_iter().map(TypeIdent::given).collect()
}
