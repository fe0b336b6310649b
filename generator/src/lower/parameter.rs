//! The parameters of a path item and an operation in, those that can be sent out, in the order of the document.

pub(super) mod form;
mod nested;
mod style;
mod undeclared;

use std::collections::{BTreeMap, BTreeSet};

use super::Lowering;
use super::expression::{self, Declared, Template, Written};
use super::hoist::Home;
use super::operation::{CostsOperation, Parts, fragment_is_not_sent};
use super::path::TemplatePart;
use crate::api::{Docs, Location, Parameter, ParameterId, PathPart, Role, Style};
use crate::codes;
use crate::diagnostic::{Diagnostic, Loss};
use crate::document::{self, PathItem};
use crate::resolve::Node;

/// Lowers the parameters of an operation, and the path that holds some of them.
pub(super) fn lower_parameters(
    parts: &Parts<'_>,
    item: &PathItem,
    path: &[TemplatePart],
    acc: &mut Lowering<'_>,
) -> Result<(Vec<PathPart>, Vec<Parameter>), CostsOperation> {
    let mut lowered = Vec::new();
    let mut unsupported = BTreeSet::new();
    let merged = merged(item, parts, acc);
    let (template, mut supported) = match resolve(path, &merged, parts, acc) {
        Ok(template) => (template, true),
        // All others are looked at all the same.
        Err(CostsOperation) => (Template { parts: path.to_vec(), ..Template::default() }, false),
    };
    let names: BTreeSet<&str> = template.parts.iter().filter_map(named).collect();
    for parameter in merged {
        let (location, data) = (location(&parameter.data), parameter.data.parameter_data_ref());
        if location == Location::Header && data.name.eq_ignore_ascii_case("authorization") {
            acc.known.authorized.insert(parts.operation.pointer.clone());
        }
        if is_ignored_header(location, parameter, acc)
            || !is_in_template(location, parameter, &names, acc)
        {
            continue;
        }
        let written = template.written.get(&data.name).filter(|_| location == Location::Path);
        let written = written.cloned().unwrap_or_default();
        match lower_parameter(parameter, (location, &written), parts, acc) {
            Ok(parameter) => lowered.push(parameter),
            Err(reason) => {
                let required = data.required || location == Location::Path;
                supported &= !required;
                unsupported.insert(data.name.clone());
                let at = parameter.pointer.clone();
                if required {
                    // It is lost with each operation that has it, wherever it is written.
                    acc.ledger.settle(at.clone());
                }
                let loss = if required { parts.loss() } else { Loss::Part(at.clone()) };
                let title = format!("the parameter `{}` is not supported: {reason}", data.name);
                let label = format!("operation `{}`", parts.id);
                acc.sink
                    .push(Diagnostic::skipped(codes::PARAMETER, at, title).label(label).loss(loss));
            }
        }
    }
    if !supported {
        return Err(CostsOperation);
    }
    // One that is declared and not supported has been reported.
    undeclared::add(&mut lowered, &template, &unsupported, parts, acc);
    Ok((lower_path(&template.parts, &lowered), lowered))
}

/// Resolves what a path has in braces beside names, and says what it was read as.
fn resolve(
    path: &[TemplatePart],
    merged: &[&document::Parameter],
    parts: &Parts<'_>,
    acc: &mut Lowering<'_>,
) -> Result<Template, CostsOperation> {
    let names = |location_of_it: Location| {
        let all = merged.iter().filter(move |it| location(&it.data) == location_of_it);
        all.map(|it| it.data.parameter_data_ref().name.as_str()).collect()
    };
    let declared = Declared { path: names(Location::Path), query: names(Location::Query) };
    let at = &parts.operation.pointer;
    let label = format!("operation `{}`", parts.id);
    match expression::resolve(path, &declared) {
        Ok(template) => {
            for (text, meaning) in &template.read {
                let title = format!("`{{{text}}}` in the path is read as {meaning}");
                let diagnostic = Diagnostic::warning(codes::PATH_TEMPLATE, at.clone(), title);
                let help = "OpenAPI has names alone in the braces of a path";
                acc.sink.push(diagnostic.at_key().label(label.clone()).help(help));
            }
            if let Some(fragment) = &template.fragment {
                acc.sink.push(fragment_is_not_sent(fragment, at));
            }
            Ok(template)
        }
        Err(unread) => {
            let title =
                format!("`{{{}}}` in the path is not supported: {}", unread.text, unread.reason);
            let diagnostic = Diagnostic::skipped(codes::PATH_TEMPLATE, at.clone(), title);
            let help =
                "write `{name}` in the path, and declare what is in the query as a parameter";
            acc.sink.push(diagnostic.at_key().label(label).help(help).loss(parts.loss()));
            Err(CostsOperation)
        }
    }
}

