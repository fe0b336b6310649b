//! Types that stand one inside the other, deeper than the compiler follows them by itself: their crates compile.

use std::fmt::Write as _;

use tamarack_fuzz::{compile, pipeline};

/// A document with so many schemas, each with a list of the next; the last has one of the first, or of none.
fn document(n: usize, is_ring: bool) -> String {
    let response = "{description: d, content: {application/json: {schema: {$ref: '#/components/schemas/T0'}}}}";
    let mut acc = format!(
        "openapi: 3.0.3\ninfo: {{title: Chain, version: '1'}}\nservers: [{{url: https://chain.example}}]\n\
         paths:\n  /a:\n    get:\n      operationId: get_a\n      responses:\n        '200': {response}\n        \
         '404': {response}\ncomponents:\n  schemas:\n"
    );
    for index in 0..n {
        let next = if index + 1 < n || is_ring {
            format!("{{$ref: '#/components/schemas/T{}'}}", (index + 1) % n)
        } else {
            "{type: string}".to_owned()
        };
        let _ = writeln!(
            acc,
            "    T{index}: {{type: object, properties: {{next: {{type: array, items: {next}}}}}}}"
        );
    }
    acc
}

#[test]
fn types_that_nest_deep_compile() {
    let crates: Vec<_> = [(16, false), (17, false), (40, false), (200, false), (60, true)]
        .into_iter()
        .map(|(n, is_ring)| {
            pipeline::files(document(n, is_ring).as_bytes()).expect("it is OpenAPI")
        })
        .collect();
    let has_limit = |it: &pipeline::Files| it["src/lib.rs"].contains("#![recursion_limit = ");
    assert_eq!(crates.iter().map(has_limit).collect::<Vec<_>>(), [false, true, true, true, true]);
    assert_eq!(compile::refused(&crates).expect("cargo runs"), [].into());
}
