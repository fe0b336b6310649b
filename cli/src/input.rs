//! Reads the files that the command line names.

use std::path::Path;

use tamarack::{Input, Text, sync};

use crate::{Exit, command, say};

/// Reads a file, or says that it cannot be read.
pub(crate) fn read(path: &Path) -> Result<Text, Exit> {
    let name = command::slashed(path);
    match sync::read_text(path) {
        Ok(content) => Ok(Text { name, content }),
        Err(error) => {
            say::err(&format!("error: cannot read `{}`: {error}\n", command::shown(path)));
            Err(Exit::Unreadable)
        }
    }
}

/// Reads a document and its overlay; both are tried before the run ends.
pub(crate) fn read_both(spec: &Path, overlay: Option<&Path>) -> Result<Input, Exit> {
    let (spec, overlay) = (read(spec), overlay.map(read).transpose());
    Ok(Input { spec: spec?, overlay: overlay? })
}
