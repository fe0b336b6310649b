//! Plans what the parameters and the body of an operation are checked for.

use super::{PlannedRule, Planner, report_use};
use crate::api::{Location, Operation, Style};
use crate::diagnostic::Sink;
use crate::name::ValueIdent;
use crate::plan::{Argument, PlannedOperation, RustType};

/// The rules of a field of an operation.
#[derive(Clone, Debug)]
pub struct ArgumentRules {
    /// The field.
    pub ident: ValueIdent,
    /// Where it is sent.
    pub place: ArgumentPlace,
    /// Its name on the wire.
    pub wire_name: String,
    /// What is checked.
    pub rules: Vec<PlannedRule>,
}

/// Where a field of an operation is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArgumentPlace {
    /// A parameter, at the location of this name.
    Parameter(&'static str),
    /// The body.
    Body,
}

impl Planner<'_> {
    /// Returns the rules of the fields of an operation: parameters first, the body last.
    pub(super) fn arguments(
        &self,
        it: &Operation,
        planned: &PlannedOperation,
    ) -> Vec<ArgumentRules> {
        let all = || planned.arguments.iter().chain(&planned.options);
        let parameters = it.parameters.iter().enumerate().filter_map(|(index, parameter)| {
            let is_it = |it: &&Argument| it.parameter.is_some_and(|it| it.0 == index);
            let rules = self.of_place(&parameter.ty)?;
            let argument = all().find(is_it)?;
            let place = ArgumentPlace::Parameter(match parameter.location {
                Location::Path => "path",
                Location::Query => "query",
                Location::Header => "header",
                Location::Cookie => "cookie",
            });
            Some(of(argument, place, rules))
        });
        let body = planned.body().zip(it.body.as_ref()).and_then(|(argument, body)| {
            let rules = self.of_place(&body.contents.first()?.ty)?;
            is_value(&argument.ty).then(|| of(argument, ArgumentPlace::Body, rules))
        });
        parameters.chain(body).collect()
    }
}

fn of(it: &Argument, place: ArgumentPlace, rules: Vec<PlannedRule>) -> ArgumentRules {
    ArgumentRules { ident: it.ident.clone(), place, wire_name: it.wire_name.clone(), rules }
}

/// Returns whether a body is one value: no stream, and no choice of several media types.
fn is_value(ty: &RustType) -> bool {
    !matches!(
        ty,
        RustType::RequestBody | RustType::JsonLines(_) | RustType::Media | RustType::Operation(_)
    )
}

/// Reports the patterns of parameters, and of a body without a type of its own, that are no expressions of ECMA-262.
pub(super) fn report(it: &Operation, sink: &mut Sink) {
    for content in it.body.iter().flat_map(|it| &it.contents).filter(|it| it.inline) {
        report_use(&content.ty, &content.pointer.join(&["schema"]), sink);
    }
    for parameter in &it.parameters {
        let schema = match parameter.style {
            // The media type that stands above the schema is not in the model.
            Style::Json => parameter.pointer.clone(),
            _ => parameter.pointer.join(&["schema"]),
        };
        report_use(&parameter.ty, &schema, sink);
    }
}
