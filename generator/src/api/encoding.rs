//! How bodies are written and read: each encoding with what is the same for all of its bodies.

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Encoding {
    /// JSON (`application/json`, `…+json`).
    Json,
    /// `application/x-www-form-urlencoded`; only objects.
    Form,
    /// `multipart/*`; only objects.
    Multipart,
    /// Text as it is (`text/*`).
    Text,
    /// Raw bytes.
    Bytes,
    /// Server-sent events (`text/event-stream`). The type is that of the data: a string is text, anything
    /// else JSON.
    Events,
    /// JSON texts in a row (`application/x-ndjson`, `application/jsonl`, `application/json-seq`). The type
    /// is that of one of them.
    Lines,
}

/// What the body of a response is read as. The encodings that only requests have are bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReadAs {
    Json,
    Text,
    Bytes,
    Events,
    Lines,
}

/// What is the same for all bodies of an encoding.
struct Facts {
    /// What one is called beside others of its operation, in `CamelCase`.
    name: &'static str,
    /// The media type that the encoding is made for.
    media_type: &'static str,
    /// What a type is called after whose schema is that of no other encoding.
    role: &'static str,
    /// Whether a value of the type of the schema is encoded.
    is_typed: bool,
    read_as: ReadAs,
    /// What comes of a body, for people.
    described: &'static str,
}

impl Encoding {
    fn facts(self) -> Facts {
        match self {
            Self::Json => Facts {
                name: "Json",
                media_type: "application/json",
                role: "json",
                is_typed: true,
                read_as: ReadAs::Json,
                described: "JSON",
            },
            Self::Form => Facts {
                name: "Form",
                media_type: "application/x-www-form-urlencoded",
                role: "form",
                is_typed: true,
                read_as: ReadAs::Bytes,
                described: "pairs of the properties",
            },
            Self::Multipart => Facts {
                name: "Multipart",
                media_type: "multipart/form-data",
                role: "multipart",
                is_typed: true,
                read_as: ReadAs::Bytes,
                described: "parts of the properties",
            },
            Self::Text => Facts {
                name: "Text",
                media_type: "text/plain",
                role: "text",
                is_typed: false,
                read_as: ReadAs::Text,
                described: "text",
            },
            Self::Bytes => Facts {
                name: "Bytes",
                media_type: "application/octet-stream",
                role: "bytes",
                is_typed: false,
                read_as: ReadAs::Bytes,
                described: "bytes",
            },
            // Of a sequence, a value of the type is one item.
            Self::Events => Facts {
                name: "Events",
                media_type: "text/event-stream",
                role: "event",
                is_typed: false,
                read_as: ReadAs::Events,
                described: "stream of events",
            },
            Self::Lines => Facts {
                name: "JsonLines",
                media_type: "application/x-ndjson",
                role: "line",
                is_typed: false,
                read_as: ReadAs::Lines,
                described: "stream of JSON values",
            },
        }
    }

    /// Returns whether a body is a sequence of items, each of the type.
    pub fn is_sequence(self) -> bool {
        matches!(self, Self::Events | Self::Lines)
    }

    /// Returns whether a value of the type of the schema is encoded, rather than given as text or bytes.
    pub fn is_typed(self) -> bool {
        self.facts().is_typed
    }

    /// Returns what a body is called beside others of its operation, in `CamelCase`.
    pub(crate) fn name(self) -> &'static str {
        self.facts().name
    }

    /// Returns the media type that the encoding is made for.
    pub(crate) fn media_type(self) -> &'static str {
        self.facts().media_type
    }

    /// Returns the word for a type whose schema is that of no other encoding.
    pub(crate) fn role(self) -> &'static str {
        self.facts().role
    }

    /// Returns what the body of a response is read as.
    pub(crate) fn read_as(self) -> ReadAs {
        self.facts().read_as
    }

    /// Returns what comes of a body, for people.
    pub(crate) fn described(self) -> &'static str {
        self.facts().described
    }
}
