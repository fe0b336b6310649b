//! A subset of a document: what is generated, what goes with it, and what is said of patterns that match nothing.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use tamarack::api::Type;
use tamarack::project::Project;
use tamarack::render::{Paint, Texts, text};
use tamarack::report::Report;
use tamarack::{
    Choices, Input, Mode, Model, Outcome, Settings, Subset, Text, Verdict, generate, read,
};

const ZOO: &str = "\
openapi: 3.1.0
info: {title: Zoo, version: '1'}
servers: [{url: https://zoo.example}]
tags: [{name: animals}]
paths:
  /animals:
    get:
      tags: [animals]
      operationId: list_animals
      responses:
        '200': {description: d, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Animal'}}}}}
    post:
      tags: [animals, keepers]
      operationId: add_animal
      responses: {'201': {$ref: '#/components/responses/Added'}}
  /keepers/{id}:
    parameters: [{$ref: '#/components/parameters/Id'}]
    get:
      tags: [keepers]
      operationId: get_keeper
      responses:
        '200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Keeper'}}}}
  /tickets:
    get:
      operationId: list_tickets
      responses:
        '200':
          description: d
          content: {application/json: {schema: {type: object, properties: {price: {type: object, properties: {n: {type: integer}}}}}}}
  /sales:
    get:
      operationId: list_sales
      responses:
        '200': {description: d, content: {application/json: {schema: {$ref: '#/paths/~1tickets/get/responses/200/content/application~1json/schema/properties/price'}}}}
