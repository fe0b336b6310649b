//! The operations of a document: parameters of the path item and their own, bodies, responses, security, servers.

use std::collections::BTreeMap;

use super::path::{Form, Path};
use super::{Document, Node};

/// The methods that a path item has operations of.
const METHODS: [&str; 9] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// An operation.
#[derive(Clone, Debug)]
pub struct Operation<'d> {
    /// Its node.
    pub node: Node<'d>,
    /// The method, in upper case.
    pub method: String,
    /// The key of `paths`.
    pub path: &'d str,
    /// Where its requests go: nothing but names is in braces.
    pub template: String,
    /// `operationId`.
    pub id: Option<&'d str>,
    /// The parameters; of two with one name and location the operation's own.
    pub parameters: Vec<Parameter<'d>>,
    /// The request body.
    pub body: Option<Body<'d>>,
    /// The responses.
    pub responses: Vec<Response<'d>>,
    /// What suffices to be allowed to call it.
    pub security: Vec<Requirement<'d>>,
    /// The servers of the operation, else of the path item.
    pub servers: Vec<Node<'d>>,
}

/// A parameter.
#[derive(Clone, Debug)]
pub struct Parameter<'d> {
    /// Its node, behind the reference.
    pub node: Node<'d>,
    /// The node and those on the way to it.
    pub places: Vec<String>,
    /// The name.
    pub name: &'d str,
    /// `path`, `query`, `header` or `cookie`.
    pub location: &'d str,
    /// Whether it must be sent.
    pub required: bool,
    /// How the path writes it, where that is more than a name.
    pub form: Form,
}

/// A request body.
#[derive(Clone, Debug)]
pub struct Body<'d> {
    /// Its node, behind the reference.
    pub node: Node<'d>,
    /// The node and those on the way to it.
    pub places: Vec<String>,
    /// Whether it must be sent.
    pub required: bool,
    /// The media types.
    pub content: Vec<(&'d str, Node<'d>)>,
}

/// A response.
#[derive(Clone, Debug)]
pub struct Response<'d> {
    /// The node and those on the way to what it refers to.
    pub places: Vec<String>,
    /// `200`, `4XX`, `default`, in upper case.
    pub status: String,
    /// The media types.
    pub content: Vec<(&'d str, Node<'d>)>,
    /// The headers.
    pub headers: Vec<Header<'d>>,
}

/// A header of a response.
#[derive(Clone, Debug)]
pub struct Header<'d> {
    /// The name.
    pub name: &'d str,
    /// Its node, behind the reference.
    pub node: Node<'d>,
    /// The node and those on the way to it.
    pub places: Vec<String>,
}

/// An alternative of security schemes that go together.
#[derive(Clone, Debug)]
pub struct Requirement<'d> {
    /// Its place.
    pub at: String,
    /// The schemes.
    pub schemes: Vec<&'d str>,
}

