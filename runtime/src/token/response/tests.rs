//! The rows of the table of faults that one response makes, without a server.

use http::Response;
use http::header::CONTENT_TYPE;

use super::*;

const SECRET: &str = "s3cr3t-s3cr3t";

fn reply(status: u16, body: impl Into<Vec<u8>>) -> RawReply {
    let builder = Response::builder().status(status).header(CONTENT_TYPE, "application/json");
    RawReply::new(builder.body(body.into().into()).unwrap())
}

fn read_with(reply: &RawReply, config: &TokenSourceConfig) -> Result<AccessToken, TokenError> {
    let wall = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
    read(reply, &Reading { config, fields: &TokenFields::default(), secrets: &[SECRET], wall })
}

fn outcome(status: u16, body: impl Into<Vec<u8>>) -> Result<AccessToken, TokenError> {
    read_with(&reply(status, body), &TokenSourceConfig::default())
}

fn error(status: u16, body: impl Into<Vec<u8>>) -> TokenError {
    let error = outcome(status, body).unwrap_err();
    assert_eq!(error.status().unwrap(), status);
    assert!(!format!("{error} {error:?} {error:#?}").contains(SECRET));
    error
}

/// Returns the lifetime in seconds of a response with this `expires_in`.
fn expires_in(value: &str) -> Result<u64, TokenError> {
    let body = format!(r#"{{"access_token":"abc","token_type":"Bearer","expires_in":{value}}}"#);
    outcome(200, body).map(|token| token.lifetime().duration().as_secs())
}

fn invalid(field: &'static str) -> TokenErrorKind {
    TokenErrorKind::InvalidResponse { field }
}

#[test]
fn a_token_as_the_rfc_shows_it() {
    // RFC 6749 section 5.1, with 201 as well as 200.
    let body = r#"{"access_token":"2YotnFZFEjr1zCsicMWpAA","token_type":"example_as_bearer",
        "expires_in":3600,"example_parameter":{"a":[1]},"scope":"read"}"#;
    for status in [200, 201] {
        let token = outcome(status, body.replace("example_as_bearer", "Bearer")).unwrap();
        assert_eq!(token.expose(), "2YotnFZFEjr1zCsicMWpAA");
        assert_eq!(token.lifetime(), Lifetime::Stated(Duration::from_secs(3_600)));
        assert_eq!(token.granted_scope(), Some("read"));
    }
}

#[test]
fn fault_04_a_page_instead_of_a_token() {
    let builder = Response::builder().header(CONTENT_TYPE, "text/html; charset=utf-8");
    let reply = RawReply::new(builder.body("<html>hello</html>".into()).unwrap());
    let error = read_with(&reply, &TokenSourceConfig::default()).unwrap_err();
    assert_eq!(error.kind(), &invalid("body"));
    assert_eq!(error.content_type(), Some("text/html"));
    assert!(!error.is_transient());
}

#[test]
fn fault_05_a_gateways_page() {
    let error = error(502, "<html>\n<h1>502\x07</h1>");
    assert_eq!(error.kind(), &TokenErrorKind::Status);
    assert_eq!(error.snippet(), Some(r"<html>\n<h1>502\u{7}</h1>"));
    assert!(error.is_transient());
    let echo = super::tests::error(502, format!("you sent {SECRET}"));
    assert_eq!(echo.snippet(), None);
}

#[test]
fn fault_09_times_to_wait() {
    // The clock of these tests is the RFC's date.
    for (value, expected) in [
        ("Sun, 06 Nov 1994 08:49:37 GMT", Some(0)),
        ("Sun, 06 Nov 1994 08:00:00 GMT", Some(0)),
        ("Sun, 06 Nov 1994 08:49:57 GMT", Some(20)),
        ("garbage", None),
        ("-5", Some(0)),
        ("1000000000", Some(3_600)),
    ] {
        let builder = Response::builder().status(503).header("Retry-After", value);
        let reply = RawReply::new(builder.body("".into()).unwrap());
        let error = read_with(&reply, &TokenSourceConfig::default()).unwrap_err();
        assert_eq!(error.retry_after().map(|wait| wait.as_secs()), expected, "{value}");
        assert!(error.is_transient());
    }
}

