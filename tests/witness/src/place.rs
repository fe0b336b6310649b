//! A model and its plan in, the place in the document that each item of the generated crate stands for out.

use std::collections::BTreeMap;

use tamarack::api::{Api, Operation, Shape, StatusPattern, Webhook};
use tamarack::name::TypeIdent;
use tamarack::plan::{
    CredentialKind, Item, Module, PlannedOperation, PlannedServer, PlannedType, PlannedWebhooks,
    Success,
};
use tamarack::pointer::Pointer;

use crate::witness::Witness;

/// Where an item comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The nodes that it is made of.
    pub pointers: Vec<Pointer>,
    /// The operation, as rows of a diff list it, and its id.
    pub operation: Option<(String, String)>,
    /// Whether the item holds what a constructor takes at once.
    pub is_bundle: bool,
}

/// The place of each item and each of its members.
#[derive(Clone, Debug, Default)]
pub struct Places(BTreeMap<(String, Option<String>), Place>);

impl Places {
    /// Lists the places of a model.
    pub fn of(api: &Api, code: &Module) -> Self {
        let mut acc = Self::default();
        for (def, planned) in api.types.iter().zip(&code.types) {
            acc.add_type(&def.shape, planned, &def.pointer);
        }
        for (operation, planned) in api.operations.iter().zip(&code.operations) {
            acc.add_operation(api, code, operation, planned);
        }
        for set in &code.webhooks {
            acc.add_webhooks(api, set);
        }
        acc.add_constants(api, code);
        acc.add_client(api, code);
        acc
    }

    /// Returns the place of what a witness uses, else that of the item, else the document.
    pub fn find(&self, it: &Witness) -> Place {
        [it.member.clone(), None]
            .into_iter()
            .find_map(|member| self.0.get(&(it.item.clone(), member)).cloned())
            .unwrap_or_else(|| Place { pointers: vec![Pointer::root()], ..Place::default() })
    }

    fn add(&mut self, item: String, member: Option<&str>, place: Place) {
        let member = member.map(|it| it.trim_start_matches("r#").to_owned());
        self.0.entry((item, member)).or_insert(place);
    }

    fn add_type(&mut self, shape: &Shape, planned: &PlannedType, at: &Pointer) {
        let item = format!("types::{}", planned.ident);
        self.add(item.clone(), None, only(at));
        match (shape, &planned.item) {
            (Shape::Struct(it), Item::Struct(code)) => {
                for (property, field) in it.properties.iter().zip(&code.fields) {
                    for ident in std::iter::once(&field.ident).chain(&field.setter) {
                        self.add(item.clone(), Some(&text(ident)), only(&property.pointer));
                    }
                }
                if let Some(bundle) = &code.bundle {
                    let place = Place { is_bundle: true, ..only(at) };
                    self.add(format!("types::{bundle}"), None, place);
                }
            }
            (Shape::Enum(it), Item::Enum(code)) => {
                for (value, variant) in it.values.iter().zip(&code.variants) {
                    self.add(item.clone(), Some(variant.ident.as_str()), only(&value.pointer));
                }
            }
            (Shape::Union(it), Item::Union(code)) => {
                for (variant, code) in it.variants().zip(code.variants()) {
                    self.add(item.clone(), Some(code.ident.as_str()), only(&variant.pointer));
                }
            }
            (Shape::Union(it), Item::JsonUnion(code)) => {
                for (variant, code) in it.variants().zip(&code.branches) {
                    self.add(item.clone(), Some(&text(&code.method)), only(&variant.pointer));
                }
            }
            _ => {}
        }
    }

