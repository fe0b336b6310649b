//! Properties that the specification requires but the generator does not need.

use serde_yaml::Value;

use super::Findings;
use super::sites::{OpenApiVersion, Site, Sites};
use super::types;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::document::table::{HEADER, OPERATION, Object, PARAMETER, RESPONSE, SCHEMA};

pub(super) fn check(sites: &Sites<'_>, acc: &mut Findings<'_>) {
    for site in &sites.all {
        // A reference with siblings: the rest is elsewhere.
        if site.members.contains_key("$ref") {
            continue;
        }
        for name in site.object.expected {
            if !site.members.contains_key(*name) && !is_optional(site.object, sites.version) {
                acc.push(missing(site, name));
            }
        }
        let is = |object: &'static Object| site.object.is(object);
        if is(&OPERATION)
            && sites.version == OpenApiVersion::V30
            && !site.members.contains_key("responses")
        {
            acc.push(missing(site, "responses"));
        }
        if (is(&PARAMETER) || is(&HEADER))
            && !site.members.contains_key("schema")
            && !site.members.contains_key("content")
        {
            let title = format!("the {} has neither `schema` nor `content`", site.object.title);
            acc.push(Diagnostic::warning(codes::MISSING_MEMBER, site.at.clone(), title).at_key());
        }
        if is(&SCHEMA) && sites.version == OpenApiVersion::V30 && is_array_of_nothing(site) {
            acc.push(missing(site, "items").help("`items: {}` allows anything"));
        }
    }
}

/// `description` of a response has been optional since 3.2.
fn is_optional(object: &'static Object, version: OpenApiVersion) -> bool {
    object.is(&RESPONSE) && version == OpenApiVersion::V32
}

fn missing(site: &Site<'_>, name: &str) -> Diagnostic {
    let title = format!("the {} has no `{name}`, which OpenAPI requires", site.object.title);
    Diagnostic::warning(codes::MISSING_MEMBER, site.at.clone(), title).at_key()
}

/// `items` may come from a branch of `allOf`.
fn is_array_of_nothing(site: &Site<'_>) -> bool {
    types::only(site.members) == Some("array")
        && ["items", "prefixItems", "allOf"].iter().all(|it| !site.members.contains_key(*it))
        && !site.members.get("enum").is_some_and(Value::is_sequence)
}