#[test]
fn fault_10_refused_credentials() {
    let error = error(401, r#"{"error":"invalid_client","error_description":"no\nsuch client"}"#);
    assert_eq!(error.kind(), &TokenErrorKind::OAuth);
    assert_eq!(error.oauth_code(), Some(&OAuthErrorCode::InvalidClient));
    assert_eq!(error.description(), Some(r"no\nsuch client"));
    assert!(!error.is_transient());
}

#[test]
fn fault_11_a_message_of_a_gateway() {
    let error = error(401, r#"{"message":"Unauthorized"}"#);
    assert_eq!((error.kind(), error.oauth_code()), (&TokenErrorKind::Status, None));
}

#[test]
fn fault_12_no_body() {
    assert_eq!(error(401, "").kind(), &TokenErrorKind::Status);
}

#[test]
fn fault_13_access_denied() {
    let error = error(403, r#"{"error":"access_denied"}"#);
    assert_eq!(error.oauth_code(), Some(&OAuthErrorCode::AccessDenied));
    assert!(!error.is_transient());
}

#[test]
fn fault_14_a_code_without_a_name() {
    let error = error(400, r#"{"error":"mfa_required"}"#);
    assert_eq!(error.oauth_code(), Some(&OAuthErrorCode::Other("mfa_required".into())));
}

#[test]
fn fault_15_codes_that_are_none() {
    let long = format!(r#""{}""#, "x".repeat(1 << 20));
    for value in ["7", "null", &long, r#""""#] {
        let error = error(400, format!(r#"{{"error":{value}}}"#));
        assert_eq!((error.kind(), error.oauth_code()), (&TokenErrorKind::Status, None));
        assert!(format!("{error:?}").len() < 1_000);
    }
}

#[test]
fn fault_16_a_code_with_the_status_of_a_failure() {
    for status in [408, 425, 429, 500, 502, 503, 504] {
        let error = error(status, r#"{"error":"invalid_client"}"#);
        assert!(error.is_transient(), "{status}");
        assert_eq!(error.kind(), &TokenErrorKind::Status);
        assert_eq!(error.oauth_code(), Some(&OAuthErrorCode::InvalidClient));
    }
    for status in [400, 404, 418, 501, 505] {
        assert!(!error(status, "").is_transient(), "{status}");
    }
}

#[test]
fn fault_17_an_error_with_the_status_of_success() {
    for token in ["", r#","access_token":null"#] {
        let error = error(200, format!(r#"{{"error":"invalid_client"{token}}}"#));
        assert_eq!(error.kind(), &TokenErrorKind::OAuth);
        assert_eq!(error.oauth_code(), Some(&OAuthErrorCode::InvalidClient));
        assert!(!error.is_transient());
    }
}

#[test]
fn fault_18_no_token_to_speak_of() {
    let big = format!(r#""{}""#, "a".repeat(1 << 20));
    let config = TokenSourceConfig { max_body: 2 << 20, ..Default::default() };
    for value in ["null", r#""""#, r#""a\r\nb""#, r#""a\u0000""#, &big, "7", r#"["a"]"#] {
        let body = format!(r#"{{"access_token":{value},"token_type":"Bearer"}}"#);
        let error = read_with(&reply(200, body), &config).unwrap_err();
        assert_eq!(error.kind(), &invalid("access_token"));
    }
    assert_eq!(error(200, r#"{"token_type":"Bearer"}"#).kind(), &invalid("access_token"));
}

#[test]
fn fault_19_lifetimes_in_other_spellings() {
    for value in [r#""3600""#, "3600.5", r#""3600.0""#, "3.6e3", "3600"] {
        assert_eq!(expires_in(value).unwrap(), 3_600, "{value}");
    }
}

#[test]
fn fault_20_lifetimes_that_are_none() {
    for value in
        ["0", "-5", "0.4", r#""abc""#, "true", r#""NaN""#, r#""inf""#, r#""""#, "[1]", "-1e400"]
    {
        assert_eq!(expires_in(value).unwrap_err().kind(), &invalid("expires_in"), "{value}");
    }
}

#[test]
fn fault_21_no_lifetime() {
    for member in ["", r#","expires_in":null"#] {
        let token =
            outcome(200, format!(r#"{{"access_token":"a","token_type":"bearer"{member}}}"#));
        let assumed = Lifetime::Assumed(Duration::from_secs(300));
        assert_eq!(token.unwrap().lifetime(), assumed);
    }
}

#[test]
fn fault_22_lifetimes_without_an_end() {
    for value in ["1e18", "18446744073709551615", "1e400", r#""1e400""#, "31622401"] {
        assert_eq!(expires_in(value).unwrap(), 366 * 86_400, "{value}");
    }
}

#[test]
fn fault_23_types_of_token() {
    let outcome = |member: &str| outcome(200, format!(r#"{{"access_token":"a"{member}}}"#));
    for value in ["bearer", "BEARER", "Bearer"] {
        assert!(outcome(&format!(r#","token_type":"{value}""#)).is_ok());
    }
    for value in ["mac", "DPoP", ""] {
        let error = outcome(&format!(r#","token_type":"{value}""#)).unwrap_err();
        assert_eq!(error.kind(), &TokenErrorKind::UnsupportedTokenType);
    }
    let config = TokenSourceConfig { assume_bearer: true, ..Default::default() };
    for member in ["", r#","token_type":null"#] {
        assert_eq!(outcome(member).unwrap_err().kind(), &invalid("token_type"));
        let reply = reply(200, format!(r#"{{"access_token":"a"{member}}}"#));
        assert!(read_with(&reply, &config).is_ok());
    }
}

#[test]
fn fault_24_bodies_that_are_no_objects() {
    for body in ["[]", "null", r#""abc""#, "7", "", "{", "{} x"] {
        assert_eq!(error(200, body).kind(), &invalid("body"), "{body}");
    }
}

#[test]
fn fault_25_encodings() {
    let body = r#"{"access_token":"a","token_type":"bearer"}"#.as_bytes();
    assert!(outcome(200, [b"\xef\xbb\xbf", body].concat()).is_ok());
    let builder = Response::builder().header(CONTENT_TYPE, "application/json; charset=ISO-8859-1");
    let latin = RawReply::new(builder.body(body.to_vec().into()).unwrap());
    assert!(read_with(&latin, &TokenSourceConfig::default()).is_ok());
    let broken = b"{\"access_token\":\"a\",\"token_type\":\"bearer\",\"x\":\"\xe4\"}";
    assert_eq!(error(200, *broken).kind(), &invalid("body"));
}

#[test]
fn fault_26_a_member_twice() {
    for extra in [r#""access_token":"b""#, r#""access\u005ftoken":"b""#, r#""token_type":"mac""#] {
        let body = format!(r#"{{"access_token":"a","token_type":"bearer",{extra}}}"#);
        assert_eq!(error(200, body).kind(), &invalid("body"), "{extra}");
    }
}

#[test]
fn fault_27_a_body_of_brackets() {
    let config = TokenSourceConfig { max_body: 1 << 20, ..Default::default() };
    let (open, close) = ("[".repeat(100_000), "]".repeat(100_000));
    let inside = format!(r#"{{"x":{open}{close},"access_token":"a","token_type":"bearer"}}"#);
    for body in [open.clone(), format!("{open}{close}"), inside] {
        let error = read_with(&reply(200, body), &config).unwrap_err();
        assert_eq!(error.kind(), &invalid("body"));
    }
}

#[test]
fn fault_28_a_body_over_the_cap() {
    let limit = TokenSourceConfig::default().max_body;
    let error = error(200, vec![b' '; limit + 1]);
    assert_eq!(error.kind(), &TokenErrorKind::TooLarge { limit });
    assert!(!error.is_transient());
}

#[test]
fn fault_29_compressed_bytes() {
    assert_eq!(error(200, b"\x1f\x8b\x08\x00\x00\x00").kind(), &invalid("body"));
}

#[test]
fn a_redirect_shows_its_origin_only() {
    for (location, expected) in [
        ("https://u:p@evil.example:8443/a?b=c", Some("https://evil.example:8443")),
        ("//evil.example/x", Some("//evil.example")),
        ("/other", None),
        ("https://s3cr3t-s3cr3t.example/", None),
    ] {
        let builder = Response::builder().status(307).header("Location", location);
        let reply = RawReply::new(builder.body("".into()).unwrap());
        let error = read_with(&reply, &TokenSourceConfig::default()).unwrap_err();
        let origin = expected.map(Into::into);
        assert_eq!(error.kind(), &TokenErrorKind::Redirect { origin }, "{location}");
        assert!(!error.is_transient());
    }
}

#[test]
fn a_code_that_everybody_knows_is_no_echo() {
    let config = TokenSourceConfig::default();
    let wall = SystemTime::UNIX_EPOCH;
    for (code, expected) in [
        ("invalid_client", Some(OAuthErrorCode::InvalidClient)),
        ("invalid_client_7", None),
        ("mfa_required", Some(OAuthErrorCode::Other("mfa_required".into()))),
    ] {
        // An id that holds one of them, with more around it.
        let reading = Reading {
            config: &config,
            fields: &TokenFields::default(),
            secrets: &["my_invalid_client_7"],
            wall,
        };
        let reply = reply(401, format!(r#"{{"error":"{code}"}}"#));
        let error = read(&reply, &reading).unwrap_err();
        assert_eq!(error.oauth_code(), expected.as_ref(), "{code}");
    }
}
