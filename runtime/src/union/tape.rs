//! What was read of a value before its variant was known, piece by piece.
//!
//! Cheaper than a `Value`: texts stay where they are in the input, nothing is looked up, and what is short takes no
//! memory of its own.

use std::borrow::Cow;

use serde_json::Value;

use crate::json_union::wipe;

/// A piece of a JSON value. What is in a list or object stands between its beginning and its `End`; the name of a
/// property is a text before its value.
#[derive(Clone, Copy)]
pub(super) enum Piece<'de> {
    Null,
    Boolean(bool),
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    /// A text that the input has as it is.
    Text(&'de str),
    /// What is kept elsewhere: a text that the input has otherwise, or a number that is none of these.
    Kept(usize),
    List,
    Object,
    End,
}

/// The first `N` pieces, and the rest.
pub(super) struct Tape<'de, const N: usize> {
    first: [Piece<'de>; N],
    len: usize,
    more: Vec<Piece<'de>>,
    kept: Kept,
}

/// What is kept elsewhere: mostly nothing, which is faster to drop than an empty list.
struct Kept(Option<Vec<Value>>);

/// Any of the texts may be a secret. Those that were given away are no longer here.
impl Drop for Kept {
    #[inline]
    fn drop(&mut self) {
        if let Some(kept) = &mut self.0 {
            kept.iter_mut().for_each(wipe);
        }
    }
}

impl<'de, const N: usize> Tape<'de, N> {
    pub(super) fn new() -> Self {
        Self { first: [Piece::End; N], len: 0, more: Vec::new(), kept: Kept(None) }
    }

    /// Returns how many pieces there are.
    pub(super) fn len(&self) -> usize {
        self.len + self.more.len()
    }

    #[inline]
    pub(super) fn push(&mut self, piece: Piece<'de>) {
        match self.first.get_mut(self.len) {
            Some(free) => {
                *free = piece;
                self.len += 1;
            }
            None => self.push_more(piece),
        }
    }

    #[cold]
    fn push_more(&mut self, piece: Piece<'de>) {
        self.more.push(piece);
    }

    /// Adds a text that the input has otherwise.
    #[cold]
    pub(super) fn copy_text(&mut self, text: &str) {
        self.keep(Value::String(text.to_owned()));
    }

    pub(super) fn keep(&mut self, value: Value) {
        let at = self.kept.0.as_ref().map_or(0, Vec::len);
        self.push(Piece::Kept(at));
        self.kept.0.get_or_insert_default().push(value);
    }

    /// Adds a text.
    #[inline]
    pub(super) fn push_text(&mut self, text: Cow<'de, str>) {
        match text {
            Cow::Borrowed(text) => self.push(Piece::Text(text)),
            Cow::Owned(text) => self.keep(Value::String(text)),
        }
    }

    /// Returns a piece.
    #[inline]
    pub(super) fn get(&self, at: usize) -> Option<Piece<'de>> {
        self.first[..self.len].get(at).or_else(|| self.more.get(at.checked_sub(N)?)).copied()
    }

    /// Returns what is kept.
    pub(super) fn kept(&self, at: usize) -> Option<&Value> {
        self.kept.0.as_ref()?.get(at)
    }

    pub(super) fn truncate(&mut self, len: usize) {
        self.len = self.len.min(len);
        self.more.truncate(len.saturating_sub(N));
    }

    /// Returns the pieces from one on, to be read.
    #[inline]
    pub(super) fn from(&mut self, at: usize) -> Pieces<'_, 'de> {
        let first = self.first[..self.len].get(at..).unwrap_or_default();
        let more = self.more.get(at.saturating_sub(N)..).unwrap_or_default();
        let kept = self.kept.0.as_deref_mut().unwrap_or_default();
        match first {
            [] => Pieces { first: more, more: &[], kept },
            _ => Pieces { first, more, kept },
        }
    }
}

/// Pieces that are left to read.
pub(super) struct Pieces<'t, 'de> {
    /// None are left where these are empty.
    first: &'t [Piece<'de>],
    more: &'t [Piece<'de>],
    kept: &'t mut [Value],
}

impl<'de> Pieces<'_, 'de> {
    pub(super) fn none() -> Self {
        Self { first: &[], more: &[], kept: &mut [] }
    }

    #[inline]
    pub(super) fn next(&mut self) -> Option<Piece<'de>> {
        let (piece, left) = self.first.split_first()?;
        self.first = if left.is_empty() { std::mem::take(&mut self.more) } else { left };
        Some(*piece)
    }

    #[inline]
    pub(super) fn peek(&self) -> Option<Piece<'de>> {
        self.first.first().copied()
    }

    /// Returns what is kept.
    pub(super) fn kept(&self, at: usize) -> Option<&Value> {
        self.kept.get(at)
    }

    pub(super) fn is_text(&self, at: usize) -> bool {
        self.kept(at).is_some_and(Value::is_string)
    }

    /// Gives away what is kept.
    pub(super) fn take(&mut self, at: usize) -> Value {
        self.kept.get_mut(at).map(Value::take).unwrap_or_default()
    }

    /// Returns the name of the next property.
    #[inline]
    pub(super) fn name(&mut self) -> Option<Cow<'de, str>> {
        match self.peek()? {
            Piece::Text(name) => {
                self.next();
                Some(Cow::Borrowed(name))
            }
            Piece::Kept(at) => {
                self.next();
                match self.take(at) {
                    Value::String(name) => Some(Cow::Owned(name)),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// Passes over a value.
    pub(super) fn skip(&mut self) {
        let mut depth = 0_usize;
        while let Some(piece) = self.next() {
            match piece {
                Piece::List | Piece::Object => depth += 1,
                Piece::End => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return;
            }
        }
    }
}
