//! yup-oauth2's authenticator of a service account.

use tamarack_clients::runtime::http::HeaderValue;
use yup_oauth2::authenticator::Authenticator;
use yup_oauth2::{
    AccessToken, DefaultHyperClientBuilder, HyperClientBuilder, ServiceAccountAuthenticator,
    ServiceAccountKey,
};

use super::{SCOPE, bearer, key};
use crate::client::{Client, Failure, Setup, Window};

type Connector = <DefaultHyperClientBuilder as HyperClientBuilder>::Connector;

#[derive(Clone)]
pub(crate) struct Yup(Authenticator<Connector>);

impl Client for Yup {
    const NAME: &'static str = "yup-oauth2 12";
    // It takes a token for dead 60 s before its end.
    const WINDOW: Window = Window::Waited { lifetime: 61, wait: 1_200 };
    const REJECTS: Result<(), &'static str> = Ok(());
    type Token = AccessToken;

    async fn new(setup: &Setup) -> Result<Self, Failure> {
        let account: ServiceAccountKey =
            serde_json::from_str(&key::service_account(&setup.origin)?)?;
        Ok(Self(ServiceAccountAuthenticator::builder(account).build().await?))
    }

    async fn token(&self) -> Result<AccessToken, Failure> {
        let token = self.0.token(&[SCOPE]).await?;
        // A failed reply is taken for a token without a text.
        if token.token().is_none() { Err("no token in the reply".into()) } else { Ok(token) }
    }

    async fn authorization(&self) -> Result<HeaderValue, Failure> {
        bearer(self.token().await?.token().unwrap_or_default())
    }

    async fn reject(&self, _: &AccessToken) {
        // The one way to be rid of a token is to fetch another.
        let _ = self.0.force_refreshed_token(&[SCOPE]).await;
    }
}
