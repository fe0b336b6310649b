//! A valid value in, values that each violate one keyword of a schema of theirs out.

use serde_json::{Map, Number, Value, json};
use tamarack_reader::document::{Document, Node};

use crate::view::{Schemas, View};

/// How many values are made of one.
const MOST: usize = 60;

/// Returns the value with one keyword violated, for each keyword at each place; each with words for the change.
pub fn broken(document: &Document, schema: &Node<'_>, value: &Value) -> Vec<(String, Value)> {
    let mut changes = Vec::new();
    find(document, schema.clone().into(), value, "", &mut changes);
    let with = |(pointer, keyword, changed): (String, &str, Value)| {
        let mut whole = value.clone();
        *whole.pointer_mut(&pointer)? = changed;
        Some((format!(" with another `{keyword}` at `{pointer}`"), whole))
    };
    changes.into_iter().take(MOST).filter_map(with).collect()
}

fn find(
    document: &Document,
    schemas: Schemas<'_>,
    value: &Value,
    pointer: &str,
    acc: &mut Vec<(String, &'static str, Value)>,
) {
    let view = View::of(document, schemas);
    let is_kept = keeps_further(&view);
    for schema in view.schemas() {
        let keywords = KEYWORDS.iter().filter(|it| is_kept || **it != "maxProperties");
        let changed = keywords.filter_map(|keyword| {
            let bound = schema.value.get(keyword)?;
            Some((pointer.to_owned(), *keyword, violating(keyword, bound, schema.value, value)?))
        });
        acc.extend(changed);
    }
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                let below = view.property(key);
                if !below.is_empty() {
                    let key = key.replace('~', "~0").replace('/', "~1");
                    find(document, below, value, &format!("{pointer}/{key}"), acc);
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let below = view.item(index);
                if !below.is_empty() {
                    find(document, below, item, &format!("{pointer}/{index}"), acc);
                }
            }
        }
        _ => {}
    }
}

/// Returns whether a type keeps properties that are not declared: one that drops them, as the book says, counts none.
fn keeps_further(view: &View<'_>) -> bool {
    let further =
        |it: &Node<'_>| it.value.get("additionalProperties").map(|it| *it != Value::Bool(false));
    let says: Vec<bool> = view.schemas().filter_map(further).collect();
    let declares = |it: &Node<'_>| it.value.get("properties").is_some();
    if says.is_empty() { !view.schemas().any(declares) } else { says.iter().all(|it| *it) }
}

/// The keywords that are compared, as they are written in a document.
const KEYWORDS: [&str; 14] = [
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "format",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
];

/// Returns a value that is not as the keyword demands, of the kind that this value has.
fn violating(keyword: &str, bound: &Value, schema: &Value, value: &Value) -> Option<Value> {
    let count = || bound.as_u64().and_then(|it| usize::try_from(it).ok()).filter(|it| *it < 10_000);
    match (keyword, value) {
        ("minimum", Value::Number(_)) => moved(bound, -1),
        ("maximum", Value::Number(_)) => moved(bound, 1),
        // In 3.0, a flag beside the bound.
        ("exclusiveMinimum", Value::Number(_)) if bound == &Value::Bool(true) => {
            schema.get("minimum").cloned()
        }
        ("exclusiveMaximum", Value::Number(_)) if bound == &Value::Bool(true) => {
            schema.get("maximum").cloned()
        }
        ("exclusiveMinimum" | "exclusiveMaximum", Value::Number(_)) => {
            bound.is_number().then(|| bound.clone())
        }
        ("multipleOf", Value::Number(_)) => match bound.as_i64() {
            Some(1) => None,
            Some(step) => Some(json!(step + 1)),
            None => bound.as_f64().map(|step| json!(step * 1.5)),
        },
        ("minLength", Value::String(text)) => {
            Some(text.chars().take(count()?.checked_sub(1)?).collect::<String>().into())
        }
        // Each character has several bytes, and several units of UTF-16.
        ("maxLength", Value::String(_)) => Some("\u{1f600}".repeat(count()? + 1).into()),
        ("pattern", Value::String(_)) => Some("\u{0}\u{1f600} no\n".into()),
        ("format", Value::String(_)) => Some("not of a format, with spaces".into()),
        ("minItems", Value::Array(items)) => {
            Some(items.iter().take(count()?.checked_sub(1)?).cloned().collect())
        }
        ("maxItems", Value::Array(items)) => {
            let first = items.first()?;
            Some(std::iter::repeat_n(first.clone(), count().filter(|it| *it < 200)? + 1).collect())
        }
        ("uniqueItems", Value::Array(items)) if bound == &Value::Bool(true) => {
            let first = items.first()?;
            Some(items.iter().chain([first]).cloned().collect())
        }
        ("minProperties", Value::Object(members)) => {
            let fewer = members.clone().into_iter().take(count()?.checked_sub(1)?);
            Some(fewer.collect::<Map<_, _>>().into())
        }
        ("maxProperties", Value::Object(members)) => {
            let further = members.values().next()?;
            let names = (0..=count().filter(|it| *it < 200)?).map(|it| format!("more-{it}"));
            let more = names.map(|name| (name, further.clone()));
            Some(members.clone().into_iter().chain(more).collect::<Map<_, _>>().into())
        }
        _ => None,
    }
}

/// Returns the bound, one further.
fn moved(bound: &Value, by: i8) -> Option<Value> {
    match (bound.as_i64(), bound.as_f64()) {
        (Some(it), _) => it.checked_add(by.into()).map(|it| Value::Number(Number::from(it))),
        (None, Some(it)) => Some(json!(it + f64::from(by))),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_keyword_at_each_place_is_violated_once() {
        let schema =
            "{properties: {n: {type: integer, minimum: 1, maximum: 3, exclusiveMaximum: true},
            t: {type: array, minItems: 1, items: {type: string, maxLength: 1}}}}";
        let document = Document::read(schema).expect("the schema can be read");
        let found = broken(&document, &document.root(), &json!({"n": 2, "t": ["a"]}));
        let found: Vec<_> = found.into_iter().map(|it| it.1).collect();
        let expected = [
            json!({"n": 0, "t": ["a"]}),
            json!({"n": 4, "t": ["a"]}),
            json!({"n": 3, "t": ["a"]}),
            json!({"n": 2, "t": []}),
            json!({"n": 2, "t": ["\u{1f600}\u{1f600}"]}),
        ];
        assert_eq!(found, expected);
    }
}
