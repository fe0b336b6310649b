//! Whether the document says of a property, a parameter or a header that it is a secret, and by which keyword.

use std::collections::BTreeSet;

use crate::document::{AdditionalProperties, SECRET_KEYWORDS, Schema};
use crate::lower::ledger::Ledger;
use crate::pointer::Pointer;
use crate::resolve::{Node, Resolved};

/// Looks for the keywords, and takes those that it finds.
pub(super) struct Declared<'l, 'a> {
    pub(super) resolved: &'a Resolved,
    pub(super) ledger: &'l mut Ledger<'a>,
}

impl Declared<'_, '_> {
    /// Returns the keyword by which the schema at a place says that its text is a secret: itself,
    /// what it refers to, a part of it, or the items and values of a list or map.
    pub(super) fn by_schema(&mut self, at: &Pointer) -> Option<&'static str> {
        let resolved = self.resolved;
        let mut open = vec![at];
        let mut seen = BTreeSet::new();
        let mut found = None;
        while let Some(at) = open.pop() {
            if !seen.insert(at) {
                continue;
            }
            match resolved.schema(at) {
                Node::Ref(target) => open.push(target),
                Node::Schema(schema) => {
                    found = found.or(self.by_node(schema));
                    open.extend(&schema.all_of);
                    open.extend(&schema.items);
                    if let Some(AdditionalProperties::Schema(at)) = &schema.additional {
                        open.push(at);
                    }
                }
                Node::Broken => {}
            }
        }
        found
    }

    fn by_node(&mut self, schema: &Schema) -> Option<&'static str> {
        let keyword = schema.secret_keyword()?;
        // Two of them say one thing.
        self.ledger.take(&schema.pointer, &SECRET_KEYWORDS);
        Some(keyword)
    }

    /// Returns the keyword by which the schema of a response header says so.
    pub(super) fn by_header(&mut self, at: &Pointer) -> Option<&'static str> {
        let schema = self.resolved.header(at)?.schema.as_ref()?;
        self.by_schema(schema)
    }

    /// Returns the keyword by which a parameter says so, itself or by its schema.
    pub(super) fn by_parameter(&mut self, at: &Pointer) -> Option<&'static str> {
        let parameter = self.resolved.parameter(at)?;
        let data = parameter.data.parameter_data_ref();
        let own = SECRET_KEYWORDS
            .into_iter()
            .find(|it| data.extensions.get(*it) == Some(&serde_json::Value::Bool(true)));
        if own.is_some() {
            self.ledger.take(&parameter.pointer, &SECRET_KEYWORDS);
        }
        let schemas = parameter.schema.iter();
        let contents = parameter.content.iter().filter_map(|(_, it)| it.schema.as_ref());
        schemas.chain(contents).fold(own, |acc, at| acc.or(self.by_schema(at)))
    }
}
