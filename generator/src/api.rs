//! The model: what a document says on the wire, with no Rust in it; `lower` makes it, `name` and `plan` read it.
//!
//! The shapes are a closed set. References are resolved to [`TypeId`]s, `allOf`
//! is merged, inline schemas that need a name of their own are hoisted into
//! [`Api::types`] with their [`Origin`]. What the contract says is kept even
//! where no code uses it yet: bounds, defaults, spelling, examples.

mod given;
mod method;
mod union;

use serde_json::Value;

pub use union::{JsonKind, Tagging, Told, ToldBy, Union, Variant};

use crate::pointer::Pointer;

pub use given::{GivenNames, NameOf};
pub use method::Method;

/// One API of one version.
#[derive(Clone, Debug, PartialEq)]
pub struct Api {
    /// `openapi`, for example `3.0.3`.
    pub openapi: String,
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `info.description`.
    pub description: Option<String>,
    /// The servers of the document, in its order; empty when it names none.
    pub servers: Vec<Server>,
    /// The security schemes, in the order of the document.
    pub security_schemes: Vec<SecurityScheme>,
    /// Every type that gets a name; a [`TypeId`] is the index. Components
    /// first, in the order of the document, then hoisted inline types in the
    /// order they are met.
    pub types: Vec<TypeDef>,
    /// Every operation that can be generated, in the order of the document.
    pub operations: Vec<Operation>,
    /// The names that the overlay gives beside those of types, enum values, branches and operations.
    pub given_names: GivenNames,
    /// What is left over of the document as a whole.
    pub left_over: Vec<LeftOver>,
}

/// A keyword of the document that nothing else in the model expresses; it hangs
/// on the innermost thing that it is written in.
#[derive(Clone, Debug, PartialEq)]
pub struct LeftOver {
    /// The place of the keyword, or of a node that it holds.
    pub pointer: Pointer,
    /// The keyword.
    pub keyword: String,
    /// The value as the document writes it; `None` for what JSON cannot hold.
    pub value: Option<Value>,
}

impl Api {
    /// Returns the type behind an id.
    pub fn type_def(&self, id: TypeId) -> &TypeDef {
        &self.types[id.0]
    }
}

/// The index of a type in [`Api::types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub usize);

/// A server (OpenAPI 3.0.3 §4.7.5).
#[derive(Clone, Debug, PartialEq)]
pub struct Server {
    /// The URL template, for example `https://api.{region}.example.com`.
    pub url: String,
    /// What the document says about it.
    pub description: Option<String>,
    /// The variables of the template, in the order of the template.
    pub variables: Vec<ServerVariable>,
    /// The place.
    pub pointer: Pointer,
    /// What the document says of it and the model does not express.
    pub left_over: Vec<LeftOver>,
}

/// A variable of a server URL.
#[derive(Clone, Debug, PartialEq)]
pub struct ServerVariable {
    /// The name between the braces.
    pub name: String,
    /// The default; `None` when the overlay says that there is none to rely on.
    pub default: Option<String>,
    /// The known values; empty when the document lists none. Never closed.
    pub values: Vec<String>,
    /// What the document says about it.
    pub description: Option<String>,
    /// The place.
    pub pointer: Pointer,
}

/// A security scheme (OpenAPI 3.0.3 §4.7.27).
#[derive(Clone, Debug, PartialEq)]
pub struct SecurityScheme {
    /// The component name, for example `ApiKeyAuth`.
    pub name: String,
    /// How the credential is sent.
    pub kind: SecurityKind,
    /// What the document says about it.
    pub description: Option<String>,
    /// The place.
    pub pointer: Pointer,
    /// What the document says of it and the model does not express.
    pub left_over: Vec<LeftOver>,
}

/// How a credential is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecurityKind {
    /// In a header of this name.
    ApiKeyHeader(String),
    /// In a query parameter of this name.
    ApiKeyQuery(String),
    /// In a cookie of this name.
    ApiKeyCookie(String),
    /// `Authorization: Bearer …`; also what `oauth2` and `openIdConnect` come to.
    Bearer,
    /// `Authorization: Basic …`.
    Basic,
}

/// A type that gets a name.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeDef {
    /// Where the name comes from.
    pub origin: Origin,
    /// The place.
    pub pointer: Pointer,
    /// Title and description.
    pub docs: Docs,
    /// Whether the document marks it deprecated.
    pub deprecated: bool,
    /// The examples of the schema itself.
    pub examples: Vec<Value>,
    /// The shape.
    pub shape: Shape,
    /// Whether a `null` is a value of this type wherever it is used
    /// (`nullable` on a component).
    pub nullable: bool,
    /// Whether the shape is untyped because the schema could not be expressed;
    /// a diagnostic says why.
    pub degraded: bool,
    /// What the document says of it and the model does not express.
    pub left_over: Vec<LeftOver>,
    /// What the schema says about the value beyond its shape; an alias says it itself.
    pub constraints: Constraints,
}

