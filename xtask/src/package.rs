//! The commands `cargo xtask package` and `cargo xtask semver`: what is published, packed and compared.

use std::env;
use std::process::Command;

use crate::Exit;
use crate::codegen::root;

/// The crates that are published, each behind those it depends on.
pub(crate) const PUBLISHED: [&str; 6] = [
    "tamarack-runtime",
    "tamarack-conformance",
    "tamarack-clients",
    "tamarack",
    "tamarack-diff",
    "tamarack-cli",
];

/// Packs the crates that are published, and builds each from its package alone.
pub(crate) fn run(arguments: &[String]) -> Exit {
    // Set by cargo, which runs this binary.
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut cargo = Command::new(cargo);
    cargo.current_dir(root()).arg("package");
    for name in PUBLISHED {
        cargo.args(["--package", name]);
    }
    finished(cargo.args(arguments))
}

/// Compares what is published with the last tag.
pub(crate) fn semver(arguments: &[String]) -> Exit {
    let is_there =
        Command::new("cargo-semver-checks").args(["semver-checks", "--version"]).output();
    if !is_there.is_ok_and(|it| it.status.success()) {
        eprintln!(
            "error: `cargo-semver-checks` is not installed\nhelp: cargo install --locked cargo-semver-checks"
        );
        return Exit::Usage;
    }
    let Some(tag) = last_tag() else {
        eprintln!("error: there is no tag `v…` to compare with: nothing has been released yet");
        return Exit::Usage;
    };
    let mut cargo = Command::new("cargo-semver-checks");
    cargo.current_dir(root()).args(["semver-checks", "--baseline-rev", &tag]);
    // The command line has no interface that a program could use.
    for name in PUBLISHED.iter().filter(|it| **it != "tamarack-cli") {
        cargo.args(["--package", name]);
    }
    finished(cargo.args(arguments))
}

fn last_tag() -> Option<String> {
    let mut git = Command::new("git");
    git.current_dir(root()).args(["describe", "--tags", "--abbrev=0", "--match", "v[0-9]*"]);
    let output = git.output().ok().filter(|it| it.status.success())?;
    let tag = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (!tag.is_empty()).then_some(tag)
}

fn finished(command: &mut Command) -> Exit {
    match command.status() {
        Ok(status) if status.success() => Exit::Done,
        Ok(_) => Exit::Failed,
        Err(error) => crate::codegen::failed(&error),
    }
}

#[cfg(test)]
mod tests {
    use super::PUBLISHED;

    #[test]
    fn the_steps_of_a_release_have_the_same_order() {
        let steps = include_str!("../../docs/release.md");
        let named = steps.lines().filter_map(|it| it.trim().strip_prefix("cargo publish -p "));
        assert_eq!(named.collect::<Vec<_>>(), PUBLISHED);
    }
}
