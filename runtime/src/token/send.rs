//! Sends requests with a token of a source, and retries once after the token was rejected.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use http::{Request, StatusCode};

use super::access_token::AccessToken;
use super::error::TokenError;
use super::provider::TokenProvider;
use crate::base_url::BaseUrl;
use crate::body::RequestBody;
use crate::client::ClientCore;
use crate::reply::{RawReply, Reads};
use crate::secret::Secret;
use crate::transport::{TransportError, TransportErrorKind};

/// Which responses mean that the token is invalid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rejection {
    /// Status 401 with `WWW-Authenticate: Bearer … error="invalid_token"` (RFC 6750 section 3.1).
    #[default]
    Named,
    /// Any 401.
    Bare,
}

/// The error of an authorized request.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum SendError {
    /// No token could be obtained.
    Token(TokenError),
    /// No complete response was received.
    Transport(TransportError),
    /// The request has another origin than the client, to which tokens are not sent.
    ForeignOrigin,
}

impl fmt::Display for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Token(_) => f.write_str("no token for the request"),
            Self::Transport(_) => f.write_str("authorized request failed on the wire"),
            Self::ForeignOrigin => f.write_str("request goes to another origin than the client's"),
        }
    }
}

impl Error for SendError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Token(error) => Some(error),
            Self::Transport(error) => Some(error),
            Self::ForeignOrigin => None,
        }
    }
}

/// The mark of a request that is sent with a token, in its extensions: what builds it does no IO.
#[derive(Clone)]
pub(crate) struct NeedsToken {
    pub(crate) provider: Arc<dyn TokenProvider>,
    pub(crate) rejection: Rejection,
    /// The server that the request is made for.
    pub(crate) server: BaseUrl,
}

impl NeedsToken {
    /// Sends a request whose mark this was.
    pub(crate) async fn send(
        self,
        core: &ClientCore,
        request: Request<RequestBody>,
        reads: Reads,
    ) -> Result<RawReply, TransportError> {
        let sent = (request, reads);
        let sent =
            exchange(self.server.origin(), core, &*self.provider, sent, self.rejection).await;
        sent.map_err(|error| match error {
            SendError::Token(error) => {
                TransportError::new(TransportErrorKind::Token).with_source(error)
            }
            SendError::Transport(error) => error,
            SendError::ForeignOrigin => TransportError::new(TransportErrorKind::ForeignOrigin),
        })
    }
}

/// Sends a request with a token, replacing any credentials it has. If the token is rejected, it is
/// invalidated and the request is sent once more with another one.
///
/// A rejected request was not processed, so repeating it is safe for any method. If the source still has
/// the same token, the first response is returned.
pub async fn send_authorized(
    core: &ClientCore,
    provider: &dyn TokenProvider,
    request: Request<Bytes>,
    rejection: Rejection,
) -> Result<RawReply, SendError> {
    let request = request.map(RequestBody::from);
    let sent = (request, Reads::Whole);
    exchange(core.base_url().origin(), core, provider, sent, rejection).await
}

/// Like [`send_authorized`], for a request to any origin that may have the token; one with a stream
/// that is gone is not repeated.
async fn exchange(
    origin: &str,
    core: &ClientCore,
    provider: &dyn TokenProvider,
    (request, reads): (Request<RequestBody>, Reads),
    rejection: Rejection,
) -> Result<RawReply, SendError> {
    if !has_origin(&request, origin) {
        return Err(SendError::ForeignOrigin);
    }
    let token = provider.token().await.map_err(SendError::Token)?;
    let first = authorized(request.clone(), &token);
    let mut reply = core.send_once(first, reads).await.map_err(SendError::Transport)?;
    note(&mut reply, &token);
    if !rejection.is_in(&reply) {
        return Ok(reply);
    }
    provider.invalidate(&token);
    if !request.body().is_repeatable() {
        return Ok(reply);
    }
    let Ok(another) = provider.token().await else { return Ok(reply) };
    if another.generation() == token.generation() {
        return Ok(reply);
    }
    let second = authorized(request, &another);
    let mut reply = core.send_once(second, reads).await.map_err(SendError::Transport)?;
    note(&mut reply, &token);
    note(&mut reply, &another);
    Ok(reply)
}

/// Notes the token of a request that failed, so that no message of the server shows it.
fn note(reply: &mut RawReply, token: &AccessToken) {
    if !reply.status().is_success() {
        reply.add_sent([Secret::from(token.expose())]);
    }
}

fn authorized(mut request: Request<RequestBody>, token: &AccessToken) -> Request<RequestBody> {
    request.headers_mut().insert(AUTHORIZATION, token.authorization().clone());
    request
}

fn has_origin<B>(request: &Request<B>, origin: &str) -> bool {
    let uri = request.uri();
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else { return false };
    origin.split_once("://").is_some_and(|(own_scheme, own_authority)| {
        scheme.eq_ignore_ascii_case(own_scheme)
            && authority.as_str().eq_ignore_ascii_case(own_authority)
    })
}

impl Rejection {
    fn is_in(self, reply: &RawReply) -> bool {
        if reply.status() != StatusCode::UNAUTHORIZED {
            return false;
        }
        let mut challenges = reply.headers().get_all(WWW_AUTHENTICATE).iter();
        self == Self::Bare || challenges.any(|value| value.to_str().is_ok_and(names_the_token))
    }
}

/// A quoted string may hold anything, so this can be fooled, at the price of one more request.
fn names_the_token(challenge: &str) -> bool {
    let challenge = challenge.to_ascii_lowercase();
    let compact: String = challenge.split_whitespace().collect();
    challenge.split(',').any(|part| part.trim().starts_with("bearer "))
        && (compact.contains(r#"error="invalid_token""#) || compact.contains("error=invalid_token"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base_url::BaseUrl;

    #[test]
    fn challenges_that_name_the_token() {
        for (challenge, expected) in [
            (r#"Bearer realm="x", error="invalid_token""#, true),
            (r#"bearer error = "invalid_token", error_description="expired""#, true),
            (r#"Basic realm="x", Bearer error="invalid_token""#, true),
            (r#"Bearer error="insufficient_scope""#, false),
            (r#"DPoP error="invalid_token""#, false),
            ("Bearer", false),
        ] {
            assert_eq!(names_the_token(challenge), expected, "{challenge}");
        }
    }

    #[test]
    fn origins_are_compared_whole() {
        let base = BaseUrl::parse("https://api.example.com/v1").unwrap();
        for (uri, expected) in [
            ("https://api.example.com/v1/x", true),
            ("https://API.example.com/x?y", true),
            ("https://api.example.com.evil.example/x", false),
            ("https://api.example.com:444/x", false),
            ("https://api.example.com@evil.example/x", false),
            ("http://api.example.com/x", false),
            ("/x", false),
        ] {
            let request = Request::builder().uri(uri).body(Bytes::new()).unwrap();
            assert_eq!(has_origin(&request, base.origin()), expected, "{uri}");
        }
    }
}
