//! Generator, command line and runtime do not mention the APIs of the project file.
//!
//! What only one API needs belongs into its document or its overlay. Unit
//! tests count too: a name in a test is the first step to a special case.

use std::collections::BTreeSet;
use std::fs;

use serde_yaml::Value;
use tamarack::Listed;
use tamarack_tests::documents::tree;
use tamarack_tests::sources::rust_files;
use tamarack_tests::specs;

/// Returns what gives an API away: its provider, hosts, paths and headers.
fn tell_tales(spec: &Listed) -> BTreeSet<String> {
    let tree = tree(&spec.input.spec.content);
    let provider = spec.spec.api.split('/').next().unwrap_or_default();
    let mut acc = BTreeSet::from([provider.to_owned()]);
    acc.extend(hosts(&spec.input.spec.content));
    let paths = tree["paths"].as_mapping().expect("a document has paths");
    acc.extend(paths.keys().filter_map(Value::as_str).map(str::to_owned));
    let overlay = spec.input.overlay.as_ref().map(|it| it.content.as_str());
    for text in [Some(spec.input.spec.content.as_str()), overlay].into_iter().flatten() {
        let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
        acc.extend(words.filter(|it| it.starts_with("X-")).map(str::to_owned));
    }
    acc.into_iter().map(|it| it.to_lowercase()).collect()
}

/// Returns the host of each URL in a text; of a template the fixed end.
fn hosts(text: &str) -> impl Iterator<Item = String> {
    text.split("https://").skip(1).map(|rest| {
        let end = rest.find(|c: char| c.is_whitespace() || "/'\")`".contains(c));
        let host = &rest[..end.unwrap_or(rest.len())];
        host.rsplit('}').next().unwrap_or(host).trim_start_matches('.').to_owned()
    })
}

#[test]
fn what_gives_an_api_away_is_found() {
    let all: BTreeSet<String> = specs::all().iter().flat_map(tell_tales).collect();
    for expected in [
        "pinecone",
        "login.pinecone.io",
        "api.pinecone.io",
        "plainid.io",
        "api.pipedream.com",
        "/oauth/token",
        "/api/1.0/api-key/token",
        "x-pinecone-api-version",
    ] {
        assert!(all.contains(expected), "no `{expected}` in {all:?}");
    }
}

#[test]
fn no_crate_written_by_hand_names_an_api() {
    let all: BTreeSet<String> = specs::all().iter().flat_map(tell_tales).collect();
    let mut found = Vec::new();
    for folder in ["cli/src", "conformance/src", "diff/src", "generator/src", "runtime/src"] {
        for path in rust_files(&specs::root().join(folder)) {
            let text = fs::read_to_string(&path).expect("a text").to_lowercase();
            let named = all.iter().filter(|word| text.contains(word.as_str()));
            found.extend(named.map(|word| format!("{}: {word}", path.display())));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}
