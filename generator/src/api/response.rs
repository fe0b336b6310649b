//! The responses of the model.

use super::{Content, LeftOver, ReadAs, Secrecy, TypeRef};
use crate::pointer::Pointer;

/// A declared response.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// The status or range.
    pub status: StatusPattern,
    /// What the document says about it.
    pub description: String,
    /// The supported media types, in the order of the document; empty when
    /// the response has no documented body.
    pub contents: Vec<Content>,
    /// The documented headers.
    pub headers: Vec<ResponseHeader>,
    /// The place.
    pub pointer: Pointer,
    /// What the document says of it and the model does not express.
    pub left_over: Vec<LeftOver>,
}

impl Response {
    /// Returns the media types by what their bodies are read as, in the order of preference: JSON is
    /// typed, and a text says more than bytes. In a group, the one that names it is first.
    ///
    /// JSON of one type is one group; texts and bytes are told apart by their subtype alone:
    /// `text/xml` is `application/xml`. Sequences of items are left out beside a body that is read as a
    /// whole ([`stream`](Self::stream)); of several kinds of sequences the first is read.
    pub fn bodies(&self) -> Vec<Vec<&Content>> {
        let mut acc: Vec<Vec<&Content>> = Vec::new();
        let sequence = self.sequence().filter(|_| self.is_sequence());
        let is_read = |it: &&Content| match sequence {
            Some(sequence) => it.is_read_like(sequence),
            None => !it.encoding.is_sequence(),
        };
        for content in self.contents.iter().filter(is_read) {
            match acc.iter_mut().find(|group| group[0].is_read_like(content)) {
                Some(group) if content.is_plain_json() => group.insert(0, content),
                Some(group) => group.push(content),
                None => acc.push(vec![content]),
            }
        }
        acc.sort_by_key(|group| match group[0].encoding.read_as() {
            ReadAs::Json if group[0].is_plain_json() => 0,
            ReadAs::Json => 1,
            ReadAs::Text => 2,
            ReadAs::Bytes => 3,
            ReadAs::Events | ReadAs::Lines => 4,
        });
        acc
    }

    /// Returns the sequence of items that a response has beside a body that is read as a whole.
    pub fn stream(&self) -> Option<&Content> {
        self.sequence().filter(|_| !self.is_sequence())
    }

    /// Returns the media types of sequences that nothing reads, since another one is.
    pub fn unread(&self) -> impl Iterator<Item = &Content> {
        let sequence = self.sequence();
        let all = self.contents.iter().filter(|it| it.encoding.is_sequence());
        all.filter(move |it| sequence.is_some_and(|sequence| !it.is_read_like(sequence)))
    }

    /// Returns the media types that something reads.
    pub(crate) fn read(&self) -> impl Iterator<Item = &Content> {
        self.bodies().into_iter().flatten().chain(self.stream())
    }

    fn sequence(&self) -> Option<&Content> {
        let all = self.contents.iter().filter(|it| it.encoding.is_sequence());
        all.min_by_key(|it| it.encoding)
    }

    fn is_sequence(&self) -> bool {
        self.contents.iter().all(|it| it.encoding.is_sequence())
    }

    /// Returns whether two responses have the same media types, each with the same type.
    pub fn has_bodies_of(&self, other: &Self) -> bool {
        let (own, other) = (&self.contents, &other.contents);
        own.len() == other.len()
            && own.iter().zip(other).all(|(own, other)| {
                own.media_type == other.media_type
                    && own.encoding == other.encoding
                    && own.ty == other.ty
            })
    }
}

impl Content {
    fn is_plain_json(&self) -> bool {
        self.media_type.eq_ignore_ascii_case("application/json")
    }

    /// Returns whether the bodies of two media types are read alike.
    fn is_read_like(&self, other: &Self) -> bool {
        let essence = |it: &Self| {
            it.media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
        };
        let (own, theirs) = (essence(self), essence(other));
        let is_same_subtype = || match (own.split_once('/'), theirs.split_once('/')) {
            // The type is what tells ranges apart.
            (Some((_, own)), Some((_, theirs))) if !own.contains('*') => own == theirs,
            _ => own == theirs,
        };
        self.encoding == other.encoding
            && match self.encoding.read_as() {
                ReadAs::Json | ReadAs::Events | ReadAs::Lines => self.ty == other.ty,
                ReadAs::Text | ReadAs::Bytes => is_same_subtype(),
            }
    }
}

/// A status, a range of them, or all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatusPattern {
    /// One status, for example 404.
    Exact(u16),
    /// A range of statuses: 4 means `4XX`.
    Range(u8),
    /// All that are not declared otherwise.
    Default,
}

impl StatusPattern {
    /// Returns whether every status of the pattern is a success (2xx).
    pub fn is_success(self) -> bool {
        match self {
            Self::Exact(status) => (200..300).contains(&status),
            Self::Range(hundred) => hundred == 2,
            Self::Default => false,
        }
    }
}

/// A documented header of a response.
#[derive(Clone, Debug, PartialEq)]
pub struct ResponseHeader {
    /// The name.
    pub name: String,
    /// Whether it is always there.
    pub required: bool,
    /// The type.
    pub ty: TypeRef,
    /// Why the value is a secret, if it is one.
    pub secret: Option<Secrecy>,
    /// What the document says about it.
    pub description: Option<String>,
    /// The place.
    pub pointer: Pointer,
    /// What the document says of it and the model does not express.
    pub left_over: Vec<LeftOver>,
}
