//! Security requirements with a scope that no flow of their scheme declares.

use std::collections::BTreeSet;

use serde_yaml::{Mapping, Value};

use super::Findings;
use super::sites::Sites;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::document::table::{OPENAPI, OPERATION};
use crate::nearest::nearest;
use crate::pointer::Pointer;

pub(super) fn check(sites: &Sites<'_>, acc: &mut Findings<'_>) {
    for site in sites.of(&OPENAPI).chain(sites.of(&OPERATION)) {
        let alternatives = site.members.get("security").and_then(Value::as_sequence);
        let at = site.at.child("security");
        for (index, alternative) in alternatives.into_iter().flatten().enumerate() {
            for (name, required) in alternative.as_mapping().into_iter().flatten() {
                let name = name.as_str().unwrap_or_default();
                let Some(declared) = declared(name, sites) else { continue };
                requirement(name, required, &declared, &at.index(index).child(name), acc);
            }
        }
    }
}

fn requirement(
    scheme: &str,
    required: &Value,
    declared: &BTreeSet<&str>,
    at: &Pointer,
    acc: &mut Findings<'_>,
) {
    for (index, scope) in required.as_sequence().into_iter().flatten().enumerate() {
        let Some(scope) = scope.as_str().filter(|it| !declared.contains(it)) else { continue };
        let title = format!("no flow of the scheme `{scheme}` declares the scope `{scope}`");
        let diagnostic = Diagnostic::warning(codes::UNKNOWN_SCOPE, at.index(index), title)
            .label("no such scope");
        acc.push(match nearest(scope, declared.iter().copied()) {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic,
        });
    }
}

/// Returns the scopes of an OAuth scheme; `None` for schemes of another type,
/// whose scopes are declared elsewhere or nowhere.
fn declared<'a>(name: &str, sites: &Sites<'a>) -> Option<BTreeSet<&'a str>> {
    let at = Pointer::root().join(&["components", "securitySchemes", name]);
    let scheme = sites.deref(sites.node(&at)?)?;
    if scheme.get("type")?.as_str()? != "oauth2" {
        return None;
    }
    let flows = scheme.get("flows")?.as_mapping().filter(|it| !it.is_empty())?;
    let scopes =
        flows.iter().filter(|(name, _)| !name.as_str().is_some_and(|it| it.starts_with("x-")));
    let mut acc = BTreeSet::new();
    for (_, flow) in scopes {
        // A flow without scopes is a finding of its own, and makes this one uncertain.
        let scopes: &Mapping = flow.get("scopes")?.as_mapping()?;
        acc.extend(scopes.keys().filter_map(Value::as_str));
    }
    Some(acc)
}