    /// A row about a webhook has the place of its path item, or of the callback.
    fn add_webhooks(&mut self, api: &Api, set: &PlannedWebhooks) {
        let mut whole = Place::default();
        for planned in &set.members {
            let name = |it: &Webhook| match &it.callback {
                Some(of) => format!("{} {}", of.operation, it.name),
                None => it.name.clone(),
            };
            let Some(node) = api.webhooks.iter().find(|it| name(it) == planned.name) else {
                continue;
            };
            let mut pointers = vec![node.pointer.clone()];
            pointers.extend(node.parameters.iter().map(|it| it.pointer.clone()));
            pointers.extend(node.body.iter().map(|it| it.content.pointer.clone()));
            // A callback can be written in the components, and belongs to the operation all the same.
            let operation = node.callback.as_ref().map(|it| &it.operation);
            let operation = api.operations.iter().find(|it| Some(&it.id) == operation);
            pointers.extend(operation.map(|it| it.pointer.child("callbacks")));
            let place = Place { pointers, ..Place::default() };
            self.add(
                format!("webhooks::{}", set.ident),
                Some(planned.ident.as_str()),
                place.clone(),
            );
            whole.pointers.extend(place.pointers.clone());
            self.add(format!("webhooks::{}", planned.ident), None, place);
        }
        self.add(format!("webhooks::{}", set.ident), None, whole);
    }

    fn add_operation(
        &mut self,
        api: &Api,
        module: &Module,
        operation: &Operation,
        code: &PlannedOperation,
    ) {
        let label = Some((label(operation), operation.id.clone()));
        let here = |at: &Pointer| Place {
            pointers: vec![at.clone()],
            operation: label.clone(),
            is_bundle: false,
        };
        let mut whole = here(&operation.pointer);
        whole.pointers.extend(operation.parameters.iter().map(|it| it.pointer.clone()));
        whole.pointers.extend(operation.body.iter().map(|it| it.pointer.clone()));
        whole.pointers.extend(operation.responses.iter().map(|it| it.pointer.clone()));
        for ident in [&code.ident, &code.encoding, &code.outcome, &code.error] {
            self.add(format!("operations::{ident}"), None, whole.clone());
        }
        let bundle = Place { is_bundle: true, ..whole.clone() };
        self.add(format!("operations::{}", code.required), None, bundle);
        for argument in code.arguments.iter().chain(&code.options) {
            let at = match argument.parameter {
                Some(id) => Some(&operation.parameter(id).pointer),
                None => operation.body.as_ref().map(|it| &it.pointer),
            };
            if let Some(at) = at {
                let item = format!("operations::{}", code.ident);
                self.add(item, Some(&text(&argument.ident)), here(at));
            }
        }
        self.add_method(&text(&code.method), &whole);
        if let Some(source) = &code.token_source {
            let mut whole = whole.clone();
            if let Some(body) = &source.body {
                whole.pointers.extend(of_type(api, module, &body.ty));
            }
            self.add_method(&text(&source.method), &whole);
            if let Some(bundle) = &source.bundle {
                let bundle_place = Place { is_bundle: true, ..whole };
                self.add(format!("operations::{bundle}"), None, bundle_place);
            }
        }
        let response = |status: StatusPattern| {
            operation.responses.iter().find(|it| it.status == status).map(|it| here(&it.pointer))
        };
        for variant in &code.errors {
            if let Some(place) = response(variant.status) {
                let item = format!("operations::{}", code.error);
                self.add(item, Some(variant.ident.as_str()), place);
            }
        }
        for bodies in &code.bodies {
            let item = format!("operations::{}", bodies.ident);
            for variant in &bodies.variants {
                let contents = operation.responses.iter().flat_map(|it| &it.contents);
                let meant = contents.filter(|it| variant.media_types.contains(&it.media_type));
                let pointers = meant.map(|it| it.pointer.clone()).collect();
                let place = Place { pointers, ..Place::default() };
                self.add(item.clone(), Some(variant.ident.as_str()), place);
            }
            let pointers = operation.responses.iter().map(|it| it.pointer.clone()).collect();
            self.add(item, None, Place { pointers, ..Place::default() });
        }
        if let Success::Several(variants) = &code.success {
            for variant in variants {
                if let Some(place) = response(variant.status) {
                    let item = format!("operations::{}", code.outcome);
                    self.add(item, Some(variant.ident.as_str()), place);
                }
            }
        }
    }

