//! The command `cargo xtask witness`: checks the Rust column of the diff with the compiler.

use std::fs;
use std::path::{Path, PathBuf};

use tamarack::Input;
use tamarack_witness::{
    Comparison, Judgement, Subject, Workspace, compare, compare_lists, compare_releases,
};

use crate::Exit;
use crate::codegen::root;
use crate::corpus::{corpora, documents, missing};

/// How many pairs share one workspace: enough to keep the compiler busy, few
/// enough to see results come.
const AT_ONCE: usize = 10;

/// Compares each version of each API of a corpus with the next.
pub(crate) fn run_folder(folder: &str) -> Exit {
    let folder = corpora().join(folder);
    let documents = match documents(&folder) {
        Ok(documents) if !documents.is_empty() => documents,
        Ok(_) => return missing(&folder, "it holds no document"),
        Err(error) => return missing(&folder, &error.to_string()),
    };
    if let Some(pairs) = written_as_pairs(&folder, &documents) {
        return run(&pairs);
    }
    let mut named: Vec<_> = documents.iter().map(|it| (name(&folder, it), it.clone())).collect();
    named.sort();
    let pairs = named.windows(2).filter(|it| it[0].0.0 == it[1].0.0);
    let pairs: Vec<_> = pairs
        .map(|it| {
            let (api, old) = &it[0].0;
            (format!("{api} {old} -> {}", it[1].0.1), it[0].1.clone(), it[1].1.clone())
        })
        .collect();
    run(&pairs)
}

/// Compares two documents.
pub(crate) fn run_two(old: &str, new: &str) -> Exit {
    run(&[(format!("{old} -> {new}"), PathBuf::from(old), PathBuf::from(new))])
}

/// Returns the pairs of a corpus that calls them `….base.json` and
/// `….revision.json`.
fn written_as_pairs(folder: &Path, documents: &[PathBuf]) -> Option<Vec<Named>> {
    let mut acc = Vec::new();
    for old in documents {
        let name = old.strip_prefix(folder).unwrap_or(old).display().to_string();
        if let Some(stem) = name.strip_suffix(".base.json") {
            let new = folder.join(format!("{stem}.revision.json"));
            acc.push((stem.to_owned(), old.clone(), new));
        }
    }
    (!acc.is_empty()).then_some(acc)
}

/// Returns the API and the version of a document, which lies in a folder
/// called after its version and repeats it in its name.
fn name(folder: &Path, document: &Path) -> (String, String) {
    let text = |it: Option<&std::ffi::OsStr>| {
        it.map(|it| it.to_string_lossy().into_owned()).unwrap_or_default()
    };
    let version = document.strip_prefix(folder).ok().and_then(Path::parent);
    let version = version.map(|it| it.display().to_string()).unwrap_or_default();
    let stem = text(document.file_name());
    let api = stem.split(&format!("_{version}")).next().unwrap_or_default().to_owned();
    (api, version)
}

type Named = (String, PathBuf, PathBuf);

fn run(pairs: &[Named]) -> Exit {
    let mut n_wrong = 0;
    for some in pairs.chunks(AT_ONCE) {
        match run_some(some) {
            Ok(n) => n_wrong += n,
            Err(message) => {
                eprintln!("error: {message}");
                return Exit::Unreadable;
            }
        }
    }
    println!("{} pairs: the diff of {} is not what the compiler says", pairs.len(), n_wrong);
    if n_wrong == 0 { Exit::Done } else { Exit::Failed }
}

fn run_some(pairs: &[Named]) -> Result<usize, String> {
    let subject = |path: &Path| -> Result<Subject, String> {
        let shown = path.display();
        let content = fs::read_to_string(path).map_err(|error| format!("`{shown}`: {error}"))?;
        let input = Input::new(shown.to_string(), content);
        Subject::of(&input, &root()).ok_or_else(|| format!("`{shown}` is no OpenAPI document"))
    };
    let subjects = pairs
        .iter()
        .map(|(name, old, new)| Ok((name, subject(old)?, subject(new)?)))
        .collect::<Result<Vec<_>, String>>()?;
    let comparisons: Vec<_> = subjects
        .iter()
        .map(|(name, old, new)| Comparison { name: (*name).clone(), old, new })
        .collect();
    let workspace = Workspace {
        repository: root(),
        folder: root().join("target/witness/command"),
        target: root().join("target/witness/target"),
    };
    let judgements = compare(&comparisons, &workspace)?;
    let lists = if is_installed("cargo-public-api") {
        compare_lists(&comparisons, &workspace)?
    } else {
        println!("cargo public-api: skipped: not installed");
        vec![Vec::new(); comparisons.len()]
    };
    let releases = if is_installed("cargo-semver-checks") {
        compare_releases(&comparisons, &judgements, &workspace)?
    } else {
        println!("cargo semver-checks: skipped: not installed");
        vec![Vec::new(); comparisons.len()]
    };
    let mut n_wrong = 0;
    for (index, (it, judgement)) in comparisons.iter().zip(&judgements).enumerate() {
        print(&it.name, judgement);
        for line in &lists[index] {
            println!("  cargo public-api: {line}");
        }
        for line in &releases[index] {
            println!("  cargo semver-checks: nothing fails for {line}");
        }
        let agree = lists[index].is_empty() && releases[index].is_empty();
        n_wrong += usize::from(!judgement.is_exact() || !agree);
    }
    Ok(n_wrong)
}

/// Returns whether a program is on the path.
fn is_installed(name: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&paths).any(|it| it.join(name).is_file())
}

fn print(name: &str, it: &Judgement) {
    println!("{name}: {} uses fail, {} rows are major", it.n_failed, it.n_major);
    for line in &it.unexplained {
        println!("  no row explains {line}");
    }
    for line in &it.unconfirmed {
        println!("  nothing fails for {line}");
    }
    for line in &it.silent {
        println!("  compiles with another meaning: {line}");
    }
}
