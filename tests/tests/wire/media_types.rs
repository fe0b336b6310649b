//! The content type of a response decides how it is decoded (OpenAPI 3.0.4, "Response Object"; RFC 9110
//! sections 8.3 and 12.5.1).

use std::sync::Arc;

use tamarack_goldens::golden::replies::v1::client::Client;
use tamarack_goldens::golden::replies::v1::operations::{
    GetPage, GetPicture, GetReport, GetReportError, GetReportErrorBody,
    GetReportErrorBodyTooManyRequests, GetReportOutcome, GetReportResponseBody, GetSame,
    GetVersion, GetVersionResponseBody, GetWhatever, GetWhateverError, GetWhateverResponseBody,
};
use tamarack_goldens::golden::replies::v1::types::{Fault, Problem, Report};
use tamarack_goldens::runtime::{ApiError, CallResult, DecodeErrorKind, Error, Operation, Reply};
use tamarack_tests::server::{Server, reply};

use crate::{PATIENCE, TRANSPORT};

/// What a server answers with: the content type, if it sends one, and the body.
type Answer<'a> = (Option<&'a str>, &'a [u8]);

fn server(status: u16, (content_type, body): Answer<'_>) -> Server {
    let headers: Vec<_> = content_type.iter().map(|it| ("Content-Type", *it)).collect();
    Server::replying(reply(status, &headers, body))
}

fn client(server: &Server) -> Client {
    let builder = Client::builder().base_url(server.url()).timeout(PATIENCE);
    builder.shared_transport(Arc::clone(&TRANSPORT)).build().unwrap()
}

async fn report(
    status: u16,
    answer: Answer<'_>,
) -> Result<Reply<GetReportOutcome>, Error<GetReportError>> {
    client(&server(status, answer)).get_report().await
}

/// Returns the variant of a body, and what it holds as text.
fn shown(body: &GetReportResponseBody) -> (&'static str, String) {
    let bytes = |it: &[u8]| String::from_utf8_lossy(it).into_owned();
    match body {
        GetReportResponseBody::Json(it) => ("Json", it.id.to_string()),
        GetReportResponseBody::VndReportJson(it) => ("VndReportJson", it.title.clone()),
        GetReportResponseBody::Csv(it) => ("Csv", it.clone()),
        GetReportResponseBody::Xml(it) => ("Xml", it.clone()),
        GetReportResponseBody::Html(it) => ("Html", it.clone()),
        GetReportResponseBody::Bytes(it) => ("Bytes", bytes(it)),
        GetReportResponseBody::VndMsExcel(it) => ("VndMsExcel", bytes(it)),
        GetReportResponseBody::AnyImage(it) => ("AnyImage", bytes(it)),
        _ => panic!("{body:?}"),
    }
}

