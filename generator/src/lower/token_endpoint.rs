//! Recognises operations that give tokens for client credentials (RFC 6749 §4.4), by request, response and overlay.

mod lack;
mod note;
mod request;
mod response;
#[cfg(test)]
mod tests;

use lack::Lack;

use super::marks;
use crate::api::{Api, Operation, SecurityKind, TokenEndpoint, Type, TypeRef};
use crate::diagnostic::Sink;
use crate::overlay;
use crate::pointer::{Pointer, PointerMap, PointerSet};

/// Marks every operation that gives tokens for client credentials. One that looks like it and does not
/// gets a note; an entry of the overlay that does not fit its operation is an error.
pub(super) fn recognise(
    api: &mut Api,
    entries: &[overlay::TokenEndpoint],
    authorized: &PointerSet,
    sink: &mut Sink,
) {
    let mut said: PointerMap<&overlay::TokenEndpoint> = PointerMap::default();
    for entry in entries {
        let at = Pointer::parse(&entry.at);
        let is_operation = |at: &Pointer| api.operations.iter().any(|it| it.pointer == *at);
        let is_new = at.filter(is_operation).is_some_and(|at| said.insert(at, entry).is_none());
        marks::report(is_new, "token-endpoint", "operation without one", &entry.at, sink);
    }
    for index in 0..api.operations.len() {
        let operation = &api.operations[index];
        let entry = said.get(&operation.pointer).copied();
        let context =
            Context { api, operation, entry, header: authorized.contains(&operation.pointer) };
        if entry.is_none() && !context.looks_like_a_request() {
            continue;
        }
        let found = context.endpoint();
        match (&found, entry) {
            (Ok(_), _) => {}
            (Err(lacks), Some(entry)) => lacks.iter().for_each(|it| sink.push(it.of_entry(entry))),
            (Err(lacks), None) => sink_note(&context, lacks, sink),
        }
        api.operations[index].token_endpoint = found.ok();
    }
}

fn sink_note(context: &Context<'_>, lacks: &[Lack], sink: &mut Sink) {
    if let Some(note) = note::note(context, lacks) {
        sink.push(note);
    }
}

/// What an operation is looked at with.
struct Context<'a> {
    api: &'a Api,
    operation: &'a Operation,
    /// What the overlay says of it.
    entry: Option<&'a overlay::TokenEndpoint>,
    /// Whether it declares a header parameter `Authorization`.
    header: bool,
}

impl<'a> Context<'a> {
    /// Returns how the operation gives tokens, or all that it lacks.
    fn endpoint(&self) -> Result<TokenEndpoint, Vec<Lack>> {
        let request = request::read(self);
        let is_certain =
            self.entry.is_some() || request.as_ref().is_ok_and(|it| it.names_the_grant);
        let fields = response::read(self, is_certain);
        match (request, fields) {
            (Ok(request), Ok(fields)) => Ok(TokenEndpoint { fields, ..request.endpoint }),
            (request, fields) => {
                let mut lacks: Vec<Lack> = request.err().into_iter().flatten().collect();
                lacks.extend(fields.err());
                Err(lacks)
            }
        }
    }

    /// Returns whether the request is about a grant or about a client that proves itself: the cheap
    /// question before the others.
    fn looks_like_a_request(&self) -> bool {
        let parts = note::Parts::of(&request::names_of(self));
        parts.grant.is_some() || parts.proves_the_client()
    }

    /// Returns the names that grant, id and secret have in the request.
    fn names(&self) -> Names<'a> {
        let said = |of: fn(&'a overlay::TokenEndpoint) -> &'a Option<String>, name| {
            self.entry.and_then(|it| of(it).as_deref()).unwrap_or(name)
        };
        Names {
            grant: said(|it| &it.grant_type, "grant_type"),
            id: said(|it| &it.client_id, "client_id"),
            secret: said(|it| &it.client_secret, "client_secret"),
        }
    }

    /// Returns whether the document says that the operation authenticates by HTTP Basic.
    fn declares_basic(&self) -> bool {
        self.header || self.schemes().any(|kind| *kind == SecurityKind::Basic)
    }

    /// Returns whether the document asks for a key, which proves the client by itself.
    fn declares_a_key(&self) -> bool {
        self.schemes().any(|kind| !matches!(kind, SecurityKind::Basic | SecurityKind::Bearer))
    }

    fn schemes(&self) -> impl Iterator<Item = &'a SecurityKind> {
        self.operation.security.iter().flatten().map(|need| &self.api.scheme(need.scheme).kind)
    }
}

/// The names of what RFC 6749 gives a token request.
#[derive(Clone, Copy)]
struct Names<'a> {
    grant: &'a str,
    id: &'a str,
    secret: &'a str,
}

fn is_text(api: &Api, ty: &TypeRef) -> bool {
    matches!(api.behind_aliases(ty).ty, Type::String(_))
}
