//! Pairs of documents of another tool, each with the changes that tool expects in it: how many of them we report.
//!
//! `cargo test -p tamarack --test diff expected -- --nocapture` prints the numbers.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tamarack::{Input, Model};
use tamarack_diff::{self as diff, Diff, Kind, Wire};

use crate::corpus;

/// How many pairs report every expected change; only ever raised.
const AT_LEAST: usize = 198;

/// Names of the other tool that are its release policy or depend on today's
/// date: no difference between two contracts.
const POLICY: &[&str] = &[
    "api-major-version-not-bumped",
    "api-version-not-bumped",
    "api-version-decreased",
    "sunset-parse",
    "sunset-date-too-small",
];

/// The end or the middle of a name of the other tool, and the kinds of ours
/// that say the same; the first that fits counts.
const KINDS: &[(&str, &[Kind])] = &[
    ("deprecated", &[Kind::Deprecated]),
    ("operation-id-", &[Kind::OperationRenamed]),
    ("api-removed", &[Kind::OperationRemoved]),
    ("api-schema-removed", &[Kind::TypeRemoved, Kind::TypeRenamed, Kind::Inlined]),
    ("api-tag-", &[Kind::TagsChanged]),
    ("global-security-scope-added", &[Kind::ScopeAdded]),
    ("global-security-scope-removed", &[Kind::ScopeRemoved]),
    ("security-component-oauth-scope-changed", &[Kind::DocsChanged]),
    ("security", &[Kind::SchemeChanged, Kind::Unknown]),
    // A parameter that the template alone names is one that is not declared yet.
    ("new-request-path-parameter", &[Kind::RequiredParameterAdded, Kind::EnumAdded]),
    ("new-required-request-parameter", &[Kind::RequiredParameterAdded, Kind::ConstantAdded]),
    ("new-required-request-header-property", &[Kind::PropertyAdded]),
    ("new-optional-request-property", &[Kind::PropertyAdded]),
    ("response-header-added", &[Kind::HeaderAdded]),
    ("response-header-removed", &[Kind::HeaderRemoved]),
    ("body-added", &[Kind::BodyAdded]),
    ("became-required", &[Kind::BecameRequired]),
    ("became-optional", &[Kind::BecameOptional]),
    ("became-nullable", &[Kind::NullableAdded]),
    ("became-not-nullable", &[Kind::NullableRemoved]),
    ("became-not-read-only", &[Kind::ReadOnlyUnset]),
    ("became-not-write-only", &[Kind::WriteOnlyUnset]),
    ("became-read-only", &[Kind::ReadOnlySet]),
    ("became-write-only", &[Kind::WriteOnlySet]),
    ("const-added", &[Kind::EnumAdded]),
    ("const-removed", &[Kind::EnumDropped]),
    ("const-changed", &[Kind::ValueAdded, Kind::ValueRemoved]),
    ("default-value-added", &[Kind::DefaultAdded]),
    ("default-value-removed", &[Kind::DefaultRemoved]),
    ("default-value-changed", &[Kind::DefaultChanged, Kind::ConstantChanged]),
    ("enum-value-added", &[Kind::ValueAdded]),
    ("enum-value-removed", &[Kind::ValueRemoved, Kind::EnumDropped]),
    ("pattern-added", &[Kind::Tightened]),
    ("pattern-removed", &[Kind::Loosened]),
    ("pattern-", &[Kind::ConstraintChanged, Kind::Loosened, Kind::Tightened]),
    ("-set", &[Kind::Tightened]),
    ("-unset", &[Kind::Loosened]),
    ("max-decreased", &[Kind::Tightened]),
    ("max-length-decreased", &[Kind::Tightened]),
    ("max-items-decreased", &[Kind::Tightened]),
    ("max-increased", &[Kind::Loosened]),
    ("max-length-increased", &[Kind::Loosened]),
    ("min-increased", &[Kind::Tightened]),
    ("min-length-increased", &[Kind::Tightened]),
    ("min-items-increased", &[Kind::Tightened]),
    ("min-length-decreased", &[Kind::Loosened]),
    ("min-items-decreased", &[Kind::Loosened]),
    ("status-added", &[Kind::StatusAdded, Kind::StatusSwapped]),
    ("status-removed", &[Kind::StatusRemoved, Kind::StatusSwapped]),
    ("property-added", &[Kind::PropertyAdded]),
    ("property-removed", &[Kind::PropertyRemoved]),
    ("type", TYPES),
];

