//! Lines of JSON and JSON text sequences (RFC 7464).

use tamarack_runtime::{DecodeErrorKind, ItemStream, StreamError};

use crate::pieces::{all, whole};

/// The items; of an error its number and kind.
fn read(stream: ItemStream<u64>) -> Vec<Result<u64, (u64, DecodeErrorKind)>> {
    let item = |it: Result<u64, StreamError>| match it {
        Ok(item) => Ok(item),
        Err(StreamError::Item(error)) => Err((error.number(), error.error().kind())),
        Err(error) => panic!("{error}"),
    };
    all(stream).into_iter().map(item).collect()
}

fn lines(text: &str) -> Vec<Result<u64, (u64, DecodeErrorKind)>> {
    read(ItemStream::lines(whole(text.as_bytes())))
}

fn records(text: &str) -> Vec<Result<u64, (u64, DecodeErrorKind)>> {
    read(ItemStream::records(whole(text.as_bytes())))
}

#[test]
fn an_item_on_each_line() {
    assert_eq!(lines("1\n2\r\n\n  \n 3 \n"), [Ok(1), Ok(2), Ok(3)]);
    assert_eq!(lines("1\n2"), [Ok(1), Ok(2)], "the last line need not end");
    assert_eq!(lines(""), []);
    assert_eq!(lines("\u{feff}1\n"), [Ok(1)]);
}

#[test]
fn a_line_of_another_shape_is_an_error_with_its_number_and_the_stream_goes_on() {
    use DecodeErrorKind::{Data, Eof, Syntax};
    let expected = [Ok(1), Err((2, Data)), Err((3, Syntax)), Err((4, Eof)), Ok(5)];
    assert_eq!(lines("1\n\"a\"\nx\n\"\n5\n"), expected);
}

#[test]
fn a_record_after_each_separator() {
    assert_eq!(records("\u{1e}1\n\u{1e}2\n"), [Ok(1), Ok(2)]);
    // Section 2.1: separators in a row hold no empty text.
    assert_eq!(records("\u{1e}\u{1e}\n\u{1e}1\n"), [Ok(1)]);
    // Section 2.4: a number without anything after it may be cut.
    assert_eq!(records("\u{1e}12\u{1e}3\n"), [Err((1, DecodeErrorKind::Eof)), Ok(3)]);
    let lists = all(ItemStream::<Vec<u64>>::records(whole(b"\x1e[1,\n2]\x1e[3]")));
    let lists: Vec<_> = lists.into_iter().map(Result::unwrap).collect();
    assert_eq!(lists, [vec![1, 2], vec![3]]);
}
