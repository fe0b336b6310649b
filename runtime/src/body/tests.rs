//! Tests of request bodies as they are sent.

use std::future::poll_fn;
use std::task::{Context, Poll, Waker};

use super::*;
use crate::transport::{TransportError, TransportErrorKind};

/// Sends a body over a connection that takes everything.
fn sent(body: RequestBody) -> Result<Vec<Bytes>, TransportError> {
    let mut pieces = body.open()?;
    let all = async {
        let mut acc = Vec::new();
        while let Some(piece) = poll_fn(|context| Pin::new(&mut pieces).poll_next(context)).await {
            acc.push(piece?);
        }
        Ok(acc)
    };
    match Box::pin(all).as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => result,
        Poll::Pending => panic!("these bodies are always ready"),
    }
}

fn streamed(pieces: &[&'static str]) -> RequestBody {
    let pieces: Vec<_> = pieces.iter().map(|it| Ok::<_, BoxError>(*it)).collect();
    RequestBody::iter(pieces)
}

fn cause(error: &TransportError) -> &RequestBodyError {
    assert_eq!(error.kind(), TransportErrorKind::RequestBody);
    error.source().unwrap().downcast_ref().unwrap()
}

#[test]
fn pieces_go_out_in_order_and_empty_ones_do_not() {
    let body = || {
        RequestBody::concat([
            RequestBody::from("a"),
            streamed(&["b", "", "c"]),
            RequestBody::concat([streamed(&["d"]).with_len(1), RequestBody::from(vec![b'e'])]),
            RequestBody::default(),
        ])
    };
    assert_eq!(sent(body()).unwrap(), ["a", "b", "c", "d", "e"]);
    assert_eq!((body().len(), body().is_streamed(), body().to_bytes()), (None, true, None));
    let sized = RequestBody::concat([streamed(&["abc"]).with_len(3), "de".into()]);
    assert_eq!(sized.len(), Some(5));
    let bytes = RequestBody::concat(["ab".into(), RequestBody::concat(["c".into(), "d".into()])]);
    assert_eq!((bytes.len(), bytes.to_bytes()), (Some(4), Some("abcd".into())));
    assert!(RequestBody::concat([]).is_empty());
}

#[test]
fn a_stream_is_sent_once_and_bytes_any_number_of_times() {
    let body = streamed(&["a"]);
    let clone = RequestBody::concat(["x".into(), body.clone()]);
    assert_eq!(sent(body.clone()).unwrap(), ["a"]);
    for again in [body, clone] {
        assert!(matches!(cause(&sent(again).unwrap_err()), RequestBodyError::Used));
    }
    let bytes = RequestBody::from("a");
    assert_eq!(sent(bytes.clone()).unwrap(), sent(bytes).unwrap());
}

#[test]
fn a_length_that_was_set_is_the_length_that_is_sent() {
    for (pieces, len, is_ok) in [
        (&["ab", "c"][..], 3, true),
        (&["ab", "c", ""], 3, true),
        (&["ab"], 3, false),
        (&["ab", "cd"], 3, false),
        (&["abc", "d"], 3, false),
        (&[], 0, true),
        (&["a"], 0, false),
    ] {
        let result = sent(streamed(pieces).with_len(len));
        match &result {
            Ok(sent) => assert_eq!(sent.concat().len() as u64, len),
            Err(error) => {
                let cause = cause(error);
                assert!(matches!(cause, RequestBodyError::Length { expected } if *expected == len));
            }
        }
        assert_eq!(result.is_ok(), is_ok, "{pieces:?}");
    }
}

#[test]
fn an_error_of_the_caller_is_the_cause_and_ends_the_body() {
    let pieces = [Ok("a"), Err(std::io::Error::other("disk")), Ok("b")];
    let mut body = RequestBody::iter(pieces).open().unwrap();
    let progress = body.progress();
    let mut context = Context::from_waker(Waker::noop());
    let mut next = || Pin::new(&mut body).poll_next(&mut context);
    assert!(matches!(next(), Poll::Ready(Some(Ok(piece))) if piece == "a"));
    let Poll::Ready(Some(Err(error))) = next() else { panic!("an error") };
    assert!(matches!(next(), Poll::Ready(None)));
    let RequestBodyError::Stream(source) = cause(&error) else { panic!("of the stream") };
    assert_eq!(source.to_string(), "disk");
    assert_eq!(progress.n_bytes(), 1);
    assert!(progress.failure().is_some());
}

#[test]
fn what_is_shown_has_no_content() {
    let body = RequestBody::from("hunter2");
    assert_eq!(format!("{body:?}"), "RequestBody { len: Some(7), is_streamed: false }");
}
