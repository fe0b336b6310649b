//! Declared responses become typed values and typed errors.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};
use tamarack_clients::runtime::{OpenEnum, http::HeaderMap};
use tamarack_tests::api::{
    Api, Failure, Fate, Pinecone2025_04, Pinecone2025_10, Pinecone2026_01Alpha, Pinecone2026_04,
    Pipedream, PlainId,
};
use tamarack_tests::server::{Server, json_reply, reply};
use tamarack_tests::{on_every_api, spec};

use crate::call;

on_every_api!(
    the_example_arrives,
    members_that_nobody_knows_are_ignored,
    a_null_that_the_document_forbids_is_no_value,
    every_declared_error_has_its_variant,
    how_long_to_wait,
    an_error_becomes_the_modules,
);

async fn the_example_arrives<A: Api>() {
    let example = spec::example(A::SPEC, "TokenResponse");
    let headers = [("Content-Type", "application/json; charset=utf-8"), ("X-Request-Id", "r-1")];
    let server = Server::replying(reply(200, &headers, example.to_string()));
    let (status, headers, body) = call::<A>(&server).await.unwrap().into_parts();
    assert_eq!(status.as_u16(), 200);
    assert_eq!(header(&headers, "x-request-id"), Some("r-1"));
    assert_eq!(header(&headers, "content-type"), Some("application/json; charset=utf-8"));
    assert_is(A::token(&body), &example);
}

async fn members_that_nobody_knows_are_ignored<A: Api>() {
    let example = spec::example(A::SPEC, "TokenResponse");
    let mut more = example.clone();
    more["refresh_token"] = json!({"a": [1, null, {"expires_in": "soon"}]});
    more["scope"] = json!("a b");
    let reply = call::<A>(&Server::replying(json_reply(200, &more))).await.unwrap();
    assert_is(A::token(reply.body()), &example);
}

fn assert_is(
    (access_token, token_type, expires_in): (&tamarack_clients::runtime::Secret, &str, i64),
    example: &Value,
) {
    let shown = json!({
        "access_token": access_token.expose(),
        "token_type": token_type,
        "expires_in": expires_in,
    });
    assert_eq!(shown, *example);
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).map(|value| value.to_str().unwrap())
}

/// Every property of a token is required and not nullable.
async fn a_null_that_the_document_forbids_is_no_value<A: Api>() {
    for member in ["access_token", "token_type", "expires_in"] {
        let mut body = spec::example(A::SPEC, "TokenResponse");
        body[member] = Value::Null;
        let error = call::<A>(&Server::replying(json_reply(200, &body))).await.unwrap_err();
        assert_eq!(A::fate(&error).name(), "Undecodable", "{member}");
    }
}

async fn every_declared_error_has_its_variant<A: Api>() {
    for (status, variant) in A::DECLARED {
        let example = error_body::<A>(*status);
        let server = Server::replying(match &example {
            Value::Null => reply(*status, &[("X-Request-Id", "r-2")], ""),
            example => json_reply(*status, example),
        });
        let error = call::<A>(&server).await.unwrap_err();
        let Fate::Declared(name, body) = A::fate(&error) else { panic!("{status}: {error:?}") };
        assert_eq!((name, &body), (*variant, &example));
        assert_eq!(error.received_status(), Some(*status));
        let raw = error.raw_reply().unwrap();
        let sent = if example.is_null() { String::new() } else { example.to_string() };
        assert_eq!(raw.bytes(), sent.as_bytes());
        assert!(raw.headers().contains_key("content-length"));
    }
}

/// Returns a body that only this status has; null where the document declares none.
fn error_body<A: Api>(status: u16) -> Value {
    if spec::declares_body(A::SPEC, status) {
        json!({"error": format!("e{status}"), "error_description": "why – so"})
    } else {
        Value::Null
    }
}

