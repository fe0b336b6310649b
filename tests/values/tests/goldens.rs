//! Decodes random values of the golden documents into the golden types and encodes them back: a small run of what
//! `cargo xtask round-trips` does with other people's documents.

use std::fs;
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tamarack_reader::document::Document;
use tamarack_values::choices::Choices;
use tamarack_values::random;
use tamarack_values::same::lost;
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
