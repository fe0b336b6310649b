//! A token source that asks by an operation.

use std::time::Duration;

use serde::Deserialize;
use tamarack_runtime::http::Method;
use tamarack_runtime::token::{ClientCredentials, TokenErrorKind, TokenSource};
use tamarack_runtime::{
    Json, Limits, Operation, OperationInfo, RequestBuilder, RequestError, Status, declared_errors,
};

use crate::Canned;

struct GetToken {
    id: String,
    secret: String,
}

#[derive(Deserialize)]
struct Token {}

impl Operation for GetToken {
    type Success = Json<Token>;
    type Error = GetTokenError;

    const INFO: OperationInfo = OperationInfo {
        id: "getToken",
        method: Method::POST,
        path: "/token",
        success: &[Status::Exact(200)],
        accept: "application/json",
        headers: &[],
        security: &[],
    };

    fn request(&self, request: &mut RequestBuilder) {
        request.header("x-id", &self.id);
        request.form(&[("client_secret", &self.secret)].into_iter().collect::<Form<'_>>());
    }
}

type Form<'a> = std::collections::BTreeMap<&'a str, &'a String>;

declared_errors! {
    /// The errors of [`GetToken`].
    pub enum GetTokenError for "getToken" {}
}

fn of(credentials: &ClientCredentials) -> GetToken {
    let text = |secret: &tamarack_runtime::Secret| secret.expose().to_owned();
    GetToken { id: text(credentials.id()), secret: text(credentials.secret()) }
}

const TOKEN: &str = r#"{"access_token":"abc","token_type":"Bearer","expires_in":60}"#;

#[tokio::test]
async fn each_token_is_asked_for_by_the_operation() {
    let api = Canned::new(200, TOKEN);
    let core = api.core();
    let credentials = ClientCredentials::new("id", "secret");
    let source = TokenSource::of_operation(&core, credentials, of).build().unwrap();
    assert_eq!(api.n_seen(), 0, "nothing is sent before the first read");
    let token = source.token().await.unwrap();
    assert_eq!(token.expose(), "abc");
    let (request, limits) = api.sent();
    assert_eq!(request.uri(), "https://api.example.com/v1/token");
    assert_eq!(request.headers()["x-id"], "id");
    assert_eq!(request.body(), "client_secret=secret");
    // No more than a token can need.
    let most = Limits::default().with_timeout(Duration::from_secs(30)).with_max_body(64 << 10);
    assert_eq!(limits, most);
    // The operation is made of the credentials of the moment.
    source.rotate_secret("rotated").unwrap();
    source.invalidate(&token);
    source.token().await.unwrap();
    assert_eq!(api.sent().0.body(), "client_secret=rotated");
}

#[tokio::test]
async fn a_request_that_cannot_be_built_is_final() {
    let api = Canned::new(200, TOKEN);
    let credentials = ClientCredentials::new("id", "secret");
    let unsendable =
        |_: &ClientCredentials| GetToken { id: "\n".to_owned(), secret: String::new() };
    let source = TokenSource::of_operation(&api.core(), credentials, unsendable).build().unwrap();
    let error = source.token().await.unwrap_err();
    assert!(matches!(error.kind(), TokenErrorKind::Request), "{error:?}");
    let cause = std::error::Error::source(&error).unwrap();
    assert_eq!(cause.to_string(), RequestError::Header { name: "x-id".into() }.to_string());
    assert_eq!(api.n_seen(), 0);
}

#[cfg(feature = "blocking")]
#[test]
fn a_source_without_async_asks_the_same_way() {
    let api = Canned::new(200, TOKEN);
    let credentials = ClientCredentials::new("id", "secret");
    let builder = TokenSource::of_operation(&api.core(), credentials, of).blocking();
    assert_eq!(builder.build().unwrap().token().unwrap().expose(), "abc");
    assert_eq!(api.sent().0.body(), "client_secret=secret");
}
