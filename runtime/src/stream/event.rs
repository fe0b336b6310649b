//! Server-sent events, found in the bytes of a stream by the rules of the HTML standard (section 9.2.6).

use std::time::Duration;

use bytes::{Buf as _, Bytes};

use super::items::Framing;
use crate::wipe::WipedBuffer;

/// A server-sent event.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// The type of the event; `message` if the server names none.
    pub event: String,
    /// The last event id until then; empty if the server has sent none.
    pub id: String,
    /// The data.
    pub data: T,
}

/// The state of an event stream between its bytes.
#[derive(Default)]
pub(super) struct Events {
    /// The line that is not complete yet.
    line: WipedBuffer,
    /// Whether a line feed would belong to the carriage return before it.
    after_return: bool,
    /// Whether the first line is over, before which a byte order mark may stand.
    begun: bool,
    event: String,
    data: WipedBuffer,
    pub(super) id: String,
    pub(super) retry: Option<Duration>,
}

impl Framing for Events {
    type Item = Event<WipedBuffer>;

    fn take(&mut self, piece: &mut Bytes) -> Option<Self::Item> {
        while !piece.is_empty() {
            if std::mem::take(&mut self.after_return) && piece[0] == b'\n' {
                piece.advance(1);
                continue;
            }
            let Some(end) = piece.iter().position(|byte| matches!(byte, b'\n' | b'\r')) else {
                self.line.push(piece);
                piece.clear();
                return None;
            };
            self.line.push(&piece[..end]);
            // A line ends with the return: whether a line feed follows is not worth waiting for.
            self.after_return = piece[end] == b'\r';
            piece.advance(end + 1);
            if let Some(event) = self.end_line() {
                return Some(event);
            }
        }
        None
    }

    /// An event that no blank line has ended is dropped.
    fn finish(&mut self) -> Option<Self::Item> {
        None
    }

    fn held(&self) -> usize {
        self.line.len().saturating_add(self.data.len())
    }

    fn size(event: &Self::Item) -> usize {
        event.data.len()
    }
}

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

impl Events {
    fn end_line(&mut self) -> Option<Event<WipedBuffer>> {
        let line = std::mem::take(&mut self.line);
        let mut line = line.as_ref();
        if !std::mem::replace(&mut self.begun, true) {
            line = line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line);
        }
        if line.is_empty() {
            return self.dispatch();
        }
        // A comment has an empty name.
        let (name, value) = match line.iter().position(|byte| *byte == b':') {
            Some(colon) => (&line[..colon], &line[colon + 1..]),
            None => (line, &b""[..]),
        };
        let value = value.strip_prefix(b" ").unwrap_or(value);
        match name {
            b"data" => {
                push_text(&mut self.data, value);
                self.data.push(b"\n");
            }
            b"event" => self.event = String::from_utf8_lossy(value).into_owned(),
            b"id" if !value.contains(&0) => self.id = String::from_utf8_lossy(value).into_owned(),
            b"retry" if value.iter().all(u8::is_ascii_digit) => {
                let time = std::str::from_utf8(value).ok().and_then(|it| it.parse().ok());
                self.retry = time.map(Duration::from_millis).or(self.retry);
            }
            _ => {}
        }
        None
    }

    fn dispatch(&mut self) -> Option<Event<WipedBuffer>> {
        let event = std::mem::take(&mut self.event);
        if self.data.is_empty() {
            return None;
        }
        let mut data = std::mem::take(&mut self.data);
        data.pop();
        let event = if event.is_empty() { "message".to_owned() } else { event };
        Some(Event { event, id: self.id.clone(), data })
    }
}

/// Appends bytes as UTF-8, with the replacement character for what is not (HTML standard: "decoded using
/// UTF-8 decode").
fn push_text(acc: &mut WipedBuffer, bytes: &[u8]) {
    for chunk in bytes.utf8_chunks() {
        acc.push(chunk.valid().as_bytes());
        if !chunk.invalid().is_empty() {
            acc.push("\u{fffd}".as_bytes());
        }
    }
}
