//! What one reply of a server can be wrong about, through the source: kind of error, number of requests.

use std::time::Duration;

use tamarack_runtime::token::{
    AccessToken, Lifetime, OAuthErrorCode, TokenError, TokenErrorKind, TokenSourceConfig,
};

use crate::failures::failed;
use crate::support::{Rig, reply, typed};

/// Reads once from a server that always replies so, and expects one request.
fn outcome(body: impl Into<Vec<u8>>) -> Result<AccessToken, TokenError> {
    let (body, config) = (body.into(), TokenSourceConfig::default());
    outcome_with(body, config)
}

fn outcome_with(body: Vec<u8>, config: TokenSourceConfig) -> Result<AccessToken, TokenError> {
    let act = typed(200, "application/json", body);
    let rig = Rig::with(move |_| act.clone(), |builder| builder.config(config));
    let result = rig.read();
    assert_eq!(rig.requests(), 1);
    result
}

/// Returns what is wrong with a reply that is no token, which is final.
fn invalid(body: impl Into<Vec<u8>>) -> &'static str {
    let error = outcome(body).unwrap_err();
    assert!(!error.is_transient(), "{error:?}");
    assert_eq!(error.status().unwrap(), 200);
    match error.kind() {
        TokenErrorKind::InvalidResponse { field } => field,
        kind => panic!("{kind:?}"),
    }
}

