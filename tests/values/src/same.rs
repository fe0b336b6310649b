//! A value and what came back of it in, what was lost on the way out.

use serde_json::{Number, Value};
use tamarack_reader::document::Document;

use crate::view::{Schemas, View};

/// What differs between a value and what came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// The place in the value, as a JSON pointer.
    pub path: String,
    /// What is lost.
    pub what: String,
    /// The places of the schemas that speak of the value there.
    pub schemas: Vec<String>,
}

/// Returns the first thing that is lost. Nothing is where a `null` is absent that may be absent, and where a
/// property is absent that no schema declares.
pub fn lost(
    document: &Document,
    schemas: Schemas<'_>,
    before: &Value,
    after: &Value,
) -> Option<Lost> {
    if before == after {
        return None;
    }
    let view = View::of(document, schemas);
    let here = |path: String, what: String| {
        let schemas = view.places().map(str::to_owned).collect();
        Some(Lost { path, what, schemas })
    };
    match (before, after) {
        (Value::Object(old), Value::Object(new)) => {
            for (key, value) in old {
                match new.get(key) {
                    Some(after) => {
                        if let Some(found) = lost(document, view.property(key), value, after) {
                            return Some(Lost { path: below(key, &found.path), ..found });
                        }
                    }
                    None if value.is_null() && !view.requires(key) => {}
                    None if view.declares(key) => {
                        return here(
                            below(key, ""),
                            format!("the property is gone, which is {value}"),
                        );
                    }
                    None => {}
                }
            }
            let added = new.iter().find(|(key, _)| !old.contains_key(*key));
            added.and_then(|(key, value)| here(below(key, ""), format!("{value} is added")))
        }
        (Value::Array(old), Value::Array(new)) if old.len() == new.len() => {
            let mut pairs = old.iter().zip(new).enumerate();
            pairs.find_map(|(index, (before, after))| {
                let found = lost(document, view.item(index), before, after)?;
                Some(Lost { path: below(&index.to_string(), &found.path), ..found })
            })
        }
        (Value::Number(old), Value::Number(new)) if is_same(old, new, view.is_single()) => None,
        _ => here(String::new(), format!("{before} is {after}")),
    }
}

fn below(key: &str, path: &str) -> String {
    format!("/{}{path}", key.replace('~', "~0").replace('/', "~1"))
}

/// Returns whether two numbers are one: JSON has one kind of them (RFC 8259 §6).
fn is_same(a: &Number, b: &Number, is_single: bool) -> bool {
    if let (Some(a), Some(b)) = (whole(a), whole(b)) {
        return a == b;
    }
    let (Some(a), Some(b)) = (a.as_f64(), b.as_f64()) else { return false };
    // `serde_json` reads long fractions to the last bit but one.
    let tolerance = if is_single { 1e-6 } else { 4.0 * f64::EPSILON };
    (a - b).abs() <= a.abs() * tolerance
}

/// Returns the integer that a number is, however it is written.
fn whole(number: &Number) -> Option<i128> {
    const MOST: f64 = 9_007_199_254_740_992.0;
    let exact = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
    exact.or_else(|| {
        let it = number.as_f64().filter(|it| it.fract() == 0.0 && it.abs() <= MOST)?;
        #[expect(clippy::cast_possible_truncation, reason = "it is below 2^53")]
        Some(it as i128)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(schema: &str, before: &Value, after: &Value) -> Option<String> {
        let document = Document::read(schema).expect("the schema can be read");
        lost(&document, document.root().into(), before, after).map(|it| it.path)
    }

    const PET: &str =
        "{required: [tag], properties: {name: {type: string}, tag: {nullable: true}}}";

    #[test]
    fn a_declared_property_may_not_be_lost() {
        assert_eq!(of(PET, &json!({"name": "a"}), &json!({})), Some("/name".to_owned()));
        assert_eq!(of(PET, &json!({"name": "a"}), &json!({"name": "b"})), Some("/name".to_owned()));
        assert_eq!(of(PET, &json!({}), &json!({"name": "b"})), Some("/name".to_owned()));
    }

    #[test]
    fn an_optional_null_and_an_undeclared_property_may() {
        assert_eq!(of(PET, &json!({"name": null, "other": 1}), &json!({})), None);
        assert_eq!(of(PET, &json!({"tag": null}), &json!({})), Some("/tag".to_owned()));
    }

    /// What one branch requires, another need not.
    #[test]
    fn a_null_that_another_branch_requires_may() {
        let pets = "{oneOf: [{properties: {tag: {properties: {a: {nullable: true}}}}}, \
                    {properties: {tag: {required: [a], properties: {a: {}}}}}]}";
        assert_eq!(of(pets, &json!({"tag": {"a": null}}), &json!({"tag": {}})), None);
    }

    #[test]
    fn what_is_free_is_kept() {
        assert_eq!(of("{type: object}", &json!({"a": 1}), &json!({})), Some("/a".to_owned()));
        let open = "{properties: {a: {}}, additionalProperties: true}";
        assert_eq!(of(open, &json!({"b": 1}), &json!({})), Some("/b".to_owned()));
    }

    #[test]
    fn a_number_is_one_however_it_is_written() {
        assert_eq!(of("{}", &json!(1.0), &json!(1)), None);
        assert_eq!(of("{}", &json!(1.5), &json!(1)), Some(String::new()));
        assert_eq!(of("{}", &json!(u64::MAX), &json!(u64::MAX - 1)), Some(String::new()));
    }
}
