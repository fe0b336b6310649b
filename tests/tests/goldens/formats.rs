//! Values of formats, over loopback: what the server sends comes back byte for byte, and what is sent is what the
//! format has. The expected texts are those of RFC 3339 (dates), RFC 9562 (UUIDs) and of the documents.

use serde_json::{Value, json};
use tamarack_goldens::golden::formats::v1::client::{Client, Credential};
use tamarack_goldens::golden::formats::v1::operations::GetEvent;
use tamarack_goldens::golden::formats::v1::{headers, types};
use tamarack_goldens::runtime::jiff1::{Date, Span, Timestamp};
use tamarack_goldens::runtime::reqwest013::Reqwest013;
use tamarack_goldens::runtime::rust_decimal1::Decimal;
use tamarack_goldens::runtime::token::ClientCredentials;
use tamarack_goldens::runtime::url2::Url;
use tamarack_goldens::runtime::uuid1::Uuid;
use tamarack_goldens::runtime::{Operation, Patch, Typed};
use tamarack_tests::server::{Server, json_reply, reply};

const ID: &str = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6";

fn client(server: &Server) -> Client {
    let builder =
        Client::builder().base_url(server.url()).credential(Credential::Token("t".into()));
    builder.transport(Reqwest013::new().unwrap()).build().unwrap()
}

