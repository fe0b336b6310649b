//! What holds for any two documents: order means nothing, the same is no change, and old and new can be swapped.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tamarack::{Input, Model};
use tamarack_diff::{self as diff, Diff, Kind};

use crate::corpus;

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut all: Vec<_> = entries.map(|it| it.expect("an entry").path()).collect();
    all.sort();
    all
}

fn read(content: String) -> Option<Model> {
    tamarack::read(&Input::new("spec", content)).model
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).expect("a file")
}

/// Returns each document of the corpus with its API and version.
fn documents() -> Vec<(String, String, PathBuf)> {
    let Some(root) = corpus::with("pinecone").map(|it| it.join("pinecone")) else {
        return Vec::new();
    };
    let versions = files(&root).into_iter().filter(|it| it.is_dir());
    let mut acc: Vec<_> = versions
        .flat_map(|folder| {
            let version = folder.file_name().expect("a name").to_string_lossy().into_owned();
            files(&folder).into_iter().map(move |file| {
                let stem = file.file_name().expect("a name").to_string_lossy().into_owned();
                let api = stem.split(&format!("_{version}")).next().unwrap_or_default().to_owned();
                (api, version.clone(), file)
            })
        })
        .collect();
    acc.sort();
    acc
}

/// Returns every two versions of one API that follow each other.
pub(crate) fn pairs() -> Vec<(String, Model, Model)> {
    let all = documents();
    all.windows(2)
        .filter(|it| it[0].0 == it[1].0)
        .map(|it| {
            let name = format!("{} {} {}", it[0].0, it[0].1, it[1].1);
            (name, read(text(&it[0].2)).expect("a model"), read(text(&it[1].2)).expect("a model"))
        })
        .collect()
}

/// Counts the rows of each kind. Of a type in place of another only what can
/// break is told, and of generated code only what is lost: that is not the
/// same both ways.
fn kinds(diff: &Diff) -> BTreeMap<Kind, usize> {
    let mut acc = BTreeMap::new();
    for it in diff.findings.iter().filter(|it| !it.subject.contains(" -> ")) {
        *acc.entry(it.kind).or_default() += 1;
    }
    acc.remove(&Kind::Respelled);
    // Texts make one row for each owner of the new document.
    acc.entry(Kind::DocsChanged).and_modify(|n| *n = 1);
    acc
}

#[test]
fn the_same_document_has_no_rows() {
    for (api, version, path) in documents() {
        let model = read(text(&path)).unwrap();
        let diff = diff::compare(&model, &model);
        assert!(diff.findings.is_empty(), "{api} {version}: {:?}", diff.findings);
    }
}

#[test]
fn swapped_documents_have_mirrored_rows() {
    let mut wrong = Vec::new();
    for (name, old, new) in pairs() {
        let there = kinds(&diff::compare(&old, &new));
        let back = kinds(&diff::compare(&new, &old));
        let mirrored: BTreeMap<Kind, usize> =
            there.iter().map(|(kind, n)| (kind.mirror(), *n)).collect();
        if mirrored != back {
            wrong.push(format!("{name}\n{mirrored:?}\n{back:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_row_has_a_print_of_its_own() {
    for (name, old, new) in pairs() {
        let diff = diff::compare(&old, &new);
        let mut prints: Vec<_> = diff.findings.iter().map(|it| &it.fingerprint).collect();
        prints.sort_unstable();
        prints.dedup();
        assert_eq!(prints.len(), diff.findings.len(), "{name}");
        assert_eq!(diff, diff::compare(&old, &new), "{name}");
    }
}

/// Components, paths, statuses and parameters in another order say the same.
#[test]
fn order_means_nothing() {
    for (api, version, path) in documents() {
        let content = text(&path);
        let mut tree: serde_yaml::Value = serde_yaml::from_str(&content).expect("YAML");
        for key in [&["components", "schemas"][..], &["paths"][..]] {
            let mut node = Some(&mut tree);
            for name in key {
                node = node.and_then(|it| it.get_mut(*name));
            }
            if let Some(map) = node.and_then(serde_yaml::Value::as_mapping_mut) {
                let mut entries: Vec<_> = std::mem::take(map).into_iter().collect();
                entries.reverse();
                *map = entries.into_iter().collect();
            }
        }
        let shuffled = serde_yaml::to_string(&tree).expect("YAML");
        let diff = diff::compare(&read(content).unwrap(), &read(shuffled).unwrap());
        assert!(diff.findings.is_empty(), "{api} {version}: {:?}", diff.findings);
    }
}

/// Any two documents can be compared: nothing panics, nothing hangs.
#[test]
fn pairs_of_another_tool_are_compared() {
    let Some(root) = corpus::with("diff").map(|it| it.join("diff")) else { return };
    let (mut n_pairs, mut n_read) = (0, 0);
    for base in files(&root) {
        let name = base.to_string_lossy().into_owned();
        let Some(stem) = name.strip_suffix(".base.json") else { continue };
        n_pairs += 1;
        let revision = text(Path::new(&format!("{stem}.revision.json")));
        if let (Some(old), Some(new)) = (read(text(&base)), read(revision)) {
            n_read += 1;
            let _ = diff::compare(&old, &new);
            let _ = diff::compare(&new, &old);
        }
    }
    eprintln!("{n_read} of {n_pairs} pairs are read");
    assert_eq!(n_read, n_pairs);
}
