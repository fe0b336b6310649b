//! The address of a server, with variables, into a base URL: what is accepted is read alike by another parser, and a value
//! stays where the template puts it.

use serde_json::{Value, json};
use tamarack_runtime::{BaseUrl, BuildError, ClientBuilder, ClientCore, http::Uri};

use crate::choices::Choices;
use crate::finding::{Finding, holds};
use crate::tables;

const TEMPLATES: &[&str] = &[
    "https://{a}",
    "https://{a}.example.com",
    "https://example.com/{a}",
    "https://example.com:{a}/{b}",
    "{a}://localhost",
    "https://{a}.{b}/x/{a}",
    "https://x-{a}.example.com/{b}/c",
    "{a}",
    "https://{",
    "https://{a}@{b}",
    "https://{a}{b}:1",
    "https://a/{{a}}",
    "//{a}",
    "https://example.com/?{a}",
    "https://example.com/#{a}",
    "HTTPS://EXAMPLE.COM/{b}",
];
const VARIABLES: &[&str] = &[
    "a",
    "example.com",
    "evil.com/",
    "a.b",
    "..",
    ".",
    "%2e%2e",
    "a/../b",
    "443",
    "0",
    "65536",
    "+1",
    "[::1]",
    "http",
    "https",
    "u@evil.com",
    "evil.com#",
    "evil.com?",
    "a:1",
    "\\evil.com",
    "xn--a",
    "a_b",
    "-",
    "a%",
    "%zz",
    "\u{e4}",
    "a b",
    "a\r\nb",
];

/// Whether the public DNS does not have a host, by its first or its last characters.
fn is_private(host: &str) -> bool {
    let of_address =
        ["10.", "172.", "192.168.", "169.254.", "[fc", "[fd", "[fe8", "[fe9", "[fea", "[feb"];
    let of_name = [".local", ".internal", ".svc"];
    of_address.iter().any(|it| host.starts_with(it))
        || of_name.iter().any(|it| host.ends_with(it))
        || (!host.contains(['.', ':']) && host.contains(|c: char| c.is_ascii_alphabetic()))
}

/// Makes a template and its variables.
pub(super) fn make(choices: &mut Choices<'_>) -> Value {
    let mut template = (*choices.pick(TEMPLATES)).to_owned();
    if choices.one_in(4) {
        let at = super::char_boundary(&template, choices);
        let piece: &&str = choices.pick(VARIABLES);
        template.insert_str(at, piece);
    }
    let value = |choices: &mut Choices<'_>| match choices.below(6) {
        0 => tables::name(choices),
        1 => format!("{}{}", choices.pick(VARIABLES), choices.pick(VARIABLES)),
        _ => (*choices.pick(VARIABLES)).to_owned(),
    };
    let (a, b) = (value(choices), value(choices));
    json!({ "decoder": "base URL", "template": template, "a": a, "b": b })
}

/// Fills the template.
pub(super) fn run(input: &Value) -> Result<(), Finding> {
    let text = |name: &str| input[name].as_str().unwrap_or_default();
    let (template, a, b) = (text("template"), text("a"), text("b"));
    let Ok(url) = BaseUrl::from_template(template, &[("a", a), ("b", b)]) else { return Ok(()) };
    let detail = || format!("{template} {a:?} {b:?}: {url}");
    let uri: Uri =
        url.as_str().parse().map_err(|_| Finding::new("a base URL is no URI", detail()))?;
    let origin = format!(
        "{}://{}",
        uri.scheme_str().unwrap_or_default(),
        uri.authority().map_or("", |it| it.as_str())
    );
    holds(origin == url.origin(), "a base URL has two origins", detail)?;
    let is_here = |host: &str| host == "localhost" || host.starts_with("127.") || host == "[::1]";
    let host = uri.host().unwrap_or_default();
    let is_safe = uri.scheme_str() == Some("https") || is_here(host);
    holds(is_safe || is_private(host), "a base URL is in the clear", detail)?;
    // A client needs a word for it; it is told before a transport is missed.
    let is_refused = || {
        let built: Result<ClientCore, _> =
            ClientBuilder::new("fuzz/1").base_url(url.clone()).build();
        matches!(built, Err(BuildError::PlainHttp(_)))
    };
    holds(is_safe || is_refused(), "a client sends in the clear unasked", detail)?;
    let path = uri.path().trim_end_matches('/');
    holds(path == url.prefix() && uri.query().is_none(), "a base URL has two paths", detail)?;
    // Beside other text a value chooses no domain.
    let behind = template.strip_prefix("https://{a}.example.com");
    let is_fixed = behind.is_some_and(|it| it.is_empty() || it.starts_with('/'));
    let is_below = host.ends_with(".example.com") && host.matches('.').count() == 2;
    holds(!is_fixed || is_below, "a value chooses the host", detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The private networks, too, which no fuzzer is likely to make.
    #[test]
    fn every_pair_of_values_holds() {
        let private = ["http://prism", "http://10.1.2.3", "http://[fe80::1]", "http://a.b.svc:80"];
        let values: Vec<&str> = VARIABLES.iter().copied().chain(private).collect();
        for template in TEMPLATES.iter().copied().chain(["http://{a}", "http://{a}.internal/{b}"]) {
            for a in &values {
                for b in &values {
                    let input = json!({ "template": template, "a": a, "b": b });
                    if let Err(finding) = run(&input) {
                        panic!("{finding:?}");
                    }
                }
            }
        }
    }
}
