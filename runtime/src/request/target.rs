//! The path and the query of a request: the template, in which parameters are filled in, and the query behind it.

use std::fmt::{self, Display, Write as _};
use std::ops::Range;

use super::RequestError;
use crate::encode::{has_dot_segment, pieces, push_text};

/// What parameters commonly need beyond the template.
const ROOM: usize = 64;

/// Whether a byte means something in a path that is checked.
const IS_MARK: [bool; 256] = {
    let mut acc = [false; 256];
    acc[b'{' as usize] = true;
    acc[b'/' as usize] = true;
    acc[b'?' as usize] = true;
    acc[b'#' as usize] = true;
    acc
};

/// One text from the start, so that what is filled in is written once, where the URI has it.
pub(super) struct Target {
    /// The path of the base URL, the path of the template, its query, and the query that is added.
    text: String,
    /// Where the path of the template begins.
    start: usize,
    /// Where it ends; behind it is a question mark, if there is a query.
    path_end: usize,
    /// Where the query of the template ends.
    fixed_end: usize,
}

impl Target {
    pub(super) fn new(prefix: &str, path: &str, fixed_query: &str) -> Self {
        let len = prefix.len() + path.len() + fixed_query.len();
        let mut text = String::with_capacity(len + ROOM);
        text.push_str(prefix);
        let start = text.len();
        text.push_str(path);
        let path_end = text.len();
        if !fixed_query.is_empty() {
            text.push('?');
            text.push_str(fixed_query);
        }
        Self { start, path_end, fixed_end: text.len(), text }
    }

    /// Begins a pair of the query.
    pub(super) fn push_name(&mut self, name: &str) {
        self.text.push(if self.text.len() == self.path_end { '?' } else { '&' });
        push_text(&mut self.text, name);
        self.text.push('=');
    }

    /// Adds a pair to the query.
    pub(super) fn push_pair(&mut self, name: &str, value: &str) {
        self.push_name(name);
        push_text(&mut self.text, value);
    }

    /// Returns the text to whose end a query is added.
    pub(super) fn query(&mut self) -> &mut String {
        &mut self.text
    }

    /// Writes a value in place of each `{name}`; returns whether there is one, and whether each value is a segment
    /// that leaves the path where it is.
    pub(super) fn fill(&mut self, name: &str, write: &dyn Fn(&mut Slot<'_>)) -> bool {
        let in_path = self.fill_path(name, write);
        let in_query = self.fill_fixed_query(name, write);
        matches!((in_path, in_query), (Some(true), None | Some(true)) | (None, Some(true)))
    }

    /// Like [`fill`](Self::fill) in the path alone; none if the parameter is not there.
    pub(super) fn fill_path(&mut self, name: &str, write: &dyn Fn(&mut Slot<'_>)) -> Option<bool> {
        let end = self.fill_in(name, self.start..self.path_end, write)?;
        self.fixed_end = self.fixed_end + end.end - self.path_end;
        self.path_end = end.end;
        Some(end.are_segments)
    }

    /// Like [`fill`](Self::fill) in the query of the template alone; none if the parameter is not there.
    pub(super) fn fill_fixed_query(
        &mut self,
        name: &str,
        write: &dyn Fn(&mut Slot<'_>),
    ) -> Option<bool> {
        let end = self.fill_in(name, self.path_end..self.fixed_end, write)?;
        self.fixed_end = end.end;
        Some(end.are_segments)
    }

    fn fill_in(
        &mut self,
        name: &str,
        range: Range<usize>,
        write: &dyn Fn(&mut Slot<'_>),
    ) -> Option<Filled> {
        if range.is_empty() {
            return None;
        }
        let (mut from, mut end) = (range.start, range.end);
        let mut filled = None;
        while let Some(slot) = find(&self.text[..end], name, from) {
            let (start, len) = (slot.start, slot.len());
            self.text.drain(slot);
            let mut slot = Slot { text: &mut self.text, at: start };
            write(&mut slot);
            from = slot.at;
            end = end - len + from - start;
            let is_segment = !matches!(&self.text[start..from], "" | "." | "..");
            let before = filled.is_none_or(|it: Filled| it.are_segments);
            filled = Some(Filled { end, are_segments: before && is_segment });
        }
        filled
    }

    /// Checks that every parameter was filled in, and that the path stays one below the base URL whatever
    /// it was made of.
    pub(super) fn check(&self) -> Result<(), RequestError> {
        let path = &self.text[self.start..self.path_end];
        let mut is_path = path.starts_with('/');
        let mut may_have_dots = false;
        let bytes = path.as_bytes();
        for (at, &byte) in bytes.iter().enumerate() {
            // Most bytes of a path are letters.
            if !IS_MARK[usize::from(byte)] {
                continue;
            }
            match byte {
                b'{' => return Err(unfilled(path)),
                b'/' => may_have_dots |= matches!(bytes.get(at + 1), Some(b'.' | b'%')),
                _ => is_path = false,
            }
        }
        let fixed_query = &self.text[self.path_end..self.fixed_end];
        if position(fixed_query, b'{').is_some() {
            return Err(unfilled(fixed_query));
        }
        if is_path && !(may_have_dots && has_dot_segment(path)) {
            Ok(())
        } else {
            Err(RequestError::Url)
        }
    }

    /// Takes the text out.
    pub(super) fn take(&mut self) -> String {
        std::mem::take(&mut self.text)
    }
}

#[derive(Clone, Copy)]
struct Filled {
    /// Where the part of the template ends now.
    end: usize,
    are_segments: bool,
}

/// A place in a template, to which text is written.
pub(super) struct Slot<'a> {
    text: &'a mut String,
    at: usize,
}

impl Slot<'_> {
    /// Writes text as it is.
    pub(super) fn push(&mut self, text: &str) {
        self.text.insert_str(self.at, text);
        self.at += text.len();
    }

    /// Writes a text of which only the unreserved characters stay as they are.
    pub(super) fn push_encoded(&mut self, text: &str) {
        pieces(text).for_each(|piece| self.push(piece));
    }

    /// Writes a value of which only the unreserved characters stay as they are.
    pub(super) fn push_component(&mut self, value: &dyn Display) {
        // Writing to a `String` fails only if the value's own `Display` does.
        let _ = write!(Encoded(self), "{value}");
    }
}

/// Encodes what is written to it.
struct Encoded<'a, 'b>(&'a mut Slot<'b>);

impl fmt::Write for Encoded<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.push_encoded(text);
        Ok(())
    }
}

