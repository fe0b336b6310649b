//! Decodes random values of the golden documents into the golden types and encodes them back: a small run of what
//! `cargo xtask round-trips` does with other people's documents.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tamarack_goldens::golden::bounds::v1::{Validate, operations, types};
use tamarack_reader::document::Document;
use tamarack_values::bounds::{Violation, difference};
use tamarack_values::broken::broken;
use tamarack_values::checks::judged;
use tamarack_values::choices::Choices;
use tamarack_values::operations::asked;
use tamarack_values::random;
use tamarack_values::same::lost;
use tamarack_values::types::Types;
use tamarack_values::validity::Validity;

/// A component, and what decodes a value into its type and encodes it back.
type Component = (&'static str, Back);

type Back = fn(&Value) -> Result<Value, serde_json::Error>;

fn back<T: DeserializeOwned + Serialize>(value: &Value) -> Result<Value, serde_json::Error> {
    serde_json::to_value(serde_json::from_str::<T>(&value.to_string())?)
}

macro_rules! components {
    ($module:ident: $($name:ident)*) => {
        &[$((
            stringify!($name),
            back::<tamarack_goldens::golden::$module::v1::types::$name> as Back,
        )),*]
    };
}

#[track_caller]
fn check(file: &str, components: &[Component]) {
    const EACH: usize = 60;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../goldens/specs/golden/1").join(file);
    let text = fs::read_to_string(path).expect("the document is there");
    let document = Document::read(&text).expect("the document can be read");
    let validity = Validity::of(document.root().value).expect("the validator reads it");
    let mut choices = Choices::of(1);
    for (name, back) in components {
        let schema = document.find(&format!("#/components/schemas/{name}"));
        let schema = schema.unwrap_or_else(|| panic!("no component `{name}`"));
        let found = random::of_schema(&document, &validity, &schema, EACH, &mut choices);
        assert!(found.values.len() > EACH / 4, "{name}: {} values", found.values.len());
        for (how, value) in found.values {
            let after =
                back(&value).unwrap_or_else(|error| panic!("{name}{how}: {error}: {value}"));
            let lost = lost(&document, schema.clone().into(), &value, &after);
            assert_eq!(lost, None, "{name}{how}: {value} is {after}");
        }
    }
}

#[test]
fn no_value_of_a_union_loses_anything() {
    let components = components!(unions: Pet Cat Dog Bird Spec Scalar Node Cargo Sum);
    check("unions.oas.yaml", components);
}

#[test]
fn no_value_of_what_extends_another_loses_anything() {
    check("extends.oas.yaml", components!(extends: Firm Vessel CarFerry Harbour));
}

#[test]
fn no_value_of_an_object_loses_anything() {
    check("shapes.oas.yaml", components!(shapes: Tree Forest PersonChange Section));
}

/// Also where the text is not one of its format, and where a library writes it in another way.
#[test]
fn no_value_of_a_format_loses_anything() {
    check("formats.oas.yaml", components!(formats: EventId Event Change Span));
}

/// What the checks of a type say of a value; the error says why it is none.
type Check = fn(&Value) -> Result<BTreeSet<Violation>, serde_json::Error>;

fn violations<T: DeserializeOwned + Validate>(
    value: &Value,
) -> Result<BTreeSet<Violation>, serde_json::Error> {
    Ok(said(&serde_json::from_str::<T>(&value.to_string())?))
}

fn said(value: &impl Validate) -> BTreeSet<Violation> {
    let Err(found) = value.validate() else { return BTreeSet::new() };
    let found: Vec<Violation> =
        found.iter().map(|it| (it.pointer().to_owned(), it.rule().keyword().to_owned())).collect();
    let all = found.iter().cloned().collect::<BTreeSet<_>>();
    assert_eq!(all.len(), found.len(), "each once: {found:?}");
    all
}

/// A value with every property, which chance does not find.
fn order() -> Value {
    json!({
        "id": "a1",
        "lines": [{"sku": "x1", "price": 19.99, "count": 4, "weight": 0.5, "more": "abc"}],
        "tags": ["a", "b\u{e4}\u{1f600}d"],
        "type": "abc",
        "note": "\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}",
        "placed": "1990-12-31T23:59:60Z",
        "day": "2024-02-29",
        "contact": "a@example.com",
        "page": "urn:isbn:0451450523",
        "trace": "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
        "address": "192.0.2.1",
        "discount": 0,
        "limits": {"a/b~c": -5, "b": 5},
        "labels": {"any": [1, 2]},
        "pay": {"kind": "card", "digits": "1-.4"},
        "size": 60,
        "choice": {"near": 10},
        "parent": {"id": "b2", "lines": [{"sku": "x1", "price": 0.07}], "size": "xl"},
        "status": "open",
        "mood": "calm",
        "moods": ["up", "low"],
        "extra": {"gift": true},
        "plain": {"text": "any", "flag": true},
    })
}

/// Valid values and those with one keyword violated: the generated checks say of them what the validator says.
#[test]
fn the_checks_of_values_say_what_the_validator_says() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../goldens/specs/golden/1/bounds.oas.yaml");
    let text = fs::read_to_string(path).expect("the document is there");
    let document = Document::read(&text).expect("the document can be read");
    let validity = Validity::of(&judged(document.root().value)).expect("the validator reads it");
    let validity = validity.with_formats();
    let mut choices = Choices::of(1);
    let components: [(&str, Check); 13] = [
        ("Order", violations::<types::Order>),
        ("Line", violations::<types::Line>),
        ("Payment", violations::<types::Payment>),
        ("Size", violations::<types::Size>),
        ("Choice", violations::<types::Choice>),
        ("Shape", violations::<types::Shape>),
        ("Pairs", violations::<types::Pairs>),
        ("Login", violations::<types::Login>),
        ("Grade", violations::<types::Grade>),
        ("Unit", violations::<types::Unit>),
        ("Code", violations::<types::Code>),
        ("Loose", violations::<types::Loose>),
        ("Boat", violations::<types::Boat>),
    ];
    let mut met = BTreeSet::new();
    for (name, check) in components {
        let schema = document.find(&format!("#/components/schemas/{name}")).expect("a component");
        let found = random::of_schema(&document, &validity, &schema, 300, &mut choices);
        let valid = found.values.into_iter().filter(|(words, _)| !words.contains(" with "));
        let by_hand = (name == "Order").then(order);
        for value in valid.map(|it| it.1).chain(by_hand) {
            assert_eq!(validity.is_valid(&schema.at, &value), Some(true), "{name}: {value}");
            assert_eq!(
                check(&value).expect("it can be decoded"),
                BTreeSet::new(),
                "{name}: {value}"
            );
            for (words, value) in broken(&document, &schema, &value) {
                let Ok(found) = check(&value) else { continue };
                let judged = validity.violations(&schema.at, &value).expect("a schema");
                assert_eq!(difference(&found, &judged), [""; 0], "{name}{words}: {value}");
                met.extend(found.into_iter().map(|it| it.1));
            }
        }
    }
    let expected = [
        "exclusiveMaximum",
        "exclusiveMinimum",
        "format",
        "maxItems",
        "maxLength",
        "maxProperties",
        "maximum",
        "minItems",
        "minLength",
        "minProperties",
        "minimum",
        "multipleOf",
        "pattern",
        "uniqueItems",
    ];
    assert_eq!(met.iter().map(String::as_str).collect::<Vec<_>>(), expected);
}