/// Where the name of a type comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The key under `components/schemas`.
    Component(String),
    /// `x-component-name` or the overlay; taken as it is written.
    Given(String),
    /// The place of an inline schema: the owner's name followed by the roles.
    Inline {
        /// What the schema is written inside of.
        owner: Owner,
        /// The way from the owner to the schema.
        roles: Vec<Role>,
    },
}

/// What an inline schema is written inside of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A named type.
    Type(TypeId),
    /// The operation with this `operationId` (or the name made in its place).
    Operation(String),
    /// Nothing: a schema of the components that is no `schemas` entry.
    Document,
}

/// One step from an owner to an inline schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// The property of this name.
    Property(String),
    /// The items of a list.
    Item,
    /// The values of a map.
    Value,
    /// The variant of a union: its tag or key where it has one, else its position from 1.
    Variant(String),
    /// The request body.
    Request,
    /// The body of a success response. `None` when the operation declares one only.
    Response(Option<StatusPattern>),
    /// The body of an error response; `None` when all error bodies are this type.
    Error(Option<StatusPattern>),
    /// The parameter of this name.
    Parameter(String),
    /// The response header of this name.
    Header(String),
}

/// Title and description of a node.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    /// `title`.
    pub title: Option<String>,
    /// `description` (of an operation: also `summary`, as the title).
    pub description: Option<String>,
}

/// The shape of a named type.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A JSON object with known members.
    Struct(Struct),
    /// A string with known values.
    Enum(OpenEnum),
    /// One of several shapes.
    Union(Union),
    /// Another type under this name.
    Alias(TypeRef),
}

/// A JSON object with known members.
#[derive(Clone, Debug, PartialEq)]
pub struct Struct {
    /// The members, in the order of the document.
    pub properties: Vec<Property>,
    /// What other members there can be.
    pub additional: Additional,
}

/// What members an object can have beside those it names.
#[derive(Clone, Debug, PartialEq)]
pub enum Additional {
    /// The schema says nothing: others are allowed and ignored.
    Unsaid,
    /// `additionalProperties: false`; still ignored when received.
    Denied,
    /// `additionalProperties` is `true` or a schema: others are kept.
    Kept(Box<TypeRef>),
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Property {
    /// The exact JSON name.
    pub name: String,
    /// Whether the schema lists it in `required`.
    pub required: bool,
    /// The type; its `nullable` says whether the schema allows `null`.
    pub ty: TypeRef,
    /// Title and description.
    pub docs: Docs,
    /// `default`, coerced to the type where it was misspelled; never sent.
    pub default: Option<Value>,
    /// `example`.
    pub example: Option<Value>,
    /// `readOnly`.
    pub read_only: bool,
    /// `writeOnly`.
    pub write_only: bool,
    /// `deprecated`.
    pub deprecated: bool,
    /// Whether the overlay says that the value must never be shown.
    pub secret: bool,
    /// The place.
    pub pointer: Pointer,
    /// What the document says of it and the model does not express.
    pub left_over: Vec<LeftOver>,
}

/// A string with known values that may grow: `enum` or `x-enum`.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenEnum {
    /// The known values, in the order of the document, each once.
    pub values: Vec<EnumValue>,
    /// Which keyword the document uses.
    pub spelling: EnumSpelling,
    /// Whether the overlay says that letter case does not matter.
    pub ignore_case: bool,
}

/// A known value of an open enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumValue {
    /// The exact text on the wire.
    pub text: String,
    /// The variant name that the overlay or `x-enum-varnames` gives.
    pub given_name: Option<String>,
    /// What the document says about it.
    pub description: Option<String>,
    /// The place of the value.
    pub pointer: Pointer,
}

/// Which keyword lists the values of an open enum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnumSpelling {
    /// `enum` (JSON Schema), or `const`.
    Enum,
    /// The extension `x-enum` (or `x-extensible-enum`): documented values.
    XEnum,
}

/// The use of a type.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeRef {
    /// The type.
    pub ty: Type,
    /// Whether `null` is allowed here.
    pub nullable: bool,
    /// What the schema says about the value beyond its type.
    pub constraints: Constraints,
}

impl TypeRef {
    /// Returns a use of `ty` that allows no `null` and has no constraints.
    pub fn plain(ty: Type) -> Self {
        Self { ty, nullable: false, constraints: Constraints::default() }
    }
}

