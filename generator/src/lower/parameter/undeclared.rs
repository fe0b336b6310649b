//! Declares the parameters that only a path template names, as strings.

use std::collections::BTreeSet;

use openapiv3::PathStyle;

use super::named;
use crate::api::{Constraints, Docs, Location, Parameter, Style, Type, TypeRef};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::lower::Lowering;
use crate::lower::expression::{Template, Written};
use crate::lower::operation::Parts;

/// Adds what the template names and nothing declares.
pub(super) fn add(
    lowered: &mut Vec<Parameter>,
    template: &Template,
    but: &BTreeSet<String>,
    parts: &Parts<'_>,
    acc: &mut Lowering<'_>,
) {
    let declared = lowered.iter().filter(|it| it.location == Location::Path);
    let mut declared: BTreeSet<String> = declared.map(|it| it.name.clone()).collect();
    for name in template.parts.iter().filter_map(named).filter(|it| !but.contains(*it)) {
        if declared.insert(name.to_owned()) {
            let written = template.written.get(name).cloned().unwrap_or_default();
            lowered.push(undeclared(name, (Location::Path, written), parts, acc));
        }
    }
    for name in &template.query {
        lowered.push(undeclared(name, (Location::Query, Written::default()), parts, acc));
    }
}

fn undeclared(
    name: &str,
    (location, written): (Location, Written),
    parts: &Parts<'_>,
    acc: &mut Lowering<'_>,
) -> Parameter {
    let at = parts.operation.pointer.clone();
    let place = if location == Location::Path { "path" } else { "query" };
    let title = format!("the {place} parameter `{name}` is not declared; it is read as a string");
    acc.sink.push(Diagnostic::warning(codes::PATH_PARAMETER, at.clone(), title).at_key());
    Parameter {
        name: name.to_owned(),
        location,
        // RFC 6570 §3.2.8: what has no value is left out of a query.
        required: location == Location::Path,
        ty: TypeRef {
            ty: Type::String(None),
            nullable: false,
            constraints: Constraints::default(),
        },
        style: match written.style {
            Some(PathStyle::Label) => Style::Label,
            Some(PathStyle::Matrix) => Style::Matrix,
            Some(PathStyle::Simple) | None => Style::Plain,
        },
        allow_reserved: written.reserved,
        fixed: false,
        docs: Docs::default(),
        default: None,
        example: None,
        deprecated: false,
        secret: None,
        left_over: Vec::new(),
        pointer: at,
    }
}
