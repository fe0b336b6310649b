//! A newcomer: the commands of the README, typed in an empty folder outside of the repository that has a document.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::outside::{self, Outside, root};
use crate::server::Server;

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

/// Makes a clone of the repository, as far as commands read it.
fn clone(place: &Outside) -> PathBuf {
    let clone = place.0.join("tamarack");
    fs::create_dir(&clone).expect("a new folder");
    for name in ["runtime", "specs", "tests"] {
        std::os::unix::fs::symlink(root().join(name), clone.join(name)).expect("a link");
    }
    clone
}

/// What a command of the README needs to run here.
struct Newcomer {
    place: Outside,
    clone: PathBuf,
    server: Server,
}

impl Newcomer {
    /// Runs a command as a shell does, in the folder where the README has it typed.
    fn run(&self, command: &str) -> Output {
        // What cargo would build of the repository is built: it is this test's own binary.
        let binary = Path::new(env!("CARGO_BIN_EXE_tamarack"));
        let is_of_clone = command.starts_with("cargo run -p tamarack-cli -- ");
        let typed = command.replace("cargo run -p tamarack-cli -- ", "tamarack ");
        let typed = typed.replace("http://127.0.0.1:8080", &self.server.origin);
        // The versions that this repository has, without a network.
        if let Some(manifest) = typed.split_whitespace().find(|it| it.ends_with("/Cargo.toml")) {
            let lock = self.place.0.join(manifest).with_file_name("Cargo.lock");
            fs::copy(root().join("Cargo.lock"), lock).expect("a lock file");
        }
        let folders = [binary.parent(), Path::new(env!("CARGO")).parent()];
        let others = std::env::var_os("PATH").unwrap_or_default();
        let path = folders.into_iter().flatten().map(Path::to_owned);
        let path = std::env::join_paths(path.chain(std::env::split_paths(&others)));
        let mut shell = Command::new("sh");
        shell.args(["-c", &typed]).env("PATH", path.expect("names without a colon"));
        shell.current_dir(if is_of_clone { &self.clone } else { &self.place.0 });
        outside::as_in_the_repository(&mut shell).output().expect("it runs")
    }
}

#[test]
fn a_newcomer_types_every_command_and_gets_an_answer() {
    let place = Outside::new("newcomer");
    place.put("petstore.yaml", PETSTORE);
    let newcomer = Newcomer { clone: clone(&place), place, server: Server::start() };
    let mut printed = String::new();
    let mut n_run = 0;
    for command in blocks(README).into_iter().flatten() {
        if ELSEWHERE.iter().any(|(it, _)| *it == command) {
            continue;
        }
        let output = newcomer.run(&command);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{command}: {said}");
        printed.push_str(&String::from_utf8_lossy(&output.stdout));
        n_run += 1;
    }
    assert!(n_run >= 4, "{n_run}");
    // The call went to the server, and what came back is typed.
    let asked = newcomer.server.asked();
    assert!(asked.starts_with("GET /pets/id HTTP/1.1\r\n"), "{asked}");
    assert!(printed.contains("200 OK: Pet {\n    name: \"Tibby\",\n}"), "{printed}");
}
