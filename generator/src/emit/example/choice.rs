//! Chooses the operation of an example: one that reads, and whose arguments are short to write.

use proc_macro2::TokenStream;

use super::value;
use crate::plan::{Method, Module, PlannedOperation, Success};

/// An operation with the arguments that it is called with.
pub(super) struct Choice<'a> {
    pub(super) operation: &'a PlannedOperation,
    pub(super) arguments: Vec<TokenStream>,
    /// Whether one of them is a type of the document.
    pub(super) has_types: bool,
}

impl<'a> Choice<'a> {
    /// Returns the operation that is best shown first; `None` if none can be written in short.
    pub(super) fn of(module: &'a Module) -> Option<Self> {
        let choices = module.operations.iter().filter_map(|operation| {
            if operation.bundled || operation.deprecated {
                return None;
            }
            let values: Vec<_> = (operation.arguments.iter())
                .map(|it| value::of_argument(it, module))
                .collect::<Option<_>>()?;
            let weight: usize = values.iter().map(|it| it.weight).sum();
            let has_types = values.iter().any(|it| it.has_types);
            let arguments = values.into_iter().map(|it| it.tokens).collect();
            Some((weight, Self { operation, arguments, has_types }))
        });
        let best = choices.min_by_key(|(weight, it)| {
            let operation = it.operation;
            let is_stream =
                matches!(&operation.success, Success::One { body, .. } if body.is_streamed());
            (risk(operation.http_method), is_stream, *weight)
        });
        best.map(|(_, choice)| choice)
    }
}

/// How much a first call may change on the server.
fn risk(method: Method) -> usize {
    match method {
        Method::Get => 0,
        Method::Head | Method::Options | Method::Trace => 1,
        Method::Post => 2,
        Method::Put | Method::Patch => 3,
        Method::Delete => 4,
    }
}