    fn add_constants(&mut self, api: &Api, code: &Module) {
        for constant in &code.constants {
            let senders = api.operations.iter().flat_map(|it| &it.parameters);
            let senders = senders.filter(|it| it.name.eq_ignore_ascii_case(&constant.header));
            let pointers = senders.map(|it| it.pointer.clone()).collect();
            let place = Place { pointers, ..Place::default() };
            self.add(format!("operations::{}", constant.ident), None, place);
        }
        for constant in &code.response_headers {
            let all = api.operations.iter().flat_map(Operation::response_headers);
            let declared = all.filter(|it| it.name.eq_ignore_ascii_case(&constant.header));
            let pointers = declared.map(|it| it.pointer.clone()).collect();
            let place = Place { pointers, ..Place::default() };
            self.add(format!("headers::{}", constant.ident), None, place);
        }
        for constant in &code.servers {
            let senders = code.operations.iter().zip(&api.operations);
            let senders = senders.filter(|(it, _)| it.server.as_ref() == Some(&constant.ident));
            // The base URL of the document decides which servers are an operation's own.
            let servers = std::iter::once(Pointer::root().child("servers"));
            let pointers = servers.chain(senders.map(|(_, it)| it.pointer.clone())).collect();
            let place = Place { pointers, ..Place::default() };
            self.add(format!("operations::{}", constant.ident), None, place);
        }
    }

    fn add_method(&mut self, method: &str, place: &Place) {
        self.add("client::Client".to_owned(), Some(method), place.clone());
    }

    fn add_client(&mut self, api: &Api, code: &Module) {
        let servers = only(&Pointer::root().child("servers"));
        for item in ["BASE_URL", "BASE_PATH", "Server"] {
            self.add(format!("client::{item}"), None, servers.clone());
        }
        for method in ["new", "blocking", "builder"] {
            self.add_method(method, &servers);
        }
        if let PlannedServer::Template { variables, .. } = &code.client.server {
            let nodes = api.servers.iter().flat_map(|it| &it.variables);
            for (node, variable) in nodes.zip(variables) {
                let server = "client::Server".to_owned();
                for ident in [&variable.ident, &variable.setter] {
                    self.add(server.clone(), Some(&text(ident)), only(&node.pointer));
                }
                if let Some((ident, _)) = &variable.known {
                    self.add(format!("client::{ident}"), None, only(&node.pointer));
                }
            }
        }
        let schemes = Pointer::root().join(&["components", "securitySchemes"]);
        self.add("client::Credential".to_owned(), None, only(&schemes));
        for (scheme, credential) in api.security_schemes.iter().zip(&code.client.credentials) {
            let item = "client::Credential".to_owned();
            self.add(item.clone(), Some(credential.ident.as_str()), only(&scheme.pointer));
            if let CredentialKind::Bearer { from } = &credential.kind {
                self.add(item.clone(), Some(&text(from)), only(&scheme.pointer));
            }
            if let Some(grant) = &credential.grant {
                self.add(item, Some(&text(&grant.function)), only(&scheme.pointer));
                if let Some((ident, _)) = &grant.scopes {
                    self.add(format!("client::{ident}"), None, only(&scheme.pointer));
                }
            }
        }
    }
}

fn only(at: &Pointer) -> Place {
    Place { pointers: vec![at.clone()], ..Place::default() }
}

fn text(ident: &impl ToString) -> String {
    ident.to_string().trim_start_matches("r#").to_owned()
}

fn of_type(api: &Api, module: &Module, ident: &TypeIdent) -> Option<Pointer> {
    let index = module.types.iter().position(|it| it.ident == *ident)?;
    api.types.get(index).map(|it| it.pointer.clone())
}

/// Returns, for example, `GET /pets/{id}`.
pub(crate) fn label(it: &Operation) -> String {
    format!("{} {}", it.method, it.template())
}
