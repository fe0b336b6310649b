//! Checks JSON with a JSON schema.

use serde_json::Value;

/// What describes the report of a diff.
#[allow(dead_code, reason = "the tests of `check` describe other JSON")]
pub(crate) const DIFF: &str = include_str!("../../../docs/diff.schema.json");

/// Checks JSON with the keywords that the schema uses.
#[track_caller]
pub(crate) fn check(report: &Value, schema: &str) {
    let schema: Value = serde_json::from_str(schema).expect("a schema");
    let mut wrong = Vec::new();
    visit(report, &schema, &schema, "", &mut wrong);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn visit(value: &Value, schema: &Value, root: &Value, at: &str, wrong: &mut Vec<String>) {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = root.pointer(reference.trim_start_matches('#')).expect("a definition");
        visit(value, target, root, at, wrong);
    }
    let one_or_more = |it: &Value| it.as_array().cloned().unwrap_or_else(|| vec![it.clone()]);
    if let Some(types) = schema.get("type").map(one_or_more)
        && !types.iter().any(|it| is(value, it.as_str().unwrap_or_default()))
    {
        return wrong.push(format!("{at}: {value} is none of {types:?}"));
    }
    if let Some(values) = schema["enum"].as_array()
        && !values.contains(value)
    {
        wrong.push(format!("{at}: {value} is not listed"));
    }
    if let (Some(least), Some(number)) = (schema["minimum"].as_u64(), value.as_u64())
        && number < least
    {
        wrong.push(format!("{at}: {number} is below {least}"));
    }
    if let Some(object) = value.as_object() {
        let names = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
        wrong.extend(
            names.filter(|it| !object.contains_key(*it)).map(|it| format!("{at}: no `{it}`")),
        );
        if let Some(properties) = schema["properties"].as_object() {
            for (name, value) in object {
                match properties.get(name) {
                    Some(schema) => visit(value, schema, root, &format!("{at}/{name}"), wrong),
                    // The schema is meant to tell all there is.
                    None => wrong.push(format!("{at}: `{name}` is not described")),
                }
            }
        }
    }
    for (index, value) in value.as_array().into_iter().flatten().enumerate() {
        visit(value, &schema["items"], root, &format!("{at}/{index}"), wrong);
    }
}

fn is(value: &Value, ty: &str) -> bool {
    match ty {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64() || value.is_i64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("the schema has a type `{other}`"),
    }
}
