//! Examples of media types, parameters and headers that do not match their schema.

use serde_yaml::{Mapping, Value};

use super::Findings;
use super::fits::unfit;
use super::sites::{Site, Sites};
use super::values::misfit;
use crate::document::table::{HEADER, MEDIA_TYPE, PARAMETER};
use crate::pointer::Pointer;

pub(super) fn check(sites: &Sites<'_>, acc: &mut Findings<'_>) {
    for site in sites.of(&MEDIA_TYPE).filter(|site| is_json(&site.at)) {
        values(site, sites, acc);
    }
    for site in sites.of(&PARAMETER).chain(sites.of(&HEADER)) {
        values(site, sites, acc);
    }
}

/// A string may be the written form of any other value: JSON in a media type,
/// `a,b` in a parameter.
fn values(site: &Site<'_>, sites: &Sites<'_>, acc: &mut Findings<'_>) {
    let Some(schema) = site.members.get("schema") else { return };
    let certain = |value: &&Value| !value.is_null() && !value.is_string();
    let one = site.members.get("example").map(|value| (value, site.at.child("example")));
    let several = site.members.get("examples").and_then(Value::as_mapping);
    let several = several.into_iter().flat_map(Mapping::iter).filter_map(|(name, example)| {
        // What is referred to is shared by several schemas.
        let at = site.at.join(&["examples", name.as_str()?, "value"]);
        Some((example.get("value")?, at))
    });
    for (value, at) in one.into_iter().chain(several).filter(|(value, _)| certain(value)) {
        if let Some(unfit) = unfit(value, schema, &at, sites) {
            acc.push(misfit("example", unfit));
        }
    }
}

/// Returns whether the media type that the place ends with is JSON.
fn is_json(at: &Pointer) -> bool {
    let media = at.tokens().pop().unwrap_or_default().to_ascii_lowercase();
    let essence = media.split(';').next().unwrap_or_default().trim();
    essence == "application/json" || essence.ends_with("+json")
}
