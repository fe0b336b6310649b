//! Turns values into variants by their one key or by their JSON kind.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::de::{IntoDeserializer, value};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};
use tamarack_runtime::{json_object, open_enum, union};

use crate::made;
use crate::{outcome, without_place};

#[derive(Clone, Debug, PartialEq)]
pub struct Pod {
    size: i32,
}

json_object!(Pod { required size });

union! {
    #[derive(Clone, Debug, PartialEq)]
    pub enum Spec by key {
        Serverless(Value) = "serverless",
        Pod(Box<Pod>) = "pod",
    }
}

open_enum! {
    pub enum Word {
        Yes = "yes",
    }
}

union! {
    #[derive(Clone, Debug, PartialEq)]
    pub enum Scalar by kind {
        Boolean(bool),
        /// Of a type that many integers do not fit.
        Small(i32) as Integer,
        Number(f64),
        Word(Word) as String,
        List(Vec<Scalar>),
        Object(BTreeMap<String, Spec>),
    }
}

union! {
    #[derive(Clone, Debug, PartialEq)]
    pub enum Count by kind {
        Integer(u32),
        String(String),
    }
}

/// The same by way of a `Value`.
#[derive(Debug)]
enum Twin {
    Boolean(bool),
    Small(i32),
    Number(f64),
    Word(Word),
    List(Vec<Twin>),
    Object(BTreeMap<String, Spec>),
    Unrecognized(Value),
}

impl<'de> Deserialize<'de> for Twin {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        match &value {
            Value::Bool(_) => serde_json::from_value(value).map(Self::Boolean),
            Value::Number(it) if it.as_i64().is_some_and(|it| i32::try_from(it).is_ok()) => {
                serde_json::from_value(value).map(Self::Small)
            }
            Value::Number(_) => serde_json::from_value(value).map(Self::Number),
            Value::String(_) => serde_json::from_value(value).map(Self::Word),
            Value::Array(_) => serde_json::from_value(value).map(Self::List),
            Value::Object(_) => serde_json::from_value(value).map(Self::Object),
            Value::Null => Ok(Self::Unrecognized(value)),
        }
        .map_err(serde::de::Error::custom)
    }
}

impl Serialize for Twin {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Boolean(it) => it.serialize(serializer),
            Self::Small(it) => it.serialize(serializer),
            Self::Number(it) => it.serialize(serializer),
            Self::Word(it) => it.serialize(serializer),
            Self::List(it) => it.serialize(serializer),
            Self::Object(it) => it.serialize(serializer),
            Self::Unrecognized(it) => it.serialize(serializer),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn as_by_way_of_a_value(value in made::value()) {
        let text = value.to_string();
        let twin = without_place(outcome::<Twin>(&text));
        prop_assert_eq!(without_place(outcome::<Scalar>(&text)), twin);
    }

    #[test]
    fn an_object_of_a_key(
        pod in prop_oneof![Just(json!({"size": 3})), made::value()],
        serverless in made::value(),
        has in any::<(bool, bool, bool)>(),
    ) {
        let mut json = json!({});
        let all = [("pod", &pod, has.0), ("serverless", &serverless, has.1), ("zone", &pod, has.2)];
        for (name, value, _) in all.iter().filter(|it| it.2) {
            json[name] = (*value).clone();
        }
        let count = |name: &str| json.get(name).is_some_and(|it| !it.is_null());
        let read = serde_json::from_value::<Spec>(json.clone());
        match (count("pod"), count("serverless")) {
            (true, false) => match serde_json::from_value::<Pod>(pod) {
                Ok(pod) => prop_assert_eq!(read.unwrap(), Spec::Pod(Box::new(pod))),
                Err(error) => prop_assert_eq!(read.unwrap_err().to_string(), error.to_string()),
            },
            (false, true) => {
                let spec = read.unwrap();
                prop_assert_eq!(&spec, &Spec::Serverless(serverless.clone()));
                let written = serde_json::to_value(&spec).unwrap();
                prop_assert_eq!(written, json!({"serverless": serverless}));
            }
            _ => prop_assert_eq!(read.unwrap(), Spec::Unrecognized(json)),
        }
    }
}

