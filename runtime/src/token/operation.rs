//! The token endpoint of an API that has one among its operations.

use bytes::Bytes;
use http::Request;
use http::header::CONTENT_TYPE;

use super::builder::TokenSourceBuilder;
use super::credentials::ClientCredentials;
use super::endpoint::{EndpointError, TokenEndpoint, bounded};
use super::identity::TokenIdentity;
use super::source::TokenSource;
use crate::call;
use crate::client::ClientCore;
use crate::operation::Operation;
use crate::reply::RawReply;
use crate::request::{RequestBuilder, RequestError};
use crate::transport::BoxFuture;

/// Adds what proves the client beside the operation.
type Prove = fn(&mut RequestBuilder, &ClientCredentials);

/// Asks for a token by an operation.
struct OfOperation<F> {
    core: ClientCore,
    origin: String,
    operation: F,
    prove: Prove,
}

impl TokenSource {
    /// Returns the builder of a source that asks for each token by an operation, which is made of the
    /// current credentials.
    ///
    /// What the operation says proves the client (RFC 6749 section 3.2.1), so the security that the
    /// document asks for beside it, which is often the token itself, is sent where the client has a
    /// credential for it and is no error where it has none.
    ///
    /// No more of a response is read than a token can need, and nobody waits longer for it than a
    /// refresh does ([`bounded`]).
    pub fn of_operation<O: Operation>(
        core: &ClientCore,
        credentials: ClientCredentials,
        operation: impl Fn(&ClientCredentials) -> O + Send + Sync + 'static,
    ) -> TokenSourceBuilder {
        Self::proving(core, credentials, operation, |_, _| {})
    }

    /// Like [`of_operation`](Self::of_operation), for an operation that says nothing of the client: its id
    /// and secret are sent by HTTP Basic, as RFC 6749 section 2.3.1 asks.
    #[cfg(feature = "basic")]
    pub fn of_operation_by_basic<O: Operation>(
        core: &ClientCore,
        credentials: ClientCredentials,
        operation: impl Fn(&ClientCredentials) -> O + Send + Sync + 'static,
    ) -> TokenSourceBuilder {
        Self::proving(core, credentials, operation, RequestBuilder::authorize_client)
    }

    fn proving<O: Operation>(
        core: &ClientCore,
        credentials: ClientCredentials,
        operation: impl Fn(&ClientCredentials) -> O + Send + Sync + 'static,
        prove: Prove,
    ) -> TokenSourceBuilder {
        // Where there is no URL, the request says so.
        let base = O::SERVER.and_then(|it| core.server(&it).ok());
        let origin = base.as_ref().unwrap_or(core.base_url()).origin().to_owned();
        let endpoint = OfOperation { core: bounded(core), origin, operation, prove };
        Self::builder(endpoint, credentials)
    }
}

impl<F> OfOperation<F> {
    fn build<O: Operation>(
        &self,
        credentials: &ClientCredentials,
    ) -> Result<Request<Bytes>, RequestError>
    where
        F: Fn(&ClientCredentials) -> O,
    {
        let info = O::INFO;
        let mut request = call::begin::<O>(&self.core, &info);
        request.constant_headers(info.headers);
        request.mark_as_credential();
        (self.operation)(credentials).request(&mut request);
        request.authorize_if_held(info.security);
        (self.prove)(&mut request, credentials);
        request.accept(info.accept);
        request.build()
    }
}

impl<O, F> TokenEndpoint for OfOperation<F>
where
    O: Operation,
    F: Fn(&ClientCredentials) -> O + Send + Sync,
{
    fn request<'a>(
        &'a self,
        credentials: &'a ClientCredentials,
    ) -> BoxFuture<'a, Result<RawReply, EndpointError>> {
        // Built before the future is made, which so holds no part of the operation.
        let request = self.build(credentials);
        Box::pin(async move { Ok(self.core.send(request?).await?) })
    }

    fn origin(&self) -> Option<&str> {
        Some(&self.origin)
    }

    /// All of the request but what proves the client. Another value of an argument, such as a tenant, is
    /// another token.
    fn identity(&self, credentials: &ClientCredentials) -> TokenIdentity {
        // The operation puts the secret where only it knows, so it is given another.
        let Ok(request) = self.build(&credentials.with_secret("secret".into())) else {
            return TokenIdentity::in_part([&*self.origin, credentials.id().expose()]);
        };
        let (method, uri) = (request.method().as_str(), request.uri().to_string());
        let media_type = request.headers().get(CONTENT_TYPE).map_or(&[][..], |it| it.as_bytes());
        TokenIdentity::known([
            method.as_bytes(),
            uri.as_bytes(),
            credentials.id().expose().as_bytes(),
            media_type,
            request.body(),
        ])
    }
}
