//! Every example in `specs/` decodes into its Rust type, and encodes back where that is possible.

#![allow(clippy::unwrap_used, reason = "clippy takes the helpers of a test program for a program")]

use std::collections::BTreeSet;
use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tamarack_clients::{pinecone, pipedream, plainid};
use tamarack_tests::api::{
    Api, Pinecone2025_04, Pinecone2025_10, Pinecone2026_01Alpha, Pinecone2026_04, Pipedream,
    PlainId,
};
use tamarack_tests::spec;

/// Looks at one example as the type that stands for its schema.
type Check = fn(&Value);

const TOKEN: &str = "#/components/schemas/TokenResponse/example";
const REQUEST: &str = "#/components/schemas/TokenRequest/example";
const ERROR: &str = "#/components/schemas/ErrorResponse/example";

/// Each example of each document, by its place.
#[rustfmt::skip]
const TABLE: &[(&str, &str, Check)] = &[
    (Pinecone2025_04::SPEC, TOKEN, token::<Pinecone2025_04>),
    (Pinecone2025_04::SPEC, REQUEST, request::<Pinecone2025_04>),
    (Pinecone2025_04::SPEC, "#/paths/~1oauth~1token/post/requestBody/content/application~1x-www-form-urlencoded/schema/example", request::<Pinecone2025_04>),
    (Pinecone2025_04::SPEC, "#/paths/~1oauth~1token/post/responses/400/content/application~1json/schema/example", both::<pinecone::oauth::v2025_04::types::ErrorResponse>),
    (Pinecone2025_04::SPEC, "#/paths/~1oauth~1token/post/responses/401/content/application~1json/schema/example", both::<pinecone::oauth::v2025_04::types::ErrorResponse>),
    (Pinecone2025_04::SPEC, "#/paths/~1oauth~1token/post/responses/403/content/application~1json/schema/example", both::<pinecone::oauth::v2025_04::types::ErrorResponse>),
    (Pinecone2025_04::SPEC, "#/paths/~1oauth~1token/post/responses/429/content/application~1json/schema/example", both::<pinecone::oauth::v2025_04::types::ErrorResponse>),
    (Pinecone2025_04::SPEC, "#/paths/~1oauth~1token/post/responses/500/content/application~1json/schema/example", both::<pinecone::oauth::v2025_04::types::ErrorResponse>),
    (Pinecone2025_04::SPEC, "#/paths/~1oauth~1token/post/responses/501/content/application~1json/schema/example", both::<pinecone::oauth::v2025_04::types::ErrorResponse>),
    (Pinecone2025_04::SPEC, "#/paths/~1oauth~1token/post/responses/503/content/application~1json/schema/example", both::<pinecone::oauth::v2025_04::types::ErrorResponse>),
    (Pinecone2025_10::SPEC, TOKEN, token::<Pinecone2025_10>),
    (Pinecone2025_10::SPEC, REQUEST, request::<Pinecone2025_10>),
    (Pinecone2025_10::SPEC, ERROR, both::<pinecone::oauth::v2025_10::types::ErrorResponse>),
    (Pinecone2026_01Alpha::SPEC, TOKEN, token::<Pinecone2026_01Alpha>),
    (Pinecone2026_01Alpha::SPEC, REQUEST, request::<Pinecone2026_01Alpha>),
    (Pinecone2026_01Alpha::SPEC, ERROR, both::<pinecone::oauth::v2026_01_alpha::types::ErrorResponse>),
    (Pinecone2026_04::SPEC, TOKEN, token::<Pinecone2026_04>),
    (Pinecone2026_04::SPEC, REQUEST, request::<Pinecone2026_04>),
    (Pinecone2026_04::SPEC, ERROR, both::<pinecone::oauth::v2026_04::types::ErrorResponse>),
    (PlainId::SPEC, TOKEN, token::<PlainId>),
    (PlainId::SPEC, REQUEST, request::<PlainId>),
    (PlainId::SPEC, "#/components/schemas/TokenResponse/properties/token_type/example", both::<plainid::token::v1_0::types::TokenResponseTokenType>),
    (PlainId::SPEC, "#/components/schemas/TokenResponse/properties/expires_in/example", both::<i64>),
    (Pipedream::SPEC, TOKEN, token::<Pipedream>),
    (Pipedream::SPEC, REQUEST, request::<Pipedream>),
    (Pipedream::SPEC, ERROR, both::<pipedream::oauth::v1::types::ErrorResponse>),
];

const ADMIN: &str = "pinecone/2026-04/admin.oas.yaml";

