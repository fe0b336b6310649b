//! The same document gives the same bytes; where its order is irrelevant, the same declarations.
//!
//! Types, operations and their errors stand in the order of the document, so
//! that a reader finds them where the document has them. The order of
//! components and paths therefore changes the order of the output, and must
//! change nothing else. The order of properties is not shuffled here: it
//! decides the order of fields and of the constructor's arguments.

use std::collections::BTreeSet;

use serde_yaml::{Mapping, Value};
use tamarack::Input;
use tamarack::strict::Mode;
use tamarack_tests::documents::{map_at, reverse, rotate, tree, with_tree};
use tamarack_tests::items::declarations;
use tamarack_tests::one::{self, Outcome};
use tamarack_tests::specs::{self, CLIENTS, GOLDENS};

/// The documents of both crates, and one more with the shapes that clients lack.
fn inputs() -> Vec<Input> {
    let both = [CLIENTS, GOLDENS].map(specs::of);
    let mut acc: Vec<_> = both.into_iter().flatten().map(|spec| spec.input).collect();
    acc.push(one::input(include_str!("../../fixtures/shelter.oas.yaml")));
    acc
}

fn generate(input: &Input) -> Outcome {
    let outcome = one::generate(input, Mode::Lenient);
    // Not every document declares headers of responses or webhooks, or is generated with checks of values.
    let is_of_all =
        |it: &&String| !["headers.rs", "validate.rs", "webhooks.rs"].contains(&it.as_str());
    let n_files = outcome.files.keys().filter(is_of_all).count();
    assert_eq!(n_files, 4, "{:?}", outcome.said);
    outcome
}

/// Returns every declaration with its file, and what was said.
fn declared(outcome: &Outcome) -> BTreeSet<String> {
    let said = outcome.said.iter().map(|it| format!("{}: {}", it.at, it.title));
    let files = outcome.files.iter();
    files
        .flat_map(|(name, text)| {
            declarations(text).into_iter().map(move |it| format!("{name}: {it}"))
        })
        .chain(said)
        .collect()
}

/// Checks that a change of order in the map at `keys` changes no declaration.
fn check_shuffled(keys: &[&str]) {
    let all = inputs();
    let has_map = |input: &&Input| {
        let tree = tree(&input.spec.content);
        keys.iter().try_fold(&tree, |node, key| node.get(*key)).is_some_and(Value::is_mapping)
    };
    for input in all.iter().filter(has_map) {
        let before = generate(input);
        for shuffle in [reverse, rotate] as [fn(&mut Mapping); 2] {
            let mut tree = tree(&input.spec.content);
            shuffle(map_at(&mut tree, keys));
            let after = generate(&with_tree(input, &tree));
            let (after, before) = (declared(&after), declared(&before));
            let differing: Vec<_> = after.symmetric_difference(&before).collect();
            assert!(differing.is_empty(), "{}: {differing:#?}", input.spec.name);
        }
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for input in inputs() {
        let (first, second) = (generate(&input), generate(&input));
        assert_eq!(first.files, second.files, "{}", input.spec.name);
        assert_eq!(first.said, second.said, "{}", input.spec.name);
    }
}

#[test]
fn the_order_of_schemas_changes_no_declaration() {
    check_shuffled(&["components", "schemas"]);
}

#[test]
fn the_order_of_components_changes_no_declaration() {
    check_shuffled(&["components"]);
}

#[test]
fn the_order_of_paths_changes_no_declaration() {
    check_shuffled(&["paths"]);
}

#[test]
fn the_order_of_the_top_level_keys_changes_no_byte() {
    for input in inputs() {
        let mut tree = tree(&input.spec.content);
        reverse(map_at(&mut tree, &[]));
        assert_eq!(generate(&with_tree(&input, &tree)).files, generate(&input).files);
    }
}

#[test]
fn json_gives_the_bytes_that_yaml_gives() {
    for input in inputs() {
        let mut json = input.clone();
        json.spec.content =
            serde_json::to_string_pretty(&tree(&input.spec.content)).expect("a tree is JSON");
        assert!(json.spec.content.starts_with('{'));
        assert_eq!(generate(&json).files, generate(&input).files, "{}", input.spec.name);
    }
}
