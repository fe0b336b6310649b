//! The keywords that lowering takes of a schema, by what it makes of it.

use super::constraints::{self, constraints};
use super::{Lowering, all_of, scalar};
use crate::api::{Constraints, IntegerWidth, Type};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::document::{AdditionalProperties, Schema};
use crate::pointer::Pointer;
use crate::resolve::Node;

impl Lowering<'_> {
    /// Takes keywords of a schema, or of all that it was merged from.
    pub(super) fn take(&mut self, view: &Schema, keywords: &[&str]) {
        self.ledger.take_of(view, keywords);
    }

    /// Takes the discriminator of a schema with all that it says.
    pub(super) fn take_discriminator(&mut self, view: &Schema) {
        self.take(view, &["discriminator"]);
        for at in self.ledger.places(view, "discriminator") {
            self.ledger.take(&at, &["propertyName", "mapping"]);
        }
    }

    /// Returns what a schema says about a value beyond its type.
    pub(super) fn constraints(&mut self, view: &Schema) -> Constraints {
        self.take(view, &constraints::keywords().collect::<Vec<_>>());
        if view.listed_texts().is_none() {
            self.take(view, &["enum"]);
        }
        constraints(view)
    }

    /// Returns whether a schema itself allows `null`.
    pub(super) fn allows_null(&mut self, schema: &Schema) -> bool {
        self.ledger.take(&schema.pointer, &["nullable"]);
        let resolved = self.resolved;
        let mut branches = schema.one_of.iter().chain(&schema.any_of);
        schema.data.nullable
            || schema.lists_null()
            || branches
                .any(|at| resolved.deref(at).is_some_and(|it| it.data.nullable || it.lists_null()))
    }

    /// Takes what a schema says of which another one says it all.
    pub(super) fn take_same(&mut self, view: &Schema, schema: &Schema, at: &Pointer) {
        self.ledger.take(&schema.pointer, &["allOf"]);
        self.take(view, &["allOf", "oneOf", "anyOf"]);
        // The values of an enum are strings, whether it says so or not.
        let of = all_of::view_at(at, self).and_then(|it| {
            let implied = it.listed_texts().map(|_| "string");
            Some(it.keywords.ty.as_deref().or(implied)?.to_owned())
        });
        let same_type = |ty: Option<&str>| ty.is_some() && ty == of.as_deref();
        if same_type(schema.keywords.ty.as_deref()) {
            self.take(view, &["type"]);
        }
        // Parts that say nothing but texts, and the same type, which refuses `null`.
        for part in schema.all_of.iter().chain(&schema.one_of).chain(&schema.any_of) {
            let is_type_of = |it: &Schema| same_type(it.keywords.ty.as_deref());
            let has_type = matches!(self.resolved.schema(part), Node::Schema(it) if is_type_of(it));
            self.ledger.take(part, if has_type { &["type"] } else { &[] });
        }
    }

    /// Takes what the type of a scalar says. A format that names neither a width of its own
    /// nor strings is left over; that a number is whole is what its format says.
    pub(super) fn take_scalar(&mut self, view: &Schema, ty: &Type) {
        let is_narrowed =
            matches!(ty, Type::Integer(_)) && view.keywords.ty.as_deref() == Some("number");
        let is_width = matches!(
            view.keywords.format.as_deref(),
            Some("int32" | "uint32" | "uint64" | "float")
        );
        let is_held = match ty {
            Type::Integer(_) | Type::Number(_) => is_width || is_narrowed,
            _ => matches!(ty, Type::String(_)),
        };
        if is_held {
            self.take(view, &["format"]);
        }
        self.take(view, &["type"]);
        if let Type::Integer(width) = ty {
            self.report_unheld(view, *width);
        }
        if is_narrowed {
            for at in self.ledger.places(view, "type") {
                self.ledger.keep(at);
            }
        }
    }

    /// Reports the bounds that lie beyond the integers of a type: what is between is not read.
    fn report_unheld(&mut self, view: &Schema, width: IntegerWidth) {
        for keyword in scalar::unheld_bounds(view, width) {
            for at in self.ledger.places(view, keyword) {
                let title = format!("`{keyword}` lies beyond the integers of {}", width.bits());
                let diagnostic = Diagnostic::warning(codes::KEYWORD, at, title)
                    .label("no value beyond them is read or sent")
                    .help("a bound within them, or `type: number` where integers are that large");
                self.sink.push(diagnostic);
            }
        }
    }

    /// Takes what a union of strings, numbers or booleans says, and its branches.
    pub(super) fn take_texts(&mut self, view: &Schema) {
        self.take(view, &["type", "oneOf", "anyOf"]);
        for branch in view.one_of.iter().chain(&view.any_of) {
            if let Some(branch) = all_of::view_at(branch, self) {
                self.take(&branch, &["type", "allOf"]);
                if branch.listed_texts().is_none() {
                    self.take(&branch, &["enum", "format"]);
                    // Strings of several formats are a string without one.
                    if branch.keywords.ty.as_deref() == Some("string") {
                        for at in self.ledger.places(&branch, "format") {
                            self.ledger.keep(at);
                        }
                    }
                }
            }
        }
    }

    /// Takes the discriminators of bases of which no value is ever sent or read:
    /// they choose among the schemas that extend them, which have types of their own.
    pub(super) fn take_unused_bases(&mut self) {
        let resolved = self.resolved;
        let unused: Vec<_> =
            self.components.iter().filter(|it| !self.used.contains(it.1)).collect();
        let schemas: Vec<_> = unused.iter().filter_map(|(at, _)| resolved.deref(at)).collect();
        let is_base = |it: &&Schema| it.one_of.is_empty() && it.any_of.is_empty();
        let bases = schemas.into_iter().filter(|it| it.data.discriminator.is_some());
        for schema in bases.filter(is_base) {
            self.take_discriminator(schema);
        }
    }

    /// Takes the keywords that the type of further properties expresses.
    pub(super) fn take_further(&mut self, view: &Schema) {
        let is_schema = matches!(view.additional, Some(AdditionalProperties::Schema(_)));
        if view.keywords.patterns_weakened {
            return;
        }
        self.take(view, &["additionalProperties"]);
        if is_schema {
            self.take(view, &["patternProperties"]);
            for at in self.ledger.places(view, "patternProperties") {
                self.ledger.settle(at);
            }
        }
    }
}
