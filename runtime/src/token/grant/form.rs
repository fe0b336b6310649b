//! Turns the parameters of a token request into a form, and keeps what no error may show of it.

use crate::secret::Secret;
use crate::wipe::WipedBuffer;

/// A form under construction, in a buffer that is cleared.
pub(super) struct Form<'a> {
    body: WipedBuffer,
    /// What is sent besides the credentials that the source knows.
    sent: &'a mut Vec<Secret>,
}

impl<'a> Form<'a> {
    pub(super) fn new(sent: &'a mut Vec<Secret>) -> Self {
        Self { body: WipedBuffer::new(), sent }
    }

    pub(super) fn push(&mut self, name: &str, value: &str) {
        if !self.body.is_empty() {
            self.body.push(b"&");
        }
        push_encoded(&mut self.body, name);
        self.body.push(b"=");
        push_encoded(&mut self.body, value);
    }

    /// Adds a parameter that no error may show.
    pub(super) fn push_secret(&mut self, name: &str, value: Secret) {
        self.push(name, value.expose());
        self.sent.push(value);
    }

    pub(super) fn into_body(self) -> WipedBuffer {
        self.body
    }
}

/// Encodes as RFC 6749 appendix B says. The pieces are slices of the text or constants: no copy is left
/// behind.
pub(super) fn push_encoded(acc: &mut WipedBuffer, text: &str) {
    for piece in form_urlencoded::byte_serialize(text.as_bytes()) {
        acc.push(piece.as_bytes());
    }
}
