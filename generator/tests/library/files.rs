//! Documents of several files: what comes from another file, what it is called, and where messages point.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_yaml::{Mapping, Value};
use tamarack::project::Project;
use tamarack::render::{Paint, Texts, text};
use tamarack::{Input, Mode, Outcome, Settings, Text, gather, generate, read};

const HEAD: &str =
    "openapi: 3.0.3\ninfo: {title: T, version: '1'}\nservers: [{url: https://t.example}]\n";

/// Returns a document with the files that it refers to; the others are never asked for.
fn input(document: &str, files: &[(&str, &str)]) -> Input {
    let files: BTreeMap<&str, &str> = files.iter().copied().collect();
    let asked = |path: &str| {
        let known = files.get(path).map(|it| (*it).to_owned());
        known.ok_or_else(|| "there is none".to_owned())
    };
    gather(Input::new("v1/api.yaml", format!("{HEAD}{document}")), asked)
}

fn said(input: &Input) -> String {
    text(&read(input).diagnostics.open, &Texts::new(input), Paint::Plain)
}

/// Returns the types, each with its place.
fn types(input: &Input) -> Vec<String> {
    let outcome = outcome(input);
    assert!(outcome.diagnostics.open.is_empty(), "{}", said(input));
    let api = outcome.model.expect("it can be read").api;
    api.types
        .iter()
        .map(|it| it.pointer.as_str().trim_start_matches("#/components/").to_owned())
        .collect()
}

fn outcome(input: &Input) -> Outcome {
    generate(input, &Settings { mode: Mode::Strict, ..Settings::module("api.yaml") })
}

#[test]
fn what_is_referred_to_becomes_a_component() {
    let common = r#"{"components": {
        "parameters": {"Limit": {"name": "limit", "in": "query", "schema": {"$ref": "../deep/n.yml"}}},
        "schemas": {
            "A": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}, "next": {"$ref": "../v1/api.yaml#/components/schemas/B"}}},
            "C": {"type": "object", "properties": {"inner": {"type": "object", "properties": {"n": {"type": "integer"}}}}},
            "Unused": {"$ref": "missing.yaml"}
        }}}"#;
    let document = "\
paths:
  /a:
    get:
      operationId: a
      parameters: [{$ref: '../common/all.json#/components/parameters/Limit'}]
      responses: {'200': {description: d, content: {application/json: {schema: {$ref: '../common/all.json#/components/schemas/A'}}}}}
  /c: {$ref: './paths/c.yaml'}
components:
  schemas:
    B: {type: object, properties: {a: {$ref: '../common/all.json#/components/schemas/A'}}}
";
    let path = "get:\n  operationId: c\n  responses: {'200': {description: d, content: {application/json: {schema: {$ref: '../../common/all.json#/components/schemas/C/properties/inner'}}}}}\n";
    let files = [
        ("common/all.json", common),
        ("v1/paths/c.yaml", path),
        ("deep/n.yml", "{type: integer, maximum: 9}"),
    ];
    let input = input(document, &files);
    assert_eq!(
        input.files.keys().collect::<Vec<_>>(),
        ["common/all.json", "deep/n.yml", "v1/paths/c.yaml"]
    );
    assert_eq!(
        types(&input),
        ["schemas/B", "schemas/A", "schemas/C", "schemas/n", "schemas/C/properties/inner"]
    );
    let code = outcome(&input).files;
    assert!(code["types.rs"].contains("pub next: Option<Box<B>>"), "{}", code["types.rs"]);
    assert!(
        code["operations.rs"].contains("pub limit: Option<types::N>"),
        "{}",
        code["operations.rs"]
    );
    assert!(code["operations.rs"].contains("Json<types::CInner>"), "{}", code["operations.rs"]);
}

#[test]
fn a_component_or_a_path_that_is_a_reference_is_where_its_target_goes() {
    let document = "\
paths: {/b: {$ref: 'p.yaml'}, /a: {$ref: 'p.yaml', summary: s}}
components:
  schemas:
    Animal: {$ref: 'pet.yaml'}
    Pet: {$ref: 'pet.yaml#/definitions/Pet'}
    Zebra: {$ref: 'pet.yaml'}
";
    let pet = "type: object\nproperties: {pet: {$ref: '#/definitions/Pet'}}\ndefinitions: {Pet: {type: object, properties: {x: {$ref: '#'}}}}\n";
    let path = "get: {operationId: g, responses: {'200': {description: d, content: {application/json: {schema: {$ref: 'pet.yaml'}}}}}}\n";
    let input = input(document, &[("v1/pet.yaml", pet), ("v1/p.yaml", path)]);
    let model = read(&input).model.expect("it can be read");
    let names: Vec<_> = model.api.types.iter().map(|it| it.pointer.as_str()).collect();
    assert_eq!(
        &names[..3],
        ["#/components/schemas/Animal", "#/components/schemas/Pet", "#/components/schemas/Zebra"]
    );
    let operations: Vec<_> = (model.api.operations.iter())
        .map(|it| (it.template(), it.id.as_str(), it.pointer.as_str()))
        .collect();
    assert_eq!(
        operations,
        [("/b".to_owned(), "get_b", "#/paths/~1a/get"), ("/a".to_owned(), "g", "#/paths/~1a/get")]
    );
    let said = said(&input);
    assert!(said.contains("v1/p.yaml:1:20"), "{said}");
}

