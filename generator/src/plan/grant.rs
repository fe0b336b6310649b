//! The flow of a security scheme in, how its tokens are asked for out.

mod url;

use super::{GrantAuthentication, PlannedEnum, PlannedGrant, TextVariant};
use crate::api::{Flow, SecurityScheme, Server};
use crate::codes;
use crate::diagnostic::{Diagnostic, Loss, Sink};
use crate::name::CredentialNames;
use crate::shown::code_span;

/// Plans the function that asks for tokens; none where there is no flow, or its URL is none that
/// credentials can be sent to.
pub(super) fn plan_grant(
    scheme: &SecurityScheme,
    names: &CredentialNames,
    server: Option<&Server>,
    sink: &mut Sink,
) -> Option<PlannedGrant> {
    let (flow, names) = (scheme.client_credentials.as_ref()?, names.flow.as_ref()?);
    let token_url = match usable(&flow.token_url, server) {
        Ok(token_url) => token_url,
        Err(fault) => {
            report(scheme, flow, fault, sink);
            return None;
        }
    };
    let variants = flow.scopes.iter().zip(&names.variants).map(|(scope, ident)| TextVariant {
        ident: ident.clone(),
        text: scope.name.clone(),
        docs: scope.description.clone().unwrap_or_default(),
    });
    let scopes = PlannedEnum { variants: variants.collect(), ignore_case: false };
    Some(PlannedGrant {
        function: names.client_credentials.clone(),
        token_url,
        authentication: authentication(flow),
        scopes: (!flow.scopes.is_empty()).then(|| (names.scopes.clone(), scopes)),
    })
}

/// Whatever else a document says needs what the caller alone has, such as a key.
fn authentication(flow: &Flow) -> Option<GrantAuthentication> {
    let says_post = flow.authentication.as_deref() == Some("client_secret_post");
    says_post.then_some(GrantAuthentication::Post)
}

/// Returns the URL as code can resolve it. The runtime is the judge of what it sends credentials to;
/// this finds what it would refuse whatever the server is.
fn usable(url: &str, server: Option<&Server>) -> Result<String, &'static str> {
    let url = behind_template(url, server).unwrap_or(url);
    match url::fault(url) {
        Some(fault) => Err(fault),
        None => Ok(url.to_owned()),
    }
}

/// Returns what is behind the host of a URL that begins as the template of the server does: the
/// variables have their values by the time that the client has its base URL.
fn behind_template<'a>(url: &'a str, server: Option<&Server>) -> Option<&'a str> {
    let template = server.map(|it| it.url.as_str()).filter(|it| it.contains('{'))?;
    let host_at = template.find("://")? + 3;
    let origin_len = template[host_at..].find('/').map_or(template.len(), |it| host_at + it);
    let rest = url.strip_prefix(&template[..origin_len])?;
    rest.starts_with('/').then_some(rest)
}

fn report(scheme: &SecurityScheme, flow: &Flow, fault: &str, sink: &mut Sink) {
    let title =
        format!("no token is asked for at the URL of the scheme {}", code_span(&scheme.name));
    let has_url = !flow.token_url.is_empty();
    let at = if has_url { flow.pointer.child("tokenUrl") } else { flow.pointer.clone() };
    let diagnostic = Diagnostic::warning(codes::FLOW, at.clone(), title)
        .label(format!("{} {fault}", if has_url { "it" } else { "`tokenUrl`" }))
        .help("correct it by an overlay, or give the client a credential of another grant");
    sink.push(diagnostic.loss(Loss::Part(at)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pointer::Pointer;

    fn server(url: &str) -> Server {
        Server {
            url: url.to_owned(),
            description: None,
            variables: Vec::new(),
            pointer: Pointer::root(),
            left_over: Vec::new(),
        }
    }

    #[test]
    fn urls_that_credentials_can_be_sent_to() {
        for url in [
            "https://login.example/token",
            "HTTPS://login.example",
            "https://login.example:8443/t?tenant=a",
            "http://localhost:8080/token",
            "http://[::1]:80/token",
            "http://127.0.0.1/token",
            "/login/token",
            "login/token",
            "../login/token",
            "//login.example/token",
            "?a=b",
        ] {
            assert_eq!(usable(url, None).as_deref(), Ok(url));
        }
        for url in [
            "",
            " ",
            "http://login.example/token",
            "http://127.0.0.1.example/token",
            "ftp://login.example",
            "https://user:pw@login.example/token",
            "https:///token",
            "https://login.example/token#a",
            "https://{tenant}.example/token",
            "https://login.example/a b",
            "https://login.example/\u{e4}",
            "urn:token",
            "javascript:alert(1)",
        ] {
            assert!(usable(url, None).is_err(), "{url}");
        }
    }

    #[test]
    fn variables_of_the_server_have_values_when_a_client_is_built() {
        let server = server("https://api.{region}.example/v3");
        for (url, expected) in [
            ("https://api.{region}.example/v3/token", Ok("/v3/token".to_owned())),
            ("https://api.{region}.example/token", Ok("/token".to_owned())),
            ("https://login.{region}.example/token", Err(())),
            ("https://api.{region}.example.com/token", Err(())),
        ] {
            assert_eq!(usable(url, Some(&server)).map_err(drop), expected, "{url}");
        }
    }
}