/// Builds an operation from the value of each field and checks it; the error says why there is none.
fn of_operation(id: &str, it: &Value) -> Result<BTreeSet<Violation>, serde_json::Error> {
    fn of<T: DeserializeOwned>(it: &Value) -> Result<T, serde_json::Error> {
        serde_json::from_value(it.clone())
    }
    Ok(match id {
        "add_order" => said(&operations::AddOrder::new(of(&it["body"])?)),
        "log_in" => said(&operations::LogIn::new(of(&it["body"])?)),
        "list_orders" => {
            let mut operation = operations::ListOrders::new(of::<String>(&it["shop"])?);
            operation.limit = of(&it["limit"])?;
            operation.x_limit = of(&it["x_limit"])?;
            operation.sort_by = of(&it["sort_by"])?;
            operation.like = of(&it["like"])?;
            operation.placed = of(&it["placed"])?;
            said(&operation)
        }
        other => panic!("no operation `{other}`"),
    })
}

/// Parameters and bodies: the checks of an operation say of them, at their pointers, what the validator says of each.
#[test]
fn the_checks_of_operations_say_what_the_validator_says() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../goldens/specs/golden/1/bounds.oas.yaml");
    let text = fs::read_to_string(path).expect("the document is there");
    let document = Document::read(&text).expect("the document can be read");
    let validity = Validity::of(&judged(document.root().value)).expect("the validator reads it");
    let validity = validity.with_formats();
    let planned = Types::with_checks("bounds", &text).expect("types").operations;
    let mut met = BTreeSet::new();
    for it in asked(&document, &validity, &planned, 40, 1) {
        let Ok(found) = of_operation(&planned[it.operation].id, &it.values) else { continue };
        assert_eq!(difference(&found, &it.violations), [""; 0], "{}: {}", it.place, it.values);
        met.extend(found.into_iter().map(|(at, _)| at));
    }
    for at in [
        "/body/id",
        "/body/lines",
        "/body/password",
        "/cookie/placed",
        "/header/X~0Limit",
        "/path/shop",
        "/query/like/notes",
        "/query/limit",
        "/query/sort~1by",
        "/query/sort~1by/0",
    ] {
        assert!(met.contains(at), "{at}: {met:?}");
    }
}
