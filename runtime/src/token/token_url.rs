//! Turns the text of a token URL, absolute or relative to a server, into an address that credentials may be sent to.

use std::error::Error;
use std::fmt;

use http::Uri;

use crate::base_url::{BaseUrl, BaseUrlError};
use crate::plain_http::{PlainHttp, PlainHttpError};
use crate::reply::without_dots;

/// The URL of a token endpoint (RFC 6749 section 3.2).
///
/// The scheme is `https`, or `http` where the host is this machine or on a private network: the client decides
/// whether credentials may cross that in the clear. There is no user information and no fragment; a query
/// is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct TokenUrl {
    uri: Uri,
    /// The URL without its query.
    base: BaseUrl,
}

/// Why a text is not a [`TokenUrl`]. It shows no part of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenUrlError(BaseUrlError);

impl TokenUrl {
    /// Reads an absolute URL.
    pub fn parse(text: &str) -> Result<Self, TokenUrlError> {
        if text.contains('#') {
            return Err(TokenUrlError(BaseUrlError::Fragment));
        }
        let (address, query) = match text.split_once('?') {
            Some((address, query)) => (address, Some(query)),
            None => (text, None),
        };
        let base = BaseUrl::parse(address).map_err(TokenUrlError)?;
        let mut url = format!("{}{}", base.origin(), base.path());
        if let Some(query) = query {
            if !BaseUrl::is_query(query) {
                return Err(TokenUrlError(BaseUrlError::Query));
            }
            url.push('?');
            url.push_str(query);
        }
        let uri = Uri::try_from(url).map_err(|_| TokenUrlError(BaseUrlError::Query))?;
        Ok(Self { uri, base })
    }

    /// Reads a URL, or a reference that is resolved against a server's as RFC 3986 section 5.2 says: a
    /// URL of a document may be relative to that of its server (OpenAPI 3.0.3 §4.6, 3.1.0 §4.7).
    pub fn resolve(reference: &str, server: &BaseUrl) -> Result<Self, TokenUrlError> {
        let origin = server.origin();
        let scheme_len = origin.find("//").unwrap_or_default();
        let (path, query) = match reference.find(['?', '#']) {
            Some(at) => reference.split_at(at),
            None => (reference, ""),
        };
        if reference.is_empty() || has_colon_first(path) {
            return Self::parse(reference);
        }
        if path.starts_with("//") {
            return Self::parse(&format!("{}{reference}", &origin[..scheme_len]));
        }
        // A segment that `..` takes away has to be one as well.
        if !BaseUrl::has_path_characters(path) {
            return Err(TokenUrlError(BaseUrlError::Path));
        }
        let merged = if path.is_empty() {
            server.path().to_owned()
        } else if path.starts_with('/') {
            without_dots(path)
        } else {
            let folder = server.path().rsplit_once('/').map_or("", |(folder, _)| folder);
            without_dots(&format!("{folder}/{path}"))
        };
        Self::parse(&format!("{origin}{merged}{query}"))
    }

    /// Returns scheme, host and port: `https://host[:port]`.
    pub fn origin(&self) -> &str {
        self.base.origin()
    }

    /// Checks that the client allows to send credentials there.
    pub(super) fn check(&self, plain_http: PlainHttp) -> Result<(), PlainHttpError> {
        plain_http.check(&self.base, true)
    }

    pub(super) fn uri(&self) -> &Uri {
        &self.uri
    }
}

/// Whether a reference begins with a scheme, or with what could be taken for one and so is no relative
/// path (RFC 3986 section 4.2).
fn has_colon_first(path: &str) -> bool {
    path.split('/').next().is_some_and(|first| first.contains(':'))
}

/// Without the query, which nobody has looked into.
impl fmt::Debug for TokenUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TokenUrl").field(&format!("{}{}", self.origin(), self.uri.path())).finish()
    }
}

impl fmt::Display for TokenUrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "token URL {}", self.0.fault())
    }
}

