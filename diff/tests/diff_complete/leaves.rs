//! A model in, a flat list of everything it says out: a logical path, what it is about, a value, and where it stands.
//!
//! Written against the model alone, never against the diff: references are
//! followed to the end, so that inline and component, order and names of types
//! make no difference.

mod types;

use std::collections::{BTreeMap, BTreeSet};

use tamarack::api::{
    Additional, Api, Content, Docs, Location, Need, Operation, Origin, Parameter, ParameterId,
    PathPart, Response, SecurityKind, Server, Shape, StatusPattern, Type, TypeId, TypeRef,
};
use tamarack::plan::{Supply, supply};
use tamarack::pointer::Pointer;

/// What a leaf is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum About {
    Version,
    Docs,
    Server,
    Scheme,
    Operation,
    Place,
    Tags,
    Deprecated,
    Security,
    Parameter,
    Name,
    Required,
    Style,
    FieldEncoding,
    Constant,
    Default,
    Body,
    Media,
    Response,
    Header,
    Type,
    Null,
    Constraint,
    Value,
    Spelling,
    GivenName,
    IgnoreCase,
    Member,
    Flow,
    Secret,
    Additional,
    Tagging,
    Keyword,
    Variant,
    Unheld,
    Component,
}

/// One thing a model says.
#[derive(Clone, Debug)]
pub(crate) struct Leaf {
    pub(crate) path: String,
    pub(crate) about: About,
    pub(crate) value: String,
    /// The nodes passed on the way, the operation first, the owner last.
    pub(crate) way: Vec<Pointer>,
    /// The operation it was met in, for example `GET /pets`.
    pub(crate) operation: Option<String>,
    /// What rows call the positions passed: parameters, headers and statuses.
    pub(crate) labels: Vec<String>,
}

impl Leaf {
    /// Returns the node that says it.
    pub(crate) fn owner(&self) -> &Pointer {
        self.way.last().expect("a leaf has an owner")
    }
}

/// The keys of operations and statuses that both models share.
#[derive(Clone, Debug, Default)]
pub(crate) struct Keys {
    /// The key of an operation by its index.
    pub(crate) operations: BTreeMap<usize, String>,
    /// The key of a status of an operation.
    pub(crate) statuses: BTreeMap<(usize, StatusPattern), String>,
    /// Operations whose path parameters are told by name, not by place.
    pub(crate) by_name: Vec<usize>,
    /// The new name of each renamed component.
    pub(crate) components: BTreeMap<String, String>,
    /// The components that an operation leads to on either side.
    pub(crate) reached: BTreeSet<String>,
    /// Bodies with one media type on both sides.
    pub(crate) sole: Vec<(usize, Option<StatusPattern>)>,
}

/// Returns all leaves of a model.
pub(crate) fn leaves(api: &Api, keys: &Keys) -> Vec<Leaf> {
    let mut acc = Walk { api, keys, leaves: Vec::new(), at: At::default(), open: Vec::new() };
    acc.document();
    for index in 0..api.operations.len() {
        acc.operation(index);
    }
    for (index, def) in api.types.iter().enumerate() {
        acc.component(TypeId(index), def);
    }
    acc.leaves
}

/// Returns the names of the components that operations lead to.
pub(crate) fn reached(api: &Api) -> BTreeSet<String> {
    let mut waiting: Vec<&TypeRef> = Vec::new();
    for it in &api.operations {
        waiting.extend(it.parameters.iter().map(|it| &it.ty));
        waiting.extend(it.body.iter().flat_map(|it| &it.contents).map(|it| &it.ty));
        waiting.extend(it.responses.iter().flat_map(|it| &it.contents).map(|it| &it.ty));
        waiting.extend(it.responses.iter().flat_map(|it| &it.headers).map(|it| &it.ty));
    }
    let mut seen = BTreeSet::new();
    while let Some(used) = waiting.pop() {
        match &used.ty {
            Type::List(inner) | Type::Map(inner) => waiting.push(inner),
            Type::Named(id) if seen.insert(*id) => match &api.type_def(*id).shape {
                Shape::Struct(it) => {
                    waiting.extend(it.properties.iter().map(|it| &it.ty));
                    if let Additional::Kept(ty) | Additional::Variant(ty) = &it.additional {
                        waiting.push(ty);
                    }
                }
                Shape::Union(it) => waiting.extend(it.variants().map(|it| &it.ty)),
                Shape::Alias(it) => waiting.push(it),
                Shape::Enum(_) => {}
            },
            _ => {}
        }
    }
    let name = |id: TypeId| match &api.type_def(id).origin {
        Origin::Component(name) | Origin::Given(name) => Some(name.clone()),
        Origin::Inline { .. } => None,
    };
    seen.into_iter().filter_map(name).collect()
}

