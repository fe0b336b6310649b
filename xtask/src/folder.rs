//! A folder and what belongs into it in, the folder brought up to date, or what is stale about it said, out.

use std::collections::BTreeMap;
use std::time::Instant;

use tamarack::sync::{self, Changes};

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
    /// The same in a few words.
    pub(crate) holds: String,
}

impl Folder<'_> {
    /// Makes the changes, or says them; returns whether the folder is up to
    /// date now.
    pub(crate) fn settle(
        self,
        changes: &Changes,
        action: Action,
        start: Instant,
    ) -> Result<bool, Exit> {
        let Self { name, files, holds } = self;
        let out = root().join(name);
        if changes.is_empty() {
            println!("{name}/ is up to date ({} files)", files.len());
            return Ok(true);
        }
        if action == Action::Check {
            let message = sync::check(files, &out, changes, COMMAND);
            eprint!("{}", message.replace(&out.display().to_string(), name));
            return Ok(false);
        }
        sync::apply(files, &out, changes).map_err(|error| failed(&error))?;
        println!(
            "{name}/: {holds}; {} files changed, {} unchanged ({:.2} s)",
            changes.n_changed(),
            changes.unchanged.len(),
            start.elapsed().as_secs_f64()
        );
        Ok(true)
    }
}
