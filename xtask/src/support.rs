//! The command `cargo xtask support`: counts the keywords and messages of the corpora for `docs/support.md`.

use std::fs;
use std::io;
use std::path::Path;

use tamarack::support::{Counts, count};
use tamarack::{Input, provenance};

use crate::codegen::{Action, failed, root};
use crate::{Exit, each_document};

/// What writes the counts.
pub(crate) const COMMAND: &str = "cargo xtask support";

/// The counts, below the root. They are of documents that are not part of this repository, so the page is made
/// from this file.
const FILE: &str = "docs/support.tsv";

/// Counts all documents, and writes the counts or says whether they are others now. Fails when the corpora are
/// absent.
pub(crate) fn run(action: Action) -> Exit {
    let named = match each_document::named(None) {
        Ok(named) => named,
        Err(exit) => return exit,
    };
    let mut counts = Counts::default();
    let mut n_unread = 0;
    each_document::run(
        &named,
        counted,
        || None,
        |name, of_document| match of_document {
            Some(of_document) => counts.add(of_document),
            None => {
                println!("{name}: not OpenAPI");
                n_unread += 1;
            }
        },
    );
    let places: usize = counts.keywords.values().map(|it| it.places).sum();
    let unused: usize = counts.keywords.values().map(|it| it.unused).sum();
    let text = format!("# {}\n{}", provenance::line(&[], COMMAND), counts.to_text());
    let exit = settle(action, &text);
    println!(
        "{} documents ({n_unread} not OpenAPI): {places} keywords, {unused} of them unused by the code",
        named.len()
    );
    exit
}

fn counted(name: &str, path: &Path) -> Option<Counts> {
    count(&Input::new(name, fs::read_to_string(path).ok()?))
}

fn settle(action: Action, text: &str) -> Exit {
    let path = root().join(FILE);
    if fs::read_to_string(&path).is_ok_and(|it| it == text) {
        println!("{FILE} is up to date");
        return Exit::Done;
    }
    match action {
        Action::Check => {
            eprintln!(
                "error: {FILE} is stale; run `{COMMAND}`, then `{}`",
                crate::codegen::COMMAND
            );
            Exit::Stale
        }
        Action::Write => match fs::write(&path, text) {
            Ok(()) => {
                println!("{FILE} is written; `{}` writes the page", crate::codegen::COMMAND);
                Exit::Done
            }
            Err(error) => failed(&error),
        },
    }
}

/// Reads the counts that were written last.
pub(crate) fn counts() -> Result<Counts, String> {
    let read: io::Result<String> = fs::read_to_string(root().join(FILE));
    let text = read.map_err(|error| format!("cannot read `{FILE}`: {error}"))?;
    Counts::parse(&text).map_err(|error| format!("`{FILE}`: {error}"))
}
