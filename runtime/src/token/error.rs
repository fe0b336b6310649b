//! The error of every way of failing to obtain a token; it can be kept, cloned and shown.

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;

use super::oauth_code::OAuthErrorCode;
use crate::request::RequestError;
use crate::transport::{TransportError, TransportErrorKind};

/// Why no token could be obtained.
///
/// `Debug` and `Display` show neither secrets nor tokens. Text of the server is kept, escaped and truncated,
/// only if it contains no encoding of the credentials or the current token. Eight consecutive characters,
/// in any case, count as a match, so text may be withheld for a word that it shares with the client id by
/// chance.
#[derive(Clone)]
#[non_exhaustive]
pub struct TokenError(Arc<Parts>);

#[derive(Clone)]
pub(super) struct Parts {
    pub(super) kind: TokenErrorKind,
    pub(super) status: Option<StatusCode>,
    pub(super) code: Option<OAuthErrorCode>,
    pub(super) description: Option<Box<str>>,
    pub(super) snippet: Option<Box<str>>,
    pub(super) content_type: Option<Box<str>>,
    pub(super) retry_after: Option<Duration>,
    pub(super) transient: bool,
    pub(super) in_doubt: bool,
    pub(super) source: Option<Arc<dyn Error + Send + Sync>>,
}

/// The kind of a [`TokenError`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenErrorKind {
    /// The settings are invalid; nothing was sent.
    Config,
    /// The request could not be built; nothing was sent.
    Request,
    /// No complete response was received.
    Transport(TransportErrorKind),
    /// The response is larger than allowed.
    TooLarge {
        /// The maximum size in bytes.
        limit: usize,
    },
    /// The response is a redirect, which was not followed.
    Redirect {
        /// Scheme, host and port of the target, if it is another origin.
        origin: Option<Box<str>>,
    },
    /// The status is an error.
    Status,
    /// The server returned an OAuth error code; see [`TokenError::oauth_code`].
    OAuth,
    /// The status is a success, but the response contains no valid token.
    InvalidResponse {
        /// The invalid property, or `body`.
        field: &'static str,
    },
    /// The token is not a bearer token.
    UnsupportedTokenType,
    /// The token had already expired when it arrived.
    ExpiredOnArrival,
    /// Nothing was sent, since an attempt failed shortly before; that failure is the source.
    Backoff,
    /// The transport, the clock or another injected part panicked.
    Aborted,
    /// A source that does not ask a server had no token, or there was nothing to ask with: a signer, a
    /// store or the source of a token to exchange failed.
    Unavailable,
}

impl TokenError {
    pub(super) fn of(kind: TokenErrorKind) -> Self {
        Self::from_parts(Parts::of(kind))
    }

