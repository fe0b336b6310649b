//! Checks of values, where a crate is generated with them: patterns that check nothing, types written by hand, and files
//! of a large API.

use std::collections::BTreeSet;
use std::fmt::Write;

use tamarack::{Choices, Formats, Input, Library, Outcome, Replacement, Settings, codes, generate};

/// Generates a module with checks.
fn with_checks(schemas: &str, replaced: &[&str]) -> Outcome {
    let document = format!(
        "openapi: 3.0.3\ninfo: {{title: Port, version: '1'}}\npaths:\n  /ships/{{id}}:\n    get:\n      \
         operationId: get_ship\n      parameters: [{{name: id, in: path, required: true, schema: {{type: \
         string, pattern: '(?i)a'}}}}]\n      responses: {{'204': {{description: Done.}}}}\n  /notes:\n    post:\n      \
         operationId: add_note\n      requestBody: {{content: {{text/plain: {{schema: {{type: string, pattern: \
         '(?i)a'}}}}}}}}\n      responses: {{'204': {{description: Done.}}}}\ncomponents:\n  \
         schemas:\n{schemas}"
    );
    generated(document, replaced)
}

fn generated(document: String, replaced: &[&str]) -> Outcome {
    let formats = Formats::new([Library::Validate]).expect("one library");
    let replace = |it: &&str| Replacement::new(*it, "port_types::Own").expect("a path");
    let replacements = replaced.iter().map(replace).collect();
    let choices = Choices { formats, replacements, ..Choices::default() };
    generate(
        &Input { choices, ..Input::new("port.yaml", document) },
        &Settings::module("port.yaml"),
    )
}

/// Returns the places of the keyword that no code expresses.
fn reported(it: &Outcome) -> Vec<String> {
    let all = it.diagnostics.all();
    all.iter().filter(|it| it.code == codes::KEYWORD).map(|it| it.at.to_string()).collect()
}

/// None of them is an expression of ECMA-262 that means what its author does.
#[test]
fn a_pattern_that_checks_nothing_is_reported_where_it_stands() {
    let schemas = r"
    Ship:
      type: object
      properties:
        flags: {type: string, pattern: '(?i)abc'}
        open: {type: string, pattern: 'a(b'}
        anchors: {type: array, items: {type: string, pattern: '\Aabc\z'}}
        classes: {type: object, additionalProperties: {type: string, pattern: '^[[:alpha:]]+$'}}
        right: {type: string, pattern: '^a{2}$'}
      additionalProperties: {type: string, pattern: '(?x)a'}
    Name: {type: string, pattern: '(?>a)'}
    Either:
      oneOf: [{type: string, pattern: '(?P<n>a)'}, {type: integer}]
    Kind: {type: string, enum: [a], pattern: '(?i)a'}
    Code:
      pattern: '(?i)a'
      oneOf: [{type: string}, {type: integer}]
";
    let generated = with_checks(schemas, &[]);
    let mut said = reported(&generated);
    said.sort();
    let components = |it: &str| format!("#/components/schemas/{it}/pattern");
    let mut expected: Vec<_> = [
        "Code",
        "Either/oneOf/0",
        "Kind",
        "Name",
        "Ship/additionalProperties",
        "Ship/properties/anchors/items",
        "Ship/properties/classes/additionalProperties",
        "Ship/properties/flags",
        "Ship/properties/open",
    ]
    .map(components)
    .into();
    // Without the engine no pattern is tried, and all are said.
    if !cfg!(feature = "validate") {
        expected.push(components("Ship/properties/right"));
    }
    expected.push("#/paths/~1notes/post/requestBody/content/text~1plain/schema/pattern".to_owned());
    expected.push("#/paths/~1ships~1{id}/get/parameters/0/schema/pattern".to_owned());
    assert_eq!(said, expected);
    let checks = &generated.files["validate.rs"];
    // Both have the method, so that a rule that goes breaks no code.
    assert!(
        checks.contains("validated!(opaque unruled operations::AddNote, operations::GetShip);"),
        "{checks}"
    );
    assert_eq!(
        checks.matches("Pattern(").count(),
        usize::from(cfg!(feature = "validate")),
        "{checks}"
    );
}

/// Nobody knows whether it can be checked, and what is around it is checked.
#[test]
fn a_type_written_by_hand_is_not_checked() {
    let schemas = "
    Fleet:
      type: object
      properties:
        one: {$ref: '#/components/schemas/Ship'}
        many: {type: array, maxItems: 3, items: {$ref: '#/components/schemas/Ship'}}
        named: {type: object, additionalProperties: {$ref: '#/components/schemas/Ship'}}
        other: {$ref: '#/components/schemas/Other'}
        name: {type: string, maxLength: 3}
    Other: {$ref: '#/components/schemas/Ship'}
    Ship: {type: object, properties: {name: {type: string, minLength: 2}}}
";
    let checks = |replaced: &[&str]| {
        let mut generated = with_checks(schemas, replaced);
        generated.files.remove("validate.rs").expect("checks")
    };
    let own = checks(&[]);
    assert!(own.contains("one, many [MaxItems(3)], named, other, name [MaxLength(3)]"), "{own}");
    assert!(own.contains("types::Ship { name [MinLength(2)] }"), "{own}");
    let by_hand = checks(&["Ship"]);
    assert!(by_hand.contains("validated!(types::Fleet { name [MaxLength(3)] });"), "{by_hand}");
    assert!(!by_hand.contains("types::Ship"), "{by_hand}");
}

#[test]
fn the_checks_of_a_large_api_are_several_files() {
    let mut document = "openapi: 3.0.3\ninfo: {title: Large, version: '1'}\npaths:\n".to_owned();
    let rule = format!("{{type: string, minLength: 1, pattern: '^{}$'}}", "a".repeat(60));
    for index in 0..300 {
        let properties: Vec<_> = (0..12).map(|it| format!("property{it}: {rule}")).collect();
        let _ = writeln!(
            document,
            "  /things{index}:\n    post:\n      operationId: make{index}\n      tags: [t{}]\n      \
             requestBody: {{required: true, content: {{application/json: {{schema: {{type: object, properties: \
             {{{}}}}}}}}}}}\n      responses: {{'204': {{description: Done.}}}}",
            index % 3,
            properties.join(", ")
        );
    }
    let outcome = generated(document, &[]);
    let files = outcome.files.iter().filter(|it| it.0.starts_with("validate"));
    let files: Vec<_> = files.map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let names: Vec<_> = files.iter().map(|it| it.0).collect();
    if !cfg!(feature = "validate") {
        return;
    }
    assert_eq!(names, ["validate/mod.rs", "validate/t0.rs", "validate/t1.rs", "validate/t2.rs"]);
    let mut checked = BTreeSet::new();
    for (path, text) in files {
        assert!(syn::parse_file(text).is_ok(), "{path}");
        assert!(text.lines().count() < 5_000, "{path}");
        // A module that says where it is found: files of a folder have one more above them.
        let above = if path.ends_with("mod.rs") { "super" } else { "super::super" };
        let uses: Vec<_> = text.lines().filter(|it| it.starts_with("use ")).collect();
        let expected = [
            "use tamarack_runtime::validated;".to_owned(),
            format!("use {above}::{{operations, types}};"),
        ];
        let expected = if text.contains("validated!(") { &expected[..] } else { &[] };
        assert_eq!(uses, expected, "{path}");
        for line in text.lines().filter_map(|it| it.strip_prefix("validated!(")) {
            assert!(checked.insert(line.to_owned()), "{path}: {line}");
        }
    }
    // Each type and each operation, once.
    assert_eq!(checked.len(), 600);
}
