//! Events that are values as a whole: their names tell what their data is, and say nothing of what is unknown.

use tamarack_runtime::serde_json::{Value, json};
use tamarack_runtime::{DecodeErrorKind, EventStream, StreamError};

use crate::pieces::{all, whole};

fn read(text: &str) -> Vec<Result<Value, StreamError>> {
    let events = all(EventStream::<Value>::named(whole(text.as_bytes()), &["created", "count"]));
    events.into_iter().map(|it| it.map(|it| it.data)).collect()
}

fn values(text: &str) -> Vec<Value> {
    read(text).into_iter().map(Result::unwrap).collect()
}

#[test]
fn the_name_tells_whether_the_data_is_json() {
    let text = "event: created\ndata: {\"id\":\ndata: 1}\n\nevent: count\nid: 7\ndata: 12\n\n\
                event: done\ndata: [DONE]\n\ndata: 12\n\n";
    assert_eq!(
        values(text),
        [
            json!({"event": "created", "data": {"id": 1}}),
            json!({"event": "count", "id": "7", "data": 12}),
            json!({"event": "done", "id": "7", "data": "[DONE]"}),
            json!({"event": "message", "id": "7", "data": "12"}),
        ]
    );
}

#[test]
fn a_name_and_an_id_are_text_whatever_they_hold() {
    let text = "event: a\",\"data\":1,\"x\":\"\nid: \\\ndata: \"\u{1f600}\n\n";
    let expected = json!({"event": "a\",\"data\":1,\"x\":\"", "id": "\\", "data": "\"\u{1f600}"});
    assert_eq!(values(text), [expected]);
}

#[test]
fn data_that_is_no_json_spoils_one_event_and_adds_nothing_to_it() {
    let events = read(
        "event: count\ndata: 1,\"event\":\"created\"\n\nevent: count\ndata: secret\n\nevent: count\ndata: 2\n\n",
    );
    let kinds: Vec<_> = events
        .iter()
        .map(|it| match it {
            Ok(value) => Ok(value["data"].clone()),
            Err(StreamError::Item(error)) => Err(error.error().kind()),
            Err(_) => unreachable!("the body is whole"),
        })
        .collect();
    let syntax = || Err(DecodeErrorKind::Syntax);
    assert_eq!(kinds, [syntax(), syntax(), Ok(json!(2))]);
    assert!(events.iter().all(|it| !format!("{it:?}").contains("secret")));
}
