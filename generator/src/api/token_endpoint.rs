//! How an operation gives tokens for client credentials (RFC 6749 §4.4): where the request has what, and the response the token.

use super::ParameterId;

/// How an operation gives tokens for client credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenEndpoint {
    /// Which variant of the body's type, and of the union that is, asks for such a token; empty where the
    /// body is an object.
    pub branch: Vec<usize>,
    /// What says the grant; `None` where the tag of a union does, or nothing.
    pub grant: Option<TokenInput>,
    /// What names the client; `None` where HTTP Basic does alone.
    pub id: Option<TokenInput>,
    /// What proves the client; `None` where HTTP Basic does.
    pub secret: Option<TokenInput>,
    /// Whether id and secret are sent by HTTP Basic (RFC 6749 §2.3.1).
    pub basic: bool,
    /// Where the response has its values.
    pub fields: TokenFields,
}

/// A part of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenInput {
    /// The property of the body with this index.
    Property(usize),
    /// The parameter of the operation.
    Parameter(ParameterId),
}

/// Where a response has its values: JSON pointers (RFC 6901) where it is not as RFC 6749 §5.1 says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TokenFields {
    /// The token.
    pub access_token: Option<String>,
    /// Its lifetime.
    pub expires_in: Option<String>,
    /// Its type.
    pub token_type: Option<String>,
    /// Whether the document declares the response and no type of the token in it.
    pub without_token_type: bool,
}

/// The grant type of client credentials.
pub const CLIENT_CREDENTIALS: &str = "client_credentials";
