//! What no stage could bear is refused, or read as untyped JSON, with the limit in the message.

use serde_json::{Map, json};
use tamarack::api::Shape;

use crate::{input, run};

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: t, version: v}\npaths: {}\n";

#[track_caller]
fn refused(spec: &str, message: &str) {
    let (model, said) = run(&input(spec, None));
    assert!(model.is_none());
    assert!(said.contains(message), "{said}");
}

#[test]
fn what_nests_too_deep_is_refused_before_a_parser_sees_it() {
    const TOO_DEEP: &str = "the document nests deeper than 128 levels";
    for bracket in ["[", "{", "- ", "? ", "[a, ", "{a: ", "[\"]\", "] {
        refused(&bracket.repeat(200_000), TOO_DEEP);
        refused(&format!("{HEAD}x: 1\nx: 2\ny:\n  {}", bracket.repeat(200_000)), TOO_DEEP);
    }
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let balanced = format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
        refused(&format!("{{\"openapi\": \"3.0.3\", \"x\": {balanced}}}"), TOO_DEEP);
        refused(&format!("{HEAD}x: {balanced}\n"), TOO_DEEP);
    }
    let indented: Vec<_> = (0..2_000).map(|it| format!("{}a:\n", " ".repeat(it))).collect();
    refused(&format!("{HEAD}x:\n{}", indented.concat()), TOO_DEEP);
}

#[test]
fn text_that_looks_deep_is_read() {
    let brackets = "[".repeat(200_000);
    for text in [format!("|\n  {brackets}"), format!("\"{brackets}\""), format!("a {brackets}")] {
        let (model, said) = run(&input(&format!("{HEAD}x-text: {text}\n"), None));
        assert!(model.is_some(), "{said}");
    }
}

#[test]
fn aliases_repeat_a_million_values_at_most() {
    const TOO_MUCH: &str = "its aliases repeat too many values";
    let aliases = |n: usize, of: &dyn Fn(usize) -> String| (1..n).map(of).collect::<String>();
    let list =
        |it: usize| format!("x-{it}: &a{it} [{}]\n", vec![format!("*a{}", it - 1); 10].join(", "));
    refused(&format!("{HEAD}x-0: &a0 [a, b]\n{}", aliases(12, &list)), TOO_MUCH);
    let merge = |it: usize| {
        let members: Vec<_> = (0..10).map(|k| format!("k{k}: *a{}", it - 1)).collect();
        format!("x-{it}: &a{it} {{{}}}\n", members.join(", "))
    };
    refused(&format!("{HEAD}x-0: &a0 {{a: 1}}\n{}", aliases(12, &merge)), TOO_MUCH);
    // A long list leaves room for a hundred times its length, which is too much.
    let long = vec!["a"; 30_000].join(", ");
    let many = vec!["*a"; 60].join(", ");
    refused(&format!("{HEAD}x-0: &a [{long}]\nx-1: [{many}]\n"), TOO_MUCH);
    let few = format!("{HEAD}x-0: &a [a, b]\nx-1: [*a, *a]\nx-2: &m {{b: 1}}\nx-3: {{<<: *m}}\n");
    assert!(run(&input(&few, None)).0.is_some());
}

/// Each level includes the one below twice: 2^60 ways lead to the last one.
#[test]
fn a_diamond_of_all_of_is_merged_once() {
    let level = |it: usize| {
        let below = json!({"$ref": format!("#/components/schemas/L{}", it - 1)});
        let beside = json!({"allOf": [below], "minProperties": 1});
        let own = json!({"properties": {format!("p{it}"): {"type": "string"}}});
        (format!("L{it}"), json!({"allOf": [below, beside, own]}))
    };
    let end = ("L0".to_owned(), json!({"properties": {"p0": {"type": "string"}}}));
    let all: Map<_, _> = [end].into_iter().chain((1..=60).map(level)).collect();
    let spec = json!({"openapi": "3.0.3", "info": {"title": "t", "version": "v"}, "paths": {},
        "components": {"schemas": all}});
    let (model, said) = run(&input(&spec.to_string(), None));
    assert_eq!(said, "");
    let types = model.expect("the document can be read").api.types;
    let lengths = types.iter().map(|it| match &it.shape {
        Shape::Struct(it) => it.properties.len(),
        _ => 0,
    });
    assert_eq!(lengths.max(), Some(61));
}

#[test]
fn what_all_of_repeats_has_a_limit() {
    let mut all: Map<_, _> = (0..100)
        .map(|it| {
            let parts = json!([{"$ref": "#/components/schemas/Base"}, {"required": ["p0"]}]);
            (format!("T{it}"), json!({"allOf": parts}))
        })
        .collect();
    let properties: Map<_, _> = (0..1_000).map(|it| (format!("p{it}"), json!({}))).collect();
    all.insert("Base".to_owned(), json!({"properties": properties}));
    let spec = json!({"openapi": "3.0.3", "info": {"title": "t", "version": "v"}, "paths": {},
        "components": {"schemas": all}});
    let (_, said) = run(&input(&spec.to_string(), None));
    assert!(said.contains("its `allOf` repeats more than 50000 properties"), "{said}");
}

#[test]
fn an_overlay_nests_no_deeper_than_a_document() {
    let mut at = "#/x-a".to_owned();
    let mut entries = Vec::new();
    for _ in 0..300 {
        entries.push(format!("[[add]]\nat = \"{at}\"\nvalue = {{}}\nreason = \"r\"\n"));
        at += "/a";
    }
    let (model, said) = run(&input(HEAD, Some(&entries.concat())));
    assert!(model.is_none(), "an overlay takes effect as a whole");
    assert!(said.contains("does not fit: it nests deeper than 128 levels"), "{said}");
    let dotted = vec!["a"; 20_000].join(".");
    let overlay = format!("[[add]]\nat = \"#/x-b\"\nreason = \"r\"\nvalue.{dotted} = 1\n");
    assert!(
        run(&input(HEAD, Some(&overlay))).1.contains("cannot be read"),
        "a limit of TOML's reader"
    );
}
