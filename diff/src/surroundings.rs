//! Compares what belongs to no operation or type: version, texts, servers, security schemes.

use tamarack::api::{SecurityKind, SecurityScheme, Server};
use tamarack::plan::{Module, PlannedServer, PlannedVariable, ServerConstant, TypeIdent};
use tamarack::pointer::Pointer;

use super::at::At;
use super::describe::cut;
use super::documentation;
use super::kind::Kind;
use super::verdict::{Rust, Wire};
use super::walk::{Flow, Node, Walk};
use super::{flow, left_over};

/// Compares what belongs to the document as a whole.
pub(super) fn compare(walk: &mut Walk<'_>) {
    let (old, new) = (walk.old.api, walk.new.api);
    let info = |name: &str| {
        let at = Pointer::root().join(&["info", name]);
        At::new(Node::Document, format!("info.{name}"), &at, &at)
    };
    if old.version != new.version {
        let change = info("version").change(Kind::VersionChanged).rust(Rust::Patch);
        walk.push(change.values(&old.version, &new.version));
    }
    documentation::compare_text(walk, &info("title"), Some(&old.title), Some(&new.title));
    let (was, is) = (old.description.as_deref(), new.description.as_deref());
    documentation::compare_text(walk, &info("description"), was, is);
    compare_servers(walk, &old.servers, &new.servers);
    compare_schemes(walk, &old.security_schemes, &new.security_schemes);
}

fn compare_servers(walk: &mut Walk<'_>, old: &[Server], new: &[Server]) {
    let holder = Pointer::root().child("servers");
    let at = |old: Option<&Server>, new: Option<&Server>| {
        let pointer = |it: Option<&Server>| it.map_or(holder.clone(), |it| it.pointer.clone());
        At::new(Node::Document, "servers", &pointer(old), &pointer(new))
    };
    let rust = rust_of_server(&walk.old.code.client.server, &walk.new.code.client.server);
    let rust = rust.max(rust_of_own_servers(walk.old.code, walk.new.code));
    let first = |of: &[Server], other: &[Server], it: &Server| {
        let is_first = of.first().is_some_and(|first| first.pointer == it.pointer);
        if other.is_empty() && is_first { rust } else { Rust::Patch }
    };
    if let ([was, ..], [is, ..]) = (old, new)
        && was.url != is.url
    {
        let change = at(Some(was), Some(is)).change(Kind::ServerChanged);
        let change = change.wire(Wire::Potentially, Wire::None).rust(rust);
        walk.push(change.values(&was.url, &is.url));
    }
    // The first of each has been compared.
    let further = |all: &'_ [Server], other: &[Server]| -> Vec<Server> {
        let skip = usize::from(!all.is_empty() && !other.is_empty());
        let is_new = |&at: &usize| partner(all, at, other).is_none();
        (skip..all.len()).filter(is_new).map(|at| all[at].clone()).collect()
    };
    for is in further(new, old) {
        let change = at(None, Some(&is)).change(Kind::ServerAdded);
        let rust = first(new, old, &is);
        walk.push(change.wire(Wire::Compatible, Wire::None).rust(rust).is(&is.url));
    }
    for was in further(old, new) {
        let change = at(Some(&was), None).change(Kind::ServerRemoved);
        let rust = first(old, new, &was);
        walk.push(change.wire(Wire::Potentially, Wire::None).rust(rust).was(&was.url));
    }
    for (index, is) in new.iter().enumerate() {
        let Some(was) = partner(new, index, old) else { continue };
        let at = At { flow: Flow { sent: true, received: false }, ..at(Some(was), Some(is)) };
        let first = walk.changes.len();
        compare_variables(walk, &at, was, is);
        let texts = (was.description.as_deref(), is.description.as_deref());
        documentation::compare_text(walk, &at, texts.0, texts.1);
        left_over::compare(walk, &at, (&was.left_over, &is.left_over), first);
    }
}

/// Returns the server of the other document with the same URL. A document may list a URL more than
/// once: the second belongs to the other's second.
fn partner<'a>(all: &[Server], at: usize, other: &'a [Server]) -> Option<&'a Server> {
    let url = &all[at].url;
    let before = all[..at].iter().filter(|it| it.url == *url).count();
    other.iter().filter(|it| it.url == *url).nth(before)
}

/// Which servers are an operation's own depends on the server of the client.
fn rust_of_own_servers(old: &Module, new: &Module) -> Rust {
    let is_kept = |was: &ServerConstant| new.servers.iter().any(|is| is.ident == was.ident);
    if old.servers.iter().all(is_kept) { Rust::Patch } else { Rust::Major }
}

/// A client without a server is given one when it is made; a fixed one has a
/// constant; one with variables is a type.
fn rust_of_server(old: &PlannedServer, new: &PlannedServer) -> Rust {
    let needs = |all: &[PlannedVariable]| -> Vec<_> {
        let needed = all.iter().filter(|it| it.default.is_none());
        needed.map(|it| (it.ident.clone(), known(it))).collect()
    };
    let same = match (old, new) {
        (PlannedServer::None, PlannedServer::Path(_)) => return Rust::Minor,
        (PlannedServer::None, PlannedServer::None)
        | (PlannedServer::Path(_), PlannedServer::Path(_))
        | (PlannedServer::Fixed(_), PlannedServer::Fixed(_)) => true,
        (
            PlannedServer::Template { variables: old, .. },
            PlannedServer::Template { variables: new, .. },
        ) => {
            let kept = |was: &PlannedVariable| {
                new.iter().any(|is| is.ident == was.ident && known(is) == known(was))
            };
            needs(old) == needs(new) && old.iter().all(kept)
        }
        _ => false,
    };
    if same { Rust::Patch } else { Rust::Major }
}