impl Error for TokenUrlError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(reference: &str, server: &str) -> Result<String, TokenUrlError> {
        let server = BaseUrl::parse(server).unwrap();
        TokenUrl::resolve(reference, &server).map(|url| url.uri().to_string())
    }

    /// RFC 3986 section 5.4, as far as a token URL can be one of the references there: with the base
    /// `http://a/b/c/d;p?q`, whose query no server URL has, and `https` for the scheme.
    #[test]
    fn the_references_of_the_rfc() {
        for (reference, expected) in [
            ("g", "/b/c/g"),
            ("./g", "/b/c/g"),
            ("g/", "/b/c/g/"),
            ("/g", "/g"),
            ("?y", "/b/c/d;p?y"),
            ("g?y", "/b/c/g?y"),
            (";x", "/b/c/;x"),
            ("g;x", "/b/c/g;x"),
            ("g;x?y", "/b/c/g;x?y"),
            (".", "/b/c/"),
            ("./", "/b/c/"),
            ("..", "/b/"),
            ("../", "/b/"),
            ("../g", "/b/g"),
            ("../..", "/"),
            ("../../", "/"),
            ("../../g", "/g"),
            ("../../../g", "/g"),
            ("/./g", "/g"),
            ("/../g", "/g"),
            ("g.", "/b/c/g."),
            ("..g", "/b/c/..g"),
            ("./../g", "/b/g"),
            ("./g/.", "/b/c/g/"),
            ("g/./h", "/b/c/g/h"),
            ("g/../h", "/b/c/h"),
            ("g;x=1/./y", "/b/c/g;x=1/y"),
            ("g;x=1/../y", "/b/c/y"),
            ("g?y/../x", "/b/c/g?y/../x"),
        ] {
            let expected = Ok(format!("https://a{expected}"));
            assert_eq!(resolved(reference, "https://a/b/c/d;p"), expected, "{reference}");
        }
        assert_eq!(resolved("//g", "https://a/b/c/d;p").as_deref(), Ok("https://g/"));
    }

    #[test]
    fn a_slash_at_the_end_of_the_server_counts() {
        for (server, expected) in [
            ("https://a/v1", "https://a/token"),
            ("https://a/v1/", "https://a/v1/token"),
            ("https://a", "https://a/token"),
            ("https://a/", "https://a/token"),
        ] {
            assert_eq!(resolved("token", server).as_deref(), Ok(expected));
        }
    }

    #[test]
    fn an_absolute_url_is_what_it_says() {
        let server = "https://api.example.com/v1";
        for url in ["https://login.example/login/token/", "https://login.example:8443/t?tenant=a"] {
            assert_eq!(resolved(url, server).as_deref(), Ok(url));
        }
        assert_eq!(resolved("//b.example/t", "http://127.0.0.1:1"), {
            Err(TokenUrlError(BaseUrlError::PlainHttp))
        });
    }

    #[test]
    fn what_is_refused() {
        for (text, error) in [
            ("", BaseUrlError::Relative),
            ("http://login.example/token", BaseUrlError::PlainHttp),
            ("https://user:pw@login.example/token", BaseUrlError::UserInfo),
            ("https://login.example/token#x", BaseUrlError::Fragment),
            ("https://login.example/token?a=b#x", BaseUrlError::Fragment),
            ("https://{tenant}.example/token", BaseUrlError::Host),
            ("https://login.example/{tenant}", BaseUrlError::Path),
            ("https://login.example/a/../b", BaseUrlError::Path),
            ("https://login.example/t?a b", BaseUrlError::Query),
            ("ftp://login.example/token", BaseUrlError::Scheme),
            ("urn:x", BaseUrlError::Relative),
        ] {
            assert_eq!(resolved(text, "https://a.example"), Err(TokenUrlError(error)), "{text}");
        }
        for here in ["http://localhost:8080/token", "http://127.0.0.1/token", "http://[::1]/t"] {
            assert!(TokenUrl::parse(here).is_ok(), "{here}");
        }
    }

    #[test]
    fn nothing_shows_the_query() {
        let url = TokenUrl::parse("https://login.example/token?key=hunter2").unwrap();
        assert_eq!(format!("{url:?}"), r#"TokenUrl("https://login.example/token")"#);
        let error = TokenUrl::parse("https://u:hunter2@login.example").unwrap_err();
        assert_eq!(error.to_string(), "token URL has a user name or a password in it");
        assert!(!format!("{error:?}").contains("hunter2"));
    }
}
