//! huskarl's `InMemoryTokenCache` over a client credentials grant, wired as its guide to caching says.

use std::sync::Arc;
use std::time::Duration;

use huskarl::cache::{
    GrantTokenSource, InMemoryRefreshTokenStore, InMemoryTokenCache, TokenSource,
};
use huskarl::core::client_auth::ClientSecret;
use huskarl::core::secrets::{ProvidedSecret, SecretString};
use huskarl::grant::client_credentials::{
    ClientCredentialsGrant, ClientCredentialsGrantParameters,
};
use huskarl::grant::core::TokenResponse;
use huskarl_reqwest::ReqwestClient;
use tamarack_clients::runtime::http::HeaderValue;

use super::{ID, SECRET, endpoint};
use crate::client::{Ahead, Client, Failure, Setup, Window};

type Source = GrantTokenSource<ClientCredentialsGrant, InMemoryRefreshTokenStore>;

#[derive(Clone)]
pub(crate) struct Huskarl(Arc<InMemoryTokenCache<Source>>);

impl Client for Huskarl {
    const NAME: &'static str = "huskarl 0.11";
    // Told to refresh 300 s ahead, plus up to 30 s of jitter.
    const WINDOW: Window = Window::Shifted { lifetime: 3_600, forward: 3_350 };
    const REJECTS: Result<(), &'static str> = Ok(());
    type Token = Arc<TokenResponse>;

    async fn new(setup: &Setup) -> Result<Self, Failure> {
        let http = ReqwestClient::builder().build().await?;
        let secret = ClientSecret::new(ProvidedSecret::new(SecretString::new(SECRET)));
        let grant = ClientCredentialsGrant::builder()
            .client_id(ID)
            .client_auth(secret)
            .token_endpoint(endpoint(&setup.origin).parse()?)
            .http_client(http);
        let grant = match &setup.shift {
            Some(shift) => grant.clock(shift.clone()).build(),
            None => grant.build(),
        };
        let source = GrantTokenSource::builder()
            .grant(grant)
            .grant_parameters(ClientCredentialsGrantParameters::builder().build())
            .refresh_store(InMemoryRefreshTokenStore::default())
            .build();
        let ahead = (setup.ahead == Ahead::FiveMinutes).then_some(Duration::from_mins(5));
        let cache = InMemoryTokenCache::builder().source(source).maybe_refresh_ahead(ahead);
        Ok(Self(Arc::new(cache.build())))
    }

    async fn token(&self) -> Result<Self::Token, Failure> {
        Ok(self.0.token().await?)
    }

    async fn authorization(&self) -> Result<HeaderValue, Failure> {
        Ok(self.0.token().await?.access_token().expose_header_value()?)
    }

    async fn reject(&self, _: &Self::Token) {
        self.0.invalidate();
    }
}
