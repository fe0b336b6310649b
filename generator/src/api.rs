//! The model: the wire contract of a document, independent of Rust; made by `lower`, read by `name` and `plan`.
//!
//! The shapes are a closed set. References are resolved to [`TypeId`]s, `allOf`
//! is merged, inline schemas that need a name of their own are hoisted into
//! [`Api::types`] with their [`Origin`]. What the contract says is kept even
//! where no code uses it yet: bounds, defaults, spelling, examples.

mod encoding;
mod given;
mod id;
mod left_over;
mod method;
mod operation;
mod own_server;
mod pagination;
mod response;
mod retries;
mod secrecy;
mod server;
mod token_endpoint;
mod type_def;
mod type_ref;
mod union;
mod usage;
mod webhook;

pub use encoding::Encoding;
pub(crate) use encoding::ReadAs;
pub(crate) use given::name_entry;
pub use given::{GivenName, GivenNames, NameOf};
pub use id::{OperationId, ParameterId, SchemeId, TypeId};
pub use left_over::{LeftOver, Part, Written};

pub use crate::derives::Derive;
pub use crate::formats::Formats;
pub use crate::keyword::{Fate, Way};
pub use crate::replacement::Replacement;
pub use method::Method;
pub use operation::{
    Content, FieldEncoding, FieldStyle, Location, Need, ObjectStyle, Operation, Parameter,
    PathPart, RequestBody, Style,
};
pub(crate) use own_server::{OwnServerKey, ServerUrl};
pub use pagination::{BodyPath, NextPage, Pagination};
pub use response::{Response, ResponseHeader, StatusPattern};
pub use retries::Retries;
pub use secrecy::Secrecy;
pub(crate) use secrecy::Text;
pub use server::{Flow, FlowScope, SecurityKind, SecurityScheme, Server, ServerVariable};
pub use token_endpoint::{CLIENT_CREDENTIALS, TokenEndpoint, TokenFields, TokenInput};
pub use type_def::{
    Additional, Docs, EnumSpelling, EnumValue, OpenEnum, Origin, Owner, Property, Role, Shape,
    Struct, TypeDef,
};
pub use type_ref::{Constraints, IntegerWidth, ListedValues, NumberWidth, Type, TypeRef};
pub use union::{JsonKind, TagKind, Tagging, Told, ToldBy, Union, Variant};
pub(crate) use usage::{Usage, named, of_operation, uses, with_users};
pub use webhook::{CallbackOf, Webhook, WebhookBody};

/// One API of one version.
#[derive(Clone, Debug, PartialEq)]
pub struct Api {
    /// `openapi`, for example `3.0.3`.
    pub openapi: String,
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `info.description`.
    pub description: Option<String>,
    /// The servers of the document, in its order; empty when it names none.
    pub servers: Vec<Server>,
    /// The security schemes, in the order of the document.
    pub security_schemes: Vec<SecurityScheme>,
    /// Every type that gets a name; a [`TypeId`] is the index. Components
    /// first, in the order of the document, then hoisted inline types in the
    /// order they are met.
    pub types: Vec<TypeDef>,
    /// Every operation that can be generated, in the order of the document.
    pub operations: Vec<Operation>,
    /// The requests that the API sends, in the order of the document: webhooks, then the callbacks of operations.
    pub webhooks: Vec<Webhook>,
    /// The libraries that have types for values of formats.
    pub formats: Formats,
    /// What types derive beside their own traits.
    pub derives: Vec<Derive>,
    /// The types that are written by hand.
    pub replacements: Vec<Replacement>,
    /// The names that the overlay gives beside those of types, enum values, branches and operations.
    pub given_names: GivenNames,
    /// What is left over of the document as a whole: operations that are left out, and the text of webhooks.
    pub left_over: Vec<LeftOver>,
    /// What the references of all that is left over lead to.
    pub parts: Vec<Part>,
}

impl Api {
    /// Returns the type behind an id.
    pub fn type_def(&self, id: TypeId) -> &TypeDef {
        &self.types[id.0]
    }

    /// Returns the security scheme behind an id.
    pub fn scheme(&self, id: SchemeId) -> &SecurityScheme {
        &self.security_schemes[id.0]
    }

    /// Returns the operation behind an id.
    pub fn operation(&self, id: OperationId) -> &Operation {
        &self.operations[id.0]
    }

    /// Returns what a type is behind all names that stand for another type.
    pub(crate) fn behind_aliases<'a>(&'a self, ty: &'a TypeRef) -> &'a TypeRef {
        let mut ty = ty;
        // A cycle of aliases is not a type; the bound ends it.
        for _ in 0..=self.types.len() {
            let Type::Named(id) = ty.ty else { break };
            let Shape::Alias(inner) = &self.type_def(id).shape else { break };
            ty = inner;
        }
        ty
    }

    /// Returns the shape of a type that has a name, behind all aliases.
    pub fn shape<'a>(&'a self, ty: &'a TypeRef) -> Option<&'a Shape> {
        match self.behind_aliases(ty).ty {
            Type::Named(id) => Some(&self.type_def(id).shape),
            _ => None,
        }
    }
}
