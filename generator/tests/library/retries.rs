//! `[[retry]]` of an overlay: what it makes of an operation, and which entries do not fit.

use tamarack::{Input, Model, Text};

const DOCUMENT: &str = "
openapi: 3.0.4
info: {title: Harbour, version: '1'}
paths:
  /ships:
    get: {operationId: list_ships, responses: {'204': {description: Listed.}}}
    post:
      operationId: add_ship
      parameters:
      - {name: X-Number, in: header, schema: {type: integer}}
      - {name: X-Request-Id, in: header, schema: {type: string}}
      responses: {'204': {description: Added.}}
  /flags:
    get: {operationId: list_flags, responses: {'204': {description: Listed.}}}
";

const POST: &str = "#/paths/~1ships/post";
const GET: &str = "#/paths/~1ships/get";

/// Returns the model with entries of this place and these properties, or why there is none.
fn read(entries: &[(&str, &str)]) -> Result<Model, String> {
    let entry = |(at, said): &(&str, &str)| {
        format!("[[retry]]\nat = \"{at}\"\nreason = \"none\"\n{said}\n")
    };
    let mut input = Input::new("harbour.yaml", DOCUMENT);
    let overlay: String = entries.iter().map(entry).collect();
    input.overlay = Some(Text::new("harbour.overlay.toml", overlay));
    let outcome = tamarack::read(&input);
    let titles: Vec<_> = outcome.diagnostics.open.iter().map(|it| it.title.clone()).collect();
    outcome.model.ok_or_else(|| titles.join("; "))
}

/// Returns what each operation has, in the order of the document.
fn retries(entries: &[(&str, &str)]) -> Vec<(Vec<u16>, Option<String>, Option<bool>)> {
    let operations = read(entries).expect("the entries fit").api.operations;
    let retries = operations.into_iter().map(|it| it.retries);
    retries.map(|it| (it.statuses, it.key_header, it.idempotent)).collect()
}

#[test]
fn an_entry_is_about_all_operations_at_its_place_and_the_longest_one_wins() {
    let header = "idempotency-header = 'X-Request-Id'";
    let found = retries(&[
        (POST, "statuses = [409, 423, 409]"),
        ("#/paths", "statuses = [425, 503]\nidempotent = true"),
        ("#/paths/~1ships", header),
    ]);
    let key = Some("x-request-id".to_owned());
    assert_eq!(
        found,
        [
            (vec![425], key.clone(), None),
            (vec![409, 423], key, Some(true)),
            // Of a GET it says nothing new.
            (vec![425], None, None),
        ]
    );
    assert_eq!(retries(&[(GET, "idempotent = false")])[0].2, Some(false));
}

#[test]
fn an_entry_that_does_not_fit_is_told_why() {
    for (at, said, expected) in [
        (POST, "statuses = [200]", "200 is no status of an error"),
        (POST, "statuses = [600]", "600 is no status of an error"),
        (POST, "statuses = [429, 503]", "it says what is so without it"),
        (POST, "idempotent = false", "it says what is so without it"),
        (GET, "idempotent = true", "it says what is so without it"),
        (GET, "", "it says what is so without it"),
        (POST, "idempotency-header = 'X Request'", "`X Request` is no name of a header"),
        (POST, "idempotency-header = ''", "`` is no name of a header"),
        (POST, "idempotency-header = 'Authorization'", "`Authorization` is no name of a header"),
        (POST, "idempotency-header = 'x-number'", "the header `x-number` is no text"),
        ("#/paths/~1gone", "statuses = [409]", "matches no operation without one"),
        ("#/info", "statuses = [409]", "matches no operation without one"),
    ] {
        let error = read(&[(at, said)]).map(|_| ()).expect_err(said);
        assert!(error.contains(expected), "{said}: {error}");
    }
    let error = read(&[(POST, "statuses = [409]"), (POST, "statuses = [423]")]);
    assert!(error.expect_err("two").contains("matches no operation without one"));
}
