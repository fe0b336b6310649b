//! What a build script writes and tells cargo.

use std::fs;

use super::*;

const PETS: &str = "\
openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets:
    get: {operationId: list_pets, responses: {'204': {description: None.}}}
";

/// A folder of one test, which goes away with this value.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, document: &str) -> Self {
        let dir = env::temp_dir().join(format!("tamarack-build-{name}-{}", std::process::id()));
        let folder = Self(dir);
        sync::write(&BTreeMap::new(), &folder.0, Owned::Crate(&[])).expect("a folder");
        folder.put("my-pets.oas.yaml", document);
        folder
    }

    fn put(&self, name: &str, text: &str) {
        sync::write_file(&self.0.join(name), text).expect("a file");
    }

    fn build(&self) -> Build {
        configure().spec(self.0.join("my-pets.oas.yaml")).out_dir(self.0.join("out"))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn one_file_is_to_be_included_and_cargo_watches_what_is_read() {
    let folder = Folder::new("good", PETS);
    folder.put("pets.toml", "");
    let mut told = String::new();
    folder.build().overlay(folder.0.join("pets.toml")).compile_telling(&mut told).unwrap();
    let watched = ["my-pets.oas.yaml", "pets.toml"]
        .map(|it| format!("cargo::rerun-if-changed={}\n", folder.0.join(it).display()));
    assert_eq!(told, watched.concat());
    let text = fs::read_to_string(folder.0.join("out/my_pets.rs")).unwrap();
    let file = syn::parse_file(&text).unwrap();
    // `include!` takes no attribute or doc of a file itself.
    assert!(file.attrs.is_empty() && text.ends_with("pub mod my_pets;\n"), "{text}");
    assert!(folder.0.join("out/tamarack/my_pets/operations.rs").is_file());
}

#[test]
fn types_are_those_of_libraries_and_derive_what_is_asked_for() {
    let pets = format!(
        "{PETS}components: {{schemas: {{Pet: {{type: object, properties: {{born: {{type: string, format: date}}}}}}}}}}\n"
    );
    let folder = Folder::new("typed", &pets);
    let derive = |name: &str| Derive::new(["Eq"]).unwrap().of([name]);
    let build = || folder.build().with(Library::Jiff);
    build().derive(derive("Pet")).compile_telling(&mut String::new()).unwrap();
    let types = fs::read_to_string(folder.0.join("out/tamarack/my_pets/types.rs")).unwrap();
    assert!(types.contains("#[derive(Eq)]"), "{types}");
    assert!(types.contains("pub born: Option<Typed<jiff1::Date>>,"), "{types}");

    let mut told = String::new();
    let error = build().derive(derive("Pets")).compile_telling(&mut told).unwrap_err();
    assert!(matches!(error, Error::Refused(_)), "{error:?}");
    assert!(told.contains("did you mean `Pet`?"), "{told}");
    let error = build().with(Library::Time).compile_telling(&mut told).unwrap_err();
    assert!(matches!(error, Error::Formats(_)), "{error:?}");
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let gap = PETS.replace("{description: None.}", "{description: None., x: 1, content: 3}");
    let folder = Folder::new("gap", &gap);
    let mut told = String::new();
    folder.build().compile_telling(&mut told).unwrap();
    let place = format!("cargo::warning= --> {}:5:", folder.0.join("my-pets.oas.yaml").display());
    assert!(told.contains(&place), "{told}");
    told.clear();
    let refused = folder.build().mode(Mode::Strict).compile_telling(&mut told);
    assert!(matches!(refused, Err(Error::Refused(_))), "{refused:?}");
    assert!(told.contains("cargo::error="), "{told}");
    assert!(told.lines().all(|it| it.starts_with("cargo::")), "{told}");
}

#[test]
fn a_configuration_that_cannot_be_is_an_error() {
    let folder = Folder::new("wrong", PETS);
    let fails = |build: Build| build.compile_telling(&mut String::new()).unwrap_err();
    assert!(matches!(fails(configure()), Error::NoSpec));
    assert!(matches!(fails(folder.build().module("type")), Error::Module(_)));
    let twice = folder.build().spec(folder.0.join("my-pets.json"));
    assert!(matches!(fails(twice), Error::Module(_)));
    let gone = folder.build().spec(folder.0.join("gone.yaml"));
    assert!(matches!(fails(gone), Error::Read(path, _) if path.ends_with("gone.yaml")));
}

#[test]
fn operations_are_chosen_and_a_pattern_that_matches_none_is_told() {
    let document = PETS.to_owned() + "  /shops: {get: {operationId: list_shops, responses: {}}}\n";
    let folder = Folder::new("subset", &document);
    let mut told = String::new();
    folder.build().include("/*").exclude("list_shops").compile_telling(&mut told).unwrap();
    let operations = folder.0.join("out/tamarack/my_pets/operations.rs");
    let code = fs::read_to_string(operations).expect("it is written");
    assert!(code.contains("ListPets") && !code.contains("ListShops"), "{code}");
    let refused = folder.build().include("list_pet").compile_telling(&mut told);
    assert!(matches!(refused, Err(Error::Refused(_))));
    assert!(told.contains("did you mean the operation `list_pets`?"), "{told}");
}

#[test]
fn cargo_watches_the_files_that_a_document_refers_to() {
    let document = PETS.replace(
        "{'204': {description: None.}}",
        "{'200': {$ref: 'parts/r.yaml'}, '404': {$ref: 'none.yaml'}}",
    );
    let folder = Folder::new("files", &document);
    sync::write(&BTreeMap::new(), &folder.0.join("parts"), Owned::Crate(&[])).expect("a folder");
    folder.put("parts/r.yaml", "{description: d, content: {text/plain: {schema: {type: string}}}}");
    let mut told = String::new();
    folder.build().compile_telling(&mut told).unwrap();
    for name in ["parts/r.yaml", "none.yaml"] {
        let path = folder.0.join(name).to_string_lossy().replace('\\', "/");
        assert!(told.contains(&format!("cargo::rerun-if-changed={path}\n")), "{told}");
    }
    assert!(told.contains("cannot be read"), "{told}");
}
