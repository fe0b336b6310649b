//! The model in, its Rust names out, as a side table: valid, unique per scope, independent of unrelated entries.
//!
//! This is the one place where identifiers are made. Each Rust scope of the output has a scope
//! here, and whatever is written into it, also what is derived, such as `PetRequired`, has asked it.

mod arguments;
mod bodies;
mod client;
mod constants;
mod derived;
mod flow;
mod ident;
mod members;
mod operations;
mod scope;
mod status;
mod thing;
mod types;
mod webhooks;

pub use arguments::arguments_beside;
pub use bodies::BodyNames;
pub use client::{ClientNames, CredentialNames, VariableNames};
use constants::Constants;
pub use derived::Derived;
pub use flow::FlowNames;
pub use ident::{ConstIdent, ModuleIdent, TypeIdent, ValueIdent};
use members::Members;
pub(crate) use members::variant_field;
pub use operations::OperationNames;
pub use status::status_name;
use types::TypeNames;
pub use webhooks::{WebhookNames, WebhookSet};

use crate::api::{Api, OwnServerKey, TypeId};
use crate::diagnostic::Sink;

/// The Rust names of one API; indices are those of the model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    types: Vec<TypeNames>,
    members: Vec<Members>,
    operations: Vec<OperationNames>,
    client: ClientNames,
    constants: Constants,
    webhooks: WebhookNames,
}

impl Names {
    /// Returns the name of a type.
    pub fn type_ident(&self, id: TypeId) -> &TypeIdent {
        &self.types[id.0].ident
    }

    /// Returns the name of the struct that holds what the constructor of a type requires.
    pub fn required(&self, id: TypeId) -> &Derived<TypeIdent> {
        &self.types[id.0].required
    }

    /// Returns the name of a struct's property.
    pub fn field(&self, id: TypeId, property: usize) -> &ValueIdent {
        match &self.members[id.0] {
            Members::Fields(fields) => &fields[property].0,
            _ => unreachable!("only structs are asked for fields"),
        }
    }

    /// Returns the name of the method that sets a property.
    pub fn setter(&self, id: TypeId, property: usize) -> &ValueIdent {
        match &self.members[id.0] {
            Members::Fields(fields) => &fields[property].1,
            _ => unreachable!("only structs are asked for setters"),
        }
    }

    /// Returns the name of an enum's value or a union's variant.
    pub fn variant(&self, id: TypeId, variant: usize) -> &TypeIdent {
        match &self.members[id.0] {
            Members::Variants(variants) => &variants[variant],
            _ => unreachable!("only enums and unions are asked for variants"),
        }
    }

    /// Returns the name of the method that decodes a variant of a union that is kept as JSON.
    pub fn method(&self, id: TypeId, variant: usize) -> &ValueIdent {
        match &self.members[id.0] {
            Members::Methods(methods) => &methods[variant],
            _ => unreachable!("only unions that are kept as JSON are asked for methods"),
        }
    }

    /// Returns the names of an operation.
    pub fn operation(&self, index: usize) -> &OperationNames {
        &self.operations[index]
    }

    /// Returns the names of webhooks and callbacks.
    pub fn webhooks(&self) -> &WebhookNames {
        &self.webhooks
    }

    /// Returns the names of credentials and server variables.
    pub fn client(&self) -> &ClientNames {
        &self.client
    }

    /// Returns the name of the constant that holds the value of a header parameter.
    pub fn constant(&self, header: &str) -> &Derived<ConstIdent> {
        match self.constants.get(header) {
            Some(name) => name,
            None => unreachable!("only header parameters of the model are asked for: {header}"),
        }
    }

    /// Returns the name of the constant by which a header of responses is read.
    pub fn response_header(&self, header: &str) -> &Derived<ConstIdent> {
        match self.constants.response_header(header) {
            Some(name) => name,
            None => unreachable!("only headers of the model are asked for: {header}"),
        }
    }

    /// Returns the name of the constant that holds a server which operations have of their own.
    pub(crate) fn server(&self, key: &OwnServerKey) -> &Derived<ConstIdent> {
        match self.constants.server(key) {
            Some(name) => name,
            None => unreachable!("only servers of the model are asked for: {key:?}"),
        }
    }

    /// Names private constants of the file of operations: `HEADERS`, `HEADERS_2`.
    pub fn private_constants<'a>(
        &'a self,
        word: &'static str,
    ) -> impl Iterator<Item = ConstIdent> + 'a {
        self.constants.private(word)
    }
}

/// Names everything of an API that Rust needs a name for.
pub fn name(api: &Api, sink: &mut Sink) -> Names {
    let operations = operations::name_operations(api, sink);
    let types = types::name_types(api, &operations, sink);
    let members = api.types.iter().map(|it| members::name_members(api, it, sink)).collect();
    let client = client::name_client(api, sink);
    let webhooks = webhooks::name_webhooks(api, sink);
    Names { types, members, operations, client, constants: Constants::of(api), webhooks }
}

/// Returns the identifier of a module that a catalog names by one word.
pub fn module_ident(word: &str) -> ModuleIdent {
    ModuleIdent::given(word.to_owned())
}

/// Returns a type name for a test of what is written of it.
#[cfg(test)]
pub(crate) fn type_ident(text: &str) -> TypeIdent {
    TypeIdent::new(text)
}
