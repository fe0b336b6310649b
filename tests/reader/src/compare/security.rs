//! The security requirements of an operation with the schemes that the code authorises with.

use std::collections::BTreeSet;
use std::slice;

use super::Walk;
use crate::difference::Fact;
use crate::document::operation::Operation as Declared;
use crate::place;
use crate::rust::{Operation, Scheme};

impl<'a> Walk<'a> {
    /// Compares the alternatives.
    pub(super) fn security(&mut self, declared: &Declared<'a>, operation: &Operation) {
        let in_code: Vec<BTreeSet<&str>> = operation
            .security
            .iter()
            .map(|it| it.iter().map(|it| it.name.as_str()).collect())
            .collect();
        let mut incomplete: Vec<BTreeSet<&str>> = Vec::new();
        for requirement in &declared.security {
            let schemes: BTreeSet<&str> = requirement.schemes.iter().copied().collect();
            // That nothing is needed can be said by no alternative at all.
            let holds = in_code.contains(&schemes) || schemes.is_empty() && in_code.is_empty();
            let in_place = requirement.schemes.iter().map(|it| place::child(&requirement.at, it));
            let of_schemes = requirement.schemes.iter().map(|it| scheme_at(it));
            let places: Vec<_> =
                std::iter::once(requirement.at.clone()).chain(in_place).chain(of_schemes).collect();
            self.check(Fact::Security, holds, &places, None, || {
                format!("{schemes:?} does not suffice in the code, only {in_code:?}")
            });
            if !holds {
                incomplete.push(schemes);
            }
        }
        let all: Vec<BTreeSet<&str>> =
            declared.security.iter().map(|it| it.schemes.iter().copied().collect()).collect();
        for schemes in &in_code {
            // What is left of an alternative that lost a scheme was told with it.
            let is_part = !schemes.is_empty() && incomplete.iter().any(|it| schemes.is_subset(it));
            let holds = all.contains(schemes) || is_part;
            self.check(Fact::Security, holds, slice::from_ref(&declared.node.at), None, || {
                format!("{schemes:?} suffices in the code, and is not declared")
            });
        }
        operation.security.iter().flatten().for_each(|it| self.scheme(it));
    }

    /// Compares how a credential is sent.
    fn scheme(&mut self, scheme: &Scheme) {
        let at = scheme_at(&scheme.name);
        let Some(node) = self.document.find(&at) else { return };
        let (node, places) = self.document.follow(&node);
        let (kind, sent_as) = match (node.text("type"), node.text("in")) {
            (Some("apiKey"), Some("header")) => {
                ("Header", node.text("name").map(str::to_ascii_lowercase))
            }
            (Some("apiKey"), Some("query")) => ("Query", node.text("name").map(str::to_owned)),
            (Some("apiKey"), Some("cookie")) => ("Cookie", node.text("name").map(str::to_owned)),
            (Some("http"), _) => {
                match node.text("scheme").map(str::to_ascii_lowercase).as_deref() {
                    Some("basic") => ("Basic", None),
                    Some("bearer") => ("Bearer", None),
                    _ => ("unknown", None),
                }
            }
            (Some("oauth2" | "openIdConnect"), _) => ("Bearer", None),
            _ => ("unknown", None),
        };
        let holds = scheme.kind == kind && scheme.sent_as == sent_as;
        self.check(Fact::Security, holds, &places, Some(&scheme.name), || {
            format!("the scheme `{}` is sent as {scheme:?}", scheme.name)
        });
    }
}

fn scheme_at(name: &str) -> String {
    place::child("#/components/securitySchemes", name)
}
