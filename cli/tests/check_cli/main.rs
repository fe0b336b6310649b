//! `tamarack check` and `tamarack explain` as they are run: exit codes, the last line, every format.
#![expect(clippy::disallowed_methods, reason = "a test sets up its folder by hand")]

mod formats;
#[path = "../shared/run.rs"]
mod run;
#[path = "../shared/schema.rs"]
mod schema;

use std::fs;
use std::path::PathBuf;

const PETS: &str = "\
openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets:
    get:
      operationId: list_pets
      responses:
        '200':
          description: All pets.
          content:
            application/json: {schema: {$ref: '#/components/schemas/Pet'}}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string, default: Rex}}}
";

/// What a run printed and how it ended.
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

/// A folder of one test, with the binary run inside of it.
struct Shop(PathBuf);

impl Shop {
    fn new(name: &str) -> Self {
        let dir = run::folder(&format!("check_cli/{name}"));
        let shop = Self(dir);
        shop.put("good.yaml", PETS);
        shop.put("warning.yaml", &PETS.replace("default: Rex", "default: []"));
        shop.put("error.yaml", &PETS.replace("schemas/Pet'", "schemas/Pett'"));
        let gap = "    put:\n      requestBody: {required: true, content: {a document: {schema: {type: object}}}}\n";
        shop.put("skip.yaml", &PETS.replace("    get:\n", gap));
        shop.put("unreadable.yaml", "openapi: [\n");
        shop.put("swagger.yaml", "swagger: '2.0'\n");
        shop
    }

    fn put(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).expect("a file");
    }

    fn check(&self, args: &[&str]) -> Run {
        self.run(&[&["check"], args].concat())
    }

    fn run(&self, args: &[&str]) -> Run {
        let mut command = run::tamarack(&self.0);
        let output = command.args(args).output().expect("the binary runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the output is text");
        Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

#[test]
fn exit_codes_are_those_of_the_table() {
    let shop = Shop::new("codes");
    let code = |args: &[&str]| shop.check(args).code;
    assert_eq!(code(&["good.yaml"]), Some(0));
    assert_eq!(code(&["warning.yaml"]), Some(0));
    assert_eq!(code(&["skip.yaml"]), Some(0));
    assert_eq!(code(&["skip.yaml", "--strict"]), Some(4));
    assert_eq!(code(&["error.yaml"]), Some(4));
    assert_eq!(code(&["unreadable.yaml"]), Some(3));
    assert_eq!(code(&["swagger.yaml"]), Some(3));
    assert_eq!(code(&["absent.yaml"]), Some(3));
    assert_eq!(code(&[]), Some(2));
    // Of several documents the worst one counts, wherever it stands.
    assert_eq!(code(&["unreadable.yaml", "error.yaml", "good.yaml"]), Some(3));
    assert_eq!(code(&["good.yaml", "error.yaml", "warning.yaml"]), Some(4));
    assert_eq!(code(&["good.yaml", "warning.yaml"]), Some(0));
}

#[test]
fn nothing_is_written() {
    let shop = Shop::new("nothing");
    let before = fs::read_dir(&shop.0).expect("a folder").count();
    shop.check(&["good.yaml", "error.yaml"]);
    assert_eq!(fs::read_dir(&shop.0).expect("a folder").count(), before);
}

#[test]
fn the_last_line_says_what_there_is() {
    let shop = Shop::new("last");
    let good = shop.check(&["good.yaml"]);
    assert_eq!((good.err.as_str(), good.out.as_str()), ("nothing to report\n", ""));
    let warning = shop.check(&["warning.yaml"]);
    assert!(warning.err.starts_with("warning[OAS111]: "), "{}", warning.err);
    assert!(warning.err.ends_with("\n\n1 warning\n"), "{}", warning.err);
    let both = shop.check(&["warning.yaml", "error.yaml"]);
    // The schema that nothing refers to any more is a warning too.
    assert!(both.err.ends_with("\n2 documents: 1 error, 2 warnings\n"), "{}", both.err);
}

#[test]
fn an_overlay_is_given_once_for_each_document() {
    let shop = Shop::new("overlay");
    let at = "#/paths/~1pets/put";
    shop.put(
        "accept.toml",
        &format!("[[accept]]\ncode = \"OAS312\"\nat = \"{at}\"\nreason = \"r\"\n"),
    );
    shop.put("broken.toml", "[[accept]\n");
    let accepted = shop.check(&["skip.yaml", "--strict", "--overlay", "accept.toml"]);
    assert_eq!(accepted.code, Some(0), "{}", accepted.err);
    assert!(accepted.err.ends_with("1 accepted gap\n"), "{}", accepted.err);
    let both = ["good.yaml", "skip.yaml", "--overlay", "-", "--overlay", "accept.toml", "--strict"];
    assert_eq!(shop.check(&both).code, Some(0));
    let too_few = shop.check(&["good.yaml", "skip.yaml", "--overlay", "accept.toml"]);
    assert_eq!(too_few.code, Some(2), "{}", too_few.err);
    assert_eq!(shop.check(&["good.yaml", "--overlay", "broken.toml"]).code, Some(3));
    assert_eq!(shop.check(&["good.yaml", "--overlay", "absent.toml"]).code, Some(3));
}

#[test]
fn the_lint_is_silent_in_generate() {
    let shop = Shop::new("silent");
    let run = shop.run(&["generate", "warning.yaml", "--out", "out"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
}

#[test]
fn after_five_of_one_code_the_rest_is_counted() {
    let shop = Shop::new("many");
    let schema = |n: usize| format!("    A{n}: {{type: string, default: []}}\n");
    let many = (0..9).map(schema).collect::<Vec<_>>().concat();
    shop.put("many.yaml", &format!("openapi: 3.0.3\ninfo: {{title: a, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{many}"));
    let run = shop.check(&["many.yaml"]);
    assert_eq!(run.err.matches("warning[OAS111]: `default`").count(), 5);
    let rest =
        "warning[OAS111]: … and 4 more OAS111; --message-format json shows all\n\n9 warnings\n";
    assert!(run.err.ends_with(rest), "{}", run.err);
    let json = shop.check(&["many.yaml", "--message-format", "json"]);
    assert_eq!(json.out.lines().count(), 9);
}

#[test]
fn explain_shows_a_document_that_check_finds_that_code_in() {
    let shop = Shop::new("explain");
    let run = shop.run(&["explain", "oas205"]);
    assert_eq!(run.code, Some(0));
    assert!(run.out.starts_with("OAS205: A link names an operation"), "{}", run.out);
    let (_, example) = run.out.split_once("For example:\n\n").expect("an example");
    let lines = example.lines().map(|it| it.strip_prefix("    ").unwrap_or(it));
    let example = lines.collect::<Vec<_>>().join("\n");
    shop.put("example.yaml", &example);
    let run = shop.check(&["example.yaml"]);
    assert!(run.err.contains("warning[OAS205]: "), "{}", run.err);
    let all = shop.run(&["explain"]);
    assert_eq!(all.out.lines().count(), tamarack::codes::ALL.len());
}
