//! Streams of the generated code, over loopback: events, lines of JSON and bytes, each read and written while it
//! comes.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use tamarack_goldens::golden::streams::v1::client::Client;
use tamarack_goldens::golden::streams::v1::operations::{
    Chat, ExportRecords, ExportRecordsOutcome, GetFile, ReadNewsError,
};
use tamarack_goldens::golden::streams::v1::types::{
    Answer, Question, WatchEvent, WatchEventDoneData, WatchShelfResponseVariant,
};
use tamarack_goldens::runtime::reqwest013::Reqwest013;
use tamarack_goldens::runtime::serde_json::json;
use tamarack_goldens::runtime::{Error, JsonLines, RequestBody, StreamError, TransportErrorKind};

/// A server for one request, which sends each part of its response when it is told.
struct Server {
    address: String,
    parts: Sender<Vec<u8>>,
    request: Receiver<String>,
}

impl Server {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (parts, to_send) = channel::<Vec<u8>>();
        let (seen, request) = channel();
        thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            // Not every test looks at the request.
            let _ = seen.send(whole(&mut stream));
            for part in to_send {
                stream.write_all(&part).unwrap();
            }
        });
        Self { address, parts, request }
    }

    fn send(&self, text: impl Into<Vec<u8>>) {
        self.parts.send(text.into()).unwrap();
    }

    /// Begins a response that ends with the connection.
    fn begin(&self, media_type: &str) {
        self.send(format!(
            "HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\nConnection: close\r\n\r\n"
        ));
    }

    fn client(&self) -> Client {
        let builder = Client::builder().base_url(&self.address);
        builder.transport(Reqwest013::new().unwrap()).build().unwrap()
    }

    fn request(&self) -> String {
        self.request.recv_timeout(Duration::from_secs(10)).unwrap()
    }
}

/// Reads a request with its body, whose length or whose last chunk says where it ends.
fn whole(stream: &mut TcpStream) -> String {
    let (mut acc, mut piece) = (Vec::new(), [0; 4096]);
    loop {
        let text = String::from_utf8_lossy(&acc).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let head = head.to_ascii_lowercase();
            let len = head.lines().find_map(|it| it.strip_prefix("content-length: "));
            let is_over = match len {
                Some(len) => body.len() >= len.parse().unwrap(),
                None => !head.contains("transfer-encoding") || body.ends_with("0\r\n\r\n"),
            };
            if is_over {
                return text;
            }
        }
        let n = stream.read(&mut piece).unwrap();
        assert!(n > 0, "the request ends early");
        acc.extend_from_slice(&piece[..n]);
    }
}

