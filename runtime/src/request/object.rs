//! Writes objects as parameters: the styles of OpenAPI 3.0.4 §4.8.12.2 and 3.2.0 §4.12.2 for an object, which
//! RFC 6570 §3.2 defines but for `deepObject`.

use std::fmt::Write as _;

use serde::Serialize;
use zeroize::Zeroizing;

use super::header::{has_outer_blanks, secret_value};
use super::path::PathStyle;
use super::query::Characters;
use super::walk::{Entries, Refused, Visitor, walk};
use super::{RequestBuilder, RequestError};
use crate::encode::{component, push_component};
use crate::file_part::FilePart;

/// How an object is written in a query, a header or a cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ObjectStyle {
    /// Each property by itself: `R=100&G=200` in a query, `R=100,G=200` in a header, `R=100; G=200` as
    /// cookies. In a query each element of a list by itself, too: `R=100&R=110`.
    Exploded,
    /// Names and values in turn: `color=R,100,G,200`.
    Comma,
    /// `color=R%20100%20G%20200`, in a query.
    Space,
    /// `color=R%7C100%7CG%7C200`, in a query.
    Pipe,
    /// `color%5BR%5D=100&color%5BG%5D=200`, in a query. What is nested has brackets at every level, lists
    /// with the positions of their elements.
    Deep,
}

impl RequestBuilder {
    /// Adds an object to the query; an absent or empty one adds nothing, and so does a property that is
    /// absent or `null`. Only [`ObjectStyle::Deep`] can hold objects inside; it and
    /// [`ObjectStyle::Exploded`] can hold lists.
    pub fn query_object<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        value: Option<&T>,
        style: ObjectStyle,
    ) {
        self.add_query_object(name, value, (style, Characters::Encoded));
    }

    /// Like [`query_object`](Self::query_object), leaving reserved characters of the values as they are
    /// (`allowReserved`), as [`query_reserved`](Self::query_reserved) does.
    pub fn query_object_reserved<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        value: Option<&T>,
        style: ObjectStyle,
    ) {
        self.add_query_object(name, value, (style, Characters::Reserved));
    }

    fn add_query_object<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        value: Option<&T>,
        (style, characters): (ObjectStyle, Characters),
    ) {
        let depth = match style {
            ObjectStyle::Deep => Depth::Brackets,
            ObjectStyle::Exploded => Depth::Lists,
            ObjectStyle::Comma | ObjectStyle::Space | ObjectStyle::Pipe => Depth::Flat,
        };
        let Some(leaves) = self.leaves(name, value, depth) else { return };
        let delimiter = match style {
            ObjectStyle::Exploded | ObjectStyle::Deep => {
                for (name, value) in &leaves {
                    self.push_query(name, &**value, characters);
                }
                return;
            }
            ObjectStyle::Comma => ",",
            ObjectStyle::Space => "%20",
            ObjectStyle::Pipe => "%7C",
        };
        let texts = leaves.iter().flat_map(|(key, value)| [key.as_str(), value.as_str()]);
        self.push_joined(name, texts, (delimiter, characters));
    }

    /// Sets a path parameter to an object; an absent or `null` property adds nothing.
    pub fn path_object<T: Serialize + ?Sized>(&mut self, name: &str, value: &T, style: PathStyle) {
        let Some(leaves) = self.leaves(name, Some(value), Depth::Flat) else { return };
        let mut acc = Zeroizing::new(String::new());
        let (first, pair, delimiter) = match style {
            PathStyle::Simple => ("", ",", ","),
            PathStyle::SimpleExploded => ("", "=", ","),
            PathStyle::Label => (".", ",", ","),
            PathStyle::LabelExploded => (".", "=", "."),
            PathStyle::Matrix => (";", ",", ","),
            PathStyle::MatrixExploded => (";", "=", ";"),
        };
        for (index, (key, value)) in leaves.iter().enumerate() {
            acc.push_str(if index == 0 { first } else { delimiter });
            if index == 0 && style == PathStyle::Matrix {
                acc.push_str(&component(&name));
                acc.push('=');
            }
            push_component(&mut acc, key);
            // RFC 6570 §3.2.7: `;x` where the value is empty.
            if style != PathStyle::MatrixExploded || !value.is_empty() {
                acc.push_str(pair);
            }
            push_component(&mut acc, &**value);
        }
        self.fill(name, &acc);
    }

    /// Sets a header to an object, in the style [`ObjectStyle::Exploded`] or else
    /// [`ObjectStyle::Comma`]; an absent or empty one sets nothing. The style has no way to write a comma inside of a text, or
    /// blanks at its ends.
    pub fn header_object<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: Option<&T>,
        style: ObjectStyle,
    ) {
        let Some(leaves) = self.leaves(name, value, Depth::Flat) else { return };
        if leaves.is_empty() {
            return;
        }
        let is_exploded = style == ObjectStyle::Exploded;
        let mut acc = Zeroizing::new(String::new());
        let mut is_whole = true;
        for (key, value) in &leaves {
            for text in [key.as_str(), value.as_str()] {
                is_whole &= !text.contains(',') && !has_outer_blanks(text);
            }
            is_whole &= !(is_exploded && key.contains('='));
            let comma = if acc.is_empty() { "" } else { "," };
            let between = if is_exploded { '=' } else { ',' };
            // Writing to a `String` does not fail.
            let _ = write!(acc, "{comma}{key}{between}{}", **value);
        }
        // An object may hold secrets, which no type tells here.
        let value = if is_whole { secret_value(acc.as_bytes()) } else { None };
        self.insert(name, value);
    }

    /// Adds an object as cookies, one for each property in the style [`ObjectStyle::Exploded`], else one
    /// with names and values in turn; an absent or empty one adds nothing.
    pub fn cookie_object<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        value: Option<&T>,
        style: ObjectStyle,
    ) {
        let Some(leaves) = self.leaves(name, value, Depth::Flat) else { return };
        if style == ObjectStyle::Exploded {
            for (key, value) in &leaves {
                self.add_cookie(key, value);
            }
        } else {
            let texts: Vec<_> =
                leaves.iter().flat_map(|(key, value)| [key.as_str(), value.as_str()]).collect();
            self.add_cookies(name, &texts);
        }
    }

    /// Returns the scalars of an object with their names; a value of another shape is the request's error.
    fn leaves<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        value: Option<&T>,
        depth: Depth,
    ) -> Option<Vec<Leaf>> {
        let mut acc = Vec::new();
        let node = Node { name: name.to_owned(), level: Level::Root, depth, acc: &mut acc };
        if walk(value?, node).is_err() {
            self.fail(RequestError::ParameterShape { name: name.into() });
            return None;
        }
        Some(acc)
    }
}

