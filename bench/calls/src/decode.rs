//! Decoding the bodies of responses.

use std::cell::LazyCell;
use std::hint::black_box;

use serde::de::DeserializeOwned;

use crate::generated::warehouse::types;
use crate::hand;
use crate::pair::Pair;
use crate::texts;

pub(crate) fn pairs() -> Vec<Pair> {
    vec![
        pair::<types::TokenResponse, hand::TokenResponse>("decode a token response", || {
            texts::TOKEN.to_owned()
        }),
        pair::<types::Item, hand::Item>("decode an object of ten properties", || texts::item(42)),
        pair::<types::ItemList, hand::ItemList>("decode 10,000 of them", || texts::items(10_000)),
        pair::<types::VectorList, hand::VectorList>("decode 100 vectors of 1,536 floats", || {
            texts::vectors(100, 1_536)
        }),
        unions("decode 1,000 of a union, tag first", || texts::tag_first(1_000)),
        unions("decode 1,000 of a union, tag last", || texts::tag_last(1_000)),
        unions("decode 1,000 of a union by key", || texts::by_key(1_000)),
        unions("decode 1,000 of a union by kind", || texts::by_kind(1_000)),
        unions("decode 1,000 of a union that nothing tells apart", || texts::untold(1_000)),
    ]
}

fn unions(title: &'static str, text: fn() -> String) -> Pair {
    pair::<types::Unions, hand::Unions>(title, text)
}

/// The text is made when it is first decoded: the counting of instructions runs one work alone.
fn pair<G: DeserializeOwned, H: DeserializeOwned>(
    title: &'static str,
    text: fn() -> String,
) -> Pair {
    let [texts, again] = [LazyCell::new(text), LazyCell::new(text)];
    Pair::new(title, move || decode::<G>(&texts), move || decode::<H>(&again))
}

fn decode<T: DeserializeOwned>(text: &str) {
    let decoded: Result<T, _> = serde_json::from_slice(black_box(text.as_bytes()));
    assert!(decoded.is_ok(), "{:?}", decoded.err());
    drop(black_box(decoded));
}
