//! Runs the program over a server in memory.

use std::sync::{Arc, Mutex};

use tamarack_runtime::bytes::Bytes;
use tamarack_runtime::http::{Request, Response};
use tamarack_runtime::token::ManualClock;
use tamarack_runtime::{BoxFuture, Limits, Transport, TransportError};

use super::{Client, ClientBuilder, Credential, configured, fill};

/// Answers as the API does, and keeps what it was asked.
#[derive(Clone, Default)]
struct Library {
    seen: Arc<Mutex<Vec<Request<Bytes>>>>,
    /// The answer to a new shelf.
    shelf: Option<(u16, &'static str)>,
}

impl Library {
    fn answer(&self, request: &Request<Bytes>) -> Response<Bytes> {
        let asked = format!("{} {}", request.method(), request.uri().path());
        let json = "application/json";
        let shelf = r#"{"name":"tales","place":{"city":{"name":"Oslo"}}}"#;
        let (status, media_type, body) = match (asked.as_str(), request.uri().query()) {
            ("POST /shelves", _) => {
                let (status, body) = self.shelf.unwrap_or((201, shelf));
                (status, json, body.to_owned())
            }
            ("GET /shelves", None) => {
                (200, json, format!(r#"{{"shelves":[{shelf}],"next":"tales"}}"#))
            }
            ("GET /shelves", Some("after=tales")) => (200, json, r#"{"shelves":[]}"#.to_owned()),
            ("POST /shelves/tales/notes", _) => (204, json, String::new()),
            ("POST /shelves/tales/books", _) => (201, json, r#"{"id":"b1"}"#.to_owned()),
            ("GET /books/b1/content", _) => (302, json, String::new()),
            ("GET /files/b1", _) => (200, "text/plain", "Once".to_owned()),
            ("POST /questions", _) => {
                let body = "data: {\"text\":\"Happily\"}\n\ndata: {\"text\":\".\"}\n\n";
                (200, "text/event-stream", body.to_owned())
            }
            _ => (404, json, r#"{"code":"none"}"#.to_owned()),
        };
        let response = Response::builder().status(status).header("content-type", media_type);
        let response = response.header("location", "/files/b1").header("retry-after", "3600");
        response.body(body.into()).expect("a response")
    }
}

impl Transport for Library {
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        _: &'a Limits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        let response = self.answer(&request);
        self.seen.lock().expect("no panic").push(request);
        Box::pin(async { Ok(response) })
    }
}

fn client(library: &Library) -> Client {
    let builder: ClientBuilder<Client> = Client::builder().transport(library.clone());
    let builder = builder.credential(Credential::Key("the-key".into())).clock(ManualClock::new());
    configured(builder).expect("a client")
}

#[tokio::test]
async fn everything_is_done_once() {
    let library = Library::default();
    assert_eq!(fill(&client(&library)).await.expect("an answer"), "Happily.");
    let seen = library.seen.lock().expect("no panic");
    let asked: Vec<_> = seen.iter().map(|it| format!("{} {}", it.method(), it.uri())).collect();
    let at = "https://library.example.com";
    assert_eq!(
        asked,
        [
            format!("POST {at}/shelves"),
            format!("GET {at}/shelves"),
            format!("GET {at}/shelves?after=tales"),
            format!("POST {at}/shelves/tales/notes"),
            format!("POST {at}/shelves/tales/books"),
            format!("GET {at}/books/b1/content"),
            format!("GET {at}/files/b1"),
            format!("POST {at}/questions"),
        ]
    );
    let has = |it: &Request<Bytes>, name: &str| it.headers().contains_key(name);
    for it in seen.iter() {
        // What a redirect leads to is no part of the API.
        let is_of_api = it.uri().path() != "/files/b1";
        assert_eq!((has(it, "x-key"), has(it, "x-team")), (is_of_api, is_of_api), "{}", it.uri());
    }
    assert_eq!(
        seen[3].body(),
        "{\"text\":\"note 1\"}\n{\"text\":\"note 2\"}\n{\"text\":\"note 3\"}\n"
    );
    assert!(has(&seen[4], "x-reason"));
}

#[tokio::test]
async fn a_shelf_that_is_there_is_no_error_and_others_say_what_to_do() {
    let there = Library { shelf: Some((409, r#"{"code":"exists"}"#)), ..Library::default() };
    assert!(fill(&client(&there)).await.is_ok());
    let busy = Library { shelf: Some((429, r#"{"code":"busy"}"#)), ..Library::default() };
    let error = fill(&client(&busy)).await.expect_err("an error");
    assert_eq!(error.to_string(), "busy: try again in 3600 s");
}
