//! Keywords of another version of OpenAPI than the one the document names.

use std::ptr;

use serde_yaml::Value;

use super::Findings;
use super::sites::{Site, Sites, Version};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::document::table::{COMPONENTS, OPENAPI, Object, SCHEMA};

/// What 3.0 does not have.
const SINCE_31: &[(&Object, &[&str])] = &[
    (&OPENAPI, &["webhooks", "jsonSchemaDialect"]),
    (&COMPONENTS, &["pathItems"]),
    (
        &SCHEMA,
        &[
            "const", "examples", "$defs", "$id", "$anchor", "$dynamicRef", "$dynamicAnchor",
            "prefixItems", "contains", "minContains", "maxContains", "if", "then", "else",
            "dependentRequired", "dependentSchemas", "patternProperties", "propertyNames",
            "unevaluatedItems", "unevaluatedProperties", "contentEncoding", "contentMediaType",
            "contentSchema",
        ],
    ),
];

pub(super) fn check(sites: &Sites<'_>, acc: &mut Findings<'_>) {
    if sites.version == Version::V30 {
        for site in &sites.all {
            since_31(site, acc);
        }
    } else {
        for site in sites.schemas() {
            only_30(site, acc);
        }
    }
}

fn since_31(site: &Site<'_>, acc: &mut Findings<'_>) {
    let owned = SINCE_31.iter().find(|(object, _)| ptr::eq(*object, site.object));
    for name in owned.map(|(_, names)| *names).unwrap_or_default() {
        if site.members.contains_key(*name) {
            acc.push(of_31(site, name, &format!("`{name}`")));
        }
    }
    if !ptr::eq(site.object, &SCHEMA) {
        return;
    }
    match site.members.get("type") {
        Some(Value::Sequence(_)) => acc.push(of_31(site, "type", "a list of types")),
        Some(Value::String(name)) if name == "null" => {
            acc.push(of_31(site, "type", "the type `null`"));
        }
        _ => {}
    }
    for bound in ["exclusiveMinimum", "exclusiveMaximum"] {
        if site.members.get(bound).is_some_and(Value::is_number) {
            acc.push(of_31(site, bound, &format!("a number as `{bound}`")));
        }
    }
}

fn of_31(site: &Site<'_>, name: &str, what: &str) -> Diagnostic {
    let title = format!("OpenAPI 3.0 does not have {what}; 3.1 does");
    Diagnostic::warning(codes::OTHER_VERSION, site.at.child(name), title).at_key()
}

fn only_30(site: &Site<'_>, acc: &mut Findings<'_>) {
    if site.members.get("nullable").is_some_and(Value::is_bool) {
        let title = "OpenAPI 3.1 does not have `nullable`; 3.0 does";
        acc.push(
            Diagnostic::warning(codes::OTHER_VERSION, site.at.child("nullable"), title)
                .at_key()
                .help("add `'null'` to the list of types: `type: [string, 'null']`"),
        );
    }
    for (bound, sibling) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if site.members.get(bound).is_some_and(Value::is_bool) {
            let title = format!("OpenAPI 3.1 does not have a boolean `{bound}`; 3.0 does");
            acc.push(
                Diagnostic::warning(codes::OTHER_VERSION, site.at.child(bound), title)
                    .at_key()
                    .help(format!("write the number of `{sibling}` there")),
            );
        }
    }
}
