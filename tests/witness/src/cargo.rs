//! Compiles the witnesses of old crates against the new ones.
//!
//! All pairs are members of one workspace, so what they stand on is compiled
//! once. A name that is missing hides errors of types, so what fails is taken
//! out and the rest is checked again until all of it compiles.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::public_api;
use crate::scope::SUBJECT;
use crate::witness::{self, Witness};

/// The files of a crate by their name.
pub type Files = BTreeMap<String, String>;

/// A crate, and one to be used in its place.
#[derive(Clone, Debug)]
pub struct Pair<'a> {
    /// The old crate.
    pub old: &'a Files,
    /// The new one.
    pub new: &'a Files,
    /// What is written from the old one.
    pub witnesses: &'a [Witness],
}

/// One version of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Version {
    Old,
    New,
}

impl Version {
    fn word(self) -> &'static str {
        match self {
            Self::Old => "old",
            Self::New => "new",
        }
    }
}

/// What fails of each pair, with the compiler's words.
pub type Failed = Vec<BTreeMap<usize, String>>;

/// Where pairs are compiled.
#[derive(Clone, Debug)]
pub struct Workspace {
    /// The root of the repository.
    pub repository: PathBuf,
    /// The folder that the crates are written to; it is emptied first.
    pub folder: PathBuf,
    /// Where the compiler keeps its files.
    pub target: PathBuf,
}

impl Workspace {
    /// Compiles every pair. Fails when a witness does not compile against the
    /// old crate, and when cargo does not run.
    pub fn check(&self, pairs: &[Pair<'_>]) -> Result<Failed, String> {
        let olds = distinct(pairs);
        self.write(pairs, &olds).map_err(|error| error.to_string())?;
        let mut failed: Failed = vec![BTreeMap::new(); pairs.len()];
        // Names, then types, then what is borrowed: a handful of rounds is enough.
        for _ in 0..12 {
            let errors = self.errors()?;
            if errors.is_empty() {
                return Ok(failed);
            }
            let mut rewritten = BTreeSet::new();
            for error in errors {
                let users = format!("{}-users-new-", self.prefix());
                let new = error.krate.strip_prefix(&users).and_then(|it| it.parse().ok());
                let index = error.line.and_then(witness::index_of);
                let (Some(pair), Some(index)) = (new, index) else {
                    return Err(format!("`{}` does not compile: {}", error.krate, error.words));
                };
                let pair: usize = pair;
                failed[pair].entry(index).or_insert(error.words);
                rewritten.insert(pair);
            }
            for pair in rewritten {
                let without = failed[pair].keys().copied().collect();
                let text = witness::krate(pairs[pair].witnesses, &without);
                let path =
                    self.folder.join(format!("{}-users-new-{pair}/src/lib.rs", self.prefix()));
                fs::write(path, text).map_err(|error| error.to_string())?;
            }
        }
        Err("there is no end of errors".to_owned())
    }

    /// Two workspaces may compile into one folder, so their packages have
    /// names of their own.
    fn prefix(&self) -> String {
        self.folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    fn write(&self, pairs: &[Pair<'_>], olds: &[usize]) -> std::io::Result<()> {
        if self.folder.exists() {
            fs::remove_dir_all(&self.folder)?;
        }
        fs::create_dir_all(&self.folder)?;
        let mut members = Vec::new();
        for (index, pair) in pairs.iter().enumerate() {
            if olds[index] == index {
                self.write_subject(
                    &format!("{}-old-{index}", self.prefix()),
                    pair.old,
                    &mut members,
                )?;
                self.write_users("old", index, pair.witnesses, &mut members)?;
            }
            self.write_subject(&format!("{}-new-{index}", self.prefix()), pair.new, &mut members)?;
            self.write_users("new", index, pair.witnesses, &mut members)?;
        }
        let mut manifest = "[workspace]\nresolver = \"3\"\nmembers = [\n".to_owned();
        for member in members {
            let _ = writeln!(manifest, "    \"{member}\",");
        }
        // As in the workspace of the repository, so that what is compiled there serves here.
        manifest.push_str("]\n\n[profile.dev]\ndebug = \"line-tables-only\"\n");
        fs::write(self.folder.join("Cargo.toml"), manifest)?;
        fs::copy(self.repository.join("Cargo.lock"), self.folder.join("Cargo.lock"))?;
        Ok(())
    }

    fn write_subject(
        &self,
        name: &str,
        files: &Files,
        members: &mut Vec<String>,
    ) -> std::io::Result<()> {
        for (file, text) in files {
            let path = self.folder.join(name).join(file);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            if file == "Cargo.toml" {
                let text = without_transports(text);
                fs::write(path, renamed(&text, name))?;
            } else {
                fs::write(path, text)?;
            }
        }
        members.push(name.to_owned());
        Ok(())
    }

    fn write_users(
        &self,
        side: &str,
        index: usize,
        witnesses: &[Witness],
        members: &mut Vec<String>,
    ) -> std::io::Result<()> {
        let (prefix, name) = (self.prefix(), format!("{}-users-{side}-{index}", self.prefix()));
        let folder = self.folder.join(&name);
        fs::create_dir_all(folder.join("src"))?;
        let runtime = toml_text(&self.repository.join("runtime"));
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [dependencies]\n{SUBJECT} = {{ package = \"{prefix}-{side}-{index}\", path = \"../{prefix}-{side}-{index}\", features = [\"ureq3\"] }}\n\
             serde_json = \"1\"\ntamarack-runtime = {{ path = {runtime} }}\n"
        );
        fs::write(folder.join("Cargo.toml"), manifest)?;
        fs::write(folder.join("src/lib.rs"), witness::krate(witnesses, &BTreeSet::new()))?;
        members.push(name);
        Ok(())
    }

    /// Lists the public items of one version of a pair that was checked.
    pub(crate) fn list(&self, version: Version, pair: usize) -> Result<Vec<String>, String> {
        let name = format!("{}-{}-{pair}", self.prefix(), version.word());
        let manifest = self.folder.join(&name).join("Cargo.toml");
        public_api::list(&manifest, &name, &self.target.join("public-api"))
    }

    fn errors(&self) -> Result<Vec<CompileError>, String> {
        let output = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()))
            .args(["check", "--workspace", "--keep-going", "--quiet", "--offline"])
            .arg("--message-format=json")
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &self.target)
            // Each crate is compiled a few times and never again.
            .env("CARGO_INCREMENTAL", "0")
            .output()
            .map_err(|error| format!("cargo does not run: {error}"))?;
        let text = String::from_utf8_lossy(&output.stdout);
        let errors: Vec<_> = text.lines().filter_map(CompileError::read).collect();
        if errors.is_empty() && !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned());
        }
        Ok(errors)
    }
}

