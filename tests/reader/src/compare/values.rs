//! The values that a schema lists with those that the code lists: in an enum, or in the documentation.

use std::collections::BTreeSet;

use super::{Form, Walk};
use crate::difference::Fact;
use crate::document::schema::Schema;
use crate::rust::{Item, Type};

/// Unions inside of unions.
const MAX_DEPTH: usize = 4;

impl<'a> Walk<'a> {
    /// Compares the listed values. Those that are texts are variants of an enum; for others there is no
    /// type, and the documentation lists them.
    pub(super) fn values(&mut self, schema: &Schema<'a>, ty: &Type, form: Form, docs: &str) {
        let texts = self.texts_of(schema);
        let mut places = schema.places.clone();
        places.extend(schema.values.iter().flat_map(|it| it.at.iter().cloned()));
        if let Type::Named(id) = ty {
            match self.code.item(id) {
                Item::Enum(in_code) => {
                    let lost: BTreeSet<_> = texts.difference(in_code).collect();
                    self.check(Fact::Values, lost.is_empty(), &places, None, || {
                        format!("the code does not list {lost:?}")
                    });
                    let added: BTreeSet<_> = in_code.difference(&texts).collect();
                    self.check(Fact::Values, added.is_empty(), &places, None, || {
                        format!("{added:?} are listed in the code, and not in the schema")
                    });
                    return;
                }
                // The branches list values of their own.
                Item::Union { .. } | Item::Object { .. } => return,
                _ => {}
            }
        }
        if !texts.is_empty() {
            // Beside numbers a text has no type of its own; the documentation lists its values.
            let is_documented = || texts.iter().all(|it| docs.contains(&format!("`{it:?}`")));
            let holds = *ty == Type::Json || form == Form::Text && is_documented();
            self.check(Fact::Values, holds, &places, None, || {
                format!("no type lists the values {texts:?}")
            });
            return;
        }
        let values = schema.values.iter().flat_map(|it| &it.values);
        let lost: Vec<_> = values
            .filter(|it| !docs.contains(&format!("`{it}`")))
            .map(ToString::to_string)
            .collect();
        if schema.values.is_some() {
            self.check(Fact::Values, lost.is_empty(), &places, None, || {
                format!("nothing lists the values {lost:?}")
            });
        }
    }

    /// Returns the texts that a schema lists, or the branches of its union.
    pub(super) fn texts_of(&self, schema: &Schema<'a>) -> BTreeSet<String> {
        self.texts_within(schema, 0)
    }

    fn texts_within(&self, schema: &Schema<'a>, depth: usize) -> BTreeSet<String> {
        if let Some(texts) = schema.texts() {
            return texts;
        }
        if depth > MAX_DEPTH {
            return BTreeSet::new();
        }
        let branches = schema.unions.iter().flat_map(|it| self.branches(it));
        branches.flat_map(|it| self.texts_within(&self.settled(&[it]), depth + 1)).collect()
    }
}
