//! Adds the credentials of the client to a request, as the security requirements of the operation ask.

use std::sync::Arc;

use http::header::AUTHORIZATION;
#[cfg(feature = "basic")]
use zeroize::Zeroizing;

use super::{RequestBuilder, RequestError, header};
use crate::client::Credential;
#[cfg(feature = "basic")]
use crate::secret::exposed;
use crate::token::NeedsToken;
use crate::wipe::WipedBuffer;

/// How a security scheme is sent. `scheme` is its name, under which the client stores the credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// `Authorization: Bearer …` (RFC 6750 section 2.1), from a [`Credential::Token`] or a
    /// [`Credential::Provider`].
    Bearer(&'static str),
    /// `Authorization: Basic …` (RFC 7617), from a [`Credential::Basic`].
    #[cfg(feature = "basic")]
    Basic(&'static str),
    /// An API key in a header, from a [`Credential::Token`].
    Header {
        /// The scheme.
        scheme: &'static str,
        /// The header.
        name: &'static str,
    },
    /// An API key in the query, from a [`Credential::Token`].
    Query {
        /// The scheme.
        scheme: &'static str,
        /// The parameter.
        name: &'static str,
    },
    /// An API key in a cookie, from a [`Credential::Token`].
    Cookie {
        /// The scheme.
        scheme: &'static str,
        /// The cookie.
        name: &'static str,
    },
}

impl RequestBuilder {
    /// Adds the credentials of one alternative; an alternative needs all of its schemes.
    ///
    /// It takes the first alternative for which the client has every credential. An empty alternative
    /// makes the others optional, so it is taken only if no other matches, whatever its position. Without
    /// alternatives, nothing is needed.
    pub fn authorize(&mut self, alternatives: &[&[Scheme]]) {
        if self.authorize_if_held(alternatives)
            || alternatives.is_empty()
            || alternatives.iter().any(|alternative| alternative.is_empty())
        {
            return;
        }
        let mut schemes = Vec::new();
        for scheme in alternatives.iter().copied().flatten() {
            if !self.has(*scheme) && !schemes.contains(&scheme.name()) {
                schemes.push(scheme.name());
            }
        }
        self.fail(RequestError::MissingCredential { schemes });
    }

    /// Adds the credentials of the first alternative that the client has every credential for; returns
    /// whether there is one.
    pub(crate) fn authorize_if_held(&mut self, alternatives: &[&[Scheme]]) -> bool {
        let fits = |alternative: &&&[Scheme]| {
            !alternative.is_empty() && alternative.iter().all(|scheme| self.has(*scheme))
        };
        let Some(alternative) = alternatives.iter().find(fits) else { return false };
        alternative.iter().for_each(|scheme| self.apply(*scheme));
        true
    }

    /// Authenticates an OAuth client by HTTP Basic (RFC 6749 section 2.3.1), in place of any other
    /// `Authorization`.
    #[cfg(feature = "basic")]
    pub(crate) fn authorize_client(&mut self, credentials: &crate::token::ClientCredentials) {
        self.token = None;
        match Credential::client(credentials) {
            Credential::Basic { user, password } => {
                exposed::note(&user);
                match basic(&user, password.expose()) {
                    Some(value) => {
                        self.headers.insert(AUTHORIZATION, value);
                    }
                    None => self.fail(RequestError::Credential { scheme: "HTTP Basic" }),
                }
            }
            _ => unreachable!("a client authenticates by Basic"),
        }
    }

    /// Whether the client has a credential of the sort that the scheme sends.
    fn has(&self, scheme: Scheme) -> bool {
        match self.core.credential(scheme.name()) {
            Some(Credential::Token(_)) => !scheme.is_basic(),
            Some(Credential::Basic { .. }) => scheme.is_basic(),
            Some(Credential::Provider { .. }) => matches!(scheme, Scheme::Bearer(_)),
            // None of a client that is built: it has the provider of each.
            Some(Credential::Grant(_)) | None => false,
        }
    }

    fn apply(&mut self, scheme: Scheme) {
        if self.try_apply(scheme).is_none() {
            self.fail(RequestError::Credential { scheme: scheme.name() });
        }
    }

    /// Adds the credential of a scheme; returns none where it cannot be sent.
    fn try_apply(&mut self, scheme: Scheme) -> Option<()> {
        let held = self.core.held(scheme.name())?;
        match (scheme, &held.credential) {
            (Scheme::Bearer(_), Credential::Token(token)) => {
                let token = token.expose();
                let value = held.authorization.get_or_init(|| bearer(token));
                self.headers.insert(AUTHORIZATION, value.clone()?);
            }
            (Scheme::Bearer(_), Credential::Provider { provider, rejection }) => {
                self.token = Some(NeedsToken {
                    provider: Arc::clone(provider),
                    rejection: *rejection,
                    server: self.declared().clone(),
                });
            }
            #[cfg(feature = "basic")]
            (Scheme::Basic(_), Credential::Basic { user, password }) => {
                // Some APIs use the user name for a key.
                exposed::note(user);
                let password = password.expose();
                let value = held.authorization.get_or_init(|| basic(user, password));
                self.headers.insert(AUTHORIZATION, value.clone()?);
            }
            (Scheme::Header { name, .. }, Credential::Token(key)) => {
                let key = key.expose();
                let value = held.key.get_or_init(|| header::secret_value(key.as_bytes()));
                let value = value.clone()?;
                self.insert(name, Some(value));
            }
            (Scheme::Query { name, .. }, Credential::Token(key)) => {
                let key = Some(key.expose()).filter(|it| is_sendable(it))?;
                self.target.push_pair(name, key);
            }
            (Scheme::Cookie { name, .. }, Credential::Token(key)) => {
                let key = Some(key.expose()).filter(|it| is_sendable(it))?;
                header::push_cookie(&mut self.cookies, name, key).then_some(())?;
            }
            _ => return None,
        }
        Some(())
    }
}

impl Scheme {
    /// Returns the name of the scheme.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bearer(scheme)
            | Self::Header { scheme, .. }
            | Self::Query { scheme, .. }
            | Self::Cookie { scheme, .. } => scheme,
            #[cfg(feature = "basic")]
            Self::Basic(scheme) => scheme,
        }
    }

    fn is_basic(self) -> bool {
        match self {
            #[cfg(feature = "basic")]
            Self::Basic(_) => true,
            _ => false,
        }
    }
}

