//! The client to write down: where it sends, and what it is authorised with.

use super::PlannedEnum;
use crate::name::{TypeIdent, ValueIdent};

/// The client.
#[derive(Clone, Debug)]
pub struct PlannedClient {
    /// Where requests go when the caller does not say.
    pub server: PlannedServer,
    /// The other servers of the document.
    pub other_servers: Vec<String>,
    /// The credentials it can be given.
    pub credentials: Vec<PlannedCredential>,
}

/// Where requests go when the caller does not say.
#[derive(Clone, Debug)]
pub enum PlannedServer {
    /// The caller must say.
    None,
    /// The caller says the host; this is the path there.
    Path(String),
    /// A fixed place.
    Fixed(String),
    /// A place with variables.
    Template {
        /// The URL with `{variables}`.
        template: String,
        /// The variables.
        variables: Vec<PlannedVariable>,
    },
}

/// A variable of a server's URL.
#[derive(Clone, Debug)]
pub struct PlannedVariable {
    /// The name of the field.
    pub ident: ValueIdent,
    /// The method that sets it.
    pub setter: ValueIdent,
    /// The name in the template.
    pub name: String,
    /// The enum of known values, or `String`.
    pub known: Option<(TypeIdent, PlannedEnum)>,
    /// The default.
    pub default: Option<String>,
    /// The doc comment, as Markdown.
    pub docs: String,
}

/// A credential the client can be given.
#[derive(Clone, Debug)]
pub struct PlannedCredential {
    /// The name of the variant.
    pub ident: TypeIdent,
    /// The name of the scheme.
    pub scheme: String,
    /// What it holds.
    pub kind: CredentialKind,
    /// How its tokens are asked for at a token URL, where the document has one.
    pub grant: Option<PlannedGrant>,
    /// The doc comment, as Markdown.
    pub docs: String,
}

/// Client credentials at a token URL (RFC 6749 §4.4).
#[derive(Clone, Debug)]
pub struct PlannedGrant {
    /// The function that makes the credential.
    pub function: ValueIdent,
    /// The URL: absolute, or a reference that is resolved against the server.
    pub token_url: String,
    /// How the client proves who it is, where that is not HTTP Basic.
    pub authentication: Option<GrantAuthentication>,
    /// The enum of scopes, where the document lists some.
    pub scopes: Option<(TypeIdent, PlannedEnum)>,
}

/// How a client proves at a token URL who it is, where a document says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GrantAuthentication {
    /// Id and secret in the body.
    Post,
}

/// What a credential holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CredentialKind {
    /// A key.
    Key,
    /// A bearer token, which may also come from a provider.
    Bearer {
        /// The function that takes the provider.
        from: ValueIdent,
    },
    /// A user with a password.
    Basic,
}
