//! Model and names in, every Rust decision out: types, derives, serde attributes, boxes, signatures, docs.

mod arguments;
mod client;
mod conversions;
mod group;
mod nesting;
mod operations;
mod recursion;
mod rust_type;
mod shadow;
mod shared;
mod size;
mod supply;
mod token_source;
mod types;
mod usage;

pub use conversions::is_one_payload;
pub use group::Group;
pub use rust_type::RustType;
pub use shadow::Shadow;
pub use shared::Shared;
pub use supply::{Supply, is_required, supply};

use crate::api::Api;
use crate::diagnostic::Sink;
use crate::name::{self, Names};

// What a plan is made of and who writes it down has to know: `emit` looks at nothing behind the plan.
pub use crate::api::{Encoding, Method, SecurityKind, StatusPattern, Tagging, ToldBy};
pub use crate::name::{ConstIdent, TypeIdent, ValueIdent, file_word, module_ident};

/// The module of one API, ready to be written down.
#[derive(Clone, Debug)]
pub struct Module {
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `info.description`.
    pub description: Option<String>,
    /// The types, in the order of the model.
    pub types: Vec<PlannedType>,
    /// How many of them stand one inside the other at most.
    pub nesting: usize,
    /// Which names of the prelude the types hide.
    pub shadow: Shadow,
    /// The operations, in the order of the model.
    pub operations: Vec<PlannedOperation>,
    /// Headers that the client sends without being asked, each a constant.
    pub constants: Vec<HeaderConstant>,
    /// What several operations have alike.
    pub shared: Shared,
    /// Which names of the prelude and of the runtime the operations hide.
    pub operation_shadow: Shadow,
    /// The client.
    pub client: PlannedClient,
}

/// A header with one value for all operations that send it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderConstant {
    /// The name of the constant, for example `X_API_VERSION`.
    pub ident: ConstIdent,
    /// The header as the document writes it.
    pub header: String,
    /// The value.
    pub value: String,
}

/// A type to write down.
#[derive(Clone, Debug)]
pub struct PlannedType {
    /// The name.
    pub ident: TypeIdent,
    /// The doc comment, as Markdown.
    pub docs: String,
    /// The operations it belongs to.
    pub group: Group,
    /// The item.
    pub item: Item,
}

/// What kind of item a type becomes.
#[derive(Clone, Debug)]
pub enum Item {
    /// A struct with named fields.
    Struct(PlannedStruct),
    /// An enum of known texts.
    Enum(PlannedEnum),
    /// An enum with one payload a variant.
    Union(PlannedUnion),
    /// A type alias.
    Alias(RustType),
    /// A struct around one value, where an alias would name itself.
    Newtype {
        /// The value.
        inner: RustType,
        /// What it derives and implements.
        traits: Traits,
    },
}

/// Which traits a type has beyond `Clone`, `Debug` and `Deserialize`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Traits {
    /// `Serialize`: not for what a server sends with a secret in it.
    pub serialize: bool,
    /// `PartialEq`: not for what holds a secret.
    pub partial_eq: bool,
    /// `Default`: where no field is required.
    pub default: bool,
}

/// A struct with named fields.
#[derive(Clone, Debug)]
pub struct PlannedStruct {
    /// The traits.
    pub traits: Traits,
    /// The fields, in the order of the document.
    pub fields: Vec<Field>,
    /// What the constructor takes and fills in.
    pub constructor: Constructor,
    /// The field that keeps members the document does not name.
    pub additional: Option<RustType>,
}

/// A field.
#[derive(Clone, Debug)]
pub struct Field {
    /// The name.
    pub ident: ValueIdent,
    /// The JSON name.
    pub json_name: String,
    /// The doc comment, as Markdown.
    pub docs: String,
    /// The whole type, with its `Option`.
    pub ty: RustType,
    /// How it is left out.
    pub presence: Presence,
    /// The method that sets it, where there is one.
    pub setter: Option<ValueIdent>,
}

