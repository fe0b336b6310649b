//! Folders outside of the repository, and cargo run there with what this repository has built already.
#![expect(clippy::disallowed_methods, reason = "a test sets up its folder by hand")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A new folder outside of the repository, which goes away with this value.
pub(crate) struct Outside(pub(crate) PathBuf);

impl Outside {
    /// Makes the folder; the process has a name of its own, so that two runs do not meet.
    pub(crate) fn new(name: &str) -> Self {
        let dir = std::env::temp_dir().join(format!("tamarack-{name}-{}", std::process::id()));
        if dir.exists() {
            fs::remove_dir_all(&dir).expect("a folder of an earlier process can be removed");
        }
        fs::create_dir_all(&dir).expect("the folder can be created");
        Self(dir)
    }
}

impl Drop for Outside {
    fn drop(&mut self) {
        // What a failed test leaves is in the way of nobody.
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Outside {
    /// Writes a file.
    pub(crate) fn put(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// Reads a file.
    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Runs cargo without a network, with the versions and the builds of this repository.
    pub(crate) fn cargo(&self, folder: &str, args: &[&str]) -> Output {
        let lock = self.0.join(folder).join("Cargo.lock");
        if !lock.exists() {
            fs::copy(root().join("Cargo.lock"), lock).expect("a lock file");
        }
        let mut cargo = Command::new(env!("CARGO"));
        cargo.current_dir(self.0.join(folder)).args(args);
        as_in_the_repository(&mut cargo).output().expect("cargo runs")
    }
}

/// Returns the root of the repository.
pub(crate) fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().expect("the crate is in a repository").to_owned()
}

/// Lets cargo use no network, and what this repository has built already.
pub(crate) fn as_in_the_repository(command: &mut Command) -> &mut Command {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the target folder");
    command
        .env("CARGO_NET_OFFLINE", "true")
        .env("CARGO_TARGET_DIR", target)
        // As in the manifest of this repository, or else everything is built again.
        .env("CARGO_PROFILE_DEV_DEBUG", "line-tables-only")
}
