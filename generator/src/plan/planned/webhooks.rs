//! The requests to write down that the API sends: what is read of each, and what tells them apart.

use crate::api::Method;
use crate::name::{TypeIdent, ValueIdent};
use crate::plan::{Group, RustType};

/// The requests that can come to one URL.
#[derive(Clone, Debug)]
pub struct PlannedWebhooks {
    /// The enum.
    pub ident: TypeIdent,
    /// The operation whose callbacks they are; none of the webhooks of the document.
    pub operation: Option<String>,
    /// The webhooks, in the order of the document.
    pub members: Vec<PlannedWebhook>,
    /// Those of them that nothing tells apart.
    pub alike: Vec<TypeIdent>,
}

/// A request that the API sends.
#[derive(Clone, Debug)]
pub struct PlannedWebhook {
    /// Its name in the document; of a callback behind the operation.
    pub name: String,
    /// The struct.
    pub ident: TypeIdent,
    /// The doc comment of the struct, as Markdown.
    pub docs: String,
    /// Whether the document marks it deprecated.
    pub deprecated: bool,
    /// What it belongs to.
    pub group: Group,
    /// The HTTP method.
    pub method: Method,
    /// The media type of the body.
    pub media_type: Option<String>,
    /// The parameters.
    pub fields: Vec<WebhookField>,
    /// The type of the body, how it is read, and whether it can be absent.
    pub body: Option<(RustType, WebhookRead, bool)>,
    /// What tells it from the others.
    pub told_by: Vec<ToldMark>,
    /// Whether a variant of it is better boxed.
    pub is_large: bool,
}

/// How the body of a request is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WebhookRead {
    /// As JSON.
    Json,
    /// As text.
    Text,
    /// As it is.
    Bytes,
}

/// A parameter of a request that the API sends.
#[derive(Clone, Debug)]
pub struct WebhookField {
    /// The field.
    pub ident: ValueIdent,
    /// The name of the parameter, of a header in lower case.
    pub name: String,
    /// Whether it is a header; else it is in the query.
    pub is_header: bool,
    /// Whether it must be there.
    pub required: bool,
    /// The type, with `Option` where it can be absent.
    pub ty: RustType,
    /// The doc comment, as Markdown.
    pub docs: String,
}

/// What the requests of one webhook have and those of another have not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldMark {
    /// Whether it is a header; else it is a property of the body.
    pub is_header: bool,
    /// The name, of a header in lower case.
    pub name: String,
    /// The values as text; none: any.
    pub values: Vec<String>,
}
