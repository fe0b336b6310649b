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
mod tests {
    use super::*;

    #[test]
    fn origin_and_prefix() {
        let cases = [
            ("https://example.com", "https://example.com", ""),
            ("https://example.com/", "https://example.com", ""),
            ("HTTPS://Example.COM:8443/V1/api/", "https://example.com:8443", "/V1/api"),
            ("https://example.com/a%20b", "https://example.com", "/a%20b"),
            ("https://192.0.2.1:8443", "https://192.0.2.1:8443", ""),
            ("https://[2001:db8::1]/x", "https://[2001:db8::1]", "/x"),
        ];
        for (text, origin, prefix) in cases {
            let base = BaseUrl::parse(text).unwrap();
            assert_eq!((base.origin(), base.prefix()), (origin, prefix), "{text}");
            assert_eq!(base.to_string(), format!("{origin}{prefix}"));
        }
    }

    #[test]
    fn http_is_for_this_machine_and_private_networks() {
        let reach = |host: &str| {
            let base = BaseUrl::parse(&format!("http://{host}/x"))?;
            assert_eq!(BaseUrl::parse(&format!("https://{host}")).unwrap().plain_reach(), None);
            Ok(base.plain_reach().unwrap())
        };
        for host in
            ["127.0.0.1", "127.255.0.9:80", "[::1]:8080", "[::1]", "localhost", "LocalHost:1"]
        {
            assert_eq!(reach(host), Ok(Reach::Loopback), "{host}");
        }
        for host in [
            // RFC 1918, RFC 3927, RFC 4193, RFC 4291: the first and the last of each block.
            "10.0.0.0",
            "10.255.255.255:8080",
            "172.16.0.0",
            "172.31.255.255",
            "192.168.0.0",
            "192.168.255.255",
            "169.254.0.0",
            "169.254.255.255",
            "[fc00::]",
            "[fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:1",
            "[fe80::1]",
            "[febf::]",
            "prism:4010",
            "Prism",
            "a1",
            "0xcafeteria",
            "printer.local",
            "host.docker.internal:4010",
            "notes.default.svc",
            "notes.default.svc.cluster.local:8080",
        ] {
            assert_eq!(reach(host), Ok(Reach::Private), "{host}");
        }
        for host in [
            "example.com",
            "localhost.example.com",
            "128.0.0.1",
            "127.0.0.1.example.com",
            "127.1",
            "0x7f.0.0.1",
            "[::2]",
            "[::ffff:127.0.0.1]",
            "[::ffff:10.0.0.1]",
            // One off each block.
            "9.255.255.255",
            "11.0.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.167.255.255",
            "192.169.0.0",
            "169.253.255.255",
            "169.255.0.0",
            "0.0.0.0",
            "[fbff::]",
            "[fe00::]",
            "[fe7f::]",
            "[fec0::]",
            "[ff02::1]",
            "[::]",
            // Numbers that resolvers take for an address.
            "134744072",
            "0x08080808",
            "0x",
            "8.8.2056",
            "local.example.com",
            "svc.example.com",
            "notes.svc.example.com",
            "mylocal.com",
            "a.notlocal",
            "a.internals",
        ] {
            assert_eq!(reach(host), Err(BaseUrlError::PlainHttp), "{host}");
        }
    }

    #[test]
    fn what_is_refused() {
        let cases = [
            ("", BaseUrlError::Relative),
            ("/v1", BaseUrlError::Relative),
            ("example.com", BaseUrlError::Relative),
            ("//example.com", BaseUrlError::Relative),
            ("ftp://example.com", BaseUrlError::Scheme),
            (" https://example.com", BaseUrlError::Scheme),
            ("https://", BaseUrlError::Host),
            ("https:///v1", BaseUrlError::Host),
            ("https://:443", BaseUrlError::Host),
            ("https://exa mple.com", BaseUrlError::Host),
            ("https://example..com", BaseUrlError::Host),
            ("https://-example.com", BaseUrlError::Host),
            ("https://[::1", BaseUrlError::Host),
            ("https://[::g]", BaseUrlError::Host),
            ("https://[::1]x", BaseUrlError::Host),
            ("https://ex\u{e4}mple.com", BaseUrlError::Host),
            ("https://example.com:", BaseUrlError::Port),
            ("https://example.com:0", BaseUrlError::Port),
            ("https://example.com:65536", BaseUrlError::Port),
            ("https://example.com:+1", BaseUrlError::Port),
            ("https://user:hunter2@example.com", BaseUrlError::UserInfo),
            ("https://user@example.com", BaseUrlError::UserInfo),
            ("https://example.com?x=1", BaseUrlError::Query),
            ("https://example.com/?", BaseUrlError::Query),
            ("https://example.com/#x", BaseUrlError::Fragment),
            ("https://example.com/a b", BaseUrlError::Path),
            ("https://example.com\\evil", BaseUrlError::Path),
            ("https://example.com/a/../b", BaseUrlError::Path),
            ("https://example.com/%2E%2e/b", BaseUrlError::Path),
            ("https://example.com/.", BaseUrlError::Path),
            ("https://example.com/%zz", BaseUrlError::Path),
            ("https://example.com/a\r\nb", BaseUrlError::Path),
        ];
        for (text, error) in cases {
            assert_eq!(BaseUrl::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn every_source_of_text() {
        let expected = BaseUrl::parse("https://a.b").unwrap();
        let owned = "https://a.b".to_owned();
        assert_eq!("https://a.b".parse::<BaseUrl>().unwrap(), expected);
        assert_eq!(BaseUrl::try_from("https://a.b").unwrap(), expected);
        assert_eq!(BaseUrl::try_from(&owned).unwrap(), expected);
        assert_eq!(BaseUrl::try_from(owned).unwrap(), expected);
        assert_eq!(format!("{expected:?}"), r#"BaseUrl("https://a.b")"#);
    }
}
