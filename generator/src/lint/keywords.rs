//! Keywords that do not apply to the type of their schema.

use super::Findings;
use super::sites::{Site, Sites};
use super::types;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::left_over::{misplaced, one_of, with_article};

/// The formats that are defined for values of some types alone.
const FORMATS: &[(&[&str], &[&str])] = &[
    (
        &["string"],
        &[
            "date",
            "date-time",
            "time",
            "email",
            "hostname",
            "ipv4",
            "ipv6",
            "uri",
            "uri-reference",
            "uuid",
            "byte",
            "binary",
            "regex",
            "json-pointer",
        ],
    ),
    (&["number"], &["float", "double"]),
    (&["number", "integer"], &["int32"]),
];

pub(super) fn check(sites: &Sites<'_>, acc: &mut Findings<'_>) {
    for site in sites.schemas() {
        let Some(ty) = types::only(site.members) else { continue };
        for name in site.members.keys().filter_map(|it| it.as_str()) {
            if says_something(site, name) {
                acc.push_any(misplaced(&site.at.child(name), name, ty));
            }
        }
        format(site, ty, acc);
    }
}

fn format(site: &Site<'_>, ty: &str, acc: &mut Findings<'_>) {
    let Some(format) = site.members.get("format").and_then(|it| it.as_str()) else { return };
    let owners = FORMATS.iter().find(|(_, formats)| formats.contains(&format));
    if let Some((owners, _)) = owners.filter(|(owners, _)| !owners.contains(&ty)) {
        let title = format!("the format `{format}` does not apply to {}", with_article(ty));
        acc.push(
            Diagnostic::warning(codes::MISPLACED_KEYWORD, site.at.child("format"), title)
                .help(format!("it is defined for {}", one_of(owners))),
        );
    }
}

/// `uniqueItems: false` and its like are what holds without them too.
fn says_something(site: &Site<'_>, keyword: &str) -> bool {
    site.members.get(keyword).is_some_and(|it| !it.is_null() && it.as_bool() != Some(false))
}
