//! Constraints that no value can meet.

use serde_yaml::Value;

use super::Findings;
use super::sites::{Site, Sites};
use super::types;
use crate::codes;
use crate::diagnostic::Diagnostic;

pub(super) fn check(sites: &Sites<'_>, acc: &mut Findings<'_>) {
    for site in sites.schemas() {
        for (least, most) in [
            ("minLength", "maxLength"),
            ("minItems", "maxItems"),
            ("minProperties", "maxProperties"),
        ] {
            let bound = |name: &str| site.members.get(name).and_then(Value::as_u64);
            if bound(least).zip(bound(most)).is_some_and(|(least, most)| least > most) {
                acc.push(empty(site, least, &format!("`{least}` is more than `{most}`")));
            }
        }
        if types::bounds(site.members).are_empty() {
            let names = ["minimum", "exclusiveMinimum"];
            let name = names.into_iter().find(|it| site.members.contains_key(*it));
            let title = "no number is within the bounds of the schema";
            acc.push(empty(site, name.unwrap_or("maximum"), title));
        }
        if site.members.get("enum").and_then(Value::as_sequence).is_some_and(Vec::is_empty) {
            acc.push(empty(site, "enum", "`enum` lists no value"));
        }
        if site.members.get("multipleOf").and_then(Value::as_f64).is_some_and(|it| it <= 0.0) {
            acc.push(empty(site, "multipleOf", "`multipleOf` is not above 0"));
        }
    }
}

fn empty(site: &Site<'_>, name: &str, title: &str) -> Diagnostic {
    Diagnostic::warning(codes::EMPTY_RANGE, site.at.child(name), title).label("no value fits")
}
