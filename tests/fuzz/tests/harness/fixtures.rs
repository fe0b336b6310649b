//! Every input that failed once, in a process of its own: each is a folder named for what it showed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[test]
fn what_failed_once_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut failed = Vec::new();
    let fixtures: Vec<PathBuf> = below(&folder).iter().flat_map(|it| below(it)).collect();
    assert!(!fixtures.is_empty());
    for fixture in &fixtures {
        let name = fixture.strip_prefix(&folder).expect("below the folder");
        let target = name.parent().expect("the target").to_str().expect("a name");
        for input in below(fixture) {
            let mut command = Command::new(env!("CARGO_BIN_EXE_tamarack-fuzz"));
            let command = command.args(["--target", target, "--replay"]).arg(&input);
            let output = command.output().expect("the fuzzers run");
            if !output.status.success() {
                let said = String::from_utf8_lossy(&output.stdout).into_owned();
                failed.push((name.to_str().expect("a name").to_owned(), said));
            }
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}

fn below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|it| it.expect("an entry").path());
    let mut acc: Vec<_> = entries.collect();
    acc.sort();
    acc
}
