//! Works through the documents of the corpora on two threads; the results come in the order of the documents.

use std::collections::BTreeMap;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use crate::Exit;
use crate::corpus::{corpora, documents, missing};

/// The corpora of single documents.
const FOLDERS: [&str; 2] = ["pinecone", "wild"];

const N_THREADS: usize = 2;

/// Schemas can refer to each other as deep as a document is long.
const STACK_BYTES: usize = 256 << 20;

/// Returns the documents, by their path below the corpora, whose path contains the pattern.
pub(crate) fn named(only: Option<&str>) -> Result<Vec<(String, PathBuf)>, Exit> {
    let root = corpora();
    let mut all = Vec::new();
    for folder in FOLDERS.map(|it| root.join(it)) {
        match documents(&folder) {
            Ok(documents) => all.extend(documents),
            Err(error) => return Err(missing(&folder, &error.to_string())),
        }
    }
    let name = |path: &Path| path.strip_prefix(&root).unwrap_or(path).display().to_string();
    let mut acc: Vec<(String, PathBuf)> = all.into_iter().map(|it| (name(&it), it)).collect();
    acc.retain(|(name, _)| only.is_none_or(|it| name.contains(it)));
    if acc.is_empty() {
        return Err(missing(&root, "it holds no such document"));
    }
    Ok(acc)
}

/// Calls `work` with each document; the results go to `each` in the order of the documents. A panic gives
/// what `panicked` returns.
pub(crate) fn run<T: Send>(
    named: &[(String, PathBuf)],
    work: impl Fn(&str, &Path) -> T + Sync,
    panicked: impl Fn() -> T + Sync,
    mut each: impl FnMut(&str, T),
) {
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..N_THREADS {
            let (sender, next, work, panicked) = (sender.clone(), &next, &work, &panicked);
            let work = move || {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some((name, path)) = named.get(index) else { break };
                    let result = panic::catch_unwind(AssertUnwindSafe(|| work(name, path)));
                    let result = result.unwrap_or_else(|_| panicked());
                    // The receiver is gone if it has panicked.
                    let _ = sender.send((index, result));
                }
            };
            let spawned = thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, work);
            if let Err(error) = spawned {
                eprintln!("error: no thread: {error}");
            }
        }
        drop(sender);
        let mut waiting = BTreeMap::new();
        let mut n_done = 0;
        for (index, result) in receiver {
            waiting.insert(index, result);
            while let Some(result) = waiting.remove(&n_done) {
                each(&named[n_done].0, result);
                n_done += 1;
            }
        }
    });
}
