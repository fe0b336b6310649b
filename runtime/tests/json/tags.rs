//! Turns objects with a tag into variants, wherever the tag stands.

use proptest::prelude::*;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};
use tamarack_runtime::{Secret, json_object, union};

use crate::made::{self, integer, object, text};
use crate::{outcome, without_place};

#[derive(Clone, Debug, PartialEq)]
pub struct Cat {
    kind: String,
    lives: i32,
    friend: Option<Box<Pet>>,
}

json_object!(Cat { required kind, required lives, optional friend });

#[derive(Clone, Debug, PartialEq)]
pub struct Dog {
    tricks: Option<String>,
    inner: Option<Sub>,
}

json_object!(Dog { optional tricks, optional inner });

union! {
    /// A pet.
    #[derive(Clone, Debug, PartialEq)]
    pub enum Pet by property "kind" {
        Cat(Cat) is "cat" | "kitten",
        /// It does not declare the tag.
        Dog(Box<Dog>) adds "dog",
        /// A union itself.
        Sub(Sub) is "sub",
    }
}

union! {
    #[derive(Clone, Debug, PartialEq)]
    pub enum Sub by property "sub" {
        Cat(Cat) adds "cat",
    }
}

/// The same by way of a `Value`.
#[derive(Debug)]
enum Twin {
    Cat(Cat),
    Dog(Box<Dog>),
    Sub(Sub),
    Unrecognized(Value),
}

impl<'de> Deserialize<'de> for Twin {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        match value.get("kind").and_then(Value::as_str) {
            Some("cat" | "kitten") => serde_json::from_value(value).map(Self::Cat),
            Some("dog") => serde_json::from_value(value).map(Self::Dog),
            Some("sub") => serde_json::from_value(value).map(Self::Sub),
            _ => Ok(Self::Unrecognized(value)),
        }
        .map_err(serde::de::Error::custom)
    }
}

impl Serialize for Twin {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Cat(it) => it.serialize(serializer),
            Self::Dog(it) => {
                let mut json = serde_json::to_value(it).unwrap();
                json["kind"] = "dog".into();
                json.serialize(serializer)
            }
            Self::Sub(it) => it.serialize(serializer),
            Self::Unrecognized(it) => it.serialize(serializer),
        }
    }
}

fn tag() -> BoxedStrategy<Value> {
    proptest::sample::select(vec!["cat", "kitten", "dog", "sub", "bird", ""])
        .prop_map(Value::from)
        .boxed()
}

