//! Renders diagnostics as a SARIF 2.1.0 log for code-scanning services.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::codes;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::render::place::{Place, Texts};
use crate::render::text::sorted;
use crate::shown;

/// Renders the diagnostics of all documents as one log with one run.
pub fn sarif(documents: &[(&[Diagnostic], Texts<'_>)]) -> String {
    let mut rules: Vec<Code> =
        documents.iter().flat_map(|(said, _)| said.iter().map(|it| it.code)).collect();
    rules.sort_unstable();
    rules.dedup();
    let results: Vec<Value> = documents
        .iter()
        .flat_map(|(said, texts)| {
            let said = sorted(said, texts).into_iter();
            said.map(|(diagnostic, place)| result(diagnostic, &place, texts, &rules))
        })
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "tamarack",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|code| rule(*code)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{}\n", shown::json(&format!("{log:#}")))
}

fn rule(code: Code) -> Value {
    let reason = codes::reason(code);
    json!({
        "id": code.0,
        "shortDescription": {"text": codes::sentence(code)},
        "fullDescription": {"text": reason},
        "help": {"text": format!("`tamarack explain {}` shows an example.", code.0)},
    })
}

fn result(diagnostic: &Diagnostic, place: &Place<'_>, texts: &Texts<'_>, rules: &[Code]) -> Value {
    let text = match &diagnostic.help {
        Some(help) => format!("{}\n{help}", diagnostic.title),
        None => diagnostic.title.clone(),
    };
    let mut result = json!({
        "ruleId": diagnostic.code.0,
        "ruleIndex": rules.iter().position(|it| *it == diagnostic.code),
        "level": level(diagnostic.severity),
        "message": {"text": text},
        "locations": [location(place, diagnostic.at.as_str())],
    });
    let related: Vec<Value> = diagnostic
        .others
        .iter()
        .map(|(at, label)| {
            let mut location = location(&texts.of(at, diagnostic.at_key), at.as_str());
            location["message"] = json!({"text": label});
            location
        })
        .collect();
    if !related.is_empty() {
        result["relatedLocations"] = related.into();
    }
    result
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Skipped | Severity::Warning => "warning",
    }
}

fn location(place: &Place<'_>, pointer: &str) -> Value {
    json!({
        "physicalLocation": {
            "artifactLocation": {"uri": uri(place.file)},
            "region": {
                "startLine": place.line,
                "startColumn": place.column,
                "endLine": place.line,
                "endColumn": place.end_column(),
            },
        },
        "logicalLocations": [{"fullyQualifiedName": pointer}],
    })
}

/// Returns a path as a relative reference (RFC 3986 §4.2), an absolute path as
/// a `file` URI. Whatever is neither unreserved nor a slash is percent-encoded,
/// a colon too: in the first segment it would end a scheme.
fn uri(path: &str) -> String {
    let mut acc = String::new();
    if path.starts_with('/') {
        acc.push_str("file://");
    }
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            acc.push(char::from(byte));
        } else {
            let _ = write!(acc, "%{byte:02X}");
        }
    }
    acc
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn a_path_becomes_a_reference_that_is_no_other_path() {
        assert_eq!(uri("specs/pet store.yaml"), "specs/pet%20store.yaml");
        assert_eq!(uri("a:b/ü#1.yaml"), "a%3Ab/%C3%BC%231.yaml");
        assert_eq!(uri("../100%.yaml"), "../100%25.yaml");
        assert_eq!(uri("/specs/a.yaml"), "file:///specs/a.yaml");
    }
}
