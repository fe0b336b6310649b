//! `[[pagination]]` of an overlay: each entry that does not fit is told why.

use tamarack::{Input, Model, Text};

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
      - {name: offset, in: query, required: true, schema: {type: integer}}
      - {name: tags, in: query, schema: {type: array, items: {type: string}}}
      - {name: access_token, in: query, schema: {type: string}}
      - {name: next, in: header, schema: {type: string}}
      responses:
        '200':
          description: Ships.
          content: {application/json: {schema: {$ref: '#/components/schemas/Page'}}}
  /several:
    get:
      operationId: list_several
      parameters: [{name: cursor, in: query, schema: {type: string}}]
      responses:
        '200': {description: A page., content: {application/json: {schema: {$ref: '#/components/schemas/Page'}}}}
        '206': {description: A list., content: {application/json: {schema: {$ref: '#/components/schemas/Endless'}}}}
  /text:
    get:
      operationId: list_text
      parameters: [{name: cursor, in: query, schema: {type: string}}]
      responses:
        '200': {description: A text., content: {text/plain: {schema: {type: string}}}}
  /endless:
    get:
      operationId: list_endless
      parameters: [{name: cursor, in: query, schema: {type: string}}]
      responses:
        '200': {description: A list., content: {application/json: {schema: {$ref: '#/components/schemas/Endless'}}}}
components:
  schemas:
    Endless: {type: array, items: {$ref: '#/components/schemas/Endless'}}
    Page:
      type: object
      properties:
        ships: {type: array, items: {$ref: '#/components/schemas/Ship'}}
        others: {type: array, items: {$ref: '#/components/schemas/Ship'}}
        flags: {type: array, items: {type: string}}
        by_name: {type: object, additionalProperties: {$ref: '#/components/schemas/Ship'}}
        next: {type: string}
        other: {type: string}
        'a/b~c': {type: string}
        number: {type: integer}
        more: {type: boolean}
        price: {type: number}
        password: {type: string}
        any: {}
    Ship:
      type: object
      properties: {id: {type: integer}, next: {type: string}}
";

fn overlay(entry: &str) -> String {
    let has_at = entry.contains("at = ");
    let at = if has_at { "" } else { "at = \"#/paths/~1ships/get\"\n" };
    format!("[[pagination]]\n{at}reason = \"none\"\n{}\n", entry.replace("; ", "\n"))
}

/// Returns the model with an entry, or why there is none.
fn read(entry: &str) -> Result<Model, String> {
    let mut input = Input::new("harbour.yaml", DOCUMENT);
    input.overlay = Some(Text::new("harbour.overlay.toml", overlay(entry)));
    let outcome = tamarack::read(&input);
    let titles: Vec<_> = outcome.diagnostics.open.iter().map(|it| it.title.clone()).collect();
    outcome.model.ok_or_else(|| titles.join("; "))
}

const TOKEN: &str = "by = 'token'; parameter = 'cursor'; items = '/ships'; next = '/next'";

#[test]
fn an_entry_that_fits_is_in_the_model() {
    for entry in [
        TOKEN,
        "by = 'token'; parameter = 'cursor'; items = '/ships'; next = '/a~1b~0c'",
        "by = 'token'; parameter = 'page'; items = '/ships'; next = '/next'",
        "by = 'token'; parameter = 'cursor'; items = '/ships'; next = '/number'",
        "by = 'last-item'; parameter = 'cursor'; items = '/ships'; next = '/id'; more = '/more'",
        "by = 'last-item'; parameter = 'cursor'; items = '/flags'; next = ''",
        "by = 'url'; parameter = 'cursor'; items = '/ships'; next = '/next'",
        "by = 'link'; parameter = 'page'; items = '/ships'",
        "by = 'page'; parameter = 'page'; items = '/ships'; first = 0",
        "by = 'offset'; parameter = 'page'; items = '/ships'",
        "by = 'offset'; parameter = 'offset'; items = '/ships'",
    ] {
        let model = read(entry).unwrap_or_else(|error| panic!("{entry}: {error}"));
        assert!(model.api.operations[0].pagination.is_some(), "{entry}");
    }
}

