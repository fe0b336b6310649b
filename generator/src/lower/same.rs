//! Two schemas in, whether they say the same on the wire out: docs, examples and `deprecated` do not count.

use std::collections::BTreeSet;

use crate::document::{AdditionalProperties, Keywords, Schema};
use crate::pointer::Pointer;
use crate::resolve::Resolved;

/// Returns whether two schemas have one shape. A reference and the inline
/// copy of what it points at are the same.
pub(super) fn same_shape(resolved: &Resolved, a: &Pointer, b: &Pointer) -> bool {
    Comparison { resolved, assumed: BTreeSet::new(), depth: 0 }.schemas(a, b)
}

const MAX_DEPTH: usize = 128;

struct Comparison<'a> {
    resolved: &'a Resolved,
    /// Pairs being compared; a recursive pair is equal unless something else differs.
    assumed: BTreeSet<(Pointer, Pointer)>,
    depth: usize,
}

impl Comparison<'_> {
    fn schemas(&mut self, a: &Pointer, b: &Pointer) -> bool {
        let (a, b) = (self.resolved.target(a), self.resolved.target(b));
        if a == b || !self.assumed.insert((a.clone(), b.clone())) {
            return true;
        }
        let (Some(a), Some(b)) = (self.resolved.deref(a), self.resolved.deref(b)) else {
            return false;
        };
        // Deeper than this no two schemas are worth telling equal; the stack ends somewhere.
        if self.depth > MAX_DEPTH || own(a) != own(b) || enums(a) != enums(b) {
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

/// Returns what a schema says by itself, with `required` as a set.
fn own(
    schema: &Schema,
) -> (Keywords, bool, bool, bool, Option<&openapiv3::Discriminator>, Option<&serde_json::Value>) {
    let mut keywords = schema.keywords.clone();
    keywords.required.sort_unstable();
    keywords.required.dedup();
    // Compared with the other spellings of the same.
    keywords.enumeration = None;
    let data = &schema.data;
    (
        keywords,
        data.nullable,
        data.read_only,
        data.write_only,
        data.discriminator.as_ref(),
        data.default.as_ref(),
    )
}

fn enums(schema: &Schema) -> Option<Vec<&serde_json::Value>> {
    let listed = schema.keywords.enumeration.as_ref();
    let extension = ["x-enum", "x-extensible-enum"]
        .iter()
        .find_map(|it| schema.data.extensions.get(*it)?.as_array());
    listed.or(extension).map(|it| it.iter().collect())
}
