//! What can have a name, and its words in messages.

use crate::api::NameOf;

/// A kind of item that gets a name in a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Thing {
    Schema,
    InlineSchema,
    Property,
    EnumValue,
    Branch,
    Operation,
    Parameter,
    Response,
    MediaType,
    SecurityScheme,
    /// A scope of a flow.
    Scope,
    /// All scopes of a flow.
    Scopes,
    ServerVariable,
    ServerValue,
    /// All values of a server variable.
    ServerValues,
    /// A server that an operation has of its own.
    Server,
    /// The header of a parameter.
    Header,
    ResponseHeader,
    RequiredProperties,
    RequiredParameters,
    Errors,
    Outcomes,
    Encodings,
    Bodies,
    ErrorBodies,
    TokenSource,
    TokenArguments,
    /// A webhook or a callback.
    Webhook,
}

impl Thing {
    /// Returns how messages call one and several of them.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Schema => ("a schema", "schemas"),
            Self::InlineSchema => ("an inline schema", "inline schemas"),
            Self::Property => ("a property", "properties"),
            Self::EnumValue => ("an enum value", "enum values"),
            Self::Branch => ("a branch of a union", "branches of a union"),
            Self::Operation => ("an operation", "operations"),
            Self::Parameter => ("a parameter", "parameters"),
            Self::Response => ("a response", "responses"),
            Self::MediaType => ("a media type", "media types"),
            Self::SecurityScheme => ("a security scheme", "security schemes"),
            Self::Scope => ("a scope", "scopes"),
            Self::Scopes => ("the scopes of a security scheme", "security schemes"),
            Self::ServerVariable => ("a server variable", "server variables"),
            Self::ServerValue => ("a value of a server variable", "values of a server variable"),
            Self::ServerValues => ("the values of a server variable", "server variables"),
            Self::Server => ("a server", "servers"),
            Self::Header => ("a header", "headers"),
            Self::ResponseHeader => ("a response header", "response headers"),
            Self::RequiredProperties => {
                ("the required properties of a schema", "lists of required properties")
            }
            Self::RequiredParameters => {
                ("the required parameters of an operation", "lists of required parameters")
            }
            Self::Errors => ("the errors of an operation", "enums of errors"),
            Self::Outcomes => {
                ("the success responses of an operation", "enums of success responses")
            }
            Self::Encodings => ("the media types of an operation", "enums of media types"),
            Self::Bodies => ("the response bodies of an operation", "enums of response bodies"),
            Self::ErrorBodies => ("the error bodies of an operation", "enums of error bodies"),
            Self::TokenSource => ("the token source of an operation", "token sources"),
            Self::TokenArguments => ("what a token source takes", "arguments of token sources"),
            Self::Webhook => ("a webhook", "webhooks"),
        }
    }

    /// Returns which of the names at its place an overlay has to say that it gives; `None` where
    /// the place has one name only.
    pub(super) fn name_of(self) -> Option<NameOf> {
        match self {
            Self::Schema
            | Self::Operation
            | Self::EnumValue
            | Self::SecurityScheme
            | Self::Scope
            | Self::ServerValue
            | Self::Response
            | Self::MediaType
            | Self::Webhook => None,
            Self::InlineSchema => Some(NameOf::Type),
            Self::Property | Self::Parameter | Self::ServerVariable => Some(NameOf::Field),
            Self::Branch => Some(NameOf::Variant),
            Self::Scopes | Self::ServerValues => Some(NameOf::Values),
            Self::Server | Self::Header | Self::ResponseHeader => Some(NameOf::Constant),
            Self::RequiredProperties | Self::RequiredParameters => Some(NameOf::Required),
            Self::Errors => Some(NameOf::Error),
            Self::Outcomes => Some(NameOf::Outcome),
            Self::Encodings => Some(NameOf::Encoding),
            Self::Bodies => Some(NameOf::ResponseBody),
            Self::ErrorBodies => Some(NameOf::ErrorBody),
            Self::TokenSource => Some(NameOf::TokenSource),
            Self::TokenArguments => Some(NameOf::TokenRequired),
        }
    }
}

/// Says that two things map to one name, for example "two properties map to the same field name `x`".
pub(super) fn clash(one: Thing, other: Thing, kind: &str, name: &str) -> String {
    let who = if one == other {
        format!("two {}", one.words().1)
    } else {
        format!("{} and {}", one.words().0, other.words().0)
    };
    format!("{who} map to the same {kind} name `{name}`")
}
