//! What a plan is made of: types, operations and a client, each with every decision about it.

mod client;
mod operations;
mod token_source;
mod types;

pub use client::{
    CredentialKind, PlannedClient, PlannedCredential, PlannedServer, PlannedVariable,
};
pub use operations::{
    Argument, BodyEncoding, ConstantHeader, ErrorVariant, ListStyle, OutcomeVariant, Place,
    PlannedOperation, PlannedScheme, ReplyBody, Success,
};
pub use token_source::{
    Filled, Making, TokenBody, TokenFields, TokenSource, TokenValue, TokenVariant,
};
pub use types::{
    Constructor, Field, Item, PlannedEnum, PlannedStruct, PlannedType, PlannedUnion, Presence,
    TextVariant, Traits, UnionVariant, Word,
};