#[tokio::test]
async fn chunks_of_an_answer_arrive_before_its_end() {
    let server = Server::new();
    let call = server.client().send(Chat::new(Question::new("who?").with_stream(true))).stream();
    let begun = tokio::spawn(call.into_future());
    let request = tokio::task::spawn_blocking(move || (server.request(), server));
    let (request, server) = request.await.unwrap();
    assert!(request.contains("\r\naccept: text/event-stream\r\n"), "{request}");
    assert!(request.ends_with(r#"{"text":"who?","stream":true}"#), "{request}");
    server.begin("text/event-stream; charset=utf-8");
    let mut events = begun.await.unwrap().unwrap().into_body();
    for delta in ["I", "am"] {
        server.send(format!("data: {{\"delta\":\"{delta}\"}}\n\n"));
        // The server has sent nothing after it.
        assert_eq!(events.next().await.unwrap().unwrap().data.delta, delta);
    }
    server.send("data: {}\n\ndata: {\"delta\":\"here\"}\n\ndata: [DONE]\n\n");
    let Err(StreamError::Item(error)) = events.next().await.unwrap() else { panic!("an item") };
    assert_eq!(error.number(), 3);
    assert_eq!(events.next().await.unwrap().unwrap().data.delta, "here");
    assert!(events.next().await.is_none(), "the connection is still open");
}

#[tokio::test]
async fn a_whole_answer_is_asked_for_as_before() {
    let server = Server::new();
    server.send("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"text\":\"me\"}");
    let answer = server.client().send(Chat::new(Question::new("who?"))).await;
    assert!(server.request().contains("\r\naccept: application/json\r\n"));
    // A byte more than the length says is not read.
    assert!(matches!(answer, Err(Error::Undecodable(_))), "{answer:?}");
}

#[tokio::test]
async fn another_media_type_than_the_one_that_was_asked_for_is_an_error_with_its_bytes() {
    let server = Server::new();
    server.send(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n{\"text\":\"me\"}",
    );
    let error = server.client().send(Chat::new(Question::new("who?"))).stream().await.unwrap_err();
    let Error::Undecodable(error) = error else { panic!("{error:?}") };
    assert_eq!(error.bytes(), r#"{"text":"me"}"#);
}

#[tokio::test]
async fn an_error_of_a_stream_is_read_as_a_whole() {
    let server = Server::new();
    server.send("HTTP/1.1 404 No\r\nContent-Length: 16\r\n\r\n{\"title\":\"none\"}");
    let error = server.client().read_news().await.unwrap_err();
    let Error::Declared(ReadNewsError::NotFound(reply)) = error else { panic!("{error:?}") };
    assert_eq!(reply.body().title, "none");
}

#[tokio::test]
async fn events_of_text_and_events_that_are_described_whole() {
    let server = Server::new();
    server.begin("text/event-stream");
    server.send("event: tick\nid: 4\ndata: {1\ndata: 2\n\ndata: lost");
    let client = server.client();
    drop(server);
    let mut ticks = client.read_ticks().await.unwrap().into_body();
    let tick = ticks.next().await.unwrap().unwrap();
    assert_eq!((&*tick.event, &*tick.id, &*tick.data), ("tick", "4", "{1\n2"));
    assert!(ticks.next().await.is_none());

    let server = Server::new();
    server.begin("text/event-stream");
    server.send("event: add\ndata: {\"delta\":\"x\"}\n\n");
    let mut named = server.client().read_named().await.unwrap().into_body();
    let event = named.next().await.unwrap().unwrap();
    assert_eq!((&*event.event, &*event.data.delta), ("add", "x"));
}

#[tokio::test]
async fn lines_are_written_and_read_one_by_one() {
    let server = Server::new();
    let lines = JsonLines::iter(["a", "b"].map(Question::new));
    let client = server.client();
    let call = client.import_records(lines);
    let begun = tokio::spawn(call.into_future());
    let (request, server) =
        tokio::task::spawn_blocking(move || (server.request(), server)).await.unwrap();
    assert!(request.contains("\r\ncontent-type: application/x-ndjson\r\n"), "{request}");
    assert!(request.contains("\r\ntransfer-encoding: chunked\r\n"), "{request}");
    let (_, body) = request.split_once("\r\n\r\n").unwrap();
    let chunks = "d\r\n{\"text\":\"a\"}\n\r\nd\r\n{\"text\":\"b\"}\n\r\n0\r\n\r\n";
    assert_eq!(body.to_ascii_lowercase(), chunks);
    server.begin("application/jsonl");
    let mut answers = begun.await.unwrap().unwrap().into_body();
    server.send("{\"text\":\"A\"}\n{\"te");
    assert_eq!(answers.next().await.unwrap().unwrap().text, "A");
    server.send("xt\":\"B\"}\r\n");
    assert_eq!(answers.next().await.unwrap().unwrap().text, "B");
    drop(server);
    assert!(answers.next().await.is_none());
}

#[tokio::test]
async fn a_list_has_a_length() {
    let server = Server::new();
    server.begin("application/jsonl");
    let client = server.client();
    let call = client.import_records(vec![Question::new("a"), Question::new("b")]);
    drop(call.await.unwrap());
    let request = server.request();
    assert!(request.contains("\r\ncontent-length: 26\r\n"), "{request}");
    assert!(request.ends_with("\r\n\r\n{\"text\":\"a\"}\n{\"text\":\"b\"}\n"), "{request}");
}

#[tokio::test]
async fn one_success_of_several_is_a_stream_where_it_is_asked_for() {
    let records = "\u{1e}{\"text\":\"A\"}\n\u{1e}{\"text\":\"B\"}\n";
    let server = Server::new();
    server.begin("application/json-seq");
    server.send(records);
    let client = server.client();
    drop(server);
    let mut items = client.send(ExportRecords::new()).stream().await.unwrap().into_body();
    let mut texts = Vec::new();
    while let Some(item) = items.next().await {
        texts.push(item.unwrap().text);
    }
    assert_eq!(texts, ["A", "B"]);

    let server = Server::new();
    server.begin("application/json-seq");
    server.send(records);
    let client = server.client();
    drop(server);
    let outcome = client.export_records().await.unwrap().into_body();
    assert!(matches!(outcome, ExportRecordsOutcome::Ok(bytes) if bytes == records));
}

/// What is typed by the name of an event, and what an unknown name or unreadable data leaves.
#[tokio::test]
async fn events_that_are_told_apart_by_their_names() {
    let server = Server::new();
    server.begin("text/event-stream");
    server.send(
        "event: pet.added\ndata: {\"text\":\ndata: \"Rex\"}\n\nevent: pet.count\ndata: 3\n\n",
    );
    server.send("event: gone\ndata: {not JSON\n\nevent: pet.count\ndata: many\n\n");
    server.send("event: pet.sold\nid: 7\ndata: {\"to\":1}\n\nevent: done\ndata: [DONE]\n\n");
    let client = server.client();
    drop(server);
    let mut events = client.watch().await.unwrap().into_body();
    let added = events.next().await.unwrap().unwrap();
    assert_eq!(added.event, "pet.added");
    assert!(matches!(added.data, WatchEvent::PetAdded(it) if it.data == Answer::new("Rex")));
    let count = events.next().await.unwrap().unwrap().data;
    assert!(matches!(count, WatchEvent::PetCount(it) if it.data == 3));
    let gone = events.next().await.unwrap().unwrap().data;
    assert!(matches!(gone, WatchEvent::Gone(it) if it.data == "{not JSON"));
    assert!(matches!(events.next().await.unwrap(), Err(StreamError::Item(_))));
    let unknown = events.next().await.unwrap().unwrap();
    assert_eq!((unknown.event.as_str(), unknown.id.as_str()), ("pet.sold", "7"));
    let whole = json!({"event": "pet.sold", "id": "7", "data": "{\"to\":1}"});
    assert_eq!(unknown.data, WatchEvent::Unrecognized(whole));
    let done = events.next().await.unwrap().unwrap().data;
    assert!(matches!(done, WatchEvent::Done(it) if it.data == WatchEventDoneData::Done));
    assert!(events.next().await.is_none());
}

/// OpenAPI 3.2.0 §4.14.4 and JSON Schema 2020-12 validation §8.5: data is a string, whose content has a schema.
#[tokio::test]
async fn data_that_is_a_string_with_json_in_it() {
    let server = Server::new();
    server.begin("text/event-stream");
    server.send("event: note\ndata: 12\n\nevent: book\nid: 1\ndata: {\"title\":\"Emma\"}\n\n");
    let client = server.client();
    drop(server);
    let mut events = client.watch_shelf().await.unwrap().into_body();
    let note = events.next().await.unwrap().unwrap().data;
    assert_eq!((note.event.as_str(), note.data), ("note", Some(json!("12"))));
    let book = events.next().await.unwrap().unwrap().data;
    assert_eq!(book.id.as_deref(), Some("1"));
    let WatchShelfResponseVariant::Book(book) = book.variant else { panic!("a book") };
    assert_eq!(book.data.unwrap().title, "Emma");

    let server = Server::new();
    server.begin("text/event-stream");
    server.send("data: {\"text\":\"yes\"}\n\n");
    let client = server.client();
    drop(server);
    let mut answers = client.read_answers().await.unwrap().into_body();
    assert_eq!(answers.next().await.unwrap().unwrap().data.text, "yes");
}

#[tokio::test]
async fn a_file_goes_up_and_comes_down_in_pieces() {
    let server = Server::new();
    let body = RequestBody::iter(["ab", "c"].map(Ok::<_, std::io::Error>)).with_len(3);
    server.send("HTTP/1.1 204 Done\r\n\r\n");
    server.client().put_file("x", body.clone()).await.unwrap();
    let request = server.request();
    assert!(request.contains("\r\ncontent-length: 3\r\n") && request.ends_with("\r\n\r\nabc"));
    // It is gone.
    let error = Server::new().client().put_file("x", body).await.unwrap_err();
    let Error::Transport(error) = error else { panic!("{error:?}") };
    assert_eq!(error.kind(), TransportErrorKind::RequestBody);

    let server = Server::new();
    server.send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabc");
    let call = server.client().send(GetFile::new("x"));
    let mut file = call.idle_timeout(Duration::from_millis(300)).await.unwrap().into_body();
    assert_eq!(file.next().await.unwrap().unwrap(), "abc");
    let error = file.next().await.unwrap().unwrap_err();
    assert_eq!((error.kind(), error.received()), (TransportErrorKind::Timeout, Some(3)));
    assert!(file.next().await.is_none());
}

#[test]
fn all_of_it_without_async() {
    use tamarack_goldens::runtime::ureq3::Ureq3;

    let server = Server::new();
    let builder = Client::builder().base_url(&server.address).transport(Ureq3::new());
    let client = builder.blocking().build().unwrap();
    server.begin("text/event-stream");
    server.send("data: {\"delta\":\"a\"}\n\ndata: {\"delta\":\"b\"}\n\n");
    let mut news = client.read_news().wait().unwrap().into_body().into_iter();
    // The server sends no more until it has been read.
    assert_eq!(news.next().unwrap().unwrap().data.delta, "a");
    assert_eq!(news.next().unwrap().unwrap().data.delta, "b");
    server.send("data: {\"delta\":\"c\"}\n\n");
    assert_eq!(news.next().unwrap().unwrap().data.delta, "c");
    drop(server);
    assert!(news.next().is_none());

    let server = Server::new();
    let builder = Client::builder().base_url(&server.address).transport(Ureq3::new());
    let client = builder.blocking().build().unwrap();
    server.begin("application/octet-stream");
    server.send("abc");
    let mut file = client.get_file("x").wait().unwrap().into_body();
    drop(server);
    let mut text = String::new();
    file.read_to_string(&mut text).unwrap();
    assert_eq!(text, "abc");
}

/// A type of the document is what an item is.
#[test]
fn items_are_types_of_the_document() {
    fn check(_: JsonLines<Question>) {}
    check(vec![Question::new("a")].into());
    let _: fn(Answer) -> String = |answer| answer.text;
}