/// A reply whose `access_token` is this JSON, and everything else in order.
fn with_token(token: &str) -> String {
    format!(r#"{{"access_token":{token},"token_type":"Bearer","expires_in":3600}}"#)
}

/// A reply with this lifetime, and everything else in order.
fn with_lifetime(expires_in: &str) -> String {
    format!(r#"{{"access_token":"abc","token_type":"Bearer","expires_in":{expires_in}}}"#)
}

/// A reply with these members besides the token.
fn with(members: &str) -> String {
    format!(r#"{{"access_token":"abc"{members}}}"#)
}

#[test]
pub(crate) fn fault_11_a_message_of_a_gateway() {
    let (error, n_requests) = failed(reply(401, r#"{"message":"Unauthorized"}"#));
    assert_eq!((error.kind(), n_requests), (&TokenErrorKind::Status, 1));
    assert_eq!((error.status().unwrap().as_u16(), error.oauth_code()), (401, None));
    assert!(!error.is_transient());
    // C6: with the status of success it is no token either.
    assert_eq!(invalid(r#"{"message":"Unauthorized"}"#), "access_token");
}

#[test]
pub(crate) fn fault_12_no_body() {
    let (error, n_requests) = failed(reply(401, ""));
    assert_eq!((error.kind(), n_requests), (&TokenErrorKind::Status, 1));
    assert_eq!((error.status().unwrap().as_u16(), error.snippet()), (401, None));
}

#[test]
pub(crate) fn fault_14_a_code_without_a_name() {
    let (error, n_requests) = failed(reply(400, r#"{"error":"mfa_required"}"#));
    assert_eq!((error.kind(), n_requests), (&TokenErrorKind::OAuth, 1));
    assert_eq!(error.oauth_code(), Some(&OAuthErrorCode::Other("mfa_required".into())));
}

#[test]
pub(crate) fn fault_15_codes_that_are_none() {
    let big = format!(r#""{}""#, "x".repeat(1 << 20));
    for code in ["7", "null", &big] {
        let (error, n_requests) = failed(reply(400, format!(r#"{{"error":{code}}}"#)));
        assert_eq!((error.kind(), n_requests), (&TokenErrorKind::Status, 1));
        assert_eq!((error.status().unwrap().as_u16(), error.oauth_code()), (400, None));
        for shown in [format!("{error}"), format!("{error:?}"), format!("{error:#?}")] {
            assert!(shown.len() < 1_000, "{} bytes", shown.len());
        }
    }
}

#[test]
pub(crate) fn fault_17_an_error_with_the_status_of_success() {
    for body in
        [r#"{"error":"invalid_client"}"#, r#"{"error":"invalid_client","access_token":null}"#]
    {
        let (error, n_requests) = failed(reply(200, body));
        assert_eq!((error.kind(), n_requests), (&TokenErrorKind::OAuth, 1));
        assert_eq!(error.oauth_code(), Some(&OAuthErrorCode::InvalidClient));
        assert_eq!(error.status().unwrap(), 200);
    }
}

#[test]
pub(crate) fn fault_18_no_token_to_speak_of() {
    assert_eq!(invalid(r#"{"token_type":"Bearer","expires_in":3600}"#), "access_token");
    for token in [r#""""#, r#""a\r\nb""#, r#""a\u0000b""#, r#""\u00e4""#, "null", "7", "{}"] {
        assert_eq!(invalid(with_token(token)), "access_token", "{token}");
    }
}

/// Over the cap of a reply, unless that is raised; then over the length of a token.
#[test]
pub(crate) fn fault_18_a_token_of_a_megabyte() {
    let big = with_token(&format!(r#""{}""#, "a".repeat(1 << 20)));
    let error = outcome(big.clone()).unwrap_err();
    assert_eq!(error.kind(), &TokenErrorKind::TooLarge { limit: 64 * 1024 });
    let mut config = TokenSourceConfig::default();
    config.max_body = 2 << 20;
    let error = outcome_with(big.into(), config).unwrap_err();
    assert_eq!(error.kind(), &TokenErrorKind::InvalidResponse { field: "access_token" });
}

#[test]
pub(crate) fn fault_19_lifetimes_in_other_spellings() {
    for value in [r#""3600""#, "3600.5", r#""3600.0""#, "3.6e3"] {
        let token = outcome(with_lifetime(value)).unwrap();
        let expected = Lifetime::Stated(Duration::from_secs(3_600));
        assert_eq!(token.lifetime(), expected, "{value}");
    }
}

#[test]
pub(crate) fn fault_20_lifetimes_that_are_none() {
    for value in ["0", "-5", "0.4", r#""abc""#, "true", r#""NaN""#, r#""nan""#, r#""inf""#] {
        assert_eq!(invalid(with_lifetime(value)), "expires_in", "{value}");
    }
    // Not JSON at all.
    assert_eq!(invalid(with_lifetime("NaN")), "body");
}

#[test]
pub(crate) fn fault_21_no_lifetime() {
    let expected = Lifetime::Assumed(Duration::from_secs(300));
    for members in [r#","token_type":"bearer""#, r#","token_type":"bearer","expires_in":null"#] {
        assert_eq!(outcome(with(members)).unwrap().lifetime(), expected);
    }
}

#[test]
pub(crate) fn fault_22_lifetimes_without_an_end() {
    let year = Lifetime::Stated(Duration::from_secs(366 * 24 * 60 * 60));
    for value in ["1e18", "18446744073709551615", "1e400"] {
        assert_eq!(outcome(with_lifetime(value)).unwrap().lifetime(), year, "{value}");
    }
}

#[test]
pub(crate) fn fault_23_types_of_token() {
    for kind in ["bearer", "BEARER", "Bearer"] {
        assert!(outcome(with(&format!(r#","token_type":"{kind}""#))).is_ok());
    }
    for kind in ["mac", "DPoP"] {
        let error = outcome(with(&format!(r#","token_type":"{kind}""#))).unwrap_err();
        assert_eq!(error.kind(), &TokenErrorKind::UnsupportedTokenType);
    }
    for absent in ["", r#","token_type":null"#] {
        assert_eq!(invalid(with(absent)), "token_type");
        // B7: unless one says that it is one.
        let mut config = TokenSourceConfig::default();
        config.assume_bearer = true;
        assert!(outcome_with(with(absent).into(), config).is_ok());
    }
}

#[test]
pub(crate) fn fault_24_bodies_that_are_no_objects() {
    for body in [r#"["abc"]"#, "[]", "null", r#""abc""#, "7", ""] {
        assert_eq!(invalid(body), "body", "{body}");
    }
}

#[test]
pub(crate) fn fault_25_encodings() {
    let good = with_token(r#""abc""#);
    assert!(outcome(["\u{feff}", &good].concat()).is_ok());
    let latin = |body: Vec<u8>| {
        let act = typed(200, "application/json; charset=ISO-8859-1", body);
        Rig::new(move |_| act.clone()).read()
    };
    assert!(latin(good.clone().into()).is_ok());
    // A letter of ISO 8859-1 that is no UTF-8 (RFC 8259 section 8.1 knows that alone).
    let letter = with_token(r#""abc","owner":"J?rg""#).into_bytes();
    let letter: Vec<u8> = letter.iter().map(|&b| if b == b'?' { 0xf6 } else { b }).collect();
    let field = TokenErrorKind::InvalidResponse { field: "body" };
    assert_eq!(latin(letter.clone()).unwrap_err().kind(), &field);
    assert_eq!(invalid(letter), "body");
    for broken in [&b"\xff\xfe"[..], b"\xc3\x28", b"\xed\xa0\x80"] {
        let body = [br#"{"access_token":"abc","token_type":"bearer","x":""#, broken, b"\"}"];
        assert_eq!(invalid(body.concat()), "body", "{broken:?}");
    }
}

#[test]
pub(crate) fn fault_26_a_member_twice() {
    let tail = r#","token_type":"bearer""#;
    for second in [r#""access_token":"def""#, r#""access_token":"abc""#, r#""\u0061ccess_token":1"#]
    {
        assert_eq!(invalid(with(&format!("{tail},{second}"))), "body", "{second}");
    }
}

#[test]
pub(crate) fn fault_27_a_body_of_brackets() {
    // A small stack, and a cap that lets all of them in.
    let run = || {
        for body in [
            "[".repeat(100_000),
            with(&format!(r#","x":{}"#, "[".repeat(100_000))),
            with(&format!(r#","x":{}{}"#, "[".repeat(100_000), "]".repeat(100_000))),
            with(&format!(r#","x":{}1{}"#, r#"{"a":"#.repeat(50_000), "}".repeat(50_000))),
        ] {
            let mut config = TokenSourceConfig::default();
            config.max_body = 1 << 20;
            let error = outcome_with(body.into(), config).unwrap_err();
            assert_eq!(error.kind(), &TokenErrorKind::InvalidResponse { field: "body" });
        }
    };
    std::thread::Builder::new().stack_size(512 << 10).spawn(run).unwrap().join().unwrap();
}

/// B8, B9: more than was asked for is no error.
#[test]
fn what_else_is_in_a_reply() {
    let members = r#","token_type":"bearer","scope":"read write","extra":{"a":[1]}"#;
    assert_eq!(outcome(with(members)).unwrap().granted_scope(), Some("read write"));
    assert_eq!(outcome(with(r#","token_type":"bearer""#)).unwrap().granted_scope(), None);
    // B1: 201 is a success too.
    let rig = Rig::new(|_| reply(201, with_token(r#""abc""#)));
    assert_eq!(rig.read().unwrap().expose(), "abc");
}
