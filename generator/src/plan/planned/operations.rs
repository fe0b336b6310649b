//! The operations to write down: what each takes, how it is sent, and what each status gives.

use crate::api::{Encoding, FieldEncoding, Method, ParameterId, Retries, StatusPattern};
use crate::name::{ConstIdent, TypeIdent, ValueIdent};
use crate::plan::{Group, PlannedPages, RustType, TokenSource};

/// An operation.
#[derive(Clone, Debug)]
pub struct PlannedOperation {
    /// `operationId`, or its replacement.
    pub id: String,
    /// The method of the client.
    pub method: ValueIdent,
    /// The struct.
    pub ident: TypeIdent,
    /// The enum of the declared errors.
    pub error: TypeIdent,
    /// The enum of the successes, for [`Success::Several`].
    pub outcome: TypeIdent,
    /// The enum of the encodings, where there are several.
    pub encoding: TypeIdent,
    /// The struct of what is required, where that is much.
    pub required: TypeIdent,
    /// The title, as Markdown.
    pub title: Option<String>,
    /// The doc comment of the struct, as Markdown.
    pub docs: String,
    /// Whether the document marks it deprecated.
    pub deprecated: bool,
    /// What it belongs to.
    pub group: Group,
    /// The HTTP method.
    pub http_method: Method,
    /// The path template as the document writes it.
    pub path: String,
    /// The constant with the server that it has of its own.
    pub server: Option<ConstIdent>,
    /// What is required, in order.
    pub arguments: Vec<Argument>,
    /// Whether what is required comes as one struct because it is much.
    pub bundled: bool,
    /// What is optional, in order.
    pub options: Vec<Argument>,
    /// Constants sent as headers.
    pub headers: Vec<ConstantHeader>,
    /// How the body is sent, in the order of the document; the first is the default.
    pub encodings: Vec<BodyEncoding>,
    /// What `Accept` says.
    pub accept: String,
    /// The alternatives of credentials.
    pub security: Vec<Vec<PlannedScheme>>,
    /// The enums of bodies that are told apart by media type.
    pub bodies: Vec<PlannedBodies>,
    /// What a success gives.
    pub success: Success,
    /// The data of the event that ends a stream of events.
    pub end: Option<String>,
    /// The names of the events whose data is JSON, where events are told apart by their names.
    pub json_events: Vec<String>,
    /// What a success gives as a stream, where that is another body.
    pub stream: Option<PlannedStream>,
    /// The declared errors, exact statuses before ranges before the default.
    pub errors: Vec<ErrorVariant>,
    /// When it may be sent again, beyond what HTTP says.
    pub retries: Retries,
    /// How it returns a list in pages, where it does.
    pub pages: Option<PlannedPages>,
    /// The source of tokens that asks by this operation, where it is a token endpoint.
    pub token_source: Option<TokenSource>,
}

impl PlannedOperation {
    /// Returns the argument that is the body, whatever its position.
    pub fn body(&self) -> Option<&Argument> {
        self.arguments.iter().chain(&self.options).find(|it| it.place == Place::Body)
    }

    /// Returns whether the body is an enum with a variant for each media type, since their types differ.
    pub fn has_body_enum(&self) -> bool {
        self.body().is_some_and(|it| matches!(it.ty, RustType::Operation(_)))
    }

    /// Returns whether a value of one type is sent in one of several media types.
    pub fn has_encoding(&self) -> bool {
        self.encodings.len() > 1 && !self.has_body_enum()
    }
}

/// A header with a constant value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConstantHeader {
    /// The name, in lower case.
    pub name: String,
    /// The value.
    pub value: String,
    /// The constant that holds it, when all operations send the same.
    pub constant: Option<ConstIdent>,
}

/// A field of an operation.
#[derive(Clone, Debug)]
pub struct Argument {
    /// The parameter of the model; `None` for the request body.
    pub parameter: Option<ParameterId>,
    /// The name.
    pub ident: ValueIdent,
    /// The name on the wire.
    pub wire_name: String,
    /// The type of the value, owned.
    pub ty: RustType,
    /// Where it is sent.
    pub place: Place,
    /// The doc comment, as Markdown.
    pub docs: String,
    /// What a header is where the caller sets none.
    pub default: Option<String>,
    /// Whether the document marks it deprecated.
    pub deprecated: bool,
}

/// Where an argument is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the path.
    Path,
    /// In the path, as one value or a list, with reserved characters as they are.
    PathReserved,
    /// In the path, as JSON text.
    PathJson,
    /// In the path, as one value or a list in a style of its own.
    PathStyled(PathStyle),
    /// In the path, as an object.
    PathObject(PathStyle),
    /// In the query, as one value.
    Query,
    /// In the query, as a list.
    QueryList(ListStyle),
    /// In the query, as one value or a list, with reserved characters as they are.
    QueryReserved(ListStyle),
    /// In the query, as an object.
    QueryObject(ObjectStyle),
    /// In the query, as an object, with reserved characters as they are.
    QueryObjectReserved(ObjectStyle),
    /// In the query, as JSON text.
    QueryJson,
    /// In a header, as one value.
    Header,
    /// In a header, as a list joined by commas.
    HeaderList,
    /// In a header, as an object.
    HeaderObject(ObjectStyle),
    /// In a header, as JSON text.
    HeaderJson,
    /// In a cookie, or one for each element of a list.
    Cookie,
    /// In a cookie, as a list joined by commas.
    CookieList,
    /// In a cookie, as an object, or one for each property.
    CookieObject(ObjectStyle),
    /// As the body.
    Body,
}

