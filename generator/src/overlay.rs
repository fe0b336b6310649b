//! Overlay text (TOML, or an OpenAPI Overlay) in, its entries out: actions, secrets, names, token endpoints,
//! retries, lists in pages, additions, accepted gaps.
//!
//! Each entry has a place and a reason; an entry that matches nothing is an
//! error, so that an overlay never outlives the document it was written for.

mod act;
mod add;
mod entry;
mod origins;
mod read;
mod standard;

use serde::Deserialize;

use crate::api::NameOf;

pub(crate) use entry::in_format_of;
pub use origins::{Origin, Origins};
pub use read::read;
pub(crate) use standard::acceptances;
pub use standard::{Action, is_standard};

use serde_yaml::Value;

use crate::diagnostic::Sink;
use crate::input::Input;
use crate::load;
use crate::pointer::Pointer;

/// What an overlay file holds.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Overlay {
    /// Properties and parameters whose value must never be shown.
    #[serde(default)]
    pub secret: Vec<Mark>,
    /// Properties and parameters that are no secrets, whatever the document or their names say.
    #[serde(default)]
    pub not_secret: Vec<Mark>,
    /// Types (at their schema) whose values are written although only responses use them and they
    /// hold a secret.
    #[serde(default)]
    pub serialize: Vec<Mark>,
    /// Names of the items at a place: types (at a schema), operations, fields (at a
    /// property, a parameter or a server variable), variants (at an element of `enum`,
    /// `x-enum`, `oneOf` or `anyOf`, at a media type or a security scheme), and of what
    /// is made of those. `of` says which, where a place has several.
    #[serde(default)]
    pub name: Vec<Naming>,
    /// Open enums (at the schema that lists the values) whose letter case does not matter.
    #[serde(default)]
    pub ignore_case: Vec<Mark>,
    /// Required header parameters whose default is the one value to send.
    #[serde(default)]
    pub constant: Vec<Mark>,
    /// Bodies of events (at the media type of a response) that an event of certain data ends.
    #[serde(default)]
    pub end_of_stream: Vec<EndOfStream>,
    /// Server variables whose default must not be relied on.
    #[serde(default)]
    pub no_default: Vec<Mark>,
    /// Operations that give tokens for client credentials, and what of them cannot be told by their
    /// request and response.
    #[serde(default)]
    pub token_endpoint: Vec<TokenEndpoint>,
    /// When operations may be sent again, beyond what HTTP says.
    #[serde(default)]
    pub retry: Vec<Retry>,
    /// Operations that return a list in pages, and how a page names the next one.
    #[serde(default)]
    pub pagination: Vec<Pagination>,
    /// Nodes the document lacks, added before it is read (RFC 6902 `add`: the
    /// last token `-` appends to a list, missing parents one level up are made).
    #[serde(default)]
    pub add: Vec<Addition>,
    /// Gaps that are accepted under `--strict`.
    #[serde(default)]
    pub accept: Vec<Acceptance>,
    /// The actions of an overlay of the OpenAPI Overlay Specification; TOML has none.
    #[serde(skip)]
    pub actions: Vec<Action>,
}

impl Overlay {
    /// Takes away the entries about places that are left out.
    pub(crate) fn leave_out(&mut self, is_left_out: impl Fn(&Pointer) -> bool) {
        let is_kept = |at: &str| !Pointer::parse(at).is_some_and(|at| is_left_out(&at));
        let marks = [
            &mut self.secret,
            &mut self.not_secret,
            &mut self.serialize,
            &mut self.ignore_case,
            &mut self.constant,
            &mut self.no_default,
        ];
        for all in marks {
            all.retain(|it| is_kept(&it.at));
        }
        self.name.retain(|it| is_kept(&it.at));
        self.end_of_stream.retain(|it| is_kept(&it.at));
        self.token_endpoint.retain(|it| is_kept(&it.at));
        self.retry.retain(|it| is_kept(&it.at));
        self.pagination.retain(|it| is_kept(&it.at));
    }
}

/// Changes a document as an overlay says, before anything is read from it: first its actions, then what it adds.
/// All other entries point into what that leaves.
pub fn apply(tree: &mut Value, overlay: &Overlay, sink: &mut Sink) -> Origins {
    let origins = act::act(tree, &overlay.actions, sink);
    add::apply(tree, overlay, sink);
    origins
}

