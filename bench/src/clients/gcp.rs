//! The service account of `gcp_auth`.

use std::sync::Arc;

use gcp_auth::{CustomServiceAccount, Token, TokenProvider as _};
use tamarack_clients::runtime::http::HeaderValue;

use super::{SCOPE, bearer, key};
use crate::client::{Client, Failure, Setup, Window};

#[derive(Clone)]
pub(crate) struct Gcp(Arc<CustomServiceAccount>);

impl Client for Gcp {
    const NAME: &'static str = "gcp_auth 0.12";
    // It takes a token for dead 20 s before its end.
    const WINDOW: Window = Window::Waited { lifetime: 21, wait: 1_200 };
    const ONE_ATTEMPT: Result<(), &'static str> = Err("its five attempts are fixed");
    const REJECTS: Result<(), &'static str> = Err("it takes no rejections");
    type Token = Arc<Token>;

    async fn new(setup: &Setup) -> Result<Self, Failure> {
        let account = CustomServiceAccount::from_json(&key::service_account(&setup.origin)?)?;
        Ok(Self(Arc::new(account)))
    }

    async fn token(&self) -> Result<Arc<Token>, Failure> {
        Ok(self.0.token(&[SCOPE]).await?)
    }

    async fn authorization(&self) -> Result<HeaderValue, Failure> {
        bearer(self.token().await?.as_str())
    }
}