impl Document {
    /// Returns all operations of `paths`.
    pub fn operations(&self) -> Vec<Operation<'_>> {
        let mut acc = Vec::new();
        for (path, item) in self.root().map("paths") {
            if path.starts_with("x-") {
                continue;
            }
            let (item, _) = self.follow(&item);
            for method in METHODS {
                let node = item.get(method).filter(|it| it.value.is_object());
                acc.extend(node.map(|node| self.operation(path, method, &item, node)));
            }
        }
        acc
    }

    /// Returns the webhooks, each with its name; of a path item with several methods it has the method behind it.
    pub fn webhooks(&self) -> Vec<(String, Operation<'_>)> {
        let mut acc = Vec::new();
        for section in ["webhooks", "x-webhooks"] {
            let all = self.root().map(section);
            for (name, item) in all {
                if section == "webhooks" || !name.starts_with("x-") {
                    self.requests(name, &item, &mut acc);
                }
            }
        }
        acc
    }

    /// Returns the callbacks of an operation; of one with several expressions each has a number behind it.
    pub fn callbacks<'d>(&'d self, operation: &Operation<'d>) -> Vec<(String, Operation<'d>)> {
        let mut acc = Vec::new();
        for (name, node) in operation.node.map("callbacks") {
            let (node, _) = self.follow(&node);
            let items = node.members();
            let items: Vec<_> = items.into_iter().filter(|it| !it.0.starts_with("x-")).collect();
            for (index, (_, item)) in items.iter().enumerate() {
                let name = match items.len() {
                    1 => name.to_owned(),
                    _ => format!("{name} {}", index + 1),
                };
                self.requests(&name, item, &mut acc);
            }
        }
        acc
    }

    fn requests<'d>(&'d self, name: &str, item: &Node<'d>, acc: &mut Vec<(String, Operation<'d>)>) {
        let (item, _) = self.follow(item);
        let found = METHODS.iter().filter_map(|method| Some((*method, item.get(method)?)));
        let found: Vec<_> = found.filter(|(_, node)| node.value.is_object()).collect();
        for (method, node) in &found {
            let name = if found.len() == 1 { name.to_owned() } else { format!("{name} {method}") };
            acc.push((name, self.operation("", method, &item, node.clone())));
        }
    }

    fn operation<'d>(
        &'d self,
        path: &'d str,
        method: &str,
        item: &Node<'d>,
        node: Node<'d>,
    ) -> Operation<'d> {
        let own = node.list("servers");
        let mut parameters = self.parameters(item, &node);
        let is_declared = |name: &str| {
            parameters.iter().any(|it: &Parameter<'_>| it.location == "path" && it.name == name)
        };
        let Path { template, forms } = Path::read(path, is_declared);
        for parameter in parameters.iter_mut().filter(|it| it.location == "path") {
            parameter.form = forms.get(parameter.name).copied().unwrap_or_default();
        }
        let responses = node.map("responses").into_iter();
        Operation {
            method: method.to_ascii_uppercase(),
            path,
            template,
            id: node.text("operationId").filter(|it| !it.trim().is_empty()),
            parameters,
            body: node.get("requestBody").map(|it| self.body(&it)),
            responses: responses
                .filter(|(status, _)| !status.starts_with("x-"))
                .map(|(status, it)| self.response(status, &it))
                .collect(),
            security: self.security(&node),
            servers: if own.is_empty() { item.list("servers") } else { own },
            node,
        }
    }

    fn parameters<'d>(&'d self, item: &Node<'d>, node: &Node<'d>) -> Vec<Parameter<'d>> {
        let mut acc: BTreeMap<(&str, String), Parameter<'d>> = BTreeMap::new();
        for it in item.list("parameters").into_iter().chain(node.list("parameters")) {
            let (node, places) = self.follow(&it);
            let (Some(name), Some(location)) = (node.text("name"), node.text("in")) else {
                continue;
            };
            // The names of headers are compared without case (RFC 9110 §5.1).
            let key =
                if location == "header" { name.to_ascii_lowercase() } else { name.to_owned() };
            let required = location == "path" || node.is("required");
            let form = Form::default();
            acc.insert((location, key), Parameter { node, places, name, location, required, form });
        }
        acc.into_values().collect()
    }

    fn body<'d>(&'d self, node: &Node<'d>) -> Body<'d> {
        let (node, places) = self.follow(node);
        Body { required: node.is("required"), content: self.content(&node), places, node }
    }

    fn response<'d>(&'d self, status: &str, node: &Node<'d>) -> Response<'d> {
        let (node, places) = self.follow(node);
        let content = self.content(&node);
        let status = status.to_ascii_uppercase();
        let header = |(name, it): (&'d str, Node<'d>)| {
            let (node, places) = self.follow(&it);
            Header { name, node, places }
        };
        let headers = node.map("headers").into_iter().map(header).collect();
        Response { places, status, content, headers }
    }

    /// Returns the media types, each behind its reference (3.2 has some).
    fn content<'d>(&'d self, node: &Node<'d>) -> Vec<(&'d str, Node<'d>)> {
        let content = node.map("content").into_iter();
        content.map(|(name, it)| (name, self.follow(&it).0)).collect()
    }

    fn security<'d>(&'d self, node: &Node<'d>) -> Vec<Requirement<'d>> {
        let list = if node.get("security").is_some_and(|it| it.value.is_array()) {
            node.list("security")
        } else {
            self.root().list("security")
        };
        let schemes = |it: &Node<'d>| it.members().into_iter().map(|(name, _)| name).collect();
        list.into_iter().map(|it| Requirement { schemes: schemes(&it), at: it.at }).collect()
    }
}

impl<'d> Parameter<'d> {
    /// Returns the media type and the schema of the value.
    pub fn schema(&self) -> (Option<&'d str>, Option<Node<'d>>) {
        match self.node.map("content").into_iter().next() {
            Some((name, media)) => (Some(name), media.get("schema")),
            None => (None, self.node.get("schema")),
        }
    }
}