/// The examples of the Admin API: its errors, which all have one body, and the properties of its schemas.
#[rustfmt::skip]
const ADMIN_TABLE: &[(&str, Check)] = {
    use pinecone::admin::v2026_04::types as admin;
    &[
        ("#/components/schemas/APIKey/properties/roles/items/example", both::<admin::ApiKeyRolesItem>),
        ("#/components/schemas/CreateAPIKeyRequest/properties/name/example", both::<String>),
        ("#/components/schemas/CreateAPIKeyRequest/properties/roles/items/example", both::<admin::CreateApiKeyRequestRolesItem>),
        ("#/components/schemas/CreateProjectRequest/properties/name/example", both::<String>),
        (ERROR, both::<admin::ErrorResponse>),
        ("#/components/schemas/ErrorResponse/properties/error/example", both::<admin::ErrorResponseError>),
        ("#/components/schemas/ErrorResponse/properties/error/properties/message/example", both::<String>),
        ("#/components/schemas/ErrorResponse/properties/status/example", both::<i64>),
        ("#/components/schemas/UpdateAPIKeyRequest/properties/name/example", both::<String>),
        ("#/components/schemas/UpdateAPIKeyRequest/properties/roles/items/example", both::<admin::UpdateApiKeyRequestRolesItem>),
        ("#/components/schemas/UpdateOrganizationRequest/properties/name/example", both::<String>),
        ("#/components/schemas/UpdateProjectRequest/properties/name/example", both::<String>),
    ]
};

/// Returns all rows; every response of the Admin API that has an example is an error.
fn table() -> Vec<(&'static str, String, Check)> {
    let mut acc: Vec<(_, _, Check)> =
        TABLE.iter().map(|(document, at, check)| (*document, (*at).to_owned(), *check)).collect();
    acc.extend(ADMIN_TABLE.iter().map(|(at, check)| (ADMIN, (*at).to_owned(), *check)));
    let error: Check = both::<pinecone::admin::v2026_04::types::ErrorResponse>;
    let examples = spec::examples(&spec::load(ADMIN)).into_iter().map(|(at, _)| at);
    acc.extend(examples.filter(|at| at.contains("/responses/")).map(|at| (ADMIN, at, error)));
    acc
}

#[test]
fn every_example_is_in_the_table() {
    let mut there = BTreeSet::new();
    for document in spec::all() {
        for (at, _) in spec::examples(&spec::load(&document)) {
            there.insert((document.clone(), at));
        }
    }
    let listed: BTreeSet<_> =
        table().into_iter().map(|(document, at, _)| (document.to_owned(), at)).collect();
    let missing: Vec<_> = there.difference(&listed).collect();
    assert!(missing.is_empty(), "no row for {missing:#?}");
    let gone: Vec<_> = listed.difference(&there).collect();
    assert!(gone.is_empty(), "no example at {gone:#?}");
}

#[test]
fn every_example_is_a_value_of_its_type() {
    for (document, at, check) in table() {
        println!("{document} {at}");
        let value = spec::load(document);
        let example = value.pointer(&at[1..]).unwrap_or_else(|| panic!("{document} has no {at}"));
        check(example);
    }
}

/// A request takes part in both directions: what is sent is the example.
fn request<A: Api>(example: &Value) {
    both::<A::Request>(example);
    // The constructor fills in what has one value, and the example says nothing else.
    let text = |name: &str| example[name].as_str().unwrap();
    let mut built = serde_json::to_value(A::request(text("client_id"), text("client_secret")));
    if let Some(scope) = example.get("scope") {
        built.as_mut().unwrap()["scope"] = scope.clone();
    }
    assert_eq!(built.unwrap(), *example);
}

/// A type without secrets loses nothing on the way in and out.
fn both<T: Serialize + DeserializeOwned + Debug>(example: &Value) {
    let value: T = serde_json::from_value(example.clone()).unwrap();
    let back = serde_json::to_value(&value).unwrap();
    assert_eq!(back, *example, "{value:?}");
}

/// A token cannot be written out again, so its properties are compared.
fn token<A: Api>(example: &Value) {
    let value: A::Token = serde_json::from_value(example.clone()).unwrap();
    let (access_token, token_type, expires_in) = A::token(&value);
    assert_eq!(access_token.expose(), example["access_token"]);
    assert_eq!(token_type, example["token_type"]);
    assert_eq!(expires_in, example["expires_in"]);
    assert_eq!(example.as_object().unwrap().len(), 3, "there is more than what was compared");
}
