//! A document in, its examples with the schemas that they are examples of out.

use tamarack_reader::document::{Document, Node};

/// An example.
#[derive(Clone, Debug)]
pub struct Site<'d> {
    /// The schema.
    pub schema: Node<'d>,
    /// The example.
    pub example: Node<'d>,
}

/// Returns the examples of JSON values: of media types, parameters, headers and schemas.
pub fn sites(document: &Document) -> Vec<Site<'_>> {
    let mut walk = Walk { document, acc: Vec::new() };
    walk.node(&document.root());
    walk.acc
}

struct Walk<'d> {
    document: &'d Document,
    acc: Vec<Site<'d>>,
}

impl<'d> Walk<'d> {
    /// Walks over an object of OpenAPI that is no schema.
    fn node(&mut self, node: &Node<'d>) {
        let is_components = node.at == "#/components";
        for (key, child) in node.members() {
            match key {
                "schema" | "itemSchema" => self.schema(&child),
                "schemas" if is_components => {
                    child.members().iter().for_each(|(_, it)| self.schema(it));
                }
                "content" => child.members().iter().for_each(|(name, it)| self.media(name, it)),
                "example" | "examples" | "default" | "extensions" => {}
                _ if key.starts_with("x-") => {}
                _ => self.node(&child),
            }
        }
        for index in 0..node.value.as_array().map_or(0, Vec::len) {
            node.index(index).iter().for_each(|it| self.node(it));
        }
        if node.text("in").is_some() {
            self.examples(node);
        }
    }

    fn media(&mut self, name: &str, node: &Node<'d>) {
        self.node(node);
        let essence = name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        if essence == "*/*" || essence.ends_with("/json") || essence.ends_with("+json") {
            self.examples(node);
        }
    }

    /// Adds the examples beside a schema.
    fn examples(&mut self, node: &Node<'d>) {
        let Some(schema) = node.get("schema") else { return };
        if let Some(example) = node.get("example") {
            self.acc.push(Site { schema: schema.clone(), example });
        }
        for (_, example) in node.map("examples") {
            let (example, _) = self.document.follow(&example);
            if let Some(example) = example.get("value").or_else(|| example.get("dataValue")) {
                self.acc.push(Site { schema: schema.clone(), example });
            }
        }
    }

    fn schema(&mut self, node: &Node<'d>) {
        if let Some(example) = node.get("example") {
            self.acc.push(Site { schema: node.clone(), example });
        }
        for example in node.list("examples") {
            self.acc.push(Site { schema: node.clone(), example });
        }
        for key in ["properties", "patternProperties", "$defs"] {
            node.map(key).iter().for_each(|(_, it)| self.schema(it));
        }
        for key in ["allOf", "oneOf", "anyOf", "prefixItems"] {
            node.list(key).iter().for_each(|it| self.schema(it));
        }
        for key in ["items", "additionalProperties", "then", "else"] {
            node.get(key).filter(|it| it.value.is_object()).iter().for_each(|it| self.schema(it));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_are_found_wherever_they_may_stand() {
        let document = Document::read(
            "openapi: 3.1.0
paths:
  /pets:
    post:
      parameters: [{name: q, in: query, schema: {type: string}, example: 1}]
      requestBody:
        content:
          application/json: {schema: {type: object}, examples: {a: {value: 2}, b: {$ref: '#/components/examples/b'}}}
          text/plain: {schema: {type: string}, example: none}
components:
  examples: {b: {value: 3}}
  schemas:
    Pet: {type: object, example: 4, properties: {example: {type: string, examples: [5]}}}
",
        );
        let document = document.expect("the document can be read");
        let mut found: Vec<_> =
            sites(&document).iter().filter_map(|it| it.example.value.as_i64()).collect();
        found.sort_unstable();
        assert_eq!(found, [1, 2, 3, 4, 5]);
    }
}