/// A type as it stands at a place of use.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// A named type.
    Named(TypeId),
    /// A string; the format is kept, the Rust type does not depend on it.
    String(Option<String>),
    /// A boolean.
    Boolean,
    /// An integer.
    Integer(IntegerWidth),
    /// A number.
    Number(NumberWidth),
    /// A list.
    List(Box<TypeRef>),
    /// An object used as a map from any name to one type.
    Map(Box<TypeRef>),
    /// A JSON object with any members.
    FreeForm,
    /// Any JSON value.
    Any,
    /// Raw bytes; only as a whole body.
    Bytes,
}

/// The width an integer's `format` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntegerWidth {
    /// `int32`.
    I32,
    /// `int64`, or no format.
    I64,
    /// `uint32`.
    U32,
    /// `uint64`, or bounds beyond 64 signed bits.
    U64,
}

/// The width a number's `format` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberWidth {
    /// `float`.
    F32,
    /// `double`, or no format.
    F64,
}

/// What a schema says about a value beyond its type (JSON Schema validation).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Constraints {
    /// `minimum`.
    pub minimum: Option<serde_json::Number>,
    /// `maximum`.
    pub maximum: Option<serde_json::Number>,
    /// Whether `minimum` itself is excluded.
    pub exclusive_minimum: bool,
    /// Whether `maximum` itself is excluded.
    pub exclusive_maximum: bool,
    /// `multipleOf`.
    pub multiple_of: Option<serde_json::Number>,
    /// `minLength`, in characters.
    pub min_length: Option<u64>,
    /// `maxLength`, in characters.
    pub max_length: Option<u64>,
    /// `pattern`.
    pub pattern: Option<String>,
    /// `minItems`.
    pub min_items: Option<u64>,
    /// `maxItems`.
    pub max_items: Option<u64>,
    /// `uniqueItems`.
    pub unique_items: bool,
    /// `minProperties`.
    pub min_properties: Option<u64>,
    /// `maxProperties`.
    pub max_properties: Option<u64>,
    /// `enum` on what is no string: the listed values.
    pub values: Vec<Value>,
}

/// One method on one path.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// `operationId`, or `<method>_<path words>` where the document has none,
    /// or what the overlay gives.
    pub id: String,
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
    /// The alternatives; each is the names of the schemes it needs together.
    /// An empty alternative needs none. No alternatives: no credentials.
    pub security: Vec<Vec<String>>,
    /// Whether a request or success body is untyped JSON because its schema
    /// could not be expressed.
    pub degraded: bool,
    /// The place: `#/paths/~1…/post`.
    pub pointer: Pointer,
    /// What the document says of it and the model does not express.
    pub left_over: Vec<LeftOver>,
}

impl Operation {
    /// Returns the path template as it is written, for example `/indexes/{index_name}`.
    pub fn template(&self) -> String {
        let part = |part: &PathPart| match part {
            PathPart::Literal(text) => text.clone(),
            PathPart::Parameter(name) => format!("{{{name}}}"),
        };
        self.path.iter().map(part).collect()
    }
}

/// A part of a path template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathPart {
    /// Text as it is sent.
    Literal(String),
    /// The path parameter of this name.
    Parameter(String),
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
    /// Whether the overlay says that the value must never be shown.
    pub secret: bool,
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
    /// One value as JSON text (`content: application/json`, or `format: json`).
    Json,
}

/// A request body.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestBody {
    /// Whether it must be sent.
    pub required: bool,
    /// What the document says about it.
    pub description: Option<String>,
    /// The supported media types, in the order of the document; at least one.
    /// All have one type unless they are [`Encoding::Bytes`] or [`Encoding::Text`].
    pub contents: Vec<Content>,
    /// The place.
    pub pointer: Pointer,
    /// What the document says of it and the model does not express.
    pub left_over: Vec<LeftOver>,
}

/// A body of one media type.
#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    /// The media type as the document writes it.
    pub media_type: String,
    /// How the body is written.
    pub encoding: Encoding,
    /// The type.
    pub ty: TypeRef,
    /// Whether the schema is written here and not behind a `$ref`: the same on
    /// the wire and in Rust, but a reviewer is told when it moves.
    pub inline: bool,
    /// The examples beside the schema.
    pub examples: Vec<Value>,
    /// The place of the media type.
    pub pointer: Pointer,
}

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Encoding {
    /// JSON (`application/json`, `…+json`).
    Json,
    /// `application/x-www-form-urlencoded`; only flat objects.
    Form,
    /// Text as it is (`text/*`).
    Text,
    /// Raw bytes.
    Bytes,
}

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

/// A status, a range of them, or all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatusPattern {
    /// One status, for example 404.
    Exact(u16),
    /// A hundred of them: 4 stands for `4XX`.
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
    /// What the document says about it.
    pub description: Option<String>,
    /// The place.
    pub pointer: Pointer,
    /// What the document says of it and the model does not express.
    pub left_over: Vec<LeftOver>,
}
