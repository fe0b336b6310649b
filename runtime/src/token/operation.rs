//! The token endpoint of an API that has one among its operations.

use super::builder::TokenSourceBuilder;
use super::credentials::ClientCredentials;
use super::endpoint::{EndpointError, TokenEndpoint, bounded};
use super::source::TokenSource;
use crate::call::Call;
use crate::client::ClientCore;
use crate::operation::Operation;
use crate::reply::RawReply;
use crate::transport::BoxFuture;

/// Asks for a token by an operation.
struct OfOperation<F> {
    core: ClientCore,
    origin: String,
    operation: F,
}

impl TokenSource {
    /// Returns the builder of a source that asks for each token by an operation, which is made of the
    /// current credentials.
    ///
    /// No more of a response is read than a token can need, and nobody waits longer for it than a
    /// refresh does ([`bounded`]).
    pub fn of_operation<O: Operation>(
        core: &ClientCore,
        credentials: ClientCredentials,
        operation: impl Fn(&ClientCredentials) -> O + Send + Sync + 'static,
    ) -> TokenSourceBuilder {
        let origin = core.base_url().origin().to_owned();
        let endpoint = OfOperation { core: bounded(core), origin, operation };
        Self::builder(endpoint, credentials)
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
        let request = Call::new(&self.core, (self.operation)(credentials)).into_request();
        Box::pin(async move { Ok(self.core.send(request?).await?) })
    }

    fn origin(&self) -> Option<&str> {
        Some(&self.origin)
    }
}
