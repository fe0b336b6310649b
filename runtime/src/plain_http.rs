//! Where plain http is allowed beyond this machine, and what may be sent over it.

use std::error::Error;
use std::fmt;

use http::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderName, PROXY_AUTHORIZATION};
use http::{HeaderValue, Uri};

use crate::base_url::{BaseUrl, Reach};

/// Why a request over plain http is refused. Nothing was sent.
///
/// To this machine, plain http is always allowed. To a private network it needs
/// [`ClientBuilder::allow_plain_http`](crate::ClientBuilder::allow_plain_http), and with a credential also
/// [`ClientBuilder::allow_credentials_over_plain_http`](crate::ClientBuilder::allow_credentials_over_plain_http).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PlainHttpError {
    /// The host is on a private network, and the client does not allow plain http.
    NotAllowed,
    /// The request has a credential, which the client does not allow over plain http.
    Credential,
    /// The host may be on any network, where plain http is never allowed.
    PublicHost,
}

impl fmt::Display for PlainHttpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAllowed => {
                "plain http to another machine is refused: use `https`, or call \
                 `ClientBuilder::allow_plain_http` if the network is trusted"
            }
            Self::Credential => {
                "a credential over plain http is refused: use `https`, or call \
                 `ClientBuilder::allow_credentials_over_plain_http`, too, if everybody on the network \
                 may read it"
            }
            Self::PublicHost => {
                "plain http is refused for a host that is neither on a private network nor this machine"
            }
        })
    }
}

impl Error for PlainHttpError {}

/// Returns whether a header has a credential.
pub(crate) fn is_credential((name, value): (&HeaderName, &HeaderValue)) -> bool {
    value.is_sensitive() || is_credential_header(name)
}

/// Returns whether the values of a header are credentials.
pub(crate) fn is_credential_header(name: &HeaderName) -> bool {
    [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION].contains(name)
}

/// What a client allows over plain http to a private network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct PlainHttp {
    pub(crate) is_allowed: bool,
    pub(crate) with_credentials: bool,
}

impl PlainHttp {
    /// Checks a URL before anything is sent to it.
    pub(crate) fn check(self, url: &BaseUrl, has_credential: bool) -> Result<(), PlainHttpError> {
        self.of(url.plain_reach(), has_credential)
    }

    /// Checks a request that is complete, and most often goes to the server that is given. What is in its URL and
    /// its body is not looked at.
    pub(crate) fn check_request(
        self,
        uri: &Uri,
        headers: &HeaderMap,
        server: &BaseUrl,
    ) -> Result<(), PlainHttpError> {
        if uri.scheme_str() != Some("http") {
            return Ok(());
        }
        let has_credential = || headers.iter().any(is_credential);
        if let Some(reach) = server.plain_reach()
            && server.has_authority(uri)
        {
            return self.of(Some(reach), has_credential());
        }
        let host = uri.host().unwrap_or_default();
        // Most are in lower case, and so cost no copy.
        let reach = if host.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Reach::of(&host.to_ascii_lowercase())
        } else {
            Reach::of(host)
        };
        self.of(Some(reach), has_credential())
    }

    fn of(self, plain: Option<Reach>, has_credential: bool) -> Result<(), PlainHttpError> {
        match plain {
            Some(Reach::Public) => Err(PlainHttpError::PublicHost),
            Some(Reach::Private) if !self.is_allowed => Err(PlainHttpError::NotAllowed),
            Some(Reach::Private) if has_credential && !self.with_credentials => {
                Err(PlainHttpError::Credential)
            }
            None | Some(Reach::Private | Reach::Loopback) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_server_that_is_known_says_the_same_as_the_host() {
        let server = BaseUrl::parse("http://prism:4010/v1").unwrap();
        let mut headers = HeaderMap::new();
        let allowed = PlainHttp { is_allowed: true, with_credentials: false };
        for (url, with_nothing, with_leave) in [
            ("http://prism:4010/v1", Some(PlainHttpError::NotAllowed), None),
            ("http://PRISM:4010/v1", Some(PlainHttpError::NotAllowed), None),
            ("http://prism:1/v1", Some(PlainHttpError::NotAllowed), None),
            ("http://127.0.0.1:4010", None, None),
            ("https://prism:4010/v1", None, None),
            (
                "http://a.example",
                Some(PlainHttpError::PublicHost),
                Some(PlainHttpError::PublicHost),
            ),
        ] {
            let url = Uri::from_static(url);
            let checked =
                |it: PlainHttp, headers: &_| it.check_request(&url, headers, &server).err();
            assert_eq!(checked(PlainHttp::default(), &headers), with_nothing, "{url}");
            assert_eq!(checked(allowed, &headers), with_leave, "{url}");
        }
        headers.insert(AUTHORIZATION, HeaderValue::from_static("x"));
        let url = Uri::from_static("http://prism:4010/");
        let refused = Err(PlainHttpError::Credential);
        assert_eq!(allowed.check_request(&url, &headers, &server), refused);
    }
}
