//! Turns texts into open enums and back, letter by letter.

use std::collections::{BTreeSet, HashSet};

use proptest::prelude::*;
use serde_json::Value;
use tamarack_runtime::{AsReceived, OpenEnum, open_enum};

use crate::made;

open_enum! {
    /// Odd values.
    pub enum Odd {
        Empty = "",
        /// Of the same name as the variant for any other.
        UnrecognizedValue = "Unrecognized",
        Err = "err",
        Quoted = "a \"b\" \\",
        Ticks = "``" as "two `` backticks",
    }
}

open_enum! {
    pub enum Token ignoring case {
        Bearer = "Bearer",
        Straße = "straße",
    }
}

open_enum! {
    pub enum Nothing {}
}

#[test]
fn each_value_has_its_text() {
    for (text, value) in [
        ("", Odd::Empty),
        ("Unrecognized", Odd::UnrecognizedValue),
        ("err", Odd::Err),
        ("a \"b\" \\", Odd::Quoted),
        ("``", Odd::Ticks),
        ("Err", Odd::Unrecognized("Err".to_owned())),
    ] {
        assert_eq!((value.as_str(), value.as_ref()), (text, text));
        assert_eq!((Odd::from(text), text.parse().unwrap()), (value.clone(), value.clone()));
        let json = serde_json::to_string(&value).unwrap();
        assert_eq!(json, Value::from(text).to_string());
        assert_eq!(serde_json::from_str::<Odd>(&json).unwrap(), value);
    }
    assert_eq!(format!("[{:>5}]", Odd::Err), "[  err]", "`Display` keeps to width and alignment");
    assert_eq!(format!("{:?}", Odd::Unrecognized("x".to_owned())), r#"Unrecognized("x")"#);
}

#[test]
fn letter_case_is_ignored_where_it_is_said() {
    for text in ["Bearer", "BEARER", "bearer"] {
        assert_eq!(Token::from(text), Token::Bearer);
        assert_eq!(AsReceived::<Token>::received(text).as_str(), text);
    }
    // Case is that of ASCII: no table of Unicode decides what a protocol means.
    assert_eq!(Token::from("STRASSE"), Token::Unrecognized("STRASSE".to_owned()));
    assert_eq!(Token::from("STRAßE"), Token::Straße);
    assert_eq!(Token::Bearer.to_string(), "Bearer");
}

#[test]
fn values_have_an_order_and_a_hash() {
    let all = ["err", "", "x", "err"].map(Odd::from);
    let sorted: Vec<_> = BTreeSet::from(all.clone()).into_iter().collect();
    assert_eq!(sorted, [Odd::Empty, Odd::Err, Odd::Unrecognized("x".to_owned())]);
    assert_eq!(HashSet::from(all).len(), 3);
}

#[test]
fn a_list_may_be_empty() {
    let value: Nothing = serde_json::from_str(r#""x""#).unwrap();
    assert_eq!(OpenEnum::as_str(&value), "x");
}

proptest! {
    #[test]
    fn any_text_there_and_back(text in "(err|Unrecognized|bearer|.{0,6})") {
        let json = Value::from(&*text).to_string();
        let (odd, token): (Odd, AsReceived<Token>) =
            (serde_json::from_str(&json).unwrap(), serde_json::from_str(&json).unwrap());
        prop_assert_eq!(odd.as_str(), &text);
        prop_assert_eq!(token.as_str(), &text);
        prop_assert_eq!(serde_json::to_string(&odd).unwrap(), &*json);
        prop_assert_eq!(serde_json::to_string(&token).unwrap(), &*json);
    }

    #[test]
    fn nothing_but_text(value in made::value()) {
        let read = serde_json::from_value::<Odd>(value.clone());
        let text = serde_json::from_value::<String>(value);
        match (read, text) {
            (Ok(read), Ok(text)) => prop_assert_eq!(read.as_str(), text),
            (Err(read), Err(text)) => prop_assert_eq!(read.to_string(), text.to_string()),
            (read, text) => prop_assert!(false, "{read:?} {text:?}"),
        }
    }
}