fn id() -> Uuid {
    ID.parse().unwrap()
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// Spelled so that no library writes any of these texts as it is.
fn unusual() -> Value {
    json!({
        "id": ID.to_uppercase(),
        "start": "1996-12-19t16:39:57.000-08:00",
        "ends": "1996-12-20T00:39:57.00Z",
        "length": "P0DT036H",
        "fee": "+01.50",
        "page": "HTTPS://Example.com:443/a/../b",
        "logo": "https://example.com",
        "days": ["2024-02-29"],
        "seats": {"a": format!("urn:uuid:{ID}")},
        "at": "1996-12-19T16:39:57-08:00",
        "opens": "08:00:00-08:00",
        "year": "2026-01-01",
        "ref": ID,
        "more": "2024-02-29",
    })
}

/// No value of its format anywhere.
fn wrong() -> Value {
    json!({
        "id": "event-1",
        "start": "1996-12-19",
        "ends": "never",
        "length": "a while",
        "fee": "free",
        "page": "/b",
        "logo": "",
        "days": ["2023-02-29", "29.02.2024", "2024-02-29T00:00:00Z"],
        "seats": {"a": "A12"},
        "at": "now",
        "more": "soon",
    })
}

async fn received(event: &Value) -> types::Event {
    let server = Server::replying(json_reply(200, event));
    client(&server).get_event(id()).await.unwrap().into_body()
}

#[tokio::test]
async fn what_is_received_comes_back_byte_for_byte() {
    for sent in [unusual(), wrong()] {
        let event = received(&sent).await;
        assert_eq!(serde_json::to_value(&event).unwrap(), sent);
    }
}

#[tokio::test]
async fn a_received_text_is_a_value_of_the_library() {
    let event = received(&unusual()).await;
    let instant: Timestamp = "1996-12-20T00:39:57Z".parse().unwrap();
    assert_eq!(event.id.value(), Some(&id()));
    assert_eq!(event.start.value(), Some(&instant));
    assert_eq!(event.ends.as_ref().and_then(Typed::value), Some(&instant));
    assert_eq!(event.length.as_ref().and_then(Typed::value).map(Span::get_hours), Some(36));
    assert_eq!(event.fee.value(), Some(&Decimal::new(150, 2)));
    let page = event.page.as_ref().and_then(Typed::value).map(Url::as_str);
    assert_eq!(page, Some("https://example.com/b"));
    assert_eq!(event.days.as_deref().unwrap()[0].value(), Some(&date("2024-02-29")));
    assert_eq!(event.seats.as_ref().unwrap()["a"].value(), Some(&id()));
    assert_eq!(event.additional["more"].value(), Some(&date("2024-02-29")));
    let types::EventAt::String(at) = &event.at else { panic!("a text") };
    assert_eq!(at.value(), Some(&instant));
}

#[tokio::test]
async fn a_text_of_another_format_spoils_no_response() {
    let event = received(&wrong()).await;
    assert_eq!((event.id.value(), event.id.as_str()), (None, "event-1"));
    assert_eq!(event.start.value(), None);
    assert_eq!(event.fee.into_value(), Err("free".to_owned()));
    assert!(event.days.unwrap().iter().all(|it| it.value().is_none()));
}

#[tokio::test]
async fn parameters_are_sent_as_the_format_has_them() {
    let server = Server::replying(json_reply(200, &wrong()));
    let days = ["2024-02-29", "2024-03-01"].map(|it| Typed::from(date(it)));
    let call = GetEvent::new(id())
        .since("1996-12-19T16:39:57-08:00".parse::<Timestamp>().unwrap())
        .days(days.to_vec())
        .span(types::Span::new(date("2024-01-01")).with_to(Typed::from_text("2024-1-31")))
        .trace(id())
        .seen(date("2024-02-29"));
    client(&server).send(call).await.unwrap();
    let request = &server.requests()[0];
    let (path, query) = request.path.split_once('?').unwrap();
    assert_eq!(path, format!("/events/{ID}"));
    let query: Vec<_> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let expected = [
        ("since", "1996-12-20T00:39:57Z"),
        ("days", "2024-02-29"),
        ("days", "2024-03-01"),
        ("from", "2024-01-01"),
        ("to", "2024-1-31"),
    ];
    assert_eq!(query, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    assert_eq!(request.header("trace"), [ID]);
    assert_eq!(request.header("cookie"), ["seen=2024-02-29"]);
}

#[tokio::test]
async fn bodies_are_sent_as_the_format_has_them() {
    let server = Server::replying(reply(204, &[], ""));
    let ends = Typed::from("1996-12-20T00:39:57Z".parse::<Timestamp>().unwrap());
    let change = types::Change::new().with_ends(ends);
    client(&server).change_event(id(), change).await.unwrap();
    let change = types::Change::new().with_ends(Patch::Null);
    client(&server).change_event(id(), change).await.unwrap();
    let bodies: Vec<_> = server.requests().iter().map(|it| it.body.clone()).collect();
    assert_eq!(bodies, [&br#"{"ends":"1996-12-20T00:39:57Z"}"#[..], br#"{"ends":null}"#]);

    let server = Server::replying(reply(201, &[], ""));
    let start: Timestamp = "1996-12-20T00:39:57Z".parse().unwrap();
    let body = types::AddEventRequest::new(start, vec![date("2024-02-29").into()]);
    client(&server).add_event(body).await.unwrap();
    let body = server.requests()[0].body.clone();
    let pairs: Vec<_> = form_urlencoded::parse(&body).into_owned().collect();
    let expected = [("start", "1996-12-20T00:39:57Z"), ("days", "2024-02-29")];
    assert_eq!(pairs, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

#[tokio::test]
async fn headers_and_errors_have_them_too() {
    let head = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/json\r\n";
    let body = wrong().to_string();
    let length = body.len();
    let whole = format!(
        "{head}expires-at: 1996-12-19T16:39:57-08:00\r\ncontent-length: {length}\r\n\r\n{body}"
    );
    let server = Server::replying(whole);
    let response = client(&server).get_event(id()).await.unwrap();
    let expires = response.header(headers::EXPIRES_AT).unwrap();
    assert_eq!(expires.as_str(), "1996-12-19T16:39:57-08:00");
    assert_eq!(expires.value(), Some(&"1996-12-20T00:39:57Z".parse().unwrap()));

    let server = Server::replying(json_reply(404, &json!(ID)));
    let error = client(&server).get_event(id()).await.unwrap_err();
    assert_eq!(error.status().map(|it| it.as_u16()), Some(404));
    assert_eq!(GetEvent::INFO.id, "get_event");
}

#[tokio::test]
async fn a_page_is_named_by_the_last_item() {
    let second = "f81d4fae-7dec-11d0-a765-00a0c91e6bf7";
    let server = Server::answering(move |request| {
        let with_id = |id: &str| {
            let mut event = wrong();
            event["id"] = json!(id);
            event
        };
        match request.path.split_once("after=") {
            None => json_reply(200, &json!([with_id(ID), with_id(second)])),
            Some((_, after)) if after == second => json_reply(200, &json!([with_id("last")])),
            Some(_) => json_reply(200, &json!([])),
        }
    });
    let mut items = client(&server).list_events().items();
    let mut ids = Vec::new();
    while let Some(event) = items.next().await {
        ids.push(event.unwrap().id.to_string());
    }
    assert_eq!(ids, [ID, second, "last"]);
}

#[tokio::test]
async fn a_token_source_sends_the_id_as_it_is() {
    let token = json!({"access_token": "abc", "token_type": "bearer", "expires_in": 3600});
    let server = Server::replying(json_reply(200, &token));
    let credentials = ClientCredentials::new(ID.to_uppercase(), "hunter2");
    let source = client(&server).token_source(credentials).build().unwrap();
    assert_eq!(source.token().await.unwrap().expose(), "abc");
    let body = server.requests()[0].body.clone();
    let pairs: Vec<_> = form_urlencoded::parse(&body).into_owned().collect();
    assert!(pairs.contains(&("client_id".to_owned(), ID.to_uppercase())), "{pairs:?}");
}
