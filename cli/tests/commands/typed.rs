//! The commands of the README and of the book, typed in a folder outside of the repository that has the documents.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::fences;
use crate::outside::{self, Outside, root};
use crate::project_page::{FLEET, HARBOUR, NAMES};
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
const ELSEWHERE: [(&str, &str); 13] = [
    ("cargo xtask codegen", "the tests of xtask run it with `--check`"),
    ("cargo xtask codegen --check", "as above"),
    ("cargo xtask diff", "it compares what the pages of `docs/changes` compare"),
    ("cargo xtask diff pinecone/oauth 2025-04 2026-04", "as above"),
    ("cargo xtask diff pinecone/oauth 2025-04 2025-10 2026-04", "as above"),
    ("tamarack diff --git main..HEAD", "`cli/tests/git_diff` has repositories"),
    ("tamarack diff --git main...HEAD specs --fail-on wire", "as above"),
    ("tamarack generate --watch", "it does not end; `project.rs` stops it"),
    ("cd bench && cargo run --release", "it takes a quarter of an hour"),
    ("cd bench && cargo run --release -p tools -- --write", "it installs other generators"),
    (
        "cd bench && cargo run --release -p calls -- --ratios 5 \"a full call on loopback\"",
        "it measures for minutes",
    ),
    ("cargo test --workspace", "this is it"),
    ("cargo install --path cli", "cargo has built the command for this test"),
];

/// Returns the commands of a page, without their comments.
fn commands(page: &str) -> Vec<String> {
    let blocks = fences::blocks(page).into_iter().filter(|it| it.language() == "sh");
    let lines: Vec<&str> = blocks.flat_map(|it| it.lines().collect::<Vec<_>>()).collect();
    let typed = lines.into_iter().map(|it| it.split(" #").next().unwrap_or_default().trim());
    typed.filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

/// Returns the pages with commands, but for the README of the repository: the front page of the command line, and
/// those of the book that a person writes.
fn pages() -> BTreeMap<String, String> {
    let mut acc = BTreeMap::new();
    let mut paths = vec![root().join("cli/README.md"), root().join("bench/README.md")];
    for entry in fs::read_dir(root().join("docs")).expect("a folder") {
        paths.push(entry.expect("an entry").path());
    }
    for path in paths.into_iter().filter(|it| it.extension().is_some_and(|it| it == "md")) {
        let page = fs::read_to_string(&path).expect("a text");
        if !page.starts_with("<!-- @generated") && !commands(&page).is_empty() {
            acc.insert(path.display().to_string(), page);
        }
    }
    acc
}

fn is_elsewhere(command: &str) -> bool {
    ELSEWHERE.iter().any(|(it, _)| *it == command)
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
    for command in commands(README) {
        if is_elsewhere(&command) {
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

#[test]
fn every_command_of_the_other_pages_does_what_it_is_there_for() {
    let pages = pages();
    assert!(pages.len() > 6, "{:?}", pages.keys());
    for (index, (name, page)) in pages.iter().enumerate() {
        let place = Outside::new(&format!("page-{index}"));
        for document in ["petstore", "old", "new", "a", "b", "c"] {
            place.put(&format!("{document}.yaml"), PETSTORE);
        }
        place.put("harbour.yaml", HARBOUR);
        place.put("harbour.overlay.toml", NAMES);
        place.put("fleet.yaml", FLEET);
        let clone = clone(&place);
        let reader = Newcomer { clone, place, server: Server::start() };
        for command in commands(page).iter().filter(|it| !is_elsewhere(it)) {
            let output = reader.run(command);
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(0), "{name}: {command}: {said}");
        }
    }
}

/// An entry of the list that no page has any more says nothing.
#[test]
fn each_command_that_is_not_run_is_on_a_page() {
    let mut typed: Vec<String> = commands(README);
    typed.extend(pages().values().flat_map(|it| commands(it)));
    for (command, _) in ELSEWHERE {
        assert!(typed.iter().any(|it| it == command), "no page has `{command}`");
    }
}

/// Returns the first block of a language that has a text in it.
fn block<'a>(page: &'a str, language: &str, with: &str) -> &'a str {
    let mut blocks = fences::blocks(page).into_iter();
    let found = blocks.find(|it| it.language() == language && it.text.contains(with));
    found.unwrap_or_else(|| panic!("no block of `{language}` has `{with}`")).text
}

/// Puts a package with a program and the dependencies of a page into a folder.
fn put_program(place: &Outside, dependencies: &str, program: &str) {
    let package = "[package]\nname = \"program\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
    place.put("Cargo.toml", &format!("{package}\n{dependencies}"));
    place.put("src/main.rs", program);
}

#[test]
fn the_first_program_of_the_readme_needs_nothing_that_is_not_on_the_page() {
    let place = Outside::new("first-program");
    let dependencies = block(README, "toml", "[dependencies]");
    let path = format!("path = {:?}", root().join("generated").display().to_string());
    let by_path = dependencies.replace("version = \"0.1\"", &path);
    assert_ne!(by_path, dependencies);
    put_program(&place, &by_path, block(README, "rust", "async fn main"));
    let output = place.cargo(".", &["check"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_program_of_the_first_page_of_the_book_calls() {
    let page = fs::read_to_string(root().join("docs/getting-started.md")).expect("the page");
    let place = Outside::new("five-minutes");
    place.put("petstore.yaml", block(&page, "yaml", "openapi: "));
    let reader = Newcomer { clone: clone(&place), place, server: Server::start() };
    let output = reader.run("tamarack generate petstore.yaml");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let program = block(&page, "rust", "async fn main");
    put_program(&reader.place, block(&page, "toml", "[dependencies]"), program);
    fs::copy(root().join("Cargo.lock"), reader.place.0.join("Cargo.lock")).expect("a lock file");
    let output = reader.run("BASE_URL=http://127.0.0.1:8080 cargo run");
    let printed = String::from_utf8_lossy(&output.stdout);
    assert_eq!(printed, "Tibby\n", "{}", String::from_utf8_lossy(&output.stderr));
}
