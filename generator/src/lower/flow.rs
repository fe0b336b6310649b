//! The OAuth flows of a security scheme in, the one that a program can do alone out.

use serde_yaml::Value;

use super::Lowering;
use crate::api::{Flow, FlowScope};
use crate::codes;
use crate::diagnostic::{Diagnostic, Loss};
use crate::pointer::Pointer;
use crate::shown::code_span;

/// Lowers the flow `clientCredentials`. Schemes without it, and its other flows, are left over.
pub(super) fn lower_client_credentials(
    node: &Value,
    scheme: &Pointer,
    acc: &mut Lowering<'_>,
) -> Option<Flow> {
    if node.get("type").and_then(Value::as_str) != Some("oauth2") {
        return None;
    }
    let flows = node.get("flows")?;
    let flow = flows.get("clientCredentials").filter(|it| it.is_mapping())?;
    let flows_at = scheme.child("flows");
    let at = flows_at.child("clientCredentials");
    acc.ledger.take(scheme, &["flows"]);
    acc.ledger.take(&flows_at, &["clientCredentials"]);
    acc.ledger.take(&at, &["tokenUrl", "scopes"]);
    let scopes_at = at.child("scopes");
    let mut scopes = Vec::new();
    for (name, text) in flow.get("scopes").and_then(Value::as_mapping).into_iter().flatten() {
        let name = name.as_str().unwrap_or_default();
        let pointer = scopes_at.child(name);
        if is_scope(name) {
            let text = text.as_str().map(str::trim).filter(|it| !it.is_empty());
            let description = text.map(str::to_owned);
            scopes.push(FlowScope { name: name.to_owned(), description, pointer });
        } else {
            let title = format!("the scope {} cannot be asked for", code_span(name));
            let diagnostic = Diagnostic::warning(codes::FLOW, pointer.clone(), title).at_key();
            acc.sink
                .push(diagnostic.label("not a scope (RFC 6749 §3.3)").loss(Loss::Part(pointer)));
        }
    }
    Some(Flow {
        token_url: flow.get("tokenUrl").and_then(Value::as_str).unwrap_or_default().to_owned(),
        authentication: [flow, node].into_iter().find_map(authentication),
        scopes,
        pointer: at,
    })
}

/// RFC 6749 §3.3: what has another character cannot be sent as one scope.
fn is_scope(text: &str) -> bool {
    let is_fine = |byte: u8| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\';
    !text.is_empty() && text.bytes().all(is_fine)
}

/// Returns how a client authenticates at the token URL, which OpenAPI has no keyword for: an extension
/// whose name ends in that of the metadata of a client (RFC 7591 §2, `token_endpoint_auth_method`),
/// however it is spelled, with a value of its registry.
fn authentication(node: &Value) -> Option<String> {
    let members = node.as_mapping()?.iter();
    let mut texts = members.filter_map(|(name, value)| Some((name.as_str()?, value.as_str()?)));
    let (_, value) = texts.find(|(name, _)| {
        let letters = name.chars().filter(char::is_ascii_alphanumeric);
        let letters: String = letters.map(|it| it.to_ascii_lowercase()).collect();
        let ends = ["tokenendpointauthmethod", "tokenendpointauthentication"];
        name.starts_with("x-") && ends.iter().any(|end| letters.ends_with(end))
    })?;
    Some(value.to_owned())
}