#[derive(Clone, Debug, Default)]
struct At {
    path: String,
    way: Vec<Pointer>,
    operation: Option<String>,
    labels: Vec<String>,
}

struct Walk<'a> {
    api: &'a Api,
    keys: &'a Keys,
    leaves: Vec<Leaf>,
    at: At,
    /// The types that are being followed.
    open: Vec<TypeId>,
}

impl Walk<'_> {
    #[expect(clippy::needless_pass_by_value, reason = "flags, numbers and texts alike")]
    fn say(&mut self, what: &str, about: About, value: impl ToString) {
        let At { path, way, operation, labels } = self.at.clone();
        let path = format!("{path}#{what}");
        self.leaves.push(Leaf { path, about, value: value.to_string(), way, operation, labels });
    }

    fn within(&mut self, step: &str, pointer: &Pointer, inner: impl FnOnce(&mut Self)) {
        let before = self.at.clone();
        self.at.path.push_str(step);
        self.at.way.push(pointer.clone());
        inner(self);
        self.at = before;
    }

    fn labelled(&mut self, label: String, inner: impl FnOnce(&mut Self)) {
        self.at.labels.push(label);
        inner(self);
        self.at.labels.pop();
    }

    fn docs(&mut self, docs: &Docs) {
        for (name, text) in [("title", &docs.title), ("description", &docs.description)] {
            self.text(name, text.as_deref());
        }
    }

    fn text(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.say(name, About::Docs, text);
        }
    }

    fn document(&mut self) {
        let api = self.api;
        self.within("info", &Pointer::root().child("info"), |it| {
            it.say("version", About::Version, &api.version);
            it.say("title", About::Docs, &api.title);
            it.text("description", api.description.as_deref());
        });
        for server in &api.servers {
            self.server(server);
        }
        if let Some(first) = api.servers.first() {
            self.within("servers", &first.pointer, |it| {
                it.say("first", About::Server, &first.url);
            });
        }
        for scheme in &api.security_schemes {
            self.within(&format!("scheme {}", scheme.name), &scheme.pointer, |it| {
                let kind = match &scheme.kind {
                    SecurityKind::ApiKeyHeader(name) => format!("header {name}"),
                    SecurityKind::ApiKeyQuery(name) => format!("query {name}"),
                    SecurityKind::ApiKeyCookie(name) => format!("cookie {name}"),
                    other => format!("{other:?}"),
                };
                it.say("kind", About::Scheme, kind);
                it.text("description", scheme.description.as_deref());
            });
        }
    }

    fn server(&mut self, server: &Server) {
        self.within(&format!("server {}", server.url), &server.pointer, |it| {
            it.say("url", About::Server, &server.url);
            it.text("description", server.description.as_deref());
            for variable in &server.variables {
                it.within(&format!(" {}", variable.name), &variable.pointer, |it| {
                    it.say("default", About::Server, format!("{:?}", variable.default));
                    for value in &variable.values {
                        it.say("value", About::Server, value);
                    }
                    it.text("description", variable.description.as_deref());
                });
            }
        });
    }

    fn operation(&mut self, index: usize) {
        let operation = &self.api.operations[index];
        let key = self.keys.operations.get(&index).unwrap_or(&operation.id).clone();
        self.at.operation = Some(label(operation));
        self.within(&format!("operation {key}"), &operation.pointer, |it| {
            it.say("", About::Operation, "");
            let part = |part: &PathPart| match part {
                PathPart::Literal(text) => text.clone(),
                PathPart::Parameter(_) => "{}".to_owned(),
            };
            let path: String = operation.path.iter().map(part).collect();
            it.say("place", About::Place, format!("{} {path}", operation.method));
            it.docs(&operation.docs);
            for tag in &operation.tags {
                it.say("tag", About::Tags, tag);
            }
            it.say("deprecated", About::Deprecated, operation.deprecated);
            it.say("degraded", About::Unheld, operation.degraded);
            for server in &operation.servers {
                it.say("server", About::Server, &server.url);
            }
            it.say("secured", About::Security, !operation.security.is_empty());
            for alternative in &operation.security {
                let name = |need: &Need| {
                    format!("{} {}", it.api.scheme(need.scheme).name, need.scopes.join(" "))
                };
                let mut names: Vec<_> = alternative.iter().map(name).collect();
                names.sort_unstable();
                it.say("security", About::Security, names.join("+"));
            }
            for (at, parameter) in operation.parameters.iter().enumerate() {
                it.parameter((index, at), parameter);
            }
            if let Some(body) = &operation.body {
                it.within(" body", &body.pointer, |it| {
                    it.say("", About::Body, "");
                    it.say("required", About::Required, body.required);
                    it.text("description", body.description.as_deref());
                    it.contents(&body.contents, (index, None));
                });
            }
            for response in &operation.responses {
                it.response(index, response);
            }
        });
        self.at.operation = None;
    }

    fn parameter(&mut self, (index, at): (usize, usize), parameter: &Parameter) {
        let place = self.api.operations[index].slot(ParameterId(at));
        let key = match (parameter.location, place) {
            (Location::Path, Some(place)) if !self.keys.by_name.contains(&index) => {
                format!("Path {place}")
            }
            (Location::Header, _) => format!("Header {}", parameter.name.to_ascii_lowercase()),
            (location, _) => format!("{location:?} {}", parameter.name),
        };
        self.labelled(format!("parameter {}", parameter.name), |it| {
            it.within(&format!(" {key}"), &parameter.pointer, |it| {
                it.say("", About::Parameter, "");
                if parameter.location == Location::Path {
                    it.say("name", About::Name, &parameter.name);
                }
                it.say("required", About::Required, parameter.required);
                it.say("style", About::Style, format!("{:?}", parameter.style));
                let supply = supply(it.api, parameter);
                let constant = match &supply {
                    Supply::Constant(text) => Some(text),
                    _ => None,
                };
                it.say("constant", About::Constant, format!("{constant:?}"));
                it.say("default", About::Default, format!("{:?}", parameter.default));
                it.say("deprecated", About::Deprecated, parameter.deprecated);
                it.say("secret", About::Secret, parameter.secret.is_some());
                it.docs(&parameter.docs);
                it.say("example", About::Docs, format!("{:?}", parameter.example));
                // What a constant allows beside itself nobody sends.
                if constant.is_none() {
                    it.used(&parameter.ty);
                }
            });
        });
    }

    fn contents(&mut self, contents: &[Content], body: (usize, Option<StatusPattern>)) {
        for content in contents {
            // A charset is how a text is written.
            let parts = content.media_type.split(';').map(str::trim);
            let parts = parts.filter(|it| !it.starts_with("charset")).collect::<Vec<_>>();
            let essence = parts.join(";");
            let key = if self.keys.sole.contains(&body) {
                "sole".to_owned()
            } else {
                essence.to_ascii_lowercase()
            };
            self.within(&format!(" {key}"), &content.pointer, |it| {
                it.say("media", About::Media, essence.to_ascii_lowercase());
                it.say("encoding", About::Media, format!("{:?}", content.encoding));
                for field in &content.fields {
                    it.within(&format!(".{}", field.name), &field.pointer, |it| {
                        let style = format!("{:?}", field.style);
                        let types = &field.content_type;
                        it.say("style", About::FieldEncoding, style);
                        it.say("content-type", About::FieldEncoding, format!("{types:?}"));
                        it.say("reserved", About::FieldEncoding, field.allow_reserved);
                    });
                }
                for example in &content.examples {
                    it.say("example", About::Docs, example);
                }
                it.within("", &content.pointer.child("schema"), |it| it.used(&content.ty));
            });
        }
    }

    fn response(&mut self, index: usize, response: &Response) {
        let status = match response.status {
            StatusPattern::Exact(status) => status.to_string(),
            StatusPattern::Range(hundred) => format!("{hundred}XX"),
            StatusPattern::Default => "default".to_owned(),
        };
        let key = self.keys.statuses.get(&(index, response.status)).unwrap_or(&status).clone();
        self.labelled(format!("response {status}"), |it| {
            it.within(&format!(" response {key}"), &response.pointer, |it| {
                it.say("status", About::Response, &status);
                it.text("description", Some(&response.description));
                it.contents(&response.contents, (index, Some(response.status)));
                for header in &response.headers {
                    let name = header.name.to_ascii_lowercase();
                    it.labelled(format!("header {}", header.name), |it| {
                        it.within(&format!(" header {name}"), &header.pointer, |it| {
                            it.say("", About::Header, "");
                            it.say("required", About::Required, header.required);
                            it.text("description", header.description.as_deref());
                            it.used(&header.ty);
                        });
                    });
                }
            });
        });
    }
}

/// Returns, for example, `GET /pets/{id}`.
pub(crate) fn label(operation: &Operation) -> String {
    format!("{} {}", operation.method, operation.template())
}
