//! What a comparison finds: facts of a document that the code lacks, or has in another way.

use std::fmt;

/// The kinds of facts that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// An operation, with its method, path and id.
    Operation,
    /// A parameter with its location, or the style of its list.
    Parameter,
    /// A media type of a request body.
    RequestBody,
    /// A response with its status.
    Response,
    /// A header of a response.
    Header,
    /// A media type of a response body.
    ResponseBody,
    /// The kind of a value: a string, a list, an object, a union.
    Kind,
    /// A property.
    Property,
    /// What other properties there may be.
    FurtherProperties,
    /// A branch of a union, or what tells it from the others.
    Branch,
    /// The values that are listed.
    Values,
    /// Whether something must be there.
    Required,
    /// Whether something can be `null`.
    Nullable,
    /// The security requirements.
    Security,
    /// A server or one of its variables.
    Server,
    /// The host and base path that an operation goes to.
    Destination,
    /// The media type that a request body is sent with.
    ContentType,
    /// Whether a text is hidden.
    Secret,
}

impl Fact {
    /// Returns the keywords of a node that say the fact: a diagnostic about another one says nothing of it.
    pub(crate) fn keywords(self) -> &'static [&'static str] {
        match self {
            Self::Operation => &["operationId", "parameters", "requestBody", "responses"],
            Self::Parameter => &["name", "in", "schema", "content", "style", "explode", "required"],
            Self::RequestBody | Self::ResponseBody | Self::Response | Self::ContentType => {
                &["content", "schema"]
            }
            Self::Header => &["headers", "schema", "content"],
            Self::Kind => &[
                "$ref",
                "$dynamicRef",
                "type",
                "format",
                "allOf",
                "oneOf",
                "anyOf",
                "discriminator",
                "items",
                "prefixItems",
                "enum",
                "const",
                "properties",
                "additionalProperties",
                "not",
                "patternProperties",
                "schema",
                "content",
            ],
            Self::Property => &["properties", "required", "discriminator", "allOf", "$ref"],
            Self::FurtherProperties => {
                &["additionalProperties", "patternProperties", "unevaluatedProperties", "allOf"]
            }
            Self::Branch => &["oneOf", "anyOf", "discriminator", "allOf"],
            Self::Values => {
                &["enum", "const", "x-enum", "x-extensible-enum", "type", "allOf", "schema"]
            }
            Self::Required => &["required", "readOnly", "writeOnly", "in"],
            Self::Nullable => &["nullable", "type", "enum", "oneOf", "anyOf", "allOf"],
            Self::Security => &["security", "type", "scheme", "name", "in"],
            Self::Server | Self::Destination => &["servers", "url", "variables"],
            Self::Secret => &["format", "x-secret", "x-sensitive"],
        }
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Operation => "operations",
            Self::Parameter => "parameters",
            Self::RequestBody => "request bodies",
            Self::Response => "responses",
            Self::ResponseBody => "response bodies",
            Self::Header => "response headers",
            Self::Kind => "kinds of values",
            Self::Property => "properties",
            Self::FurtherProperties => "further properties",
            Self::Branch => "branches of unions",
            Self::Values => "listed values",
            Self::Required => "required",
            Self::Nullable => "null",
            Self::Security => "security",
            Self::Server => "servers",
            Self::Destination => "destinations",
            Self::ContentType => "content types",
            Self::Secret => "secrets",
        })
    }
}

/// A fact that the document and the code do not have alike.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// What differs.
    pub fact: Fact,
    /// The places that say it: the node, and those that it refers to.
    pub places: Vec<String>,
    /// What it is called in the document, where a diagnostic of the node around it would name it.
    pub name: Option<String>,
    /// How it differs.
    pub what: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.places.first().map_or("#", String::as_str);
        write!(f, "{place}: {}: {}", self.fact, self.what)
    }
}
