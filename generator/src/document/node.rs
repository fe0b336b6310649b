//! The nodes of a document: their own data as `openapiv3` types, and the pointers of their child nodes.

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Number;

use super::listed::Listed;
use crate::pointer::Pointer;

/// A node, or a `$ref` in its place.
#[derive(Clone, Debug)]
pub(crate) enum RefOr<T> {
    /// The text of `$ref`.
    Ref(String),
    /// In a piece of its own: most entries of a table are references, and a table grows by moving its entries.
    Node(Box<T>),
}

/// Schemes by name with their scopes; all are needed together.
pub(crate) type SecurityRequirement = IndexMap<String, Vec<String>>;

#[derive(Clone, Debug)]
pub(crate) struct Server {
    pub(crate) pointer: Pointer,
    pub(crate) data: openapiv3::Server,
}

#[derive(Clone, Debug)]
pub(crate) struct PathItem {
    pub(crate) pointer: Pointer,
    pub(crate) servers: Vec<Server>,
    pub(crate) parameters: Vec<Pointer>,
    pub(crate) operations: Vec<Operation>,
}

#[derive(Clone, Debug)]
pub(crate) struct Operation {
    pub(crate) pointer: Pointer,
    pub(crate) method: &'static str,
    /// Without parameters, body and responses.
    pub(crate) data: openapiv3::Operation,
    pub(crate) servers: Vec<Server>,
    pub(crate) parameters: Vec<Pointer>,
    pub(crate) body: Option<Pointer>,
    pub(crate) responses: Vec<(String, Pointer)>,
    /// The names of its callbacks with their places.
    pub(crate) callbacks: Vec<(String, Pointer)>,
}

/// The requests that an API sends to the URLs of some expressions.
#[derive(Clone, Debug)]
pub(crate) struct Callback {
    /// The expressions with their path items.
    pub(crate) items: Vec<(String, Pointer)>,
}

#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    pub(crate) pointer: Pointer,
    /// Without schema and content.
    pub(crate) data: openapiv3::Parameter,
    pub(crate) schema: Option<Pointer>,
    pub(crate) content: Vec<(String, MediaType)>,
    pub(crate) example: Option<serde_json::Value>,
    /// Whether `style` is `cookie`, which `openapiv3` does not know.
    pub(crate) is_cookie_style: bool,
    /// `allowReserved`, which `openapiv3` knows only of parameters in the query.
    pub(crate) allow_reserved: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Header {
    pub(crate) pointer: Pointer,
    pub(crate) description: Option<String>,
    pub(crate) required: bool,
    pub(crate) schema: Option<Pointer>,
}

#[derive(Clone, Debug)]
pub(crate) struct RequestBody {
    pub(crate) pointer: Pointer,
    pub(crate) description: Option<String>,
    /// `required`; the default is `false`, which many authors do not mean.
    pub(crate) required: Option<bool>,
    pub(crate) content: Vec<(String, MediaType)>,
}

#[derive(Clone, Debug)]
pub(crate) struct Response {
    pub(crate) pointer: Pointer,
    pub(crate) description: String,
    pub(crate) headers: Vec<(String, Pointer)>,
    pub(crate) content: Vec<(String, MediaType)>,
}

#[derive(Clone, Debug)]
pub(crate) struct MediaType {
    pub(crate) pointer: Pointer,
    pub(crate) schema: Option<Pointer>,
    /// The schema of each item of a sequence.
    pub(crate) item_schema: Option<Pointer>,
    pub(crate) examples: Vec<serde_json::Value>,
    /// How the properties of a form or multipart body are written, by name.
    pub(crate) encodings: Vec<(String, Encoding)>,
}

/// An Encoding Object, without its headers.
#[derive(Clone, Debug)]
pub(crate) struct Encoding {
    pub(crate) pointer: Pointer,
    pub(crate) content_type: Option<String>,
    pub(crate) style: Option<String>,
    pub(crate) explode: Option<bool>,
    pub(crate) allow_reserved: bool,
}

