//! An RSA key, made at the start of each run, for the peers that sign their requests.

use std::sync::LazyLock;

use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::endpoint;
use crate::client::Failure;

static PEM: LazyLock<Result<String, &'static str>> = LazyLock::new(make);

fn make() -> Result<String, &'static str> {
    let key = KeyPair::generate(KeySize::Rsa2048).map_err(|_| "no RSA key could be made")?;
    let der: Pkcs8V1Der<'_> = key.as_der().map_err(|_| "the RSA key has no DER")?;
    let text = STANDARD.encode(der.as_ref());
    let lines: Vec<_> = text.as_bytes().chunks(64).map(String::from_utf8_lossy).collect();
    let lines = lines.join("\n");
    Ok(format!("-----BEGIN PRIVATE KEY-----\n{lines}\n-----END PRIVATE KEY-----\n"))
}

/// Returns the JSON of a service account whose tokens come from this server.
pub(super) fn service_account(origin: &str) -> Result<String, Failure> {
    let pem = PEM.as_ref().map_err(|why| *why)?;
    let account = serde_json::json!({
        "type": "service_account",
        "project_id": "project",
        "private_key_id": "1",
        "private_key": pem,
        "client_email": "bench@project.example.com",
        "client_id": "1",
        "token_uri": endpoint(origin),
    });
    Ok(account.to_string())
}
