//! Encodes an object as `application/x-www-form-urlencoded`.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::Serialize;

use super::RequestError;
use super::field::{FieldEncoding, FieldStyle};
use super::joined::Joined;
use super::walk::{Entries, Kind, Refused, Visitor, json, kind, walk};
use crate::file_part::FilePart;
use crate::wipe::WipedBuffer;

pub(super) const MEDIA_TYPE: &str = "application/x-www-form-urlencoded";

/// Encodes an object; `fields` says how the properties are written that the default does not fit.
pub(super) fn encode(
    value: &(impl Serialize + ?Sized),
    fields: &[FieldEncoding],
) -> Result<WipedBuffer, RequestError> {
    let mut body = WipedBuffer::new();
    walk(value, Form { body: &mut body, fields }).map_err(|error| match error.field {
        Some(name) => RequestError::FormField { name },
        None => RequestError::Body { media_type: MEDIA_TYPE.into() },
    })?;
    Ok(body)
}

/// Takes the outermost value: an object.
struct Form<'a> {
    body: &'a mut WipedBuffer,
    fields: &'a [FieldEncoding],
}

impl Visitor for Form<'_> {
    type Entries = Self;

    fn nothing(self) -> Result<(), Refused> {
        Ok(())
    }

    fn text(self, _: &str) -> Result<(), Refused> {
        Err(Refused::default())
    }

    fn file(self, _: FilePart) -> Result<(), Refused> {
        Err(Refused::default())
    }

    fn list(self) -> Result<Self, Refused> {
        Err(Refused::default())
    }

    fn object(self) -> Result<Self, Refused> {
        Ok(self)
    }
}

impl Entries for Form<'_> {
    fn entry<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Refused> {
        let encoding = FieldEncoding::of(self.fields, name);
        let field = Field {
            body: self.body,
            name,
            style: encoding.style,
            reserved: encoding.allow_reserved,
        };
        let written = if encoding.is_json() { field.json(value) } else { walk(value, field) };
        written.map_err(|_| Refused { field: Some(name.into()) })
    }

    fn end(self) -> Result<(), Refused> {
        Ok(())
    }
}

/// Takes the value of a property, or what is in it.
struct Field<'a> {
    body: &'a mut WipedBuffer,
    name: &'a str,
    style: FieldStyle,
    /// Whether reserved characters are left as they are.
    reserved: bool,
}

impl<'a> Field<'a> {
    /// Writes the value as JSON; an absent one adds nothing.
    fn json<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Refused> {
        if kind(value)? == Kind::Nothing {
            return Ok(());
        }
        let json = json(value)?;
        let text = std::str::from_utf8(json.as_ref()).map_err(|_| Refused::default())?;
        self.text(text)
    }

    fn entries(self, is_list: bool) -> FieldEntries<'a> {
        let Self { body, name, style, reserved } = self;
        let name = name.to_owned();
        let (delimiter, ambiguous) = match style {
            FieldStyle::Comma => (",", None),
            // The delimiter is sent encoded, like one inside a value.
            FieldStyle::Space => ("%20", Some(' ')),
            FieldStyle::Pipe => ("%7C", Some('|')),
            FieldStyle::Default | FieldStyle::Exploded | FieldStyle::DeepObject => {
                return FieldEntries::Each { body, name, style, reserved, is_list };
            }
        };
        let write = if reserved { push_reserved_but_comma } else { push_encoded };
        let joined = Joined::new(delimiter, ambiguous, write, is_list);
        FieldEntries::Joined { body, name, joined }
    }
}

impl<'a> Visitor for Field<'a> {
    type Entries = FieldEntries<'a>;

    fn nothing(self) -> Result<(), Refused> {
        Ok(())
    }

    fn text(self, text: &str) -> Result<(), Refused> {
        begin_pair(self.body, self.name);
        let write = if self.reserved { push_reserved } else { push_encoded };
        write(self.body, text);
        Ok(())
    }

    fn file(self, file: FilePart) -> Result<(), Refused> {
        let content = file.content().to_bytes().ok_or_else(Refused::default)?;
        let text = std::str::from_utf8(&content).map_err(|_| Refused::default())?;
        self.text(text)
    }

    fn list(self) -> Result<FieldEntries<'a>, Refused> {
        Ok(self.entries(true))
    }

    fn object(self) -> Result<FieldEntries<'a>, Refused> {
        Ok(self.entries(false))
    }
}

/// Takes the elements of a list or the properties of an object that is the value of a property.
enum FieldEntries<'a> {
    /// Each is a pair of its own, or several.
    Each {
        body: &'a mut WipedBuffer,
        name: String,
        style: FieldStyle,
        reserved: bool,
        is_list: bool,
    },
    /// All are one value.
    Joined { body: &'a mut WipedBuffer, name: String, joined: Joined },
}

impl Entries for FieldEntries<'_> {
    fn entry<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), Refused> {
        match self {
            Self::Each { body, name, style, reserved, is_list } => {
                let name = style.name_below(name, key, *is_list, kind(value)?);
                let (style, reserved) = (FieldStyle::DeepObject, *reserved);
                walk(value, Field { body, name: &name, style, reserved })
            }
            Self::Joined { joined, .. } => joined.entry(key, value),
        }
    }

    fn end(self) -> Result<(), Refused> {
        if let Self::Joined { body, name, joined } = self
            && let Some(text) = joined.into_text()
        {
            begin_pair(body, &name);
            body.push(text.as_ref());
        }
        Ok(())
    }
}

fn begin_pair(body: &mut WipedBuffer, name: &str) {
    if !body.is_empty() {
        body.push(b"&");
    }
    push_encoded(body, name);
    body.push(b"=");
}

/// Encodes a text as the WHATWG URL standard says.
fn push_encoded(body: &mut WipedBuffer, text: &str) {
    // The pieces are slices of `text` or constants: no copy is left behind.
    for piece in form_urlencoded::byte_serialize(text.as_bytes()) {
        body.push(piece.as_bytes());
    }
}

/// What `allowReserved` leaves as it is: reserved and unreserved characters (RFC 3986 section 2.2), without
/// those that mean something in a form.
const BUT_RESERVED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}')
    .add(b'&')
    .add(b'=')
    .add(b'+');

const BUT_RESERVED_AND_COMMA: &AsciiSet = &BUT_RESERVED.add(b',');

fn push_reserved(body: &mut WipedBuffer, text: &str) {
    for piece in utf8_percent_encode(text, BUT_RESERVED) {
        body.push(piece.as_bytes());
    }
}

/// In a list that is joined by commas, those of the elements are not left as they are.
fn push_reserved_but_comma(body: &mut WipedBuffer, text: &str) {
    for piece in utf8_percent_encode(text, BUT_RESERVED_AND_COMMA) {
        body.push(piece.as_bytes());
    }
}

#[cfg(test)]
mod tests;
