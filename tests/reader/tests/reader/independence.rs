//! The readers import nothing of the generator: only `generated` does, and no model.

use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut acc = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { acc.extend(sources(&path)) } else { acc.push(path) }
    }
    acc
}

#[test]
fn only_one_file_knows_the_generator() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = sources(&src);
    assert!(files.len() > 15, "{files:?}");
    let uses = |it: &&PathBuf| {
        let text = fs::read_to_string(it).expect("a text");
        ["tamarack::", "tamarack_expand::"].iter().any(|word| text.contains(word))
    };
    let found: Vec<_> = files.iter().filter(uses).collect();
    assert_eq!(found, [&src.join("generated.rs")]);
    let text = fs::read_to_string(src.join("generated.rs")).expect("a text");
    for module in ["api", "document", "lower", "plan", "resolve", "name"] {
        assert!(!text.contains(&format!("tamarack::{module}")), "{module}");
    }
}
