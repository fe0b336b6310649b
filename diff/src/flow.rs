//! Compares the `clientCredentials` flows of a security scheme.

use tamarack::api::{Flow, SecurityScheme};

use super::at::At;
use super::documentation;
use super::kind::Kind;
use super::verdict::{Rust, Wire};
use super::walk::Walk;

/// Compares the flows of a scheme. A change affects only the request for a token, no other
/// request and no response.
pub(super) fn compare(walk: &mut Walk<'_>, at: &At, old: &SecurityScheme, new: &SecurityScheme) {
    let row = |name: &str, old: &Flow, new: &Flow| {
        let subject = format!("{} {name}", at.subject);
        At { subject, old: old.pointer.clone(), new: new.pointer.clone(), ..at.clone() }
    };
    let (old, new) = match (&old.client_credentials, &new.client_credentials) {
        (None, None) => return,
        (Some(old), Some(new)) => (old, new),
        (old, new) => {
            let Some(one) = new.as_ref().or(old.as_ref()) else { return };
            let change = row("flow", one, one).change(Kind::Unknown);
            let rust = if new.is_some() { Rust::Minor } else { Rust::Major };
            let mut change = change.wire(Wire::Unknown, Wire::None).rust(rust);
            let words = |it: &Flow| format!("`clientCredentials` with {}", it.token_url);
            change.old.value = old.as_ref().map(words);
            change.new.value = new.as_ref().map(words);
            return walk.push(change);
        }
    };
    for (name, was, is) in [
        ("token URL", Some(&old.token_url), Some(&new.token_url)),
        ("authentication", old.authentication.as_ref(), new.authentication.as_ref()),
    ] {
        if was != is {
            let change = row(name, old, new).change(Kind::Unknown);
            let mut change = change.wire(Wire::Unknown, Wire::None).rust(Rust::Patch);
            (change.old.value, change.new.value) = (was.cloned(), is.cloned());
            walk.push(change);
        }
    }
    compare_scopes(walk, &row("scopes", old, new), old, new);
}

/// A removed scope is a removed variant.
fn compare_scopes(walk: &mut Walk<'_>, at: &At, old: &Flow, new: &Flow) {
    let only = |of: &Flow, from: &Flow| {
        let is_known = |name: &str| from.scopes.iter().any(|it| it.name == name);
        let names = of.scopes.iter().map(|it| it.name.as_str()).filter(|it| !is_known(it));
        names.collect::<Vec<_>>().join(", ")
    };
    let (gone, come) = (only(old, new), only(new, old));
    if !gone.is_empty() || !come.is_empty() {
        let rust = if gone.is_empty() { Rust::Minor } else { Rust::Major };
        let mut change = at.change(Kind::Unknown).wire(Wire::Unknown, Wire::None).rust(rust);
        change.old.value = Some(gone).filter(|it| !it.is_empty());
        change.new.value = Some(come).filter(|it| !it.is_empty());
        walk.push(change);
    }
    for is in &new.scopes {
        if let Some(was) = old.scopes.iter().find(|it| it.name == is.name) {
            let at = At { old: was.pointer.clone(), new: is.pointer.clone(), ..at.clone() };
            let texts = (was.description.as_deref(), is.description.as_deref());
            documentation::compare_text(walk, &at, texts.0, texts.1);
        }
    }
}
