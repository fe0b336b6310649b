//! Turns the security requirements of an operation and the client's credentials into headers, query
//! parameters and cookies.

use http::header::AUTHORIZATION;
use zeroize::Zeroizing;

use super::{RequestBuilder, RequestError, header};
use crate::client::Credential;
use crate::secret::Secret;

/// How a security scheme is sent. The `scheme` is its name, under which the client keeps the
/// credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// `Authorization: Bearer …` (RFC 6750 section 2.1), from a [`Credential::Token`].
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
    /// Adds the credentials of one alternative; all schemes of an alternative are needed together.
    ///
    /// The first alternative that the client has every credential for is taken. An empty one makes the
    /// others optional, so it is taken only if none of them fits, wherever it stands. No alternatives
    /// at all mean that nothing is needed.
    pub fn authorize(&mut self, alternatives: &[&[Scheme]]) -> Result<(), RequestError> {
        let fits = |alternative: &&&[Scheme]| {
            !alternative.is_empty() && alternative.iter().all(|scheme| self.has(*scheme))
        };
        if let Some(alternative) = alternatives.iter().find(fits) {
            return alternative.iter().try_for_each(|scheme| self.apply(*scheme));
        }
        if alternatives.is_empty() || alternatives.iter().any(|alternative| alternative.is_empty())
        {
            return Ok(());
        }
        let mut schemes = Vec::new();
        for scheme in alternatives.iter().copied().flatten() {
            if !self.has(*scheme) && !schemes.contains(&scheme.name()) {
                schemes.push(scheme.name());
            }
        }
        Err(RequestError::MissingCredential { schemes })
    }

    /// Whether the client has a credential of the sort that the scheme sends.
    fn has(&self, scheme: Scheme) -> bool {
        match self.core.credential(scheme.name()) {
            Some(Credential::Token(_)) => !scheme.is_basic(),
            Some(Credential::Basic { .. }) => scheme.is_basic(),
            None => false,
        }
    }

    fn apply(&mut self, scheme: Scheme) -> Result<(), RequestError> {
        let core = self.core.clone();
        let failed = || RequestError::Credential { scheme: scheme.name() };
        match (scheme, core.credential(scheme.name())) {
            (Scheme::Bearer(_), Some(Credential::Token(token))) => {
                let value = bearer(token).ok_or_else(failed)?;
                self.headers.insert(AUTHORIZATION, value);
            }
            #[cfg(feature = "basic")]
            (Scheme::Basic(_), Some(Credential::Basic { user, password })) => {
                let value = basic(user, password).ok_or_else(failed)?;
                self.headers.insert(AUTHORIZATION, value);
            }
            (Scheme::Header { name, .. }, Some(Credential::Token(key))) => {
                let value = header::secret_value(key.expose().as_bytes()).ok_or_else(failed)?;
                self.insert(name, Some(value))?;
            }
            (Scheme::Query { name, .. }, Some(Credential::Token(key))) => {
                if !is_sendable(key.expose()) {
                    return Err(failed());
                }
                self.query(name, &key.expose());
            }
            (Scheme::Cookie { name, .. }, Some(Credential::Token(key))) => {
                if !is_sendable(key.expose()) || self.cookie(name, &key.expose()).is_err() {
                    return Err(failed());
                }
            }
            _ => return Err(failed()),
        }
        Ok(())
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
fn bearer(token: &Secret) -> Option<http::HeaderValue> {
    let token = token.expose();
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return None;
    }
    let text = Zeroizing::new(format!("Bearer {token}"));
    header::secret_value(text.as_bytes())
}

