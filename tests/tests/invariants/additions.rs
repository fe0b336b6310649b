//! An addition to a document renames nothing that existed; a name conflict names both places.

use std::collections::BTreeSet;

use serde_yaml::Value;
use tamarack::Input;
use tamarack::codes;
use tamarack::diagnostic::Severity;
use tamarack::strict::Mode;
use tamarack_tests::documents::{at_mut, map_at, put_first, tree, ways_to, with_tree};
use tamarack_tests::items::names;
use tamarack_tests::{one, specs};

const SHELTER: &str = include_str!("../../fixtures/shelter.oas.yaml");

fn inputs() -> Vec<Input> {
    let mut acc: Vec<_> = specs::all().into_iter().map(|spec| spec.input).collect();
    acc.push(one::input(SHELTER));
    acc
}

/// Returns every public name of the module, each with its file.
fn all_names(input: &Input) -> BTreeSet<String> {
    let outcome = one::generate(input, Mode::Lenient);
    assert!(outcome.said.is_empty(), "{:#?}", outcome.said);
    let of_file = |(file, text): (&String, &String)| -> Vec<String> {
        names(text).into_iter().map(|it| format!("{file}: {it}")).collect()
    };
    outcome.files.iter().flat_map(of_file).collect()
}

/// Asserts that after a change every name is still there, and some are new.
fn check(input: &Input, change: &str, tree: &Value, least_added: usize) {
    let (lost, n_added) = difference(input, tree);
    assert!(lost.is_empty(), "{}: {change} loses {lost:#?}", input.spec.name);
    assert!(n_added >= least_added, "{}: {change} adds {n_added} names", input.spec.name);
}

/// Returns the names that a change loses, and how many it adds.
fn difference(input: &Input, tree: &Value) -> (Vec<String>, usize) {
    let (before, after) = (all_names(input), all_names(&with_tree(input, tree)));
    let lost = before.difference(&after).cloned().collect();
    (lost, after.difference(&before).count())
}

/// Returns the ways to what `wanted` is true of; what is written several times
/// stands together, since whoever changes one copy changes them all.
fn copies(tree: &Value, wanted: &impl Fn(&Value) -> bool) -> Vec<Vec<Vec<Value>>> {
    let mut acc: Vec<(Value, Vec<Vec<Value>>)> = Vec::new();
    for way in ways_to(tree, wanted) {
        let mut copy = at_mut(&mut tree.clone(), &way).clone();
        // A copy of a component says so; the component does not.
        copy.as_mapping_mut().and_then(|it| it.remove("x-component-name"));
        match acc.iter_mut().find(|(seen, _)| *seen == copy) {
            Some((_, ways)) => ways.push(way),
            None => acc.push((copy, vec![way])),
        }
    }
    acc.into_iter().map(|(_, ways)| ways).collect()
}

fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).expect("a value")
}

#[test]
fn a_property() {
    let is_object = |value: &Value| value.get("properties").is_some_and(Value::is_mapping);
    let added = yaml("{type: string, enum: [one, two]}");
    for input in inputs() {
        let original = tree(&input.spec.content);
        let groups = copies(&original, &is_object);
        assert!(groups.len() >= 2);
        for ways in groups {
            let mut tree = original.clone();
            for way in &ways {
                let properties = at_mut(&mut tree, way)["properties"].as_mapping_mut().unwrap();
                put_first(properties, "added", added.clone());
            }
            // A field with its setter, an enum with two variants.
            check(&input, &format!("a property at {ways:?}"), &tree, 4);
        }
    }
}

/// A required property with one known value is filled in by the constructor and
/// has a setter. A second value makes it an argument of the constructor, which
/// takes the place of the setter; that is the one name that may go.
#[test]
fn a_value_of_an_enum() {
    for input in inputs() {
        let original = tree(&input.spec.content);
        for key in ["enum", "x-enum"] {
            let lists = |value: &Value| value.get(key).is_some_and(Value::is_sequence);
            for ways in copies(&original, &lists) {
                let mut tree = original.clone();
                for way in &ways {
                    let values = at_mut(&mut tree, way)[key].as_sequence_mut().unwrap();
                    values.insert(0, "added".into());
                }
                let property = ways[0].last().and_then(Value::as_str).unwrap_or_default();
                let setter = format!("types.rs: impl TokenRequest fn with_{property}");
                let (mut lost, n_added) = difference(&input, &tree);
                lost.retain(|it| *it != setter);
                assert!(lost.is_empty(), "{}: {ways:?} loses {lost:#?}", input.spec.name);
                // A variant of each type that the copies of the list have: one, or one each.
                let is_right = (1..=ways.len()).contains(&n_added);
                assert!(is_right, "{}: {ways:?} adds {n_added}", input.spec.name);
            }
        }
    }
}

