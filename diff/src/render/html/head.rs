//! Writes the head of the page: style sheet, script, and a policy that allows nothing else.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::markup::Markup;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Writes the head. Style and script are allowed by their hash (CSP Level 3,
/// section 2.3.1), so that a text which did become markup would still do nothing.
pub(super) fn write(acc: &mut Markup, title: &str) {
    let policy = format!(
        "default-src 'none'; connect-src 'none'; img-src data:; style-src '{}'; \
         script-src '{}'; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    );
    acc.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    acc.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"").text(&policy);
    acc.raw("\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    acc.raw("<meta name=\"color-scheme\" content=\"light dark\">\n");
    acc.raw("<meta name=\"referrer\" content=\"no-referrer\">\n");
    // Without an icon of its own a served page asks for `/favicon.ico`.
    acc.raw("<link rel=\"icon\" href=\"data:,\">\n<title>").text(title).raw("</title>\n");
    acc.raw("<style>").raw(STYLE).raw("</style>\n</head>\n");
}

/// Writes the script; at the end of the page, where all rows are there.
pub(super) fn write_script(acc: &mut Markup) {
    acc.raw("<script>").raw(SCRIPT).raw("</script>\n");
}

/// Returns a source expression of a content security policy.
fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}
