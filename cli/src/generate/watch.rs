//! Generates again whenever a document, an overlay or the project file is saved.
//!
//! The times and lengths of the files are looked at four times a second. A crate that is told of changes by
//! the system would be a dependency for each system, and hears nothing on shared folders and in many
//! containers; what is watched here is a handful of files.

use std::fs;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, SystemTime};

use super::unit::Unit;
use super::{generate, units};
use crate::{Exit, GenerateArgs, input, say, summary};

/// How often the files are looked at.
const EVERY: Duration = Duration::from_millis(250);

/// Generates now and after each change, until the process is ended.
pub(super) fn run(args: &GenerateArgs) -> Exit {
    if args.spec.as_deref().is_some_and(input::is_stdin) {
        say::err("error: standard input cannot be watched; name a file\n");
        return Exit::Usage;
    }
    loop {
        let mut inputs = Vec::new();
        let units = units(args, &mut inputs);
        inputs.extend(units.iter().flatten().flat_map(Unit::others));
        // Before they are read: what is saved meanwhile is generated again.
        let before = seen(&inputs);
        let exit = match units.and_then(|units| generate(args, &units)) {
            Ok(exit) | Err(exit) => exit,
        };
        if inputs.is_empty() {
            return exit;
        }
        say::out(&format!("watching {}; Ctrl-C ends\n", summary::counted(inputs.len(), "file")));
        wait(&inputs, &before);
    }
}

/// Returns once the files are not what they were, and no longer change.
fn wait(files: &[PathBuf], before: &[Seen]) {
    while seen(files) == before {
        thread::sleep(EVERY);
    }
    // An editor writes in several steps.
    let mut last = seen(files);
    loop {
        thread::sleep(EVERY);
        let now = seen(files);
        if now == last {
            return;
        }
        last = now;
    }
}

/// What tells a file that has been saved from the one before; `None` while there is none.
type Seen = Option<(SystemTime, u64)>;

fn seen(files: &[PathBuf]) -> Vec<Seen> {
    let one = |path: &PathBuf| {
        let metadata = fs::metadata(path).ok()?;
        Some((metadata.modified().ok()?, metadata.len()))
    };
    files.iter().map(one).collect()
}