components:
  parameters: {Id: {name: id, in: path, required: true, schema: {$ref: '#/components/schemas/KeeperId'}}}
  responses:
    Added: {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Added'}}}}
  schemas:
    Animal: {type: object, discriminator: {propertyName: kind}, required: [kind], properties: {kind: {type: string}, home: {$ref: '#/components/schemas/Cage'}}}
    Bear: {allOf: [{$ref: '#/components/schemas/Animal'}, {type: object, properties: {den: {type: string}}}]}
    Cub: {allOf: [{$ref: '#/components/schemas/Bear'}, {type: object, properties: {age: {type: integer}}}]}
    Cage: {type: object, properties: {n: {type: integer}}}
    Added: {type: object, properties: {first: {$ref: '#/components/schemas/Stamp'}}}
    Stamp: {type: object, properties: {at: {type: string}, password: {type: string}}}
    Keeper: {type: object, properties: {id: {$ref: '#/components/schemas/KeeperId'}, boss: {$ref: '#/components/schemas/Keeper'}}}
    KeeperId: {type: string, maxLength: 8}
    Unused: {type: object, properties: {odd: {type: strng}}}
webhooks: {fed: {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Stamp'}}}}, responses: {}}}}
";

fn subset(include: &[&str], exclude: &[&str]) -> Choices {
    let owned = |all: &[&str]| all.iter().map(|it| (*it).to_owned()).collect();
    let subset = Subset { include: owned(include), exclude: owned(exclude) };
    Choices { subset, ..Choices::default() }
}

fn zoo(include: &[&str], exclude: &[&str]) -> Input {
    Input { choices: subset(include, exclude), ..Input::new("zoo.yaml", ZOO) }
}

fn outcome(input: &Input, mode: Mode) -> Outcome {
    generate(input, &Settings { mode, ..Settings::module("zoo.yaml") })
}

fn model(input: &Input) -> Model {
    read(input).model.expect("it can be read")
}

/// Returns the operations and the component schemas of a model.
fn parts(model: &Model) -> (Vec<&str>, Vec<String>) {
    let schemas = model.raw["components"]["schemas"].as_mapping().expect("there are some");
    (
        model.api.operations.iter().map(|it| it.id.as_str()).collect(),
        schemas.keys().filter_map(|it| Some(it.as_str()?.to_owned())).collect(),
    )
}

#[test]
fn operations_are_chosen_by_tag_path_and_id() {
    let all = ["list_animals", "add_animal", "get_keeper", "list_tickets", "list_sales"];
    for (include, exclude, expected) in [
        (&["tag:keepers"][..], &[][..], &all[1..3]),
        (&["keepers"], &[], &all[1..3]),
        (&["/animals"], &[], &all[..2]),
        (&["GET /animals"], &[], &all[..1]),
        (&["* /keepers/*"], &[], &all[2..3]),
        (
            &["id:list_*", "get_keeper"],
            &["/tickets", "list_sales"],
            &["list_animals", "get_keeper"],
        ),
        (&[], &["tag:*"], &all[3..]),
    ] {
        let model = model(&zoo(include, exclude));
        assert_eq!(parts(&model).0, expected, "{include:?} {exclude:?}");
        assert_eq!(model.declared.operations, 5);
        assert_eq!(model.left_out.operations, 5 - expected.len());
    }
}

#[test]
fn what_only_excluded_operations_use_goes_with_them() {
    for (include, expected) in [
        ("get_keeper", &["Keeper", "KeeperId"][..]),
        ("add_animal", &["Added", "Stamp"]),
        // What extends a schema with a discriminator comes where a value is of that schema.
        ("list_animals", &["Animal", "Bear", "Cub", "Cage"]),
        ("list_sales", &[]),
    ] {
        let model = model(&zoo(&[include], &[]));
        assert_eq!(parts(&model).1, expected, "{include}");
        assert_eq!(model.left_out.schemas, 9 - expected.len());
    }
    // A schema of which only another one is made brings none of the others that extend it.
    let bear = ZOO.replace(
        "schema: {$ref: '#/components/schemas/Keeper'}",
        "schema: {$ref: '#/components/schemas/Bear'}",
    );
    let input = Input { choices: subset(&["get_keeper"], &[]), ..Input::new("zoo.yaml", bear) };
    assert_eq!(parts(&model(&input)).1, ["Animal", "Bear", "Cage", "KeeperId"]);
}

#[test]
fn nothing_is_said_of_what_is_left_out() {
    let whole = read(&zoo(&[], &[]));
    let codes = |it: &Outcome| it.diagnostics.open.iter().map(|it| it.code.0).collect::<Vec<_>>();
    assert_eq!(codes(&whole), ["OAS104"]);
    let all = ["animals", "keepers", "/tickets", "/sales"];
    assert_eq!(codes(&read(&zoo(&all, &[]))), [""; 0]);
    // Webhooks have neither a tag nor a path, and stay where nothing is included.
    assert_eq!(model(&zoo(&[], &["/tickets"])).api.webhooks.len(), 1);
    assert!(model(&zoo(&["/tickets"], &[])).api.webhooks.is_empty());
}

#[test]
fn a_part_of_an_excluded_operation_that_is_used_is_read_and_the_operation_is_not() {
    let outcome = outcome(&zoo(&["/sales"], &[]), Mode::Strict);
    assert_eq!(outcome.verdict, Verdict::Sound, "{:?}", outcome.diagnostics.open);
    let model = outcome.model.expect("it is there");
    assert_eq!(parts(&model).0, ["list_sales"]);
    assert_eq!(model.left_out.operations, 4);
    let whole = read(&zoo(&[], &[])).model.expect("it is there");
    let of = |model: &Model| {
        let it = model.api.operations.iter().find(|it| it.id == "list_sales");
        match &it.expect("it is there").responses[0].contents[0].ty.ty {
            Type::Named(id) => model.api.type_def(*id).pointer.clone(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(of(&model), of(&whole));
}

#[test]
fn entries_of_the_overlay_about_what_is_left_out_are_not_missed() {
    let overlay = "\
[[secret]]\nat = \"#/components/schemas/Cage/properties/n\"\nreason = \"r\"
[[name]]\nat = \"#/paths/~1keepers~1{id}/get\"\nname = \"keeper\"\nreason = \"r\"
[[accept]]\ncode = \"OAS317\"\nat = \"#/components/schemas/Keeper\"\nreason = \"r\"\n";
    let overlay = overlay.replace("Cage/properties/n", "Stamp/properties/at");
    let with = |include: &str, overlay: &str| {
        let overlay = Some(Text::new("zoo.overlay.toml", overlay));
        outcome(&Input { overlay, ..zoo(&[include], &[]) }, Mode::Strict)
    };
    assert_eq!(with("/sales", &overlay).verdict, Verdict::Sound);
    // What is generated is looked at as ever.
    let wrong = overlay.replace("Stamp/properties/at", "Stamp/properties/when");
    assert_eq!(with("/sales", &wrong).verdict, Verdict::Sound);
    assert_eq!(with("add_animal", &wrong).verdict, Verdict::Refused);
    assert_eq!(with("add_animal", &overlay).verdict, Verdict::Sound);
}

#[test]
fn a_pattern_that_matches_nothing_is_an_error_with_the_nearest_name() {
    for (include, exclude, expected) in [
        (&["tag:animal"][..], &[][..], "did you mean the tag `animals`?"),
        (&["list_tikets"], &[], "did you mean the operation `list_tickets`?"),
        (&["/keepers"], &[], "for all paths below it write `/keepers/*`"),
        (&["/ticket"], &[], "did you mean the path `/tickets`?"),
        (&["PUT /tickets"], &[], "`/tickets` has no operation of that method"),
        (&["x"], &[], "the tags are `animals`, `keepers`"),
        (
            &["animals"],
            &["id:nothing_like_it"],
            "`id:nothing_like_it` in `exclude` matches no operation",
        ),
        (&["animals"], &["/animals"], "no operation is left"),
    ] {
        let input = zoo(include, exclude);
        let outcome = outcome(&input, Mode::Lenient);
        let said = text(&outcome.diagnostics.open, &Texts::new(&input), Paint::Plain);
        assert!(said.contains(expected), "{said}");
        assert_eq!(outcome.verdict, Verdict::Refused);
        assert!(outcome.files.is_empty());
    }
}

#[test]
fn the_report_counts_what_is_left_out_apart() {
    let input = zoo(&["animals"], &[]);
    let outcome = read(&input);
    let said = outcome.diagnostics.all();
    let report = Report::new("zoo.yaml", outcome.model.as_ref(), &said, &Texts::new(&input), 0.0);
    let of = |it: &tamarack::report::Operations| (it.declared, it.excluded, it.generated);
    assert_eq!(of(&report.operations), (5, 3, 2));
    assert_eq!((report.schemas.declared, report.schemas.excluded), (9, 3));
    assert!(report.operations.skipped.is_empty() && report.operations.degraded.is_empty());
}

#[test]
fn a_project_file_has_patterns() {
    let text = "[[spec]]\nfile = \"a.yaml\"\ninclude = [\"pets\"]\nexclude = [\"/b/*\", \"c\"]\n";
    let project = Project::parse("p", text).expect("it is right");
    assert_eq!(project.specs[0].choices, subset(&["pets"], &["/b/*", "c"]));
    for (wrong, place) in [("\"pets\"", "3:11"), ("[\"a\", 1]", "3:17"), ("[\"\"]", "3:12")] {
        let errors = Project::parse("p", &text.replace("[\"pets\"]", wrong)).expect_err(wrong);
        assert!(errors[0].to_string().contains(place), "{}", errors[0]);
    }
}

/// Each operation of a document alone says nothing that the whole document does not say.
#[test]
fn one_operation_is_read_as_in_the_whole_document() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the repository");
    let project = fs::read_to_string(root.join("tamarack.toml")).expect("it is there");
    let project = Project::parse("tamarack.toml", &project).expect("it is right");
    let mut n = 0;
    for spec in project.crates.iter().flat_map(|it| &it.specs) {
        let content = fs::read_to_string(root.join(&spec.file)).expect("it is there");
        let overlay = fs::read_to_string(root.join(spec.overlay_beside())).ok();
        let overlay = overlay.map(|it| Text::new("overlay.toml", it));
        let input = Input { overlay, ..Input::new("d.yaml", content) };
        let whole = read(&input);
        let said: BTreeSet<_> =
            whole.diagnostics.all().into_iter().map(|it| (it.code, it.at)).collect();
        for operation in &whole.model.expect("it can be read").api.operations {
            n += 1;
            let path = operation.pointer.tokens().swap_remove(1);
            let pattern = format!("{} {path}", operation.method);
            let part = read(&Input { choices: subset(&[&pattern], &[]), ..input.clone() });
            for it in part.diagnostics.all() {
                assert!(
                    said.contains(&(it.code, it.at.clone())),
                    "{}: {pattern}: {it:?}",
                    spec.file
                );
            }
            let model = part.model.unwrap_or_else(|| panic!("{}: {pattern}", spec.file));
            let read = model.api.operations.iter().find(|it| it.pointer == operation.pointer);
            let read = read.unwrap_or_else(|| panic!("{}: {pattern}", spec.file));
            let parameters = |it: &tamarack::api::Operation| {
                it.parameters.iter().map(|it| it.pointer.clone()).collect::<Vec<_>>()
            };
            assert_eq!(parameters(read), parameters(operation));
            assert_eq!(
                (read.responses.len(), read.degraded),
                (operation.responses.len(), operation.degraded)
            );
        }
    }
    assert!(n > 100, "{n}");
}
