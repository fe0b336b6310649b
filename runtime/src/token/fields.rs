//! Where the response of a token endpoint has its values: as RFC 6749 says, or as another API does.

use std::borrow::Cow;

/// Where the response of a token endpoint has its values, as JSON pointers (RFC 6901) through objects.
///
/// The default is the response of RFC 6749 section 5.1. What differs from it is set:
///
/// ```
/// use tamarack_runtime::token::TokenFields;
///
/// // {"data": {"token": "…", "ttl": 300}}
/// let fields = TokenFields::at("/data/token").expires_in("/data/ttl").without_token_type();
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenFields {
    pub(super) access_token: Cow<'static, str>,
    pub(super) token_type: Cow<'static, str>,
    pub(super) expires_in: Cow<'static, str>,
    pub(super) scope: Cow<'static, str>,
    /// Whether a response without `token_type` is one with a bearer token.
    pub(super) assume_bearer: bool,
}

impl TokenFields {
    /// Says where the access token stands. The other values are looked for beside it, under the names of
    /// RFC 6749.
    pub fn at(access_token: impl Into<Cow<'static, str>>) -> Self {
        let access_token = access_token.into();
        let parent = access_token.rsplit_once('/').map_or("", |(parent, _)| parent);
        let beside = |name: &str| Cow::Owned(format!("{parent}/{name}"));
        Self {
            token_type: beside("token_type"),
            expires_in: beside("expires_in"),
            scope: beside("scope"),
            access_token,
            assume_bearer: false,
        }
    }

    /// Says where the lifetime stands, in seconds.
    pub fn expires_in(mut self, pointer: impl Into<Cow<'static, str>>) -> Self {
        self.expires_in = pointer.into();
        self
    }

    /// Says where the type of the token stands.
    pub fn token_type(mut self, pointer: impl Into<Cow<'static, str>>) -> Self {
        self.token_type = pointer.into();
        self
    }

    /// Takes a response without a type for one with a bearer token. A type that is there still has to be
    /// `Bearer`.
    pub fn without_token_type(mut self) -> Self {
        self.assume_bearer = true;
        self
    }
}

impl Default for TokenFields {
    fn default() -> Self {
        Self {
            access_token: Cow::Borrowed("/access_token"),
            token_type: Cow::Borrowed("/token_type"),
            expires_in: Cow::Borrowed("/expires_in"),
            scope: Cow::Borrowed("/scope"),
            assume_bearer: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_said_stands_beside_the_token_under_the_names_of_the_rfc() {
        assert_eq!(TokenFields::at("/access_token"), TokenFields::default());
        let nested = TokenFields::at("/data/token");
        let places = [&nested.token_type, &nested.expires_in, &nested.scope];
        assert_eq!(places, ["/data/token_type", "/data/expires_in", "/data/scope"]);
    }
}
