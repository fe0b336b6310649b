//! What generated unions share: a tag beside the members of a variant, a variant under its key.

use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use serde_json::Value;

/// Writes `value` as an object with the member `property` set to `tag`: for a
/// variant whose own type does not declare the discriminator (OpenAPI 3.0.3
/// §4.7.24).
///
/// A value that is no object cannot carry a tag and is an error.
pub fn with_tag<S: Serializer>(
    property: &str,
    tag: &str,
    value: &impl Serialize,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match serde_json::to_value(value).map_err(S::Error::custom)? {
        Value::Object(mut object) => {
            object.insert(property.to_owned(), Value::String(tag.to_owned()));
            object.serialize(serializer)
        }
        _ => Err(S::Error::custom("a tagged variant must be an object")),
    }
}

/// Writes `value` as an object of one member, `key`.
pub fn under_key<S: Serializer>(
    key: &'static str,
    value: &impl Serialize,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map([(key, value)])
}

/// Returns the one of `keys` that the object has, with its value. A member
/// that is `null` counts as absent; an object with two of the keys says
/// nothing, so that neither is dropped.
pub fn one_of_keys(keys: &[&'static str], value: &Value) -> Option<(&'static str, Value)> {
    let object = value.as_object()?;
    let mut present =
        keys.iter().filter_map(|key| Some((*key, object.get(*key).filter(|it| !it.is_null())?)));
    let (key, inner) = present.next()?;
    present.next().is_none().then(|| (key, inner.clone()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_tag_stands_beside_the_members() {
        let written = with_tag("type", "cat", &json!({"lives": 9}), serde_json::value::Serializer);
        assert_eq!(written.unwrap(), json!({"lives": 9, "type": "cat"}));
        assert!(with_tag("type", "cat", &json!(1), serde_json::value::Serializer).is_err());
    }

    #[test]
    fn a_key_holds_the_variant() {
        let written = under_key("pod", &json!({"size": 1}), serde_json::value::Serializer);
        assert_eq!(written.unwrap(), json!({"pod": {"size": 1}}));
        let keys = ["pod", "serverless"];
        let read = |value| one_of_keys(&keys, &value);
        assert_eq!(read(json!({"pod": 1, "serverless": null})), Some(("pod", json!(1))));
        assert_eq!(read(json!({"pod": 1, "serverless": 2})), None);
        assert_eq!(read(json!({"other": 1})), None);
        assert_eq!(read(json!([])), None);
    }
}
