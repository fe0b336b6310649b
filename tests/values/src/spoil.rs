//! A valid value in, one that a newer server could send out: another property, another text, a `null`.

use serde_json::{Value, json};
use tamarack_reader::document::{Document, Node};

use crate::choices::Choices;
use crate::view::{Schemas, View};

/// A change, and the way to the value that it is made at.
#[derive(Clone, Debug)]
struct Change {
    way: Vec<Step>,
    what: What,
}

#[derive(Clone, Debug)]
enum Step {
    Key(String),
    Index(usize),
}

#[derive(Clone, Debug)]
enum What {
    /// A property that the document does not know.
    Further,
    /// An optional property is `null`.
    Null(String),
    /// A listed text is another one.
    Text,
}

/// Makes one random change that no response may be refused for; `None` where there is no place for one.
pub fn spoil(
    document: &Document,
    schema: &Node<'_>,
    value: &Value,
    choices: &mut Choices,
) -> Option<(String, Value)> {
    let mut all = Vec::new();
    find(document, schema.clone().into(), value, &mut Vec::new(), &mut all);
    let change = choices.pick(&all)?;
    let mut value = value.clone();
    let at = change.way.iter().try_fold(&mut value, |value, step| match step {
        Step::Key(key) => value.get_mut(key),
        Step::Index(index) => value.get_mut(index),
    })?;
    let what = match (&change.what, at) {
        (What::Further, Value::Object(members)) => {
            members.insert("unknown-to-the-document".to_owned(), json!({ "a": 1 }));
            "another property".to_owned()
        }
        (What::Null(key), Value::Object(members)) => {
            members.insert(key.clone(), Value::Null);
            format!("a null for `{key}`")
        }
        (What::Text, text) => {
            *text = "unknown to the document".into();
            "another text".to_owned()
        }
        _ => return None,
    };
    Some((what, value))
}

fn find(
    document: &Document,
    schemas: Schemas<'_>,
    value: &Value,
    way: &mut Vec<Step>,
    acc: &mut Vec<Change>,
) {
    let view = View::of(document, schemas);
    let mut add = |what: What| acc.push(Change { way: way.clone(), what });
    match value {
        Value::Object(members) => {
            if view.is_open() {
                add(What::Further);
            }
            for key in members.keys() {
                if !view.may_require(key) && !view.property(key).is_empty() && view.is_open() {
                    add(What::Null(key.clone()));
                }
            }
            for (key, value) in members {
                let below = view.property(key);
                if !below.is_empty() {
                    way.push(Step::Key(key.clone()));
                    find(document, below, value, way, acc);
                    way.pop();
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let below = view.item(index);
                if !below.is_empty() {
                    way.push(Step::Index(index));
                    find(document, below, item, way, acc);
                    way.pop();
                }
            }
        }
        Value::String(_) if view.lists_texts() => add(What::Text),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_change_is_one_that_a_newer_server_could_make() {
        let schema = "{required: [kind], properties: {kind: {enum: [a]}, note: {type: string}}}";
        let document = Document::read(schema).expect("the schema can be read");
        let value = json!({"kind": "a", "note": "n"});
        let mut choices = Choices::of(1);
        let mut met: Vec<String> = (0..50)
            .filter_map(|_| spoil(&document, &document.root(), &value, &mut choices))
            .map(|(_, value)| value.to_string())
            .collect();
        met.sort();
        met.dedup();
        let expected = [
            json!({"kind": "a", "note": "n", "unknown-to-the-document": {"a": 1}}),
            json!({"kind": "a", "note": null}),
            json!({"kind": "unknown to the document", "note": "n"}),
        ];
        assert_eq!(met, expected.map(|it| it.to_string()));
    }

    #[test]
    fn a_closed_object_gets_no_property() {
        let schema = "{properties: {n: {type: integer}}, additionalProperties: false}";
        let document = Document::read(schema).expect("the schema can be read");
        let spoilt = spoil(&document, &document.root(), &json!({"n": 1}), &mut Choices::of(1));
        assert_eq!(spoilt.map(|it| it.0), None);
    }
}
