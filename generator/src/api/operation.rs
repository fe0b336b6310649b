//! The operations of the model: what their requests are made of.

use serde_json::Value;

use super::{
    Docs, Encoding, LeftOver, Method, Pagination, ParameterId, Response, ResponseHeader, Retries,
    SchemeId, Secrecy, Server, StatusPattern, TokenEndpoint, TypeRef,
};
use crate::pointer::Pointer;

/// One method on one path.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// `operationId`, or `<method>_<path words>` where the document has none or gives it to
    /// another operation, or what the overlay gives.
    pub id: String,
    /// Whether the document gives its `operationId` to several operations.
    pub has_shared_id: bool,
    /// Whether the id is made from method and path.
    pub has_made_id: bool,
    /// The method.
    pub method: Method,
    /// The path template, for example `/indexes/{index_name}`.
    pub path: Vec<PathPart>,
    /// `summary` as the title, and the description.
    pub docs: Docs,
    /// `tags`.
    pub tags: Vec<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// The servers of the operation or its path; empty when those of the
    /// document hold.
    pub servers: Vec<Server>,
    /// Parameters of the path item and of the operation, in that order, the
    /// operation's winning.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<RequestBody>,
    /// The responses, in the order of the document.
    pub responses: Vec<Response>,
    /// The alternatives; each is the schemes it needs together.
    /// An empty alternative needs none. No alternatives: no credentials.
    pub security: Vec<Vec<Need>>,
    /// Whether a request or success body is untyped JSON because its schema
    /// could not be expressed.
    pub degraded: bool,
    /// How it gives tokens for client credentials, where it does.
    pub token_endpoint: Option<TokenEndpoint>,
    /// When it may be sent again, as the overlay says.
    pub retries: Retries,
    /// How it returns a list in pages, where the overlay says so.
    pub pagination: Option<Pagination>,
    /// The place: `#/paths/~1…/post`.
    pub pointer: Pointer,
    /// What the document says of it and the model does not express.
    pub left_over: Vec<LeftOver>,
}

impl Operation {
    /// Returns whether a response of a status can have a body: to `HEAD`, and with these statuses, none has one
    /// (RFC 9110 §6.4.1).
    pub(crate) fn can_have_body(&self, status: StatusPattern) -> bool {
        self.method != Method::Head && !matches!(status, StatusPattern::Exact(204 | 205 | 304))
    }

    /// Returns the bodies of responses that something reads.
    pub(crate) fn received(&self) -> impl Iterator<Item = &Content> {
        self.responses.iter().filter(|it| self.can_have_body(it.status)).flat_map(Response::read)
    }

    /// Returns the parameter behind an id.
    pub fn parameter(&self, id: ParameterId) -> &Parameter {
        &self.parameters[id.0]
    }

    /// Returns the position of a parameter in the path template; `None` where it is not in the path.
    pub fn slot(&self, id: ParameterId) -> Option<usize> {
        self.path.iter().position(|it| *it == PathPart::Parameter(id))
    }

    /// Returns whether a response is what the caller wants: a success, or a redirect where no success is
    /// declared.
    pub fn is_wanted(&self, response: &Response) -> bool {
        let has_success = || self.responses.iter().any(|it| it.status.is_success());
        response.status.is_success() || response.is_redirect() && !has_success()
    }

    /// Returns the headers of all responses. `Content-Type` is not described by them (OpenAPI 3.0.4
    /// §4.8.17.1).
    pub fn response_headers(&self) -> impl Iterator<Item = &ResponseHeader> {
        let all = self.responses.iter().flat_map(|it| &it.headers);
        all.filter(|it| !it.name.eq_ignore_ascii_case("content-type"))
    }

    /// Returns the path template as it is written, for example `/indexes/{index_name}`.
    pub fn template(&self) -> String {
        let part = |part: &PathPart| match part {
            PathPart::Literal(text) => text.clone(),
            PathPart::Parameter(id) => format!("{{{}}}", self.parameter(*id).name),
        };
        self.path.iter().map(part).collect()
    }
}

/// A credential that an operation needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// The security scheme.
    pub scheme: SchemeId,
    /// The scopes that a token must have, in the order of the document.
    pub scopes: Vec<String>,
}

/// A part of a path template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathPart {
    /// Text as it is sent.
    Literal(String),
    /// A path parameter of the operation.
    Parameter(ParameterId),
}

/// A parameter (OpenAPI 3.0.3 §4.7.12).
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// The exact name.
    pub name: String,
    /// Where it is sent.
    pub location: Location,
    /// Whether it must be sent.
    pub required: bool,
    /// The type.
    pub ty: TypeRef,
    /// How the value is written.
    pub style: Style,
    /// Whether reserved characters of a value are sent as they are (`allowReserved`).
    pub allow_reserved: bool,
    /// Whether the overlay says that the default is the one value to send.
    pub fixed: bool,
    /// What the document says about it.
    pub docs: Docs,
    /// `default`.
    pub default: Option<Value>,
    /// `example` or the first of `examples`.
    pub example: Option<Value>,
    /// `deprecated`.
    pub deprecated: bool,
    /// Why the value must never be shown, where it must not.
    pub secret: Option<Secrecy>,
    /// The place.
    pub pointer: Pointer,
    /// What the document says of it and the model does not express.
    pub left_over: Vec<LeftOver>,
}

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

