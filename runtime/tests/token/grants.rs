//! What a grant has besides the client's credentials is no more shown than they are.

use std::collections::BTreeSet;

use tamarack_runtime::token::{
    AssertionClaims, AssertionSigner, ClientAuthentication, ClientCredentials, ExchangedToken,
    GrantError, InMemoryRefreshToken, StaticToken, TokenErrorKind, TokenGrant,
};
use tamarack_runtime::{BoxFuture, Credential, SchemeGrant, Secret};

use crate::shown::{Hidden, forms, renderings};
use crate::support::{Act, Rig, SECRET, reply, typed};

/// Signs everything alike.
struct Constant;

impl AssertionSigner for Constant {
    fn sign<'a>(&'a self, _: &'a AssertionClaims) -> BoxFuture<'a, Result<Secret, GrantError>> {
        Box::pin(std::future::ready(Ok(SECRET.into())))
    }
}

/// Has no key.
struct Broken;

impl AssertionSigner for Broken {
    fn sign<'a>(&'a self, _: &'a AssertionClaims) -> BoxFuture<'a, Result<Secret, GrantError>> {
        Box::pin(std::future::ready(Err("the key is gone".into())))
    }
}

fn other() -> ClientCredentials {
    ClientCredentials::new("0-1-2-3-4-5", "9_8_7_6_5_4_3")
}

/// Grants that have the secret of these tests in all the places where there is one.
fn grants() -> Vec<TokenGrant> {
    let url = "https://login.example.com/token";
    let token = || ExchangedToken::jwt(StaticToken::new(SECRET).unwrap());
    let plain = || ExchangedToken::access_token(StaticToken::new("plain").unwrap());
    vec![
        TokenGrant::client_credentials(url, ClientCredentials::new("id", SECRET)),
        TokenGrant::client_credentials(url, ClientCredentials::new("id", SECRET))
            .authentication(ClientAuthentication::Post),
        TokenGrant::client_credentials(url, ClientCredentials::without_secret(SECRET)),
        TokenGrant::client_credentials(url, other())
            .authentication(ClientAuthentication::assertion(Constant)),
        TokenGrant::client_credentials(url, other()).parameter("api_key", SECRET),
        TokenGrant::refresh_token(url, other(), InMemoryRefreshToken::new(SECRET)),
        TokenGrant::token_exchange(url, other(), token()),
        TokenGrant::token_exchange(url, other(), plain()).actor(token()),
        TokenGrant::jwt_bearer(url, other(), Constant),
    ]
}

/// Where a server can echo what it was sent.
fn echoes(text: &str) -> Vec<Act> {
    let json = format!("{text:?}");
    vec![
        reply(400, format!(r#"{{"error":"invalid_grant","error_description":{json}}}"#)),
        reply(400, format!(r#"{{"error":{json}}}"#)),
        reply(200, format!(r#"{{"error":"invalid_grant","error_description":{json}}}"#)),
        typed(502, "text/html", format!("<h1>you sent {text}</h1>")),
        typed(401, "text/plain", text),
    ]
}

#[test]
fn fault_53_no_error_shows_what_a_grant_has() {
    let hidden = Hidden::new(&[SECRET]);
    for (index, grant) in grants().into_iter().enumerate() {
        let mut texts = BTreeSet::new();
        for act in forms(SECRET).iter().flat_map(|form| echoes(form)) {
            let rig = Rig::by(grant.clone(), move |_| act.clone());
            let error = rig.read().unwrap_err();
            assert!(rig.requests() > 0);
            texts.extend(renderings(&error));
            texts.extend(rig.errors().iter().flat_map(renderings));
        }
        assert!(texts.len() > 10, "{index}: {texts:?}");
        hidden.assert_absent(&texts);
    }
}

#[test]
fn fault_53_no_grant_shows_itself() {
    let hidden = Hidden::new(&[SECRET]);
    for grant in grants() {
        let scheme = SchemeGrant::new("login", grant.clone());
        let credential = Credential::grant(grant.clone());
        hidden.assert_absent(&[
            format!("{grant:?} {grant:#?}"),
            format!("{scheme:?} {scheme:#?} {credential:?}"),
        ]);
    }
    let token = ExchangedToken::jwt(StaticToken::new(SECRET).unwrap());
    let store = InMemoryRefreshToken::new(SECRET);
    hidden.assert_absent(&[format!("{token:?} {token:#?} {store:?} {store:#?}")]);
}

/// A signer that fails is the cause of the error, and nothing is sent.
#[test]
fn a_signer_that_fails() {
    let url = "https://login.example.com/token";
    for grant in [
        TokenGrant::jwt_bearer(url, other(), Broken),
        TokenGrant::client_credentials(url, other())
            .authentication(ClientAuthentication::assertion(Broken)),
    ] {
        let rig = Rig::by(grant, |_| panic!("nothing is sent"));
        let error = rig.read().unwrap_err();
        assert_eq!((error.kind(), rig.requests()), (&TokenErrorKind::Unavailable, 0));
        assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "the key is gone");
    }
}