/// Returns the error of a template with a parameter.
fn unfilled(template: &str) -> RequestError {
    let name = template.split_once('{').and_then(|(_, rest)| rest.split_once('}'));
    match name {
        Some((name, _)) => RequestError::PathParameter { name: name.into() },
        None => RequestError::Url,
    }
}

/// Returns where the next `{name}` is.
fn find(template: &str, name: &str, mut from: usize) -> Option<Range<usize>> {
    loop {
        let start = from + position(template.get(from..)?, b'{')?;
        let rest = template.get(start + 1..)?.strip_prefix(name);
        if rest.is_some_and(|rest| rest.starts_with('}')) {
            return Some(start..start + name.len() + 2);
        }
        from = start + 1;
    }
}

/// Returns where a byte is; most templates are too short for a search that is made for long texts.
fn position(text: &str, byte: u8) -> Option<usize> {
    text.bytes().position(|it| it == byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pushed(text: &str) -> impl Fn(&mut Slot<'_>) {
        move |slot| slot.push_encoded(text)
    }

    #[test]
    fn parts_are_filled_in_any_order() {
        let mut target = Target::new("/v1", "/{a}/{b}:{a}", "c={b}&d");
        target.push_pair("e f", "1&2");
        assert!(target.fill("b", &pushed("x y")));
        target.push_pair("g", "");
        assert!(target.fill("a", &pushed("z")));
        assert!(target.check().is_ok());
        assert_eq!(target.take(), "/v1/z/x%20y:z?c=x%20y&d&e%20f=1%262&g=");
        let mut target = Target::new("", "/{a}", "");
        target.push_pair("b", "c");
        assert!(
            target.fill("a", &pushed("a long value that needs more room than a name in braces"))
        );
        assert!(target.take().ends_with("%20braces?b=c"));
    }

    #[test]
    fn what_stands_beside_the_template_is_no_part_of_it() {
        let mut target = Target::new("/{a}", "/{a", "a}");
        assert!(!target.fill("a", &pushed("x")));
        target.push_pair("b", "{a}");
        assert!(!target.fill("a", &pushed("x")) && !target.fill("a?a", &pushed("x")));
        assert_eq!(target.check(), Err(RequestError::Url));
        assert_eq!(target.take(), "/{a}/{a?a}&b=%7Ba%7D");
        let missing = RequestError::PathParameter { name: "b".into() };
        assert_eq!(Target::new("", "/a", "b={b}").check(), Err(missing));
    }

    #[test]
    fn a_path_is_checked_wherever_a_dot_can_be() {
        for (path, is_path) in [
            ("/", true),
            ("/a.b/c%2ed/.well-known/...", true),
            ("/%2e", false),
            ("/a/.", false),
            ("/a/%2E./b", false),
            ("/a?b", false),
            ("/a#b", false),
            ("a", false),
            ("", false),
        ] {
            assert_eq!(Target::new("/..", path, ".").check().is_ok(), is_path, "{path}");
        }
    }
}
