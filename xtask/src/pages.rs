//! Writes the generated pages of `docs/`: codes, messages and what is supported.

use std::fs;

use tamarack::pages;

use crate::codegen::root;
use crate::folder::Files;
use crate::support;

/// The folder of the pages, below the root.
pub(crate) const OUT: &str = "docs";

/// The pages in that folder that are written here; the others are by hand.
pub(crate) const PAGES: [&str; 3] = ["diagnostics.md", "mutations.md", "support.md"];

/// Returns the pages by path.
pub(crate) fn files(command: &str) -> Result<Files, String> {
    let [diagnostics, mutations, supported] = PAGES;
    let counts = support::counts()?;
    let tests = root().join("cli/tests");
    let read = |name: &str| {
        let path = tests.join(name);
        fs::read_to_string(&path)
            .map_err(|error| format!("cannot read `cli/tests/{name}`: {error}"))
    };
    let template = read("mutations.md")?;
    let printed =
        |name: &str| read(&format!("commands/snapshots/commands__mutations__{name}.snap"));
    Ok(Files::from([
        (diagnostics.to_owned(), pages::diagnostics(command)),
        (mutations.to_owned(), pages::with_printed(&template, command, printed)?),
        (supported.to_owned(), tamarack::support::page(&counts, command, support::COMMAND)),
    ]))
}
