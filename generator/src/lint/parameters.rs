//! Parameters in `path` that are not required.

use super::Findings;
use super::sites::{Site, Sites};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::document::table::PARAMETER;

/// OpenAPI 3.0.3 §4.7.12.1: `required` of a path parameter must be `true`.
pub(super) fn check(sites: &Sites<'_>, acc: &mut Findings<'_>) {
    for site in sites.of(&PARAMETER) {
        let text = |name: &str| site.members.get(name).and_then(|it| it.as_str());
        if text("in") == Some("path") && !is_required(site) {
            let name = text("name").unwrap_or_default();
            let title = format!("the path parameter `{name}` is not `required: true`");
            acc.push(
                Diagnostic::warning(codes::PATH_PARAMETER, site.at.clone(), title).at_key().help(
                    "a path parameter is always required, and OpenAPI asks for `required: true`",
                ),
            );
        }
    }
}

/// Whether `"true"` is read as `true` is the concern of another message.
fn is_required(site: &Site<'_>) -> bool {
    site.members.get("required").is_some_and(|it| it.as_bool() != Some(false) && !it.is_null())
}
