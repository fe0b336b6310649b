//! What generated types show of secrets that no overlay names: those with `format: password` in
//! `obstacles`, those with the name of a secret in `tokens`.

use std::fmt::Debug;

use serde_json::json;
use tamarack_goldens::golden::obstacles::v1::types as by_format;
use tamarack_goldens::golden::tokens::v1::{operations::Optional, types as by_name};

/// No part of it stands in a name of a type or a field.
const SECRET: &str = "zq7Xw9";

/// Checks that no rendering shows the secret.
#[track_caller]
fn check(value: &impl Debug) {
    for shown in [format!("{value:?}"), format!("{value:#?}")] {
        assert!(!shown.contains(SECRET), "{shown}");
    }
}

#[test]
fn requests() {
    check(&by_format::TokenRequest::new("id", SECRET, SECRET));
    let request = by_name::OptionalRequest::new(
        by_name::OptionalRequestGrantType::ClientCredentials,
        by_name::Text::from("id"),
    );
    let request = request.with_client_secret(SECRET).with_code(SECRET);
    check(&request);
    check(&Optional::new(request));
}

#[test]
fn responses() {
    let token: by_format::Token =
        serde_json::from_value(json!({"access_token": SECRET})).expect("a token");
    check(&token);
    let token: by_name::TokenResponse =
        serde_json::from_value(json!({"access_token": SECRET, "token_type": "Bearer"}))
            .expect("a token");
    check(&token);
}

/// A body that does not fit is an error that has the bytes, and shows none of them.
#[test]
fn errors() {
    let wrong = json!({"access_token": {"inside": SECRET}, "token_type": SECRET});
    let error = serde_json::from_value::<by_name::TokenResponse>(wrong).expect_err("no token");
    check(&error);
    assert!(!error.to_string().contains(SECRET), "{error}");
}
