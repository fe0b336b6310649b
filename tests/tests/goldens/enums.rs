//! Turns the texts of enums into variants and back, letter by letter: odd values, names of the
//! prelude, values of no list.

use serde_json::{Value, json};
use tamarack_goldens::golden::shapes::v1::operations::KeepNames;
use tamarack_goldens::golden::shapes::v1::types::{
    self, DefaultType, Flag, Kind, Names, NamesRequired, Person,
};

use crate::{assert_round_trips, built, json_body, read};

fn known_kinds() -> [(&'static str, Kind); 11] {
    [
        ("oak", Kind::Oak),
        ("pine-4.1", Kind::Pine4_1),
        ("pine-41", Kind::Pine41),
        ("", Kind::Empty),
        ("*", Kind::Star),
        ("2x", Kind::N2x),
        ("unknown", Kind::Unknown),
        ("unrecognized", Kind::UnrecognizedValue),
        ("-1", Kind::Minus1),
        ("+1", Kind::Plus1),
        ("Straße", Kind::Straße),
    ]
}

#[test]
fn every_value_keeps_its_text() {
    for (text, kind) in known_kinds() {
        assert_eq!(assert_round_trips::<Kind>(&json!(text)), kind);
        assert_eq!((kind.as_str(), kind.to_string().as_str()), (text, text));
        assert_eq!((Kind::from(text), text.parse::<Kind>().unwrap()), (kind.clone(), kind));
    }
}

#[test]
fn no_two_values_are_one() {
    let kinds = known_kinds();
    for (n, (_, one)) in kinds.iter().enumerate() {
        assert!(kinds[n + 1..].iter().all(|(_, other)| one != other), "{one}");
    }
    assert_ne!(Kind::from("pine-4.1"), Kind::from("pine-41"));
}

/// A value called `unrecognized` is one of the list; the catch-all is for what is not.
#[test]
fn the_value_unrecognized_is_recognized() {
    assert_eq!(Kind::from("unrecognized"), Kind::UnrecognizedValue);
    for text in ["unknown", "unrecognized"] {
        assert_ne!(Kind::from(text), Kind::Unrecognized(text.to_owned()));
    }
    for text in ["Unknown", "OAK", " oak", "pine-4", "straße", "STRASSE", "1", "\u{0}"] {
        assert_eq!(assert_round_trips::<Kind>(&json!(text)), Kind::Unrecognized(text.to_owned()));
    }
}

#[test]
fn an_enum_is_text_and_nothing_else() {
    for json in [json!(1), json!(true), Value::Null, json!(["oak"]), json!({"oak": 1})] {
        assert!(serde_json::from_str::<Kind>(&json.to_string()).is_err(), "{json}");
    }
}

/// `null` in the list of an enum makes whatever holds it an option; it is not the text `null`.
#[test]
fn an_enum_with_null() {
    let person = |flag: Value| {
        let base = json!({"id": "", "type": "", "self": "", "nickname": null, "account_id": ""});
        let mut json = base;
        json["flag"] = flag;
        read::<Person>(&json).flag
    };
    assert_eq!(person(json!("on")), Some(Flag::On));
    assert_eq!(person(json!("off")), Some(Flag::Off));
    assert_eq!(person(json!("null")), Some(Flag::Unrecognized("null".to_owned())));
    assert_eq!(person(Value::Null), None);
}

/// The types are called like those of Rust's prelude and have to stay out of its way.
#[test]
fn types_with_names_of_the_prelude() {
    let json = json!({
        "one": {"some": "x"},
        "two": "b",
        "three": {"items": ["i", "j"]},
        "four": {"inside": {}},
        "five": {"ok": false},
        "six": {"value": "v"},
        "seven": {"name": "n"},
        "eight": {"message": "m"},
        "text": "t",
        "more": [],
        "nine": {"kept": [1, null]},
    });
    let names: Names = assert_round_trips(&json);
    let mut made = Names::new(NamesRequired {
        one: types::Option::new().with_some("x"),
        two: types::String::B,
        three: types::Vec::new().with_items(vec!["i".to_owned(), "j".to_owned()]),
        four: types::Box::new().with_inside(types::Box::new()),
        five: types::Result::new(false),
        six: DefaultType::new().with_value("v"),
        seven: types::Client::new().with_name("n"),
        eight: types::Error::new().with_message("m"),
    })
    .with_text("t")
    .with_more(Vec::new());
    made.additional.insert("nine".to_owned(), json["nine"].clone());
    assert_eq!(names, made);
    let request = built(KeepNames::new(names)).unwrap();
    assert_eq!((request.method().as_str(), request.uri().path()), ("PUT", "/base/names"));
    assert_eq!(json_body(&request), json);
}

#[test]
fn each_of_the_required_names_is_required() {
    let whole = json!({
        "one": {}, "two": "a", "three": {}, "four": {}, "five": {"ok": true}, "six": {},
        "seven": {}, "eight": {},
    });
    let names: Names = assert_round_trips(&whole);
    assert!(names.additional.is_empty() && names.text.is_none() && names.more.is_none());
    for member in whole.as_object().unwrap().keys() {
        let mut less = whole.clone();
        less.as_object_mut().unwrap().remove(member);
        assert!(serde_json::from_str::<Names>(&less.to_string()).is_err(), "{member}");
    }
}
