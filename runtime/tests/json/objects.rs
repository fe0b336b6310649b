//! Turns objects into structs as serde's derive does.

use proptest::prelude::*;
use serde_json::{Value, json};
use tamarack_runtime::{Patch, Secret, json_object};

use crate::made::{self, integer, object, text};
use crate::twins::{derived, lean, secret};
use crate::{outcome, without_place};

fn boolean() -> BoxedStrategy<Value> {
    any::<bool>().prop_map(Value::from).boxed()
}

fn inner() -> BoxedStrategy<Value> {
    let n = prop_oneof![9 => any::<i32>().prop_map(Value::from), 1 => made::value()];
    (n, text()).prop_map(|(n, note)| json!({"n": n, "note": note})).boxed()
}

fn words() -> impl Strategy<Value = String> {
    object(vec![
        ("required", integer()),
        ("optional", text()),
        ("nullable", (0..9).prop_map(Value::from).boxed()),
        ("patch", text()),
        ("type", text()),
        ("an \"odd\" näme", boolean()),
        ("inner", inner()),
        ("list", proptest::collection::vec(inner(), 0..3).prop_map(Value::from).boxed()),
        ("input", (-800_i32..800).prop_map(|it| Value::from(f64::from(it) / 8.0)).boxed()),
        ("property", made::value().boxed()),
    ])
}

