//! Applies overlay entries to the model; an entry without effect is an error.

mod names;
mod secrecy;

use std::collections::BTreeSet;

use super::twins::Twins;
use crate::api::{Api, Encoding, Location, NameOf, Server, Shape, Style};
use crate::codes;
use crate::diagnostic::{Diagnostic, Sink};
use crate::overlay::{EndOfStream, Mark, Overlay};
use crate::pointer::{Pointer, PointerMap};

/// The marks of an overlay, and which of its names were given.
pub(super) struct Marks<'a> {
    overlay: &'a Overlay,
    /// The entries that give names, by place.
    names: PointerMap<Vec<usize>>,
    given: BTreeSet<usize>,
}

impl<'a> Marks<'a> {
    pub(super) fn new(overlay: &'a Overlay) -> Self {
        let mut names: PointerMap<Vec<usize>> = PointerMap::default();
        for (index, naming) in overlay.name.iter().enumerate() {
            if let Some(at) = Pointer::parse(&naming.at) {
                names.entry(at).or_default().push(index);
            }
        }
        Self { overlay, names, given: BTreeSet::new() }
    }

    /// Returns the name the overlay gives to what stands at a place.
    pub(super) fn name(&mut self, at: &Pointer, of: NameOf) -> Option<String> {
        let entries = &self.overlay.name;
        let fits = |index: &&usize| entries[**index].of.is_none_or(|it| it == of);
        let index = *self.names.get(at)?.iter().find(fits)?;
        self.given.insert(index);
        Some(entries[index].name.clone())
    }

    /// Marks what is marked by place, once all places are known.
    pub(super) fn apply(self, api: &mut Api, twins: &Twins, sink: &mut Sink) {
        let spots = Spots::of(api);
        let mut mark =
            |marks: &[Mark], kind: &str, what: &str, set: fn(&mut Api, Spot, &Mark) -> bool| {
                for mark in marks {
                    let used = spots.each(&mark.at, twins, |spot| set(api, spot, mark));
                    report(used, kind, what, &mark.at, sink);
                }
            };
        let overlay = self.overlay;
        let text = "property or parameter that holds text";
        mark(&overlay.secret, "secret", text, secrecy::add);
        let secret = "property or parameter that is a secret without it";
        mark(&overlay.not_secret, "not-secret", secret, secrecy::take_away);
        mark(&overlay.ignore_case, "ignore-case", "open enum", mark_ignore_case);
        mark(&overlay.no_default, "no-default", "server variable", mark_no_default);
        let header = "required header parameter with a default";
        mark(&overlay.constant, "constant", header, mark_constant);
        for entry in &overlay.end_of_stream {
            let used = end_stream(api, entry);
            report(used, "end-of-stream", "response of events", &entry.at, sink);
        }
        secrecy::give_back(&overlay.serialize, &spots, twins, api, sink);
        for (index, naming) in overlay.name.iter().enumerate() {
            let used = self.given.contains(&index)
                || spots.each(&naming.at, twins, |spot| names::give(api, spot, naming));
            let what = match naming.of {
                Some(of) => format!("`{}`", of.as_str()),
                None => "type, field, variant or operation".to_owned(),
            };
            report(used, "name", &what, &naming.at, sink);
        }
    }
}

/// A part of the model that can be marked.
#[derive(Clone, Copy, Debug)]
enum Spot {
    Type(usize),
    /// A property, value or variant of a type.
    Member(usize, usize),
    Operation(usize),
    /// A parameter of an operation.
    Parameter(usize, usize),
    /// A media type of the request body of an operation.
    Content(usize, usize),
    /// A media type of a response of an operation.
    Reply(usize, usize, usize),
    /// A header of a response of an operation.
    Header(usize, usize, usize),
    /// A variable of a server: of the document, or of an operation.
    Variable(Option<usize>, usize, usize),
    /// A server of an operation.
    Server(usize, usize),
    /// A value of a variable of the first server of the document.
    Value(usize, usize),
    Scheme(usize),
    /// A scope of the flow of a security scheme.
    Scope(usize, usize),
}

/// What stands at each place; one place can lead to several parts of the model.
struct Spots(PointerMap<Vec<Spot>>);