/// A `Value` keeps the last one of a name, and so does what decides between the keys.
#[test]
fn a_key_that_comes_twice() {
    let read = |text: &str| serde_json::from_str::<Spec>(text).map_err(|error| error.to_string());
    let pod = |size| Spec::Pod(Box::new(Pod { size }));
    assert_eq!(read(r#"{"pod":{"size":1},"pod":{"size":2}}"#), Ok(pod(2)));
    assert_eq!(read(r#"{"pod":null,"zone":[{}],"\u0070od":{"size":2}}"#), Ok(pod(2)));
    assert_eq!(read(r#"{"serverless":null,"pod":{"size":2},"serverless":null}"#), Ok(pod(2)));
    let null = json!({"pod": null});
    assert_eq!(read(r#"{"pod":{"size":1},"pod":null}"#), Ok(Spec::Unrecognized(null)));
    let serverless = Ok(Spec::Serverless(json!("\n")));
    assert_eq!(read(r#"{"pod":{"size":1},"serverless":"\n","pod":null}"#), serverless);
    let both = json!({"pod": {"size": "1"}, "serverless": {"a": 2}});
    let text = r#"{"pod":{"size":"1"},"serverless":{"a":1,"a":2}}"#;
    assert_eq!(read(text), Ok(Spec::Unrecognized(both)));
    let number = r#"{"$serde_json::private::Number":"1","pod":{"size":2}}"#;
    assert_eq!(read(number), Ok(pod(2)));
    let error = read(r#"{"pod":{"size":1,"size":1}}"#).unwrap_err();
    assert_eq!(error, "duplicate field `size`");
    for other in [json!(null), json!(1), json!("pod"), json!([]), json!([{"pod": {}}]), json!({})] {
        assert_eq!(read(&other.to_string()), Ok(Spec::Unrecognized(other)));
    }
}

/// As deep as `serde_json` reads, on the stack of a thread.
#[test]
fn keys_in_keys() {
    #[derive(Debug, PartialEq)]
    pub struct All {
        of: Option<Vec<Filter>>,
    }
    json_object!(All { optional of });
    union! {
        #[derive(Debug, PartialEq)]
        pub enum Filter by key {
            All(Box<All>) = "all",
            Text(String) = "text",
        }
    }

    let nested = |depth: usize| {
        let begin = r#"{"all":{"of":["#.repeat(depth);
        format!(r#"{begin}{{"text":"t\t"}}{}"#, "]}}".repeat(depth))
    };
    let mut filter: &Filter = &serde_json::from_str(&nested(40)).unwrap();
    let mut found = 0;
    while let Filter::All(all) = filter {
        (filter, found) = (&all.of.as_ref().unwrap()[0], found + 1);
    }
    assert_eq!((found, filter), (40, &Filter::Text("t\t".to_owned())));
    let error = serde_json::from_str::<Filter>(&nested(50)).unwrap_err().to_string();
    assert!(error.starts_with("recursion limit exceeded"), "{error}");
}

#[test]
fn a_union_that_is_a_variant_of_itself() {
    union! {
        #[derive(Debug, PartialEq)]
        pub enum Filter by key {
            Not(Box<Filter>) = "not",
            Text(String) = "text",
        }
    }

    let not = |filter| Filter::Not(Box::new(filter));
    let filter = not(not(Filter::Text("a".to_owned())));
    let json = r#"{"not":{"not":{"text":"a"}}}"#;
    assert_eq!(serde_json::from_str::<Filter>(json).unwrap(), filter);
    assert_eq!(serde_json::to_string(&filter).unwrap(), json);
    let error = serde_json::from_str::<Filter>(r#"{"not":{"not":{"text":1}}}"#).unwrap_err();
    assert!(error.to_string().starts_with("invalid type: integer `1`, expected a string"));
}

/// Errors within a value that goes to its type as it comes say where they are.
#[test]
fn errors_have_a_place() {
    let error = serde_json::from_str::<Scalar>("[\n true,\n {\"a\": {\"pod\": {}}}]").unwrap_err();
    assert_eq!((error.line(), error.column() > 0), (3, true), "{error}");
}

/// Without a variant for numbers, an integer that does not fit is one nevertheless.
#[test]
fn an_integer_too_large() {
    let read = |text| serde_json::from_str::<Count>(text);
    assert_eq!(read("4294967295").unwrap(), Count::Integer(u32::MAX));
    for text in ["4294967296", "-1", "18446744073709551615"] {
        assert!(read(text).is_err(), "{text}");
    }
    assert_eq!(read("1.5").unwrap(), Count::Unrecognized(json!(1.5)));
    assert_eq!(
        serde_json::from_str::<Scalar>("4294967296").unwrap(),
        Scalar::Number(4_294_967_296.0)
    );
}

/// Other readers than JSON's have options and numbers without end.
#[test]
fn what_only_other_readers_say() {
    let read = |value: f64| {
        let value: value::F64Deserializer<value::Error> = value.into_deserializer();
        Scalar::deserialize(value)
    };
    assert_eq!(read(0.5).unwrap(), Scalar::Number(0.5));
    assert!(read(f64::NAN).is_err());
    let none: value::UnitDeserializer<value::Error> = ().into_deserializer();
    assert_eq!(Scalar::deserialize(none).unwrap(), Scalar::Unrecognized(Value::Null));
}
