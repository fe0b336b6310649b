//! The page on the project file: every key is on it, and every example does what the page says.

use std::process::Output;

use crate::outside::{Outside, root};
use crate::{fences, run};

const PAGE: &str = include_str!("../../../docs/project-file.md");

/// A document with something that cannot be generated.
pub(crate) const HARBOUR: &str = "\
openapi: 3.0.3
info: {title: Harbour, version: '1'}
servers: [{url: https://harbour.example.com}]
paths:
  /ships:
    get:
      operationId: list_ships
      tags: [ships]
      responses:
        '200':
          description: All ships.
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Ship'}}}}
  /ships/{ship}/owner:
    get:
      operationId: get_owner
      tags: [ships]
      parameters: [{name: ship, in: path, required: true, schema: {type: string}}]
      responses: {'204': {description: None.}}
  /piers/{pier}:
    get:
      operationId: get_pier
      parameters: [{name: pier, in: path, required: true, schema: {type: string}}]
      responses: {'204': {description: None.}}
  /tides: {get: {operationId: list_tides, responses: {'204': {description: None.}}}}
components:
  schemas:
    Ship: {type: object, required: [berth], properties: {berth: {type: string}, built: {type: string, format: date}}}
";

/// One with a gap, which `strict` does not let pass.
pub(crate) const FLEET: &str = "\
openapi: 3.0.3
info: {title: Fleet, version: '2'}
servers: [{url: https://fleet.example.com}]
paths:
  /cargo:
    get:
      operationId: get_cargo
      responses:
        '200':
          description: What is on board.
          content: {application/json: {schema: {$ref: '#/components/schemas/Cargo'}}}
components:
  schemas:
    Cargo:
      properties: {owner: {type: string}}
      oneOf:
      - {type: object, properties: {weight: {type: number}}}
      - {type: string}
";

pub(crate) const NAMES: &str = "\
[[name]]
at = \"#/components/schemas/Ship\"
name = \"Vessel\"
reason = \"The word of our other services.\"
";

/// Returns the blocks of TOML of the page, in order.
fn examples() -> Vec<&'static str> {
    let blocks = fences::blocks(PAGE).into_iter().filter(|it| it.info == "toml");
    blocks.map(|it| it.text).collect()
}

/// Returns the first example with a text in it.
fn example(with: &str) -> &'static str {
    let found = examples().into_iter().find(|it| it.contains(with));
    found.unwrap_or_else(|| panic!("no example has `{with}`"))
}

/// Makes a folder with the documents of the page and a project file.
fn folder(name: &str, project: &str) -> Outside {
    let place = Outside::new(&format!("project-{name}"));
    place.put("harbour.yaml", HARBOUR);
    place.put("fleet.yaml", FLEET);
    place.put("names.toml", NAMES);
    let runtime = std::fs::read_to_string(root().join("runtime/Cargo.toml")).expect("a manifest");
    place.put("vendor/runtime/Cargo.toml", &runtime);
    place.put("tamarack.toml", project);
    place
}

fn generate(place: &Outside, args: &[&str]) -> Output {
    run::tamarack(&place.0).arg("generate").args(args).output().expect("the binary runs")
}

/// Generates what an example says.
fn generated(name: &str, project: &str) -> Outside {
    let place = folder(name, project);
    let output = generate(&place, &[]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{project}: {said}");
    place
}

#[test]
fn every_key_has_an_example() {
    for (table, wrong) in [
        ("the file", "nonsense = 1\n"),
        ("`[[spec]]`", "[[spec]]\nfile = \"a\"\nnonsense = 1\n"),
        (
            "`[[crate]]`",
            "[[crate]]\nname = \"a\"\nnonsense = 1\nspec = [{ file = \"a\", module = \"b\" }]\n",
        ),
        (
            "`[[crate.spec]]`",
            "[[crate]]\nname = \"a\"\n[[crate.spec]]\nfile = \"a\"\nmodule = \"b\"\nnonsense = 1\n",
        ),
        (
            "`[[spec.derive]]`",
            "[[spec]]\nfile = \"a\"\nderive = [{ traits = [\"Eq\"], nonsense = 1 }]\n",
        ),
        (
            "`[[spec.replace]]`",
            "[[spec]]\nfile = \"a\"\nreplace = [{ type = \"A\", with = \"b\", nonsense = 1 }]\n",
        ),
    ] {
        let errors = tamarack::project::Project::parse("p", wrong).expect_err("no such key");
        let said = errors[0].to_string();
        let (_, known) = said.split_once("its keys are ").expect("the keys there are");
        let known: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
        assert!(known.len() > 2, "{table}: {known:?}");
        for key in known {
            let is_shown = |it: &str| {
                it.lines().any(|line| {
                    line.starts_with(&format!("{key} = "))
                        || (line.starts_with("[[") && line.ends_with(&format!("{key}]]")))
                })
            };
            assert!(examples().into_iter().any(is_shown), "{table}: `{key}`");
        }
    }
}

#[test]
fn every_example_can_be_generated_and_is_up_to_date_then() {
    for (index, project) in examples().into_iter().enumerate() {
        let place = generated(&format!("each-{index}"), project);
        let output = generate(&place, &["--check"]);
        let said = String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(0), "{project}: {said}");
        assert!(said.contains("is up to date"), "{said}");
    }
}

#[test]
fn a_document_alone_is_a_crate_that_is_called_like_its_api() {
    let place = generated("alone", example("file = \"harbour.yaml\"\n"));
    assert!(place.read("harbour/Cargo.toml").contains("\nname = \"harbour\"\n"));
    let head = "@generated by tamarack from `harbour.yaml` with `tamarack generate`; do not edit.";
    assert!(place.read("harbour/src/lib.rs").contains(head));
}

#[test]
fn out_and_name_say_where_and_what() {
    let place = generated("out", example("out = \"clients/harbour\""));
    assert!(place.read("clients/harbour/Cargo.toml").contains("\nname = \"harbour-client\"\n"));
}

#[test]
fn an_overlay_is_named_or_beside_the_document() {
    let types = |place: &Outside| place.read("harbour/src/types.rs");
    assert!(types(&generated("overlay", example("overlay = "))).contains("pub struct Vessel"));
    let place = folder("beside", example("file = \"harbour.yaml\"\n"));
    place.put("harbour.overlay.toml", NAMES);
    assert_eq!(generate(&place, &[]).status.code(), Some(0));
    assert!(types(&place).contains("pub struct Vessel"));
    // One that does not fit stops the run, as one that the command line names does.
    place.put("harbour.overlay.toml", &NAMES.replace("Ship", "Boat"));
    assert_eq!(generate(&place, &[]).status.code(), Some(4));
    let place = folder("no-overlay", &example("overlay = ").replace("names.toml", "none.toml"));
    assert_eq!(generate(&place, &[]).status.code(), Some(3));
}

#[test]
fn strict_is_for_all_unless_an_entry_says_otherwise() {
    let project = example("strict = false");
    generated("strict", project);
    let place = folder("stricter", &project.replace("strict = false\n", ""));
    let output = generate(&place, &[]);
    assert_eq!(output.status.code(), Some(4));
    assert!(String::from_utf8_lossy(&output.stderr).contains("error[OAS301]"));
    // One document that is refused leaves all crates unwritten.
    assert!(!place.0.join("harbour").exists());
}

#[test]
fn formats_have_the_types_of_the_libraries_that_are_named() {
    let place = generated("with", example("with = "));
    assert!(place.read("harbour/src/types.rs").contains("pub built: Option<Typed<jiff1::Date>>"));
    let features = "features = [\"jiff1\", \"uuid1\"]";
    assert!(place.read("harbour/Cargo.toml").contains(features));
    assert!(!place.read("fleet/Cargo.toml").contains("jiff"));
    for (wrong, said) in [
        ("with = [\"jif\"]", "1:8: no format has a type of `jif`: did you mean `jiff`?"),
        (
            "with = [\"chrono\", \"time\"]",
            "1:8: `chrono` and `time` both have a type for the format `date-time`: choose one",
        ),
    ] {
        let project = example("with = ").replace("with = [\"jiff\", \"uuid\"]", wrong);
        let output = generate(&folder("with-wrong", &project), &[]);
        assert_eq!(output.status.code(), Some(3));
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(text.contains(said), "{text}");
    }
}

#[test]
fn types_derive_what_the_file_says() {
    let place = generated("derive", example("traits = [\"Eq\", \"Hash\"]"));
    let types = place.read("harbour/src/types.rs");
    let derived = "#[derive(Clone, Debug, PartialEq)]\n#[derive(Eq, Hash)]\n#[non_exhaustive]\npub struct Ship {";
    assert!(types.contains(derived), "{types}");
    let output = place.cargo("harbour", &["check", "--no-default-features"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));

    let place = generated("derive-of-a-crate", example("schemars"));
    let manifest: toml::Table = toml::from_str(&place.read("harbour/Cargo.toml")).expect("TOML");
    let dependency = &manifest["dependencies"]["schemars"];
    assert_eq!(dependency["version"].as_str(), Some("1"));
    assert_eq!(dependency["features"].to_string(), "[\"url2\"]");
    let types = place.read("harbour/src/types.rs");
    assert_eq!(types.matches("#[derive(schemars::JsonSchema)]").count(), 1, "{types}");
}

#[test]
fn what_cannot_be_derived_is_an_error() {
    let project = example("traits = [\"Eq\", \"Hash\"]");
    for (from, to, code, said) in [
        ("[\"Ship\"]", "[\"Shp\"]", 4, "no type is called `Shp`, which is to derive"),
        ("[\"Ship\"]", "[\"Shp\"]", 4, "help: did you mean `Ship`?"),
        ("\"Hash\"", "\"a b\"", 3, "5:10: `a b` is no path of a trait"),
        (
            "\"Hash\"",
            "\"serde::Serialize\"",
            3,
            "every type that can have `serde::Serialize` has it",
        ),
        ("traits = [\"Eq\", \"Hash\"]\n", "", 3, "`[[spec.derive]]` has no `traits`"),
        ("types =", "dependencies = { a = 1 }\ntypes =", 3, "`dependencies` must be a table"),
    ] {
        assert!(project.contains(from), "{from}");
        let place = folder("derive-wrong", &project.replace(from, to));
        let output = generate(&place, &[]);
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{to}: {text}");
        assert!(text.contains(said), "{to}: {text}");
        assert!(!place.0.join("harbour").exists());
    }
}

/// A type that keeps where a ship lies as a number, and whatever else the server says.
const SHIP: &str = "\
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Ship {
    #[serde(flatten)]
    pub all: BTreeMap<String, serde_json::Value>,
}
";

const PORT_TYPES: &str = "\
[package]
name = \"port-types\"
version = \"0.1.0\"
edition = \"2024\"

[dependencies]
serde = { version = \"1\", features = [\"derive\"] }
serde_json = \"1\"

[workspace]
";

/// A test of the generated crate: a list of ships is one of ours, and what the document does not declare is kept.
const USE: &str = "\
#[test]
fn a_ship_is_ours() {
    let text = r##\"{\"berth\":\"7\",\"flag\":\"NO\"}\"##;
    let ship: port_types::Ship = serde_json::from_str::<harbour::types::Ship>(text).unwrap();
    assert_eq!(ship.all[\"flag\"], \"NO\");
}
";

#[test]
fn a_type_written_by_hand_stands_for_a_generated_one() {
    let place = folder("replace", example("with = \"port_types::Ship\""));
    place.put("port-types/Cargo.toml", PORT_TYPES);
    place.put("port-types/src/lib.rs", SHIP);
    let output = generate(&place, &[]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    let types = place.read("harbour/src/types.rs");
    assert!(types.contains("pub type Ship = port_types::Ship;"), "{types}");
    assert!(!types.contains("struct Ship"), "{types}");
    place.put("harbour/tests/ship.rs", USE);
    let output = place.cargo("harbour", &["test", "--no-default-features", "--test", "ship"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn what_cannot_be_replaced_is_an_error() {
    let project = example("with = \"port_types::Ship\"");
    for (from, to, code, said) in [
        ("\"Ship\"", "\"Shp\"", 4, "no type is called `Shp`, which is to be replaced"),
        ("\"Ship\"", "\"Shp\"", 4, "help: did you mean `Ship`?"),
        ("port_types::Ship", "a b", 3, "6:8: `a b` is no path of a type"),
        ("type = \"Ship\"\n", "", 3, "`[[spec.replace]]` has no `type`"),
    ] {
        assert!(project.contains(from), "{from}");
        let place = folder("replace-wrong", &project.replacen(from, to, 1));
        let output = generate(&place, &[]);
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{to}: {text}");
        assert!(text.contains(said), "{to}: {text}");
        assert!(!place.0.join("harbour").exists());
    }
}

#[test]
fn a_crate_can_be_a_workspace_of_its_own_and_have_a_report() {
    let place = generated("own", example("standalone = true"));
    assert!(place.read("harbour/Cargo.toml").contains("\n[workspace]\n"));
    let place = generated("report", example("report = "));
    let report: serde_json::Value =
        serde_json::from_str(&place.read("harbour.report.json")).expect("JSON");
    assert_eq!(report["spec"], "harbour.yaml");
}

#[test]
fn a_crate_of_several_documents_builds_with_each_feature() {
    let place = generated("several", example("[[crate]]"));
    let manifest: toml::Table = toml::from_str(&place.read("port/Cargo.toml")).expect("TOML");
    assert_eq!(
        manifest["features"]["default"].to_string(),
        "[\"harbour\", \"fleet-v2\", \"reqwest013\"]"
    );
    assert_eq!(manifest["package"]["version"].as_str(), Some("0.1.0"));
    let output = place.cargo("port", &["check", "--no-default-features", "--features", "fleet-v2"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_manifest_of_a_crate_of_several_documents_keeps_what_a_person_adds() {
    let place = generated("several-all", example("feature = \"berths\""));
    let manifest = place.read("clients/port/Cargo.toml");
    for expected in [
        "\ndescription = \"What is in the port\"\n",
        "\npublish = false\n",
        "\ndefault = [\"fleet-v2\", \"reqwest013\"]\n",
        "\nberths = []\n",
        "\n[workspace]\n",
    ] {
        assert!(manifest.contains(expected), "{expected}: {manifest}");
    }
    assert!(place.read("clients/port/src/harbour/types.rs").contains("pub struct Vessel"));
    let mine = manifest.replace("\nversion = \"0.1.0\"", "\nversion = \"3.1.4\" # ours");
    assert_ne!(mine, manifest);
    place.put("clients/port/Cargo.toml", &mine);
    assert_eq!(generate(&place, &["--check"]).status.code(), Some(0));
    // A document that is taken out goes with its feature, one that comes brings its own.
    let project = example("feature = \"berths\"").replace("default = false\n", "");
    let project = project.replace("\"berths\"", "\"quays\"");
    place.put("tamarack.toml", &project);
    assert_eq!(generate(&place, &[]).status.code(), Some(0));
    let manifest = place.read("clients/port/Cargo.toml");
    assert!(!manifest.contains("berths"), "{manifest}");
    assert!(
        manifest.contains("\ndefault = [\"fleet-v2\", \"reqwest013\", \"quays\"]\n"),
        "{manifest}"
    );
    assert!(manifest.contains("version = \"3.1.4\" # ours"), "{manifest}");
}

#[test]
fn the_runtime_and_the_command_are_those_of_the_file() {
    let place = generated("runtime", example("runtime-path"));
    assert!(place.read("harbour/Cargo.toml").contains("path = \"../vendor/runtime\""));
    assert!(place.read("harbour/src/lib.rs").contains("with `make clients`"));
    place.put("harbour.yaml", &HARBOUR.replace("berth", "quay"));
    let output = generate(&place, &["--check"]);
    assert_eq!(output.status.code(), Some(5));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("modified: harbour/src/types.rs"), "{said}");
    assert!(said.ends_with("harbour/ is stale: 1 modified; run `make clients`\n"), "{said}");
}
