//! Makes objects up: properties that fit, that do not, that are missing, twice there or not declared.

use proptest::prelude::*;
use serde_json::{Value, json};

/// Any value, of any kind.
pub(crate) fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        // What a number of 64 bits holds and `serde_json` reads again as it was written.
        proptest::sample::select(vec![1_i64 << 31, -(1 << 31) - 1, 1 << 40]).prop_map(Value::from),
        (-300_i64..300).prop_map(Value::from),
        (-800_i32..800).prop_map(|it| Value::from(f64::from(it) / 8.0)),
        "[a-c \"\\\\ü]{0,4}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            proptest::collection::btree_map("[a-d]{0,2}", inner, 0..3).prop_map(|it| json!(it)),
        ]
    })
}

/// A property, mostly with a value that fits, mostly once.
fn property(
    name: &'static str,
    fits: BoxedStrategy<Value>,
) -> impl Strategy<Value = Vec<(String, Value)>> {
    let one = prop_oneof![8 => fits, 1 => Just(Value::Null), 1 => value()];
    let times = prop_oneof![1 => Just(0_usize), 12 => Just(1), 1 => Just(2)];
    times.prop_flat_map(move |n| {
        proptest::collection::vec(one.clone().prop_map(move |it| (name.to_owned(), it)), n)
    })
}

/// The text of an object with these properties, in any order, perhaps with others, perhaps cut off.
pub(crate) fn object(
    properties: Vec<(&'static str, BoxedStrategy<Value>)>,
) -> impl Strategy<Value = String> {
    let declared: Vec<_> =
        properties.into_iter().map(|(name, fits)| property(name, fits).boxed()).collect();
    let others = proptest::collection::vec(("[x-z\"ü]{0,2}", value()), 0..2);
    let all = (declared, others).prop_map(|(declared, others)| {
        declared.into_iter().flatten().chain(others).collect::<Vec<_>>()
    });
    let text = all.prop_shuffle().prop_map(|all| {
        let all = all.iter().map(|(name, value)| format!("{}:{value}", Value::from(&**name)));
        format!("{{{}}}", all.collect::<Vec<_>>().join(","))
    });
    (text, prop_oneof![9 => Just(None), 1 => any::<proptest::sample::Index>().prop_map(Some)])
        .prop_map(|(text, end)| match end {
            Some(end) => text.chars().take(end.index(text.chars().count())).collect(),
            None => text,
        })
}

pub(crate) fn text() -> BoxedStrategy<Value> {
    "[a-c\n\"ü]{0,4}".prop_map(Value::from).boxed()
}

pub(crate) fn integer() -> BoxedStrategy<Value> {
    any::<i64>().prop_map(Value::from).boxed()
}