fn known(it: &PlannedVariable) -> Option<TypeIdent> {
    it.known.as_ref().map(|it| it.0.clone())
}

fn compare_variables(walk: &mut Walk<'_>, at: &At, old: &Server, new: &Server) {
    for is in &new.variables {
        let Some(was) = old.variables.iter().find(|it| it.name == is.name) else { continue };
        let at = At::new(at.node, format!("servers {{{}}}", is.name), &was.pointer, &is.pointer);
        if was.default != is.default || sorted(&was.values) != sorted(&is.values) {
            let change = at.change(Kind::ServerChanged).wire(Wire::Potentially, Wire::None);
            let text = |it: &tamarack::api::ServerVariable| {
                let default = it.default.as_deref().unwrap_or("none");
                cut(&format!("default {default}, values {}", it.values.join(", ")))
            };
            let gone = was.values.iter().any(|it| !is.values.contains(it));
            let rust = if gone { Rust::Major } else { Rust::Minor };
            let same = sorted(&was.values) == sorted(&is.values);
            let rust = if same { Rust::Patch } else { rust };
            let server = rust_of_server(&walk.old.code.client.server, &walk.new.code.client.server);
            walk.push(change.values(text(was), text(is)).rust(rust.max(server)));
        }
        let texts = (was.description.as_deref(), is.description.as_deref());
        documentation::compare_text(walk, &at, texts.0, texts.1);
    }
}

/// The order of the values means nothing.
fn sorted(values: &[String]) -> Vec<&String> {
    let mut acc: Vec<_> = values.iter().collect();
    acc.sort_unstable();
    acc
}

fn compare_schemes(walk: &mut Walk<'_>, old: &[SecurityScheme], new: &[SecurityScheme]) {
    let holder = Pointer::root().join(&["components", "securitySchemes"]);
    let subject = |it: &SecurityScheme| format!("security scheme {}", it.name);
    for is in new {
        let at = |old: &Pointer| At::new(Node::Document, subject(is), old, &is.pointer);
        match old.iter().find(|it| it.name == is.name) {
            // The other document has it, as something no client can send.
            None if left_over::is_left_out(walk.old.api, &is.pointer) => {
                let change = at(&is.pointer).change(Kind::SchemeChanged).rust(Rust::Minor);
                let change = change.wire(Wire::Breaking, Wire::None);
                walk.push(change.values("not supported", kind(&is.kind)));
            }
            None => {
                let change = at(&holder).change(Kind::SchemeAdded).rust(Rust::Minor);
                walk.push(change.is(kind(&is.kind)));
            }
            Some(was) => {
                // A credential is sent.
                let flow = Flow { sent: true, received: false };
                let at = At { flow, ..at(&was.pointer) };
                let first = walk.changes.len();
                if was.kind != is.kind {
                    let change = at.change(Kind::SchemeChanged).wire(Wire::Breaking, Wire::None);
                    let rust = rust_of_kinds(&was.kind, &is.kind);
                    walk.push(change.values(kind(&was.kind), kind(&is.kind)).rust(rust));
                }
                let texts = (was.description.as_deref(), is.description.as_deref());
                documentation::compare_text(walk, &at, texts.0, texts.1);
                flow::compare(walk, &at, was, is);
                left_over::compare(walk, &at, (&was.left_over, &is.left_over), first);
            }
        }
    }
    for was in old.iter().filter(|it| new.iter().all(|is| is.name != it.name)) {
        if left_over::is_left_out(walk.new.api, &was.pointer) {
            let at = At::new(Node::Document, subject(was), &was.pointer, &was.pointer);
            let change = at.change(Kind::SchemeChanged).wire(Wire::Breaking, Wire::None);
            walk.push(change.values(kind(&was.kind), "not supported").rust(Rust::Major));
            continue;
        }
        let at = At::new(Node::Document, subject(was), &was.pointer, &holder);
        walk.push(at.change(Kind::SchemeRemoved).rust(Rust::Major).was(kind(&was.kind)));
    }
}

/// A user with a password is another credential than a secret, and only a
/// bearer token can come from a provider.
fn rust_of_kinds(was: &SecurityKind, is: &SecurityKind) -> Rust {
    use SecurityKind::{Basic, Bearer};
    match (was, is) {
        (Basic | Bearer, _) | (_, Basic) => Rust::Major,
        (_, Bearer) => Rust::Minor,
        _ => Rust::Patch,
    }
}

fn kind(it: &SecurityKind) -> String {
    match it {
        SecurityKind::ApiKeyHeader(name) => format!("header `{name}`"),
        SecurityKind::ApiKeyQuery(name) => format!("query parameter `{name}`"),
        SecurityKind::ApiKeyCookie(name) => format!("cookie `{name}`"),
        SecurityKind::Bearer => "bearer token".to_owned(),
        SecurityKind::Basic => "user and password".to_owned(),
    }
}
