//! Where the nodes of a text stand: a small list, made as the text is read and kept until a message is printed.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use saphyr_parser::{Event, ScalarStyle, Span};

/// The places of the nodes of a document, in the order of its text; a key stands before its value.
///
/// Empty where reading the document did not come by them: then they are looked for when one is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places(pub(super) Vec<Node>);

/// A node, between two characters that are counted from the start of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) content: Content,
    pub(super) start: u32,
    pub(super) end: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// A text between quotes, or a scalar with a tag.
    Text,
    /// What the core schema may take for a number, a boolean or null.
    Plain,
    /// A scalar that is not written.
    Nothing,
    /// A map, and the index of the first node that is not in it.
    Map(u32),
    /// A list, likewise.
    List(u32),
    /// What an alias stands for: the index, and one.
    Alias(NonZeroU32),
}

impl Places {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Writes the places down, event by event.
#[derive(Debug, Default)]
pub(crate) struct Recorder {
    nodes: Vec<Node>,
    open: Vec<usize>,
    anchors: BTreeMap<usize, NonZeroU32>,
}

impl Recorder {
    /// Takes note of an event; nothing for one that belongs to no node, or to a text that is too long.
    pub(crate) fn note(&mut self, event: &Event<'_>, span: Span) -> Option<()> {
        let index = u32::try_from(self.nodes.len()).ok()?;
        let (content, anchor) = match event {
            Event::Scalar(text, ScalarStyle::Plain, anchor, None) => {
                (if text.is_empty() { Content::Nothing } else { Content::Plain }, *anchor)
            }
            Event::Scalar(_, _, anchor, _) => (Content::Text, *anchor),
            Event::MappingStart(anchor, _) => (Content::Map(0), *anchor),
            Event::SequenceStart(anchor, _) => (Content::List(0), *anchor),
            Event::Alias(anchor) => (Content::Alias(*self.anchors.get(anchor)?), 0),
            Event::MappingEnd | Event::SequenceEnd => {
                let node = self.nodes.get_mut(self.open.pop()?)?;
                node.end = position(span.start.index())?;
                node.content = node.content.until(index);
                return Some(());
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => return Some(()),
        };
        // Anchors count from 1.
        if anchor > 0 {
            self.anchors.insert(anchor, NonZeroU32::MIN.checked_add(index)?);
        }
        if matches!(content, Content::Map(_) | Content::List(_)) {
            self.open.push(self.nodes.len());
        }
        let (start, end) = (position(span.start.index())?, position(span.end.index())?);
        self.nodes.push(Node { content, start, end });
        Some(())
    }

    /// Returns the places, which take no more memory than they need.
    pub(crate) fn finish(mut self) -> Places {
        self.nodes.shrink_to_fit();
        Places(self.nodes)
    }
}

impl Content {
    /// Returns the same map or list, with its end.
    pub(super) fn until(self, next: u32) -> Self {
        match self {
            Self::Map(_) => Self::Map(next),
            Self::List(_) => Self::List(next),
            other => other,
        }
    }
}

pub(super) fn position(index: usize) -> Option<u32> {
    u32::try_from(index).ok()
}
