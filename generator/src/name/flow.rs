//! Names the functions and scopes of OAuth flows.

use super::scope::{Scope, Wish};
use super::thing::Thing;
use super::{Derived, TypeIdent, ValueIdent, members, operations};
use crate::api::{Api, Flow, NameOf, SecurityScheme};
use crate::diagnostic::Sink;

/// The names of a flow that a program can do alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowNames {
    /// The function that makes a credential of a client's id and secret.
    pub client_credentials: ValueIdent,
    /// The enum of its scopes, where the document lists some.
    pub scopes: TypeIdent,
    /// The variants, one for each scope.
    pub variants: Vec<TypeIdent>,
}

/// The types that the file of a client has or imports.
const OWN_TYPES: &[&str] = &[
    "BaseUrl",
    "BaseUrlError",
    "Call",
    "Client",
    "ClientAuthentication",
    "ClientBuilder",
    "ClientCore",
    "ClientCredentials",
    "Credential",
    "Operation",
    "SchemeGrant",
    "Secret",
    "Server",
    "TokenGrant",
    "TokenProvider",
    "TokenSource",
    "TokenSourceBuilder",
];

/// Names the flow of each security scheme, none where it has none. `texts` are what the schemes are
/// called after and the order in which they are named, `types` what the file of a client has besides.
pub(super) fn name_flows(
    api: &Api,
    (texts, order): (&[&str], &[usize]),
    types: &[&str],
    functions: &mut Scope,
    sink: &mut Sink,
) -> Vec<Option<FlowNames>> {
    let schemes = &api.security_schemes;
    let mut idents = name_enums(api, texts, types, sink);
    let mut acc: Vec<Option<FlowNames>> = vec![None; schemes.len()];
    for &index in order {
        let Some(flow) = &schemes[index].client_credentials else { continue };
        let wanted = ValueIdent::new(texts[index]).followed_by("client_credentials");
        acc[index] = Some(FlowNames {
            client_credentials: name_function(&schemes[index], &wanted, functions),
            scopes: TypeIdent::given(std::mem::take(&mut idents[index])),
            variants: name_scopes(api, flow, sink),
        });
    }
    acc
}

/// Names the enums of scopes, one for each security scheme; empty where it has no scopes.
fn name_enums(api: &Api, texts: &[&str], types: &[&str], sink: &mut Sink) -> Vec<String> {
    let schemes = &api.security_schemes;
    let has_scopes = |it: &usize| {
        schemes[*it].client_credentials.as_ref().is_some_and(|flow| !flow.scopes.is_empty())
    };
    let indices: Vec<_> = (0..schemes.len()).filter(has_scopes).collect();
    let wishes: Vec<_> = (indices.iter())
        .map(|&index| {
            let given = api.given_names.get(&schemes[index].pointer, NameOf::Values);
            let wanted = given.map_or_else(|| format!("{}_scope", texts[index]), str::to_owned);
            Wish {
                thing: Thing::Scopes,
                at: schemes[index].pointer.clone(),
                name: TypeIdent::new(&wanted).to_string(),
                given: given.is_some(),
                spelling: schemes[index].name.clone(),
            }
        })
        .collect();
    let mut scope = Scope::new("type", OWN_TYPES);
    for name in types {
        scope.reserve(name);
    }
    let names = scope.settle(&wishes, sink, |of, ordinal| format!("{}{ordinal}", wishes[of].name));
    let mut acc = vec![String::new(); schemes.len()];
    for (index, name) in indices.into_iter().zip(names) {
        acc[index] = name;
    }
    acc
}

/// Names a function of a scheme. A number behind its name is not reported: names that differ as variants
/// nearly always differ as functions.
pub(super) fn name_function(
    scheme: &SecurityScheme,
    wanted: &impl ToString,
    functions: &mut Scope,
) -> ValueIdent {
    let wish = operations::plain(Thing::SecurityScheme, &scheme.pointer, &scheme.name, wanted);
    let other = |ordinal| format!("{}_{ordinal}", wish.name);
    Derived::claim(functions, &wish, other, ValueIdent::given).ident().clone()
}

fn name_scopes(api: &Api, flow: &Flow, sink: &mut Sink) -> Vec<TypeIdent> {
    let wishes: Vec<_> = (flow.scopes.iter())
        .map(|scope| {
            let given = api.given_names.get(&scope.pointer, NameOf::Variant);
            Wish {
                thing: Thing::Scope,
                at: scope.pointer.clone(),
                name: TypeIdent::new(given.unwrap_or(&scope.name)).to_string(),
                given: given.is_some(),
                spelling: scope.name.clone(),
            }
        })
        .collect();
    members::settle_variants(&wishes, "Scope", sink)
}