const TYPES: &[Kind] = &[
    Kind::TypeChanged,
    Kind::TypeGeneralized,
    Kind::TypeSpecialized,
    Kind::FormatAdded,
    Kind::FormatRemoved,
    Kind::FormatChanged,
    Kind::NullableAdded,
    Kind::NullableRemoved,
    Kind::EnumAdded,
    Kind::EnumDropped,
    Kind::MediaTypeChanged,
    Kind::Unknown,
];

fn read(path: &Path) -> Option<Model> {
    let content = fs::read_to_string(path).expect("a file");
    tamarack::read(&Input::new(path.display().to_string(), content)).model
}

fn is_policy(id: &str) -> bool {
    POLICY.iter().any(|it| id.ends_with(it))
}

/// What the model does not hold yet is owned up to.
fn is_reported(diff: &Diff, id: &str) -> bool {
    is_known(diff, id) || diff.findings.iter().any(|it| it.kind == Kind::Unknown)
}

fn is_known(diff: &Diff, id: &str) -> bool {
    let kinds = KINDS.iter().find(|it| id.contains(it.0)).map_or(&[][..], |it| it.1);
    diff.findings.iter().any(|it| it.kind != Kind::Unknown && kinds.contains(&it.kind))
}

/// Pairs in which the other tool sees no change, and there is one, with the reason.
const SEEN: &[(&str, &str)] =
    &[("d4cdf515ac", "the default of a header that holds an object: the server fills in another")];

fn is_loud(base: &str, diff: &Diff) -> bool {
    !SEEN.iter().any(|it| base.starts_with(it.0))
        && diff.findings.iter().any(|it| {
            [it.verdict.request, it.verdict.response]
                .iter()
                .any(|it| matches!(it, Wire::Breaking | Wire::Potentially))
        })
}

#[test]
fn expected_changes_are_reported() {
    let Some(root) = corpus::with("diff/cases.json") else { return };
    let root = root.join("diff");
    let cases = fs::read_to_string(root.join("cases.json")).expect("a file");
    let cases: Vec<Value> = serde_json::from_str(&cases).expect("a list");
    let mut n_unknown = 0;
    let (mut n_expecting, mut n_reported, mut n_silent, mut n_policy) = (0, 0, 0, 0);
    let mut n_loud = 0;
    for case in &cases {
        let [base, revision] = ["base", "revision"].map(|it| case[it].as_str().unwrap());
        let models = (read(&root.join(base)), read(&root.join(revision)));
        let (Some(old), Some(new)) = models else {
            println!("{base}: not read");
            continue;
        };
        let diff = diff::compare(&old, &new);
        let ids: Vec<&str> =
            case["expected_ids"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        if ids.is_empty() {
            n_silent += 1;
            if case["note"].as_str().unwrap().contains("all-checks") && is_loud(base, &diff) {
                n_loud += 1;
                println!("{base}: {} | {}", case["note"], rows(&diff));
            }
            continue;
        }
        let asked: Vec<_> = ids.iter().filter(|it| !is_policy(it)).collect();
        if asked.is_empty() {
            n_policy += 1;
            continue;
        }
        n_expecting += 1;
        let missed: Vec<_> = asked.iter().filter(|it| !is_reported(&diff, it)).collect();
        if missed.is_empty() {
            n_reported += 1;
            n_unknown += usize::from(asked.iter().any(|it| !is_known(&diff, it)));
        } else {
            println!("{base}: {missed:?} missed | {}", rows(&diff));
        }
    }
    println!("{n_reported} of {n_expecting} pairs report every expected change");
    println!("{n_unknown} of them as something the model does not hold yet");
    println!("{n_silent} pairs expect nothing; {n_policy} are release policy alone");
    assert!(n_reported >= AT_LEAST);
    assert_eq!(n_loud, 0, "a pair without a change has a row that breaks");
}

fn rows(diff: &Diff) -> String {
    let rows = diff.findings.iter().map(|it| format!("{} {}", it.kind.id(), it.subject));
    rows.collect::<Vec<_>>().join("; ")
}
