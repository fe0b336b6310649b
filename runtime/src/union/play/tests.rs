//! What is read from pieces is what is read from a `Value`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Debug;

use proptest::prelude::*;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::value::RawValue;

use super::super::tape::Tape;
use super::*;
use crate::Secret;

#[derive(Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
enum Listed {
    A,
    B,
}

#[derive(Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
struct Wrapped(String);

#[derive(Debug, Deserialize)]
struct Pair(
    #[expect(dead_code, reason = "shown")] i64,
    #[expect(dead_code, reason = "shown")] Value,
);

#[derive(Debug, Deserialize)]
struct Nothing;

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "shown")]
struct Record {
    a: Option<i64>,
    b: Option<Box<Record>>,
    c: Option<Vec<Record>>,
    d: Option<Value>,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "shown")]
enum Variants {
    A,
    B(Value),
    C(i64, Option<String>),
    #[serde(rename = "a")]
    D {
        b: Value,
    },
}

#[derive(Debug, Deserialize)]
#[serde(tag = "a")]
#[expect(dead_code, reason = "shown")]
enum Tagged {
    A { b: Option<i64> },
    B(BTreeMap<String, Value>),
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
#[expect(dead_code, reason = "shown")]
enum Untagged {
    Integer(i64),
    Float(f64),
    List(Vec<Untagged>),
    Record { a: String },
    Other(Value),
}

/// Reads a text by way of pieces, few of which have room.
fn played<T: DeserializeOwned>(text: &str) -> Result<T, serde_json::Error> {
    let mut tape = Tape::<3>::new();
    tape.record(&mut serde_json::Deserializer::from_str(text))?;
    let mut pieces = tape.from(0);
    let read = T::deserialize(Play::<serde_json::Error>::new(&mut pieces))?;
    assert!(pieces.next().is_none(), "{text} as {}", std::any::type_name::<T>());
    Ok(read)
}

fn shown<T: Debug>(read: Result<T, serde_json::Error>) -> Result<String, String> {
    read.map(|it| format!("{it:?}")).map_err(|error| error.to_string())
}

fn assert_the_same<T: DeserializeOwned + Debug>(text: &str) {
    let twin = serde_json::from_str::<Value>(text).and_then(serde_json::from_value::<T>);
    let name = std::any::type_name::<T>();
    assert_eq!(shown(played::<T>(text)), shown(twin), "{text} as {name}");
}

macro_rules! assert_the_same_as {
    ($text:expr; $($ty:ty),* $(,)?) => {$(assert_the_same::<$ty>($text);)*};
}

fn assert_the_same_of_all(text: &str) {
    assert_the_same_as!(
        text;
        bool, i8, i16, i32, i64, i128, u8, u16, u32, u64, u128, f32, f64, char, String, (), Value, Nothing,
        IgnoredAny, Secret, Cow<'static, str>, Option<i64>, Option<Option<String>>, Option<Value>, Vec<u8>,
        Vec<Option<f64>>, Vec<Value>, (i64, String), [Value; 2], Pair, Wrapped, Listed, Record, Variants, Tagged,
        Untagged, Box<RawValue>, BTreeMap<String, Value>, BTreeMap<String, Listed>, BTreeMap<i64, Value>,
        BTreeMap<u8, Option<i64>>, BTreeMap<bool, Value>, BTreeMap<char, Value>, BTreeMap<Listed, Variants>,
        BTreeMap<Wrapped, Untagged>, BTreeMap<String, Vec<Record>>,
        BTreeMap<String, BTreeMap<i128, Secret>>,
    );
}

#[test]
fn every_kind_as_every_type() {
    for text in [
        "null",
        "true",
        "false",
        "0",
        "-0",
        "-0.0",
        "1",
        "-1",
        "255",
        "256",
        "1.0",
        "1e2",
        "1.5",
        "-1.5e-7",
        "0.1",
        "3e40",
        "1e308",
        "2147483648",
        "-2147483649",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "-9223372036854775809",
        "18446744073709551615",
        "18446744073709551616",
        "123456789012345678901234567890.123",
        r#""""#,
        r#""A""#,
        r#""\u0041""#,
        r#""a\n\"ü""#,
        r#""1""#,
        "[]",
        "[1]",
        r#"[1,"a"]"#,
        r#"[1,"a",2]"#,
        "[[],[[]],{}]",
        "[null,1.5]",
        r#"["A","\u0042"]"#,
        "{}",
        r#"{"a":1}"#,
        r#"{"a":null}"#,
        r#"{"a":"A"}"#,
        r#"{"a":"\u0041","b":2}"#,
        r#"{"a":{"b":[1]}}"#,
        r#"{"A":null}"#,
        r#"{"B":[1,{"a":"\t"}]}"#,
        r#"{"C":[1,"x"]}"#,
        r#"{"C":[1]}"#,
        r#"{"C":[1,null,2]}"#,
        r#"{"-2":2,"1":1}"#,
        r#"{"false":{},"true":[]}"#,
        r#"{"x":1}"#,
        r#"{"\u0031":1}"#,
        r#"{" 1":1}"#,
        r#"{"1 ":1}"#,
        r#"{"":"","\n":"\n"}"#,
        r#"{"a":{"1":"s3cret","2":"s3cr\u0065t"}}"#,
        r#"{"b":{"b":{"c":[{"a":1},{"d":[{},{"x":[]}]}]}},"c":[]}"#,
        r#"{"c":[{"b":{"a":"1"}}]}"#,
        r#"{"$serde_json::private::Number":"1"}"#,
        r#"[{"$serde_json::private::Number":"1"},2]"#,
    ] {
        assert_the_same_of_all(text);
    }
}

#[test]
fn what_is_no_json_is_an_error() {
    for text in
        ["", "[1", r#"{"a""#, r#"{"a":1,}"#, r#"{"a":[tru]}"#, "nul", "1e400", r#""\ud800""#]
    {
        assert_the_same_of_all(text);
    }
    let deep = "[".repeat(200);
    assert_the_same_as!(&deep; Value, Untagged, IgnoredAny);
}

/// As a derive says it. A `Value` keeps the last one.
#[test]
fn a_name_that_comes_twice_is_seen() {
    let error = played::<Record>(r#"{"d":{"x":1,"x":2},"a":1,"\u0061":2}"#).unwrap_err();
    assert_eq!(error.to_string(), "duplicate field `a`");
    let value = played::<Value>(r#"{"a":1,"b":2,"a":3}"#).unwrap();
    assert_eq!(value, serde_json::json!({"a": 3, "b": 2}));
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-3_i64..300).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "[A1\"\\\\ü]{0,2}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map("[a-dABC1\"]{1,2}", inner, 0..4)
                .prop_map(|it| Value::Object(it.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_value_as_every_type(value in value()) {
        assert_the_same_of_all(&value.to_string());
    }
}
