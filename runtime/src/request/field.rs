//! How a property of a form or multipart body is written: the Encoding Object of OpenAPI.

use super::walk::Kind;

/// How one property of a body is written, as the Encoding Object of the document says
/// (OpenAPI 3.0.4 section 4.7.15).
#[derive(Clone, Copy, Debug)]
pub struct FieldEncoding {
    pub(super) name: &'static str,
    pub(super) style: FieldStyle,
    pub(super) content_type: Option<&'static str>,
    pub(super) allow_reserved: bool,
}

impl FieldEncoding {
    /// Creates the encoding of the property of this name.
    pub const fn new(name: &'static str, style: FieldStyle) -> Self {
        Self { name, style, content_type: None, allow_reserved: false }
    }

    /// Sets the media type of the value (`contentType`). In a form, a JSON type makes the value a JSON text;
    /// other types are ignored.
    pub const fn content_type(self, content_type: &'static str) -> Self {
        Self { content_type: Some(content_type), ..self }
    }

    /// Leaves reserved characters as they are (`allowReserved`), except for those that delimit the pairs of
    /// a form.
    pub const fn allow_reserved(self) -> Self {
        Self { allow_reserved: true, ..self }
    }

    /// Returns the encoding of a property: the declared one or the default.
    pub(super) fn of(fields: &[Self], name: &str) -> Self {
        let default = Self::new("", FieldStyle::Default);
        fields.iter().find(|it| it.name == name).copied().unwrap_or(default)
    }

    /// Returns whether the value is written as JSON whatever it is.
    pub(super) fn is_json(self) -> bool {
        let subtype = self.content_type.and_then(|it| it.split(';').next()?.trim().split_once('/'));
        let subtype = subtype.map(|it| it.1.to_ascii_lowercase());
        subtype.is_some_and(|it| it == "json" || it.ends_with("+json"))
    }
}

/// How lists and objects are written (`style` and `explode`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldStyle {
    /// The document says nothing. In a form, a list of scalars repeats its name, objects and other lists
    /// have brackets: `a=1&a=2`, `card[number]=1`, `items[0][id]=1`. In a multipart body, each element of a
    /// list is a part, and an object is JSON.
    Default,
    /// `form`, exploded: `a=1&a=2`; the properties of an object under their own names.
    Exploded,
    /// `form`, not exploded: `a=1,2`, `a=key,value`.
    Comma,
    /// `spaceDelimited`: `a=1%202`.
    Space,
    /// `pipeDelimited`: `a=1%7C2`.
    Pipe,
    /// `deepObject`: brackets at every level.
    DeepObject,
}

impl FieldStyle {
    /// Returns the name of an element of a list, or of a property of an object, that is written by itself.
    pub(super) fn name_below(self, name: &str, key: &str, is_list: bool, kind: Kind) -> String {
        let is_scalar = !matches!(kind, Kind::List | Kind::Object);
        match self {
            Self::Default | Self::Exploded if is_list && is_scalar => name.to_owned(),
            Self::Exploded if !is_list => key.to_owned(),
            _ => format!("{name}[{key}]"),
        }
    }
}
