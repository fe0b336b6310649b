//! What the check changes of a tree, kept to be put back: later stages compare with the document as it was written.

use std::mem;

use serde_yaml::{Mapping, Value};

use crate::members;
use crate::pointer::Pointer;

/// The nodes that were changed, as they were before.
///
/// They take less time and memory than a copy of the document: few nodes are changed.
#[derive(Debug, Default)]
pub(super) struct Kept {
    changes: Vec<Change>,
    /// Whether the node that is checked is below one that was kept as a whole.
    is_below: bool,
}

#[derive(Debug)]
enum Change {
    /// A node was another one.
    Node(Pointer, Value),
    /// A map had more properties.
    Properties(Pointer, Vec<Lost>),
}

/// A property that was taken out of its map.
#[derive(Debug)]
struct Lost {
    /// Its position among the properties that the map had.
    index: usize,
    key: Value,
    value: Value,
}

/// The properties of a schema, none of which changes before the schema is kept.
#[derive(Debug)]
pub(super) struct Rewritten<'a> {
    members: &'a mut Mapping,
    at: &'a Pointer,
    kept: &'a mut Kept,
}

impl Kept {
    /// Keeps a node that is about to change. What changes below it needs not be kept, until
    /// [`leave`](Kept::leave).
    pub(super) fn node(&mut self, at: &Pointer, node: &Value) {
        self.keep(at, || node.clone());
    }

    fn keep(&mut self, at: &Pointer, node: impl FnOnce() -> Value) {
        if !self.is_below {
            self.changes.push(Change::Node(at.clone(), node()));
            self.is_below = true;
        }
    }

    /// Takes a node out of its list, and leaves a hole.
    pub(super) fn emptied(&mut self, at: &Pointer, node: &mut Value) {
        let was = mem::take(node);
        if !self.is_below {
            self.changes.push(Change::Node(at.clone(), was));
        }
    }

    /// Begins a node; what it returns is for [`leave`](Kept::leave).
    pub(super) fn enter(&self) -> bool {
        self.is_below
    }

    /// Ends a node.
    pub(super) fn leave(&mut self, entered: bool) {
        self.is_below = entered;
    }

    /// Takes out the properties that are not to stay, in order; the others can be changed.
    pub(super) fn retain(
        &mut self,
        members: &mut Mapping,
        at: &Pointer,
        mut stays: impl FnMut(&str, &mut Value, &mut Self) -> bool,
    ) {
        let mut lost = Vec::new();
        let mut n_seen = 0;
        members.retain(|key, node| {
            let index = n_seen;
            n_seen += 1;
            let stays = stays(key.as_str().unwrap_or_default(), node, self);
            if !stays && !self.is_below {
                lost.push(Lost { index, key: key.clone(), value: mem::take(node) });
            }
            stays
        });
        if !lost.is_empty() {
            self.changes.push(Change::Properties(at.clone(), lost));
        }
    }

    /// Returns a schema that is to be rewritten.
    pub(super) fn rewritten<'a>(
        &'a mut self,
        members: &'a mut Mapping,
        at: &'a Pointer,
    ) -> Rewritten<'a> {
        Rewritten { members, at, kept: self }
    }

    /// Makes the tree what it was.
    pub(super) fn put_back(self, tree: &mut Value) {
        // The last change is the first to go: what was below a node that went is below it again.
        for change in self.changes.into_iter().rev() {
            let (Change::Node(at, _) | Change::Properties(at, _)) = &change;
            let Some(node) = at.find_mut(tree) else {
                unreachable!("a node that was changed is where it was")
            };
            match (change, node) {
                (Change::Node(_, was), node) => *node = was,
                (Change::Properties(_, lost), Value::Mapping(members)) => put_back(lost, members),
                (Change::Properties(..), _) => unreachable!("what lost properties is a map"),
            }
        }
    }
}

fn put_back(lost: Vec<Lost>, members: &mut Mapping) {
    let n_members = members.len() + lost.len();
    let mut others = mem::take(members).into_iter();
    let mut lost = lost.into_iter().peekable();
    members.reserve(n_members);
    for index in 0..n_members {
        let (key, value) = match lost.next_if(|it| it.index == index) {
            Some(it) => (it.key, it.value),
            None => others.next().unwrap_or_else(|| unreachable!("the others stayed")),
        };
        members.insert(key, value);
    }
}

