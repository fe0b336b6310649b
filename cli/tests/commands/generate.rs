//! `tamarack generate` as it is run: what it prints and writes, and each exit code.
#![expect(clippy::disallowed_methods, reason = "a test sets up its folder by hand")]

use std::fs;
use std::path::PathBuf;
use std::process::Output;

use crate::run;

const PETS: &str = "\
openapi: 3.0.3
info: {title: Pet Shop, version: '1'}
paths:
  /pets:
    get:
      operationId: list_pets
      responses:
        '200':
          description: All pets.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Pets'}
components:
  schemas:
    Pets: {type: object, properties: {names: {type: array, items: {type: string}}}}
";

/// `PETS` with an operation that cannot be generated.
fn pets_with_gap() -> String {
    let gap = "  /pets/import:
    post:
      operationId: import_pets
      requestBody:
        required: true
        content:
          a document: {schema: {type: object}}
      responses: {'204': {description: Done.}}
components:
";
    PETS.replace("components:\n", gap)
}

/// A folder of one test, with the binary run inside of it.
struct Shop(PathBuf);

impl Shop {
    fn new(name: &str, spec: &str) -> Self {
        let dir = run::folder(&format!("cli/{name}"));
        let shop = Self(dir);
        shop.put("pets.yaml", spec);
        shop
    }

    fn put(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).expect("a file");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut command = run::tamarack(&self.0);
        command.args(args).output().expect("the binary runs")
    }

    /// Runs `tamarack generate pets.yaml --out out` with more arguments.
    fn generate(&self, args: &[&str]) -> Output {
        self.run(&[&["generate", "pets.yaml", "--out", "out"], args].concat())
    }
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_good_document_becomes_a_crate_and_the_second_run_changes_nothing() {
    let shop = Shop::new("good", PETS);
    let first = shop.generate(&[]);
    assert_eq!(code(&first), Some(0), "{}", err(&first));
    assert!(out(&first).starts_with("out: 1 operation, 1 type; "), "{}", out(&first));
    assert!(shop.read("out/Cargo.toml").contains("name = \"pet-shop\""));
    let second = shop.generate(&[]);
    assert!(out(&second).contains(" 0 files changed, "), "{}", out(&second));
}

#[test]
fn a_skip_is_said_and_counted_and_no_failure() {
    let shop = Shop::new("skip", &pets_with_gap());
    let output = shop.generate(&[]);
    assert_eq!(code(&output), Some(0), "{}", err(&output));
    assert!(out(&output).starts_with("out: 1 of 2 operations, "), "{}", out(&output));
    assert!(err(&output).starts_with("skipped[OAS312]: "), "{}", err(&output));
    assert!(err(&output).ends_with("\n1 skipped\n"), "{}", err(&output));
}

#[test]
fn a_bad_node_costs_only_itself_and_is_said() {
    let shop = Shop::new("bad", &PETS.replace("schemas/Pets'", "schemas/Petz'"));
    let output = shop.generate(&[]);
    assert_eq!(code(&output), Some(0), "{}", err(&output));
    assert!(err(&output).starts_with("error[OAS201]: "), "{}", err(&output));
    assert!(err(&output).ends_with("\n1 error\n"), "{}", err(&output));
    assert_eq!(code(&shop.generate(&["--strict"])), Some(4));
}

#[test]
fn what_an_earlier_run_wrote_is_known_as_ours_and_updated() {
    let described =
        "{title: Pet Shop, version: '1', description: \"One.\\n\\nTwo.\\n\\nThree.\\n\\nFour.\"}";
    let shop = Shop::new("update", &PETS.replace("{title: Pet Shop, version: '1'}", described));
    assert_eq!(code(&shop.generate(&[])), Some(0));
    shop.put("pets.yaml", PETS);
    let output = shop.generate(&["--name", "other"]);
    assert_eq!(code(&output), Some(0), "{}", err(&output));
    assert!(shop.read("out/Cargo.toml").contains("name = \"other\""));
}