#[test]
fn an_operation() {
    let added = yaml(
        "{get: {operationId: added, parameters: [{name: q, in: query, schema: {type: string}}], \
         responses: {'200': {description: Added., content: {application/json: {schema: \
         {type: object, properties: {state: {type: string, enum: [on, off]}}}}}}}}}",
    );
    for input in inputs() {
        let original = tree(&input.spec.content);
        let (mut first, mut last) = (original.clone(), original);
        put_first(map_at(&mut first, &["paths"]), "/added", added.clone());
        map_at(&mut last, &["paths"]).insert("/added".into(), added.clone());
        for tree in [first, last] {
            // The method, its error, its options, its body and the enum in it.
            check(&input, "an operation", &tree, 10);
        }
    }
}

#[test]
fn a_schema() {
    let added = yaml("{type: object, properties: {state: {type: string, enum: [on, off]}}}");
    for input in inputs() {
        let original = tree(&input.spec.content);
        let (mut first, mut last) = (original.clone(), original);
        put_first(map_at(&mut first, &["components", "schemas"]), "Added", added.clone());
        map_at(&mut last, &["components", "schemas"]).insert("Added".into(), added.clone());
        for tree in [first, last] {
            check(&input, "a schema", &tree, 6);
        }
    }
}

/// Adds a schema whose name an inline type has: the component wins, and both places are said. The
/// other name is a word and moves no more, so that nothing has to be settled.
#[test]
fn a_schema_that_takes_a_name() {
    let input = one::input(SHELTER);
    let mut tree = tree(SHELTER);
    let taken = map_at(&mut tree, &["components", "schemas"]);
    taken.insert("CatMood".into(), yaml("{type: object, properties: {level: {type: integer}}}"));
    let collided = with_tree(&input, &tree);
    for mode in [Mode::Lenient, Mode::Strict] {
        let outcome = one::generate(&collided, mode);
        let [said] = outcome.said.as_slice() else { panic!("{:#?}", outcome.said) };
        assert_eq!((said.code, said.severity), (codes::NAME_OF_COMPONENT, Severity::Warning));
        assert_eq!(said.at.as_str(), "#/components/schemas/Cat/allOf/1/properties/mood");
        assert_eq!(said.others[0].0.as_str(), "#/components/schemas/CatMood");
        let help = said.help.as_deref().unwrap_or_default();
        assert!(help.contains("[[name]]") && help.contains("CatMoodProperty"), "{help}");
        let types = names(&outcome.files["types.rs"]);
        assert!(types.contains("struct CatMood") && types.contains("enum CatMoodProperty"));
    }
}

/// The overlay entry that a collision's help gives settles it.
#[test]
fn a_collision_is_settled_by_what_its_help_says() {
    let input = one::input(SHELTER);
    let mut tree = tree(SHELTER);
    map_at(&mut tree, &["components", "schemas"]).insert("cat".into(), yaml("{type: object}"));
    let collided = with_tree(&input, &tree);
    let said = one::generate(&collided, Mode::Lenient).said;
    let help = said[0].help.as_deref().unwrap_or_default();
    let (_, entry) = help.split_once('\n').expect("the entry stands below the first line");
    let settled = one::overlaid(&collided.spec.content, entry);
    let said = one::generate(&settled, Mode::Strict).said;
    assert!(said.is_empty(), "{said:#?}");
}

/// The errors of `list_animals` are called as the operation `list_animals_error` would be.
#[test]
fn an_operation_that_takes_the_name_of_an_error() {
    let input = one::input(SHELTER);
    let mut tree = tree(SHELTER);
    let added =
        yaml("{get: {operationId: list_animals_error, responses: {'204': {description: Done.}}}}");
    map_at(&mut tree, &["paths"]).insert("/added".into(), added);
    let outcome = one::generate(&with_tree(&input, &tree), Mode::Lenient);
    let [said] = outcome.said.as_slice() else { panic!("{:#?}", outcome.said) };
    assert_eq!(said.code, codes::NAME_COLLISION);
    assert_eq!(said.at.as_str(), "#/paths/~1added/get");
    // `names` panics when a name is declared twice.
    let operations = names(&outcome.files["operations.rs"]);
    assert!(operations.contains("struct ListAnimals"), "{operations:?}");
    assert!(operations.contains("struct ListAnimalsError2"), "{operations:?}");
}
