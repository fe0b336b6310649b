//! Whatever differs between two models, a row of their diff explains it.
#![expect(clippy::disallowed_methods, reason = "the corpus lies where the environment says")]

#[path = "../../../generator/tests/shared/corpus.rs"]
mod corpus;
mod explain;
mod leaves;
mod mirror;
mod mutate;
mod rewrites;

use std::fs;
use std::path::{Path, PathBuf};

use explain::unexplained;
use tamarack::pointer::Pointer;
use tamarack::{Input, Model};
use tamarack_diff::{self as diff, Kind, Wire};

fn read(content: &str) -> Option<Model> {
    tamarack::read(&Input::new("spec", content)).model
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut all: Vec<_> = entries.map(|it| it.expect("an entry").path()).collect();
    all.sort();
    all
}

/// Returns each document of the corpus: API, version, text.
fn documents() -> Vec<(String, String, String)> {
    let Some(root) = corpus::with("pinecone").map(|it| it.join("pinecone")) else {
        return Vec::new();
    };
    let mut acc = Vec::new();
    for folder in files(&root).into_iter().filter(|it| it.is_dir()) {
        let version = folder.file_name().expect("a name").to_string_lossy().into_owned();
        for file in files(&folder) {
            let stem = file.file_name().expect("a name").to_string_lossy().into_owned();
            let api = stem.split(&format!("_{version}")).next().unwrap_or_default().to_owned();
            acc.push((api, version.clone(), fs::read_to_string(file).expect("a file")));
        }
    }
    acc.sort();
    acc
}

/// Each API, each version and the next, there and back.
#[test]
fn every_difference_of_the_pinecone_versions_is_explained() {
    let mut wrong = Vec::new();
    let mut n_pairs = 0;
    for two in documents().windows(2).filter(|it| it[0].0 == it[1].0) {
        let [old, new] = [&two[0], &two[1]].map(|it| read(&it.2).expect("a model"));
        for (old, new, way) in [(&old, &new, "->"), (&new, &old, "<-")] {
            n_pairs += 1;
            let left = unexplained(&old.api, &new.api, &diff::compare(old, new));
            if !left.is_empty() {
                let name = format!("{} {} {way} {}", two[0].0, two[0].1, two[1].1);
                wrong.push(format!("{name}: {}\n  {}", left.len(), left.join("\n  ")));
            }
        }
    }
    println!("{n_pairs} pairs");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What changes nothing that a message or code could show, with the reason.
const NO_EFFECT: &[NoEffect] = &[
    NoEffect {
        names: &["exclusiveMinimum"],
        ends: &[""],
        why: "without `minimum` the flag says nothing (OpenAPI 3.0.3 §4.7.24)",
    },
    NoEffect { names: &["no security"], ends: &[""], why: "of an operation that needed none" },
    NoEffect {
        names: &["required"],
        ends: &["text~1event-stream/schema"],
        why: "an event always has data and a name (HTML standard, section 9.2.6)",
    },
    NoEffect {
        names: &["format removed"],
        ends: &["application~1octet-stream/schema", "image~1*/schema", "image~1jpeg/schema"],
        why: "its media type says what the bytes are (RFC 9110 §8.3)",
    },
    NoEffect {
        names: &["value added", "value removed", "other spelling"],
        ends: &["FirmUpdate/allOf/1/properties/state"],
        why: "a value is in each list of `allOf`, and this one is not",
    },
    NoEffect {
        names: &["nullable"],
        ends: &[
            "FirmUpdate/allOf/1/properties/address",
            "FirmUpdate/allOf/1/properties/id",
            "FirmUpdate/allOf/1/properties/kind",
            "FirmUpdate/allOf/1/properties/rooms",
            "FirmUpdate/allOf/1/properties/seat",
            "FirmUpdate/allOf/1/properties/seat/properties/post",
            "FirmUpdate/allOf/1/properties/size",
            "FirmUpdate/allOf/1/properties/state",
            "FirmUpdate/allOf/1/properties/tags",
        ],
        why: "`null` is valid where each part of `allOf` allows it, and the other one does not",
    },
    NoEffect {
        names: &["nullable"],
        ends: &["Event/properties/ends"],
        why: "`type` says whether `null` is valid in OpenAPI 3.1, which has no such keyword",
    },
    NoEffect {
        names: &["closed"],
        ends: &["text~1event-stream/schema"],
        why: "all other fields of an event are ignored (HTML standard, section 9.2.6)",
    },
];

/// A change without an effect.
struct NoEffect {
    names: &'static [&'static str],
    /// How the places end.
    ends: &'static [&'static str],
    #[expect(dead_code, reason = "it is there to be read")]
    why: &'static str,
}

