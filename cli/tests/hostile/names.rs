//! Names that Rust, a file system or a reader interprets differently, wherever a name can be.

use serde_json::{Value, json};

use crate::base::{base, set};
use crate::row::Row;

pub(crate) fn rows() -> Vec<Row> {
    let mut acc = Vec::new();
    for (what, name) in hostile() {
        for (place, put) in PLACES {
            let mut document = base();
            put(&mut document, &name);
            acc.push(Row::tree(format!("{what} as {place}"), &document));
        }
    }
    acc.extend(collisions());
    acc
}

fn hostile() -> Vec<(&'static str, String)> {
    vec![
        ("an empty name", String::new()),
        ("a heart", "❤️".to_owned()),
        ("a joiner", "\u{200d}".to_owned()),
        ("a dot of Katakana", "・".to_owned()),
        ("a sign that lexes as a letter", "℮".to_owned()),
        ("digits", "123".to_owned()),
        ("underscores", "__".to_owned()),
        ("a keyword", "self".to_owned()),
        ("a keyword in capitals", "Self".to_owned()),
        ("a path upwards", "../../x".to_owned()),
        ("a device", "con".to_owned()),
        ("a name with a NUL", "a\0b".to_owned()),
        ("a name with a line break", "a\r\nb".to_owned()),
        ("a name that turns the direction", "\u{202e}cba\u{2066}".to_owned()),
        ("a name with an escape sequence", "\u{1b}[31mred".to_owned()),
        ("a name that ends a string", "\"); fn eViL_mArKeR() {} //".to_owned()),
        ("a name of 10,000 characters", "Long".repeat(2_500)),
        ("a name of the prelude", "Option".to_owned()),
    ]
}

type Put = fn(&mut Value, &str);

const PLACES: &[(&str, Put)] = &[
    ("a schema", |document, name| {
        document["components"]["schemas"][name] =
            json!({ "type": "object", "properties": { "a": { "type": "string" } } });
        let pointer = name.replace('~', "~0").replace('/', "~1");
        document["components"]["schemas"]["Pet"]["properties"]["kin"] =
            json!({ "$ref": format!("#/components/schemas/{pointer}") });
    }),
    ("a property", |document, name| {
        document["components"]["schemas"]["Pet"]["properties"][name] = json!({ "type": "string" });
    }),
    ("a value", |document, name| {
        document["components"]["schemas"]["Pet"]["properties"]["kind"]["enum"] =
            json!([name, "dog"]);
    }),
    ("an operation", |document, name| {
        set(document, "/paths/~1pets~1{id}/put/operationId", json!(name));
    }),
];

/// Two names of the document that are one in Rust.
fn collisions() -> Vec<Row> {
    let pairs = [
        ("case", "Tag", "tag"),
        ("separators", "foo-bar", "foo_bar"),
        ("digits", "a1", "a_1"),
        ("keywords", "type", "type_"),
        ("suffixes", "Pet", "PetRequired"),
    ];
    let mut acc = Vec::new();
    for (what, one, two) in pairs {
        let schema = || json!({ "type": "object", "properties": { "a": { "type": "string" } } });
        let mut schemas = base();
        schemas["components"]["schemas"][one] = schema();
        schemas["components"]["schemas"][two] = schema();
        acc.push(Row::tree(format!("schemas that differ in {what}"), &schemas));
        let mut properties = base();
        properties["components"]["schemas"]["Subject"]["properties"] = json!({ one: {}, two: {} });
        acc.push(Row::tree(format!("properties that differ in {what}"), &properties));
        let mut values = base();
        values["components"]["schemas"]["Pet"]["properties"]["kind"]["enum"] = json!([one, two]);
        acc.push(Row::tree(format!("values that differ in {what}"), &values));
    }
    let mut crates = base();
    crates["info"]["title"] = json!("../../x\n[dependencies]\neViL_mArKeR = \"1\"\n");
    crates["info"]["version"] = json!("1\"\n[dependencies]\neViL_mArKeR = \"1\"\n");
    acc.push(Row::tree("a title that is a manifest", &crates));
    acc
}