/// How the value of a parameter is written. Which combinations of style,
/// `explode` and type are supported is decided when lowering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// One value as text.
    Plain,
    /// A list: the name repeated for each element (`form` exploded).
    Repeated,
    /// A list: one value, elements joined by a comma (`form` or `simple`).
    Comma,
    /// A list: one value, elements joined by a space.
    Space,
    /// A list: one value, elements joined by `|`.
    Pipe,
    /// One value or a list in a path: `.a,b`.
    Label,
    /// `.a.b`.
    LabelExploded,
    /// `;x=a,b`.
    Matrix,
    /// `;x=a;x=b`.
    MatrixExploded,
    /// An object.
    Object(ObjectStyle),
    /// One value as JSON text (`content: application/json`, or `format: json`).
    Json,
}

/// How an object is written: its properties are scalars, but for [`ObjectStyle::Deep`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObjectStyle {
    /// Each property by its name: `R=100&G=200`.
    Exploded,
    /// Names and values in turn: `R,100,G,200`.
    Comma,
    /// With spaces between them.
    Space,
    /// With `|` between them.
    Pipe,
    /// `.R,100,G,200`
    Label,
    /// `.R=100.G=200`
    LabelExploded,
    /// `;x=R,100,G,200`
    Matrix,
    /// `;R=100;G=200`
    MatrixExploded,
    /// With brackets, at any depth: `x[R]=100`; also lists, and what can be an object or a scalar.
    Deep,
}

/// A request body.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestBody {
    /// Whether it must be sent.
    pub required: bool,
    /// Whether the document says that it need not be sent, rather than nothing.
    pub optional: bool,
    /// What the document says about it.
    pub description: Option<String>,
    /// The supported media types, in the order of the document; at least one.
    pub contents: Vec<Content>,
    /// The place.
    pub pointer: Pointer,
    /// What the document says of it and the model does not express.
    pub left_over: Vec<LeftOver>,
}

impl RequestBody {
    /// Returns whether a value of one type is sent in any of the media types.
    pub fn is_one_type(&self) -> bool {
        let first = &self.contents[0];
        self.contents.iter().all(|it| {
            it.is_range() == first.is_range()
                && match (it.encoding, first.encoding) {
                    (Encoding::Text, Encoding::Text) | (Encoding::Bytes, Encoding::Bytes) => true,
                    (Encoding::Lines, Encoding::Lines) => it.ty == first.ty,
                    _ => it.encoding.is_typed() && first.encoding.is_typed() && it.ty == first.ty,
                }
        })
    }
}

/// A body of one media type.
#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    /// The media type as the document writes it; of a request the one that is sent, or a range of which
    /// the caller names one.
    pub media_type: String,
    /// How the body is written.
    pub encoding: Encoding,
    /// How the properties of a form or multipart body are written that the document says something about.
    pub fields: Vec<FieldEncoding>,
    /// The type.
    pub ty: TypeRef,
    /// Whether the schema is written here and not behind a `$ref`: the same on
    /// the wire and in Rust, but a reviewer is told when it moves.
    pub inline: bool,
    /// The examples beside the schema.
    pub examples: Vec<Value>,
    /// The data of the event that ends a stream of events, where the overlay says so.
    pub end: Option<String>,
    /// Of a stream of events that are told apart by their names, the names of those whose data is JSON. The type
    /// is that of the whole event.
    pub json_events: Option<Vec<String>>,
    /// The place of the media type.
    pub pointer: Pointer,
    /// The places of further media types of a request as which the same is sent: ranges beside one of their types.
    pub also: Vec<Pointer>,
}

impl Content {
    /// Returns whether it is a range of media types.
    pub fn is_range(&self) -> bool {
        self.media_type.contains('*')
    }
}

/// How a property of a form or multipart body is written (Encoding Object, OpenAPI 3.0.4 §4.7.15).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldEncoding {
    /// The name of the property.
    pub name: String,
    /// `style` and `explode`.
    pub style: FieldStyle,
    /// `contentType`: one media type, or several with commas between them.
    pub content_type: Option<String>,
    /// `allowReserved`.
    pub allow_reserved: bool,
    /// The place.
    pub pointer: Pointer,
}

impl FieldEncoding {
    /// Returns whether the property is written as one that has no entry.
    pub(crate) fn is_default(&self) -> bool {
        self.style == FieldStyle::Default && self.content_type.is_none() && !self.allow_reserved
    }
}

/// How the lists and objects of a form or multipart body are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldStyle {
    /// The document does not say; see the runtime's type of this name.
    Default,
    /// `form`, exploded.
    Exploded,
    /// `form`, not exploded.
    Comma,
    /// `spaceDelimited`.
    Space,
    /// `pipeDelimited`.
    Pipe,
    /// `deepObject`.
    DeepObject,
}