/// Returns the parameters of the path item and the operation; of two with one
/// name and location the operation's wins, at the place of the first.
fn merged<'a>(
    item: &PathItem,
    parts: &Parts<'_>,
    acc: &mut Lowering<'a>,
) -> Vec<&'a document::Parameter> {
    let resolved = acc.resolved;
    let mut merged: Vec<&document::Parameter> = Vec::new();
    let mut known: BTreeMap<(Location, String), usize> = BTreeMap::new();
    for at in item.parameters.iter().chain(&parts.operation.parameters) {
        let Some(parameter) = resolved.parameter(at) else { continue };
        let location = location(&parameter.data);
        let name = parameter.data.parameter_data_ref().name.clone();
        // Header names are case-insensitive (RFC 9110 §5.1).
        acc.ledger.take(at, &[]);
        let name = if location == Location::Header { name.to_ascii_lowercase() } else { name };
        let index = *known.entry((location, name)).or_insert(merged.len());
        match merged.get_mut(index) {
            Some(earlier) => {
                // The winner takes its place.
                acc.ledger.settle(earlier.pointer.clone());
                *earlier = parameter;
            }
            None => merged.push(parameter),
        }
    }
    merged
}

pub(super) fn location(data: &openapiv3::Parameter) -> Location {
    match data {
        openapiv3::Parameter::Path { .. } => Location::Path,
        openapiv3::Parameter::Query { .. } => Location::Query,
        openapiv3::Parameter::Header { .. } => Location::Header,
        openapiv3::Parameter::Cookie { .. } => Location::Cookie,
    }
}

/// `Accept`, `Content-Type` and `Authorization` are not described by
/// parameters (OpenAPI 3.0.3 §4.7.12.1).
fn is_ignored_header(
    location: Location,
    parameter: &document::Parameter,
    acc: &mut Lowering<'_>,
) -> bool {
    let name = &parameter.data.parameter_data_ref().name;
    let reserved =
        ["accept", "content-type", "authorization"].contains(&name.to_ascii_lowercase().as_str());
    if reserved && location == Location::Header {
        let title = format!("the header parameter `{name}` is ignored, as OpenAPI says");
        acc.sink.push(Diagnostic::warning(codes::PARAMETER, parameter.pointer.clone(), title));
        acc.ledger.settle(parameter.pointer.clone());
    }
    reserved && location == Location::Header
}

/// Returns the name of a parameter of a path template.
fn named(part: &TemplatePart) -> Option<&str> {
    match part {
        TemplatePart::Parameter(name) => Some(name),
        TemplatePart::Literal(_) => None,
    }
}

/// Returns a path with the parameters that its template names; all of them are declared by now.
fn lower_path(template: &[TemplatePart], parameters: &[Parameter]) -> Vec<PathPart> {
    let named = |name: &str| {
        let is_it = |it: &Parameter| it.location == Location::Path && it.name == name;
        let index = parameters.iter().position(is_it);
        ParameterId(index.unwrap_or_else(|| unreachable!("`{name}` is declared where it is not")))
    };
    let part = |part: &TemplatePart| match part {
        TemplatePart::Literal(text) => PathPart::Literal(text.clone()),
        TemplatePart::Parameter(name) => PathPart::Parameter(named(name)),
    };
    template.iter().map(part).collect()
}