/// Entries that do not fit, each with what is said of it.
const MISFITS: &[(&str, &str)] = &[
    (
        "by = 'token'; parameter = 'tokn'; items = '/ships'; next = '/next'",
        "there is no query parameter `tokn`, only `cursor`, `page`",
    ),
    (
        "by = 'token'; parameter = 'next'; items = '/ships'; next = '/next'",
        "there is no query parameter `next`",
    ),
    (
        "by = 'token'; parameter = 'tags'; items = '/ships'; next = '/next'",
        "the parameter `tags` is neither a text nor an integer",
    ),
    (
        "by = 'token'; parameter = 'access_token'; items = '/ships'; next = '/next'",
        "the parameter `access_token` is a secret",
    ),
    (
        "by = 'token'; parameter = 'cursor'; items = 'ships'; next = '/next'",
        "`items = \"ships\"` is no JSON pointer",
    ),
    ("by = 'token'; parameter = 'cursor'; items = ''; next = '/next'", "the body is no list"),
    (
        "by = 'token'; parameter = 'cursor'; items = '/by_name'; next = '/next'",
        "`/by_name` is no list",
    ),
    (
        "by = 'token'; parameter = 'cursor'; items = '/gone'; next = '/next'",
        "nothing is declared at `/gone`",
    ),
    (
        "by = 'token'; parameter = 'cursor'; items = '/any/ships'; next = '/next'",
        "`/any` is no object with declared properties",
    ),
    ("by = 'token'; parameter = 'cursor'; items = '/ships'", "`by = \"token\"` needs `next`"),
    (
        "by = 'token'; parameter = 'cursor'; items = '/ships'; next = '/more'",
        "`/more` is neither a text nor an integer",
    ),
    (
        "by = 'token'; parameter = 'cursor'; items = '/ships'; next = '/price'",
        "`/price` is neither a text, an integer nor a boolean",
    ),
    (
        "by = 'token'; parameter = 'cursor'; items = '/ships'; next = '/password'",
        "`/password` is a secret",
    ),
    (
        "by = 'token'; parameter = 'cursor'; items = '/ships'; next = '/next'; first = 1",
        "`by = \"token\"` counts nothing",
    ),
    (
        "by = 'url'; parameter = 'cursor'; items = '/ships'; next = '/number'",
        "`/number` is no text",
    ),
    (
        "by = 'link'; parameter = 'cursor'; items = '/ships'; next = '/next'",
        "`by = \"link\"` has no `next`",
    ),
    (
        "by = 'last-item'; parameter = 'cursor'; items = '/flags'; next = '/id'",
        "there is no object to have `/id`",
    ),
    (
        "by = 'page'; parameter = 'page'; items = '/ships'",
        "the entry must say the number of the first page",
    ),
    (
        "by = 'page'; parameter = 'page'; items = '/ships'; first = -1",
        "-1 is no value of the parameter",
    ),
    (
        "by = 'page'; parameter = 'cursor'; items = '/ships'; first = 1",
        "only a parameter that is an integer can be counted",
    ),
    ("by = 'offset'; parameter = 'offset'; items = '/ships'; first = 1", "`first` is never used"),
    ("by = 'link'; parameter = 'page'; items = '/ships'; more = '/next'", "`/next` is no boolean"),
    (
        "at = '#/paths/~1several/get'; by = 'link'; parameter = 'cursor'; items = ''",
        "its successes have different bodies",
    ),
    (
        "at = '#/paths/~1text/get'; by = 'link'; parameter = 'cursor'; items = ''",
        "no success has JSON as its only body",
    ),
    (
        "at = '#/paths/~1endless/get'; by = 'link'; parameter = 'cursor'; items = ''",
        "the body is no list",
    ),
    (
        "at = '#/paths/~1gone/get'; by = 'link'; parameter = 'cursor'; items = ''",
        "matches no operation without one",
    ),
];

#[test]
fn an_entry_that_does_not_fit_is_told_why() {
    for (entry, expected) in MISFITS {
        let error = read(entry).map(|_| ()).expect_err(entry);
        assert!(error.contains(expected), "{entry}: {error}");
    }
}

#[test]
fn a_second_entry_for_an_operation_is_an_error() {
    let at = "at = '#/paths/~1ships/get'";
    let error = read(&format!("{at}; {TOKEN}\n{}", overlay(TOKEN))).expect_err("two entries");
    assert!(error.contains("matches no operation without one"), "{error}");
}