impl NoEffect {
    fn is(&self, mutation: &mutate::Mutation) -> bool {
        self.names.contains(&mutation.name.as_str())
            && self.ends.iter().any(|it| mutation.at.as_str().ends_with(it))
    }
}

/// Returns what is wrong with the diff of a document and one changed thing.
fn check(document: &serde_yaml::Value, old: &Model, mutation: &mutate::Mutation) -> Vec<String> {
    let text = serde_yaml::to_string(&mutation.apply(document)).expect("YAML");
    let Some(new) = read(&text) else { return vec!["not read".to_owned()] };
    let mut acc = mirror::wrong(&diff::compare(old, &new), &diff::compare(&new, old));
    for (old, new) in [(old, &new), (&new, old)] {
        let diff = diff::compare(old, new);
        // What is needed nowhere can be taken away without a word.
        let needed_none = mutation.name == "global security" && document.get("security").is_none();
        let says_nothing = needed_none || NO_EFFECT.iter().any(|it| it.is(mutation));
        if diff.findings.is_empty() && !says_nothing {
            acc.push("silence".to_owned());
        }
        let owner = |it: &Pointer| it.tokens().into_iter().take(3).collect::<Vec<_>>();
        let here = diff.findings.iter().any(|it| {
            [&it.old.pointer, &it.new.pointer].iter().any(|it| {
                let (row, site) = (owner(it), owner(&mutation.at));
                row.starts_with(&site) || site.starts_with(&row)
            })
        });
        if !here && !diff.findings.is_empty() {
            acc.push("no row at the place".to_owned());
        }
        acc.extend(unexplained(&old.api, &new.api, &diff));
    }
    acc
}

/// Returns up to `n` of all, spread over all, the same in each run: what one is called decides, so that whatever is added
/// beside it, in its document or in another one, does not choose others.
fn some<T: Clone>(all: &[T], n: usize, name: impl Fn(&T) -> String) -> Vec<T> {
    let mut all: Vec<_> = all.iter().map(|it| (fnv1a(&name(it)), it)).collect();
    all.sort_by_key(|it| it.0);
    all.into_iter().take(n).map(|it| it.1.clone()).collect()
}

/// FNV-1a with 64 bits: the hash of the standard library may be another one tomorrow.
fn fnv1a(text: &str) -> u64 {
    let step = |acc: u64, byte| (acc ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}

fn check_mutants(name: &str, content: &str, n: usize) -> (usize, Vec<String>) {
    let document: serde_yaml::Value = serde_yaml::from_str(content).expect("YAML");
    let text = serde_yaml::to_string(&document).expect("YAML");
    let old = read(&text).expect("a model");
    let called = |it: &mutate::Mutation| format!("{name} {} {}", it.name, it.at);
    let chosen = some(&mutate::mutations(&document), n, called);
    let mut wrong = Vec::new();
    for mutation in &chosen {
        let said = check(&document, &old, mutation);
        if !said.is_empty() {
            let all = said.iter().take(4).cloned().collect::<Vec<_>>().join("\n    ");
            let said = format!("{name}: {} at {}\n    {all}", mutation.name, mutation.at);
            // A run of all takes minutes.
            eprintln!("{said}");
            wrong.push(said);
        }
    }
    (chosen.len(), wrong)
}

/// Returns how many changes of a document are tried; `TAMARACK_MUTANTS` asks
/// for more.
fn n_each() -> usize {
    std::env::var("TAMARACK_MUTANTS").ok().and_then(|it| it.parse().ok()).unwrap_or(60)
}

/// Returns the documents that hold every construct once.
fn goldens() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/goldens/specs/golden/1");
    let specs =
        files(&folder).into_iter().filter(|it| it.extension().is_some_and(|it| it == "yaml"));
    let name = |it: &Path| it.file_name().expect("a name").to_string_lossy().into_owned();
    specs.map(|it| (name(&it), fs::read_to_string(&it).expect("a file"))).collect()
}

