//! A downstream project builds few crates, and the stated MSRV is true.

use std::collections::BTreeSet;
use std::process::Command;

use tamarack_tests::specs;

/// The limits that ARCHITECTURE.md promises, the crates of this repository included.
const WITHOUT_TRANSPORT: usize = 16;
const WITH_REQWEST: usize = 100;
const WITH_UREQ: usize = 45;
const LIBRARY: usize = 36;

const TARGET: &str = "x86_64-unknown-linux-gnu";

/// Runs cargo in this workspace without touching the lock file.
///
/// On another system the crates that only `TARGET` needs may not be at hand;
/// then, and only then, the network has to help.
fn cargo(args: &[&str]) -> String {
    let run = |network: &[&str]| {
        let mut command = Command::new(env!("CARGO"));
        let command = command.current_dir(specs::root()).args(args).arg("--locked").args(network);
        command.output().expect("cargo runs")
    };
    let mut output = run(&["--offline"]);
    if !output.status.success() {
        output = run(&[]);
    }
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("cargo prints text")
}

/// Returns the crates that the clients are built from with every API and `more` features.
fn built(more: &[&str]) -> BTreeSet<String> {
    let apis = specs::all().into_iter().map(|spec| spec.spec.feature);
    let features: Vec<_> = apis.chain(more.iter().map(|&it| it.to_owned())).collect();
    tree(&[
        "--package=tamarack-clients",
        "--no-default-features",
        &format!("--features={}", features.join(",")),
    ])
}

/// Returns the crates that are built for what `arguments` choose.
fn tree(arguments: &[&str]) -> BTreeSet<String> {
    let target = format!("--target={TARGET}");
    let rest = ["--edges=normal", "--prefix=none", "--format={p}", &target];
    let tree = cargo(&[&["tree"], arguments, &rest].concat());
    let lines = tree.lines().map(|line| line.trim_end_matches(" (*)"));
    lines.filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn holds(crates: &BTreeSet<String>, name: &str) -> bool {
    crates.iter().any(|line| line.split(' ').next() == Some(name))
}

#[test]
fn every_api_without_a_transport_is_built_from_few_crates() {
    let crates = built(&[]);
    assert!(holds(&crates, "tamarack-runtime") && holds(&crates, "serde_json"), "{crates:#?}");
    assert!(crates.len() <= WITHOUT_TRANSPORT, "{}: {crates:#?}", crates.len());
    for name in ["base64", "reqwest", "tokio", "tamarack", "serde_derive", "syn"] {
        assert!(!holds(&crates, name), "{name}");
    }
}

#[test]
fn the_transport_keeps_within_its_limit() {
    let crates = built(&["reqwest013"]);
    assert!(holds(&crates, "reqwest"), "{crates:#?}");
    assert!(crates.len() <= WITH_REQWEST, "{}: {crates:#?}", crates.len());
    assert!(!holds(&crates, "tamarack"), "the generator is no part of the clients");
    assert!(!holds(&crates, "h2") && !holds(&crates, "flate2"), "{crates:#?}");
    for (feature, name) in [("http2", "h2"), ("gzip", "flate2")] {
        let crates = built(&["reqwest013", feature]);
        assert!(holds(&crates, name), "{crates:#?}");
        assert!(crates.len() <= WITH_REQWEST, "{}: {crates:#?}", crates.len());
    }
}

#[test]
fn without_async_there_is_no_runtime_and_the_tree_stays_small() {
    let crates = built(&["ureq3"]);
    assert!(holds(&crates, "ureq"), "{crates:#?}");
    assert!(crates.len() <= WITH_UREQ, "{}: {crates:#?}", crates.len());
    for name in ["tokio", "hyper", "reqwest", "futures-util", "url"] {
        assert!(!holds(&crates, name), "{name}");
    }
}

#[test]
fn a_tower_service_brings_two_crates() {
    let more = |features: &[&str]| built(features).len();
    assert_eq!(more(&["tower"]), more(&[]) + 2);
}

#[test]
fn a_build_script_that_generates_pays_for_no_command_line() {
    let crates = tree(&["--package=tamarack"]);
    assert!(holds(&crates, "openapiv3") && holds(&crates, "prettyplease"), "{crates:#?}");
    assert!(crates.len() <= LIBRARY, "{}: {crates:#?}", crates.len());
    for name in
        ["clap", "clap_builder", "glob", "tamarack-cli", "tamarack-diff", "tamarack-runtime"]
    {
        assert!(!holds(&crates, name), "{name}");
    }
    assert!(holds(&tree(&["--package=tamarack-cli"]), "clap"), "the command line reads arguments");
}

#[test]
fn no_dependency_needs_a_newer_rust_than_we_say() {
    let metadata =
        cargo(&["metadata", "--format-version=1", &format!("--filter-platform={TARGET}")]);
    let metadata: serde_json::Value = serde_json::from_str(&metadata).expect("metadata is JSON");
    let packages = metadata["packages"].as_array().expect("a list");
    let own = packages.iter().find(|it| it["name"] == "tamarack").expect("our own package");
    let ours = version(own["rust_version"].as_str().expect("we say ours"));
    let declared: Vec<_> = packages
        .iter()
        .filter_map(|it| Some((version(it["rust_version"].as_str()?), &it["name"], &it["version"])))
        .collect();
    assert!(declared.len() > 50, "most packages declare theirs");
    let newer: Vec<_> = declared.iter().filter(|(theirs, ..)| *theirs > ours).collect();
    assert!(newer.is_empty(), "newer than {ours:?}: {newer:?}");
}

#[test]
fn readme_and_architecture_say_the_rust_of_the_manifest() {
    let manifest = include_str!("../../../Cargo.toml");
    let manifest: toml::Table = toml::from_str(manifest).expect("a manifest is TOML");
    let ours = manifest["workspace"]["package"]["rust-version"].as_str().expect("we say it");
    let readme = include_str!("../../../README.md");
    assert!(readme.contains(&format!("stable Rust, {ours} or newer")), "README.md says another");
    let architecture = include_str!("../../../ARCHITECTURE.md");
    assert!(architecture.contains(&format!("The MSRV is {ours}")), "ARCHITECTURE.md says another");
}

/// Returns `1.88` or `1.88.0` as numbers that compare.
fn version(text: &str) -> [u32; 3] {
    let mut numbers = text.split('.').map(|it| it.parse().expect("a number"));
    std::array::from_fn(|_| numbers.next().unwrap_or(0))
}