/// Returns where the nodes of a document were written that the actions of its overlay have changed; `None` if
/// there are no actions, or one of the texts cannot be read.
pub fn origins(input: &Input) -> Option<Origins> {
    let text = input.overlay.as_ref().filter(|it| is_standard(it))?;
    let mut sink = Sink::default();
    let overlay = read(text, &mut sink)?;
    let mut tree = load::load(&input.spec, &mut sink)?;
    Some(act::act(&mut tree, &overlay.actions, &mut sink))
}

/// A place and why it is marked.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// The JSON pointer.
    pub at: String,
    /// Why.
    pub reason: String,
}

/// The data of the event that ends a stream of events.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndOfStream {
    /// The JSON pointer of the media type.
    pub at: String,
    /// The data, for example `[DONE]`.
    pub data: String,
    /// Why.
    pub reason: String,
}

/// A name for the item at a place.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Naming {
    /// The JSON pointer.
    pub at: String,
    /// Which of the names that belong to the place; without it those of the types, values,
    /// branches and operations there, and where there are none, the one that is left.
    #[serde(default)]
    pub of: Option<NameOf>,
    /// The name, in the case it shall have in Rust.
    pub name: String,
    /// Why.
    pub reason: String,
}

/// An operation that gives tokens for client credentials (RFC 6749 §4.4), and what of it is not as
/// the RFC says.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TokenEndpoint {
    /// The JSON pointer of the operation.
    pub at: String,
    /// The property or parameter that says the grant, if not `grant_type`.
    pub grant_type: Option<String>,
    /// The property or parameter that has the client's id, if not `client_id`.
    pub client_id: Option<String>,
    /// The property or parameter that has the client's secret, if not `client_secret`.
    pub client_secret: Option<String>,
    /// How the client proves itself, where the document does not say.
    pub authentication: Option<Authentication>,
    /// The JSON pointer of the token in the response, if not `/access_token`.
    pub access_token: Option<String>,
    /// The JSON pointer of its lifetime in seconds, if not `expires_in` beside it.
    pub expires_in: Option<String>,
    /// The JSON pointer of its type, if not `token_type` beside it.
    pub token_type: Option<String>,
    /// Why.
    pub reason: String,
}

/// How a client proves itself to a token endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Authentication {
    /// By HTTP Basic (RFC 6749 §2.3.1).
    Basic,
    /// By its id and secret in the request.
    Request,
}

/// When operations may be sent again.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Retry {
    /// The JSON pointer of the operation, or of a node above it for all operations there.
    pub at: String,
    /// The statuses of errors that pass.
    #[serde(default)]
    pub statuses: Vec<u16>,
    /// The header of the idempotency key.
    pub idempotency_header: Option<String>,
    /// Whether sending a request twice does what sending it once does.
    pub idempotent: Option<bool>,
    /// Why.
    pub reason: String,
}

/// An operation that returns a list in pages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Pagination {
    /// The JSON pointer of the operation.
    pub at: String,
    /// What names the next page.
    pub by: PagedBy,
    /// The name of the query parameter that names a page.
    pub parameter: String,
    /// The JSON pointer of the items in the response body; empty where the body is the list.
    pub items: String,
    /// The JSON pointer of what names the next page, in the response body or in the last item.
    pub next: Option<String>,
    /// The JSON pointer of the property that says whether there is another page.
    pub more: Option<String>,
    /// The number of the first page or of the first item, if the parameter has no default.
    pub first: Option<i64>,
    /// Why.
    pub reason: String,
}

/// What names the page after a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PagedBy {
    /// The response body has a token.
    Token,
    /// The last item has it.
    LastItem,
    /// The response body has a URL.
    Url,
    /// The header `Link` has a URL (RFC 8288).
    Link,
    /// Pages are counted.
    Page,
    /// Items are counted.
    Offset,
}

/// A node to add.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Addition {
    /// The JSON pointer of the new node.
    pub at: String,
    /// The node.
    pub value: serde_json::Value,
    /// Why.
    pub reason: String,
}

/// A gap that is known and accepted.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acceptance {
    /// The code of the diagnostic.
    pub code: String,
    /// The JSON pointer of the diagnostic, or of a node above it.
    pub at: String,
    /// Why.
    pub reason: String,
}
