//! A client's private key in, the lifetime of a token out: `private_key_jwt` (RFC 7523 section 2.2), signed by the crate `jsonwebtoken`.
//!
//! Reads `TOKEN_URL`, `CLIENT_ID` and `PRIVATE_KEY_FILE`, a P-256 key in PKCS #8, as DER.

#![expect(clippy::print_stdout, reason = "a program talks to whoever started it")]

use std::env;
use std::error::Error;
use std::fs;
use std::future::ready;
use std::process::ExitCode;

use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use tamarack_clients::runtime::token::{
    AssertionClaims, AssertionSigner, ClientAuthentication, ClientCredentials, GrantError,
    TokenGrant,
};
use tamarack_clients::runtime::{BoxFuture, ClientBuilder, ClientCore, Secret};

/// A key in memory; one in a vault would be asked in the future instead.
struct Key(EncodingKey);

impl AssertionSigner for Key {
    fn sign<'a>(
        &'a self,
        claims: &'a AssertionClaims,
    ) -> BoxFuture<'a, Result<Secret, GrantError>> {
        let signed = encode(&Header::new(Algorithm::ES256), claims, &self.0);
        Box::pin(ready(signed.map(Secret::from).map_err(GrantError::from)))
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(seconds) => {
            println!("got a token that is valid for {seconds} s");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("no token: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Returns the lifetime of a fresh token, in seconds.
async fn run() -> Result<u64, Box<dyn Error>> {
    let variable = |name| env::var(name).map_err(|_| format!("set {name}"));
    let token_url = variable("TOKEN_URL")?;
    let key = EncodingKey::from_ec_der(&fs::read(variable("PRIVATE_KEY_FILE")?)?);
    let core: ClientCore =
        ClientBuilder::new("sign-assertion/0.1").base_url(token_url.as_str()).build()?;
    let client = ClientCredentials::without_secret(variable("CLIENT_ID")?);
    let source = TokenGrant::client_credentials(token_url, client)
        .authentication(ClientAuthentication::assertion(Key(key)))
        .source(&core)?
        .build()?;
    Ok(source.token().await?.lifetime().duration().as_secs())
}
