//! The `error` codes of OAuth responses; undeclared codes are kept.

use std::fmt;

/// Longer texts are not codes.
pub(super) const MAX_LEN: usize = 128;

/// The `error` code of a response (RFC 6749 section 5.2, and other common ones).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OAuthErrorCode {
    /// `invalid_request`
    InvalidRequest,
    /// `invalid_client`
    InvalidClient,
    /// `invalid_grant`
    InvalidGrant,
    /// `unauthorized_client`
    UnauthorizedClient,
    /// `unsupported_grant_type`
    UnsupportedGrantType,
    /// `invalid_scope`
    InvalidScope,
    /// `invalid_target` (RFC 8707)
    InvalidTarget,
    /// `access_denied`
    AccessDenied,
    /// `server_error`
    ServerError,
    /// `temporarily_unavailable`
    TemporarilyUnavailable,
    /// `slow_down` (RFC 8628)
    SlowDown,
    /// Any other code, as it was received.
    Other(Box<str>),
}

impl OAuthErrorCode {
    /// Returns the text of the code.
    pub fn as_str(&self) -> &str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::InvalidScope => "invalid_scope",
            Self::InvalidTarget => "invalid_target",
            Self::AccessDenied => "access_denied",
            Self::ServerError => "server_error",
            Self::TemporarilyUnavailable => "temporarily_unavailable",
            Self::SlowDown => "slow_down",
            Self::Other(text) => text,
        }
    }

    pub(super) fn read(text: &str) -> Self {
        Self::named(text).unwrap_or_else(|| Self::Other(text.into()))
    }

    /// Returns one that has a name here.
    pub(super) fn named(text: &str) -> Option<Self> {
        let named = [
            Self::InvalidRequest,
            Self::InvalidClient,
            Self::InvalidGrant,
            Self::UnauthorizedClient,
            Self::UnsupportedGrantType,
            Self::InvalidScope,
            Self::InvalidTarget,
            Self::AccessDenied,
            Self::ServerError,
            Self::TemporarilyUnavailable,
            Self::SlowDown,
        ];
        named.into_iter().find(|code| code.as_str() == text)
    }

    /// Returns whether the same request may succeed later, according to the code alone.
    pub(super) fn is_passing(&self) -> bool {
        matches!(self, Self::ServerError | Self::TemporarilyUnavailable | Self::SlowDown)
    }
}

impl fmt::Display for OAuthErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.as_str().escape_debug())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_round_trip() {
        for text in ["invalid_request", "invalid_target", "slow_down", "mfa_required", "A b"] {
            let code = OAuthErrorCode::read(text);
            assert_eq!((code.as_str(), code.to_string().as_str()), (text, text));
        }
        assert_eq!(OAuthErrorCode::read("access_denied"), OAuthErrorCode::AccessDenied);
        assert_eq!(OAuthErrorCode::read("x"), OAuthErrorCode::Other("x".into()));
    }
}
