//! Types that are written by hand: what they stand for, and what cannot be replaced.

use tamarack::{Choices, Input, Mode, Replacement, Settings, Text, check, generate};

/// A document with types that the client reads itself, and with others.
const DOCUMENT: &str = "\
openapi: 3.0.3
info: {title: Port, version: '1'}
servers: [{url: https://port.example}]
paths:
  /ships:
    get:
      operationId: list_ships
      parameters: [{name: cursor, in: query, schema: {type: string}}]
      responses:
        '200':
          description: Ships.
          content: {application/json: {schema: {$ref: '#/components/schemas/ShipPage'}}}
  /cargo:
    post:
      operationId: load_cargo
      requestBody:
        required: true
        content:
          application/json: {schema: {$ref: '#/components/schemas/Cargo'}}
          multipart/form-data: {schema: {$ref: '#/components/schemas/Upload'}}
      responses: {'204': {description: Loaded.}}
components:
  schemas:
    ShipPage:
      type: object
      required: [meta, data]
      properties:
        meta: {$ref: '#/components/schemas/Meta'}
        data: {type: array, items: {$ref: '#/components/schemas/Ship'}}
    Meta: {type: object, properties: {next: {type: string}}}
    Ship: {type: object, required: [name], properties: {name: {type: string}, flag: {$ref: '#/components/schemas/Flag'}}}
    Flag: {type: string, enum: [no, se]}
    Login: {type: object, properties: {password: {type: string}}}
    Around: {type: object, properties: {login: {$ref: '#/components/schemas/Login'}}}
    Upload: {type: object, properties: {file: {type: string, format: binary}}}
    Cargo:
      oneOf: [{$ref: '#/components/schemas/Pallet'}, {$ref: '#/components/schemas/Barrel'}]
    Pallet: {type: object, required: [kind], properties: {kind: {type: string, enum: [pallet]}}}
    Barrel: {type: object, required: [kind], properties: {kind: {type: string, enum: [barrel]}}}
";

const PAGES: &str = "\
[[pagination]]
at = '#/paths/~1ships/get'
by = 'token'
parameter = 'cursor'
next = '/meta/next'
items = '/data'
reason = 'So the provider says.'
";

fn input(replaced: &[&str]) -> Input {
    let replace = |it: &&str| Replacement::new(*it, "port_types::Own").expect("a path");
    let replacements = replaced.iter().map(replace).collect();
    let overlay = Some(Text::new("port.overlay.toml", PAGES));
    let choices = Choices { replacements, ..Choices::default() };
    Input { choices, overlay, ..Input::new("port.yaml", DOCUMENT) }
}

#[test]
fn a_struct_and_a_union_become_aliases() {
    let generated = generate(&input(&["Ship", "Cargo"]), &Settings::module("port.yaml"));
    let types = &generated.files["types.rs"];
    for alias in ["pub type Ship = port_types::Own;", "pub type Cargo = port_types::Own;"] {
        assert!(types.contains(alias), "{types}");
    }
    assert!(!types.contains("struct Ship ") && !types.contains("enum Cargo "), "{types}");
    assert!(types.contains("pub data: Vec<Ship>,"), "{types}");
}

/// Two branches of one type cannot both convert into the union.
#[test]
fn branches_of_one_type_convert_no_more() {
    let types = |replaced: &[&str]| {
        generate(&input(replaced), &Settings::module("port.yaml")).files.remove("types.rs")
    };
    let converts = |replaced: &[&str]| {
        let types = types(replaced).expect("types");
        types.contains("impl From<Pallet> for Cargo")
            || types.contains("impl From<Barrel> for Cargo")
    };
    assert!(converts(&[]) && converts(&["Pallet"]));
    assert!(!converts(&["Pallet", "Barrel"]));
}

#[test]
fn what_the_client_reads_or_must_hide_cannot_be_replaced() {
    for (replaced, why) in [
        ("Flag", "its values are compared with those that the document lists"),
        ("Login", "it holds a secret"),
        ("Around", "it holds a secret"),
        ("Upload", "it holds a file"),
        ("ShipPage", "the pages of a list are read from it"),
        ("Meta", "the pages of a list are read from it"),
        ("Shipp", "no type is called `Shipp`"),
    ] {
        let outcome = check(&input(&[replaced]), Mode::Lenient);
        let said: Vec<_> = outcome.diagnostics.open.iter().map(|it| it.title.as_str()).collect();
        assert!(said.iter().any(|it| it.contains(why)), "{replaced}: {said:?}");
    }
}