/// How a list is written in the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListStyle {
    /// The name again for each element.
    Repeated,
    /// Joined by commas.
    Comma,
    /// Joined by spaces.
    Space,
    /// Joined by `|`.
    Pipe,
}

/// How a value is written in the path: an object where it is one, else a list or one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathStyle {
    /// `a,b`
    Simple,
    /// `R=100,G=200`
    SimpleExploded,
    /// `.a,b`
    Label,
    /// `.a.b`
    LabelExploded,
    /// `;x=a,b`
    Matrix,
    /// `;x=a;x=b`
    MatrixExploded,
}

/// How an object is written in a query, a header or a cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObjectStyle {
    /// Each property by its name.
    Exploded,
    /// Names and values in turn, joined by commas.
    Comma,
    /// Joined by spaces.
    Space,
    /// Joined by `|`.
    Pipe,
    /// With brackets.
    Deep,
}

/// One way to send the body.
#[derive(Clone, Debug, PartialEq)]
pub struct BodyEncoding {
    /// The name of the variant, for example `Json`.
    pub ident: TypeIdent,
    /// How it is written.
    pub encoding: Encoding,
    /// The media type, or a range of which the caller names one.
    pub media_type: String,
    /// How the properties of a form or multipart body are written.
    pub fields: Vec<FieldEncoding>,
    /// The type of the body, where each media type has its own.
    pub ty: RustType,
    /// Whether that is the type of no other media type of the body.
    pub converts: bool,
}

/// A security scheme as an operation uses it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedScheme {
    /// The name in the document.
    pub name: String,
    /// How the credential is sent.
    pub kind: crate::api::SecurityKind,
}

/// What a success gives.
#[derive(Clone, Debug)]
pub enum Success {
    /// One type, whichever of the statuses it comes with.
    One {
        /// The statuses.
        statuses: Vec<StatusPattern>,
        /// The body.
        body: ReplyBody,
    },
    /// A type for each status: an enum named `<Operation>Outcome`.
    Several(Vec<OutcomeVariant>),
}

/// A success among several.
#[derive(Clone, Debug)]
pub struct OutcomeVariant {
    /// The name.
    pub ident: TypeIdent,
    /// The status.
    pub status: StatusPattern,
    /// The body.
    pub body: ReplyBody,
    /// The doc comment, as Markdown.
    pub docs: String,
}

/// The body of a response.
#[derive(Clone, Debug, PartialEq)]
pub enum ReplyBody {
    /// None is documented, or none can be.
    Empty,
    /// JSON.
    Json(RustType),
    /// Text.
    Text,
    /// Bytes, as a whole.
    Bytes,
    /// One of several, by the media type: the enum of [`PlannedOperation::bodies`].
    Media(TypeIdent),
    /// Bytes as they come.
    Streamed,
    /// Events with JSON as data, as they come.
    Events(RustType),
    /// Events as a whole, told apart by their names, as they come.
    NamedEvents(RustType),
    /// Events with text as data, as they come.
    TextEvents,
    /// JSON texts, as they come.
    Lines(RustType),
}

impl ReplyBody {
    /// Returns the type of its values.
    pub fn ty(&self) -> Option<RustType> {
        Some(match self {
            Self::Empty => return None,
            Self::Json(ty) => ty.clone(),
            Self::Text => RustType::String,
            Self::Bytes => RustType::Bytes,
            Self::Media(ident) => RustType::Named(ident.clone()),
            Self::Streamed => RustType::ResponseBody,
            Self::Events(ty) | Self::NamedEvents(ty) => RustType::EventStream(Box::new(ty.clone())),
            Self::TextEvents => RustType::EventStream(Box::new(RustType::String)),
            Self::Lines(ty) => RustType::ItemStream(Box::new(ty.clone())),
        })
    }

    /// Returns whether it is read as it comes.
    pub fn is_streamed(&self) -> bool {
        matches!(
            self,
            Self::Streamed
                | Self::Events(_)
                | Self::NamedEvents(_)
                | Self::TextEvents
                | Self::Lines(_)
        )
    }
}

/// The bodies of a response that has several media types.
#[derive(Clone, Debug)]
pub struct PlannedBodies {
    /// The enum.
    pub ident: TypeIdent,
    /// The variants, in the order of preference.
    pub variants: Vec<BodyVariant>,
    /// The responses that have it first.
    pub whose: BodiesOf,
}

/// The responses that have the bodies of an enum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodiesOf {
    /// Successes.
    Successes,
    /// Errors.
    Errors,
}

/// A body among several.
#[derive(Clone, Debug, PartialEq)]
pub struct BodyVariant {
    /// The name.
    pub ident: TypeIdent,
    /// The media types and ranges that have it.
    pub media_types: Vec<String>,
    /// The body.
    pub body: ReplyBody,
}

/// A success that is read as a stream where the caller asks for it.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedStream {
    /// What `Accept` says.
    pub accept: String,
    /// The body.
    pub body: ReplyBody,
}

/// A declared error.
#[derive(Clone, Debug)]
pub struct ErrorVariant {
    /// The name.
    pub ident: TypeIdent,
    /// The status.
    pub status: StatusPattern,
    /// The body.
    pub body: ReplyBody,
    /// The doc comment, as Markdown.
    pub docs: String,
}
