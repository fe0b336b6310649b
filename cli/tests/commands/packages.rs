//! What is published: the packages, what is in them, and what they say of themselves.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::outside::root;

/// Returns what cargo knows of the workspace. A crate that only another platform builds is downloaded first, if it
/// is not there.
pub(crate) fn metadata(args: &[&str]) -> Value {
    let output = Command::new(env!("CARGO"))
        .current_dir(root())
        .args(["metadata", "--locked", "--format-version", "1"])
        .args(args)
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

pub(crate) fn texts(value: &Value) -> Vec<&str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

/// Returns the packages of the workspace that are published, by name.
fn published() -> BTreeMap<String, Value> {
    let metadata = metadata(&["--no-deps"]);
    let packages = metadata["packages"].as_array().expect("a list").iter();
    let published = packages.filter(|it| it["publish"].is_null());
    published.map(|it| (it["name"].as_str().expect("a name").to_owned(), it.clone())).collect()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The order is that of the steps of a release, which a test of xtask compares with its own.
#[test]
fn every_crate_is_published_after_those_it_depends_on() {
    let published = published();
    let steps = read("docs/release.md");
    let order: Vec<&str> =
        steps.lines().filter_map(|it| it.trim().strip_prefix("cargo publish -p ")).collect();
    let mut sorted = order.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, published.keys().map(String::as_str).collect::<Vec<_>>());
    for (index, name) in order.iter().enumerate() {
        for dependency in published[*name]["dependencies"].as_array().expect("a list") {
            let other = dependency["name"].as_str().expect("a name");
            // A dependency of tests without a version is not in the package.
            let is_in_package = dependency["req"] != "*";
            if published.contains_key(other) && other != *name && is_in_package {
                assert!(order[..index].contains(&other), "{name} needs {other}");
            }
        }
    }
}

#[test]
fn the_packages_can_be_made_and_have_what_they_need_alone() {
    // A folder of its own: the packages of a release are not for a test to replace.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("packages");
    let cargo = |args: &[&str]| {
        let output = Command::new(env!("CARGO"))
            .current_dir(root())
            .args(["package", "--allow-dirty", "--offline", "--target-dir"])
            .arg(&target)
            .args(args)
            .output()
            .expect("cargo runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{args:?}: {said}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let names = published();
    let all: Vec<&str> = names.keys().flat_map(|it| ["--package", it.as_str()]).collect();
    cargo(&[&["--no-verify"], all.as_slice()].concat());
    for name in names.keys() {
        let listed = cargo(&["--list", "--package", name]);
        let files: Vec<&str> = listed.lines().collect();
        for needed in ["Cargo.toml", "README.md", "LICENSE-APACHE", "LICENSE-MIT"] {
            assert!(files.contains(&needed), "{name} lacks {needed}");
        }
        // What only tests read.
        let is_of_tests = |it: &&&str| it.starts_with("tests/") || it.ends_with("/names.txt");
        let others: Vec<_> = files.iter().filter(is_of_tests).collect();
        assert!(others.is_empty(), "{name}: {others:?}");
    }
}

#[test]
fn each_package_says_what_it_is() {
    for (name, package) in published() {
        assert!(package["description"].as_str().is_some_and(|it| it.len() > 20), "{name}");
        assert_eq!(package["license"], "MIT OR Apache-2.0", "{name}");
        let (keywords, categories) = (texts(&package["keywords"]), texts(&package["categories"]));
        // The bounds of crates.io.
        assert!((1..=5).contains(&keywords.len()), "{name}: {keywords:?}");
        assert!((1..=5).contains(&categories.len()), "{name}: {categories:?}");
        assert!(keywords.iter().all(|it| it.len() <= 20), "{name}: {keywords:?}");
        assert!(package["readme"].is_string(), "{name}");
        if name != "tamarack-cli" {
            assert_eq!(package["metadata"]["docs"]["rs"]["all-features"], true, "{name}");
        }
    }
}

/// Cargo wants the version beside each path, so it is written more than once; it is one.
#[test]
fn all_versions_are_that_of_the_workspace() {
    let manifest: toml::Table = toml::from_str(&read("Cargo.toml")).expect("TOML");
    let workspace = &manifest["workspace"];
    let version = &workspace["package"]["version"];
    let dependencies = workspace["dependencies"].as_table().expect("a table");
    let own = dependencies.iter().filter(|(_, it)| it.get("path").is_some());
    let mut n = 0;
    for (name, dependency) in own {
        if let Some(beside) = dependency.get("version") {
            assert_eq!(beside, version, "{name}");
            n += 1;
        }
    }
    assert!(n >= 2, "{n}");
}

#[test]
fn the_workflow_runs_on_the_oldest_toolchain_that_is_promised() {
    let manifest: toml::Table = toml::from_str(&read("Cargo.toml")).expect("TOML");
    let oldest = manifest["workspace"]["package"]["rust-version"].as_str().expect("a text");
    let workflow = read(".github/workflows/ci.yml");
    assert!(workflow.contains(&format!("toolchain: [stable, \"{oldest}\"]")), "{oldest}");
    assert!(workflow.contains("run: .ci/run"));
    // What everything needs that is built here can be built with it.
    let metadata = metadata(&["--all-features"]);
    let number = |version: &str| -> Vec<u64> {
        version.split('.').take(2).map(|it| it.parse().expect("a number")).collect()
    };
    for package in metadata["packages"].as_array().expect("a list") {
        if let Some(needed) = package["rust_version"].as_str() {
            assert!(number(needed) <= number(oldest), "{}: {needed}", package["name"]);
        }
    }
}

/// What is released has a heading with its version and its date, the newest first.
#[test]
fn the_changelog_has_a_heading_for_each_version() {
    let changelog = read("CHANGELOG.md");
    let mut headings = changelog.lines().filter_map(|it| it.strip_prefix("## "));
    assert_eq!(headings.next(), Some("Unreleased"));
    let number = |heading: &str| -> Vec<u64> {
        let (version, date) = heading.split_once(" (").expect("VERSION (DATE)");
        let is_date = |it: &str| it.len() == 10 && it.split('-').count() == 3;
        assert!(date.strip_suffix(')').is_some_and(is_date), "{heading}");
        version.split('.').map(|it| it.parse().expect("a number")).collect()
    };
    let versions: Vec<Vec<u64>> = headings.map(number).collect();
    assert!(versions.windows(2).all(|it| it[0] > it[1]), "{versions:?}");
}