#[test]
fn the_table_of_errors_is_the_documents() {
    let tables = [
        (Pinecone2025_04::SPEC, Pinecone2025_04::DECLARED),
        (Pinecone2025_10::SPEC, Pinecone2025_10::DECLARED),
        (Pinecone2026_01Alpha::SPEC, Pinecone2026_01Alpha::DECLARED),
        (Pinecone2026_04::SPEC, Pinecone2026_04::DECLARED),
        (Pipedream::SPEC, Pipedream::DECLARED),
        (PlainId::SPEC, PlainId::DECLARED),
    ];
    // Documents of several operations have tests of their own.
    let mut all = spec::all();
    all.retain(|spec| spec::load(spec)["paths"].as_object().is_some_and(|paths| paths.len() == 1));
    assert_eq!(tables.map(|(spec, _)| spec.to_owned()).as_slice(), all);
    for (spec, table) in tables {
        let (_, operation) = spec::operation(spec);
        let statuses = operation["responses"].as_object().unwrap().keys();
        let declared: BTreeSet<_> = statuses.filter(|status| *status != "200").cloned().collect();
        let tested = table.iter().map(|(status, _)| status.to_string());
        assert_eq!(declared, tested.collect(), "{spec}");
    }
}

/// The date is the example of RFC 9110, section 5.6.7; it counts from the response's own `Date`.
async fn how_long_to_wait<A: Api>() {
    let date = [
        ("Date", "Sun, 06 Nov 1994 08:49:07 GMT"),
        ("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"),
    ];
    let cases: [(&[_], _); 4] = [
        (&[("Retry-After", "7")], Some(Duration::from_secs(7))),
        (&date, Some(Duration::from_secs(30))),
        (&[("Retry-After", "soon")], None),
        (&[], None),
    ];
    let declared = A::DECLARED.iter().map(|(status, _)| *status);
    for status in declared.chain([418]) {
        for (headers, expected) in cases {
            let server =
                Server::replying(reply(status, headers, error_body::<A>(status).to_string()));
            let error = call::<A>(&server).await.unwrap_err();
            let fate = A::fate(&error).name();
            assert_eq!(fate == "Undeclared", status == 418, "{status}: {fate}");
            assert_eq!(error.wait(), expected, "{status} {headers:?}");
            assert_eq!(A::Error::from(error).wait(), expected, "{status} {headers:?}");
        }
    }
}

async fn an_error_becomes_the_modules<A: Api>() {
    async fn caller<A: Api>(server: &Server) -> Result<String, A::Error> {
        let reply = call::<A>(server).await?;
        Ok(A::token(reply.body()).0.expose().to_owned())
    }
    let example = spec::example(A::SPEC, "TokenResponse");
    let token = caller::<A>(&Server::replying(json_reply(200, &example))).await.unwrap();
    assert_eq!(token, example["access_token"]);
    let error = caller::<A>(&Server::replying(reply(418, &[], "tea"))).await.unwrap_err();
    assert_eq!(error.received_status(), Some(418));
    assert_eq!(error.raw_reply().unwrap().bytes(), "tea");
    assert!(error.to_string().starts_with("get_token: "), "{error}");
}

/// RFC 6749, section 5.1: the value is case insensitive.
macro_rules! token_type_ignores_case {
    ($($module:ident = $api:ident, $($path:ident)::+;)+) => {$(
        #[tokio::test]
        async fn $module() {
            use tamarack_clients::$($path)::+::types::TokenResponseTokenType as TokenType;
            for (text, value) in [
                ("Bearer", TokenType::Bearer),
                ("bearer", TokenType::Bearer),
                ("BEARER", TokenType::Bearer),
                ("DPoP", TokenType::Unrecognized("DPoP".to_owned())),
                (" bearer", TokenType::Unrecognized(" bearer".to_owned())),
                ("", TokenType::Unrecognized(String::new())),
            ] {
                let mut body = spec::example(tamarack_tests::api::$api::SPEC, "TokenResponse");
                body["token_type"] = json!(text);
                let server = Server::replying(json_reply(200, &body));
                let reply = call::<tamarack_tests::api::$api>(&server).await.unwrap();
                let token_type = &reply.body().token_type;
                assert_eq!(*token_type, value);
                assert_eq!((token_type.as_str(), token_type.to_string().as_str()), (text, text));
                let known = if value == TokenType::Bearer { "Bearer" } else { text };
                assert_eq!(OpenEnum::as_str(token_type.value()), known);
            }
        }
    )+};
}

mod token_type {
    use super::*;

    token_type_ignores_case! {
        pinecone_2025_04 = Pinecone2025_04, pinecone::oauth::v2025_04;
        pinecone_2025_10 = Pinecone2025_10, pinecone::oauth::v2025_10;
        pinecone_2026_01_alpha = Pinecone2026_01Alpha, pinecone::oauth::v2026_01_alpha;
        pinecone_2026_04 = Pinecone2026_04, pinecone::oauth::v2026_04;
        plainid = PlainId, plainid::token::v1_0;
    }
}
