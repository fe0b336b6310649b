//! The parts of a multipart body: what each property becomes.

use serde::Serialize;

use super::is_header;
use crate::body::RequestBody;
use crate::file_part::FilePart;
use crate::request::RequestError;
use crate::request::field::{FieldEncoding, FieldStyle};
use crate::request::joined::Joined;
use crate::request::walk::{Entries, Kind, Refused, Visitor, json, kind, walk};
use crate::wipe::WipedBuffer;

/// A part: headers and content.
pub(super) struct Part {
    pub(super) name: String,
    pub(super) is_file: bool,
    pub(super) file_name: Option<String>,
    pub(super) content_type: Option<String>,
    pub(super) headers: Vec<(String, String)>,
    pub(super) content: RequestBody,
}

impl Part {
    /// Checks what becomes a header as it is.
    pub(super) fn check(&self) -> Result<(), RequestError> {
        let own = self.content_type.iter().map(|it| ("content-type", it.as_str()));
        let mut all = own.chain(self.headers.iter().map(|(name, value)| (&**name, &**value)));
        if all.all(|(name, value)| is_header(name, value)) {
            Ok(())
        } else {
            Err(RequestError::FormField { name: self.name.as_str().into() })
        }
    }

    /// Returns the headers, each with its end of line.
    pub(super) fn head(&self) -> String {
        let mut acc = format!("Content-Disposition: form-data; name=\"{}\"", quoted(&self.name));
        if let Some(file_name) = &self.file_name {
            acc.extend(["; filename=\"", &quoted(file_name), "\""]);
        }
        acc.push_str("\r\n");
        let content_type = self.content_type.iter().map(|it| ("Content-Type", it.as_str()));
        let headers = self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        for (name, value) in content_type.chain(headers) {
            acc.extend([name, ": ", value, "\r\n"]);
        }
        acc
    }
}

/// Escapes what would end a quoted name, as browsers do (the HTML standard, multipart/form-data encoding
/// algorithm; RFC 7578 section 2).
fn quoted(name: &str) -> String {
    name.replace('\r', "%0D").replace('\n', "%0A").replace('"', "%22")
}

/// Takes the outermost value: an object.
pub(super) struct Parts<'a> {
    pub(super) parts: &'a mut Vec<Part>,
    pub(super) fields: &'a [FieldEncoding],
}

impl Visitor for Parts<'_> {
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

impl Entries for Parts<'_> {
    fn entry<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Refused> {
        let encoding = FieldEncoding::of(self.fields, name);
        let property = Property { parts: self.parts, name, encoding, is_element: false };
        property.write(value).map_err(|_| Refused { field: Some(name.into()) })
    }

    fn end(self) -> Result<(), Refused> {
        Ok(())
    }
}

/// Takes the value of a property, or an element of its list.
struct Property<'a> {
    parts: &'a mut Vec<Part>,
    name: &'a str,
    encoding: FieldEncoding,
    is_element: bool,
}

impl<'a> Property<'a> {
    fn write<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Refused> {
        let is_split = self.encoding.style == FieldStyle::DeepObject;
        let is_json = match kind(value)? {
            Kind::Nothing | Kind::File => false,
            Kind::Text => self.encoding.is_json(),
            Kind::List => self.is_element && !is_split,
            Kind::Object => self.encoding.style == FieldStyle::Default,
        };
        if !is_json {
            return walk(value, self);
        }
        let content = json(value)?.into_bytes();
        let declared = self.encoding.content_type.filter(|_| self.encoding.is_json());
        self.push(content, Some(declared.unwrap_or("application/json")));
        Ok(())
    }

    fn push(self, content: impl Into<RequestBody>, content_type: Option<&str>) {
        self.parts.push(Part {
            name: self.name.to_owned(),
            is_file: false,
            file_name: None,
            content_type: content_type.map(str::to_owned),
            headers: Vec::new(),
            content: content.into(),
        });
    }

    fn entries(self, is_list: bool) -> PropertyEntries<'a> {
        let Self { parts, encoding, .. } = self;
        let name = self.name.to_owned();
        // Nothing is encoded in a part, so that no value can contain the delimiter.
        let (delimiter, ambiguous) = match encoding.style {
            FieldStyle::Comma => (",", ','),
            FieldStyle::Space => (" ", ' '),
            FieldStyle::Pipe => ("|", '|'),
            FieldStyle::Default | FieldStyle::Exploded | FieldStyle::DeepObject => {
                return PropertyEntries::Each { parts, name, encoding, is_list };
            }
        };
        let write = |acc: &mut WipedBuffer, text: &str| acc.push(text.as_bytes());
        let joined = Joined::new(delimiter, Some(ambiguous), write, is_list);
        PropertyEntries::Joined { parts, name, encoding, joined }
    }
}

impl<'a> Visitor for Property<'a> {
    type Entries = PropertyEntries<'a>;

    fn nothing(self) -> Result<(), Refused> {
        Ok(())
    }

    /// A text has the type that the document declares. The default, `text/plain`, is left out: it is what a
    /// part without a type has (RFC 7578 section 4.4), and browsers send none.
    fn text(self, text: &str) -> Result<(), Refused> {
        let content_type = self.encoding.content_type.filter(|it| is_type(it));
        self.push(WipedBuffer::copy_of(text.as_bytes()).into_bytes(), content_type);
        Ok(())
    }

    fn file(self, file: FilePart) -> Result<(), Refused> {
        let declared = self.encoding.content_type.filter(|it| is_type(it));
        let content_type = file.media_type().or(declared).unwrap_or("application/octet-stream");
        self.parts.push(Part {
            name: self.name.to_owned(),
            is_file: true,
            file_name: file.name().map(str::to_owned),
            content_type: Some(content_type.to_owned()),
            headers: file.headers().to_vec(),
            content: file.content().clone(),
        });
        Ok(())
    }

    fn list(self) -> Result<PropertyEntries<'a>, Refused> {
        Ok(self.entries(true))
    }

    fn object(self) -> Result<PropertyEntries<'a>, Refused> {
        Ok(self.entries(false))
    }
}

/// Returns whether it is one media type: the document can also list several, and ranges, among which the
/// caller chooses.
fn is_type(content_type: &str) -> bool {
    !content_type.contains([',', '*'])
}

/// Takes the elements of a list or the properties of an object that is the value of a property.
enum PropertyEntries<'a> {
    /// Each is a part of its own.
    Each { parts: &'a mut Vec<Part>, name: String, encoding: FieldEncoding, is_list: bool },
    /// All are one text.
    Joined { parts: &'a mut Vec<Part>, name: String, encoding: FieldEncoding, joined: Joined },
}

impl Entries for PropertyEntries<'_> {
    fn entry<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), Refused> {
        match self {
            Self::Each { parts, name, encoding, is_list } => {
                // The elements of a list have one name, also those that are objects.
                let is_deep = encoding.style == FieldStyle::DeepObject;
                let name = if *is_list && !is_deep {
                    name.clone()
                } else {
                    encoding.style.name_below(name, key, *is_list, kind(value)?)
                };
                let is_element = !is_deep;
                Property { parts, name: &name, encoding: *encoding, is_element }.write(value)
            }
            Self::Joined { joined, .. } => joined.entry(key, value),
        }
    }

    fn end(self) -> Result<(), Refused> {
        if let Self::Joined { parts, name, encoding, joined } = self
            && let Some(text) = joined.into_text()
        {
            let content_type = encoding.content_type.filter(|it| is_type(it));
            let part = Property { parts, name: &name, encoding, is_element: true };
            part.push(text.into_bytes(), content_type);
        }
        Ok(())
    }
}