#[test]
fn schemas_of_one_name_have_that_of_their_file_in_front() {
    let pet = |it: &str| {
        format!(
            "components: {{schemas: {{Pet: {{type: object, properties: {{{it}: {{type: string}}}}}}}}}}"
        )
    };
    let document = "\
paths: {}
components:
  schemas:
    Pet: {type: object, properties: {own: {type: string}}}
    All: {type: object, properties: {a: {$ref: '#/components/schemas/Pet'}, b: {$ref: 'two.yaml#/components/schemas/Pet'}, c: {$ref: 'one.yaml#/components/schemas/Pet'}}}
";
    let (one, two) = (pet("one"), pet("two"));
    let files = [("v1/one.yaml", one.as_str()), ("v1/two.yaml", two.as_str())];
    assert_eq!(
        types(&input(document, &files)),
        ["schemas/Pet", "schemas/All", "schemas/one_Pet", "schemas/two_Pet"]
    );
}

#[test]
fn a_discriminator_leads_to_schemas_by_the_names_in_their_file() {
    let pets = "\
components:
  schemas:
    Pet: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind, mapping: {hound: Dog}}}
    Cat: {type: object, required: [kind], properties: {kind: {type: string}, lives: {type: integer}}}
    Dog: {type: object, required: [kind], properties: {kind: {type: string}, bark: {type: string}}}
    Base: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind}}
    Child: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {age: {type: integer}}}]}
";
    let document = "\
paths: {}
components:
  schemas:
    Cat: {type: string}
    Child: {type: string}
    Own: {type: object, properties: {pet: {$ref: 'pets.yaml#/components/schemas/Pet'}, base: {$ref: 'pets.yaml#/components/schemas/Base'}}}
";
    let input = input(document, &[("v1/pets.yaml", pets)]);
    let code = outcome(&input).files;
    let types = &code["types.rs"];
    assert!(outcome(&input).diagnostics.open.is_empty(), "{}", said(&input));
    for tag in ["is \"Cat\"", "is \"hound\"", "is \"Child\""] {
        assert!(types.contains(tag), "{tag}: {types}");
    }
}

#[test]
fn messages_point_into_the_file_that_has_the_fault() {
    let common = "\n\nA:\n  type: object\n  properties:\n    x: {type: strng}\n";
    let document =
        "paths: {}\ncomponents: {schemas: {B: {$ref: 'common.yaml#/A'}, C: {type: intger}}}\n";
    let said = said(&input(document, &[("v1/common.yaml", common)]));
    assert!(said.contains("--> v1/common.yaml:6:15\n"), "{said}");
    assert!(said.contains("--> v1/api.yaml:5:63\n"), "{said}");
}

#[test]
fn a_reference_that_is_not_followed_says_why() {
    let common = "A: {type: object, properties: {x: {$ref: '#/Missing'}}}\nBoat: {type: string}\n";
    for (reference, expected) in [
        ("https://a.example/x.yaml#/A", "nothing is fetched"),
        ("//a.example/x.yaml", "has a path that is not relative"),
        ("/etc/x.yaml", "has a path that is not relative"),
        ("other.yaml#/A", "`v1/other.yaml`: there is none"),
        ("broken.yaml", "`v1/broken.yaml`: the text is neither YAML nor JSON"),
        ("common.yaml#/Boot", "did you mean `#/Boat`?"),
        ("common.yaml#anchor", "points at nothing in `v1/common.yaml`"),
        ("common.yaml#/A", "points at nothing in `v1/common.yaml`: `v1/common.yaml#/Missing`"),
        ("passwd", "names neither a place nor a file"),
    ] {
        let document =
            format!("paths: {{}}\ncomponents: {{schemas: {{B: {{$ref: '{reference}'}}}}}}\n");
        let files = [("v1/common.yaml", common), ("v1/broken.yaml", "{")];
        let input = input(&document, &files);
        let said = said(&input);
        assert!(said.contains(expected), "{reference}: {said}");
        assert!(said.starts_with("error[OAS20"), "{said}");
    }
    // A schema of the document is none of the file that has no schema of that name.
    let document =
        "paths: {}\ncomponents: {schemas: {Missing: {type: string}, B: {$ref: 'a.yaml#/A'}}}\n";
    let a = "A: {type: object, properties: {x: {$ref: '#/components/schemas/Missing'}}}\n";
    assert!(
        said(&input(document, &[("v1/a.yaml", a)])).contains("points at nothing in `v1/a.yaml`")
    );
}

