//! The documents, and which of them can give tokens for client credentials.

/// A document with an operation that gives tokens.
pub(crate) struct Row {
    /// What it is called here.
    pub(crate) name: &'static str,
    /// The file below the corpora.
    pub(crate) file: &'static str,
    /// The path of the operation.
    pub(crate) path: &'static str,
    /// What the token source takes beside the credentials, in Rust; `None` where there is none.
    pub(crate) asks: Option<&'static str>,
    /// What the document does not say.
    pub(crate) overlay: Option<&'static str>,
    /// Why.
    pub(crate) why: &'static str,
}

const fn with(
    name: &'static str,
    file: &'static str,
    path: &'static str,
    why: &'static str,
) -> Row {
    Row { name, file, path, asks: Some(""), overlay: None, why }
}

const fn without(
    name: &'static str,
    file: &'static str,
    path: &'static str,
    why: &'static str,
) -> Row {
    Row { asks: None, ..with(name, file, path, why) }
}

/// All that are known in the corpus.
pub(crate) const TABLE: &[Row] = &[
    without(
        "alpaca",
        "wild/frantuma__jentic-public-apis/apis/openapi/alpaca.markets/broker/1.1.1/orig/673e1a03a0b2160060120aa0.json",
        "/v1/oauth/token",
        "the request has no grant type",
    ),
    without(
        "anchore",
        "wild/frantuma__jentic-public-apis/apis/openapi/anchore.io/main/0.1.20/orig/swagger.yaml",
        "/oauth/token",
        "the grant of a user and a password, and the response has no `access_token`",
    ),
    without(
        "apideck",
        "wild/frantuma__jentic-public-apis/apis/openapi/apideck.com/vault/10.14.0/orig/vault.yaml",
        "/vault/connections/{unified_api}/{service_id}/token",
        "it changes a connection",
    ),
    without(
        "authentiq",
        "wild/frantuma__jentic-public-apis/apis/openapi/authentiq.io/main/1.0/orig/provider.yaml",
        "/token",
        "the grant is any text, and `code` is of another grant",
    ),
    with(
        "box",
        "wild/box__box-openapi/openapi.json",
        "/oauth2/token",
        "id and secret are optional",
    ),
    without(
        "dropbox-sign",
        "wild/hellosign__hellosign-openapi/openapi.yaml",
        "/oauth/token",
        "`code` is required",
    ),
    without(
        "fulfillment",
        "wild/frantuma__jentic-public-apis/apis/openapi/fulfillment.com/main/2.0/orig/openapi.yaml",
        "/oauth/access_token",
        "the grants are a password and a refresh token",
    ),
    without(
        "hubspot 2026-09",
        "wild/HubSpot__HubSpot-public-api-spec-collection/PublicApiSpecs/Auth/Oauth/Rollouts/279897/2026-09/oauth.json",
        "/oauth/2026-09/token",
        "the grants are a code and a refresh token",
    ),
    with(
        "hubspot v3",
        "wild/HubSpot__HubSpot-public-api-spec-collection/PublicApiSpecs/Auth/Oauth/Rollouts/279897/v3/oauth.json",
        "/oauth/v3/token",
        "the response is one of two",
    ),
    without(
        "increase",
        "wild/frantuma__jentic-public-apis/apis/openapi/increase.com/main/0.0.1/orig/openapi.yaml",
        "/oauth/tokens",
        "the grants are a code and a token of another environment",
    ),
    without(
        "oxide nexus 2026081901",
        "wild/oxidecomputer__omicron/openapi/nexus/nexus-2026081901.0.0-e5e4f5.json",
        "/device/token",
        "`device_code` is required",
    ),
    without(
        "oxide nexus",
        "wild/oxidecomputer__progenitor/sample_openapi/nexus.json",
        "/device/token",
        "`device_code` is required",
    ),
    with(
        "plaid",
        "wild/plaid__plaid-openapi/2020-09-14.yml",
        "/oauth/token",
        "id and secret are optional",
    ),
    with(
        "ramp",
        "wild/oxidecomputer__third-party-api-clients/specs/ramp/ramp.v1.json",
        "/token",
        "the body has no secret; a header parameter is called `Authorization`",
    ),
    with(
        "sakari",
        "wild/frantuma__jentic-public-apis/apis/openapi/sakari.io/main/1.0.1/orig/openapi.yaml",
        "/oauth2/token",
        "all is optional, and the grant is any text",
    ),
    with(
        "soundcloud",
        "wild/frantuma__jentic-public-apis/apis/openapi/soundcloud.com/main/1.0.0/orig/openapi.yaml",
        "/oauth2/token",
        "the form is one of three, and the response says nothing",
    ),
    without(
        "supertokens",
        "wild/supertokens__core-driver-interface/api_spec.yaml",
        "/appid-<appId>/recipe/oauth/token",
        "another service's request is passed on",
    ),
    Row {
        asks: Some("\"public\""),
        ..with(
            "vimeo",
            "wild/vimeo__openapi/api.yaml",
            "/oauth/authorize/client",
            "not the exchange of a code at `/oauth/access_token`, but an operation beside it",
        )
    },
];
