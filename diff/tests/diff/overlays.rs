//! What overlays say of an operation has a row when it changes, and a document in several files has none.

use tamarack::{Input, Model, Text, gather};
use tamarack_diff::{self as diff, Rust};

const DOCUMENT: &str = "
openapi: 3.0.4
info: {title: Harbour, version: '1'}
paths:
  /ships:
    get:
      operationId: list_ships
      parameters:
      - {name: cursor, in: query, schema: {type: string}}
      - {name: page, in: query, schema: {type: integer, format: uint32}}
      responses:
        '200':
          description: Ships.
          content: {application/json: {schema: {$ref: '#/components/schemas/Page'}}}
    post: {operationId: add_ship, responses: {'204': {description: Added.}}}
components:
  schemas:
    Page:
      type: object
      properties:
        ships: {type: array, items: {$ref: '#/components/schemas/Ship'}}
        others: {type: array, items: {$ref: '#/components/schemas/Ship'}}
        flags: {type: array, items: {type: string}}
        next: {type: string}
        other: {type: string}
    Ship: {type: object, required: [id], properties: {id: {type: string}}}
";

/// Returns the model with this overlay.
fn model(overlay: Option<String>) -> Model {
    let mut input = Input::new("harbour.yaml", DOCUMENT);
    input.overlay = overlay.map(|it| Text::new("harbour.overlay.toml", it));
    let outcome = tamarack::read(&input);
    let titles: Vec<_> = outcome.diagnostics.open.iter().map(|it| it.title.clone()).collect();
    outcome.model.unwrap_or_else(|| panic!("{titles:?}"))
}

#[test]
fn pages_have_a_row() {
    const TOKEN: &str = "by = 'token'; parameter = 'cursor'; next = '/next'; items = '/ships'";
    let with = |entry: &str| {
        let said = entry.replace("; ", "\n");
        model(Some(format!(
            "[[pagination]]\nat = '#/paths/~1ships/get'\nreason = 'documented'\n{said}\n"
        )))
    };
    for (old, new, expected) in [
        (model(None), with(TOKEN), Some(("pagination-added", Rust::Minor))),
        (with(TOKEN), model(None), Some(("pagination-removed", Rust::Major))),
        (
            with(TOKEN),
            with(&TOKEN.replace("'/ships'", "'/others'")),
            Some(("pagination-changed", Rust::Patch)),
        ),
        (
            with(TOKEN),
            with(&TOKEN.replace("'/next'", "'/other'")),
            Some(("pagination-changed", Rust::Patch)),
        ),
        (
            with(TOKEN),
            with(&TOKEN.replace("'/ships'", "'/flags'")),
            Some(("pagination-changed", Rust::Major)),
        ),
        (
            with(TOKEN),
            with(&TOKEN.replace("parameter = 'cursor'", "parameter = 'page'")),
            Some(("pagination-changed", Rust::Major)),
        ),
        (with(TOKEN), with(TOKEN), None),
    ] {
        let rows = diff::compare(&old, &new).findings;
        let rows: Vec<_> = rows.iter().map(|it| (it.kind.id(), it.verdict.rust)).collect();
        assert_eq!(rows, Vec::from_iter(expected));
    }
}

#[test]
fn retries_have_a_row() {
    let with = |said: &str| {
        model(Some(format!(
            "[[retry]]\nat = '#/paths/~1ships/post'\nreason = 'documented'\n{said}\n"
        )))
    };
    for (old, new, expected) in [
        ("statuses = [409]", "statuses = [423]", Some(("409", "423"))),
        (
            "statuses = [409]",
            "statuses = [409]\nidempotent = true",
            Some(("409", "409, idempotent: true")),
        ),
        (
            "idempotency-header = 'X-A'",
            "idempotency-header = 'X-B'",
            Some(("key in x-a", "key in x-b")),
        ),
        ("statuses = [409]", "statuses = [409]", None),
    ] {
        let rows = diff::compare(&with(old), &with(new)).findings;
        let rows: Vec<_> = rows
            .iter()
            .map(|it| {
                (it.kind.id(), it.old.value.as_deref(), it.new.value.as_deref(), it.verdict.rust)
            })
            .collect();
        let expected =
            expected.map(|(was, is)| ("retries-changed", Some(was), Some(is), Rust::Patch));
        assert_eq!(rows, Vec::from_iter(expected));
    }
}

#[test]
fn what_moves_into_another_file_has_no_row() {
    let (own, components) = DOCUMENT.split_once("\ncomponents:\n").expect("it has components");
    let own = own.replace("'#/components", "'parts.yaml#/components");
    let parts = format!("components:\n{components}");
    let input = gather(Input::new("harbour.yaml", own), |path| {
        assert_eq!(path, "parts.yaml");
        Ok(parts.clone())
    });
    let moved = tamarack::read(&input).model.expect("a model");
    for (old, new) in [(&model(None), &moved), (&moved, &model(None))] {
        let rows = diff::compare(old, new).findings;
        assert!(rows.is_empty(), "{rows:#?}");
    }
}
