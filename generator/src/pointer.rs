//! JSON pointers (RFC 6901): the place of a node in a document.

mod map;

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt::{self, Write as _};
use std::sync::Arc;

use serde_yaml::Value;

pub(crate) use map::{ByText, PointerMap, PointerSet};

/// The place of one node in one document, for example
/// `#/paths/~1oauth~1token/post`.
///
/// A pointer is kept in its URI fragment spelling without percent-encoding:
/// `~` is written `~0` and `/` is written `~1` inside a token. Clones share one text, since a node, its entry in a
/// table and the node above it all have the place.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(Arc<str>);

impl Pointer {
    /// Returns the pointer to the whole document.
    pub fn root() -> Self {
        Self("#".into())
    }

    /// Reads a pointer written `#`, `#/a/b` or `/a/b`; `None` when the text is
    /// none of them.
    pub fn parse(text: &str) -> Option<Self> {
        let path = text.strip_prefix('#').unwrap_or(text);
        (path.is_empty() || path.starts_with('/')).then(|| Self(format!("#{path}").into()))
    }

    /// Returns the pointer to the property `token` of this node.
    #[must_use]
    pub fn child(&self, token: &str) -> Self {
        Self::written(|acc| {
            acc.push_str(&self.0);
            push_token(acc, token);
        })
    }

    /// Returns the pointer to the element `index` of this node.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self::written(|acc| {
            acc.push_str(&self.0);
            push_index(acc, index);
        })
    }

    /// Returns the pointer that is written to a text, which all pointers of a thread are written to first: only the
    /// shared text is allocated.
    fn written(write: impl FnOnce(&mut String)) -> Self {
        thread_local! {
            static TEXT: RefCell<String> = const { RefCell::new(String::new()) };
        }
        TEXT.with_borrow_mut(|text| {
            text.clear();
            write(text);
            Self(text.as_str().into())
        })
    }

    /// Returns the pointer below this one along `tokens`.
    #[must_use]
    pub fn join(&self, tokens: &[&str]) -> Self {
        tokens.iter().fold(self.clone(), |acc, token| acc.child(token))
    }

    /// Returns the pointer to the node that holds this one; the root has none.
    pub fn parent(&self) -> Option<Self> {
        above(&self.0).map(|it| Self(it.into()))
    }

    /// Returns this pointer and those of the nodes above it, from this one to the root.
    pub(crate) fn upwards(&self) -> impl Iterator<Item = &str> {
        std::iter::successors(Some(&*self.0), |it| above(it))
    }

    /// Returns the unescaped tokens from the root to this node.
    pub fn tokens(&self) -> Vec<String> {
        self.unescaped().map(Cow::into_owned).collect()
    }

    fn unescaped(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.0.split('/').skip(1).map(|token| {
            if token.contains('~') {
                Cow::Owned(token.replace("~1", "/").replace("~0", "~"))
            } else {
                Cow::Borrowed(token)
            }
        })
    }

    /// Returns the node at this place of a tree whose keys are texts.
    pub(crate) fn find<'a>(&self, tree: &'a Value) -> Option<&'a Value> {
        self.unescaped().try_fold(tree, |node, token| match node {
            Value::Sequence(elements) => elements.get(token.parse::<usize>().ok()?),
            _ => node.get(&*token),
        })
    }

    /// Returns the node at this place, to be changed.
    pub(crate) fn find_mut<'a>(&self, tree: &'a mut Value) -> Option<&'a mut Value> {
        self.unescaped().try_fold(tree, |node, token| match node {
            Value::Sequence(elements) => elements.get_mut(token.parse::<usize>().ok()?),
            _ => node.get_mut(&*token),
        })
    }

    /// Returns whether `other` is this node or lies below it.
    pub fn holds(&self, other: &Self) -> bool {
        other.0.strip_prefix(&*self.0).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// Returns the pointer as it is written in messages: `#/a/b`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Adds a token, escaped.
fn push_token(acc: &mut String, token: &str) {
    acc.push('/');
    let mut rest = token;
    while let Some(at) = rest.bytes().position(|it| matches!(it, b'~' | b'/')) {
        acc.push_str(&rest[..at]);
        acc.push_str(if rest[at..].starts_with('~') { "~0" } else { "~1" });
        rest = &rest[at + 1..];
    }
    acc.push_str(rest);
}

fn push_index(acc: &mut String, index: usize) {
    // A text takes whatever is written.
    let _ = write!(acc, "/{index}");
}

/// Returns the pointer to the node that holds the one at a pointer; the root has none.
pub(crate) fn above(pointer: &str) -> Option<&str> {
    pointer.rfind('/').map(|at| &pointer[..at])
}

/// Decodes the percent-encoding of a URI; invalid sequences are kept.
pub(crate) fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut acc = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while index < bytes.len() {
        let code = text.get(index + 1..index + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        let encoded = code.filter(|_| bytes[index] == b'%');
        acc.push(encoded.unwrap_or(bytes[index]));
        index += if encoded.is_some() { 3 } else { 1 };
    }
    String::from_utf8(acc).unwrap_or_else(|_| text.to_owned())
}

/// The way from the root to a node, which a walk of a whole document keeps on its stack: a pointer for each node that
/// nothing is said about would cost more than the walk.
#[derive(Clone, Copy)]
pub(crate) enum Trail<'a> {
    /// The whole document.
    Root,
    /// A property of a node.
    Key(&'a Trail<'a>, &'a str),
    /// An element of a list.
    Index(&'a Trail<'a>, usize),
}

impl Trail<'_> {
    /// Returns the pointer to the node.
    pub(crate) fn pointer(&self) -> Pointer {
        Pointer::written(|acc| self.push_to(acc))
    }

    fn push_to(&self, acc: &mut String) {
        match self {
            Self::Root => acc.push('#'),
            Self::Key(parent, key) => {
                parent.push_to(acc);
                push_token(acc, key);
            }
            Self::Index(parent, index) => {
                parent.push_to(acc);
                push_index(acc, *index);
            }
        }
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_escaped_and_read_back() {
        let pointer = Pointer::root().child("paths").child("/a~b/{c}").index(3);
        assert_eq!(pointer.as_str(), "#/paths/~1a~0b~1{c}/3");
        assert_eq!(pointer.tokens(), ["paths", "/a~b/{c}", "3"]);
        assert_eq!(Pointer::parse("/paths/~1a~0b~1{c}/3"), Some(pointer.clone()));
        assert_eq!(pointer.parent().and_then(|it| it.parent()), Pointer::parse("#/paths"));
        assert_eq!(Pointer::root().parent(), None);
    }

    #[test]
    fn a_node_holds_itself_and_what_is_below_but_no_longer_name() {
        let schemas = Pointer::root().join(&["components", "schemas", "A"]);
        assert!(schemas.holds(&schemas));
        assert!(schemas.holds(&schemas.child("properties")));
        assert!(!schemas.holds(&Pointer::root().join(&["components", "schemas", "AB"])));
    }
}
