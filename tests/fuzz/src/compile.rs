//! Crates in, the first words of the compiler about each that it refuses out. They share one folder of what is built.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use serde_json::Value;

use crate::pipeline::Files;
use crate::seeds::root;

/// Returns for each crate that does not compile without warnings its index and the first error.
///
/// # Errors
///
/// When a file cannot be written, or cargo ends without a word about any of the crates.
pub fn refused(crates: &[Files]) -> io::Result<BTreeMap<usize, String>> {
    // Of this process, so that two runs do not meet; within it one waits for the other.
    static FOLDER: Mutex<()> = Mutex::new(());
    let _guard = FOLDER.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = root().join(format!("target/fuzz/crates-{}", std::process::id()));
    let outcome = checked(crates, &folder);
    fs::remove_dir_all(&folder)?;
    outcome
}

fn checked(crates: &[Files], folder: &Path) -> io::Result<BTreeMap<usize, String>> {
    let mut manifest = "[workspace]\nresolver = \"3\"\nmembers = [\n".to_owned();
    for (index, files) in crates.iter().enumerate() {
        write(&folder.join(name(index)), files, &name(index))?;
        let _ = writeln!(manifest, "    \"{}\",", name(index));
    }
    manifest.push_str("]\n\n[profile.dev]\ndebug = false\n");
    fs::write(folder.join("Cargo.toml"), manifest)?;
    // The versions of the repository, so that nothing is looked up.
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock"))?;
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["check", "--workspace", "--keep-going", "--quiet", "--offline"])
        .args(["--no-default-features", "--features", "blocking", "--message-format=json"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", root().join("target/fuzz-crates"))
        .env("CARGO_INCREMENTAL", "0")
        .env("RUSTFLAGS", "-D warnings")
        .output()?;
    let said = String::from_utf8_lossy(&output.stdout);
    let mut acc = BTreeMap::new();
    for (index, words) in said.lines().filter_map(error) {
        acc.entry(index).or_insert(words);
    }
    if acc.is_empty() && !output.status.success() {
        return Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()));
    }
    Ok(acc)
}

fn name(index: usize) -> String {
    format!("fuzzed-{index}")
}

fn write(folder: &Path, files: &Files, name: &str) -> io::Result<()> {
    for (file, text) in files {
        let path = folder.join(file);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        // A member of a workspace is not the root of one, and has a name of its own.
        let text = if file == "Cargo.toml" {
            text.replace("\n[workspace]\n", "\n")
                .replace("name = \"fuzzed\"", &format!("name = \"{name}\""))
        } else {
            text.clone()
        };
        fs::write(path, text)?;
    }
    Ok(())
}

/// Returns which crate an error is in, and its words.
fn error(line: &str) -> Option<(usize, String)> {
    let it: Value = serde_json::from_str(line).ok()?;
    let message = (it["reason"] == "compiler-message").then(|| &it["message"])?;
    if message["level"] != "error" || message["spans"].as_array()?.is_empty() {
        return None;
    }
    let name = it["target"]["name"].as_str()?.replace('_', "-");
    let index = name.strip_prefix("fuzzed-")?.parse().ok()?;
    let code = message["code"]["code"].as_str().unwrap_or("no code");
    Some((index, format!("{code}: {}", message["rendered"].as_str()?)))
}
