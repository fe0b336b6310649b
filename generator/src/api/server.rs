//! The servers and security schemes of the model.

use super::LeftOver;
use crate::pointer::Pointer;

/// A server (OpenAPI 3.0.3 §4.7.5).
#[derive(Clone, Debug, PartialEq)]
pub struct Server {
    /// The URL template, for example `https://api.{region}.example.com`.
    pub url: String,
    /// What the document says about it.
    pub description: Option<String>,
    /// The variables of the template, in the order of the template.
    pub variables: Vec<ServerVariable>,
    /// The place.
    pub pointer: Pointer,
    /// What the document says of it and the model does not express.
    pub left_over: Vec<LeftOver>,
}

/// A variable of a server URL.
#[derive(Clone, Debug, PartialEq)]
pub struct ServerVariable {
    /// The name between the braces.
    pub name: String,
    /// The default; `None` when the overlay says that there is none to rely on.
    pub default: Option<String>,
    /// The known values; empty when the document lists none. Never closed.
    pub values: Vec<String>,
    /// What the document says about it.
    pub description: Option<String>,
    /// The place.
    pub pointer: Pointer,
}

/// A security scheme (OpenAPI 3.0.3 §4.7.27).
#[derive(Clone, Debug, PartialEq)]
pub struct SecurityScheme {
    /// The component name, for example `ApiKeyAuth`.
    pub name: String,
    /// How the credential is sent.
    pub kind: SecurityKind,
    /// The flow in which a program gets its tokens by itself, where there is one.
    pub client_credentials: Option<Flow>,
    /// What the document says about it.
    pub description: Option<String>,
    /// The place.
    pub pointer: Pointer,
    /// What the document says of it and the model does not express.
    pub left_over: Vec<LeftOver>,
}

/// An OAuth flow that a program can do alone (OpenAPI 3.0.3 §4.7.29).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// Where tokens are issued, as the document writes it: absolute, or relative to the server.
    pub token_url: String,
    /// How the client proves who it is, by the name that RFC 7591 §2 registers, where an extension
    /// says so.
    pub authentication: Option<String>,
    /// What can be asked for, in the order of the document.
    pub scopes: Vec<FlowScope>,
    /// The place.
    pub pointer: Pointer,
}

/// A scope of a flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowScope {
    /// The text that is sent.
    pub name: String,
    /// What the document says about it.
    pub description: Option<String>,
    /// The place.
    pub pointer: Pointer,
}

/// How a credential is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecurityKind {
    /// In a header of this name.
    ApiKeyHeader(String),
    /// In a query parameter of this name.
    ApiKeyQuery(String),
    /// In a cookie of this name.
    ApiKeyCookie(String),
    /// `Authorization: Bearer …`; also what `oauth2` and `openIdConnect` come to.
    Bearer,
    /// `Authorization: Basic …`.
    Basic,
}
