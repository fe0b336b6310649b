//! Turns the built program loose on a loopback server that checks its signature as RFC 7523 section 3 says.

use std::fs;
use std::process::Command;

use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use rcgen::KeyPair;
use serde_json::{Value, json};
use tamarack_tests::server::{Server, json_reply};

#[test]
fn the_server_can_check_who_asks() {
    let key = KeyPair::generate().expect("a key is made");
    let file = std::env::temp_dir().join(format!("sign-assertion-{}.der", std::process::id()));
    fs::write(&file, key.serialize_der()).expect("the folder for temporary files is writable");
    let token = json!({"access_token": "the-token", "token_type": "Bearer", "expires_in": 1800});
    let server = Server::replying(json_reply(200, &token));
    let token_url = format!("{}/token", server.url());
    let output = Command::new(env!("CARGO_BIN_EXE_sign-assertion"))
        .envs([("TOKEN_URL", token_url.as_str()), ("CLIENT_ID", "the-id")])
        .env("PRIVATE_KEY_FILE", &file)
        .env("NO_PROXY", "127.0.0.1")
        .output()
        .expect("the program starts");
    fs::remove_file(&file).expect("nobody else removes it");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{stderr}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("1800"));

    let body = String::from_utf8(server.request().body).expect("a form is ASCII");
    let value = |name: &str| {
        let pairs = body.split('&').filter_map(|pair| pair.split_once('='));
        let mut values = pairs.filter(|(found, _)| *found == name).map(|(_, value)| value);
        values.next().unwrap_or_else(|| panic!("no {name} in {body}")).to_owned()
    };
    assert_eq!(value("grant_type"), "client_credentials");
    let kind = "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer";
    assert_eq!(value("client_assertion_type"), kind);
    let mut rules = Validation::new(Algorithm::ES256);
    rules.set_audience(&[&token_url]);
    rules.set_issuer(&["the-id"]);
    rules.set_required_spec_claims(&["iss", "sub", "aud", "exp"]);
    let public = DecodingKey::from_ec_der(key.public_key_raw());
    let assertion = decode::<Value>(value("client_assertion"), &public, &rules);
    let claims = assertion.expect("the signature and the claims are valid").claims;
    assert_eq!(claims["sub"], "the-id");
    assert!(claims["jti"].is_string());
}
