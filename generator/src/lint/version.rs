//! Keywords of another version of OpenAPI than the document.

use serde_yaml::Value;

use super::Findings;
use super::sites::{OpenApiVersion, Site, Sites};
use crate::codes;
use crate::diagnostic::Diagnostic;

pub(super) fn check(sites: &Sites<'_>, acc: &mut Findings<'_>) {
    for site in &sites.all {
        let later_ones = site.object.members.iter().filter(|it| sites.version < it.since);
        for member in later_ones.filter(|it| site.members.contains_key(it.name)) {
            let since = if member.since == OpenApiVersion::V31 { "3.1" } else { "3.2" };
            acc.push(later(site, member.name, &format!("`{}`", member.name), since));
        }
    }
    for site in sites.schemas() {
        if sites.version == OpenApiVersion::V30 {
            spelled_as_in_31(site, acc);
        } else {
            spelled_as_in_30(site, acc);
        }
    }
}

fn spelled_as_in_31(site: &Site<'_>, acc: &mut Findings<'_>) {
    match site.members.get("type") {
        Some(Value::Sequence(_)) => acc.push(later(site, "type", "a list of types", "3.1")),
        Some(Value::String(name)) if name == "null" => {
            acc.push(later(site, "type", "the type `null`", "3.1"));
        }
        _ => {}
    }
    for bound in ["exclusiveMinimum", "exclusiveMaximum"] {
        if site.members.get(bound).is_some_and(Value::is_number) {
            acc.push(later(site, bound, &format!("a number as `{bound}`"), "3.1"));
        }
    }
}

fn later(site: &Site<'_>, name: &str, what: &str, since: &str) -> Diagnostic {
    let title = format!("{what} exists only since OpenAPI {since}");
    Diagnostic::warning(codes::OTHER_VERSION, site.at.child(name), title).at_key()
}

fn spelled_as_in_30(site: &Site<'_>, acc: &mut Findings<'_>) {
    if site.members.get("nullable").is_some_and(Value::is_bool) {
        let title = "`nullable` exists only in OpenAPI 3.0";
        acc.push(
            Diagnostic::warning(codes::OTHER_VERSION, site.at.child("nullable"), title)
                .at_key()
                .help("add `'null'` to the list of types: `type: [string, 'null']`"),
        );
    }
    for (bound, sibling) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if site.members.get(bound).is_some_and(Value::is_bool) {
            let title = format!("a boolean `{bound}` exists only in OpenAPI 3.0");
            acc.push(
                Diagnostic::warning(codes::OTHER_VERSION, site.at.child(bound), title)
                    .at_key()
                    .help(format!("write the number of `{sibling}` there")),
            );
        }
    }
}
