//! A crate that the compiler refuses is found among others.

use tamarack_fuzz::{compile, pipeline};

#[test]
fn what_does_not_compile_is_told_by_its_code() {
    let files = pipeline::files(b"{openapi: 3.0.3, paths: {}}").expect("it is OpenAPI");
    let with = |code: &str| {
        let mut files = files.clone();
        files.get_mut("src/lib.rs").expect("a crate has a root").push_str(code);
        files
    };
    let crates = [files.clone(), with("const A: u8 = \"a\";"), with("fn a() {}")];
    let refused = compile::refused(&crates).expect("cargo runs");
    assert_eq!(refused.keys().copied().collect::<Vec<_>>(), [1, 2]);
    assert!(refused[&1].starts_with("E0308"), "{}", refused[&1]);
    assert!(refused[&2].starts_with("dead_code"), "{}", refused[&2]);
}