impl<'a> Rewritten<'a> {
    /// Returns the place of the schema.
    pub(super) fn at(&self) -> &'a Pointer {
        self.at
    }

    /// Returns the properties.
    pub(super) fn members(&self) -> &Mapping {
        self.members
    }

    /// Returns a property.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        members::get(self.members, name)
    }

    /// Returns a property that is a text.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str()
    }

    /// Returns the elements of a property that is a list.
    pub(super) fn list(&self, name: &str) -> Option<&[Value]> {
        self.get(name)?.as_sequence().map(Vec::as_slice)
    }

    /// Returns the properties, to be changed.
    pub(super) fn changed(&mut self) -> &mut Mapping {
        self.kept.keep(self.at, || Value::Mapping(self.members.clone()));
        self.members
    }
}

#[cfg(test)]
mod tests {
    use serde_yaml::Value;

    use super::super::read;
    use crate::diagnostic::Sink;

    /// The tree is compared as a text, since the order of properties counts.
    #[track_caller]
    fn check(document: &str) {
        let mut tree: Value = serde_yaml::from_str(document).expect("it is YAML");
        let shown = |tree: &Value| serde_yaml::to_string(tree).expect("it is a tree");
        let before = shown(&tree);
        read(&mut tree, &mut Sink::default()).expect("it is a document");
        assert_eq!(shown(&tree), before);
    }

    #[test]
    fn schemas_are_put_back() {
        for schema in [
            "true",
            "false",
            "null",
            "7",
            "{description: a, $ref: '#/components/schemas/B', x-a: 1, nullable: true}",
            "{x-a: 1, $ref: '#/components/schemas/B'}",
            "{a: 1, type: object, b: 2, c: 3, properties: {d: 4, e: {f: 5, type: string}, g: 6}, h: 7}",
            "{properties: {a: {type: [string, 'null'], enum: [1, a]}}, type: [object, 'null']}",
            "{type: [string, integer, bogus], minLength: 1, minimum: 1}",
            "{type: bogus}",
            "{type: STRING}",
            "{type: null}",
            "{oneOf: [{type: string}, {type: 'null'}], anyOf: [{const: null}]}",
            "{allOf: [1, {type: string, a: 1}, null, [], {allOf: [2]}]}",
            "{const: 1, enum: [1, 2], exclusiveMinimum: 1, minimum: 3, exclusiveMaximum: 9}",
            "{type: integer, minimum: 1.0, default: '1', examples: [1, 2]}",
            "{type: string, x-enum: [1, a, true], discriminator: b, required: true}",
            "{type: object, required: [a, null, 1, b], minProperties: '1', deprecated: 'yes'}",
            "{type: object, required: a}",
            "{type: object, properties: []}",
            "{items: {items: {items: {a: 1, type: [string, 'null']}, b: 1}}}",
        ] {
            let schemas = format!("{{A: {schema}, B: {{type: string}}}}");
            check(&format!("{{openapi: 3.1.0, components: {{schemas: {schemas}}}}}"));
        }
    }

    #[test]
    fn nodes_are_put_back() {
        let responses = "responses: {200: {description: a}}";
        for paths in [
            format!("{{/a: {{get: {{a: 1, {responses}, tags: [1, null, c]}}, x-b: 1, c: 1}}}}"),
            format!("{{$ref: a, /a: {{get: {{}}, put: {{{responses}}}}}, /b: 1, x-c: 1}}"),
            format!(
                "{{/a: {{get: {{{responses}, parameters: [1, {{}}, {{name: a, in: query}}]}}}}}}"
            ),
            format!("{{/a: {{get: {{{responses}, parameters: {{$ref: a}}, security: [1]}}}}}}"),
            format!("{{/a: {{get: {{{responses}, deprecated: 'true', servers: {{}}}}}}}}"),
        ] {
            check(&format!("{{a: 1, openapi: 3.0.3, info: {{title: 1}}, paths: {paths}, b: 2}}"));
        }
    }
}