#[tokio::test]
async fn each_declared_content_type_is_decoded_as_its_own() {
    let json: &[u8] = br#"{"id": 7, "title": "t"}"#;
    for (content_type, body, expected) in [
        ("application/json", json, ("Json", "7")),
        ("application/json; charset=utf-8", json, ("Json", "7")),
        ("application/json; charset=iso-8859-1", json, ("Json", "7")),
        ("Application/JSON", json, ("Json", "7")),
        ("application/hal+json", json, ("Json", "7")),
        ("application/vnd.report+json", json, ("VndReportJson", "t")),
        ("text/csv", b"a,b", ("Csv", "a,b")),
        ("text/csv; header=present; charset=UTF-8", "é".as_bytes(), ("Csv", "é")),
        ("text/csv;charset=\"iso-8859-1\"", b"\xe9", ("Csv", "é")),
        ("application/xml", b"<a/>", ("Xml", "<a/>")),
        ("text/xml; charset=us-ascii", b"<a/>", ("Xml", "<a/>")),
        // JSON in another content type is not looked for.
        ("text/html", json, ("Html", r#"{"id": 7, "title": "t"}"#)),
        ("application/octet-stream", json, ("Bytes", r#"{"id": 7, "title": "t"}"#)),
        ("application/vnd.ms-excel", b"\x00", ("VndMsExcel", "\0")),
        ("image/png", b"png", ("AnyImage", "png")),
        ("image/svg+xml; charset=utf-8", b"<svg/>", ("AnyImage", "<svg/>")),
    ] {
        let reply = report(200, (Some(content_type), body)).await.unwrap();
        assert_eq!(reply.content_type(), Some(content_type));
        let GetReportOutcome::Ok(body) = reply.into_body() else { panic!("{content_type}") };
        let (variant, text) = shown(&body);
        assert_eq!((variant, text.as_str()), expected, "{content_type}");
    }
    // A response without a content type is bytes, which are declared here.
    let reply = report(200, (None, json)).await.unwrap();
    assert!(matches!(reply.body(), GetReportOutcome::Ok(GetReportResponseBody::Bytes(_))));
}

#[tokio::test]
async fn the_status_decides_before_the_content_type() {
    let reply = report(202, (Some("text/plain"), b"soon")).await.unwrap();
    assert!(matches!(reply.body(), GetReportOutcome::Accepted(text) if text == "soon"));
    let reply = report(204, (None, b"")).await.unwrap();
    assert!(matches!(reply.body(), GetReportOutcome::NoContent(())));
}

#[tokio::test]
async fn a_content_type_that_is_not_declared_is_an_error_with_the_response() {
    for content_type in ["application/pdf", "application/problem+json", "text/plain", "json", "x"] {
        for status in [200, 400] {
            let error = report(status, (Some(content_type), br#"{"id": 7}"#)).await.unwrap_err();
            let Error::Undecodable(undecodable) = &error else { panic!("{content_type}: {error}") };
            if status == 400 && content_type == "application/problem+json" {
                // It is declared of the error, and the body is of another shape.
                assert_eq!(undecodable.error().kind(), DecodeErrorKind::Data);
                continue;
            }
            assert_eq!(undecodable.error().kind(), DecodeErrorKind::MediaType, "{content_type}");
            assert_eq!(error.bytes().unwrap(), r#"{"id": 7}"#);
            assert_eq!(error.status().unwrap(), status);
            let text = format!("{error} {error:?}");
            assert!(!text.contains("id"), "{text}");
        }
    }
}

#[tokio::test]
async fn a_body_of_another_shape_is_an_error_and_never_another_variant() {
    for (content_type, body, expected) in [
        ("application/json", &b"a,b"[..], DecodeErrorKind::Syntax),
        ("application/vnd.report+json", br#"{"id": 7}"#, DecodeErrorKind::Data),
        ("text/csv", b"\xff", DecodeErrorKind::Utf8),
        ("text/csv; charset=shift_jis", b"a", DecodeErrorKind::Charset),
    ] {
        let error = report(200, (Some(content_type), body)).await.unwrap_err();
        let Error::Undecodable(undecodable) = &error else { panic!("{content_type}: {error}") };
        assert_eq!(undecodable.error().kind(), expected, "{content_type}");
        assert_eq!(undecodable.bytes(), body);
    }
}

#[tokio::test]
async fn errors_are_told_apart_by_content_type() {
    let problem = br#"{"title": "No such day"}"#;
    let error = report(404, (Some("application/problem+json"), problem)).await.unwrap_err();
    let Error::Declared(GetReportError::NotFound(reply)) = &error else { panic!("{error}") };
    assert!(
        matches!(reply.body(), GetReportErrorBody::ProblemJson(it) if it.title == "No such day")
    );
    // What the variant holds is found by its type, as is the enum.
    assert_eq!(error.body::<Problem>().unwrap().title, "No such day");
    assert!(error.body::<GetReportErrorBody>().is_some() && error.body::<Fault>().is_none());
    let error = ApiError::from(error);
    assert_eq!(error.body::<Problem>().unwrap().title, "No such day");

    let fault = br#"{"code": 4}"#;
    let error = report(400, (Some("application/json"), fault)).await.unwrap_err();
    let Error::Declared(GetReportError::BadRequest(reply)) = &error else { panic!("{error}") };
    assert!(matches!(reply.body(), GetReportErrorBody::Json(it) if it.code == 4));
    assert_eq!(error.body::<Fault>().unwrap().code, 4);

    let html = (Some("text/html; charset=utf-8"), &b"<p>Slow down"[..]);
    let error = report(429, html).await.unwrap_err();
    let Error::Declared(GetReportError::TooManyRequests(reply)) = &error else { panic!("{error}") };
    let expected = "<p>Slow down";
    assert!(matches!(
        reply.body(),
        GetReportErrorBodyTooManyRequests::Html(text) if text == expected
    ));
    assert_eq!(error.body::<String>().unwrap(), expected);
    // Where all statuses have one body, its content type is not asked.
    let error = report(500, (Some("text/plain"), fault)).await.unwrap_err();
    assert_eq!(error.body::<Fault>().unwrap().code, 4);
}

/// Sends an operation to a server that answers with a success.
async fn received<O: Operation>(operation: O, answer: Answer<'_>) -> CallResult<O> {
    client(&server(200, answer)).send(operation).await
}

#[tokio::test]
async fn a_parameter_tells_versions_apart_and_a_range_takes_the_rest() {
    let json: &[u8] = br#"{"id": 7, "title": "t", "code": 4}"#;
    for (content_type, expected) in [
        (Some("application/json;v=1"), "JsonV1"),
        (Some("application/json; charset=utf-8; v=2"), "JsonV2"),
        // Which version it is is not said, so it is the one declared first.
        (Some("application/json"), "JsonV1"),
        (Some("application/problem+json"), "AnyJson"),
        (Some("application/json;v=3"), "AnyJson"),
        (Some("text/plain"), "Any"),
        (None, "Any"),
    ] {
        let reply = received(GetVersion::new(), (content_type, json)).await.unwrap();
        let variant = match reply.body() {
            GetVersionResponseBody::JsonV1(it) if it.title == "t" => "JsonV1",
            GetVersionResponseBody::JsonV2(it) if it.id == 7 => "JsonV2",
            GetVersionResponseBody::AnyJson(it) if it.code == 4 => "AnyJson",
            GetVersionResponseBody::Any(it) if &it[..] == json => "Any",
            other => panic!("{content_type:?}: {other:?}"),
        };
        assert_eq!(variant, expected, "{content_type:?}");
    }
}

#[tokio::test]
async fn media_types_of_one_type_are_one_type() {
    for content_type in [Some("text/plain"), Some("text/json"), Some("application/json"), None] {
        let reply = received(GetSame::new(), (content_type, br#"{"id": 7}"#)).await.unwrap();
        assert_eq!(*reply.body(), Report::new(7));
    }
    for content_type in ["image/png", "image/jpeg"] {
        let reply = received(GetPicture::new(), (Some(content_type), b"\xff\xd8")).await.unwrap();
        assert_eq!(reply.content_type(), Some(content_type));
        assert_eq!(reply.into_body().bytes().await.unwrap(), &b"\xff\xd8"[..]);
    }
    for content_type in ["text/html", "application/yaml; charset=latin1"] {
        let reply = received(GetPage::new(), (Some(content_type), b"a: b")).await.unwrap();
        assert_eq!(reply.body(), "a: b");
    }
}

#[tokio::test]
async fn the_only_response_is_that_of_a_success_and_of_an_error() {
    let problem = (Some("application/problem+json"), &br#"{"title": "t"}"#[..]);
    let reply = received(GetWhatever::new(), problem).await.unwrap();
    assert!(matches!(reply.body(), GetWhateverResponseBody::ProblemJson(it) if it.title == "t"));
    let error = client(&server(500, problem)).get_whatever().await.unwrap_err();
    let Error::Declared(GetWhateverError::Default(reply)) = &error else { panic!("{error}") };
    assert!(matches!(reply.body(), GetWhateverResponseBody::ProblemJson(it) if it.title == "t"));
}

#[tokio::test]
async fn a_call_asks_for_all_declared_media_types_or_for_what_the_caller_names() {
    let server = server(202, (Some("text/plain"), b"soon"));
    let client = client(&server);
    client.get_report().await.unwrap();
    client.send(GetReport::new().day("1")).accept("text/csv").await.unwrap();
    let error = client.get_report().accept("text/csv\n").await.unwrap_err();
    assert!(matches!(error, Error::Request(_)), "{error}");
    let requests = server.requests();
    let accepted: Vec<_> = requests.iter().map(|it| it.header("accept")).collect();
    // JSON is preferred, then text, then bytes; the types of errors are no alternative to them.
    let all = "application/json, application/hal+json, application/vnd.report+json;q=0.9, \
               text/csv;q=0.8, application/xml;q=0.7, text/xml;q=0.7, text/html;q=0.6, \
               application/octet-stream;q=0.5, application/vnd.ms-excel;q=0.4, image/*;q=0.3, \
               text/plain, application/problem+json;q=0.9";
    assert_eq!(accepted, [vec![all], vec!["text/csv"]]);
}
