//! The base URL of a client, checked, to which request paths are appended.

mod check;
mod error;
mod template;

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::sync::Arc;

use bytes::Bytes;
use http::Uri;
use http::uri::{self, Authority, PathAndQuery, Scheme};

pub(crate) use check::Reach;
pub use error::BaseUrlError;

/// The length of the longest `http::Uri`.
const MAX_URI: usize = u16::MAX as usize - 1;

/// The base URL of a server: `https://host[:port][/prefix]`.
///
/// The scheme is `https`, or `http` if the host is this machine (`127.0.0.0/8`, `[::1]`, `localhost`), so
/// that nothing crosses a network unencrypted. `http` to a private network (private and link-local
/// addresses, names of a single label, and names below `.local`, `.internal` and `.svc`) is a base URL as
/// well, but a client sends nothing there unless
/// [`ClientBuilder::allow_plain_http`](crate::ClientBuilder::allow_plain_http) allows it. User information,
/// query and fragment are not allowed. The prefix has no trailing slash. Scheme and host are in lower case.
#[derive(Clone)]
pub struct BaseUrl(Arc<Parts>);

#[derive(Clone)]
struct Parts {
    /// As it was given, also with a slash at its end: references are resolved against it.
    text: Box<str>,
    origin_len: usize,
    /// Without that slash.
    len: usize,
    /// How far a request in the clear may go.
    plain_reach: Option<Reach>,
    /// What each URI of a request begins with.
    server: Option<(Scheme, Authority)>,
    /// What the variables of its template are, for other servers that have them, too.
    variables: Box<[(Box<str>, Box<str>)]>,
    /// Whether it is that of the document, and not of the caller.
    is_default: bool,
}

impl BaseUrl {
    /// Returns whether a text is the query of a URL.
    pub(crate) fn is_query(text: &str) -> bool {
        check::is_query(text)
    }

    /// Returns whether a text has the characters of a path, in which dots may still be resolved.
    pub(crate) fn has_path_characters(text: &str) -> bool {
        check::has_path_characters(text)
    }

    /// Parses an absolute URL.
    pub fn parse(text: &str) -> Result<Self, BaseUrlError> {
        let (scheme, rest) = text.split_once("://").ok_or(BaseUrlError::Relative)?;
        let https = check::scheme_is_https(scheme).ok_or(BaseUrlError::Scheme)?;
        let authority_len = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(authority_len);
        if authority.contains('@') {
            return Err(BaseUrlError::UserInfo);
        }
        if path.contains('#') {
            return Err(BaseUrlError::Fragment);
        }
        if path.contains('?') {
            return Err(BaseUrlError::Query);
        }
        let (host, port) = check::split_port(authority);
        if !check::is_host(host) {
            return Err(BaseUrlError::Host);
        }
        if port.is_some_and(|port| !check::is_port(port)) {
            return Err(BaseUrlError::Port);
        }
        let plain_reach = (!https).then(|| Reach::of(&host.to_ascii_lowercase()));
        if plain_reach == Some(Reach::Public) {
            return Err(BaseUrlError::PlainHttp);
        }
        if !check::is_path(path) {
            return Err(BaseUrlError::Path);
        }
        let mut text = scheme.to_ascii_lowercase();
        text.push_str("://");
        let authority = authority.to_ascii_lowercase();
        text.push_str(&authority);
        let scheme = if https { Scheme::HTTPS } else { Scheme::HTTP };
        let server = Authority::try_from(authority).ok().map(|authority| (scheme, authority));
        let origin_len = text.len();
        let len = origin_len + path.trim_end_matches('/').len();
        text.push_str(path);
        Ok(Self(Arc::new(Parts {
            text: text.into_boxed_str(),
            origin_len,
            len,
            plain_reach,
            server,
            variables: Box::default(),
            is_default: false,
        })))
    }