#[cfg(feature = "basic")]
fn basic(user: &str, password: &Secret) -> Option<http::HeaderValue> {
    use base64::Engine as _;

    let password = password.expose();
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
mod tests {
    use super::*;
    use crate::client::tests::core;
    use http::{Method, Request};

    const BEARER: Scheme = Scheme::Bearer("bearer");
    const HEADER: Scheme = Scheme::Header { scheme: "key", name: "Api-Key" };
    const QUERY: Scheme = Scheme::Query { scheme: "key", name: "api key" };
    const COOKIE: Scheme = Scheme::Cookie { scheme: "key", name: "sid" };

    fn token(text: &str) -> Credential {
        Credential::Token(text.into())
    }

    fn authorized(
        credentials: &[(&'static str, Credential)],
        alternatives: &[&[Scheme]],
    ) -> Result<Request<bytes::Bytes>, RequestError> {
        let mut request = core(credentials).request(Method::GET, "/pets");
        request.authorize(alternatives)?;
        request.build()
    }

    #[test]
    fn every_place() {
        // The token is the example of RFC 6750 section 2.1.
        let credentials = [("bearer", token("mF_9.B5f-4.1JqM")), ("key", token("a+b"))];
        let request = authorized(&credentials, &[&[BEARER, HEADER, QUERY, COOKIE]]).unwrap();
        assert_eq!(request.headers()["authorization"], "Bearer mF_9.B5f-4.1JqM");
        assert_eq!(request.headers()["api-key"], "a+b");
        assert_eq!(request.headers()["cookie"], "sid=a+b");
        assert_eq!(request.uri().query(), Some("api%20key=a%2Bb"));
        for name in ["authorization", "api-key", "cookie"] {
            assert!(request.headers()[name].is_sensitive(), "{name}");
        }
    }

    #[cfg(feature = "basic")]
    #[test]
    fn basic_is_rfc_7617() {
        let schemes: &[&[Scheme]] = &[&[Scheme::Basic("basic")]];
        let authorization = |user: &str, password: &str| -> Result<String, RequestError> {
            let credential = Credential::Basic { user: user.into(), password: password.into() };
            let request = authorized(&[("basic", credential)], schemes)?;
            Ok(request.headers()["authorization"].to_str().unwrap().to_owned())
        };
        // The examples of sections 2 and 2.1.
        let sent = authorization("Aladdin", "open sesame");
        assert_eq!(sent.unwrap(), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assert_eq!(authorization("test", "123\u{a3}").unwrap(), "Basic dGVzdDoxMjPCow==");
        for (user, password) in [("a:b", "c"), ("", "c"), ("a\n", "c"), ("a", "c\0")] {
            let error = authorization(user, password).unwrap_err();
            assert_eq!(error, RequestError::Credential { scheme: "basic" });
        }
        // A token is not a user with a password.
        let error = authorized(&[("basic", token("x"))], schemes).unwrap_err();
        assert_eq!(error, RequestError::MissingCredential { schemes: vec!["basic"] });
    }

    #[test]
    fn the_first_alternative_that_fits() {
        let both: &[&[Scheme]] = &[&[BEARER], &[HEADER]];
        let request = authorized(&[("key", token("k"))], both).unwrap();
        assert!(!request.headers().contains_key("authorization"));
        assert_eq!(request.headers()["api-key"], "k");
        let request = authorized(&[("key", token("k")), ("bearer", token("t"))], both).unwrap();
        assert!(!request.headers().contains_key("api-key"));
        let error = authorized(&[("key", token("k"))], &[&[BEARER, HEADER], &[BEARER]]);
        let missing = RequestError::MissingCredential { schemes: vec!["bearer"] };
        assert_eq!(error.unwrap_err(), missing);
        assert_eq!(missing.to_string(), "client has no credential for `bearer`");
    }

    #[test]
    fn an_empty_alternative_makes_the_others_optional() {
        for alternatives in [&[&[][..], &[BEARER]], &[&[BEARER][..], &[]]] {
            let request = authorized(&[], alternatives).unwrap();
            assert!(!request.headers().contains_key("authorization"));
            let request = authorized(&[("bearer", token("t"))], alternatives).unwrap();
            assert_eq!(request.headers()["authorization"], "Bearer t");
        }
        assert!(authorized(&[], &[]).is_ok());
    }

    #[test]
    fn credentials_that_cannot_be_sent() {
        for text in ["", "a\r\nb", "a\0", "a\u{7f}"] {
            for scheme in [BEARER, HEADER, QUERY, COOKIE] {
                let credentials = [("bearer", token(text)), ("key", token(text))];
                let error = authorized(&credentials, &[&[scheme]]).unwrap_err();
                assert_eq!(error, RequestError::Credential { scheme: scheme.name() });
            }
        }
        assert!(authorized(&[("bearer", token("a b"))], &[&[BEARER]]).is_err());
    }
}
