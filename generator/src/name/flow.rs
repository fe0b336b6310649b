//! OAuth flows in, the names of what asks for their tokens and of their scopes out.

use super::scope::{Scope, Wish};
use super::thing::Thing;
use super::{TypeIdent, ValueIdent, members, operations};
use crate::api::{Api, Flow, NameOf};
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
/// called after, `types` what the file of a client has besides.
pub(super) fn name_flows(
    api: &Api,
    texts: &[&str],
    types: &[&str],
    functions: &mut Scope,
    sink: &mut Sink,
) -> Vec<Option<FlowNames>> {
    let schemes = &api.security_schemes;
    let with_scopes = |it: &Flow| !it.scopes.is_empty();
    let indices: Vec<_> = (0..schemes.len())
        .filter(|it| schemes[*it].client_credentials.as_ref().is_some_and(with_scopes))
        .collect();
    let wishes: Vec<_> = (indices.iter())
        .map(|&index| {
            let given = api.given_names.get(&schemes[index].pointer, NameOf::Values);
            let wanted = given.map_or_else(|| format!("{}_scope", texts[index]), str::to_owned);
            Wish {
                thing: Thing::Scopes,
                at: schemes[index].pointer.clone(),
                name: TypeIdent::new(&wanted).to_string(),
                given: given.is_some(),
            }
        })
        .collect();
    let mut scope = Scope::new("type", OWN_TYPES);
    types.iter().for_each(|it| scope.reserve(it));
    let idents =
        scope.settle(&wishes, sink, |of, ordinal| format!("{}{ordinal}", wishes[of].name));
    let mut idents: Vec<_> = indices.into_iter().zip(idents).collect();
    (schemes.iter().zip(texts).enumerate())
        .map(|(index, (scheme, text))| {
            let flow = scheme.client_credentials.as_ref()?;
            let own = idents.iter().position(|(it, _)| *it == index);
            let scopes = own.map_or_else(String::new, |it| idents.swap_remove(it).1);
            Some(FlowNames {
                client_credentials: name_function(scheme, text, functions),
                scopes: TypeIdent::given(scopes),
                variants: name_scopes(api, flow, sink),
            })
        })
        .collect()
}

fn name_function(
    scheme: &crate::api::SecurityScheme,
    text: &str,
    functions: &mut Scope,
) -> ValueIdent {
    let name = ValueIdent::new(text).followed_by("client_credentials");
    let wish = operations::plain(Thing::SecurityScheme, &scheme.pointer, &name);
    let name = match functions.claim(&wish) {
        Ok(name) => name,
        Err(holder) => {
            functions.claim_other(&wish, holder, |ordinal| format!("{name}_{ordinal}")).0
        }
    };
    ValueIdent::given(name)
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
            }
        })
        .collect();
    members::settle_variants(&wishes, "Scope", sink)
}