#[test]
fn files_that_refer_to_each_other_end() {
    let a = "A: {type: object, properties: {b: {$ref: 'b.yaml#/B'}}}\nL: {$ref: 'b.yaml#/L'}\n";
    let b = "B: {type: object, properties: {a: {$ref: './a.yaml#/A'}, api: {$ref: '../v1/api.yaml#/components/schemas/X'}}}\nL: {$ref: 'a.yaml#/L'}\n";
    let document = "paths: {}\ncomponents: {schemas: {X: {type: object, properties: {a: {$ref: 'a.yaml#/A'}}}}}\n";
    let files = [("v1/a.yaml", a), ("v1/b.yaml", b)];
    assert_eq!(types(&input(document, &files)), ["schemas/X", "schemas/A", "schemas/B"]);
    let ring = document.replace("a.yaml#/A", "a.yaml#/L");
    assert!(said(&input(&ring, &files)).contains("error[OAS203]"));
}

/// A document whose components are in another file means the same, whatever stands in it.
#[test]
fn a_document_in_two_files_is_the_document_in_one() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the repository");
    let project = fs::read_to_string(root.join("tamarack.toml")).expect("it is there");
    let project = Project::parse("tamarack.toml", &project).expect("it is right");
    for (n, spec) in project.crates.iter().flat_map(|it| &it.specs).enumerate() {
        let content = fs::read_to_string(root.join(&spec.file)).expect("it is there");
        let overlay = fs::read_to_string(root.join(spec.overlay_beside())).ok();
        let overlay = overlay.map(|it| Text::new("overlay.toml", it));
        let whole = Input { overlay, ..Input::new("api.yaml", content) };
        let Some((own, other)) = split(&whole.spec.content) else { continue };
        // The other file is JSON each second time.
        let other = if n % 2 == 0 {
            serde_yaml::to_string(&other).expect("a tree is YAML")
        } else {
            serde_json::to_string(&other).expect("a tree is JSON")
        };
        let own = serde_yaml::to_string(&own).expect("a tree is YAML");
        let spec_text = Text::new("api.yaml", own);
        let parts = gather(Input { spec: spec_text, ..whole.clone() }, |path| {
            assert_eq!(path, "parts/all.yaml");
            Ok(other.clone())
        });
        let settings = Settings::module("api.yaml");
        let (one, two) = (generate(&whole, &settings), generate(&parts, &settings));
        assert!(!two.files.is_empty(), "{}: {:?}", spec.file, two.diagnostics.open);
        assert!(one.files == two.files, "{}: {:?}", spec.file, two.diagnostics.open);
    }
}

/// Moves the components of a document into another file, and leaves references to them.
fn split(content: &str) -> Option<(Value, Value)> {
    let mut own: Value = serde_yaml::from_str(content).expect("it is YAML");
    own.apply_merge().expect("it is merged");
    let sections = ["schemas", "responses", "parameters", "requestBodies", "headers"];
    let mut moved = Mapping::new();
    for (section, nodes) in own.get_mut("components")?.as_mapping_mut()? {
        let section_name = section.as_str()?.to_owned();
        if !sections.contains(&section_name.as_str()) {
            continue;
        }
        let nodes = nodes.as_mapping_mut()?;
        moved.insert(section.clone(), Value::Mapping(nodes.clone()));
        for (name, node) in nodes.iter_mut() {
            let name = name.as_str()?.replace('~', "~0").replace('/', "~1").replace('%', "%25");
            let reference = format!("parts/all.yaml#/components/{section_name}/{name}");
            *node = Value::Mapping(Mapping::from_iter([("$ref".into(), reference.into())]));
        }
    }
    let components = Value::Mapping(moved);
    let mut other = Value::Mapping(Mapping::from_iter([("components".into(), components)]));
    // What the other file does not have is in the first one.
    back(&mut other);
    Some((own, other))
}

/// Lets references to paths lead back into the document.
fn back(node: &mut Value) {
    match node {
        Value::Mapping(members) => {
            for (name, member) in members {
                match member {
                    Value::String(text) if name.as_str() == Some("$ref") => {
                        if text.starts_with("#/paths") || text.starts_with("#/x-") {
                            *text = format!("../api.yaml{text}");
                        }
                    }
                    member => back(member),
                }
            }
        }
        Value::Sequence(elements) => elements.iter_mut().for_each(back),
        _ => {}
    }
}
