//! The first run of a newcomer: a document and no flag, outside and inside of a workspace, and what a person adds.

use std::io::Write as _;
use std::process::{Output, Stdio};

use crate::outside::Outside;
use crate::run;

const PETS: &str = "\
openapi: 3.0.3
info: {title: Pet Shop, version: '1'}
servers: [{url: https://pets.example.com}]
security: [{key: []}]
paths:
  /pets:
    post:
      operationId: add_pet
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
      responses: {'204': {description: Added.}}
    get:
      operationId: list_pets
      parameters:
      - {name: kind, in: query, required: true, schema: {type: string, enum: [cat, dog]}}
      responses:
        '200':
          description: All pets.
          content:
            application/json:
              schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
  schemas:
    Pet: {type: object, required: [name], properties: {name: {type: string}}}
";

fn generate(place: &Outside, args: &[&str]) -> Output {
    run::tamarack(&place.0).arg("generate").args(args).output().expect("the binary runs")
}

/// Returns what a run printed that went well.
fn generated(place: &Outside, args: &[&str]) -> String {
    let output = generate(place, args);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{args:?}: {said}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn succeeds(output: &Output) {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_document_alone_becomes_a_crate_that_builds() {
    let place = Outside::new("first-run");
    place.put("pets.yaml", PETS);
    let said = generated(&place, &["pets.yaml"]);
    // The last line is a command that works as it stands there.
    let next =
        said.lines().last().and_then(|it| it.strip_prefix("next: cargo ")).expect("a command");
    let next = next.split(';').next().unwrap_or_default();
    assert_eq!(next, "check --manifest-path pet-shop/Cargo.toml --examples");
    let example = place.read("pet-shop/examples/first-call.rs");
    // The operation that changes nothing, with its argument and its credential.
    assert!(example.contains("client.list_pets(types::ListPetsKind::Cat).await?"), "{example}");
    assert!(example.contains("Credential::Key(variable(\"API_KEY\")?.into())"), "{example}");
    succeeds(&place.cargo("pet-shop", &["check", "--examples"]));
    assert!(place.read("pet-shop/README.md").contains("# pet-shop\n"));
    assert_eq!(place.read("pet-shop/.gitignore").lines().last(), Some("/target"));
    assert!(generated(&place, &["pets.yaml"]).contains(" 0 files changed, "));
    assert!(generated(&place, &["pets.yaml", "--check"]).contains("is up to date"));
}

#[test]
fn in_a_workspace_the_crate_is_a_member_that_others_use() {
    let place = Outside::new("member");
    place.put("pets.yaml", PETS);
    place.put(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"app\", \"crates/*\"]\n\
         [workspace.package]\nlicense = \"MIT\"\nversion = \"7.0.0\"\n\
         [workspace.dependencies]\nserde_json = \"1.0\"\n",
    );
    place.put(
        "app/Cargo.toml",
        "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
         [dependencies]\npet-shop = { path = \"../crates/pet-shop\" }\n",
    );
    // The runtime comes with the crate.
    place.put(
        "app/src/lib.rs",
        "pub fn limits() -> pet_shop::runtime::Limits { pet_shop::runtime::Limits::default() }\n",
    );
    let said = generated(&place, &["pets.yaml", "--out", "crates/pet-shop"]);
    assert!(!said.contains("note"), "{said}");
    let manifest = place.read("crates/pet-shop/Cargo.toml");
    assert!(manifest.contains("\nlicense.workspace = true\n"), "{manifest}");
    assert!(manifest.contains("\nserde_json = { workspace = true }\n"), "{manifest}");
    assert!(manifest.contains("\nversion = \"1.0.0\"\n"), "{manifest}");
    assert!(!manifest.contains("[workspace]"), "{manifest}");
    succeeds(&place.cargo(".", &["check", "--workspace", "--examples"]));
}

#[test]
fn a_standalone_crate_below_a_workspace_says_what_to_exclude() {
    let place = Outside::new("standalone");
    place.put("pets.yaml", PETS);
    place.put("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = []\n");
    let said = generated(&place, &["pets.yaml", "--out", "crates/pets", "--standalone"]);
    assert!(said.contains("add \"crates/pets\" to its `exclude`"), "{said}");
    assert!(place.read("crates/pets/Cargo.toml").contains("\n[workspace]\n"));
    assert!(place.read("crates/pets/src/lib.rs").contains("--standalone"));
    place.put(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = []\nexclude = [\"crates/pets\"]\n",
    );
    succeeds(&place.cargo("crates/pets", &["metadata", "--no-deps", "--format-version", "1"]));
}

#[test]
fn what_a_person_adds_changes_or_deletes_stays() {
    let place = Outside::new("person");
    place.put("pets.yaml", PETS);
    generated(&place, &["pets.yaml"]);
    let manifest = place.read("pet-shop/Cargo.toml");
    let mine = manifest
        .replace("[features]\n", "[features]\nmine = [] # ours\n")
        .replace("edition =", "license = \"MIT\"\npublish = false\nedition =");
    place.put("pet-shop/Cargo.toml", &mine);
    place.put("pet-shop/README.md", "# Our pets\n");
    std::fs::remove_file(place.0.join("pet-shop/.gitignore")).expect("it is there");
    assert!(generated(&place, &["pets.yaml", "--check"]).contains("is up to date"));
    // A new version of the API changes what is the generator's, and nothing else.
    place.put("pets.yaml", &PETS.replace("version: '1'", "version: '2'"));
    generated(&place, &["pets.yaml"]);
    let updated = mine.replace("1.0.0", "2.0.0").replace("\"1\"\n\n[package", "\"2\"\n\n[package");
    let updated = updated.replace("Pet Shop, version 1", "Pet Shop, version 2");
    assert_eq!(place.read("pet-shop/Cargo.toml"), updated);
    assert_eq!(place.read("pet-shop/README.md"), "# Our pets\n");
    assert!(!place.0.join("pet-shop/.gitignore").exists());
    assert!(place.read("pet-shop/examples/first-call.rs").contains("version `2`"));

    place.put("pet-shop/Cargo.toml", &format!("{updated}]"));
    let output = generate(&place, &["pets.yaml"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("cannot read `pet-shop/Cargo.toml`: TOML parse error"), "{said}");
}

#[test]
fn the_runtime_that_a_crate_has_is_kept_and_a_workspace_gives_its_own() {
    let place = Outside::new("runtime");
    place.put("pets.yaml", PETS);
    place.put(
        "mine/Cargo.toml",
        "[package]\nname = \"tamarack-runtime\"\nversion = \"0.1.0\"\nedition = \"2024\"\n",
    );
    generated(&place, &["pets.yaml", "--runtime-path", "mine"]);
    let with = "tamarack-runtime = { path = \"../mine\", version";
    assert!(place.read("pet-shop/Cargo.toml").contains(with));
    generated(&place, &["pets.yaml"]);
    assert!(place.read("pet-shop/Cargo.toml").contains(with));
    // What is no longer there is looked for again.
    std::fs::remove_dir_all(place.0.join("mine")).expect("it is there");
    generated(&place, &["pets.yaml"]);
    let found = place.read("pet-shop/Cargo.toml");
    assert!(!found.contains("mine") && found.contains("/runtime\", version"), "{found}");

    place.put(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n\
         [workspace.dependencies]\ntamarack-runtime = { git = \"https://git.example/tamarack\" }\n",
    );
    generated(&place, &["pets.yaml", "--out", "crates/pets"]);
    let manifest = place.read("crates/pets/Cargo.toml");
    assert!(manifest.contains("tamarack-runtime = { workspace = true }\n"), "{manifest}");
}

#[test]
fn a_document_comes_from_standard_input_and_a_url_is_downloaded_first() {
    let place = Outside::new("stdin");
    let mut child = run::tamarack(&place.0)
        .args(["generate", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    child.stdin.take().expect("a pipe").write_all(PETS.as_bytes()).expect("it is read");
    assert!(child.wait().expect("it ends").success());
    assert!(
        place.read("pet-shop/src/lib.rs").contains("from `<stdin>` with `tamarack generate -`")
    );

    let output = generate(&place, &["https://pets.example.com/v1/pets.yaml"]);
    assert_eq!(output.status.code(), Some(3));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let help = "\nhelp: download it first: curl --fail --location --output pets.yaml \
                https://pets.example.com/v1/pets.yaml\n";
    assert!(said.ends_with(help), "{said}");
}
