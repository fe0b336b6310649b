//! Two crates in, what another tool calls broken between them and nothing that fails shows out.
//!
//! `cargo semver-checks` compares no types, so what it does not say means
//! nothing; what it says must have been seen.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::cargo::{Files, without_transports};
use crate::judge::Judgement;

/// Returns what the tool reports and no use that fails shows.
pub(crate) fn unseen(
    judgement: &Judgement,
    (old, new): (&Files, &Files),
    (folder, lock, target): (&Path, &Path, &Path),
) -> Result<Vec<String>, String> {
    for (name, files) in [("old", old), ("new", new)] {
        write(&folder.join(name), files, lock).map_err(|error| error.to_string())?;
    }
    let output = Command::new("cargo-semver-checks")
        .args(["semver-checks", "check-release", "--release-type", "patch", "--color", "never"])
        .arg("--manifest-path")
        .arg(folder.join("new/Cargo.toml"))
        .arg("--baseline-root")
        .arg(folder.join("old"))
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_NET_OFFLINE", "true")
        .output()
        .map_err(|error| format!("cargo semver-checks does not run: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    if !text.contains("--- failure") && !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let lines = text.lines().filter_map(|it| it.split_once(", previously in file"));
    let unseen = lines.map(|it| it.0.trim()).filter(|it| !is_seen(judgement, it));
    Ok(unseen.map(str::to_owned).collect())
}

/// Whether a use fails of what a line names, for example `variant GetError::NotFound`.
fn is_seen(judgement: &Judgement, line: &str) -> bool {
    let path = line.split_whitespace().rfind(|it| it.contains("::")).unwrap_or_default();
    judgement.failed.iter().any(|it| {
        let item = it.split(" (").next().unwrap_or_default();
        path.ends_with(item) || item.ends_with(path)
    })
}

fn write(folder: &Path, files: &Files, lock: &Path) -> std::io::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    for (name, text) in files {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let text = if name == "Cargo.toml" { one_version(text) } else { text.clone() };
        fs::write(path, text)?;
    }
    fs::copy(lock, folder.join("Cargo.lock"))?;
    Ok(())
}

/// What is compared are two states of one version, without the transport.
fn one_version(manifest: &str) -> String {
    let manifest = without_transports(manifest);
    let lines = manifest.lines().map(|line| match line {
        _ if line.starts_with("version = ") => "version = \"1.0.0\"".to_owned(),
        _ => line.to_owned(),
    });
    lines.map(|line| line + "\n").collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_reported_is_looked_for_among_what_fails() {
        let failed = vec!["operations::ListError::NotFound (Variant)".to_owned()];
        let judgement = Judgement { failed, ..Judgement::default() };
        assert!(is_seen(&judgement, "variant ListError::NotFound"));
        assert!(!is_seen(&judgement, "variant GetError::NotFound"));
        assert!(!is_seen(&judgement, "enum subject::operations::ListError"));
    }
}
