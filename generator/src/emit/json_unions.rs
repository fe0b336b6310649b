//! Writes planned unions that are kept as JSON as `json_union!` items.

use std::fmt::Write as _;

use super::docs;
use super::format::Part;
use super::scope::Scope;
use super::types::more_derives;
use crate::plan::{PlannedJsonUnion, PlannedType};

/// Writes the struct with the method of each branch.
pub(super) fn emit(planned: &PlannedType, it: &PlannedJsonUnion, scope: &Scope<'_>) -> Part {
    let mut acc = format!("{}! {{\n", scope.name("json_union"));
    acc.push_str(&docs::comment(&planned.docs, "    "));
    let derived = if it.traits.partial_eq { "Clone, Debug, PartialEq" } else { "Clone, Debug" };
    let _ = writeln!(acc, "    #[derive({derived})]");
    if let Some(derive) = more_derives(planned) {
        let _ = writeln!(acc, "    #[{derive}]");
    }
    let how = match (it.traits.serialize, it.holds_secret) {
        (false, _) => " read only",
        (true, true) => " secret",
        (true, false) => "",
    };
    let _ = writeln!(acc, "    pub struct {}{how} {{", planned.ident);
    for branch in &it.branches {
        acc.push_str(&docs::comment(&branch.docs, "        "));
        let from = if branch.converts { " from" } else { "" };
        let _ = writeln!(acc, "        {}({}){from},", branch.method, scope.text(&branch.ty));
    }
    acc.push_str("    }\n}\n");
    Part::Text(acc)
}
