//! The versions of the project file, one after another: what stops compiling is what the diff says, and nothing else.

use std::fs;
use std::path::{Path, PathBuf};

use tamarack::{Input, Text};
use tamarack_diff::{self as diff, Kind, Rust};
use tamarack_witness::{Comparison, Subject, Workspace, compare, witnesses};

const VERSIONS: [&str; 4] = ["2025-04", "2025-10", "2026-01.alpha", "2026-04"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn subject(version: &str) -> Subject {
    let text = |file: &str| {
        let name = format!("specs/pinecone/{version}/{file}");
        let content = fs::read_to_string(root().join(&name)).expect("a document");
        Text { name, content }
    };
    let overlay = Some(text("oauth.overlay.toml"));
    let input = Input::of(text("oauth.oas.yaml"), overlay);
    Subject::of(&input, &root()).expect("a document")
}

/// From the first version to the next the schema of the error bodies becomes a
/// component. A list made by hand calls that breaking, since a generator that
/// names inline types by their place renames them; the overlay of the first
/// version gives them the later name, and everything compiles.
#[test]
fn every_version_takes_the_place_of_the_one_before() {
    let all: Vec<_> = VERSIONS.iter().map(|it| subject(it)).collect();
    let comparison = |old: usize, new: usize| Comparison {
        name: format!("{} -> {}", VERSIONS[old], VERSIONS[new]),
        old: &all[old],
        new: &all[new],
    };
    let comparisons = [comparison(0, 1), comparison(1, 2), comparison(2, 3), comparison(0, 3)];
    let workspace = Workspace {
        repository: root(),
        folder: root().join("target/witness/oauth"),
        target: root().join("target/witness/target"),
    };
    let judgements = compare(&comparisons, &workspace).expect("cargo runs");
    for (it, judgement) in comparisons.iter().zip(&judgements) {
        assert!(judgement.is_exact(), "{}: {judgement:#?}", it.name);
        assert_eq!((judgement.n_failed, judgement.n_major), (0, 0), "{}", it.name);
    }
    let first = diff::compare(&all[0].model, &all[1].model);
    let row = first.findings.iter().find(|it| it.kind == Kind::Extracted).expect("a row");
    assert_eq!((row.subject.as_str(), row.verdict.rust), ("ErrorResponse", Rust::None));
}

/// What is not looked at cannot fail.
#[test]
fn everything_public_is_used() {
    let written = witnesses(&subject("2026-04").files).expect("Rust");
    let titles: Vec<_> = written.iter().map(tamarack_witness::Witness::title).collect();
    for expected in [
        "API_VERSION (Constant)",
        "client::BASE_URL (Constant)",
        "client::Client (Name)",
        "client::Client::Clone (Bound)",
        "client::Client::builder (Call)",
        "client::Client::get_token (Call)",
        "client::Client::blocking (Call)",
        "client::Client::new (Call)",
        "client::Client::send (Call)",
        "client::Client::token_source (Call)",
        "Error (Name)",
        "operations::GetToken::Operation (Bound)",
        "operations::GetToken::body (Field)",
        "operations::GetToken::encoding (Call)",
        "operations::GetToken::encoding (Field)",
        "operations::GetToken::new (Call)",
        "operations::GetTokenEncoding::Form (Variant)",
        "operations::GetTokenError::Unauthorized (Variant)",
        "operations::GetTokenError::tamarack_runtime::DeclaredErrors (Bound)",
        "operations::X_PINECONE_API_VERSION (Constant)",
        "types::ErrorResponse::PartialEq (Bound)",
        "types::TokenRequest::client_id (Field)",
        "types::TokenRequest::new (Call)",
        "types::TokenRequest::serde::Serialize (Bound)",
        "types::TokenRequest::with_audience (Call)",
        "types::TokenResponseTokenType::Unrecognized (Variant)",
        "types::TokenResponseTokenType::as_str (Call)",
        "types::TokenResponseTokenType::tamarack_runtime::OpenEnum (Bound)",
    ] {
        assert!(titles.iter().any(|it| it == expected), "no `{expected}` in {titles:#?}");
    }
}
