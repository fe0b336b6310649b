//! Turns responses into outcomes and errors, by status: exact before range before `default`
//! (OpenAPI 3.0.3, "Responses Object").

use tamarack_goldens::golden::calls::v1;
use tamarack_goldens::golden::calls::v1::operations::{
    DeleteFiles, GetPart, GetPartError, ListThings, ListThingsError, MakeThing, MakeThingOutcome,
    Probe, Say, SetCount, SetNames, Upload, UploadError,
};
use tamarack_goldens::golden::calls::v1::types::Thing;
use tamarack_goldens::golden::replies::v1::client::Client;
use tamarack_goldens::golden::replies::v1::headers;
use tamarack_goldens::golden::replies::v1::operations::{
    GetLimited, LocateFile, ReadMoved, ReadMovedError,
};
use tamarack_goldens::golden::replies::v1::types::Tier;
use tamarack_goldens::runtime::bytes::Bytes;
use tamarack_goldens::runtime::http::Response;
use tamarack_goldens::runtime::reqwest013::Reqwest013;
use tamarack_goldens::runtime::{Call, Error, FetchError, RawReply, TransportErrorKind};
use tamarack_tests::server::{Server, reply};

use crate::answered;

#[test]
fn several_successes_are_told_apart_by_status() {
    let read = |status, body: &'static str| answered::<MakeThing>(status, body);
    let reply = read(200, r#"{"id":1}"#).unwrap();
    assert!(matches!(reply.body(), MakeThingOutcome::Ok(thing) if *thing == Thing::new(1)));
    assert_eq!(reply.status(), 200);
    // 202 declares no content, so what comes has no meaning.
    for body in ["", r#"{"id":1}"#, "\u{0}"] {
        let reply = read(202, body).unwrap();
        assert!(matches!(reply.body(), MakeThingOutcome::Accepted(())));
        assert_eq!(reply.status(), 202);
    }
    let reply = read(207, r#"{"id":1}"#).unwrap();
    assert!(matches!(reply.body(), MakeThingOutcome::MultiStatus(text) if text == r#"{"id":1}"#));
    for status in [201, 204, 302, 400, 500] {
        let error = read(status, r#"{"id":1}"#).unwrap_err();
        assert!(matches!(error, Error::Undeclared(_)), "{status}: {error:?}");
    }
    let error = read(200, "told").unwrap_err();
    assert!(matches!(error, Error::Undecodable(_)), "{error:?}");
}

#[test]
fn the_exact_status_before_its_range() {
    let body = r#"{"message":"m"}"#;
    let error = answered::<ListThings>(404, body).unwrap_err();
    assert!(matches!(&error, Error::Declared(ListThingsError::NotFound(_))), "{error:?}");
    assert_eq!(error.raw().unwrap().bytes(), body);
    for status in [400, 403, 405, 418, 499] {
        let error = answered::<ListThings>(status, body).unwrap_err();
        let Error::Declared(ListThingsError::Status4xx(reply)) = &error else {
            panic!("{status}: {error:?}")
        };
        assert_eq!((reply.status().as_u16(), reply.body().message.as_deref()), (status, Some("m")));
    }
}

#[test]
fn declared_headers_are_read_as_their_types() {
    let answer = |status: u16, headers: &[(&'static str, &'static str)]| {
        let mut response = Response::builder().status(status);
        for (name, value) in headers {
            response = response.header(*name, *value);
        }
        let body = Bytes::from_static(b"{\"id\":1}");
        Call::<GetLimited>::read(RawReply::new(response.body(body).unwrap()))
    };
    let reply = answer(
        200,
        &[
            ("link", "<a>; rel=next"),
            ("Link", "<b>; rel=prev"),
            ("X-Remaining", "59"),
            ("x-cost", "1.5"),
            ("x-cached", "true"),
            ("x-tier", "gold"),
            ("x-scopes", "read, write"),
            ("x-tiers", "free,paid"),
            ("x-object", "a,b"),
            ("x-auth-token", "s3cret"),
        ],
    );
    let reply = reply.unwrap();
    // RFC 9110 §5.3: lines of one name are one list.
    assert_eq!(reply.header(headers::LINK).as_deref(), Some("<a>; rel=next, <b>; rel=prev"));
    assert_eq!(reply.header(headers::X_REMAINING), Some(59));
    assert_eq!(reply.header(headers::X_COST), Some(1.5));
    assert_eq!(reply.header(headers::X_CACHED), Some(true));
    assert_eq!(reply.header(headers::X_TIER), Some(Tier::Unrecognized("gold".into())));
    assert_eq!(reply.header(headers::X_SCOPES).unwrap(), ["read", "write"]);
    assert_eq!(reply.header(headers::X_TIERS).unwrap(), [Tier::Free, Tier::Paid]);
    assert_eq!(reply.header(headers::X_OBJECT).as_deref(), Some("a,b"));
    assert_eq!(reply.header(headers::X_MIXED), None);
    let token = reply.header(headers::X_AUTH_TOKEN).unwrap();
    assert_eq!(token.expose(), "s3cret");
    assert!(!format!("{token:?} {reply:?}").contains("s3cret"));
    // What is required and absent, or of another type, spoils no response.
    let reply = answer(200, &[("x-cost", "cheap")]).unwrap();
    assert_eq!((reply.header(headers::X_REMAINING), reply.header(headers::X_COST)), (None, None));
    let error = answer(429, &[("retry-after", "7"), ("x-remaining", "0")]).unwrap_err();
    let raw = error.raw().unwrap();
    assert_eq!(
        (raw.header(headers::RETRY_AFTER), raw.header(headers::X_REMAINING)),
        (Some(7), Some(0))
    );
}

/// `default` is a text here: JSON is taken as one, too.
#[test]
fn the_range_before_the_default() {
    for status in [199, 201, 204, 301, 500, 503, 599] {
        let error = answered::<ListThings>(status, "[\"why\"]").unwrap_err();
        let Error::Declared(ListThingsError::Default(reply)) = &error else {
            panic!("{status}: {error:?}")
        };
        assert_eq!((reply.status().as_u16(), reply.body().as_str()), (status, "[\"why\"]"));
    }
}

/// The status has chosen; a body that does not fit is no reason to try another schema.
#[test]
fn a_body_that_does_not_fit_its_status() {
    for (status, body) in [(200, "{}"), (200, "why"), (400, "why"), (400, "[]"), (200, "")] {
        let error = answered::<ListThings>(status, body).unwrap_err();
        let Error::Undecodable(error) = &error else { panic!("{status}: {error:?}") };
        assert_eq!((error.status().as_u16(), error.bytes().as_ref()), (status, body.as_bytes()));
    }
    let no_utf8 = answered::<ListThings>(500, &b"\xff"[..]).unwrap_err();
    assert!(matches!(no_utf8, Error::Undecodable(_)), "{no_utf8:?}");
}

/// With nothing but `default` a success is what has the status of one (RFC 9110, section 15).
#[test]
fn an_operation_with_nothing_but_a_default() {
    for status in [200, 201, 226, 299] {
        let reply = answered::<Upload>(status, r#"{"id":2,"name":"n"}"#).unwrap();
        assert_eq!(*reply.body(), Thing::new(2).with_name("n"));
        assert_eq!(reply.status(), status);
    }
    for status in [199, 300, 304, 400, 500] {
        let error = answered::<Upload>(status, r#"{"id":2}"#).unwrap_err();
        let Error::Declared(UploadError::Default(reply)) = &error else {
            panic!("{status}: {error:?}")
        };
        assert_eq!(*reply.body(), Thing::new(2));
    }
    let error = answered::<Upload>(200, "{}").unwrap_err();
    assert!(matches!(error, Error::Undecodable(_)), "`id` is required: {error:?}");
}

#[test]
fn texts_come_as_they_are() {
    for text in ["", "null", "\"x\"", "ü €\r\n"] {
        assert_eq!(answered::<Say>(200, text).unwrap().body(), text);
    }
    let error = answered::<Say>(200, &b"a\xff"[..]).unwrap_err();
    assert!(matches!(error, Error::Undecodable(_)), "{error:?}");
}

#[test]
fn bytes_come_as_they_are() {
    let bytes = &b"\x00\xff\xfe{\""[..];
    for bytes in [bytes, b""] {
        let reply = answered::<GetPart>(200, bytes).unwrap();
        let pieces: Vec<_> = reply.into_body().into_iter().map(Result::unwrap).collect();
        assert_eq!(pieces.concat(), bytes);
    }
    let error = answered::<GetPart>(401, "who?").unwrap_err();
    assert!(
        matches!(&error, Error::Declared(GetPartError::Unauthorized(it)) if it.body() == "who?"),
        "{error:?}"
    );
}

/// `nullable` of the body and of its elements: a null is a value there.
#[test]
fn nulls_at_the_top() {
    let reply = answered::<SetNames>(200, "null").unwrap();
    assert_eq!(*reply.body(), None);
    let reply = answered::<SetNames>(200, r#""x""#).unwrap();
    assert_eq!(reply.body().as_deref(), Some("x"));
    let reply = answered::<SetCount>(200, r#"["a",null,""]"#).unwrap();
    assert_eq!(*reply.body(), [Some("a".to_owned()), None, Some(String::new())]);
    let error = answered::<SetNames>(200, "").unwrap_err();
    assert!(matches!(error, Error::Undecodable(_)), "nothing is not null: {error:?}");
    assert!(answered::<SetCount>(200, "null").is_err());
}

/// Neither `HEAD` nor a 204 has a body (RFC 9110, sections 9.3.2 and 15.3.5).
#[test]
fn replies_without_a_body() {
    assert_eq!(answered::<Probe>(200, "").unwrap().status(), 200);
    let error = answered::<Probe>(404, "").unwrap_err();
    assert!(matches!(&error, Error::Undeclared(reply) if reply.status() == 404), "{error:?}");
    assert_eq!(answered::<DeleteFiles>(204, "").unwrap().status(), 204);
    // A 200 is not what the document promises of `DELETE`.
    assert!(answered::<DeleteFiles>(200, "").is_err());
}

#[test]
fn an_error_becomes_the_modules_and_shows_no_body() {
    let error = answered::<ListThings>(400, r#"{"message":"hunter2"}"#).unwrap_err();
    let error = v1::Error::from(error);
    assert!(error.downcast_ref::<ListThingsError>().is_some());
    assert!(error.downcast_ref::<UploadError>().is_none());
    assert_eq!(error.status().unwrap(), 400);
    for shown in [format!("{error}"), format!("{error:?}")] {
        assert!(!shown.contains("hunter2"), "{shown}");
    }
    assert!(error.to_string().starts_with("list_things: "));
}

/// RFC 9110 section 15.4: a redirect has a `Location`. What it leads to may be somebody else's.
#[tokio::test]
async fn where_a_redirect_leads_is_returned_and_fetched_without_what_is_the_clients() {
    let elsewhere = Server::replying(reply(200, &[], "the file"));
    let location = format!("{}/signed?x=1", elsewhere.url());
    let server = Server::replying(reply(302, &[("Location", &location)], ""));
    let builder = Client::builder().base_url(server.url()).header("x-key", "mine");
    let client = builder.transport(Reqwest013::new().unwrap()).build().unwrap();
    let found = client.locate_file("a").await.unwrap();
    assert_eq!((found.status().as_u16(), found.location()), (302, Some(&*location)));
    assert_eq!(found.header(headers::LOCATION), Some(location));
    assert_eq!(server.request().header("x-key"), ["mine"]);
    let file = client.core().fetch(found.location().unwrap()).await.unwrap();
    assert_eq!(file.status(), 200);
    assert_eq!(file.into_body().bytes().await.unwrap(), "the file");
    let request = elsewhere.request();
    assert_eq!((request.method.as_str(), request.path.as_str()), ("GET", "/signed?x=1"));
    for name in ["x-key", "authorization", "cookie", "referer"] {
        assert!(request.header(name).is_empty(), "{name}");
    }
    for url in
        ["/signed", "//a.example/x", "ftp://a.example/x", "https://u:p@a.example/", "", "x y"]
    {
        let error = client.core().fetch(url).await.unwrap_err();
        assert!(matches!(error, FetchError::Url), "{url}");
        assert!(!format!("{error} {error:?}").contains("u:p"));
    }
    let error = client.core().fetch("http://a.example/x").await.unwrap_err();
    let FetchError::Transport(error) = error else { panic!("{error:?}") };
    assert_eq!(error.kind(), TransportErrorKind::PlainHttp);
}

/// RFC 9110 section 10.2.2: a relative `Location` is resolved against the URL of the request (RFC 3986 section 5.2).
#[tokio::test]
async fn a_relative_redirect_leads_to_where_the_request_went() {
    for (written, resolved) in [
        ("/signed?x=1", "/signed?x=1"),
        ("signed", "/v1/files/a/signed"),
        ("../b/./c#p", "/v1/files/b/c#p"),
    ] {
        let server = Server::replying(reply(302, &[("Location", written)], ""));
        let builder = Client::builder().base_url(format!("{}/v1", server.url()));
        let client = builder.transport(Reqwest013::new().unwrap()).build().unwrap();
        let found = client.locate_file("a").await.unwrap();
        assert_eq!(server.request().path, "/v1/files/a/content");
        assert_eq!(found.location(), Some(&*format!("{}{resolved}", server.url())));
        assert_eq!(found.headers()["location"], written);
    }
}

#[test]
fn a_redirect_is_an_error_beside_a_success_and_where_it_is_not_declared() {
    let answer = |status: u16| {
        let response = Response::builder().status(status).body(Bytes::from("x")).unwrap();
        RawReply::new(response)
    };
    assert!(Call::<ReadMoved>::read(answer(200)).is_ok());
    let error = Call::<ReadMoved>::read(answer(307)).unwrap_err();
    assert!(matches!(error, Error::Declared(ReadMovedError::TemporaryRedirect(_))), "{error:?}");
    assert!(Call::<LocateFile>::read(answer(302)).is_ok());
    for status in [200, 303, 307] {
        let error = Call::<LocateFile>::read(answer(status)).unwrap_err();
        assert!(matches!(error, Error::Undeclared(_)), "{status}: {error:?}");
    }
}
