//! The requests that an API sends: webhooks, and the callbacks of operations.

use super::{Content, Docs, Method, Parameter};
use crate::pointer::Pointer;

/// A request that the API sends and that the caller receives.
#[derive(Clone, Debug, PartialEq)]
pub struct Webhook {
    /// The key in the document; of a path item with several methods followed by the method, of a callback with
    /// several expressions by their position.
    pub name: String,
    /// The name that the overlay gives.
    pub given_name: Option<String>,
    /// The operation whose callback it is.
    pub callback: Option<CallbackOf>,
    /// The method.
    pub method: Method,
    /// `summary` as the title, and the description.
    pub docs: Docs,
    /// `tags`.
    pub tags: Vec<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// Its headers and the parameters of its query, as far as they are scalars or lists of them.
    pub parameters: Vec<Parameter>,
    /// The body.
    pub body: Option<WebhookBody>,
    /// The statuses that the receiver may answer with, and what the document says about them.
    pub answers: Vec<(String, String)>,
    /// The place: `#/webhooks/…/post`.
    pub pointer: Pointer,
}

/// The body of a webhook.
#[derive(Clone, Debug, PartialEq)]
pub struct WebhookBody {
    /// Whether the document says that it can be absent, rather than nothing.
    pub optional: bool,
    /// The media type that is read.
    pub content: Content,
}

/// What a callback belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallbackOf {
    /// The id of the operation.
    pub operation: String,
    /// The expression whose value is the URL, for example `{$request.body#/callbackUrl}`.
    pub expression: String,
}

impl Webhook {
    /// Returns what the names of its inline types begin with.
    pub(crate) fn words(name: &str, callback: Option<&CallbackOf>) -> String {
        match callback {
            Some(it) => format!("{} {name} callback", it.operation),
            None => format!("{name} webhook"),
        }
    }
}
