//! Turns a body into the members of one JSON object, each still as text.
//!
//! Members are decoded one by one from their text, so that a number no float can hold is still a
//! number, and one wrong member does not hide which it is.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;

const MAX_DEPTH: usize = 64;
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

pub(in crate::token) struct Object<'a>(BTreeMap<String, &'a RawValue>);

impl<'a> Object<'a> {
    /// Reads UTF-8 with or without a byte order mark; nothing if it is not one object whose members
    /// have different names.
    pub(in crate::token) fn read(body: &'a [u8]) -> Option<Self> {
        let text = std::str::from_utf8(body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body)).ok()?;
        if is_too_deep(text) {
            return None;
        }
        serde_json::from_str(text).ok()
    }

    /// Whether there is no such member, or it is null.
    pub(in crate::token) fn is_absent(&self, name: &str) -> bool {
        self.0.get(name).is_none_or(|value| value.get() == "null")
    }

    /// Decodes a member; nothing if it is absent or of another type.
    pub(in crate::token) fn decode<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        serde_json::from_str(self.0.get(name)?.get()).ok()
    }

    /// Reads a number, or a string that holds one, of at least 1; too large ones are infinite.
    pub(in crate::token) fn seconds(&self, name: &str) -> Option<f64> {
        let value = self.0.get(name)?.get();
        let text = if value.starts_with('"') { self.decode::<String>(name)? } else { value.into() };
        // `f64` would read `inf` and `nan` too.
        let is_number =
            text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'));
        let number: f64 = if is_number { text.parse().ok()? } else { return None };
        (number >= 1.0).then_some(number)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Object<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;

        impl<'de> Visitor<'de> for Members {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<'de>, A::Error> {
                let mut members = BTreeMap::new();
                while let Some((name, value)) = map.next_entry::<String, &RawValue>()? {
                    // RFC 8259 section 4 leaves open which of two counts; nobody has to guess.
                    if members.insert(name, value).is_some() {
                        return Err(A::Error::custom("two members have one name"));
                    }
                }
                Ok(Object(members))
            }
        }

        deserializer.deserialize_map(Members)
    }
}

fn is_too_deep(text: &str) -> bool {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for byte in text.bytes() {
        match (in_string, byte) {
            (true, _) if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (_, b'"') => in_string = !in_string,
            (false, b'[' | b'{') => depth += 1,
            (false, b']' | b'}') => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return true;
        }
    }
    false
}