/// The name of a scalar and its text.
type Leaf = (String, Zeroizing<String>);

/// How deep an object may be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    /// Its properties are scalars.
    Flat,
    /// Its properties are scalars and lists of them.
    Lists,
    /// Any, with brackets.
    Brackets,
}

/// Where a value stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Root,
    Property,
    /// In a list that is a property.
    Element,
}

/// Takes a value and what is in it.
struct Node<'a> {
    name: String,
    level: Level,
    depth: Depth,
    acc: &'a mut Vec<Leaf>,
}

impl Visitor for Node<'_> {
    type Entries = Self;

    fn nothing(self) -> Result<(), Refused> {
        Ok(())
    }

    fn text(self, text: &str) -> Result<(), Refused> {
        if self.level == Level::Root && self.depth != Depth::Brackets {
            return Err(Refused::default());
        }
        self.acc.push((self.name, Zeroizing::new(text.to_owned())));
        Ok(())
    }

    fn file(self, _: FilePart) -> Result<(), Refused> {
        Err(Refused::default())
    }

    fn list(self) -> Result<Self, Refused> {
        match (self.depth, self.level) {
            (Depth::Brackets, _) => Ok(self),
            (Depth::Lists, Level::Property) => Ok(Self { level: Level::Element, ..self }),
            (Depth::Lists | Depth::Flat, _) => Err(Refused::default()),
        }
    }

    fn object(self) -> Result<Self, Refused> {
        let holds = self.depth == Depth::Brackets || self.level == Level::Root;
        if holds { Ok(self) } else { Err(Refused::default()) }
    }
}

