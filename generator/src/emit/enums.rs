//! Writes planned enums as `open_enum!` items.

use std::fmt::Write as _;

use proc_macro2::Literal;

use super::docs;
use super::format::Part;
use super::scope::Scope;
use crate::plan::{PlannedEnum, TypeIdent};

/// Writes an open enum; `derive` is an attribute.
pub(super) fn emit(
    ident: &TypeIdent,
    markdown: &str,
    derive: Option<String>,
    it: &PlannedEnum,
    scope: &Scope<'_>,
) -> Part {
    let mut acc = format!("{}! {{\n", scope.name("open_enum"));
    acc.push_str(&docs::comment(markdown, "    "));
    if let Some(derive) = derive {
        let _ = writeln!(acc, "    #[{derive}]");
    }
    let how = if it.ignore_case { " ignoring case" } else { "" };
    let _ = writeln!(acc, "    pub enum {ident}{how} {{");
    for variant in &it.variants {
        acc.push_str(&docs::comment(&variant.docs, "        "));
        let text = Literal::string(&variant.text);
        let _ = write!(acc, "        {} = {text}", variant.ident);
        if let Some(shown) = docs::shown(&variant.text) {
            let _ = write!(acc, " as {}", Literal::string(&shown));
        }
        acc.push_str(",\n");
    }
    acc.push_str("    }\n}\n");
    Part::Text(acc)
}
