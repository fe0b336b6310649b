//! The version of a document becomes a version that cargo accepts.
#![expect(clippy::disallowed_methods, reason = "a test sets up its folder by hand")]

use std::fs;
use std::process::Command;

use crate::run;

fn spec(version: &str) -> String {
    format!("openapi: 3.0.3\ninfo: {{title: Dated, version: {version}}}\npaths: {{}}\n")
}

/// Returns the version that cargo reads in the crate generated for `version`.
fn cargo_reads(index: usize, version: &str) -> String {
    let dir = run::folder(&format!("crate_version/{index}"));
    fs::write(dir.join("dated.yaml"), spec(version)).expect("a file");
    let generated = run::tamarack(&dir)
        .args(["generate", "dated.yaml", "--out", "out", "--strict"])
        .output()
        .expect("the binary runs");
    assert_eq!(generated.status.code(), Some(0), "{}", String::from_utf8_lossy(&generated.stderr));
    let metadata = Command::new(env!("CARGO"))
        .current_dir(&dir)
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .args(["--manifest-path", "out/Cargo.toml"])
        .output()
        .expect("cargo runs");
    assert_eq!(metadata.status.code(), Some(0), "{}", String::from_utf8_lossy(&metadata.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&metadata.stdout).expect("JSON");
    let version = metadata["packages"][0]["version"].as_str();
    version.expect("a package has a version").to_owned()
}

#[test]
fn a_date_and_other_spellings_are_versions() {
    let cases = [
        ("2026-04", "2026.4.0"),
        ("2026-01.alpha", "2026.1.0-alpha"),
        ("'2022-11-28'", "2022.11.28"),
        ("v1", "1.0.0"),
        ("'1.0'", "1.0.0"),
        ("1.0.0-rc.01", "1.0.0-rc.1"),
        ("\"3 \\\"beta\\\"\\n\"", "3.0.0-beta"),
    ];
    for (index, (written, read)) in cases.into_iter().enumerate() {
        assert_eq!(cargo_reads(index, written), read, "{written}");
    }
}