/// Returns whether an object of the text names a property twice: a `Value` keeps one of them.
fn has_duplicate(text: &str) -> bool {
    ["kind", "sub", "lives", "tricks", "friend", "inner"]
        .iter()
        .any(|name| text.matches(&format!("\"{name}\":")).count() > 1)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn as_by_way_of_a_value(
        text in object(vec![
            ("kind", tag()), ("sub", tag()), ("lives", (0..9).prop_map(Value::from).boxed()),
            ("tricks", text()), ("friend", made::value().boxed()), ("inner", made::value().boxed()),
        ])
    ) {
        prop_assume!(!has_duplicate(&text));
        let read = without_place(outcome::<Pet>(&text));
        let twin = without_place(outcome::<Twin>(&text));
        match (&read, &twin) {
            // Two things may be wrong, and which one is met first is a matter of order.
            (Err(_), Err(_)) => {}
            _ => prop_assert_eq!(read, twin),
        }
    }

    #[test]
    fn what_is_no_object_is_kept(value in made::value()) {
        prop_assume!(value.get("kind").is_none());
        let text = value.to_string();
        prop_assert_eq!(serde_json::from_str::<Pet>(&text).unwrap(), Pet::Unrecognized(value));
    }

    #[test]
    fn numbers_before_and_after_the_tag_are_kept(before in integer(), after in any::<u64>()) {
        let text = format!(r#"{{"a":{before},"kind":"bird","z":[{after},1.5e300]}}"#);
        let pet: Pet = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(serde_json::to_string(&pet).unwrap(), text.replace("1.5e300", "1.5e+300"));
    }
}

#[test]
fn the_tag_alone_chooses() {
    let read = |text: &str| serde_json::from_str::<Pet>(text).map_err(|error| error.to_string());
    let cat = |kind: &str| Pet::Cat(Cat { kind: kind.to_owned(), lives: 9, friend: None });
    assert_eq!(read(r#"{"kind":"cat","lives":9}"#), Ok(cat("cat")));
    assert_eq!(read(r#"{"lives":9,"kind":"kitten"}"#), Ok(cat("kitten")));
    assert_eq!(
        read(r#"{"kind":"sub","sub":"cat","lives":9}"#),
        Ok(Pet::Sub(Sub::Cat(Cat { kind: "sub".to_owned(), lives: 9, friend: None })))
    );
    for (text, message) in [
        (r#"{"kind":"cat"}"#, "missing field `lives` at line 1 column 14"),
        (
            r#"{"kind":"cat","lives":"x"}"#,
            "invalid type: string \"x\", expected i32 at line 1 column 25",
        ),
        (r#"{"kind":"cat","kind":"cat","lives":1}"#, "duplicate field `kind` at line 1 column 20"),
        (r#"{"kind":1,"kind":"cat"}"#, "duplicate field `kind` at line 1 column 16"),
        (r#"{"kind":"bird","kind":"cat"}"#, "duplicate field `kind` at line 1 column 21"),
    ] {
        assert_eq!(read(text), Err(message.to_owned()), "{text}");
    }
    for json in [json!({"kind": 7}), json!({"kind": null}), json!({}), json!([]), json!("cat")] {
        assert_eq!(read(&json.to_string()), Ok(Pet::Unrecognized(json)));
    }
}

/// As deep as `serde_json` reads, on the stack of a thread.
#[test]
fn unions_in_unions() {
    let depth = 125;
    for first in [r#"{"kind":"cat","lives":1,"friend":"#, r#"{"lives":1,"kind":"cat","friend":"#] {
        let text = format!("{}null{}", first.repeat(depth), "}".repeat(depth));
        let mut pet: &Pet = &serde_json::from_str(&text).unwrap();
        let mut found = 1;
        while let Pet::Cat(Cat { friend: Some(friend), .. }) = pet {
            (pet, found) = (friend, found + 1);
        }
        assert_eq!(found, depth);
    }
    let text = r#"{"lives":1,"friend":"#.repeat(depth) + r#"{"kind":"dog"}"# + &"}".repeat(depth);
    assert!(matches!(serde_json::from_str(&text).unwrap(), Pet::Unrecognized(_)));
    let text = r#"{"kind":"cat","lives":1,"friend":"#.repeat(200);
    let error = serde_json::from_str::<Pet>(&text).unwrap_err().to_string();
    assert!(error.starts_with("recursion limit exceeded"), "{error}");
}

/// Wherever the tag stands. What is kept as JSON keeps the last one.
#[test]
fn a_property_that_comes_twice_is_an_error() {
    for text in [
        r#"{"kind":"dog","inner":{"sub":"cat","kind":"k","lives":1,"lives":2}}"#,
        r#"{"inner":{"sub":"cat","kind":"k","lives":1,"lives":2},"kind":"dog"}"#,
        r#"{"inner":{"lives":1,"kind":"k","lives":2,"sub":"cat"},"kind":"dog"}"#,
    ] {
        let error = serde_json::from_str::<Pet>(text).unwrap_err().to_string();
        assert!(error.starts_with("duplicate field `lives`"), "{error}");
    }
    let pet: Pet = serde_json::from_str(r#"{"a":{"b":1,"b":2},"a":3,"c":{"b":1,"b":2}}"#).unwrap();
    assert_eq!(pet, Pet::Unrecognized(json!({"a": 3, "c": {"b": 2}})));
}

/// More than fits where no memory is taken for it, and of texts that are not as they are in the input.
#[test]
fn much_before_the_tag_is_read() {
    let names: Vec<String> = (0..40).map(|n| format!(r#""\u0061{n}":["\n",{n},null]"#)).collect();
    let text = format!(r#"{{{},"lives":7,"kind":"cat"}}"#, names.join(","));
    assert!(matches!(serde_json::from_str(&text).unwrap(), Pet::Cat(Cat { lives: 7, .. })));
    let bird = text.replace(r#""cat""#, r#""\u0062ird""#);
    let kept: Value = serde_json::from_str(&bird).unwrap();
    assert_eq!(serde_json::from_str::<Pet>(&bird).unwrap(), Pet::Unrecognized(kept));
    let dog = text.replace(r#""cat""#, r#""d\u006fg""#);
    assert!(matches!(serde_json::from_str(&dog).unwrap(), Pet::Dog(_)));
}

#[test]
fn what_is_read_only_is_read() {
    #[derive(Debug)]
    pub struct Key {
        secret: Secret,
    }
    json_object!(read Key { secret secret });
    union! {
        #[derive(Debug)]
        pub enum Answer by property "kind" read only {
            Key(Key) is "key",
        }
    }

    let answer: Answer = serde_json::from_str(r#"{"secret":"s3cret","kind":"key"}"#).unwrap();
    assert!(!format!("{answer:?}").contains("s3cret"));
    assert!(matches!(answer, Answer::Key(key) if key.secret.expose() == "s3cret"));
}

#[derive(Debug, PartialEq)]
pub struct First {
    version: i64,
}

json_object!(First { required version });

#[derive(Debug, PartialEq)]
pub struct Second {
    text: Option<String>,
}

json_object!(Second { optional text });

union! {
    #[derive(Debug, PartialEq)]
    pub enum Message by integer "version" {
        First(First) is 1 | -1,
        /// It does not declare the tag.
        Second(Second) adds 2,
    }
}

union! {
    #[derive(Debug, PartialEq)]
    pub enum Answer by boolean "ok" {
        Done(Second) adds true,
        Failed(Second) adds false,
    }
}

#[test]
fn an_integer_is_a_tag() {
    let read = |text: &str| serde_json::from_str::<Message>(text).unwrap();
    assert_eq!(read(r#"{"version": 1}"#), Message::First(First { version: 1 }));
    assert_eq!(read(r#"{"version": -1}"#), Message::First(First { version: -1 }));
    let second = Message::Second(Second { text: Some("a".to_owned()) });
    assert_eq!(read(r#"{"text": "a", "version": 2}"#), second);
    assert_eq!(serde_json::to_value(&second).unwrap(), json!({"text": "a", "version": 2}));
    // A number without a fraction is an integer (JSON Schema 2020-12, core, section 4.2.3).
    assert!(matches!(read(r#"{"version": 2.0}"#), Message::Second(_)));
    for other in
        [json!({"version": "1"}), json!({"version": 1.5}), json!({"version": 3}), json!({})]
    {
        assert_eq!(read(&other.to_string()), Message::Unrecognized(other));
    }
}

#[test]
fn a_boolean_is_a_tag() {
    let read = |text: &str| serde_json::from_str::<Answer>(text).unwrap();
    let failed = Answer::Failed(Second { text: None });
    assert_eq!(read(r#"{"ok": false}"#), failed);
    assert_eq!(serde_json::to_value(&failed).unwrap(), json!({"ok": false}));
    assert!(matches!(read(r#"{"text": "a", "ok": true}"#), Answer::Done(_)));
    for other in [json!({"ok": "true"}), json!({"ok": 1}), json!({"ok": null}), json!([true])] {
        assert_eq!(read(&other.to_string()), Answer::Unrecognized(other));
    }
}
