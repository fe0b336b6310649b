//! Bodies in pieces, and the same items however they are divided.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use proptest::prelude::*;
use tamarack_runtime::bytes::Bytes;
use tamarack_runtime::futures_core::Stream;
use tamarack_runtime::{EventStream, ItemStream, ResponseBody, TransportError};

/// A body whose pieces are all there.
struct Pieces(std::vec::IntoIter<Result<Bytes, TransportError>>);

impl Stream for Pieces {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.next())
    }
}

pub(crate) fn body(pieces: Vec<Result<Bytes, TransportError>>) -> ResponseBody {
    ResponseBody::new(Pieces(pieces.into_iter()))
}

pub(crate) fn whole(bytes: &[u8]) -> ResponseBody {
    ResponseBody::from(Bytes::copy_from_slice(bytes))
}

/// Reads a stream that never waits.
pub(crate) fn all<S: Stream + Unpin>(mut stream: S) -> Vec<S::Item> {
    let mut acc = Vec::new();
    loop {
        match Pin::new(&mut stream).poll_next(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(Some(item)) => acc.push(item),
            Poll::Ready(None) => return acc,
            Poll::Pending => panic!("all pieces are there"),
        }
    }
}

/// Cuts bytes at these places.
fn divided(bytes: &[u8], cuts: &[usize]) -> ResponseBody {
    let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut % (bytes.len() + 1)).collect();
    cuts.extend([0, bytes.len()]);
    cuts.sort_unstable();
    let piece = |pair: &[usize]| Ok(Bytes::copy_from_slice(&bytes[pair[0]..pair[1]]));
    body(cuts.windows(2).map(piece).collect())
}

fn shown<T: std::fmt::Debug, E: std::fmt::Debug>(items: Vec<Result<T, E>>) -> Vec<String> {
    items.into_iter().map(|it| format!("{it:?}")).collect()
}

proptest! {
    #[test]
    fn any_division_gives_the_same_events(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "data", "event", "id", "retry", ":", ": ", "\n", "\r", "\r\n", "a", "1", " ", "\u{feff}",
                "\u{e4}", "data: 1\n\n", "data:x\r\rdata:y\r\n\r\n", "id\n", "[DONE]",
            ]),
            0..40,
        ),
        cuts in prop::collection::vec(any::<usize>(), 0..12),
    ) {
        let text = parts.concat();
        let whole = shown(all(EventStream::text(whole(text.as_bytes()))));
        let divided = shown(all(EventStream::text(divided(text.as_bytes(), &cuts))));
        prop_assert_eq!(whole, divided);
    }

    #[test]
    fn any_bytes_give_the_same_items_however_divided(
        bytes in prop::collection::vec(
            prop::sample::select(b"1[]\"a{} \t\r\n\x1e\xef\xbb\xbf\xff,".to_vec()), 0..60,
        ),
        cuts in prop::collection::vec(any::<usize>(), 0..12),
    ) {
        type Any = tamarack_runtime::serde_json::Value;
        let lines = shown(all(ItemStream::<Any>::lines(whole(&bytes))));
        prop_assert_eq!(lines, shown(all(ItemStream::<Any>::lines(divided(&bytes, &cuts)))));
        let records = shown(all(ItemStream::<Any>::records(whole(&bytes))));
        prop_assert_eq!(records, shown(all(ItemStream::<Any>::records(divided(&bytes, &cuts)))));
        let events = shown(all(EventStream::<Any>::json(whole(&bytes))));
        prop_assert_eq!(events, shown(all(EventStream::<Any>::json(divided(&bytes, &cuts)))));
    }
}
