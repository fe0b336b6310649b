//! The token endpoint of a grant: sends its request to the token URL.

use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::{HeaderValue, Method, Request};

use super::Kind;
use super::assertion::AssertionClaims;
use super::client_authentication::ClientAuthentication;
use super::form::Form;
use super::refresh::Refresh;
use crate::client::ClientCore;
use crate::reply::RawReply;
use crate::secret::Secret;
use crate::token::credentials::ClientCredentials;
use crate::token::endpoint::{EndpointError, TokenEndpoint};
use crate::token::error::TokenError;
use crate::token::identity::TokenIdentity;
use crate::token::token_url::TokenUrl;
use crate::transport::BoxFuture;

/// A token URL that is asked by one grant.
pub(super) struct GrantEndpoint {
    pub(super) core: ClientCore,
    pub(super) url: TokenUrl,
    pub(super) authentication: ClientAuthentication,
    pub(super) kind: Kind,
    pub(super) scope: Option<Box<str>>,
    pub(super) parameters: Vec<(Box<str>, Secret)>,
    /// What is known of the refresh token, where the grant has one.
    pub(super) refresh: Option<Refresh>,
    /// What the last request had in it besides the credentials.
    pub(super) sent: Mutex<Vec<Secret>>,
}

impl TokenEndpoint for GrantEndpoint {
    fn request<'a>(
        &'a self,
        credentials: &'a ClientCredentials,
    ) -> BoxFuture<'a, Result<RawReply, EndpointError>> {
        Box::pin(async move {
            let mut sent = Vec::new();
            let built = self.build(credentials, &mut sent).await;
            // Also where the request was not built: what stops it may have been told a part.
            *self.sent.lock().unwrap_or_else(PoisonError::into_inner) = sent;
            let (request, refresh_token) = built?;
            match (&self.refresh, refresh_token) {
                (Some(refresh), Some(token)) => {
                    let reply = self.core.send(request);
                    Ok(refresh.used(&token, reply).await?)
                }
                _ => Ok(self.core.send(request).await?),
            }
        })
    }

    fn origin(&self) -> Option<&str> {
        Some(self.url.origin())
    }

    fn identity(&self, credentials: &ClientCredentials) -> TokenIdentity {
        let url = self.url.uri().to_string();
        let mut scopes: Vec<&str> = self.scope.iter().flat_map(|scope| scope.split(' ')).collect();
        scopes.sort_unstable();
        let mut parameters: Vec<(&str, &str)> =
            self.parameters.iter().map(|(name, value)| (&**name, value.expose())).collect();
        parameters.sort_unstable();
        let scope = scopes.join(" ");
        let mut parts = vec![self.kind.grant_type(), &url, credentials.id().expose(), &scope];
        parts.extend(parameters.iter().flat_map(|&(name, value)| [name, value]));
        match &self.kind {
            Kind::ClientCredentials => TokenIdentity::known(parts),
            // For whom the token is, is in an assertion or in another token.
            Kind::TokenExchange(_) | Kind::JwtBearer(_) => TokenIdentity::in_part(parts),
            Kind::RefreshToken(_) => TokenIdentity::never(
                "a refresh token is used by one machine, since a second use is taken for theft, so \
                 its access tokens cannot be shared",
            ),
        }
    }

    fn sent_secrets(&self) -> Vec<Secret> {
        let sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let parameters = self.parameters.iter().map(|(_, value)| value.clone());
        let refresh = self.refresh.iter().flat_map(Refresh::secrets);
        sent.into_iter().chain(parameters).chain(refresh).collect()
    }

    fn take_failure(&self) -> Option<TokenError> {
        self.refresh.as_ref().and_then(Refresh::take_failure)
    }

    fn is_in_doubt(&self) -> bool {
        self.refresh.as_ref().is_some_and(Refresh::is_in_doubt)
    }
}

impl GrantEndpoint {
    /// Returns the request and the refresh token in it, if there is one.
    async fn build(
        &self,
        credentials: &ClientCredentials,
        sent: &mut Vec<Secret>,
    ) -> Result<(Request<Bytes>, Option<Secret>), EndpointError> {
        let mut form = Form::new(sent);
        form.push("grant_type", self.kind.grant_type());
        for (name, value) in &self.parameters {
            form.push(name, value.expose());
        }
        if let Some(scope) = &self.scope {
            form.push("scope", scope);
        }
        let token_url = self.url.uri().to_string();
        let mut refresh_token = None;
        match &self.kind {
            Kind::ClientCredentials => {}
            Kind::RefreshToken(_) => {
                if let Some(refresh) = &self.refresh {
                    let token = refresh.current().await?;
                    form.push_secret("refresh_token", token.clone());
                    refresh_token = Some(token);
                }
            }
            Kind::TokenExchange(exchange) => exchange.push(&mut form).await?,
            Kind::JwtBearer(signer) => {
                let claims = AssertionClaims::new(credentials.id(), token_url.clone());
                let assertion = signer.sign(&claims).await.map_err(TokenError::unavailable)?;
                form.push_secret("assertion", assertion);
            }
        }
        let authorization = self.authentication.apply(credentials, &token_url, &mut form).await?;
        let mut request = Request::new(form.into_body().into_bytes());
        *request.method_mut() = Method::POST;
        *request.uri_mut() = self.url.uri().clone();
        let headers = request.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(USER_AGENT, self.core.user_agent().clone());
        if let Some(authorization) = authorization {
            headers.insert(AUTHORIZATION, authorization);
        }
        Ok((request, refresh_token))
    }
}
