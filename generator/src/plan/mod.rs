//! Model and names in, every decision about Rust out: types, derives, attributes, boxes, signatures, docs.

mod arguments;
mod beside;
mod client;
mod conversions;
mod derives;
mod facts;
mod grant;
mod group;
mod nesting;
mod operations;
mod pages;
mod planned;
mod recursion;
mod replacements;
mod response_headers;
mod responses;
mod rules;
mod rust_type;
mod servers;
mod shadow;
mod shared;
mod size;
mod supply;
mod token_source;
mod types;
mod unused_names;
mod webhooks;

pub use conversions::is_one_payload;
pub use group::Group;
pub use planned::*;
pub use response_headers::HeaderKey;
pub use rules::{
    AllRules, ArgumentPlace, ArgumentRules, PlannedRule, Rules, RulesOf, RulesOfBranch,
};
pub use rust_type::RustType;
pub use servers::ServerConstant;
pub use shadow::Shadow;
pub use shared::Shared;
pub use supply::{Supply, is_required, supply};
pub use unused_names::report_unused_names;

use crate::api::Api;
use crate::derives::Dependencies;
use crate::diagnostic::Sink;
use crate::formats::Library;
use crate::name::{self, Names};

// What a plan is made of and who writes it down has to know: `emit` looks at nothing behind the plan.
pub use crate::api::{
    Encoding, FieldEncoding, FieldStyle, Method, Retries, SecurityKind, StatusPattern, TagKind,
    Tagging, ToldBy,
};
pub use crate::name::{ConstIdent, TypeIdent, ValueIdent, module_ident};

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
    /// How deeply they nest at most.
    pub nesting: usize,
    /// Which names of the prelude the types hide.
    pub shadow: Shadow,
    /// The operations, in the order of the model.
    pub operations: Vec<PlannedOperation>,
    /// Headers that the client sends without being asked, each a constant.
    pub constants: Vec<HeaderConstant>,
    /// The servers that operations have of their own, each a constant.
    pub servers: Vec<ServerConstant>,
    /// The declared headers of responses, each a constant.
    pub response_headers: Vec<HeaderKey>,
    /// What several operations have alike.
    pub shared: Shared,
    /// Which names of the prelude and of the runtime the operations hide.
    pub operation_shadow: Shadow,
    /// The requests that the API sends, those of one URL together.
    pub webhooks: Vec<PlannedWebhooks>,
    /// The client.
    pub client: PlannedClient,
    /// The libraries that types of the module come from.
    pub libraries: Vec<Library>,
    /// What the document demands of values, where they can be checked.
    pub rules: Option<AllRules>,
    /// What the crate depends on for the traits that types derive, and for types written by hand.
    pub(crate) dependencies: Dependencies,
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

/// Names everything of an API and decides everything about its module.
pub fn of_api(api: &Api, sink: &mut Sink) -> Module {
    let names = name::name(api, sink);
    plan(api, &names, sink)
}

/// Decides everything about the module of an API.
pub fn plan(api: &Api, names: &Names, sink: &mut Sink) -> Module {
    let mut types = types::plan_types(api, names, sink);
    let constants = operations::plan_constants(api, names, sink);
    let mut operations = operations::plan_operations(api, names, &constants, sink);
    let read = pages::plan_pages(&mut operations, &types, (api, names));
    token_source::plan_token_sources(&mut operations, &types, (api, names), sink);
    replacements::apply(api, &mut types, &read, sink);
    derives::apply(api, &mut types, sink);
    conversions::mark(&mut types);
    conversions::mark_bodies(&mut operations, &types);
    let idents = |it: &PlannedOperation| {
        let own = [&it.ident, &it.error, &it.outcome, &it.encoding, &it.required];
        let bodies = it.bodies.iter().map(|it| &it.ident);
        own.into_iter().chain(bodies).cloned().collect::<Vec<_>>()
    };
    let operation_shadow =
        Shadow::of(operations.iter().flat_map(idents).collect::<Vec<_>>().iter());
    let shared = Shared::of(&operations, names);
    let is_checked = api.formats.libraries().contains(&Library::Validate);
    Module {
        rules: is_checked.then(|| rules::plan_rules(api, &types, &operations, sink)),
        title: api.title.clone(),
        version: api.version.clone(),
        description: api.description.clone(),
        nesting: nesting::depth(api),
        shadow: Shadow::of(types.iter().map(|it| &it.ident)),
        types,
        operations,
        constants,
        servers: servers::plan_servers(api, names, sink),
        response_headers: response_headers::plan_response_headers(api, names, sink),
        shared,
        operation_shadow,
        webhooks: webhooks::plan_webhooks(api, names),
        client: client::plan_client(api, names, sink),
        libraries: api.formats.libraries().to_vec(),
        dependencies: dependencies(api),
    }
}

/// Returns what the crate depends on for what its types are asked to be.
fn dependencies(api: &Api) -> Dependencies {
    let derived = api.derives.iter().map(|it| &it.dependencies);
    let all = derived.chain(api.replacements.iter().map(|it| &it.dependencies));
    all.flatten().map(|(name, it)| (name.clone(), it.clone())).collect()
}