fn is_sendable(text: &str) -> bool {
    !text.is_empty() && !text.chars().any(char::is_control)
}

/// A token is visible characters without spaces (RFC 6749 appendix A.12); with one it would read as a
/// scheme with parameters.
fn bearer(token: &str) -> Option<http::HeaderValue> {
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return None;
    }
    let mut text = WipedBuffer::with_capacity("Bearer ".len() + token.len());
    text.push(b"Bearer ");
    text.push(token.as_bytes());
    header::secret_of(text)
}

#[cfg(feature = "basic")]
fn basic(user: &str, password: &str) -> Option<http::HeaderValue> {
    use base64::Engine as _;

    // RFC 7617 section 2: no colon in the user name, no control characters. The password may be empty.
    if user.contains(':') || !is_sendable(user) || password.chars().any(char::is_control) {
        return None;
    }
    let pair = Zeroizing::new(format!("{user}:{password}"));
    // Room for all of it, so that the text is not copied while it grows.
    let mut text = Zeroizing::new(String::with_capacity("Basic ".len() + pair.len() * 2 + 4));
    text.push_str("Basic ");
    base64::engine::general_purpose::STANDARD.encode_string(pair.as_bytes(), &mut text);
    header::secret_value(text.as_bytes())
}

#[cfg(test)]
mod tests;
