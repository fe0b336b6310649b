//! Each rule on the smallest document that shows it, and on its nearest legal neighbour, which is silent.

use super::*;
use crate::{Input, Mode};

const V30: &str = "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\n";
const V31: &str = "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\n";

/// Returns what `tamarack check` says: code, place and title. What no code is
/// generated from is told by the ledger, whatever the rules find in it.
fn said(document: &str) -> Vec<String> {
    let outcome = crate::check(&Input::new("pets.yaml", document), Mode::Lenient);
    assert!(outcome.model.is_some(), "it is OpenAPI: {:#?}", outcome.diagnostics);
    let left_over = [codes::NOT_GENERATED, codes::KEYWORD];
    let said = outcome.diagnostics.open.iter().filter(|it| !left_over.contains(&it.code));
    said.map(|it| format!("{} {} {}", it.code.0, it.at, it.title)).collect()
}

/// Checks that a document has one finding, whose text begins with `wanted`,
/// and its neighbour none.
#[track_caller]
fn check(document: &str, wanted: &str, neighbour: &str) {
    let found = said(document);
    assert!(matches!(found.as_slice(), [one] if one.starts_with(wanted)), "{found:#?}");
    assert_eq!(said(neighbour), Vec::<String>::new());
}

/// Checks one schema called `A` of 3.0, and its neighbour.
#[track_caller]
fn check_schema(schema: &str, wanted: &str, neighbour: &str) {
    check_schema_of(V30, schema, wanted, neighbour);
}

#[track_caller]
fn check_schema_of(version: &str, schema: &str, wanted: &str, neighbour: &str) {
    let document = |schema: &str| {
        format!(
            "{version}paths: {{}}\ncomponents:\n  schemas:\n    A: {schema}\n    B: {{type: string, enum: [x, y]}}\n"
        )
    };
    check(&document(schema), &wanted.replace('^', "#/components/schemas/A"), &document(neighbour));
}

/// Returns a document with one operation, `members` among its properties.
fn operation(path: &str, members: &str) -> String {
    format!("{V30}paths:\n  '{path}':\n    get:\n      operationId: get\n{members}")
}

const DONE: &str = "      responses: {'204': {description: Done.}}\n";

mod documents;
mod schemas;
mod values;
