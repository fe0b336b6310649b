//! Brings a generated folder up to date, or reports what is stale.

use std::collections::BTreeMap;
use std::time::Instant;

use tamarack::sync::{self, Owned};

use crate::Exit;
use crate::codegen::{Action, COMMAND, failed, root};

/// Texts by path.
pub(crate) type Files = BTreeMap<String, String>;

/// A folder that is generated.
pub(crate) struct Folder<'a> {
    /// The path below the root.
    pub(crate) name: &'a str,
    /// What belongs into it, by path.
    pub(crate) files: &'a Files,
    /// What of it is generated.
    pub(crate) owned: Owned<'a>,
    /// The same in a few words.
    pub(crate) holds: String,
}

impl Folder<'_> {
    /// Brings the folder up to date, or says what is stale; returns whether
    /// it is up to date now.
    pub(crate) fn settle(self, action: Action, start: Instant) -> Result<bool, Exit> {
        let Self { name, files, owned, holds } = self;
        let out = root().join(name);
        let changes = match action {
            Action::Check => sync::plan(files, &out, owned),
            Action::Write => sync::write(files, &out, owned),
        };
        let changes = changes.map_err(|error| failed(&error))?;
        if changes.is_empty() {
            println!("{name}/ is up to date ({} files)", files.len());
            return Ok(true);
        }
        if action == Action::Check {
            let message = sync::check(files, &out, &changes, COMMAND);
            eprint!("{}", message.replace(&out.display().to_string(), name));
            return Ok(false);
        }
        for leftover in &changes.leftovers {
            println!("note: removed a leftover of an interrupted run: `{name}/{leftover}`");
        }
        println!(
            "{name}/: {holds}; {} files changed, {} unchanged ({:.2} s)",
            changes.n_changed(),
            changes.unchanged.len(),
            start.elapsed().as_secs_f64()
        );
        Ok(true)
    }
}