#[test]
fn every_single_change_of_a_small_document_has_a_row() {
    let (mut n_all, mut wrong) = (0, Vec::new());
    for (name, text) in goldens() {
        let (n, more) = check_mutants(&name, &text, n_each());
        n_all += n;
        wrong.extend(more);
    }
    println!("{n_all} changes");
    assert!(wrong.is_empty(), "{} of {n_all}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn single_changes_of_the_pinecone_documents_have_a_row() {
    let (mut n_all, mut wrong) = (0, Vec::new());
    for (api, version, text) in documents() {
        let (n, more) = check_mutants(&format!("{api} {version}"), &text, 1);
        n_all += n;
        wrong.extend(more);
    }
    println!("{n_all} changes");
    assert!(wrong.is_empty(), "{} of {n_all}\n{}", wrong.len(), wrong.join("\n"));
}

/// Returns what is wrong with the diff of two documents that say the same.
fn check_same(old: &Model, document: &serde_yaml::Value, kinds: &[Kind]) -> Vec<String> {
    let text = serde_yaml::to_string(document).expect("YAML");
    let new = read(&text).expect("a model");
    let diff = diff::compare(old, &new);
    let mut acc = unexplained(&old.api, &new.api, &diff);
    for it in &diff.findings {
        if it.verdict.wire() != Wire::None || !(kinds.is_empty() || kinds.contains(&it.kind)) {
            acc.push(format!("{} {} at {}", it.kind.id(), it.subject, it.new.pointer));
        }
    }
    acc
}

/// The arguments of methods and constructors follow the order of the document;
/// nothing else does.
#[test]
fn a_document_backwards_says_the_same() {
    let all =
        goldens().into_iter().chain(documents().into_iter().map(|it| (it.0 + " " + &it.1, it.2)));
    let order = [
        Kind::ConstructorChanged,
        Kind::ArgumentsReordered,
        Kind::Respelled,
        // The first of several tags names the variant, and its type where that is written in place.
        Kind::VariantRenamed,
        Kind::TypeRenamed,
    ];
    let mut wrong = Vec::new();
    for (name, text) in all {
        let document: serde_yaml::Value = serde_yaml::from_str(&text).expect("YAML");
        let said =
            check_same(&read(&text).expect("a model"), &rewrites::backwards(&document), &order);
        if !said.is_empty() {
            wrong.push(format!("{name}\n  {}", said.join("\n  ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A copy in place of a reference, and a reference in place of a copy: the
/// names of types differ and no message does.
#[test]
fn inline_and_component_say_the_same() {
    let all =
        goldens().into_iter().chain(documents().into_iter().map(|it| (it.0 + " " + &it.1, it.2)));
    let (mut n_all, mut wrong) = (0, Vec::new());
    for (name, text) in all {
        let document: serde_yaml::Value = serde_yaml::from_str(&text).expect("YAML");
        let old = read(&text).expect("a model");
        for rewritten in [rewrites::inlined(&document), rewrites::extracted(&document)] {
            let n = if name.ends_with("yaml") { n_each() } else { 1 };
            for (place, document) in some(&rewritten, n, |it| format!("{name} {}", it.0)) {
                n_all += 1;
                let mut said = check_same(&old, &document, &[]);
                // The text of a copy that needs no name is no part of the model.
                said.retain(|it| !it.contains("(Docs)"));
                // A bound of an object that is written in place is told where the place has a name alone: open.
                said.retain(|it| !it.contains("minProperties"));
                if !said.is_empty() {
                    wrong.push(format!("{name} {place}\n  {}", said.join("\n  ")));
                }
            }
        }
    }
    println!("{n_all} documents");
    assert!(wrong.is_empty(), "{} of {n_all}\n{}", wrong.len(), wrong.join("\n"));
}
