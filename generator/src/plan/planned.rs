//! The plan: types, operations and a client, with every decision about them.

mod client;
mod operations;
mod pages;
mod token_source;
mod types;
mod webhooks;

pub use client::{
    CredentialKind, GrantAuthentication, PlannedClient, PlannedCredential, PlannedGrant,
    PlannedServer, PlannedVariable,
};
pub use operations::{
    Argument, BodiesOf, BodyEncoding, BodyVariant, ConstantHeader, ErrorVariant, ListStyle,
    ObjectStyle, OutcomeVariant, PathStyle, Place, PlannedBodies, PlannedOperation, PlannedScheme,
    PlannedStream, ReplyBody, Success,
};
pub use pages::{Access, Holds, PlannedNext, PlannedPages};
pub use token_source::{
    Filled, Making, TokenBody, TokenFields, TokenSource, TokenValue, TokenVariant,
};
pub use types::{
    Field, Item, JsonBranch, PlannedEnum, PlannedJsonUnion, PlannedStruct, PlannedType,
    PlannedUnion, PlannedVariant, Presence, Start, TextVariant, Traits, UnionVariant, Word,
};
pub use webhooks::{PlannedWebhook, PlannedWebhooks, ToldMark, WebhookField, WebhookRead};
