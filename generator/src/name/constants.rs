//! Names the constants of header parameters, of the servers that operations have of their own, and of the
//! headers of responses.

use std::collections::{BTreeMap, BTreeSet};

use super::ConstIdent;
use super::derived::Derived;
use super::scope::{Scope, Wish};
use super::thing::Thing;
use crate::api::{Api, Location, NameOf, Operation, OwnServerKey};
use crate::pointer::Pointer;

/// The names of constants, by the header; header names have no case (RFC 9110 §5.1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Constants {
    headers: BTreeMap<String, Derived<ConstIdent>>,
    responses: BTreeMap<String, Derived<ConstIdent>>,
    servers: BTreeMap<OwnServerKey, Derived<ConstIdent>>,
}

impl Constants {
    pub(super) fn of(api: &Api) -> Self {
        let mut scope = Scope::new("constant", &[]);
        let parameters = api.operations.iter().flat_map(|it| &it.parameters);
        let headers = parameters.filter(|it| it.location == Location::Header);
        let headers = headers.map(|it| (it.name.as_str(), &it.pointer));
        let headers = name_headers(api, headers, Thing::Header, &mut scope);
        let responses = api.operations.iter().flat_map(Operation::response_headers);
        let responses = responses.map(|it| (it.name.as_str(), &it.pointer));
        // They have a file of their own.
        let mut of_responses = Scope::new("constant", &[]);
        Self {
            servers: name_servers(api, &mut scope),
            responses: name_headers(api, responses, Thing::ResponseHeader, &mut of_responses),
            headers,
        }
    }

    pub(super) fn response_header(&self, header: &str) -> Option<&Derived<ConstIdent>> {
        self.responses.get(header)
    }

    pub(super) fn server(&self, key: &OwnServerKey) -> Option<&Derived<ConstIdent>> {
        self.servers.get(key)
    }

    pub(super) fn get(&self, header: &str) -> Option<&Derived<ConstIdent>> {
        self.headers.get(&header.to_ascii_lowercase())
    }

    /// Names private constants: a word, then the word with a number,
    /// past those that hold the value of a header or a server.
    pub(super) fn private<'a>(&'a self, word: &'a str) -> impl Iterator<Item = ConstIdent> + 'a {
        let numbered = (2..).map(move |number| format!("{word}_{number}"));
        let named = || self.headers.values().chain(self.servers.values());
        let is_free = move |name: &String| named().all(|it| it.ident().as_str() != name);
        std::iter::once(word.to_owned()).chain(numbered).filter(is_free).map(ConstIdent::given)
    }
}

/// Names each header once, by its name in lower case.
fn name_headers<'a>(
    api: &Api,
    headers: impl Iterator<Item = (&'a str, &'a Pointer)>,
    thing: Thing,
    scope: &mut Scope,
) -> BTreeMap<String, Derived<ConstIdent>> {
    let mut acc = BTreeMap::new();
    let mut headers: Vec<_> = headers.collect();
    headers.sort_by_key(|(name, _)| (name.to_ascii_lowercase(), *name));
    for (name, at) in headers {
        acc.entry(name.to_ascii_lowercase()).or_insert_with(|| {
            let given = api.given_names.get(at, NameOf::Constant);
            let wish = Wish {
                thing,
                at: at.clone(),
                name: ConstIdent::new(given.unwrap_or(name)).to_string(),
                given: given.is_some(),
                spelling: name.to_owned(),
            };
            let other = |ordinal| format!("{}_{ordinal}", wish.name);
            Derived::claim(scope, &wish, other, ConstIdent::given)
        });
    }
    acc
}

/// Names each server by its URL, after the headers: `SERVER_FILES_EXAMPLE_V2`.
fn name_servers(api: &Api, scope: &mut Scope) -> BTreeMap<OwnServerKey, Derived<ConstIdent>> {
    // One server may stand at several operations; which comes first decides nothing.
    let mut places: BTreeMap<OwnServerKey, BTreeSet<&Pointer>> = BTreeMap::new();
    for own in api.operations.iter().filter_map(|it| api.own_server(it)) {
        places.entry(own.key()).or_default().insert(&own.server.pointer);
    }
    let name = |(key, places): (OwnServerKey, BTreeSet<&Pointer>)| {
        let place = key.0.split_once("://").map_or(key.0.as_str(), |(_, rest)| rest);
        let given = places.iter().find_map(|at| api.given_names.get(at, NameOf::Constant));
        let at = places.first().unwrap_or_else(|| unreachable!("a key is that of a place"));
        let wanted = given.map_or_else(|| format!("server {place}"), str::to_owned);
        let wish = Wish {
            thing: Thing::Server,
            at: (*at).clone(),
            name: ConstIdent::new(&wanted).to_string(),
            given: given.is_some(),
            spelling: key.0.clone(),
        };
        let other = |ordinal| format!("{}_{ordinal}", wish.name);
        let ident = Derived::claim(scope, &wish, other, ConstIdent::given);
        (key, ident)
    };
    places.into_iter().map(name).collect()
}
