//! Reports keywords that do not apply to the type of their schema.

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::document::table::SCHEMA;
use crate::pointer::Pointer;

/// Says that a keyword constrains no value of a type; `None` when it can.
pub(crate) fn misplaced(at: &Pointer, keyword: &str, ty: &str) -> Option<Diagnostic> {
    let owners = SCHEMA.member(keyword)?.of;
    if owners.is_empty() || owners.contains(&ty) {
        return None;
    }
    let title = format!("`{keyword}` does not apply to {}", with_article(ty));
    let diagnostic = Diagnostic::warning(codes::MISPLACED_KEYWORD, at.clone(), title).at_key();
    Some(diagnostic.help(format!("it constrains {}", one_of(owners))))
}

/// Returns the names of types as a phrase: `a number or an integer`.
pub(crate) fn one_of(types: &[&str]) -> String {
    types.iter().map(|ty| with_article(ty)).collect::<Vec<_>>().join(" or ")
}

/// Returns a type with its article, in the words of messages about values.
pub(crate) fn with_article(ty: &str) -> &'static str {
    match ty {
        "string" => "a string",
        "number" => "a number",
        "integer" => "an integer",
        "boolean" => "a boolean",
        "array" => "a list",
        "object" => "a map",
        _ => "null",
    }
}
