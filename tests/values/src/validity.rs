//! Decides by JSON Schema which values are valid for a schema of a document.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::fmt::{self, Write as _};
use std::rc::Rc;

use jsonschema::{Registry, Validator};
use serde_json::{Value, json};

use crate::dialect::json_schema;
use crate::rings::Rings;

/// Where the validator finds the document.
const DOCUMENT: &str = "https://document.invalid/openapi";

/// The schemas of a document, each compiled when it is first asked for.
pub struct Validity {
    registry: Registry<'static>,
    rings: RefCell<Rings>,
    compiled: RefCell<HashMap<String, Option<Rc<Validator>>>>,
    with_formats: bool,
}

impl fmt::Debug for Validity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Validity").finish_non_exhaustive()
    }
}

impl Validity {
    /// Reads the schemas of a document; the error says why the validator cannot.
    pub fn of(root: &Value) -> Result<Self, String> {
        let schemas = json_schema(root);
        let rings = RefCell::new(Rings::of(schemas.clone()));
        let registry = Registry::new()
            .add(DOCUMENT, schemas)
            .and_then(jsonschema::RegistryBuilder::prepare)
            .map_err(|error| error.to_string())?;
        Ok(Self { registry, rings, compiled: RefCell::default(), with_formats: false })
    }

    /// Takes a value for invalid that is not of its format.
    #[must_use]
    pub fn with_formats(self) -> Self {
        Self { with_formats: true, ..self }
    }

    /// Returns whether a value is valid for the schema at a pointer such as `#/components/schemas/Pet`; `None`
    /// where the validator does not understand the schema.
    pub fn is_valid(&self, at: &str, value: &Value) -> Option<bool> {
        Some(self.validator(at)?.is_valid(value))
    }

    /// Returns what the value violates, each with the pointer of the place and the keyword, which is `oneOf` or
    /// `anyOf` for whatever is wrong inside of branches.
    pub fn violations(&self, at: &str, value: &Value) -> Option<BTreeSet<(String, String)>> {
        let validator = self.validator(at)?;
        let errors = validator
            .iter_errors(value)
            .map(|it| (it.instance_path().as_str().to_owned(), it.kind().keyword().to_owned()));
        Some(errors.collect())
    }

    fn validator(&self, at: &str) -> Option<Rc<Validator>> {
        let known = self.compiled.borrow().get(at).cloned();
        known.unwrap_or_else(|| {
            let compiled = self.compile(at).map(Rc::new);
            self.compiled.borrow_mut().insert(at.to_owned(), compiled.clone());
            compiled
        })
    }

    fn compile(&self, at: &str) -> Option<Validator> {
        if self.rings.borrow_mut().reaches(at) {
            return None;
        }
        let schema = json!({ "$ref": format!("{DOCUMENT}{}", fragment(at)) });
        jsonschema::options()
            .with_draft(jsonschema::Draft::Draft202012)
            .with_registry(&self.registry)
            .should_validate_formats(self.with_formats)
            .offline()
            .build(&schema)
            .ok()
    }
}

/// Writes a pointer as the fragment of a URI (RFC 6901 §6).
fn fragment(pointer: &str) -> String {
    let mut acc = String::new();
    for byte in pointer.bytes() {
        match byte {
            b'#' if acc.is_empty() => acc.push('#'),
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'~' | b'-' | b'.' | b'_' | b'$' => {
                acc.push(char::from(byte));
            }
            other => {
                let _ = write!(acc, "%{other:02X}");
            }
        }
    }
    acc
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_of_a_document_is_asked_by_its_place() {
        let document = json!({
            "openapi": "3.0.3",
            "paths": {"/a b/{c}": {"x": {"$ref": "#/components/schemas/Pet"}}},
            "components": {"schemas": {
                "Pet": {"type": "object", "required": ["age"], "properties": {"age": {"$ref": "#/components/schemas/Age"}}},
                "Age": {"type": "integer", "nullable": true},
                "Lost": {"$ref": "#/components/schemas/Nowhere"},
            }},
        });
        let validity = Validity::of(&document).expect("the document can be read");
        let at = "#/paths/~1a b~1{c}/x";
        assert_eq!(validity.is_valid(at, &json!({"age": null})), Some(true));
        assert_eq!(validity.is_valid(at, &json!({"age": "old"})), Some(false));
        assert_eq!(validity.is_valid("#/components/schemas/Pet", &json!({})), Some(false));
        assert_eq!(validity.is_valid("#/components/schemas/Lost", &json!({})), None);
    }

    #[test]
    fn a_schema_that_is_defined_by_itself_is_not_judged() {
        let document = json!({"openapi": "3.1.0", "components": {"schemas": {
            "Base": {"oneOf": [{"$ref": "#/components/schemas/Child"}]},
            "Child": {"allOf": [{"$ref": "#/components/schemas/Base"}]},
            "Owner": {"properties": {"base": {"$ref": "#/components/schemas/Base"}}},
            "Tree": {"properties": {"left": {"$ref": "#/components/schemas/Tree"}}},
        }}});
        let validity = Validity::of(&document).expect("the document can be read");
        let judged =
            |name: &str| validity.is_valid(&format!("#/components/schemas/{name}"), &json!({}));
        assert_eq!(["Base", "Child", "Owner", "Tree"].map(judged), [None, None, None, Some(true)]);
    }
}
