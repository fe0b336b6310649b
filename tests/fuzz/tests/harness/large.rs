//! A crate whose code is too long for one file a module: it compiles, no file is long, and every path is what it
//! would be in one file.

use std::fmt::Write as _;

use tamarack_fuzz::{compile, pipeline};

/// Tags that must not become modules of their name, and one that is long enough to be divided by resources.
const TAGS: &[&str] = &["std", "mod", "type", "AUX", "serde_json", "日本", "Pet Shops", "types"];

/// A document with so many operations, half of them under one tag, and types that one tag, one resource or all use.
fn document(n: usize, n_common: usize) -> String {
    let mut paths = String::new();
    let mut schemas = String::new();
    for index in 0..n {
        let tag = if index % 2 == 0 { "large" } else { TAGS[index / 2 % TAGS.len()] };
        let resource = ["ships", "crews", "ports", "type"][index / 2 % 4];
        let response = |schema: &str| {
            format!(
                "{{description: d, content: {{application/json: {{schema: {{$ref: '#/components/schemas/{schema}'}}}}}}}}"
            )
        };
        let _ = writeln!(
            paths,
            "  /fleet/{resource}/{{id}}/n{index}:\n    get:\n      tags: ['{tag}']\n      \
             operationId: get_{index}\n      security: [{{key: []}}]\n      parameters:\n      \
             - {{name: id, in: path, required: true, schema: {{type: string}}}}\n      \
             - {{name: limit, in: query, schema: {{type: integer}}}}\n      \
             - {{name: the_first_of_three, in: query, required: true, schema: {{type: string}}}}\n      \
             - {{name: the_second_of_three, in: query, required: true, schema: {{type: string}}}}\n      \
             - {{name: the_third_of_three, in: query, required: true, schema: {{type: string}}}}\n      responses:\n        \
             '200': {}\n        '404': {}",
            response(&format!("Thing{index}")),
            response("Common0")
        );
        let next = format!("Common{}", index / 2 % n_common);
        let _ = writeln!(schemas, "    Thing{index}: {}", object(&next));
    }
    for index in 0..n_common {
        let _ =
            writeln!(schemas, "    Common{index}: {}", object(&format!("Common{}", index / 10)));
    }
    format!(
        "openapi: 3.0.3\ninfo: {{title: Fleet, version: '1'}}\nservers: [{{url: https://fleet.example}}]\n\
         paths:\n{paths}components:\n  securitySchemes:\n    key: {{type: apiKey, in: header, name: x-key}}\n  \
         schemas:\n{schemas}"
    )
}

fn object(next: &str) -> String {
    let plain = (0..8).map(|it| format!("p{it}: {{type: string}}, "));
    let next = format!("next: {{$ref: '#/components/schemas/{next}'}}");
    format!(
        "{{type: object, required: [p0, p1], properties: {{{}{next}}}}}",
        plain.collect::<String>()
    )
}

#[test]
fn a_large_crate_has_no_long_file_and_the_paths_of_a_small_one() {
    let n = 600;
    let mut files = pipeline::files(document(n, 160).as_bytes()).expect("it is OpenAPI");
    for module in ["types", "operations", "client"] {
        assert!(files.contains_key(&format!("src/{module}/mod.rs")), "{:?}", files.keys());
    }
    for name in [
        "operations/large_ships_get1",
        "operations/std_",
        "operations/u65e5u672c",
        "types/pet_shops",
        "types/common_common1",
    ] {
        assert!(files.contains_key(&format!("src/{name}.rs")), "{name} of {:?}", files.keys());
    }
    for (name, text) in &files {
        assert!(text.lines().count() <= 5_000, "{name}");
    }
    let mut code = String::new();
    for index in 0..n {
        let _ = writeln!(
            code,
            "/// Names it.\npub fn call_{index}(it: &Client) -> \
             (tamarack_runtime::Call<operations::Get{index}>, Option<types::Thing{index}>, \
             Option<operations::Get{index}Error>) {{ (it.get_{index}(\"a\", \"b\", \"c\", \"d\"), None, None) }}",
        );
    }
    files.get_mut("src/lib.rs").expect("a crate has a root").push_str(&code);
    let refused = compile::refused(&[files]).expect("cargo runs");
    assert_eq!(refused.get(&0), None);
}

#[test]
fn a_small_crate_has_one_file_a_module() {
    let files = pipeline::files(document(4, 4).as_bytes()).expect("it is OpenAPI");
    let names: Vec<_> =
        files.keys().map(String::as_str).filter(|it| it.starts_with("src/")).collect();
    assert_eq!(names, ["src/client.rs", "src/lib.rs", "src/operations.rs", "src/types.rs"]);
}
