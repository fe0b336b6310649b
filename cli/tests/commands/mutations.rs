//! One-line mistakes in a small document: the whole of what the binary prints, with and without `--strict`.
#![expect(clippy::disallowed_methods, reason = "a test sets up its folder by hand")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::run;

const PETS: &str = "\
openapi: 3.0.3
info: {title: Pets, version: '1'}
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
  /dogs:
    get:
      operationId: list_dogs
      responses:
        '200':
          description: Dogs.
          content:
            application/json:
              schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: {type: string}
        tag: {$ref: '#/components/schemas/Tag'}
    Tag: {type: object, properties: {id: {type: string}}}
";

/// Returns the document with the one occurrence of `old` replaced.
fn mutated(old: &str, new: &str) -> String {
    assert_eq!(PETS.matches(old).count(), 1, "`{old}` stands once");
    PETS.replace(old, new)
}

/// Compares what the binary prints about a document with the snapshot of that name.
fn check(name: &str, document: &str) {
    let dir = folder(name);
    fs::write(dir.join("pets.yaml"), document).expect("a file");
    snapshot(name, &dir);
}

/// Returns an empty folder of this test's own.
fn folder(name: &str) -> PathBuf {
    run::folder(&format!("mutations/{name}"))
}

fn snapshot(name: &str, dir: &Path) {
    let mut acc = String::new();
    for mode in [&[][..], &["--strict"]] {
        let mut command = run::tamarack(dir);
        let arguments = ["generate", "pets.yaml", "--out", "out"];
        let output = command.args(arguments).args(mode).output().expect("it runs");
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_owned()).expect("the output is text");
        let code = output.status.code().expect("an exit code");
        let _ =
            writeln!(acc, "$ tamarack generate{} -> {code}", mode.concat().replace("--", " --"));
        acc.push_str(&text(&output.stderr));
        // How long it took, at the end of the first line, differs from run to run.
        acc.extend(text(&output.stdout).lines().map(|it| {
            let said = it.strip_suffix(" s)").and_then(|it| it.rsplit_once(" ("));
            format!("{}\n", said.map_or(it, |(said, _seconds)| said))
        }));
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, acc));
}

/// Asserts that a file of the crate that a check wrote holds the texts.
fn written(name: &str, file: &str, texts: &[&str]) {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mutations").join(name);
    let path = dir.join(format!("out/src/{file}.rs"));
    let content = fs::read_to_string(path).expect("a file");
    for text in texts {
        assert!(content.contains(text), "no `{text}` in {content}");
    }
}

#[test]
fn no_mistake() {
    check("no_mistake", PETS);
}

#[test]
fn dangling_ref() {
    check(
        "dangling_ref",
        &mutated(
            "tag: {$ref: '#/components/schemas/Tag'}",
            "tag: {$ref: '#/components/schemas/Tga'}",
        ),
    );
}

#[test]
fn operation_id_missing() {
    check("operation_id_missing", &mutated("      operationId: get_pet\n", ""));
}

#[test]
fn type_misspelled() {
    check("type_misspelled", &mutated("name: {type: string}", "name: {type: strng}"));
    written("type_misspelled", "types", &["use serde_json::Value;", "pub name: Value,"]);
}

#[test]
fn path_template_not_closed() {
    check("path_template_not_closed", &mutated("/pets/{id}:", "/pets/{id:"));
}

#[test]
fn broken_yaml() {
    check("broken_yaml", &mutated("      required: [name]\n", "      required: [name\n"));
}

#[test]
fn operation_id_twice() {
    check("operation_id_twice", &mutated("operationId: list_dogs", "operationId: get_pet"));
}

#[test]
fn property_twice() {
    let twice = "        name: {type: string}\n        name: {type: integer}\n";
    check("property_twice", &mutated("        name: {type: string}\n", twice));
}

#[test]
fn names_that_differ_in_case() {
    let both = "    tag: {type: string, enum: [a, b]}\n    Tag: {type: object";
    check("names_that_differ_in_case", &mutated("    Tag: {type: object", both));
    written("names_that_differ_in_case", "types", &["pub enum Tag2 {", "pub struct Tag {"]);
}

#[test]
fn ndjson_response() {
    check(
        "ndjson_response",
        &mutated("            application/json:\n", "            application/x-ndjson:\n"),
    );
    let lines = ["type Success = Lines<ItemStream<types::Pet>>;"];
    written("ndjson_response", "operations", &lines);
}

#[test]
fn two_success_bodies() {
    let created = "  /dogs:\n    get:\n      operationId: list_dogs\n      responses:\n        '201': {description: New., content: {application/json: {schema: {$ref: '#/components/schemas/Tag'}}}}\n";
    check(
        "two_success_bodies",
        &mutated("  /dogs:\n    get:\n      operationId: list_dogs\n      responses:\n", created),
    );
    let both = ["200 => Ok(Json<Vec<types::Pet>>),", "201 => Created(Json<types::Tag>),"];
    written("two_success_bodies", "operations", &both);
}

#[test]
fn typed_404_body() {
    let typed = "          description: Dogs.\n        '404': {description: None., content: {application/json: {schema: {$ref: '#/components/schemas/Tag'}}}}\n".replace("          description: Dogs.\n", "");
    let before = "  /dogs:\n    get:\n      operationId: list_dogs\n      responses:\n";
    check("typed_404_body", &mutated(before, &format!("{before}{typed}")));
    let typed = "404 => NotFound(Json<types::Tag>),";
    written("typed_404_body", "operations", &[typed]);
}

#[test]
fn header_and_cookie_parameters() {
    let before = "      operationId: list_dogs\n";
    let parameters = "      parameters: [{name: X-Trace, in: header, required: true, schema: {type: string}}, {name: session, in: cookie, schema: {type: string}}]\n";
    check("header_and_cookie_parameters", &mutated(before, &format!("{before}{parameters}")));
    let both = [
        "request.header(\"x-trace\", &self.x_trace);",
        "request.cookie(\"session\", &self.session);",
    ];
    written("header_and_cookie_parameters", "operations", &both);
}

#[test]
fn swagger_2() {
    check("swagger_2", &mutated("openapi: 3.0.3", "swagger: '2.0'"));
}

#[test]
fn not_yaml() {
    check("not_yaml", "\u{1}\u{2}% PDF-1.7 \t: [\n");
}

#[test]
fn a_list() {
    check("a_list", "- openapi: 3.0.3\n");
}

#[test]
fn empty_file() {
    check("empty_file", "");
}

#[test]
fn a_folder() {
    let dir = folder("a_folder");
    fs::create_dir(dir.join("pets.yaml")).expect("a folder");
    snapshot("a_folder", &dir);
}

#[test]
fn no_file() {
    snapshot("no_file", &folder("no_file"));
}