#[test]
fn strict_refuses_a_skip_and_writes_nothing_until_the_overlay_accepts_it() {
    let shop = Shop::new("strict", &pets_with_gap());
    let refused = shop.generate(&["--strict"]);
    assert_eq!(code(&refused), Some(4), "{}", err(&refused));
    assert!(!shop.0.join("out").exists());
    assert!(err(&refused).starts_with("error[OAS312]: "), "{}", err(&refused));

    let entry = "[[accept]]\ncode = \"OAS312\"\nat = \"#/paths/~1pets~1import\"\nreason = \"r\"\n";
    shop.put("pets.toml", entry);
    let accepted = shop.generate(&["--strict", "--overlay", "pets.toml"]);
    assert_eq!(code(&accepted), Some(0), "{}", err(&accepted));
    assert_eq!(err(&accepted), "1 accepted gap\n");
}

#[test]
fn the_report_has_each_lost_operation_with_its_place() {
    let shop = Shop::new("report", &pets_with_gap());
    let output = shop.generate(&["--report", "report.json"]);
    assert_eq!(code(&output), Some(0), "{}", err(&output));
    let report: serde_json::Value = serde_json::from_str(&shop.read("report.json")).unwrap();
    assert_eq!(report["openapi"], "3.0.3");
    assert_eq!(report["operations"]["declared"], 2);
    assert_eq!(report["operations"]["generated"], 1);
    assert_eq!(report["operations"]["skipped"][0]["pointer"], "#/paths/~1pets~1import/post");
    assert_eq!(report["operations"]["skipped"][0]["code"], "OAS312");
    assert!(report["seconds"].as_f64().is_some());
}

#[test]
fn check_finds_what_is_stale_and_writes_nothing() {
    let shop = Shop::new("check", PETS);
    let missing = shop.generate(&["--check"]);
    assert_eq!(code(&missing), Some(5), "{}", err(&missing));
    assert!(!shop.0.join("out").exists());
    let hint = "; run `tamarack generate pets.yaml --out out`\n";
    assert!(err(&missing).ends_with(hint), "{}", err(&missing));

    shop.generate(&[]);
    let fresh = shop.generate(&["--check"]);
    assert_eq!(code(&fresh), Some(0), "{}", err(&fresh));
    assert!(out(&fresh).starts_with("out/ is up to date ("), "{}", out(&fresh));
}

#[test]
fn what_cannot_be_read_is_3() {
    let shop = Shop::new("unreadable", "openapi: 3.0.3\nopenapi: [\n");
    let broken = shop.generate(&["--report", "report.json"]);
    assert_eq!(code(&broken), Some(3), "{}", err(&broken));
    assert!(shop.read("report.json").contains("\"openapi\": null"));
    shop.put("pets.yaml", "swagger: '2.0'\ninfo: {title: a, version: '1'}\npaths: {}\n");
    assert_eq!(code(&shop.generate(&[])), Some(3));
    fs::remove_file(shop.0.join("pets.yaml")).unwrap();
    let absent = shop.generate(&[]);
    assert_eq!(code(&absent), Some(3));
    assert!(err(&absent).starts_with("error: cannot read `pets.yaml`: "), "{}", err(&absent));
}

#[test]
fn a_wrong_command_line_is_2() {
    let shop = Shop::new("usage", PETS);
    assert_eq!(code(&shop.run(&["generate", "pets.yaml", "--out"])), Some(2));
    assert_eq!(code(&shop.generate(&["--name", "9 lives"])), Some(2));
    assert_eq!(code(&shop.run(&["explain", "OAS000"])), Some(2));
}

#[test]
fn what_cannot_be_written_is_1() {
    let shop = Shop::new("unwritable", PETS);
    shop.put("file", "");
    let output = shop.run(&["generate", "pets.yaml", "--out", "file/out"]);
    assert_eq!(code(&output), Some(1), "{}", err(&output));
    assert!(err(&output).starts_with("error: cannot "), "{}", err(&output));
}

#[test]
fn messages_are_json_when_asked() {
    let shop = Shop::new("json", &pets_with_gap());
    let output = shop.generate(&["--message-format", "json"]);
    let text = err(&output);
    let line = text.lines().next().expect("a message");
    let message: serde_json::Value = serde_json::from_str(line).unwrap();
    assert_eq!(message["code"], "OAS312");
    assert_eq!(message["severity"], "skipped");
    assert_eq!(message["file"], "pets.yaml");
}