/// Returns for each pair the first one of the same old crate.
fn distinct(pairs: &[Pair<'_>]) -> Vec<usize> {
    let first = |pair: &Pair<'_>| pairs.iter().position(|it| it.old == pair.old);
    pairs.iter().enumerate().map(|(index, pair)| first(pair).unwrap_or(index)).collect()
}

/// Returns a manifest whose features stay, since they have items, and bring no
/// transport: it is in no public type and would be most of what is compiled.
pub(crate) fn without_transports(manifest: &str) -> String {
    manifest
        .replace("[\"tamarack-runtime/reqwest013\"]", "[]")
        .replace(", \"tamarack-runtime/ureq3\"]", "]")
}

fn renamed(manifest: &str, name: &str) -> String {
    let lines = manifest.lines().map(|line| match line.strip_prefix("name = ") {
        Some(_) => format!("name = \"{name}\""),
        None => line.to_owned(),
    });
    lines.map(|line| line + "\n").collect()
}

fn toml_text(path: &Path) -> String {
    format!("'{}'", path.display())
}

/// An error as the compiler tells it.
struct CompileError {
    krate: String,
    line: Option<usize>,
    words: String,
}

impl CompileError {
    fn read(line: &str) -> Option<Self> {
        let it: Value = serde_json::from_str(line).ok()?;
        let message = (it["reason"] == "compiler-message").then(|| &it["message"])?;
        if message["level"] != "error" {
            return None;
        }
        let spans = message["spans"].as_array()?;
        let words = message["message"].as_str()?.to_owned();
        // Without a place it only counts the others.
        if spans.is_empty() {
            return None;
        }
        let primary = spans.iter().find(|it| it["is_primary"] == true);
        let line = primary.and_then(|it| it["line_start"].as_u64());
        Some(Self {
            krate: it["target"]["name"].as_str()?.replace('_', "-"),
            line: line.and_then(|it| usize::try_from(it).ok()),
            words,
        })
    }
}
