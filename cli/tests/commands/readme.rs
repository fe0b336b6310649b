//! The commands of the README run as written, with only a clone and a document at hand.
#![expect(clippy::disallowed_methods, reason = "a test sets up its folder by hand")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run;

const README: &str = include_str!("../../../README.md");

const PETSTORE: &str = "\
openapi: 3.0.3
info: {title: Petstore, version: 1.0.0}
servers: [{url: https://petstore.example.com}]
paths:
  /pets/{id}:
    get:
      operationId: get_pet
      parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
      responses:
        '200':
          description: The pet.
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
components:
  schemas:
    Pet: {type: object, required: [name], properties: {name: {type: string}}}
";

/// Commands that are not run here, each with where they are.
const ELSEWHERE: [(&str, &str); 4] = [
    ("cargo xtask codegen", "the tests of xtask run it with `--check`"),
    ("cargo xtask diff", "it compares what the pages of `docs/changes` compare"),
    ("cargo test --workspace", "this is it"),
    ("cargo install --path cli", "cargo has built the command for this test"),
];

/// Returns the commands of each block of shell.
fn blocks(markdown: &str) -> Vec<Vec<String>> {
    let mut acc = Vec::new();
    let mut open: Option<Vec<String>> = None;
    for line in markdown.lines() {
        match &mut open {
            None if line == "```sh" => open = Some(Vec::new()),
            None => {}
            Some(block) if line == "```" => {
                acc.push(std::mem::take(block));
                open = None;
            }
            Some(block) => {
                let command = line.split(" #").next().unwrap_or_default().trim();
                block.push(command.to_owned());
            }
        }
    }
    acc
}

fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().expect("the crate is in a repository").to_owned()
}

/// Makes a folder with a clone and, beside it, a project that holds a document.
fn folders() -> (PathBuf, PathBuf) {
    let dir = run::folder("readme");
    let (clone, project) = (dir.join("tamarack"), dir.join("project"));
    fs::create_dir_all(&project).expect("a new folder");
    fs::write(project.join("petstore.yaml"), PETSTORE).expect("a file");
    fs::create_dir(&clone).expect("a new folder");
    for name in ["runtime", "specs", "tests"] {
        #[cfg(unix)]
        std::os::unix::fs::symlink(root().join(name), clone.join(name)).expect("a link");
        #[cfg(windows)]
        std::os::windows::fs::symlink_dir(root().join(name), clone.join(name)).expect("a link");
    }
    (clone, project)
}

/// Returns what runs a command of the README, and in which folder.
fn prepared(command: &str, clone: &Path, project: &Path, is_project: bool) -> Option<Command> {
    let mut words = command.split_whitespace();
    let tamarack = Command::new(env!("CARGO_BIN_EXE_tamarack"));
    let folder = if is_project { project } else { clone };
    let mut prepared = match words.next()? {
        "tamarack" => tamarack,
        "cargo" if command.starts_with("cargo run -p tamarack-cli -- ") => {
            words = command.trim_start_matches("cargo run -p tamarack-cli -- ").split_whitespace();
            tamarack
        }
        "cargo" if command.starts_with("cargo check --manifest-path ") => {
            let manifest = folder.join(command.rsplit(' ').next()?);
            // The versions that this repository has built already, without a network.
            let lock = manifest.with_file_name("Cargo.lock");
            fs::copy(root().join("Cargo.lock"), lock).expect("a lock file");
            let mut cargo = Command::new(env!("CARGO"));
            cargo.env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).parent()?);
            cargo.arg("--offline");
            cargo
        }
        _ => return None,
    };
    prepared.current_dir(folder).args(words);
    Some(prepared)
}

#[test]
fn every_command_works_as_typed() {
    let (clone, project) = folders();
    let mut n_run = 0;
    for block in blocks(README) {
        let is_project = block.iter().any(|it| it.starts_with("tamarack "));
        for command in block {
            if ELSEWHERE.iter().any(|(it, _)| *it == command) {
                continue;
            }
            let Some(mut prepared) = prepared(&command, &clone, &project, is_project) else {
                panic!("nobody knows whether `{command}` works");
            };
            let output = prepared.output().expect("it runs");
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(0), "{command}: {said}");
            n_run += 1;
        }
    }
    assert!(n_run >= 5, "{n_run}");
    assert!(project.join("petstore/src/lib.rs").is_file());
}

#[test]
fn the_crates_that_are_published_can_be_packaged() {
    // A folder of its own: the packages of a release are not for a test to replace.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("packages");
    let output = Command::new(env!("CARGO"))
        .current_dir(root())
        .args(["package", "-p", "tamarack-runtime", "-p", "tamarack-clients"])
        .args(["-p", "tamarack-conformance"])
        .args(["--no-verify", "--allow-dirty", "--offline", "--target-dir"])
        .arg(&target)
        .output()
        .expect("cargo runs");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let manifest: toml::Table =
        toml::from_str(&fs::read_to_string(root().join("Cargo.toml")).expect("a manifest"))
            .expect("TOML");
    // The version stands twice for cargo's sake, and is one.
    let version = &manifest["workspace"]["package"]["version"];
    let beside = &manifest["workspace"]["dependencies"]["tamarack-runtime"]["version"];
    assert_eq!(version, beside);
}
