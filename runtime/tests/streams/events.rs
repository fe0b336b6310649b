//! Events as the HTML standard (section 9.2.6) has them, then errors, ends and limits.

use std::time::Duration;

use tamarack_runtime::bytes::Bytes;
use tamarack_runtime::{EventStream, StreamError, TransportError, TransportErrorKind};

use crate::pieces::{all, body, whole};

/// Reads the type, id and data of each event.
fn read(text: &str) -> Vec<(String, String, String)> {
    let events = all(EventStream::text(whole(text.as_bytes())));
    let event = |it: Result<tamarack_runtime::Event<String>, StreamError>| {
        let it = it.unwrap();
        (it.event, it.id, it.data)
    };
    events.into_iter().map(event).collect()
}

fn data(text: &str) -> Vec<String> {
    read(text).into_iter().map(|it| it.2).collect()
}

/// The examples of the section, in its order.
#[test]
fn examples_of_the_standard() {
    assert_eq!(data("data: YHOO\ndata: +2\ndata: 10\n\n"), ["YHOO\n+2\n10"]);
    let four = ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n";
    let event = |id: &str, data: &str| ("message".to_owned(), id.to_owned(), data.to_owned());
    assert_eq!(
        read(four),
        [event("1", "first event"), event("", "second event"), event("", " third event")]
    );
    // An empty line of data, then two of them; the last block has no end.
    assert_eq!(data("data\n\ndata\ndata\n\ndata:"), ["", "\n"]);
    assert_eq!(data("data:test\n\ndata: test\n\n"), ["test", "test"]);
    assert_eq!(
        read("event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\n")
            .into_iter()
            .map(|it| (it.0, it.2))
            .collect::<Vec<_>>(),
        [("add".into(), "73857293".into()), ("remove".into(), "2153".into())]
    );
}

#[test]
fn every_end_of_a_line() {
    for text in
        ["data: a\n\ndata: b\n\n", "data: a\r\rdata: b\r\r", "data: a\r\n\r\ndata: b\r\n\r\n"]
    {
        assert_eq!(data(text), ["a", "b"], "{text:?}");
    }
    assert_eq!(data("data: a\r\n\ndata: b\n\r"), ["a", "b"]);
}

#[test]
fn fields_that_mean_nothing() {
    assert_eq!(data("\u{feff}data: a\n\n"), ["a"]);
    // Only the first mark is one; it makes the name of the field another.
    assert_eq!(data("\u{feff}\u{feff}data: a\n\n"), [""; 0]);
    assert_eq!(data("Data: a\ndata : b\n data: c\nfoo: d\n\n"), [""; 0]);
    assert_eq!(data("event: x\n\ndata: a\n\n"), ["a"]);
    let read = read("event: x\n\ndata: a\nid: a\0b\n\n");
    assert_eq!(read, [("message".into(), String::new(), "a".into())]);
    // No blank line ends it.
    assert_eq!(data("data: a\n\ndata: b\n"), ["a"]);
    assert_eq!(data(""), [""; 0]);
}

#[test]
fn bytes_that_are_not_text_are_replaced() {
    let events = all(EventStream::text(whole(b"data: a\xff\xc3\n\n")));
    assert_eq!(events[0].as_ref().unwrap().data, "a\u{fffd}\u{fffd}");
}

#[test]
fn the_id_and_the_time_to_wait_are_kept() {
    let text = "id: 7\nretry: 1500\n\nretry: soon\nretry:\n\n: nothing more\n\n";
    let mut events = EventStream::text(whole(text.as_bytes()));
    assert!(all(&mut events).is_empty());
    assert_eq!(events.last_event_id(), "7");
    assert_eq!(events.reconnection_time(), Some(Duration::from_millis(1500)));
}

#[test]
fn an_event_of_another_shape_is_an_error_with_its_number_and_the_stream_goes_on() {
    let text = "data: 1\n\ndata: \"hunter2\"\n\ndata: [DONE]\n\ndata: 4\n\n";
    let events = all(EventStream::<u64>::json(whole(text.as_bytes())));
    let numbers: Vec<_> = events
        .iter()
        .map(|it| match it {
            Ok(event) => Ok(event.data),
            Err(StreamError::Item(error)) => Err(error.number()),
            Err(error) => panic!("{error}"),
        })
        .collect();
    assert_eq!(numbers, [Ok(1), Err(2), Err(3), Ok(4)]);
    let Err(StreamError::Item(error)) = &events[1] else { panic!("an error") };
    assert_eq!(error.bytes(), "\"hunter2\"");
    assert!(!format!("{error:?} {error}").contains("hunter2"), "{error:?}");
}

#[test]
fn the_event_that_ends_the_stream_is_no_event() {
    let text = "data: 1\n\ndata: [DONE]\n\ndata: 2\n\n";
    let events = EventStream::<u64>::json(whole(text.as_bytes())).with_end(Some("[DONE]"));
    let events: Vec<_> = all(events).into_iter().map(|it| it.unwrap().data).collect();
    assert_eq!(events, [1]);
}

#[test]
fn a_cut_stream_ends_with_an_error_that_says_how_much_came() {
    let cut = TransportError::new(TransportErrorKind::Interrupted);
    let pieces = vec![Ok(Bytes::from("data: 1\n\nda")), Err(cut), Ok(Bytes::from("ta: 2\n\n"))];
    let events = all(EventStream::<u64>::json(body(pieces)));
    assert_eq!(events.len(), 2);
    assert_eq!(events[0].as_ref().unwrap().data, 1);
    let Err(StreamError::Transport(error)) = &events[1] else { panic!("an error") };
    assert_eq!((error.kind(), error.received()), (TransportErrorKind::Interrupted, Some(11)));
}
