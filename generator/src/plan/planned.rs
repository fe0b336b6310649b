//! The plan: types, operations and a client, with every decision about them.

mod client;
mod operations;
mod types;

pub use client::{
    CredentialKind, GrantAuthentication, PlannedClient, PlannedCredential, PlannedGrant,
    PlannedServer, PlannedVariable,
};
pub use operations::{
    Argument, BodyEncoding, ConstantHeader, ErrorVariant, ListStyle, OutcomeVariant, Place,
    PlannedOperation, PlannedScheme, ReplyBody, Success, TokenArgument, TokenSource,
};
pub use types::{
    Constructor, Field, Item, PlannedEnum, PlannedStruct, PlannedType, PlannedUnion, Presence,
    TextVariant, Traits, UnionVariant, Word,
};