impl Spots {
    fn of(api: &Api) -> Self {
        let mut acc = Self(PointerMap::default());
        for (index, def) in api.types.iter().enumerate() {
            acc.put(&def.pointer, Spot::Type(index));
            let members: Vec<&Pointer> = match &def.shape {
                Shape::Struct(it) => it.properties.iter().map(|it| &it.pointer).collect(),
                Shape::Enum(it) => it.values.iter().map(|it| &it.pointer).collect(),
                Shape::Union(it) => it.variants().map(|it| &it.pointer).collect(),
                Shape::Alias(_) => Vec::new(),
            };
            for (member, at) in members.into_iter().enumerate() {
                acc.put(at, Spot::Member(index, member));
            }
        }
        acc.put_servers(None, &api.servers);
        for (variable, it) in api.servers.iter().take(1).flat_map(|it| &it.variables).enumerate() {
            for value in 0..it.values.len() {
                acc.put(&it.pointer.child("enum").index(value), Spot::Value(variable, value));
            }
        }
        for (index, it) in api.security_schemes.iter().enumerate() {
            acc.put(&it.pointer, Spot::Scheme(index));
            for (scope, it) in it.client_credentials.iter().flat_map(|it| &it.scopes).enumerate() {
                acc.put(&it.pointer, Spot::Scope(index, scope));
            }
        }
        for (index, operation) in api.operations.iter().enumerate() {
            acc.put(&operation.pointer, Spot::Operation(index));
            for (content, it) in operation.body.iter().flat_map(|it| &it.contents).enumerate() {
                acc.put(&it.pointer, Spot::Content(index, content));
            }
            for (response, it) in operation.responses.iter().enumerate() {
                for (content, it) in it.contents.iter().enumerate() {
                    acc.put(&it.pointer, Spot::Reply(index, response, content));
                }
                for (header, it) in it.headers.iter().enumerate() {
                    acc.put(&it.pointer, Spot::Header(index, response, header));
                }
            }
            for (parameter, it) in operation.parameters.iter().enumerate() {
                acc.put(&it.pointer, Spot::Parameter(index, parameter));
            }
            acc.put_servers(Some(index), &operation.servers);
        }
        acc
    }

    fn put_servers(&mut self, operation: Option<usize>, servers: &[Server]) {
        for (server, it) in servers.iter().enumerate() {
            if let Some(operation) = operation {
                self.put(&it.pointer, Spot::Server(operation, server));
            }
            for (variable, it) in it.variables.iter().enumerate() {
                self.put(&it.pointer, Spot::Variable(operation, server, variable));
            }
        }
    }

    fn put(&mut self, at: &Pointer, spot: Spot) {
        self.0.entry(at.clone()).or_default().push(spot);
    }

    /// Marks what stands at a place, and at the same place in the schemas whose
    /// type it has; returns whether any of it could be marked.
    fn each(&self, text: &str, twins: &Twins, mut set: impl FnMut(Spot) -> bool) -> bool {
        let places = Pointer::parse(text).map(|at| twins.places(at)).unwrap_or_default();
        let spots = places.iter().filter_map(|at| self.0.get(at)).flatten();
        let mut used = false;
        for spot in spots {
            used |= set(*spot);
        }
        used
    }
}

pub(super) fn report(used: bool, kind: &str, what: &str, at: &str, sink: &mut Sink) {
    if !used {
        let title = format!("the `{kind}` entry for `{at}` matches no {what}");
        let at = Pointer::parse(at);
        let help = match at {
            Some(_) => "remove the entry, or correct its `at`",
            None => "write `at` as a JSON pointer, for example `#/paths/~1pets/get`",
        };
        let at = at.unwrap_or_else(Pointer::root);
        sink.push(Diagnostic::error(codes::UNUSED_OVERLAY, at, title).help(help));
    }
}

/// Says why an entry does not fit the operation at a place.
pub(super) fn misfit(kind: &str, entry: &str, at: Pointer, why: &str, sink: &mut Sink) {
    let title = format!("the `{kind}` entry for `{entry}` does not fit: {why}");
    let diagnostic = Diagnostic::error(codes::OVERLAY_MISFIT, at, title).at_key();
    sink.push(diagnostic.help("correct the entry, or remove it"));
}

fn mark_constant(api: &mut Api, spot: Spot, _: &Mark) -> bool {
    let Spot::Parameter(operation, parameter) = spot else { return false };
    let parameter = &mut api.operations[operation].parameters[parameter];
    let is_header = parameter.location == Location::Header && parameter.style == Style::Plain;
    parameter.fixed = is_header && parameter.required && parameter.default.is_some();
    parameter.fixed
}

/// Several operations can share a response.
fn end_stream(api: &mut Api, entry: &EndOfStream) -> bool {
    let at = Pointer::parse(&entry.at);
    let responses = api.operations.iter_mut().flat_map(|it| &mut it.responses);
    let mut used = false;
    for content in responses.flat_map(|it| &mut it.contents) {
        if content.encoding == Encoding::Events && Some(&content.pointer) == at.as_ref() {
            content.end = Some(entry.data.clone());
            used = true;
        }
    }
    used
}

fn mark_ignore_case(api: &mut Api, spot: Spot, _: &Mark) -> bool {
    let Spot::Type(index) = spot else { return false };
    let Shape::Enum(open) = &mut api.types[index].shape else { return false };
    open.ignore_case = true;
    true
}

fn mark_no_default(api: &mut Api, spot: Spot, _: &Mark) -> bool {
    let Spot::Variable(operation, server, variable) = spot else { return false };
    let servers = match operation {
        Some(operation) => &mut api.operations[operation].servers,
        None => &mut api.servers,
    };
    servers[server].variables[variable].default = None;
    true
}
