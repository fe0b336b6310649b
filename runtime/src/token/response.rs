//! Turns the reply of a token endpoint into a token or an error; pure, so that every fault of a
//! server can be tested without one.

mod object;
#[cfg(test)]
mod tests;

use std::time::{Duration, SystemTime};

use http::{StatusCode, Uri};
use zeroize::Zeroizing;

pub(super) use self::object::Object;
use super::access_token::{AccessToken, Lifetime};
use super::config::TokenSourceConfig;
use super::error::{Parts, TokenError, TokenErrorKind};
use super::oauth_code::{self, OAuthErrorCode};
use super::scrub;
use crate::reply::RawReply;
use crate::secret::Secret;

/// What reading a reply depends on besides the reply.
pub(super) struct Reading<'a> {
    pub(super) config: &'a TokenSourceConfig,
    /// What no error may show: the credentials and the current token.
    pub(super) secrets: &'a [&'a str],
    /// For a `Retry-After` with a date, in a reply without one.
    pub(super) wall: SystemTime,
}

/// Reads a reply. Its status decides before its body does.
pub(super) fn read(reply: &RawReply, reading: &Reading<'_>) -> Result<AccessToken, TokenError> {
    let status = reply.status();
    if status.is_redirection() {
        let kind = TokenErrorKind::Redirect { origin: redirect_origin(reply, reading) };
        return Err(error(kind, reply, reading));
    }
    if !status.is_success() {
        return Err(refused(reply, reading));
    }
    if reply.truncated() || reply.bytes().len() > reading.config.max_body {
        let limit = reading.config.max_body;
        return Err(error(TokenErrorKind::TooLarge { limit }, reply, reading));
    }
    let invalid = |field| error(TokenErrorKind::InvalidResponse { field }, reply, reading);
    let object = Object::read(reply.bytes()).ok_or_else(|| invalid("body"))?;
    if object.is_absent("access_token")
        && let Some(code) = code(&object, reading)
    {
        return Err(refused_with(code, &object, reply, reading));
    }
    granted(&object, reading).map_err(|kind| error(kind, reply, reading))
}

fn granted(object: &Object<'_>, reading: &Reading<'_>) -> Result<AccessToken, TokenErrorKind> {
    let config = reading.config;
    let invalid = |field| TokenErrorKind::InvalidResponse { field };
    let text: Secret = object.decode("access_token").ok_or(invalid("access_token"))?;
    match object.decode::<String>("token_type") {
        Some(kind) if kind.eq_ignore_ascii_case("bearer") => {}
        Some(_) => return Err(TokenErrorKind::UnsupportedTokenType),
        None if config.assume_bearer && object.is_absent("token_type") => {}
        None => return Err(invalid("token_type")),
    }
    let lifetime = if object.is_absent("expires_in") {
        Lifetime::Assumed(config.default_lifetime)
    } else {
        let seconds = object.seconds("expires_in").ok_or(invalid("expires_in"))?;
        let most = config.max_lifetime.as_secs_f64();
        Lifetime::Stated(Duration::from_secs_f64(seconds.min(most).floor()))
    };
    let scope = object.decode::<Box<str>>("scope").filter(|scope| !scope.is_empty());
    AccessToken::granted(&text, lifetime, scope).map_err(|error| error.kind().clone())
}

/// Reads a reply of an error status.
fn refused(reply: &RawReply, reading: &Reading<'_>) -> TokenError {
    // A body over the cap is no reason to lose the status.
    let kept = reply.bytes().get(..reading.config.max_body).unwrap_or(reply.bytes());
    let is_transient = is_transient(reply.status());
    if let Some(object) = Object::read(kept) {
        let mut parts = parts(TokenErrorKind::Status, reply, reading);
        parts.code = code(&object, reading);
        parts.description = description(&object, reading);
        if parts.code.is_some() && !is_transient {
            parts.kind = TokenErrorKind::OAuth;
        }
        return TokenError::from_parts(parts);
    }
    let snippet = scrub::shown(kept, reading.secrets);
    TokenError::from_parts(Parts { snippet, ..parts(TokenErrorKind::Status, reply, reading) })
}

/// Reads an error that came with the status of success.
fn refused_with(
    code: OAuthErrorCode,
    object: &Object<'_>,
    reply: &RawReply,
    reading: &Reading<'_>,
) -> TokenError {
    TokenError::from_parts(Parts {
        transient: code.is_passing(),
        code: Some(code),
        description: description(object, reading),
        ..parts(TokenErrorKind::OAuth, reply, reading)
    })
}

fn error(kind: TokenErrorKind, reply: &RawReply, reading: &Reading<'_>) -> TokenError {
    TokenError::from_parts(parts(kind, reply, reading))
}

fn parts(kind: TokenErrorKind, reply: &RawReply, reading: &Reading<'_>) -> Parts {
    let wait = reply.retry_after_at(reading.wall);
    Parts {
        status: Some(reply.status()),
        content_type: reply
            .content_type()
            .and_then(|text| scrub::shown(text.as_bytes(), reading.secrets)),
        retry_after: wait.map(|wait| wait.min(reading.config.max_retry_after)),
        transient: is_transient(reply.status()),
        ..Parts::of(kind)
    }
}

/// RFC 9110 sections 15.5 and 15.6: what may go away by itself.
fn is_transient(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 425 | 429 | 500 | 502 | 503 | 504)
}

fn code(object: &Object<'_>, reading: &Reading<'_>) -> Option<OAuthErrorCode> {
    let text = Zeroizing::new(object.decode::<String>("error")?);
    if text.is_empty() || text.len() > oauth_code::MAX_LEN {
        return None;
    }
    // A name that everybody knows is no echo, whatever it has in common with a secret.
    if let Some(code) = OAuthErrorCode::named(&text) {
        return Some(code);
    }
    // Scrubbing changes nothing in a code, so what it withholds is none.
    let is_clean = scrub::shown(text.as_bytes(), reading.secrets).is_some();
    is_clean.then(|| OAuthErrorCode::read(&text))
}

fn description(object: &Object<'_>, reading: &Reading<'_>) -> Option<Box<str>> {
    let text = Zeroizing::new(object.decode::<String>("error_description")?);
    scrub::shown(text.as_bytes(), reading.secrets)
}

/// Returns where a redirect leads: neither path nor query nor user information.
fn redirect_origin(reply: &RawReply, reading: &Reading<'_>) -> Option<Box<str>> {
    let location = reply.headers().get(http::header::LOCATION)?.to_str().ok()?;
    // `//host/path` (RFC 3986 section 4.2) is not a URI that `http` reads.
    let is_schemeless = location.starts_with("//");
    let absolute = if is_schemeless { format!("https:{location}") } else { location.to_owned() };
    let uri: Uri = absolute.parse().ok()?;
    let host = uri.host()?;
    let port = uri.port().map(|port| format!(":{port}")).unwrap_or_default();
    let scheme = uri.scheme_str().filter(|_| !is_schemeless);
    let scheme = scheme.map(|scheme| format!("{scheme}:")).unwrap_or_default();
    scrub::shown(format!("{scheme}//{host}{port}").as_bytes(), reading.secrets)
}
