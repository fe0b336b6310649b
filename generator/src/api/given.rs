//! Names from the overlay for what has no place of its own in the model: fields, credentials, derived items.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::pointer::Pointer;
use crate::shown;

/// Which of the names that belong to one place of a document.
///
/// A property whose schema is an inline enum has two: its field and the type of the enum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameOf {
    /// The type of a schema.
    Type,
    /// The method and the struct of an operation.
    Operation,
    /// The field of a property, a parameter or a server variable.
    Field,
    /// The variant of an enum value, a branch of a union, a media type or a security scheme.
    Variant,
    /// The struct that holds what a constructor requires.
    Required,
    /// The enum of an operation's errors.
    Error,
    /// The enum of an operation's successes.
    Outcome,
    /// The enum of the media types of an operation's request body.
    Encoding,
    /// The enum of the bodies of an operation's successes, by media type.
    ResponseBody,
    /// The enum of the bodies of an operation's errors, by media type.
    ErrorBody,
    /// The method that returns a token source.
    TokenSource,
    /// The struct of what that method takes beside the credentials.
    TokenRequired,
    /// The enum of the values of a server variable.
    Values,
    /// The constant that holds the value of a header, or a server of operations, or by which a header of
    /// responses is read.
    Constant,
}

impl NameOf {
    /// Returns the word as an overlay writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Operation => "operation",
            Self::Field => "field",
            Self::Variant => "variant",
            Self::Required => "required",
            Self::Error => "error",
            Self::Outcome => "outcome",
            Self::Encoding => "encoding",
            Self::ResponseBody => "response-body",
            Self::ErrorBody => "error-body",
            Self::TokenSource => "token-source",
            Self::TokenRequired => "token-required",
            Self::Values => "values",
            Self::Constant => "constant",
        }
    }
}

/// A name from the overlay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenName {
    /// The name.
    pub name: String,
    /// The place as the entry has it: one entry names what stands at all places of one type.
    pub written_at: String,
}

/// Names given by the overlay, by place and by what they name there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GivenNames(BTreeMap<(Pointer, NameOf), GivenName>);

impl GivenNames {
    /// Keeps a name.
    pub fn insert(&mut self, at: Pointer, of: NameOf, name: GivenName) {
        self.0.insert((at, of), name);
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns all of them, each with its place and what it names there.
    pub fn iter(&self) -> impl Iterator<Item = (&Pointer, NameOf, &GivenName)> {
        self.0.iter().map(|((at, of), name)| (at, *of, name))
    }

    /// Returns the name given to the item at a place.
    pub fn get(&self, at: &Pointer, of: NameOf) -> Option<&str> {
        self.0.get(&(at.clone(), of)).map(|it| it.name.as_str())
    }
}

/// Writes the entry of an overlay that gives a name.
pub(crate) fn name_entry(at: &Pointer, of: Option<NameOf>, name: &str) -> String {
    // A text of JSON is a basic string of TOML, once all control characters are escaped.
    let text = |it: &str| shown::json(&serde_json::Value::from(it).to_string()).into_owned();
    let of = of.map(|it| format!("of = \"{}\"\n", it.as_str())).unwrap_or_default();
    let (at, name) = (text(at.as_str()), text(name));
    format!("[[name]]\nat = {at}\n{of}name = {name}\nreason = \"...\"")
}