impl Field {
    /// Returns how the field is read and written.
    pub fn word(&self) -> Word {
        let is_secret = *self.ty.inner() == RustType::Secret;
        match (self.presence, is_secret) {
            (Presence::Always, _) if matches!(self.ty, RustType::Option(_)) => {
                if is_secret {
                    Word::NullableSecret
                } else {
                    Word::Nullable
                }
            }
            (Presence::Always, false) => Word::Required,
            (Presence::Always, true) => Word::Secret,
            (Presence::Optional, false) => Word::Optional,
            (Presence::Optional, true) => Word::OptionalSecret,
            (Presence::ThreeState, false) => Word::Patch,
            (Presence::ThreeState, true) => Word::PatchSecret,
        }
    }
}

/// How a field is read and written: the words of `json_object!`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// Always there.
    Required,
    /// Left out when it is `None`.
    Optional,
    /// `null` when it is `None`.
    Nullable,
    /// Left out when it is `Patch::Absent`.
    Patch,
    /// A secret that is always there.
    Secret,
    /// A secret that is left out when it is `None`.
    OptionalSecret,
    /// A secret that is `null` when it is `None`.
    NullableSecret,
    /// A secret that is left out when it is `Patch::Absent`.
    PatchSecret,
}

impl Word {
    /// Returns the word as the macro reads it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Optional => "optional",
            Self::Nullable => "nullable",
            Self::Patch => "patch",
            Self::Secret => "secret",
            Self::OptionalSecret => "optional_secret",
            Self::NullableSecret => "nullable_secret",
            Self::PatchSecret => "patch_secret",
        }
    }
}

/// How a field is left out of the JSON text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Never.
    Always,
    /// When it is `None`.
    Optional,
    /// When it is `Patch::Absent`.
    ThreeState,
}

/// The constructor of a struct.
#[derive(Clone, Debug)]
pub struct Constructor {
    /// The indices of the fields it takes.
    pub takes: Vec<usize>,
    /// The indices of the fields it fills in, each with the variant of its enum.
    pub fills: Vec<(usize, TypeIdent)>,
    /// The struct that the arguments come as, where they are many.
    pub bundle: Option<TypeIdent>,
}

/// An enum of known texts.
#[derive(Clone, Debug)]
pub struct PlannedEnum {
    /// The known values.
    pub variants: Vec<TextVariant>,
    /// Whether letter case does not matter.
    pub ignore_case: bool,
}

/// A known text.
#[derive(Clone, Debug)]
pub struct TextVariant {
    /// The name.
    pub ident: TypeIdent,
    /// The exact text.
    pub text: String,
    /// What the document says of it beside the text, as Markdown.
    pub docs: String,
}

/// An enum with one payload a variant.
#[derive(Clone, Debug)]
pub struct PlannedUnion {
    /// The traits.
    pub traits: Traits,
    /// The variants with what tells them apart.
    pub tagging: Tagging<UnionVariant>,
}

impl PlannedUnion {
    /// Returns the variants.
    pub fn variants(&self) -> impl Iterator<Item = &UnionVariant> {
        self.tagging.variants().into_iter().map(|it| it.1)
    }
}

/// A variant with its payload.
#[derive(Clone, Debug)]
pub struct UnionVariant {
    /// The name.
    pub ident: TypeIdent,
    /// The payload.
    pub ty: RustType,
    /// Whether the payload has the tag as a property of its own.
    pub declares_tag: bool,
    /// Whether a payload becomes the union by `From`: no other variant has its type.
    pub converts: bool,
    /// The doc comment, as Markdown.
    pub docs: String,
}

/// An operation.
#[derive(Clone, Debug)]
pub struct PlannedOperation {
    /// `operationId`, or what stands for it.
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
    /// What a success gives.
    pub success: Success,
    /// The declared errors, exact statuses before ranges before the default.
    pub errors: Vec<ErrorVariant>,
    /// The source of tokens that asks by this operation, where it is a token endpoint.
    pub token_source: Option<TokenSource>,
}

/// A source of tokens that asks by an operation (RFC 6749 §4.4).
#[derive(Clone, Debug)]
pub struct TokenSource {
    /// The method of the client.
    pub method: ValueIdent,
    /// The type of the request body.
    pub request: TypeIdent,
    /// What the constructor of the request takes, in order.
    pub arguments: Vec<TokenArgument>,
}

/// What the constructor of a token request takes.
#[derive(Clone, Debug)]
pub enum TokenArgument {
    /// The client's id.
    Id,
    /// The client's secret.
    Secret,
    /// The grant, as a variant of the enum that lists it.
    Grant(TypeIdent, TypeIdent),
    /// Something that the caller gives once, for example an audience.
    Given(ValueIdent, RustType),
}