    pub(super) fn from_parts(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    pub(super) fn invalid_response(field: &'static str) -> Self {
        Self::of(TokenErrorKind::InvalidResponse { field })
    }

    pub(super) fn aborted() -> Self {
        Self::from_parts(Parts { transient: true, ..Parts::of(TokenErrorKind::Aborted) })
    }

    pub(super) fn expired_on_arrival() -> Self {
        Self::from_parts(Parts { transient: true, ..Parts::of(TokenErrorKind::ExpiredOnArrival) })
    }

    /// Says what cannot work. The cause must not show a secret.
    pub(super) fn config(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        let source = Some(Arc::from(cause.into()));
        Self::from_parts(Parts { source, ..Parts::of(TokenErrorKind::Config) })
    }

    pub(super) fn timed_out() -> Self {
        let kind = TokenErrorKind::Transport(TransportErrorKind::Timeout);
        Self::from_parts(Parts { transient: true, ..Parts::of(kind) })
    }

    /// Says "not now", with the failure that is the reason.
    pub(super) fn backoff(cause: &Self, remaining: Duration) -> Self {
        Self::from_parts(Parts {
            kind: TokenErrorKind::Backoff,
            retry_after: Some(remaining),
            source: Some(Arc::new(cause.clone())),
            ..(*cause.0).clone()
        })
    }

    /// Creates the error of a custom source, such as a callback.
    ///
    /// The cause must not show a secret.
    pub fn unavailable(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        let source = Some(Arc::from(cause.into()));
        Self::from_parts(Parts { source, ..Parts::of(TokenErrorKind::Unavailable) })
    }

    /// Returns the kind of the error.
    pub fn kind(&self) -> &TokenErrorKind {
        &self.0.kind
    }

    /// Returns the status of the response, if its head arrived.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// Returns the OAuth error code of the server, whatever the status.
    pub fn oauth_code(&self) -> Option<&OAuthErrorCode> {
        self.0.code.as_ref()
    }

    /// Returns the server's description: escaped, at most 256 bytes, without secrets.
    pub fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    /// Returns the beginning of a body that is not JSON: escaped, at most 256 bytes, without secrets.
    pub fn snippet(&self) -> Option<&str> {
        self.0.snippet.as_deref()
    }

    /// Returns the media type of the response.
    pub fn content_type(&self) -> Option<&str> {
        self.0.content_type.as_deref()
    }

    /// Returns how long to wait, as the server asks, or until requests are sent again.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Returns whether the same request may succeed later. The status decides before the body does.
    pub fn is_transient(&self) -> bool {
        self.0.transient
    }

    /// Returns whether the response to a request with the current refresh token was lost, this time or
    /// before: the server may have replaced the token, and nobody has the new one.
    ///
    /// A refusal that is in doubt (`invalid_grant`) need not mean that the grant was withdrawn. A request
    /// in doubt is not repeated within its refresh, but after a backoff, with the token that the
    /// [`RefreshTokenStore`](super::RefreshTokenStore) has by then.
    pub fn is_in_doubt(&self) -> bool {
        self.0.in_doubt
    }

    pub(super) fn in_doubt(self) -> Self {
        Self::from_parts(Parts { in_doubt: true, ..(*self.0).clone() })
    }
}

impl Parts {
    pub(super) fn of(kind: TokenErrorKind) -> Self {
        Self {
            kind,
            status: None,
            code: None,
            description: None,
            snippet: None,
            content_type: None,
            retry_after: None,
            transient: false,
            in_doubt: false,
            source: None,
        }
    }
}

impl From<RequestError> for TokenError {
    fn from(error: RequestError) -> Self {
        let source: Option<Arc<dyn Error + Send + Sync>> = Some(Arc::new(error));
        Self::from_parts(Parts { source, ..Parts::of(TokenErrorKind::Request) })
    }
}

impl From<TransportError> for TokenError {
    fn from(error: TransportError) -> Self {
        let kind = error.kind();
        let transient = matches!(
            kind,
            TransportErrorKind::Connect
                | TransportErrorKind::Timeout
                | TransportErrorKind::Interrupted
                | TransportErrorKind::Unprocessed
        );
        Self::from_parts(Parts {
            status: error.partial().map(crate::RawReply::status),
            transient,
            source: Some(Arc::new(error)),
            ..Parts::of(TokenErrorKind::Transport(kind))
        })
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = &*self.0;
        match &parts.kind {
            TokenErrorKind::Config => f.write_str("the token source is not set up right")?,
            TokenErrorKind::Request => f.write_str("the token request could not be built")?,
            TokenErrorKind::Transport(_) => f.write_str("the token request failed on the wire")?,
            TokenErrorKind::TooLarge { limit } => {
                write!(f, "the token reply is larger than {limit} bytes")?;
            }
            TokenErrorKind::Redirect { .. } => f.write_str("the token endpoint redirects")?,
            TokenErrorKind::Status | TokenErrorKind::OAuth => {
                f.write_str("the token endpoint refused")?;
            }
            TokenErrorKind::InvalidResponse { field: "body" } => {
                f.write_str("the token reply is not a JSON object")?;
            }
            TokenErrorKind::InvalidResponse { field } => {
                write!(f, "the token reply has no valid `{field}`")?;
            }
            TokenErrorKind::UnsupportedTokenType => f.write_str("the token is no bearer token")?,
            TokenErrorKind::ExpiredOnArrival => f.write_str("the token arrived too late")?,
            TokenErrorKind::Backoff => f.write_str("no token request so soon after a failure")?,
            TokenErrorKind::Aborted => f.write_str("the token request panicked")?,
            TokenErrorKind::Unavailable => f.write_str("the source has no token")?,
        }
        if let Some(status) = parts.status {
            write!(f, " (status {})", status.as_u16())?;
        }
        if let Some(code) = &parts.code {
            write!(f, ": {code}")?;
        }
        if let Some(description) = &parts.description {
            write!(f, ": {description}")?;
        }
        if parts.in_doubt {
            f.write_str("; a response was lost, so the refresh token may have been replaced")?;
        }
        Ok(())
    }
}

impl fmt::Debug for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = &*self.0;
        f.debug_struct("TokenError")
            .field("kind", &parts.kind)
            .field("status", &parts.status)
            .field("code", &parts.code)
            .field("description", &parts.description)
            .field("snippet", &parts.snippet)
            .field("content_type", &parts.content_type)
            .field("retry_after", &parts.retry_after)
            .field("transient", &parts.transient)
            .field("in_doubt", &parts.in_doubt)
            .field("source", &parts.source)
            .finish()
    }
}

impl Error for TokenError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.0.source {
            Some(source) => Some(&**source),
            None => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn can_be_kept_and_sent() {
        fn check<T: Error + Clone + Send + Sync + 'static>() {}
        check::<TokenError>();
    }

    #[test]
    fn a_backoff_tells_what_it_stems_from() {
        let cause = TokenError::timed_out();
        let error = TokenError::backoff(&cause, Duration::from_secs(3));
        assert_eq!(error.kind(), &TokenErrorKind::Backoff);
        assert_eq!(error.retry_after(), Some(Duration::from_secs(3)));
        assert!(error.is_transient());
        assert_eq!(error.source().unwrap().to_string(), cause.to_string());
    }
}
