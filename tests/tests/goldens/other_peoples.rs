//! Streams of the generated code beside other people's crates: what `sse-stream` and `serde-jsonlines` write is read,
//! what they read of our bytes is what was sent, and what both read of one text is the same.

use std::future::poll_fn;
use std::pin::Pin;

use futures_core::Stream as _;
use http_body_util::Full;
use serde_json::{Value, json};
use serde_jsonlines::{JsonLinesReader, JsonLinesWriter};
use sse_stream::{Sse, SseStream};
use tamarack_goldens::golden::streams::v1::client::Client;
use tamarack_goldens::golden::streams::v1::types::Question;
use tamarack_goldens::runtime::JsonLines;
use tamarack_goldens::runtime::bytes::Bytes;
use tamarack_goldens::runtime::reqwest013::Reqwest013;
use tamarack_tests::server::{Server, reply};

fn client(server: &Server) -> Client {
    let builder = Client::builder().base_url(server.url());
    builder.transport(Reqwest013::new().unwrap()).build().unwrap()
}

/// An event: its name, id and data.
type Event = (String, String, String);

/// Reads the events of a response with the generated client.
async fn ours(text: &[u8]) -> Vec<Event> {
    let server = Server::replying(reply(200, &[("Content-Type", "text/event-stream")], text));
    let mut events = client(&server).read_ticks().await.unwrap().into_body();
    let mut acc = Vec::new();
    while let Some(event) = events.next().await {
        let event = event.unwrap();
        acc.push((event.event, event.id, event.data));
    }
    acc
}

/// Reads the same with `sse-stream`, which gives each block by itself: a block without data is no event, and an
/// id stays (the HTML standard, section 9.2.6).
async fn theirs(text: &[u8]) -> Vec<Event> {
    let mut blocks = SseStream::new(Full::new(Bytes::copy_from_slice(text)));
    let (mut id, mut acc) = (String::new(), Vec::new());
    while let Some(block) = poll_fn(|context| Pin::new(&mut blocks).poll_next(context)).await {
        let block = block.unwrap();
        id = block.id.unwrap_or(id);
        let name = block.event.filter(|it| !it.is_empty());
        if let Some(data) = block.data {
            acc.push((name.unwrap_or_else(|| "message".to_owned()), id.clone(), data));
        }
    }
    acc
}

#[tokio::test]
async fn events_that_another_crate_wrote() {
    let sent = [
        Sse::default().data("one"),
        Sse::default().event("tick").id("7").data("two\nlines\n\nand more"),
        Sse::default().data(" {\"a\": \"\u{fc}\"} ").retry(20),
        Sse::default().id("").data(""),
    ];
    let bytes: Vec<_> = sent.iter().flat_map(|it| it.clone().encode().unwrap()).collect();
    let expected = [
        ("message", "", "one"),
        ("tick", "7", "two\nlines\n\nand more"),
        ("message", "7", " {\"a\": \"\u{fc}\"} "),
        ("message", "", ""),
    ];
    let expected = expected.map(|(name, id, data)| (name.into(), id.into(), data.into()));
    assert_eq!(ours(&bytes).await, expected);
}

/// Each line end, comments, fields without a value or of another name, and an end in the middle of an event.
#[tokio::test]
async fn both_read_the_same_events() {
    for text in [
        "data: a\r\ndata:b\r\rdata:  c\n\n",
        ": comment\ndata: a\n:\n\n\n\nevent: x\n\ndata: b\n\n",
        "id: 1\ndata\n\nid\ndata: b\n\nid: a\0b\ndata: c\n\n",
        "event: x\nevent: y\ndata: a\nother: z\nretry: 1\nretry: no\n\n",
        "\u{feff}data: a\n\ndata: \u{feff}b\n\n",
        "data: a:b: c\n\ndata: lost",
        "data: a\n\ndata: lost\n",
    ] {
        assert_eq!(ours(text.as_bytes()).await, theirs(text.as_bytes()).await, "{text:?}");
    }
}

#[tokio::test]
async fn lines_that_another_crate_reads_and_writes() {
    let texts = ["one\ntwo", "\u{2028}\u{85}\"", ""];
    let mut lines = JsonLinesWriter::new(Vec::new());
    lines.write_all(texts.map(|it| json!({"text": it}))).unwrap();
    let answer = reply(200, &[("Content-Type", "application/jsonl")], lines.into_inner());
    let server = Server::replying(answer);
    let body: JsonLines<Question> = texts.map(Question::new).to_vec().into();
    let mut answers = client(&server).import_records(body).await.unwrap().into_body();
    for text in texts {
        assert_eq!(answers.next().await.unwrap().unwrap().text, text);
    }
    assert!(answers.next().await.is_none());
    let request = server.request();
    let read = JsonLinesReader::new(&*request.body).read_all().collect::<Result<Vec<Value>, _>>();
    assert_eq!(read.unwrap(), texts.map(|it| json!({"text": it})));
}
