//! A list or an object as one text: its elements with a delimiter between them.

use serde::Serialize;

use super::walk::{Never, Refused, Visitor, walk};
use crate::file_part::FilePart;
use crate::wipe::WipedBuffer;

/// The elements of a list, or the names and values of an object in turn, joined by a delimiter.
pub(super) struct Joined {
    text: WipedBuffer,
    is_begun: bool,
    delimiter: &'static str,
    /// What a value must not contain, since it could not be told from the delimiter.
    ambiguous: Option<char>,
    write: fn(&mut WipedBuffer, &str),
    is_list: bool,
}

impl Joined {
    /// Begins a text; `write` encodes a value.
    pub(super) fn new(
        delimiter: &'static str,
        ambiguous: Option<char>,
        write: fn(&mut WipedBuffer, &str),
        is_list: bool,
    ) -> Self {
        Self { text: WipedBuffer::new(), is_begun: false, delimiter, ambiguous, write, is_list }
    }

    /// Returns the text; none if there were no elements.
    pub(super) fn into_text(self) -> Option<WipedBuffer> {
        self.is_begun.then_some(self.text)
    }

    fn push(&mut self, text: &str) -> Result<(), Refused> {
        if self.ambiguous.is_some_and(|it| text.contains(it)) {
            return Err(Refused::default());
        }
        if std::mem::replace(&mut self.is_begun, true) {
            self.text.push(self.delimiter.as_bytes());
        }
        (self.write)(&mut self.text, text);
        Ok(())
    }

    /// Adds an element.
    pub(super) fn entry<T: Serialize + ?Sized>(
        &mut self,
        key: &str,
        value: &T,
    ) -> Result<(), Refused> {
        let key = (!self.is_list).then_some(key);
        walk(value, Element { joined: self, key })
    }
}

/// Takes an element: a scalar; what is absent adds nothing.
struct Element<'a> {
    joined: &'a mut Joined,
    key: Option<&'a str>,
}

impl Visitor for Element<'_> {
    type Entries = Never;

    fn nothing(self) -> Result<(), Refused> {
        Ok(())
    }

    fn text(self, text: &str) -> Result<(), Refused> {
        if let Some(key) = self.key {
            self.joined.push(key)?;
        }
        self.joined.push(text)
    }

    fn file(self, _: FilePart) -> Result<(), Refused> {
        Err(Refused::default())
    }

    fn list(self) -> Result<Never, Refused> {
        Err(Refused::default())
    }

    fn object(self) -> Result<Never, Refused> {
        Err(Refused::default())
    }
}
