//! Defaults, examples and enum values that do not match their schema.

use serde_yaml::{Mapping, Value};

use super::Findings;
use super::fits::{Unfit, unfit};
use super::sites::{OpenApiVersion, Site, Sites};
use super::types;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::document::table::SERVER_VARIABLE;

pub(super) fn check(sites: &Sites<'_>, acc: &mut Findings<'_>) {
    for site in sites.schemas() {
        listed_values(site, acc);
        let schema = Value::Mapping(without_values(site.members));
        let judge = |name: &str, value: &Value, at| {
            unfit(value, &schema, &at, sites).map(|unfit| misfit(name, unfit))
        };
        if let Some(default) = site.members.get("default") {
            acc.push_any(judge("default", default, site.at.child("default")));
        }
        if let Some(example) = site.members.get("example").filter(|it| is_certain(it, site.members))
        {
            acc.push_any(judge("example", example, site.at.child("example")));
        }
        let listed = site.members.get("examples").filter(|_| sites.version >= OpenApiVersion::V31);
        let at = site.at.child("examples");
        for (index, example) in
            listed.and_then(Value::as_sequence).into_iter().flatten().enumerate()
        {
            acc.push_any(judge("examples", example, at.index(index)));
        }
    }
    for site in sites.of(&SERVER_VARIABLE) {
        server_variable(site, acc);
    }
}

pub(super) fn misfit(name: &str, unfit: Unfit) -> Diagnostic {
    let title = format!("`{name}` does not fit its schema: {}", unfit.why);
    Diagnostic::warning(codes::VALUE_MISFIT, unfit.at, title)
}

/// An example of null says that there is none; a string may be the written
/// form of a list or a map (OpenAPI 3.0.3 §4.7.24).
fn is_certain(example: &Value, schema: &Mapping) -> bool {
    let is_scalar = || {
        let names = types::declared(schema).unwrap_or_default();
        !names.is_empty() && names.iter().all(|it| !["array", "object"].contains(it))
    };
    !example.is_null() && (!example.is_string() || is_scalar())
}

/// A value that is not of the type of its schema can never occur.
fn listed_values(site: &Site<'_>, acc: &mut Findings<'_>) {
    let Some(names) = types::declared(site.members) else { return };
    let listed = site.members.get("enum").and_then(Value::as_sequence);
    let misfits = |value: &Value| {
        let allowed = value.is_null() && site.members.get("nullable") == Some(&Value::Bool(true));
        !allowed && !names.iter().any(|ty| types::is_of(value, ty))
    };
    let at = site.at.child("enum");
    let listed = listed.map(Vec::as_slice).unwrap_or_default();
    if names == ["array"] && !listed.is_empty() && listed.iter().all(misfits) {
        let title = "`enum` lists values that are not lists, but the schema allows only lists";
        acc.push(
            Diagnostic::warning(codes::VALUE_MISFIT, at, title)
                .at_key()
                .help("to list the values of an item, put `enum` in `items`"),
        );
        return;
    }
    let mut misfits = listed.iter().enumerate().filter(|(_, value)| misfits(value));
    let Some((index, value)) = misfits.next() else { return };
    let found = types::kind_of(value);
    let wanted = names.iter().map(|ty| types::with_article(ty)).collect::<Vec<_>>().join(" or ");
    let title = format!("`enum` lists {found}, but the schema allows {wanted}");
    let diagnostic = Diagnostic::warning(codes::VALUE_MISFIT, at.index(index), title);
    // One slip is made for all values, or for one.
    acc.push(match misfits.count() {
        0 => diagnostic,
        n => {
            diagnostic.help(format!("the same is true of {n} more of its {} values", listed.len()))
        }
    });
}

fn server_variable(site: &Site<'_>, acc: &mut Findings<'_>) {
    let Some(listed) = site.members.get("enum").and_then(Value::as_sequence) else { return };
    let Some(default @ Value::String(text)) = site.members.get("default") else { return };
    if !listed.is_empty() && !listed.contains(default) {
        let title = format!("the default `{text}` is not one of the values of `enum`");
        acc.push(Diagnostic::warning(codes::VALUE_MISFIT, site.at.child("default"), title));
    }
}

/// Returns the schema as the judge of its own values.
fn without_values(members: &Mapping) -> Mapping {
    members
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), Some("default" | "example" | "examples")))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}
