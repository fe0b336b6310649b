//! Credentials in requests, checked against the RFCs of their schemes.

use super::*;
use crate::client::tests::core;
use crate::secret::{Secret, exposed};
#[cfg(feature = "basic")]
use crate::token::ClientCredentials;
use http::{Method, Request};

const BEARER: Scheme = Scheme::Bearer("bearer");
const HEADER: Scheme = Scheme::Header { scheme: "key", name: "Api-Key" };
const QUERY: Scheme = Scheme::Query { scheme: "key", name: "api key" };
const COOKIE: Scheme = Scheme::Cookie { scheme: "key", name: "sid" };

fn token(text: &str) -> Credential {
    Credential::Token(text.into())
}

fn authorized(
    credentials: &[(&'static str, Credential)],
    alternatives: &[&[Scheme]],
) -> Result<Request<bytes::Bytes>, RequestError> {
    let mut request = core(credentials).request(Method::GET, "/pets");
    request.authorize(alternatives);
    request.build()
}

#[test]
fn every_place() {
    // The token is the example of RFC 6750 section 2.1.
    let credentials = [("bearer", token("mF_9.B5f-4.1JqM")), ("key", token("a+b"))];
    let request = authorized(&credentials, &[&[BEARER, HEADER, QUERY, COOKIE]]).unwrap();
    assert_eq!(request.headers()["authorization"], "Bearer mF_9.B5f-4.1JqM");
    assert_eq!(request.headers()["api-key"], "a+b");
    assert_eq!(request.headers()["cookie"], "sid=a+b");
    assert_eq!(request.uri().query(), Some("api%20key=a%2Bb"));
    for name in ["authorization", "api-key", "cookie"] {
        assert!(request.headers()[name].is_sensitive(), "{name}");
    }
}

#[cfg(feature = "basic")]
#[test]
fn basic_is_rfc_7617() {
    let schemes: &[&[Scheme]] = &[&[Scheme::Basic("basic")]];
    let authorization = |user: &str, password: &str| -> Result<String, RequestError> {
        let credential = Credential::Basic { user: user.into(), password: password.into() };
        let request = authorized(&[("basic", credential)], schemes)?;
        Ok(request.headers()["authorization"].to_str().unwrap().to_owned())
    };
    // The examples of sections 2 and 2.1.
    let sent = authorization("Aladdin", "open sesame");
    assert_eq!(sent.unwrap(), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    assert_eq!(authorization("test", "123\u{a3}").unwrap(), "Basic dGVzdDoxMjPCow==");
    for (user, password) in [("a:b", "c"), ("", "c"), ("a\n", "c"), ("a", "c\0")] {
        let error = authorization(user, password).unwrap_err();
        assert_eq!(error, RequestError::Credential { scheme: "basic" });
    }
    // A token is not a user with a password.
    let error = authorized(&[("basic", token("x"))], schemes).unwrap_err();
    assert_eq!(error, RequestError::MissingCredential { schemes: vec!["basic"] });
}

/// RFC 6749 section 2.3.1: a space is `+`, and a colon of the id cannot be taken for the one between.
#[cfg(feature = "basic")]
#[test]
fn the_credentials_of_a_client_are_form_encoded() {
    let schemes: &[&[Scheme]] = &[&[Scheme::Basic("basic")]];
    for (id, secret, sent) in [
        (
            "1PpG/Q 1",
            "z/tZ9VwFZqApmIQ+ZH1I5pLk/uB4ud:X2/8bL+wfFTt1rFw=",
            "Basic MVBwRyUyRlErMTp6JTJGdFo5VndGWnFBcG1JUSUyQlpIMUk1cExrJTJGdUI0dWQlM0FYMiUyRjhiTCUyQ\
             ndmRlR0MXJGdyUzRA==",
        ),
        // `a%3Ab:c`
        ("a:b", "c", "Basic YSUzQWI6Yw=="),
    ] {
        let credential = Credential::client(&ClientCredentials::new(id, secret));
        let request = authorized(&[("basic", credential)], schemes).unwrap();
        assert_eq!(request.headers()["authorization"], sent);
        assert!(request.headers()["authorization"].is_sensitive());
    }
}

#[test]
fn the_first_alternative_that_fits() {
    let both: &[&[Scheme]] = &[&[BEARER], &[HEADER]];
    let request = authorized(&[("key", token("k"))], both).unwrap();
    assert!(!request.headers().contains_key("authorization"));
    assert_eq!(request.headers()["api-key"], "k");
    let request = authorized(&[("key", token("k")), ("bearer", token("t"))], both).unwrap();
    assert!(!request.headers().contains_key("api-key"));
    let error = authorized(&[("key", token("k"))], &[&[BEARER, HEADER], &[BEARER]]);
    let missing = RequestError::MissingCredential { schemes: vec!["bearer"] };
    assert_eq!(error.unwrap_err(), missing);
    assert_eq!(missing.to_string(), "client has no credential for `bearer`");
}

#[test]
fn an_empty_alternative_makes_the_others_optional() {
    for alternatives in [&[&[][..], &[BEARER]], &[&[BEARER][..], &[]]] {
        let request = authorized(&[], alternatives).unwrap();
        assert!(!request.headers().contains_key("authorization"));
        let request = authorized(&[("bearer", token("t"))], alternatives).unwrap();
        assert_eq!(request.headers()["authorization"], "Bearer t");
    }
    assert!(authorized(&[], &[]).is_ok());
}

#[test]
fn credentials_that_cannot_be_sent() {
    for text in ["", "a\r\nb", "a\0", "a\u{7f}"] {
        for scheme in [BEARER, HEADER, QUERY, COOKIE] {
            let credentials = [("bearer", token(text)), ("key", token(text))];
            let error = authorized(&credentials, &[&[scheme]]).unwrap_err();
            assert_eq!(error, RequestError::Credential { scheme: scheme.name() });
        }
    }
    assert!(authorized(&[("bearer", token("a b"))], &[&[BEARER]]).is_err());
}

#[test]
fn a_value_is_made_once_and_noted_each_time() {
    let credentials = [("bearer", token("hunter2")), ("key", token("hunter3"))];
    let core = core(&credentials);
    let build = || {
        let mut request = core.request(Method::GET, "/pets");
        request.authorize(&[&[BEARER, HEADER]]);
        request.build().unwrap()
    };
    let (first, second) = (exposed::during(build), exposed::during(build));
    for name in ["authorization", "api-key"] {
        let [one, other] = [&first, &second].map(|it| it.0.headers()[name].as_bytes().as_ptr());
        assert_eq!(one, other, "{name}");
        assert!(second.0.headers()[name].is_sensitive());
    }
    for (_, noted) in [first, second] {
        let noted: Vec<&str> = noted.iter().map(Secret::expose).collect();
        assert_eq!(noted, ["hunter2", "hunter3"]);
    }
}
