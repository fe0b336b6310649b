//! Turns query parameters into a query (RFC 3986 section 3.4; a space is `%20`).

use std::fmt::Display;

use serde::Serialize;

use super::{RequestBuilder, RequestError};
use crate::encode::{component, push_component};
use crate::wipe::WipedBuffer;

/// How a list is written in a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ListStyle {
    /// `a=1&a=2` (`form`, exploded).
    Repeated,
    /// `a=1,2` (`form`).
    Comma,
    /// `a=1%202` (`spaceDelimited`).
    Space,
    /// `a=1%7C2` (`pipeDelimited`).
    Pipe,
}

impl RequestBuilder {
    /// Adds a query parameter.
    pub fn query(&mut self, name: &str, value: &dyn Display) {
        self.push_name(name);
        push_component(&mut self.query, value);
    }

    /// Adds a list; an empty one adds nothing.
    ///
    /// A comma inside a value is encoded. The other two delimiters are themselves
    /// sent encoded, so that a value that holds one could not be told from two
    /// values, and OpenAPI 3.0.4 leaves that to the caller: [`build`](Self::build) refuses it.
    pub fn query_list<V: Display>(
        &mut self,
        name: &str,
        values: impl IntoIterator<Item = V>,
        style: ListStyle,
    ) {
        let delimiter = match style {
            ListStyle::Repeated => {
                values.into_iter().for_each(|value| self.query(name, &value));
                return;
            }
            ListStyle::Comma => ",",
            ListStyle::Space => "%20",
            ListStyle::Pipe => "%7C",
        };
        for (n, value) in values.into_iter().enumerate() {
            if n == 0 {
                self.push_name(name);
            } else {
                self.query.push_str(delimiter);
            }
            let start = self.query.len();
            push_component(&mut self.query, &value);
            if self.query[start..].contains(delimiter) {
                self.defer(RequestError::QueryDelimiter { name: name.into() });
            }
        }
    }

    /// Adds a parameter whose value is JSON (`content: application/json`).
    pub fn query_json(
        &mut self,
        name: &str,
        value: &(impl Serialize + ?Sized),
    ) -> Result<(), RequestError> {
        let failed = || RequestError::QueryParameter { name: name.into() };
        let mut json = WipedBuffer::new();
        serde_json::to_writer(&mut json, value).map_err(|_| failed())?;
        let json = std::str::from_utf8(json.as_ref()).map_err(|_| failed())?;
        self.query(name, &json);
        Ok(())
    }

    fn push_name(&mut self, name: &str) {
        if !self.query.is_empty() {
            self.query.push('&');
        }
        self.query.push_str(&component(&name));
        self.query.push('=');
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::get;
    use super::*;

    fn query(add: impl FnOnce(&mut RequestBuilder)) -> Option<String> {
        let mut request = get();
        add(&mut request);
        request.build().unwrap().uri().query().map(str::to_owned)
    }

    #[test]
    fn names_and_values_are_encoded() {
        let sent = query(|request| {
            request.query("a", &"x y&z=1+2");
            request.query("filter[x]", &true);
            request.query("", &"");
        });
        assert_eq!(sent.unwrap(), "a=x%20y%26z%3D1%2B2&filter%5Bx%5D=true&=");
    }

    #[test]
    fn lists() {
        let cases = [
            (ListStyle::Repeated, ["a,b", "c d", "e|f"], "q=a%2Cb&q=c%20d&q=e%7Cf"),
            (ListStyle::Comma, ["a,b", "c d", "e|f"], "q=a%2Cb,c%20d,e%7Cf"),
            (ListStyle::Space, ["a,b", "c", "e|f"], "q=a%2Cb%20c%20e%7Cf"),
            (ListStyle::Pipe, ["a,b", "c d", "e"], "q=a%2Cb%7Cc%20d%7Ce"),
        ];
        for (style, values, expected) in cases {
            let sent = query(|request| request.query_list("q", values, style));
            assert_eq!(sent.unwrap(), expected);
            assert_eq!(query(|request| request.query_list("q", [""; 0], style)), None);
        }
    }

    #[test]
    fn a_value_cannot_become_two() {
        for (style, value) in [
            (ListStyle::Space, "c d"),
            (ListStyle::Space, " c"),
            (ListStyle::Pipe, "e|f"),
            (ListStyle::Pipe, "|"),
        ] {
            let mut request = get();
            request.query_list("q", ["a", value], style);
            let error = request.build().unwrap_err();
            assert_eq!(error, RequestError::QueryDelimiter { name: "q".into() });
            assert!(!error.to_string().contains(value), "{error}");
        }
        // What only looks like the encoded delimiter has its `%` encoded.
        let sent = query(|request| request.query_list("q", ["%20", "%7C"], ListStyle::Space));
        assert_eq!(sent.unwrap(), "q=%2520%20%257C");
    }

    #[test]
    fn json_values() {
        let sent = query(|request| request.query_json("f", &[("a", 1)]).unwrap());
        assert_eq!(sent.unwrap(), "f=%5B%5B%22a%22%2C1%5D%5D");
        let unserializable = std::collections::BTreeMap::from([((1, 2), 3)]);
        let error = get().query_json("f", &unserializable).unwrap_err();
        assert_eq!(error, RequestError::QueryParameter { name: "f".into() });
    }
}
