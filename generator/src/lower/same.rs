//! Compares two schemas, ignoring documentation, examples and `deprecated`.

use std::collections::{BTreeMap, BTreeSet};

use super::Lowering;
use crate::document::{AdditionalProperties, Schema};
use crate::pointer::Pointer;
use crate::resolve::Resolved;

/// What has been found out about pairs of schemas.
#[derive(Debug, Default)]
pub(super) struct Same {
    known: BTreeMap<(Pointer, Pointer), bool>,
    n_compared: usize,
}

impl Lowering<'_> {
    /// Returns whether two schemas have one shape. A reference and the inline
    /// copy of what it points at are the same.
    pub(super) fn same_shape(&mut self, a: &Pointer, b: &Pointer) -> bool {
        let (a, b) = (self.resolved.target(a), self.resolved.target(b));
        if a == b {
            return true;
        }
        let pair = (a.clone(), b.clone());
        if let Some(known) = self.same.known.get(&pair) {
            return *known;
        }
        let (resolved, known) = (self.resolved, &mut self.same);
        let mut comparison = Comparison { resolved, known, assumed: BTreeSet::new(), depth: 0 };
        let equal = comparison.schemas(a, b);
        let assumed = comparison.assumed;
        // What was assumed on the way to a difference may be wrong.
        if equal {
            self.same.known.extend(assumed.into_iter().map(|pair| (pair, true)));
        }
        self.same.known.insert(pair, equal);
        equal
    }
}

/// Deeper than this no two schemas are worth telling equal; the stack ends somewhere.
const MAX_DEPTH: usize = 128;

/// How many properties and listed values are compared in one document; beyond,
/// each schema has a type of its own.
const MOST_COMPARED: usize = 2_000_000;

struct Comparison<'a> {
    resolved: &'a Resolved,
    known: &'a mut Same,
    /// Pairs being compared; a recursive pair is equal unless something else differs.
    assumed: BTreeSet<(Pointer, Pointer)>,
    depth: usize,
}

impl Comparison<'_> {
    fn schemas(&mut self, a: &Pointer, b: &Pointer) -> bool {
        let (a, b) = (self.resolved.target(a), self.resolved.target(b));
        if a == b {
            return true;
        }
        let pair = (a.clone(), b.clone());
        if let Some(known) = self.known.known.get(&pair) {
            return *known;
        }
        if !self.assumed.insert(pair) {
            return true;
        }
        let (Some(a), Some(b)) = (self.resolved.deref(a), self.resolved.deref(b)) else {
            return false;
        };
        let listed = a.listed.as_ref().map_or(0, |it| it.values.len());
        self.known.n_compared += 1 + a.properties.len() + a.keywords.required.len() + listed;
        if self.depth > MAX_DEPTH
            || self.known.n_compared > MOST_COMPARED
            || own(a) != own(b)
            || values(a) != values(b)
        {
            return false;
        }
        self.depth += 1;
        let equal = self.members(a, b);
        self.depth -= 1;
        equal
    }

    fn members(&mut self, a: &Schema, b: &Schema) -> bool {
        a.properties.len() == b.properties.len()
            && a.properties
                .iter()
                .all(|(name, at)| b.properties.get(name).is_some_and(|it| self.schemas(at, it)))
            && self.additional(a.additional.as_ref(), b.additional.as_ref())
            && self.lists(a.items.as_slice(), b.items.as_slice())
            && a.json_content.is_some() == b.json_content.is_some()
            && self.lists(content(a), content(b))
            && self.lists(&a.all_of, &b.all_of)
            && self.lists(&a.one_of, &b.one_of)
            && self.lists(&a.any_of, &b.any_of)
    }

    fn additional(
        &mut self,
        a: Option<&AdditionalProperties>,
        b: Option<&AdditionalProperties>,
    ) -> bool {
        use AdditionalProperties::{Allowed, Denied, Schema};
        match (a, b) {
            (None, None) | (Some(Allowed), Some(Allowed)) | (Some(Denied), Some(Denied)) => true,
            (Some(Schema(a)), Some(Schema(b))) => self.schemas(a, b),
            _ => false,
        }
    }

    fn lists(&mut self, a: &[Pointer], b: &[Pointer]) -> bool {
        a.len() == b.len() && a.iter().zip(b).all(|(a, b)| self.schemas(a, b))
    }
}

/// Returns the schema of the JSON that a string holds.
fn content(schema: &Schema) -> &[Pointer] {
    schema.json_content.as_ref().map_or(&[], |it| it.schema.as_slice())
}

/// Returns what a schema says by itself, with `required` as a set.
fn own(schema: &Schema) -> impl PartialEq + '_ {
    let required: BTreeSet<&String> = schema.keywords.required.iter().collect();
    let data = &schema.data;
    (
        schema.keywords.without_required(),
        required,
        data.nullable,
        data.read_only,
        data.write_only,
        data.discriminator.as_ref(),
        data.default.as_ref(),
        schema.secret_keyword(),
    )
}

/// Returns the values that a schema lists, under whichever keyword.
fn values(schema: &Schema) -> Option<&[serde_json::Value]> {
    schema.listed.as_ref().map(|it| it.values.as_slice())
}