#[test]
fn every_code_is_explained() {
    let shop = Shop::new("explain", PETS);
    let one = shop.run(&["explain", "oas201"]);
    assert_eq!(code(&one), Some(0));
    assert!(out(&one).starts_with("OAS201: "), "{}", out(&one));
    let all = shop.run(&["explain"]);
    assert_eq!(out(&all).lines().count(), tamarack::codes::ALL.len());
}

#[test]
fn a_diff_has_exit_codes_of_its_own() {
    let shop = Shop::new("diff", PETS);
    shop.put("next.yaml", &PETS.replace("type: array, items: {type: string}", "type: integer"));
    let run = |args: &[&str]| {
        let output = shop.run(args);
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let (code, report) = run(&["diff", "pets.yaml", "next.yaml"]);
    assert_eq!(code, Some(0), "{report}");
    assert!(report.contains("Pets.names: type changed"), "{report}");
    assert!(report.contains("- list of string  (15:39)"), "{report}");
    assert!(report.contains("Rust: pub names: Option<i64>"), "{report}");
    assert_eq!(run(&["diff", "pets.yaml", "next.yaml", "--fail-on", "wire"]).0, Some(6));
    assert_eq!(run(&["diff", "pets.yaml", "next.yaml", "--fail-on", "rust"]).0, Some(6));
    assert_eq!(run(&["diff", "pets.yaml", "pets.yaml", "--fail-on", "any"]).0, Some(0));
    assert_eq!(run(&["diff", "pets.yaml", "gone.yaml"]).0, Some(3));
    assert_eq!(run(&["diff", "pets.yaml"]).0, Some(2));
    for format in ["json", "markdown", "github", "junit"] {
        let (code, report) = run(&["diff", "pets.yaml", "next.yaml", "--format", format]);
        assert_eq!(code, Some(0));
        assert!(report.contains("Pets.names"), "{format}: {report}");
    }
}

#[test]
fn types_of_libraries_are_generated_again_by_the_command_that_the_files_name() {
    let names = "names: {type: array, items: {type: string";
    assert!(PETS.contains(names));
    let shop = Shop::new("with", &PETS.replace(names, &format!("{names}, format: uuid")));
    let first = shop.generate(&["--with", "uuid", "--with", "jiff"]);
    assert_eq!(code(&first), Some(0), "{}", err(&first));
    assert!(shop.read("out/src/types.rs").contains("Vec<Typed<uuid1::Uuid>>"));
    assert!(shop.read("out/src/lib.rs").contains("--with uuid --with jiff"));
    assert!(shop.read("out/Cargo.toml").contains("features = [\"jiff1\", \"uuid1\"]"));
    assert_eq!(code(&shop.generate(&["--with", "uuid", "--with", "jiff", "--check"])), Some(0));
    assert_eq!(code(&shop.generate(&["--check"])), Some(5));
    let refused = shop.generate(&["--with", "jiff", "--with", "chrono"]);
    assert_eq!(code(&refused), Some(2));
    let said =
        "error: `chrono` and `jiff` both have a type for the format `date-time`: choose one\n";
    assert_eq!(err(&refused), said);
}

#[test]
fn a_subset_is_generated_again_by_the_command_that_its_files_name() {
    let two = PETS.replace(
        "components:",
        "  /shops: {get: {tags: [a shop], operationId: list_shops, responses: {'204': {description: d}}}}\ncomponents:",
    );
    let shop = Shop::new("subset", &two);
    let first = shop.generate(&["--include", "tag:a shop"]);
    assert_eq!(code(&first), Some(0), "{}", err(&first));
    assert!(out(&first).starts_with("out: 1 operation (1 excluded), 0 types; "), "{}", out(&first));
    assert!(!shop.read("out/src/operations.rs").contains("ListPets"));
    assert!(shop.read("out/src/lib.rs").contains("--include 'tag:a shop'"));
    assert_eq!(code(&shop.generate(&["--include", "tag:a shop", "--check"])), Some(0));
    let stale = shop.generate(&["--exclude", "/shops", "--check"]);
    assert_eq!(code(&stale), Some(5));
    assert!(err(&stale).contains("--out out --exclude /shops"), "{}", err(&stale));
    let refused = shop.generate(&["--include", "list_shop"]);
    assert_eq!(code(&refused), Some(4));
    assert!(
        err(&refused).contains("did you mean the operation `list_shops`?"),
        "{}",
        err(&refused)
    );
    assert_eq!(code(&shop.generate(&["--include", ""])), Some(2));
    fs::write(
        shop.0.join("tamarack.toml"),
        "[[spec]]\nfile = \"pets.yaml\"\nexclude = [\"/pets\"]\n",
    )
    .expect("a file");
    let project = shop.run(&["generate"]);
    assert!(
        out(&project).contains("1 operation (1 excluded)"),
        "{}{}",
        out(&project),
        err(&project)
    );
}

/// `PETS` in two files.
fn pets_in_two_files(shop: &Shop) {
    fs::create_dir_all(shop.0.join("parts")).expect("a folder");
    let (paths, _) = PETS.split_once("components:").expect("it has some");
    shop.put("pets.yaml", &paths.replace("'#/components/schemas/Pets'", "'parts/all.json#/Pets'"));
    shop.put(
        "parts/all.json",
        r#"{"Pets": {"type": "object", "properties": {"names": {"$ref": "n.yaml"}}}}"#,
    );
    shop.put("parts/n.yaml", "type: array\nitems: {type: strng}\n");
}

#[test]
fn a_document_of_several_files_is_read_and_its_faults_have_places_in_them() {
    let shop = Shop::new("files", PETS);
    pets_in_two_files(&shop);
    let run = shop.generate(&[]);
    assert_eq!(code(&run), Some(0), "{}", err(&run));
    assert!(err(&run).contains(" --> parts/n.yaml:2:15\n"), "{}", err(&run));
    shop.put("parts/n.yaml", "type: array\nitems: {type: string}\n");
    let stale = shop.generate(&["--check"]);
    assert_eq!((code(&stale), err(&stale).contains("strng")), (Some(5), false), "{}", err(&stale));
    assert_eq!(code(&shop.generate(&["--strict"])), Some(0));
    assert!(shop.read("out/src/types.rs").contains("pub struct Pets "));

    // A file is found from another folder too, and one that is missing has its reason.
    fs::create_dir_all(shop.0.join("deep")).expect("a folder");
    let mut command = run::tamarack(&shop.0.join("deep"));
    let away = command.args(["check", "../pets.yaml"]).output().expect("the binary runs");
    assert_eq!(code(&away), Some(0), "{}", err(&away));
    fs::remove_file(shop.0.join("parts/n.yaml")).expect("it is there");
    let run = shop.run(&["check", "pets.yaml"]);
    assert_eq!(code(&run), Some(4));
    assert!(err(&run).contains("parts/all.json:1:"), "{}", err(&run));
    assert!(err(&run).contains("help: `parts/n.yaml`: "), "{}", err(&run));
}

#[test]
fn the_diff_compares_what_other_files_say() {
    let shop = Shop::new("files_diff", PETS);
    pets_in_two_files(&shop);
    shop.put("parts/n.yaml", "type: array\nitems: {type: string}\n");
    shop.put("whole.yaml", PETS);
    let same = shop.run(&["diff", "whole.yaml", "pets.yaml", "--fail-on", "wire"]);
    assert_eq!(code(&same), Some(0), "{}{}", out(&same), err(&same));
    shop.put("parts/n.yaml", "type: array\nitems: {type: integer}\n");
    let other = shop.run(&["diff", "whole.yaml", "pets.yaml", "--fail-on", "breaking"]);
    assert_eq!(code(&other), Some(6), "{}{}", out(&other), err(&other));
    let places = shop.run(&["diff", "whole.yaml", "pets.yaml", "--format", "github"]);
    assert!(out(&places).contains("file=parts/all.json,line=1,"), "{}", out(&places));
}
