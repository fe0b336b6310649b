//! An OpenAPI document in, the same tree with its schemas in JSON Schema 2020-12 out.
//!
//! OpenAPI 3.1 schemas are that already. In 3.0 (3.0.4 §4.7.24) `nullable` adds `null` to the types, an exclusive
//! bound is a flag beside the bound, and whatever stands beside `$ref` is ignored. Keywords are rewritten wherever
//! they stand: the tree is only read as schemas, so what looks like one in an example harms nothing.

use serde_json::{Map, Value, json};

use crate::families::with_children;

/// Returns the tree for a validator.
pub fn json_schema(root: &Value) -> Value {
    let is_3_0 = root["openapi"].as_str().is_some_and(|it| it.starts_with("3.0"));
    with_children(rewritten(root, is_3_0))
}

fn rewritten(value: &Value, is_3_0: bool) -> Value {
    match value {
        Value::Object(members) => {
            let members: Map<String, Value> = members
                .iter()
                .filter(|(key, value)| !is_of_the_validator(key, value))
                .map(|(key, value)| (key.clone(), rewritten(value, is_3_0)))
                .collect();
            object(members, is_3_0)
        }
        Value::Array(items) => items.iter().map(|it| rewritten(it, is_3_0)).collect(),
        other => other.clone(),
    }
}

/// Returns whether a keyword would name another resource or dialect, which a document is not.
fn is_of_the_validator(key: &str, value: &Value) -> bool {
    matches!(key, "$schema" | "$vocabulary") && value.is_string()
}

fn object(mut members: Map<String, Value>, is_3_0: bool) -> Value {
    if is_3_0 {
        if let Some(reference) = members.get("$ref").filter(|it| it.is_string()) {
            return json!({ "$ref": reference });
        }
        exclusive(&mut members, "exclusiveMinimum", "minimum");
        exclusive(&mut members, "exclusiveMaximum", "maximum");
        nullable(&mut members);
    }
    narrower(&mut members, "exclusiveMinimum", "minimum", |bound, exclusive| bound <= exclusive);
    narrower(&mut members, "exclusiveMaximum", "maximum", |bound, exclusive| bound >= exclusive);
    whole_numbers(members)
}

/// Leaves the narrower one of two bounds: a value beyond both violates one bound.
fn narrower(
    members: &mut Map<String, Value>,
    exclusive: &str,
    bound: &str,
    is_wider: fn(f64, f64) -> bool,
) {
    let number = |keyword: &str| members.get(keyword).and_then(Value::as_f64);
    if let Some((inclusive, other)) = number(bound).zip(number(exclusive)) {
        members.remove(if is_wider(inclusive, other) { bound } else { exclusive });
    }
}

/// `minimum: 1` beside `exclusiveMinimum: true` is `exclusiveMinimum: 1`.
fn exclusive(members: &mut Map<String, Value>, flag: &str, bound: &str) {
    let Some(Value::Bool(is_exclusive)) = members.get(flag).cloned() else { return };
    members.remove(flag);
    if is_exclusive && let Some(value) = members.remove(bound) {
        members.insert(flag.to_owned(), value);
    }
}

/// `nullable: true` counts beside `type` alone (3.0.4 §4.7.24.1), as does what Swagger 2.0 has for it.
fn nullable(members: &mut Map<String, Value>) {
    let is_nullable =
        members.get("nullable").or(members.get("x-nullable")) == Some(&Value::Bool(true));
    if let Some(Value::String(ty)) = members.get("type").filter(|_| is_nullable) {
        let both = json!([ty, "null"]);
        members.insert("type".to_owned(), both);
    }
}

/// The formats of integers are ranges (Format Registry: `int32` is a signed 32-bit integer).
fn whole_numbers(mut members: Map<String, Value>) -> Value {
    let range = match members.get("format").and_then(Value::as_str) {
        Some("int32") => json!({ "minimum": i32::MIN, "maximum": i32::MAX }),
        Some("int64") => json!({ "minimum": i64::MIN, "maximum": i64::MAX }),
        Some("uint32") => json!({ "minimum": 0, "maximum": u32::MAX }),
        Some("uint64") => json!({ "minimum": 0, "maximum": u64::MAX }),
        _ => return Value::Object(members),
    };
    match members.get_mut("allOf") {
        Some(Value::Array(parts)) => parts.push(range),
        Some(_) => {}
        None => {
            members.insert("allOf".to_owned(), json!([range]));
        }
    }
    Value::Object(members)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_3_0_spells_otherwise_is_rewritten() {
        let document = json!({"openapi": "3.0.3", "a": {
            "type": "integer", "nullable": true, "minimum": 1, "exclusiveMinimum": true,
        }});
        let expected =
            json!({"type": ["integer", "null"], "nullable": true, "exclusiveMinimum": 1});
        assert_eq!(json_schema(&document)["a"], expected);
    }

    #[test]
    fn a_flag_that_is_false_leaves_the_bound() {
        let document = json!({"openapi": "3.0.3", "a": {"maximum": 1, "exclusiveMaximum": false}});
        assert_eq!(json_schema(&document)["a"], json!({"maximum": 1}));
    }

    #[test]
    fn of_two_bounds_the_narrower_one_is_left() {
        let check = |minimum, exclusive, expected| {
            let schema = json!({"minimum": minimum, "exclusiveMinimum": exclusive});
            let document = json!({"openapi": "3.0.3", "a": schema});
            assert_eq!(json_schema(&document)["a"], expected);
        };
        check(0, 0, json!({"exclusiveMinimum": 0}));
        check(-1, 0, json!({"exclusiveMinimum": 0}));
        check(1, 0, json!({"minimum": 1}));
    }

    #[test]
    fn what_stands_beside_a_reference_counts_from_3_1_on() {
        let beside = json!({"$ref": "#/x", "type": "string"});
        let document = json!({"openapi": "3.0.3", "a": beside});
        assert_eq!(json_schema(&document)["a"], json!({"$ref": "#/x"}));
        let document = json!({"openapi": "3.1.0", "a": beside});
        assert_eq!(json_schema(&document)["a"], beside);
    }

    #[test]
    fn a_format_of_integers_is_a_range() {
        let document = json!({"openapi": "3.1.0", "a": {"type": "integer", "format": "uint32"}});
        assert_eq!(
            json_schema(&document)["a"]["allOf"],
            json!([{"minimum": 0, "maximum": u32::MAX}])
        );
    }
}