    /// Fills the variables of an OpenAPI server URL such as `https://{tenant}.example.com/{version}`.
    ///
    /// The allowed values depend on the position. A variable that is the whole host is a host name, with a
    /// port if the template has none. One beside other text in the host is a DNS label (RFC 1123), so
    /// that no value can choose another domain. A port is 1 to 65535. In the path, values are path
    /// segments other than `.` and `..`. A scheme is `https` or `http`. A variable with which the
    /// template begins, such as `{origin}/v1`, is a base URL itself. Variables that are not in the
    /// template are ignored.
    pub fn from_template(template: &str, variables: &[(&str, &str)]) -> Result<Self, BaseUrlError> {
        let mut acc = Self::parse(&template::fill(template, variables)?)?;
        let kept = variables.iter().map(|(name, value)| ((*name).into(), (*value).into()));
        Arc::make_mut(&mut acc.0).variables = kept.collect();
        Ok(acc)
    }

    /// Returns how far a request in the clear may go; none if nothing is sent in the clear.
    pub(crate) fn plain_reach(&self) -> Option<Reach> {
        self.0.plain_reach
    }

    /// Returns whether a URL has this host and this port.
    pub(crate) fn has_authority(&self, url: &Uri) -> bool {
        self.0.server.as_ref().is_some_and(|(_, authority)| url.authority() == Some(authority))
    }

    /// Returns the URI of a path behind the host, with its query; none if it is too long for one.
    pub(crate) fn uri(&self, path_and_query: String) -> Option<Uri> {
        if self.origin().len() + path_and_query.len() > MAX_URI {
            return None;
        }
        let (scheme, authority) = self.0.server.clone()?;
        let path_and_query = Bytes::from(path_and_query);
        let mut parts = uri::Parts::default();
        parts.scheme = Some(scheme);
        parts.authority = Some(authority);
        parts.path_and_query = Some(PathAndQuery::from_maybe_shared(path_and_query).ok()?);
        Uri::from_parts(parts).ok()
    }

    /// Returns the values that the variables of its template have.
    pub(crate) fn variables(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.variables.iter().map(|(name, value)| (&**name, &**value))
    }

    /// Marks the URL as one that the caller did not choose.
    pub(crate) fn into_default(mut self) -> Self {
        Arc::make_mut(&mut self.0).is_default = true;
        self
    }

    /// Returns whether the caller did not choose it.
    pub(crate) fn is_default(&self) -> bool {
        self.0.is_default
    }

    /// Returns the URL with a path behind its host, if it has none itself.
    pub(crate) fn or_path(self, path: &str) -> Result<Self, BaseUrlError> {
        let path = path.trim_end_matches('/');
        if !self.prefix().is_empty() || path.is_empty() {
            return Ok(self);
        }
        let mut acc = Self::parse(&format!("{}{path}", self.as_str()))?;
        Arc::make_mut(&mut acc.0).variables.clone_from(&self.0.variables);
        Ok(acc)
    }

    /// Returns the whole URL, without a trailing slash.
    pub fn as_str(&self) -> &str {
        &self.0.text[..self.0.len]
    }

    /// Returns the path as it was given: a reference takes the place of what is behind its last slash
    /// (RFC 3986 section 5.2.3).
    pub(crate) fn path(&self) -> &str {
        &self.0.text[self.0.origin_len..]
    }

    /// Returns scheme, host and port: `https://host[:port]`.
    pub fn origin(&self) -> &str {
        &self.0.text[..self.0.origin_len]
    }

    /// Returns the path prefix: empty, or with a leading and without a trailing slash.
    pub fn prefix(&self) -> &str {
        &self.0.text[self.0.origin_len..self.0.len]
    }
}

/// Two that differ in a slash at the end are the same server.
impl PartialEq for BaseUrl {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for BaseUrl {}

impl Hash for BaseUrl {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl FromStr for BaseUrl {
    type Err = BaseUrlError;

    fn from_str(text: &str) -> Result<Self, BaseUrlError> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for BaseUrl {
    type Error = BaseUrlError;

    fn try_from(text: &str) -> Result<Self, BaseUrlError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for BaseUrl {
    type Error = BaseUrlError;

    fn try_from(text: String) -> Result<Self, BaseUrlError> {
        Self::parse(&text)
    }
}

impl TryFrom<&String> for BaseUrl {
    type Error = BaseUrlError;

    fn try_from(text: &String) -> Result<Self, BaseUrlError> {
        Self::parse(text)
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BaseUrl").field(&self.as_str()).finish()
    }
}

#[cfg(test)]
mod tests;
