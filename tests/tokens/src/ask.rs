//! A document in, a crate generated from it and a program that asks it for a token out.

use std::path::Path;

use tamarack::Files;
use tamarack_tests::programs::{Document, Programs, of_api};

use crate::server::{ID, SECRET};
use crate::table::Row;

/// Generates the crate of a document; returns the methods of its client that make token sources.
pub(crate) fn generate(
    programs: &Programs,
    row: &Row,
    corpora: &Path,
) -> Result<Vec<String>, String> {
    let document = Document { file: row.file, overlay: row.overlay };
    let files = programs.generate(&word(row), document, corpora)?;
    let methods = methods(&files);
    if let Some(method) = methods.first() {
        let written = programs.write(&word(row), &files, &main_rs(row, method));
        written.map_err(|error| error.to_string())?;
    }
    Ok(methods)
}

/// Returns the methods of the client that make token sources.
fn methods(files: &Files) -> Vec<String> {
    let mut acc = Vec::new();
    for text in files.values() {
        let names = text.split("pub fn ").skip(1).filter_map(|it| it.split_once('('));
        for (name, rest) in names {
            let head = rest.split('{').next().unwrap_or_default();
            if head.trim_end().ends_with("-> TokenSourceBuilder") {
                acc.push(name.to_owned());
            }
        }
    }
    acc
}

pub(crate) fn word(row: &Row) -> String {
    row.name.chars().map(|it| if it.is_ascii_alphanumeric() { it } else { '_' }).collect()
}

/// Writes the program, as a user of the crate would.
fn main_rs(row: &Row, method: &str) -> String {
    let asks = row.asks.unwrap_or_default();
    format!(
        "//! Asks for a token and prints it.\n\n\
         use tamarack_runtime::token::ClientCredentials;\n\
         use {api}::client::Client;\n\n\
         fn main() -> Result<(), Box<dyn std::error::Error>> {{\n    \
         let url = std::env::args().nth(1).ok_or(\"no URL\")?;\n    \
         let client = Client::builder().base_url(url.as_str()).blocking().build()?;\n    \
         let credentials = ClientCredentials::new({ID:?}, {SECRET:?});\n    \
         let source = client.{method}(credentials, {asks}).blocking().build()?;\n    \
         println!(\"{{}}\", source.token()?.expose());\n    \
         Ok(())\n}}\n",
        api = of_api(&word(row))
    )
}