/// A schema with the pointers of the schemas below it.
#[derive(Clone, Debug)]
pub(crate) struct Schema {
    pub(crate) pointer: Pointer,
    pub(crate) data: openapiv3::SchemaData,
    pub(crate) keywords: Keywords,
    pub(crate) listed: Option<Listed>,
    pub(crate) properties: IndexMap<String, Pointer>,
    pub(crate) additional: Option<AdditionalProperties>,
    pub(crate) items: Option<Pointer>,
    pub(crate) all_of: Vec<Pointer>,
    pub(crate) one_of: Vec<Pointer>,
    pub(crate) any_of: Vec<Pointer>,
    /// `contentMediaType`.
    pub(crate) content_media_type: Option<String>,
    /// The JSON that a string holds.
    pub(crate) json_content: Option<JsonContent>,
    /// The schemas that it was merged from; empty for one as it is written.
    pub(crate) parts: Vec<Part>,
}

/// What a string that holds JSON says of it (`contentMediaType`).
#[derive(Clone, Debug)]
pub(crate) struct JsonContent {
    /// `contentSchema`.
    pub(crate) schema: Option<Pointer>,
}

/// The extensions by which a schema or a parameter says that its value is a secret.
pub(crate) const SECRET_KEYWORDS: [&str; 2] = ["x-secret", "x-sensitive"];

impl Schema {
    /// Returns the extension by which the schema says that its values are secrets.
    pub(crate) fn secret_keyword(&self) -> Option<&'static str> {
        let is_true = |it: &&str| self.data.extensions.get(*it) == Some(&true.into());
        SECRET_KEYWORDS.into_iter().find(is_true)
    }
}

/// A written schema that a merged one was made of.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) pointer: Pointer,
    /// The keywords that did not come into the merged schema.
    pub(crate) dropped: Vec<&'static str>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum AdditionalProperties {
    Allowed,
    Denied,
    Schema(Pointer),
}

/// The keywords of a schema that hold no schemas, without those that list values.
///
/// `openapiv3::SchemaKind` holds them too, but its bounds are `f64`, which
/// would round `maximum: 18446744073709551615`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Keywords {
    #[serde(rename = "type")]
    pub(crate) ty: Option<String>,
    pub(crate) format: Option<String>,
    pub(crate) required: Vec<String>,
    pub(crate) minimum: Option<Number>,
    pub(crate) maximum: Option<Number>,
    pub(crate) exclusive_minimum: bool,
    pub(crate) exclusive_maximum: bool,
    pub(crate) multiple_of: Option<Number>,
    pub(crate) min_length: Option<u64>,
    pub(crate) max_length: Option<u64>,
    pub(crate) pattern: Option<String>,
    pub(crate) min_items: Option<u64>,
    pub(crate) max_items: Option<u64>,
    pub(crate) unique_items: bool,
    pub(crate) min_properties: Option<u64>,
    pub(crate) max_properties: Option<u64>,
    /// Whether `not` is the only keyword: `false` as a schema.
    #[serde(skip)]
    pub(crate) never: bool,
    /// Whether `prefixItems` gives the first items schemas of their own.
    #[serde(skip)]
    pub(crate) has_prefix: bool,
    /// Whether the type of further properties says less than `patternProperties` do.
    #[serde(skip)]
    pub(crate) patterns_weakened: bool,
}

impl Keywords {
    /// Returns whether a keyword other than `type` says something.
    pub(crate) fn says_more_than_type(&self) -> bool {
        let scalars = Self { ty: None, ..self.without_required() };
        !self.required.is_empty() || scalars != Self::default()
    }

    /// Returns the keywords without `required`, which can be long.
    pub(crate) fn without_required(&self) -> Self {
        Self {
            ty: self.ty.clone(),
            format: self.format.clone(),
            required: Vec::new(),
            minimum: self.minimum.clone(),
            maximum: self.maximum.clone(),
            exclusive_minimum: self.exclusive_minimum,
            exclusive_maximum: self.exclusive_maximum,
            multiple_of: self.multiple_of.clone(),
            min_length: self.min_length,
            max_length: self.max_length,
            pattern: self.pattern.clone(),
            min_items: self.min_items,
            max_items: self.max_items,
            unique_items: self.unique_items,
            min_properties: self.min_properties,
            max_properties: self.max_properties,
            never: self.never,
            has_prefix: self.has_prefix,
            patterns_weakened: self.patterns_weakened,
        }
    }
}
