//! google-cloud-auth's credentials of an authorized user.

use google_cloud_auth::credentials::user_account::Builder;
use google_cloud_auth::credentials::{AccessToken, AccessTokenCredentials};
use tamarack_clients::runtime::http::HeaderValue;

use super::{ID, SECRET, bearer, endpoint};
use crate::client::{Client, Failure, Setup, Window};

#[derive(Clone)]
pub(crate) struct Google(AccessTokenCredentials);

impl Client for Google {
    const NAME: &'static str = "google-cloud-auth 1.18";
    // A task of its own refreshes 240 s before the end, that is after 2 s.
    const WINDOW: Window = Window::Waited { lifetime: 242, wait: 1_900 };
    const REJECTS: Result<(), &'static str> = Err("it takes no rejections");
    type Token = AccessToken;

    async fn new(setup: &Setup) -> Result<Self, Failure> {
        let user = serde_json::json!({
            "type": "authorized_user",
            "client_id": ID,
            "client_secret": SECRET,
            "refresh_token": "refresh",
        });
        let builder = Builder::new(user).with_token_uri(endpoint(&setup.origin));
        Ok(Self(builder.build_access_token_credentials()?))
    }

    async fn token(&self) -> Result<AccessToken, Failure> {
        Ok(self.0.access_token().await?)
    }

    async fn authorization(&self) -> Result<HeaderValue, Failure> {
        bearer(&self.token().await?.token)
    }
}
