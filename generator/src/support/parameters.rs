//! What comes of a parameter in each location, style and shape: a document is read for each.

use super::{Read, cell, codes_of, read};
use crate::diagnostic::Diagnostic;
use crate::input::Text;

/// The styles of each location (OpenAPI 3.2.0, "Style Values").
const STYLES: &[(&str, &[&str])] = &[
    ("path", &["simple", "label", "matrix"]),
    ("query", &["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
    ("header", &["simple"]),
    ("cookie", &["form", "cookie"]),
];

/// What a value is, and a schema for it.
pub(super) const SHAPES: [(&str, &str); 4] = [
    ("primitive", "{type: string}"),
    ("list", "{type: array, items: {type: string}}"),
    ("object", "{type: object, properties: {a: {type: string}}}"),
    (
        "object with objects",
        "{type: object, properties: {a: {type: object, properties: {b: {type: string}}}}}",
    ),
];

/// Returns the rows: location, style, `explode`, and what comes of each shape.
pub(super) fn rows() -> Vec<Vec<String>> {
    let mut acc = Vec::new();
    for (location, styles) in STYLES {
        for style in *styles {
            for explode in ["false", "true"] {
                let outcomes = SHAPES.map(|(_, schema)| outcome(location, style, explode, schema));
                let mut row =
                    vec![(*location).to_owned(), format!("`{style}`"), explode.to_owned()];
                row.extend(outcomes);
                acc.push(row);
            }
        }
    }
    acc
}

fn outcome(location: &str, style: &str, explode: &str, schema: &str) -> String {
    let path = if location == "path" { "/a/{p}" } else { "/a" };
    let text = format!(
        "openapi: 3.2.0\ninfo: {{title: t, version: '1'}}\npaths: {{'{path}': {{get: {{operationId: a, parameters: [{{name: p, in: {location}, required: true, style: {style}, explode: {explode}, schema: {schema}}}], responses: {{'204': {{description: d}}}}}}}}}}\n"
    );
    let Some(Read { api, diagnostics, .. }) = read(&Text::new("a.yaml", text)) else {
        unreachable!("the document is OpenAPI")
    };
    let about: Vec<Diagnostic> =
        diagnostics.into_iter().filter(|it| it.at.as_str().contains("/parameters")).collect();
    let is_sent = api.operations.first().is_some_and(|it| !it.parameters.is_empty());
    cell(Some(if is_sent { "sent" } else { "skipped" }), &codes_of(&about))
}
