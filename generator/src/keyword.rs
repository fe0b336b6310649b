//! What is known of a keyword wherever it is read, kept or compared: what it costs that nothing expresses it, and which way it travels.

/// What a keyword that nothing expresses costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// Nothing, and nobody reads it: it holds what others refer to, or names the
    /// dialect (OpenAPI 3.1.1 §4.8.7; JSON Schema 2020-12 core §8).
    Definition,
    /// It is for people: texts, examples and names (OpenAPI 3.1.1 §4.8; JSON Schema
    /// 2020-12 validation §9).
    Note,
    /// It says how a value is meant; the code is the same with it and without it
    /// (JSON Schema 2020-12 validation §8 and §9). `format` is one where it names
    /// no width (validation §7.2.1).
    Annotation,
    /// A part that describes requests which somebody else sends, or where a token
    /// comes from: no client needs it.
    Part,
    /// The values that are sent and read are the same: it only says which of those
    /// that can be written and read are valid.
    Assertion,
    /// What is sent or read could be another thing.
    Wire,
}

/// Which way what a keyword holds travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// As what holds it.
    Straight,
    /// In requests.
    Sent,
    /// In responses.
    Received,
    /// Against what holds it: the server calls, and the client answers.
    Turned,
    /// It describes values that are not meant, or may not be: what is added to it is
    /// taken from the values.
    Denied,
}
