//! The text of a document in, its tree of JSON values out.

use std::fmt;

use serde::de::{
    Deserialize, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_json::{Map, Number, Value};

/// Reads YAML, of which JSON is a part.
pub(super) fn read(text: &str) -> Result<Value, String> {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with('{')
        && let Ok(value) = serde_json::from_str(text)
    {
        return Ok(value);
    }
    let Tree(mut value) = serde_yaml::from_str(text).map_err(|error| error.to_string())?;
    merge(&mut value);
    Ok(value)
}

/// A value of YAML as JSON: keys are texts, tags are dropped, no number is too long.
struct Tree(Value);

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor).map(Self)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    #[expect(clippy::cast_precision_loss, reason = "such numbers stand in examples alone")]
    fn visit_i128<E>(self, value: i128) -> Result<Value, E> {
        Ok(Number::from_f64(value as f64).map_or(Value::Null, Value::Number))
    }

    #[expect(clippy::cast_precision_loss, reason = "such numbers stand in examples alone")]
    fn visit_u128<E>(self, value: u128) -> Result<Value, E> {
        Ok(Number::from_f64(value as f64).map_or(Value::Null, Value::Number))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut data: A) -> Result<Value, A::Error> {
        let mut acc = Vec::new();
        while let Some(Tree(element)) = data.next_element()? {
            acc.push(element);
        }
        Ok(Value::Array(acc))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut data: A) -> Result<Value, A::Error> {
        let mut acc = Map::new();
        while let Some(Tree(key)) = data.next_key()? {
            let key = match key {
                Value::String(text) => text,
                other => other.to_string(),
            };
            let Tree(value) = data.next_value()?;
            if acc.insert(key.clone(), value).is_some() {
                return Err(A::Error::custom(format_args!("the key `{key}` comes twice")));
            }
        }
        Ok(Value::Object(acc))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Value, A::Error> {
        let (Tree(_), contents) = data.variant()?;
        contents.newtype_variant().map(|Tree(value)| value)
    }
}

/// Puts what `<<` refers to in its place; a property of the map itself wins.
fn merge(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(merge),
        Value::Object(members) => {
            members.values_mut().for_each(merge);
            let sources = match members.remove("<<") {
                Some(Value::Array(list)) => list,
                other => other.into_iter().collect(),
            };
            for (key, value) in sources.into_iter().filter_map(object).flatten() {
                members.entry(key).or_insert(value);
            }
        }
        _ => {}
    }
}

fn object(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(members) => Some(members),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn yaml_is_read_as_json() {
        let text = "a: &a {200: x, b: !t [1, 106347997792363865062]}\nc: {<<: *a, b: ~}\n";
        let b = json!([1, 1.063_479_977_923_638_7e20]);
        let expected = json!({"a": {"200": "x", "b": b}, "c": {"200": "x", "b": null}});
        assert_eq!(super::read(text), Ok(expected));
        assert!(super::read("a: 1\na: 2\n").is_err());
    }
}
