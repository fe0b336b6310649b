//! oauth2 with the cache that its users write: an option behind a mutex.

use std::sync::Arc;
use std::time::{Duration, Instant};

use oauth2::basic::BasicClient;
use oauth2::{ClientId, ClientSecret, EndpointNotSet, EndpointSet, TokenResponse as _, TokenUrl};
use tamarack_clients::runtime::http::HeaderValue;
use tokio::sync::Mutex;

use super::{ID, SECRET, bearer, endpoint};
use crate::client::{Client, Failure, Setup, Window};

type Basic =
    BasicClient<EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>;

#[derive(Clone)]
pub(crate) struct Naive(Arc<Parts>);

struct Parts {
    client: Basic,
    http: oauth2::reqwest::Client,
    // Locked across the request, so that one caller fetches and the others wait.
    cached: Mutex<Option<(String, Instant)>>,
}

impl Client for Naive {
    const NAME: &'static str = "oauth2 5 + mutex";
    const WINDOW: Window = Window::Never("it never refreshes ahead");
    const REJECTS: Result<(), &'static str> = Ok(());
    type Token = String;

    async fn new(setup: &Setup) -> Result<Self, Failure> {
        let client = BasicClient::new(ClientId::new(ID.to_owned()))
            .set_client_secret(ClientSecret::new(SECRET.to_owned()))
            .set_token_uri(TokenUrl::new(endpoint(&setup.origin))?);
        let http = oauth2::reqwest::ClientBuilder::new()
            .redirect(oauth2::reqwest::redirect::Policy::none())
            .build()?;
        Ok(Self(Arc::new(Parts { client, http, cached: Mutex::new(None) })))
    }

    async fn token(&self) -> Result<String, Failure> {
        let mut cached = self.0.cached.lock().await;
        if let Some((token, end)) = &*cached
            && Instant::now() < *end
        {
            return Ok(token.clone());
        }
        let reply = self.0.client.exchange_client_credentials().request_async(&self.0.http).await?;
        let token = reply.access_token().secret().clone();
        let lifetime = reply.expires_in().unwrap_or(Duration::from_hours(1));
        *cached = Some((token.clone(), Instant::now() + lifetime));
        Ok(token)
    }

    async fn authorization(&self) -> Result<HeaderValue, Failure> {
        bearer(&self.token().await?)
    }

    async fn reject(&self, _: &String) {
        *self.0.cached.lock().await = None;
    }
}
