//! Writes the README of a generated crate.

use std::fmt::Write as _;

use super::{CrateOptions, example};
use crate::plan::Module;
use crate::shown::code_span;

/// The file, relative to the crate.
pub(super) const FILE: &str = "README.md";

/// What stands in every README, behind what is said of the API.
const FEATURES: &str = "\
## Features

| feature | |
| --- | --- |
| `reqwest013` (default) | the async transport: reqwest 0.13 |
| `ureq3` | `Client::blocking` and its transport: ureq 3, no async runtime |
| `tokio` | token sources refresh in a task |
| `tracing` | emits an event for each token request |
| `blocking`, `tower` | `wait()` for a transport of your own; any tower service as a transport |
| `gzip`, `http2` | `gzip::Gzip`, which asks for compressed responses over another transport; HTTP/2 for reqwest |

## Change it

`Cargo.toml` keeps what you add to it. Files below `src/` are replaced as a whole. This file, `.gitignore` and
the example are yours as soon as you take the note at their top away, or delete them.
";

/// Writes the file.
pub(super) fn file(module: &Module, options: &CrateOptions) -> String {
    let CrateOptions { name, provenance, .. } = options;
    // A comment of Markdown ends at `-->`.
    let note = provenance.line_of_starter().replace("-->", "--\\u{3e}");
    let mut acc = format!("<!-- {note} -->\n# {name}\n\n");
    let (title, version) = (code_span(&module.title), code_span(&module.version));
    let _ = writeln!(acc, "A client for {title}, version {version}.\n");
    acc.push_str("```toml\n[dependencies]\n");
    let _ = writeln!(
        acc,
        "{name} = {{ path = \"../{name}\" }} # where the crate is, from yours\n```\n"
    );
    let _ = writeln!(acc, "```rust,no_run\n{}```\n", example::statements(module, options));
    let variables = example::variables(module, options);
    let mut set = String::new();
    for it in &variables {
        set.extend([it.as_str(), "=... "]);
    }
    let _ = writeln!(acc, "[{0}]({0}) is this as a program:\n", example::FILE);
    let _ = writeln!(acc, "```sh\n{set}cargo run --example first-call\n```\n");
    let _ = writeln!(acc, "To generate the crate again: {}\n", code_span(&provenance.command));
    acc.push_str(FEATURES);
    acc
}
