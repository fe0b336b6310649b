//! Security schemes and requirements in, credentials and the alternatives that suffice out.

use serde_yaml::Value;

use super::Lowering;
use super::flow::lower_client_credentials;
use crate::api::{Need, SchemeId, SecurityKind, SecurityScheme};
use crate::codes;
use crate::diagnostic::{Diagnostic, Loss};
use crate::document::SecurityRequirement;
use crate::nearest::nearest;
use crate::pointer::Pointer;

/// Lowers the schemes of the document, in its order.
pub(super) fn lower_schemes(acc: &mut Lowering<'_>) -> Vec<SecurityScheme> {
    let resolved = acc.resolved;
    let mut schemes = Vec::new();
    for (name, at) in &resolved.document.security_schemes {
        let Some(node) = resolved.scheme(at) else { continue };
        acc.ledger.take(at, keywords(node));
        match kind(node) {
            Ok(kind) => schemes.push(SecurityScheme {
                name: name.clone(),
                kind,
                client_credentials: lower_client_credentials(node, at, acc),
                description: node.get("description").and_then(Value::as_str).map(str::to_owned),
                pointer: at.clone(),
                left_over: Vec::new(),
            }),
            Err(reason) => {
                let title = format!("the security scheme `{name}` is not supported: {reason}");
                let diagnostic = Diagnostic::warning(codes::SECURITY_SCHEME, at.clone(), title);
                acc.sink.push(diagnostic.loss(Loss::Part(at.clone())));
            }
        }
    }
    schemes
}

/// Reads a scheme: only `openapiv3`'s four types, of which it would refuse
/// any that lack what no client needs, such as the flows of `oauth2`.
fn kind(node: &Value) -> Result<SecurityKind, String> {
    let text = |name: &str| node.get(name).and_then(Value::as_str).unwrap_or_default();
    match text("type") {
        "apiKey" if text("name").is_empty() => Err("it has no `name`".to_owned()),
        "apiKey" => match text("in") {
            "header" => Ok(SecurityKind::ApiKeyHeader(text("name").to_owned())),
            "query" => Ok(SecurityKind::ApiKeyQuery(text("name").to_owned())),
            "cookie" => Ok(SecurityKind::ApiKeyCookie(text("name").to_owned())),
            other => Err(format!("an API key cannot be in `{other}`")),
        },
        // Scheme names are case-insensitive (RFC 9110 §11.1).
        "http" => match text("scheme").to_ascii_lowercase().as_str() {
            "bearer" => Ok(SecurityKind::Bearer),
            "basic" => Ok(SecurityKind::Basic),
            other => Err(format!("the HTTP scheme `{other}`")),
        },
        "oauth2" | "openIdConnect" => Ok(SecurityKind::Bearer),
        other => Err(format!("the type `{other}`")),
    }
}

/// Returns the keywords that say how a credential of the scheme is sent.
fn keywords(node: &Value) -> &'static [&'static str] {
    match node.get("type").and_then(Value::as_str) {
        Some("apiKey") => &["type", "description", "name", "in"],
        Some("http") => &["type", "description", "scheme"],
        _ => &["type", "description"],
    }
}

/// Lowers the requirements of an operation, else those of the document.
pub(super) fn lower_requirements(
    own: Option<&Vec<SecurityRequirement>>,
    operation: &Pointer,
    schemes: &[SecurityScheme],
    acc: &mut Lowering<'_>,
) -> Vec<Vec<Need>> {
    let resolved = acc.resolved;
    let document = &resolved.document;
    let at =
        if own.is_some() { operation.child("security") } else { Pointer::root().child("security") };
    let mut alternatives = Vec::new();
    for (index, requirement) in own.or(document.security.as_ref()).into_iter().flatten().enumerate()
    {
        let mut needs = Vec::new();
        for (name, scopes) in requirement {
            if let Some(index) = schemes.iter().position(|it| &it.name == name) {
                needs.push(Need { scheme: SchemeId(index), scopes: scopes.clone() });
            } else if document.security_schemes.iter().all(|(it, _)| it != name) {
                let title = format!("there is no security scheme `{name}`");
                let at = at.index(index).child(name);
                let diagnostic =
                    Diagnostic::warning(codes::UNKNOWN_SCHEME, at, title).at_key().label("ignored");
                let names = document.security_schemes.iter().map(|(it, _)| it.as_str());
                acc.sink.push(match nearest(name, names) {
                    Some(near) => diagnostic.help(format!("did you mean the scheme `{near}`?")),
                    None => diagnostic,
                });
            }
        }
        // An alternative of which nothing is left would say that none are needed.
        if (requirement.is_empty() || !needs.is_empty()) && !alternatives.contains(&needs) {
            alternatives.push(needs);
        }
    }
    alternatives
}