impl Entries for Node<'_> {
    fn entry<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), Refused> {
        let (name, level) = match (self.depth, self.level) {
            (Depth::Brackets, _) => (format!("{}[{key}]", self.name), Level::Property),
            (_, Level::Element) => (self.name.clone(), Level::Element),
            _ => (key.to_owned(), Level::Property),
        };
        walk(value, Node { name, level, depth: self.depth, acc: &mut *self.acc })
    }

    fn end(self) -> Result<(), Refused> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::get;
    use super::*;
    use serde_json::{Value, json};

    fn query(value: &Value, style: ObjectStyle) -> Result<Option<String>, RequestError> {
        let mut request = get();
        request.query_object("color", Some(value), style);
        Ok(request.build()?.uri().query().map(str::to_owned))
    }

    fn shape() -> RequestError {
        RequestError::ParameterShape { name: "color".into() }
    }

    #[test]
    fn a_list_in_an_exploded_object_is_written_element_by_element() {
        let value = json!({"page": 2, "sort": ["name,asc", "id"], "none": [], "null": null});
        let expected = "page=2&sort=name%2Casc&sort=id";
        assert_eq!(query(&value, ObjectStyle::Exploded).unwrap().as_deref(), Some(expected));
        for value in [json!({"a": [[1]]}), json!({"a": [{"b": 1}]}), json!([1])] {
            assert_eq!(query(&value, ObjectStyle::Exploded), Err(shape()), "{value}");
        }
        let mut request = get();
        request.header_object("X-A", Some(&json!({"a": [1]})), ObjectStyle::Exploded);
        assert!(request.build().is_err());
    }

    #[test]
    fn only_brackets_hold_what_is_nested() {
        let nested = json!({"a": {"b": [1, {"c": "x&y"}], "n": null}, "d": true});
        let expected = "color%5Ba%5D%5Bb%5D%5B0%5D=1&color%5Ba%5D%5Bb%5D%5B1%5D%5Bc%5D=x%26y&color%5Bd%5D=true";
        assert_eq!(query(&nested, ObjectStyle::Deep).unwrap().as_deref(), Some(expected));
        let flat =
            [ObjectStyle::Exploded, ObjectStyle::Comma, ObjectStyle::Space, ObjectStyle::Pipe];
        for style in flat {
            for value in [&nested, &json!({"a": [[1]]}), &json!([1]), &json!("text")] {
                assert_eq!(query(value, style), Err(shape()), "{style:?} {value}");
            }
            assert_eq!(query(&json!({"a": null}), style), Ok(None));
        }
        assert_eq!(
            query(&json!("text"), ObjectStyle::Deep).unwrap().as_deref(),
            Some("color=text")
        );
    }

    #[test]
    fn a_text_cannot_become_two() {
        for (style, text) in [(ObjectStyle::Space, "a b"), (ObjectStyle::Pipe, "|")] {
            let error = RequestError::QueryDelimiter { name: "color".into() };
            assert_eq!(query(&json!({"k": text}), style), Err(error.clone()));
            assert_eq!(query(&json!({text: 1}), style), Err(error));
        }
        let comma = query(&json!({"a,b": "c,d"}), ObjectStyle::Comma).unwrap();
        assert_eq!(comma.as_deref(), Some("color=a%2Cb,c%2Cd"));
        for value in
            [json!({"a": "b,c"}), json!({"a,b": 1}), json!({"a": " b"}), json!({"a": "\n"})]
        {
            for style in [ObjectStyle::Comma, ObjectStyle::Exploded] {
                let mut request = get();
                request.header_object("X-A", Some(&value), style);
                assert!(request.build().is_err(), "{value}");
                let mut request = get();
                request.cookie_object("a", Some(&value), style);
                assert!(request.build().is_err(), "{value}");
            }
        }
        let mut request = get();
        request.header_object("X-A", Some(&json!({"a=b": 1})), ObjectStyle::Exploded);
        assert!(request.build().is_err());
    }

    #[test]
    fn a_header_may_hold_a_secret() {
        let mut request = get();
        request.header_object("X-A", Some(&json!({"key": "hunter2"})), ObjectStyle::Exploded);
        request.header_object("X-B", None::<&Value>, ObjectStyle::Exploded);
        request.header_object("X-C", Some(&json!({})), ObjectStyle::Comma);
        let request = request.build().unwrap();
        assert_eq!(request.headers()["x-a"], "key=hunter2");
        assert!(!format!("{request:?}").contains("hunter2"));
        assert_eq!(request.headers().len(), 2);
    }
}
