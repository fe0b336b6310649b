//! Turns credentials into headers and queries: which alternative is taken, and what is missing
//! (OpenAPI 3.0.3, "Security Requirement Object").

use tamarack_goldens::golden::calls::v1::client::Credential;
use tamarack_goldens::golden::calls::v1::types::Note;
use tamarack_goldens::runtime::bytes::Bytes;
use tamarack_goldens::runtime::http::Request;
use tamarack_goldens::runtime::{Error, RequestError};

use crate::{InMemory, client, header, ready};

fn key() -> Credential {
    Credential::Key("k-1".into())
}

/// The user and the password of RFC 7617, section 2.
fn basic() -> Credential {
    Credential::Basic { user: "Aladdin".to_owned(), password: "open sesame".into() }
}

/// The example of RFC 6750, section 2.1.
fn bearer() -> Credential {
    Credential::Bearer("mF_9.B5f-4.1JqM".into())
}

fn token() -> Credential {
    Credential::Token("a&b c".into())
}

fn made(credentials: impl IntoIterator<Item = Credential>) -> Request<Bytes> {
    let client = client(&InMemory::replying(500, ""), credentials);
    client.make_thing().into_request().unwrap()
}

fn authorization(request: &Request<Bytes>) -> (Vec<&str>, Option<&str>) {
    (header(request, "Authorization"), request.uri().query())
}

#[test]
fn a_key_in_a_header() {
    let client = client(&InMemory::replying(500, ""), [key()]);
    let request = client.list_things().into_request().unwrap();
    assert_eq!(header(&request, "X-Key"), ["k-1"]);
    assert!(!format!("{:?}", request.headers()).contains("k-1"), "no log shows it");
    assert!(!format!("{client:?}").contains("k-1"));
}

/// Every operation without a `security` of its own has that of the document.
#[test]
fn the_documents_requirement_holds_everywhere() {
    let client = client(&InMemory::replying(500, ""), [key()]);
    let requests = [
        client.probe().into_request(),
        client.delete_files().into_request(),
        client.say("x").into_request(),
        client.set_count(1).into_request(),
    ];
    for request in requests {
        assert_eq!(header(&request.unwrap(), "X-Key"), ["k-1"]);
    }
}

#[test]
fn the_first_alternative() {
    let request = made([basic()]);
    let expected = "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==";
    assert_eq!(authorization(&request), (vec![expected], None));
    // The requirement of the operation replaces that of the document, and one alternative is enough.
    let request = made([key(), token(), bearer(), basic()]);
    assert_eq!(authorization(&request), (vec![expected], None));
    assert!(header(&request, "X-Key").is_empty());
}

/// Both schemes of one alternative are needed together.
#[test]
fn the_second_alternative_has_two_schemes() {
    let request = made([bearer(), token()]);
    let expected = (vec!["Bearer mF_9.B5f-4.1JqM"], Some("token=a%26b%20c"));
    assert_eq!(authorization(&request), expected);
    let request = made([token(), bearer(), key()]);
    assert_eq!(authorization(&request), expected);
}

/// `{}` in the list makes security optional; half an alternative is none and is not sent.
#[test]
fn the_third_alternative_is_none() {
    for credentials in [vec![], vec![bearer()], vec![token()], vec![key()]] {
        let request = made(credentials);
        assert_eq!(authorization(&request), (vec![], None));
        assert!(header(&request, "X-Key").is_empty());
    }
}

#[test]
fn a_missing_credential_is_an_error_before_anything_is_sent() {
    let transport = InMemory::replying(200, "[]");
    for credentials in [vec![], vec![basic(), bearer(), token()]] {
        let error = ready(client(&transport, credentials).list_things()).unwrap_err();
        let Error::Request(error) = &error else { panic!("{error:?}") };
        assert_eq!(*error, RequestError::MissingCredential { schemes: vec!["Key"] });
    }
    assert_eq!(transport.count(), 0);
    let reply = ready(client(&transport, [key()]).list_things()).unwrap();
    assert!(reply.body().is_empty());
    assert_eq!(transport.count(), 1);
}

#[test]
fn a_credential_that_cannot_be_sent_is_an_error_that_does_not_show_it() {
    let transport = InMemory::replying(200, "[]");
    for text in ["", "hunter2\r\nX-Other: 1", "hunter2\u{fc}"] {
        let error = ready(client(&transport, [Credential::Key(text.into())]).list_things());
        let Error::Request(error) = error.unwrap_err() else { panic!("{text:?}") };
        assert_eq!(error, RequestError::Credential { scheme: "Key" });
    }
    let colon = Credential::Basic { user: "a:b".to_owned(), password: "hunter2".into() };
    let client = client(&transport, [colon]);
    let error = client.make_thing().into_request();
    assert_eq!(error.unwrap_err(), RequestError::Credential { scheme: "Basic" });
    assert_eq!(transport.count(), 0);
}

/// `security: []` is no security, whatever the document asks for elsewhere.
#[test]
fn no_credential_is_asked_for_where_none_is_needed() {
    let client = client(&InMemory::replying(500, ""), []);
    #[expect(deprecated, reason = "a deprecated operation is called all the same")]
    let call = client.get_part(1, "json", vec!["p".to_owned()], "b", Note::new());
    assert!(header(&call.into_request().unwrap(), "X-Key").is_empty());
}
