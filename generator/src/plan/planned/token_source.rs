//! The token sources to write down: how each makes its operation of client credentials.

use crate::name::{TypeIdent, ValueIdent};
use crate::plan::RustType;

pub use crate::api::TokenFields;

/// A source of tokens that asks by an operation (RFC 6749 §4.4).
#[derive(Clone, Debug)]
pub struct TokenSource {
    /// The method of the client.
    pub method: ValueIdent,
    /// What the caller gives once, for example an audience.
    pub given: Vec<(ValueIdent, RustType)>,
    /// The struct that it comes as, where it is much.
    pub bundle: Option<TypeIdent>,
    /// How the operation is made.
    pub operation: Making,
    /// How its request body is made, where it has one.
    pub body: Option<TokenBody>,
    /// Whether id and secret are sent by HTTP Basic.
    pub basic: bool,
    /// Where the response has its values.
    pub fields: TokenFields,
    /// Whether the document marks the operation, or a parameter that is set, deprecated.
    pub deprecated: bool,
}

/// The request body of a token request.
#[derive(Clone, Debug)]
pub struct TokenBody {
    /// Its type, or that of the variant it is.
    pub ty: TypeIdent,
    /// How that is made.
    pub making: Making,
    /// The unions around it, from the inside.
    pub within: Vec<TokenVariant>,
    /// Its media type, where the operation has a variant for each.
    pub media: Option<TokenVariant>,
}

/// A variant of a union.
#[derive(Clone, Debug)]
pub struct TokenVariant {
    /// The union.
    pub union: TypeIdent,
    /// The variant.
    pub variant: TypeIdent,
    /// Whether it holds a box.
    pub boxed: bool,
}

/// How a struct is made: by its constructor, then by setters.
#[derive(Clone, Debug, Default)]
pub struct Making {
    /// The struct that the constructor takes, where it takes much.
    pub bundle: Option<TypeIdent>,
    /// What the constructor takes, in order.
    pub takes: Vec<Filled>,
    /// What is set after it.
    pub sets: Vec<Filled>,
}

/// A field with its value.
#[derive(Clone, Debug)]
pub struct Filled {
    /// The field, or the method that sets it.
    pub ident: ValueIdent,
    /// The type, behind the aliases of texts.
    pub ty: RustType,
    /// The value.
    pub value: TokenValue,
}

/// What a part of a token request is.
#[derive(Clone, Debug)]
pub enum TokenValue {
    /// The client's id.
    Id,
    /// The client's secret.
    Secret,
    /// The grant, as a variant of the enum that lists it.
    Grant(TypeIdent, TypeIdent),
    /// The grant, as a text.
    GrantText,
    /// What the caller gives under this name.
    Given(ValueIdent),
    /// The request body.
    Body,
}