fn is_in_template(
    location: Location,
    parameter: &document::Parameter,
    template: &BTreeSet<&str>,
    acc: &mut Lowering<'_>,
) -> bool {
    let name = &parameter.data.parameter_data_ref().name;
    if location != Location::Path || template.contains(name.as_str()) {
        return true;
    }
    let title = format!("the path template has no `{{{name}}}` for the path parameter `{name}`");
    acc.sink.push(
        Diagnostic::warning(codes::PATH_PARAMETER, parameter.pointer.clone(), title)
            .label("ignored")
            .loss(Loss::Part(parameter.pointer.clone())),
    );
    false
}

/// Only values in a query are percent-encoded in this way (OpenAPI 3.0.4 §4.8.12.1.3), from 3.2 on also those in
/// a path (3.2.0 §4.12.2.2). In a path only a value and a list are sent so.
fn allows_reserved(parameter: &document::Parameter, style: Style, acc: &mut Lowering<'_>) -> bool {
    let is_said = match parameter.data {
        openapiv3::Parameter::Query { .. } => true,
        openapiv3::Parameter::Path { .. } => {
            let is_expanded = matches!(style, Style::Plain | Style::Comma);
            is_expanded && acc.resolved.document.openapi.starts_with("3.2")
        }
        openapiv3::Parameter::Header { .. } | openapiv3::Parameter::Cookie { .. } => false,
    };
    let is_said = is_said && parameter.content.is_empty();
    if is_said {
        acc.ledger.take(&parameter.pointer, &["allowReserved"]);
    }
    is_said && parameter.allow_reserved
}

fn lower_parameter(
    parameter: &document::Parameter,
    (location, written): (Location, &Written),
    parts: &Parts<'_>,
    acc: &mut Lowering<'_>,
) -> Result<Parameter, String> {
    let resolved = acc.resolved;
    let data = parameter.data.parameter_data_ref();
    let place = Home::of_part(&parameter.pointer, parts.number, Role::Parameter(data.name.clone()));
    acc.ledger.take(&parameter.pointer, &["name", "in", "description", "required", "deprecated"]);
    let (ty, style) = style::type_and_style(parameter, written, &place, acc)?;
    if written.reserved && !matches!(style, Style::Plain | Style::Comma) {
        return Err("only a value and a list can leave reserved characters".to_owned());
    }
    let required = data.required || location == Location::Path;
    let schema = parameter.schema.as_ref().and_then(|at| resolved.deref(at));
    let default = schema.and_then(|it| it.data.default.clone());
    let own = parameter.schema.as_ref().and_then(|at| match resolved.schema(at) {
        Node::Schema(schema) => Some(schema),
        Node::Ref(_) | Node::Broken => None,
    });
    acc.ledger.take(&parameter.pointer, &["example", "examples"]);
    if let Some(own) = own {
        acc.ledger.take(&own.pointer, &["title", "deprecated", "default"]);
        if data.description.is_none() {
            acc.ledger.take(&own.pointer, &["description"]);
        }
        if parameter.example.is_none() {
            acc.ledger.take(&own.pointer, &["example"]);
        }
    }
    Ok(Parameter {
        name: data.name.clone(),
        location,
        required,
        ty,
        style,
        allow_reserved: written.reserved || allows_reserved(parameter, style, acc),
        // Marked at the end, as `secret` is.
        fixed: false,
        docs: Docs {
            title: own.and_then(|it| it.data.title.clone()),
            description: data
                .description
                .clone()
                .or_else(|| own.and_then(|it| it.data.description.clone())),
        },
        default,
        example: parameter
            .example
            .clone()
            .or_else(|| schema.and_then(|it| it.data.example.clone())),
        deprecated: data.deprecated.unwrap_or_default() || own.is_some_and(|it| it.data.deprecated),
        // Marked at the end, with the properties.
        secret: None,
        left_over: Vec::new(),
        pointer: parameter.pointer.clone(),
    })
}
