//! Requests in, webhooks or errors without a part of the request out.

use super::*;

#[derive(Debug)]
struct Added {
    event: Option<String>,
    n: i64,
    body: std::collections::BTreeMap<String, String>,
}

impl ReceivedWebhook for Added {
    const INFO: WebhookInfo = WebhookInfo {
        name: "added",
        method: Method::POST,
        media_type: Some("application/json"),
        told_by: &[ToldBy::Property { name: "type", values: &["added"] }],
    };

    fn read_parts(request: &WebhookRequest<'_>) -> Result<Self, WebhookError> {
        let event = request.optional_header("x-event")?;
        Ok(Self { event, n: request.query("n")?, body: request.json()? })
    }
}

const REMOVED: WebhookInfo = WebhookInfo {
    name: "removed",
    method: Method::POST,
    media_type: Some("application/json"),
    told_by: &[ToldBy::Property { name: "type", values: &["removed", "7"] }],
};

fn request(method: &str, uri: &str, media_type: &str, body: &'static str) -> Request<Bytes> {
    let request = Request::builder().method(method).uri(uri);
    let request =
        if media_type.is_empty() { request } else { request.header("content-type", media_type) };
    request.body(Bytes::from_static(body.as_bytes())).unwrap()
}

#[test]
fn parameters_and_body_are_read() {
    let mut it =
        request("POST", "/hook?n=2", "application/json; charset=utf-8", r#"{"type": "added"}"#);
    it.headers_mut().insert("X-Event", "pets".parse().unwrap());
    let read: Added = read(&it).unwrap();
    assert_eq!((read.event.as_deref(), read.n), (Some("pets"), 2));
    assert_eq!(read.body["type"], "added");
}

#[test]
fn what_does_not_fit_is_told_without_the_request() {
    let json = "application/json";
    for (method, uri, media_type, body, expected) in [
        ("PUT", "/?n=1", json, "{}", "the webhook has the method POST"),
        ("POST", "/?n=1", "text/plain", "{}", "the webhook has a body of `application/json`"),
        ("POST", "/?n=1", "nothing", "{}", "the webhook has a body of `application/json`"),
        (
            "POST",
            "/",
            json,
            "{}",
            "the query parameter `n` of the webhook is absent or not of its type",
        ),
        (
            "POST",
            "/?n=hush",
            json,
            "{}",
            "the query parameter `n` of the webhook is absent or not of its type",
        ),
        (
            "POST",
            "/?n=1",
            "",
            r#"{"type": {"hush": 1}}"#,
            "the body of the webhook is not the declared JSON: invalid type: map, expected a string at line 1 column 9",
        ),
        (
            "POST",
            "/?n=1",
            json,
            "hush",
            "the body of the webhook is not JSON: expected value at line 1 column 1",
        ),
    ] {
        let error = read::<Added>(&request(method, uri, media_type, body)).unwrap_err();
        assert_eq!(error.to_string(), expected);
        assert!(!format!("{error:?}").contains("hush"));
    }
}

#[test]
fn webhooks_are_told_apart() {
    let any = WebhookInfo { name: "any", told_by: &[], ..REMOVED };
    let header = WebhookInfo {
        name: "header",
        told_by: &[ToldBy::Header { name: "x-event", values: &["here"] }],
        ..REMOVED
    };
    let has = WebhookInfo {
        name: "has",
        told_by: &[ToldBy::Property { name: "id", values: &[] }],
        ..REMOVED
    };
    let tell = |body, event: &str, all: &[WebhookInfo]| {
        let mut it = request("POST", "/", "application/json", body);
        if !event.is_empty() {
            it.headers_mut().insert("x-event", event.parse().unwrap());
        }
        tell(&it, all)
    };
    let both = [Added::INFO, REMOVED];
    assert_eq!(tell(r#"{"type": "added"}"#, "", &both), Some(0));
    assert_eq!(tell(r#"{"type": "removed"}"#, "", &both), Some(1));
    assert_eq!(tell(r#"{"type": 7}"#, "", &both), Some(1));
    for body in [r#"{"type": "other"}"#, "{}", "[]", "hush", r#"{"type": null}"#] {
        assert_eq!(tell(body, "", &both), None, "{body}");
    }
    // The one that says more.
    assert_eq!(tell(r#"{"type": "removed"}"#, "", &[any.clone(), REMOVED]), Some(1));
    assert_eq!(tell("{}", "", &[any.clone(), REMOVED]), Some(0));
    assert_eq!(tell("{}", "here", &[any, header.clone()]), Some(1));
    // Two that fit, neither of which says more.
    assert_eq!(tell(r#"{"id": 1, "type": "removed"}"#, "", &[has.clone(), REMOVED]), None);
    assert_eq!(tell(r#"{"id": 1}"#, "here", &[has, header]), None);
}

#[test]
fn an_unrecognized_request_is_kept_and_not_shown() {
    let it = UnrecognizedWebhook::new(&request("PUT", "/hush", "hush/hush", "hush"));
    assert_eq!(format!("{it:?}"), "UnrecognizedWebhook { method: PUT, .. }");
    assert_eq!(it.request().body(), "hush");
    assert_eq!(it.into_request().uri(), "/hush");
}
