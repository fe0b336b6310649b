//! Recursive types as JSON and back: `Node`, `Tree`, `Layers`, `Box`.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tamarack_goldens::golden::shapes::v1::operations::PlantTree;
use tamarack_goldens::golden::shapes::v1::types::{
    Box as BoxType, Crown, Forest, Kind, LayerList, Layers, Section, SectionFirst, SectionRestItem,
    Steps, StepsItem, Tree,
};
use tamarack_goldens::golden::unions::v1::types::{Branch, Leaf, LeafType, Node};

use crate::{answered, assert_round_trips, built, json_body};

#[test]
fn a_union_on_a_ring() {
    let leaf = || Node::Leaf(Leaf::new("leaf"));
    let json = json!({
        "type": "branch",
        "left": {"type": "branch", "left": {"type": "leaf"}, "right": {"type": "leaf"}},
    });
    let mut inner = Branch::new("branch", leaf());
    inner.right = Some(Box::new(leaf()));
    let outer = Branch::new("branch", Node::Branch(Box::new(inner)));
    assert_eq!(assert_round_trips::<Node>(&json), Node::Branch(Box::new(outer)));
}

#[test]
fn the_unknown_inside_the_known_is_kept() {
    let json = json!({
        "type": "branch",
        "left": {"type": "thorn", "sharp": true},
        "right": {"left": {"type": "leaf"}},
    });
    let Node::Branch(branch) = assert_round_trips(&json) else { panic!("{json}") };
    assert_eq!(*branch.left, Node::Unrecognized(json["left"].clone()));
    assert_eq!(branch.right.as_deref(), Some(&Node::Unrecognized(json["right"].clone())));
    let Node::Leaf(leaf) = assert_round_trips(&json!({"type": "leaf"})) else { panic!("a leaf") };
    assert_eq!(leaf.r#type, LeafType::Leaf);
    assert!(serde_json::from_str::<Node>(r#"{"type":"branch"}"#).is_err(), "`left` is required");
}

fn oak_in_a_pine() -> (Tree, Value) {
    let oak = Tree::new(Kind::Oak, Crown::new().with_leaves(3)).with_height(2.5);
    let saplings = vec![Tree::new("larch", Crown::new()), Tree::new("", Crown::new())];
    let pine = Tree::new("pine-4.1", Crown::new().with_nest(oak.clone()))
        .with_parent(oak)
        .with_saplings(saplings)
        .with_rings(7);
    let json = json!({
        "kind": "pine-4.1",
        "crown": {"nest": {"kind": "oak", "crown": {"leaves": 3}, "height": 2.5}},
        "parent": {"kind": "oak", "crown": {"leaves": 3}, "height": 2.5},
        "saplings": [{"kind": "larch", "crown": {}}, {"kind": "", "crown": {}}],
        "rings": 7,
    });
    (pine, json)
}

#[test]
fn a_tree_in_the_crown_of_a_tree() {
    let (tree, json) = oak_in_a_pine();
    assert_eq!(assert_round_trips::<Tree>(&json), tree);
    let request = built(PlantTree::new(tree)).unwrap();
    assert_eq!((request.method().as_str(), request.uri().path()), ("POST", "/base/trees"));
    assert_eq!(json_body(&request), json);
}

/// Deeper than any generated type could be spelled out.
#[test]
fn fifty_trees_in_each_other() {
    let mut json = json!({"kind": "oak", "crown": {}});
    for _ in 0..50 {
        json = json!({"kind": "oak", "crown": {"nest": json}});
    }
    let mut tree: &Tree = &assert_round_trips(&json);
    let mut depth = 0;
    while let Some(nest) = &tree.crown.nest {
        (tree, depth) = (nest, depth + 1);
    }
    assert_eq!(depth, 50);
}

#[test]
fn a_forest_is_a_map_of_trees() {
    let (tree, json) = oak_in_a_pine();
    let forest = json!({"": json, "a/b ü": {"kind": "oak", "crown": {}}});
    let read: Forest = assert_round_trips(&forest);
    let oak = Tree::new("oak", Crown::new());
    let expected = [(String::new(), tree), ("a/b ü".to_owned(), oak)];
    assert_eq!(read, BTreeMap::from(expected));
    let reply = answered::<PlantTree>(201, forest.to_string()).unwrap();
    assert_eq!(*reply.body(), read);
    assert!(assert_round_trips::<Forest>(&json!({})).is_empty());
}

#[test]
fn layers_in_layers() {
    let json = json!({"a": [{}, {"b": [], "c": [{"d": []}]}], "": []});
    let layers: Layers = assert_round_trips(&json);
    let inner = &layers.value["a"].value[1];
    assert_eq!(inner.value["b"], LayerList { value: Vec::new() });
    assert_eq!(inner.value["c"].value[0].value.keys().collect::<Vec<_>>(), ["d"]);
    assert!(serde_json::from_str::<Layers>(r#"{"a": {}}"#).is_err(), "a list, not an object");
}

#[test]
fn a_box_in_a_box() {
    let json = json!({"inside": {"inside": {}}});
    let boxes = BoxType::new().with_inside(BoxType::new().with_inside(BoxType::new()));
    assert_eq!(assert_round_trips::<BoxType>(&json), boxes);
}

/// What a section holds extends the section: `first` needs a title, each of
/// `rest` a number, and so does what they hold in turn.
#[test]
fn a_section_in_an_extended_section() {
    let json = json!({
        "title": "all",
        "next": {"rest": []},
        "first": {"title": "a", "first": {"title": "b", "next": {}}},
        "rest": [{"number": 1, "rest": [{"number": 2, "title": "c"}]}],
    });
    let b = SectionFirst::new("b").with_next(Section::new());
    let inner = SectionRestItem::new(2).with_title("c");
    let section = Section::new()
        .with_title("all")
        .with_next(Section::new().with_rest(Vec::new()))
        .with_first(SectionFirst::new("a").with_first(b))
        .with_rest(vec![SectionRestItem::new(1).with_rest(vec![inner])]);
    assert_eq!(assert_round_trips::<Section>(&json), section);
    let untitled = json!({"first": {"title": "a", "first": {}}});
    assert!(serde_json::from_value::<Section>(untitled).is_err(), "`title` is required");
}

#[test]
fn steps_of_steps() {
    let step = |value| StepsItem { value };
    let steps: Steps = assert_round_trips(&json!([[], [[], [[]]]]));
    let last = step(vec![step(Vec::new()), step(vec![step(Vec::new())])]);
    assert_eq!(steps, vec![step(Vec::new()), last]);
}
