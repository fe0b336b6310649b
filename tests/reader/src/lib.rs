//! Documents and the code generated from them, read by themselves and compared: what differs must be said.
//!
//! Two readers that know nothing of the generator. [`document`] reads an OpenAPI document as a tree of JSON
//! values; [`rust`] reads generated files with `syn`. [`compare`] walks both at once, from the operations
//! along the types, and finds whatever one of them has and the other has not: parameters, media types,
//! responses, properties, listed values, `required`, `null`, security, servers. What differs must be told by
//! a diagnostic of the generator at that place ([`covered`]); of the generator only the files and the
//! diagnostics are taken ([`generated`]).

pub mod compare;
pub mod covered;
pub mod difference;
pub mod document;
pub mod generated;
pub mod judged;
pub mod place;
pub mod rust;
pub mod untyped;

use std::collections::BTreeMap;

use covered::Diagnostic;
use difference::Difference;
use document::Document;
use rust::Code;

/// What came of a document.
#[derive(Clone, Debug)]
pub struct Examined {
    /// What the comparison found.
    pub comparison: compare::Comparison,
    /// The differences that no diagnostic tells.
    pub uncovered: Vec<Difference>,
}

/// Compares a document with the files generated from it, and looks for a diagnostic for each difference.
/// The error says what could not be read.
pub fn examine(
    document: &str,
    files: &BTreeMap<String, String>,
    diagnostics: &[Diagnostic],
) -> Result<Examined, String> {
    let document = Document::read(document).map_err(|error| format!("the document: {error}"))?;
    let code = Code::read(files).map_err(|error| format!("the code: {error}"))?;
    let comparison = compare::compare(&document, &code);
    let is_uncovered = |it: &&Difference| !covered::is_covered(it, diagnostics);
    let uncovered = comparison.differences.iter().filter(is_uncovered).cloned().collect();
    Ok(Examined { comparison, uncovered })
}
