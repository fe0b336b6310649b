//! Path templates that match the same requests.

use std::collections::BTreeMap;

use serde_yaml::Value;

use super::Findings;
use super::sites::Sites;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::pointer::Pointer;

/// OpenAPI 3.0.3 §4.7.8.1: templates that differ only in the names of their
/// parameters are identical, and must not both exist.
pub(super) fn check(sites: &Sites<'_>, acc: &mut Findings<'_>) {
    let paths = sites.tree.get("paths").and_then(Value::as_mapping);
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let at = Pointer::root().child("paths");
    for template in paths.into_iter().flat_map(|it| it.keys()).filter_map(Value::as_str) {
        if template.starts_with("x-") {
            continue;
        }
        let Some(shape) = shape(template) else { continue };
        if let Some(first) = seen.get(&shape) {
            let title = format!("`{template}` matches the same requests as `{first}`");
            acc.push(
                Diagnostic::warning(codes::SAME_PATH, at.child(template), title)
                    .at_key()
                    .label("only names of parameters differ")
                    .other(at.child(first), "first declared here"),
            );
        } else {
            seen.insert(shape, template);
        }
    }
}

/// Returns the template without the names of its parameters; `None` when a
/// brace is not closed.
fn shape(template: &str) -> Option<String> {
    let mut acc = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        acc.push_str(before);
        acc.push_str("{}");
        rest = after.split_once('}')?.1;
    }
    acc.push_str(rest);
    Some(acc)
}
