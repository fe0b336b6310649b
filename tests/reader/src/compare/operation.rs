//! The operations of the document with those of the code.

use std::collections::BTreeSet;

use super::{Walk, counterpart};
use crate::difference::Fact;

impl Walk<'_> {
    /// Compares all operations.
    pub(super) fn operations(&mut self) {
        let mut met = BTreeSet::new();
        for declared in self.document.operations() {
            let places = [declared.node.at.clone()];
            let name = format!("{} {}", declared.method, declared.path);
            let found = counterpart(&declared, self.code).filter(|it| met.insert(it.name.clone()));
            let id = declared.id.filter(|id| {
                // An operation that is left out, and another one has its id.
                found.is_some() || !id.is_empty()
            });
            self.check(Fact::Operation, found.is_some(), &places, id, || {
                format!("`{name}` is no operation of the code")
            });
            let Some(operation) = found else { continue };
            if let Some(id) = declared.id {
                self.check(Fact::Operation, operation.id == id, &places, Some(id), || {
                    format!("`{id}` is called `{}`", operation.id)
                });
            }
            self.parameters(&declared, operation);
            self.request_body(&declared, operation);
            self.responses(&declared, operation);
            self.security(&declared, operation);
            self.servers_of(&declared, operation);
            self.destination(&declared, operation);
            self.content_types(&declared, operation);
        }
        for operation in &self.code.operations {
            if !met.contains(&operation.name) {
                self.check(Fact::Operation, false, &["#".to_owned()], None, || {
                    format!("`{} {}` is not declared", operation.method, operation.path)
                });
            }
        }
    }
}