/// The derive takes a list for a struct, one item for each field, which no schema means.
fn is_list_for_struct<T>(read: &Result<T, String>) -> bool {
    read.as_ref().is_err_and(|it| it.starts_with("invalid type: sequence, expected struct "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    /// Letter by letter, with line and column.
    #[test]
    fn each_word_does_what_the_derive_does(text in words()) {
        let read = outcome::<lean::Words>(&text);
        if is_list_for_struct(&read) {
            return Ok(());
        }
        prop_assert_eq!(read, outcome::<derived::Words>(&text));
    }

    /// The derive reads what is flattened from a copy, which knows no places.
    #[test]
    fn what_is_not_declared_is_kept(
        text in object(vec![("id", integer()), ("inner", inner()), ("x", made::value().boxed())])
    ) {
        let read = without_place(outcome::<lean::Open>(&text));
        if is_list_for_struct(&read) {
            return Ok(());
        }
        prop_assert_eq!(read, without_place(outcome::<derived::Open>(&text)));
    }

    #[test]
    fn what_is_not_declared_has_a_type(
        text in object(vec![("id", integer()), ("a", integer()), ("b", integer())])
    ) {
        let read = outcome::<lean::Counts>(&text);
        let derived = outcome::<derived::Counts>(&text);
        prop_assert_eq!(read.is_ok(), derived.is_ok(), "{:?}\n{:?}", read, derived);
        if read.is_ok() {
            prop_assert_eq!(read, derived);
        }
    }

    #[test]
    fn values_without_properties(value in made::value()) {
        let text = value.to_string();
        let read = outcome::<lean::Empty>(&text);
        if is_list_for_struct(&read) {
            return Ok(());
        }
        prop_assert_eq!(read, outcome::<derived::Empty>(&text));
        let list = format!("[{text}, null]");
        prop_assert_eq!(outcome::<lean::Newtype>(&list), outcome::<derived::Newtype>(&list));
        prop_assert_eq!(outcome::<lean::Newtype>(&text), outcome::<derived::Newtype>(&text));
    }

    #[test]
    fn a_value_is_read_like_its_text(text in words()) {
        // A property that comes twice comes once in a `Value`.
        let Ok(value) = serde_json::from_str::<Value>(&text) else { return Ok(()) };
        let (read, twin): (Result<lean::Words, _>, Result<derived::Words, _>) =
            (serde_json::from_value(value.clone()), serde_json::from_value(value));
        let read = read.map(|it| format!("{it:?}")).map_err(|error| error.to_string());
        if is_list_for_struct(&read) {
            return Ok(());
        }
        prop_assert_eq!(read, twin.map(|it| format!("{it:?}")).map_err(|error| error.to_string()));
    }

    #[test]
    fn secrets_are_read_and_written_and_not_shown(
        text in object(vec![("password", text()), ("optional", text()), ("nullable", text())])
    ) {
        let read = outcome::<secret::Login>(&text);
        if is_list_for_struct(&read) {
            return Ok(());
        }
        prop_assert_eq!(read, outcome::<secret::derived::Login>(&text));
    }
}

#[test]
fn absent_and_null() {
    let read = |text| serde_json::from_str::<lean::Inner>(text);
    assert_eq!(read(r#"{"n": 1}"#).unwrap(), lean::Inner { n: 1, note: None });
    assert_eq!(read(r#"{"n": 1, "note": null}"#).unwrap(), lean::Inner { n: 1, note: None });
    for (text, message) in [
        ("{}", "missing field `n` at line 1 column 2"),
        (r#"{"n": null}"#, "invalid type: null, expected i32 at line 1 column 10"),
        (r#"{"n": 1, "n": 1}"#, "duplicate field `n` at line 1 column 12"),
        ("[1, null]", "invalid type: sequence, expected struct Inner at line 1 column 0"),
    ] {
        assert_eq!(read(text).unwrap_err().to_string(), message, "{text}");
    }
}

/// Nothing of what follows an error is read, but it still has to be JSON.
#[test]
fn the_first_error_counts() {
    let read = |text| serde_json::from_str::<lean::Inner>(text).unwrap_err().to_string();
    assert!(read(r#"{"n": "x", "note": 1}"#).starts_with("invalid type: string \"x\""));
    assert!(read(r#"{"note": 1, "n": "x"}"#).starts_with("invalid type: integer `1`"));
    assert!(read(r#"{"note": 1"#).starts_with("invalid type: integer `1`"));
    assert!(read(r#"{"other": tru}"#).starts_with("expected ident"));
}

/// A secret that is removed by a change, and one that has to be said to be none.
#[test]
fn secrets_in_changes() {
    #[derive(Debug)]
    struct Change {
        password: Patch<Secret>,
        hint: Option<Secret>,
    }
    json_object!(Change { patch_secret password, nullable_secret hint });

    for text in
        [r#"{"hint":null}"#, r#"{"password":null,"hint":"a"}"#, r#"{"password":"pw","hint":null}"#]
    {
        let change: Change = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&change).unwrap(), text);
        assert!(!format!("{change:?}").contains("pw"));
        assert!(change.hint.is_none() || change.password.is_null());
    }
}

/// What a response holds and no request does has no way to be written.
#[test]
fn what_is_read_only_is_read() {
    #[derive(Debug)]
    struct Token {
        token: Secret,
    }
    json_object!(read Token { secret token });

    let token: Token = serde_json::from_str(r#"{"token": "abc"}"#).unwrap();
    assert_eq!(token.token.expose(), "abc");
    let error = serde_json::from_str::<Token>(r#"{"token": 1234}"#).unwrap_err().to_string();
    assert!(!error.contains("1234"), "{error}");
}

/// Types and fields may be called like what the macro uses.
#[test]
fn names_are_not_mixed_up() {
    #[derive(Debug, PartialEq)]
    struct A {
        input: i32,
        output: i32,
        property: i32,
        serializer: i32,
        deserializer: i32,
        value: i32,
        map: i32,
    }
    json_object!(A {
        required input, required output, required property, required serializer,
        required deserializer, required value, required map,
    });
    #[derive(Debug, PartialEq)]
    struct Option {
        some: std::option::Option<A>,
    }
    json_object!(Option { optional some });

    let text = r#"{"some":{"input":1,"output":2,"property":3,"serializer":4,"deserializer":5,"value":6,"map":7}}"#;
    let read: Option = serde_json::from_str(text).unwrap();
    assert_eq!(read.some.as_ref().unwrap().map, 7);
    assert_eq!(serde_json::to_string(&read).unwrap(), text);
}