impl PlannedOperation {
    /// Returns the argument that is the body, wherever it stands.
    pub fn body(&self) -> Option<&Argument> {
        self.arguments.iter().chain(&self.options).find(|it| it.place == Place::Body)
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
    /// In the path, as JSON text.
    PathJson,
    /// In the query, as one value.
    Query,
    /// In the query, as a list.
    QueryList(ListStyle),
    /// In the query, as JSON text.
    QueryJson,
    /// In a header, as one value.
    Header,
    /// In a header, as a list joined by commas.
    HeaderList,
    /// In a header, as JSON text.
    HeaderJson,
    /// In a cookie.
    Cookie,
    /// As the body.
    Body,
}

/// How a list stands in the query.
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

/// One way to send the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyEncoding {
    /// The name of the variant, for example `Json`.
    pub ident: TypeIdent,
    /// How it is written.
    pub encoding: Encoding,
    /// The media type.
    pub media_type: String,
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

/// The body of a reply.
#[derive(Clone, Debug, PartialEq)]
pub enum ReplyBody {
    /// None is documented, or none can be.
    Empty,
    /// JSON.
    Json(RustType),
    /// Text.
    Text,
    /// Bytes as they come.
    Bytes,
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

/// The client.
#[derive(Clone, Debug)]
pub struct PlannedClient {
    /// Where requests go when the caller does not say.
    pub server: PlannedServer,
    /// The other servers of the document.
    pub other_servers: Vec<String>,
    /// The credentials it can be given.
    pub credentials: Vec<PlannedCredential>,
}

/// Where requests go when the caller does not say.
#[derive(Clone, Debug)]
pub enum PlannedServer {
    /// The caller must say.
    None,
    /// A fixed place.
    Fixed(String),
    /// A place with variables.
    Template {
        /// The URL with `{variables}`.
        template: String,
        /// The variables.
        variables: Vec<PlannedVariable>,
    },
}

/// A variable of a server's URL.
#[derive(Clone, Debug)]
pub struct PlannedVariable {
    /// The name of the field.
    pub ident: ValueIdent,
    /// The method that sets it.
    pub setter: ValueIdent,
    /// The name in the template.
    pub name: String,
    /// The enum of known values, or `String`.
    pub known: Option<(TypeIdent, PlannedEnum)>,
    /// The default.
    pub default: Option<String>,
    /// The doc comment, as Markdown.
    pub docs: String,
}

/// A credential the client can be given.
#[derive(Clone, Debug)]
pub struct PlannedCredential {
    /// The name of the variant.
    pub ident: TypeIdent,
    /// The name of the scheme.
    pub scheme: String,
    /// What it holds.
    pub kind: CredentialKind,
    /// The doc comment, as Markdown.
    pub docs: String,
}

/// What a credential holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CredentialKind {
    /// A key.
    Key,
    /// A bearer token, which may also come from a provider.
    Bearer {
        /// The function that takes the provider.
        from: ValueIdent,
    },
    /// A user with a password.
    Basic,
}

/// Names everything of an API and decides everything about its module.
pub fn of_api(api: &Api, sink: &mut Sink) -> Module {
    let names = name::name(api, sink);
    plan(api, &names, sink)
}

/// Decides everything about the module of an API.
pub fn plan(api: &Api, names: &Names, sink: &mut Sink) -> Module {
    let types = types::plan_types(api, names, sink);
    let constants = operations::plan_constants(api, names, sink);
    let mut operations = operations::plan_operations(api, names, &constants, sink);
    token_source::plan_token_sources(&mut operations, &types, names, sink);
    let idents = |it: &PlannedOperation| {
        [&it.ident, &it.error, &it.outcome, &it.encoding, &it.required].map(Clone::clone)
    };
    let operation_shadow =
        Shadow::of(operations.iter().flat_map(idents).collect::<Vec<_>>().iter());
    let shared = Shared::of(&operations, names);
    Module {
        title: api.title.clone(),
        version: api.version.clone(),
        description: api.description.clone(),
        nesting: nesting::depth(api),
        shadow: Shadow::of(types.iter().map(|it| &it.ident)),
        types,
        operations,
        constants,
        shared,
        operation_shadow,
        client: client::plan_client(api, names, sink),
    }
}
