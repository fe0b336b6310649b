//! Turns tokens of somebody into the parameters of a token exchange.

use std::fmt;
use std::sync::Arc;

use super::form::Form;
use crate::token::endpoint::EndpointError;
use crate::token::provider::TokenProvider;

/// A token to be exchanged (RFC 8693 section 2.1), from whatever has it when it is needed: another
/// [`TokenSource`](crate::token::TokenSource), a file, a [`StaticToken`](crate::token::StaticToken).
#[derive(Clone)]
pub struct ExchangedToken {
    provider: Arc<dyn TokenProvider>,
    kind: Box<str>,
}

impl ExchangedToken {
    /// Takes an access token of the same server.
    pub fn access_token(provider: impl TokenProvider + 'static) -> Self {
        Self::of_type(provider, "urn:ietf:params:oauth:token-type:access_token")
    }

    /// Takes a JWT, whoever issued it.
    pub fn jwt(provider: impl TokenProvider + 'static) -> Self {
        Self::of_type(provider, "urn:ietf:params:oauth:token-type:jwt")
    }

    /// Takes a token of a type that is named by a URI (RFC 8693 section 3).
    pub fn of_type(provider: impl TokenProvider + 'static, kind: impl Into<Box<str>>) -> Self {
        Self { provider: Arc::new(provider), kind: kind.into() }
    }

    async fn push(&self, names: [&str; 2], form: &mut Form<'_>) -> Result<(), EndpointError> {
        let token = self.provider.token().await.map_err(EndpointError::Token)?;
        form.push_secret(names[0], token.expose().into());
        form.push(names[1], &self.kind);
        Ok(())
    }
}

impl fmt::Debug for ExchangedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExchangedToken").field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// What is exchanged.
pub(super) struct Exchange {
    pub(super) subject: ExchangedToken,
    pub(super) actor: Option<ExchangedToken>,
}

impl Exchange {
    pub(super) async fn push(&self, form: &mut Form<'_>) -> Result<(), EndpointError> {
        self.subject.push(["subject_token", "subject_token_type"], form).await?;
        match &self.actor {
            Some(actor) => actor.push(["actor_token", "actor_token_type"], form).await,
            None => Ok(()),
        }
    }
}
