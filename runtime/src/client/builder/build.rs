//! From settings to a client; invalid ones are reported.

use std::sync::Arc;

use http::HeaderValue;

use super::ClientBuilder;
use crate::client::{BuildError, ClientCore, Credential, Held, Inner, Servers};
use crate::plain_http;
use crate::transport::Transport;

impl<C: From<ClientCore>> ClientBuilder<C> {
    /// Builds the client. If no transport is set, it creates that of the feature `reqwest013`.
    pub fn build(self) -> Result<C, BuildError> {
        let base_url = match (self.base_url, self.default_base_url) {
            (Some(base_url), _) => base_url?.or_path(self.base_path)?,
            (None, Some(default)) => default?.into_default(),
            (None, None) => return Err(BuildError::NoBaseUrl),
        };
        // A credential that the client has goes to its base URL, and is refused early.
        let mut own = self.headers.iter();
        let has_credential = !self.credentials.is_empty() || own.any(plain_http::is_credential);
        self.plain_http.check(&base_url, has_credential)?;
        let user_agent = match HeaderValue::from_str(&self.user_agent) {
            Ok(user_agent) if self.user_agent.is_ascii() => user_agent,
            _ => return Err(BuildError::UserAgent),
        };
        let transport = match self.transport {
            Some(transport) => transport,
            None => (self.default_transport)()?,
        };
        let plain_http = self.plain_http;
        let servers = self.servers.into_iter().map(|(server, url)| {
            let url = url?;
            plain_http.check(&url, false)?;
            Ok((server, url))
        });
        let servers = servers.collect::<Result<_, BuildError>>()?;
        let (limits, credentials) = (self.limits, Arc::default());
        if let Some(error) = self.header_error {
            return Err(error);
        }
        let mut inner = Inner {
            base_url,
            transport,
            limits,
            user_agent,
            headers: Arc::new(self.headers),
            credentials,
            servers: Arc::new(Servers::new(servers)),
            plain_http,
            retries: Arc::new(self.retries),
            hooks: self.hooks,
        };
        let bare = ClientCore(Arc::new(inner.clone()));
        let credentials = self.credentials.into_iter();
        let held =
            |(scheme, credential): (_, Credential)| Ok(Held::new(scheme, credential.on(&bare)?));
        inner.credentials = credentials.map(held).collect::<Result<_, BuildError>>()?;
        Ok(C::from(ClientCore(Arc::new(inner))))
    }
}

#[cfg(feature = "reqwest013-own-tls")]
pub(super) fn default_transport() -> Result<Arc<dyn Transport>, BuildError> {
    Ok(Arc::new(crate::reqwest013::Reqwest013::new()?))
}

#[cfg(not(feature = "reqwest013-own-tls"))]
pub(super) fn default_transport() -> Result<Arc<dyn Transport>, BuildError> {
    Err(BuildError::NoTransport)
}

#[cfg(feature = "ureq3")]
#[allow(clippy::unnecessary_wraps, reason = "the other transport can fail")]
pub(super) fn blocking_transport() -> Result<Arc<dyn Transport>, BuildError> {
    Ok(Arc::new(crate::ureq3::Ureq3::new()))
}

/// A transport that is made for async would panic, or never end.
#[cfg(all(feature = "blocking", not(feature = "ureq3")))]
pub(super) fn blocking_transport() -> Result<Arc<dyn Transport>, BuildError> {
    Err(BuildError::NoTransport)
}
