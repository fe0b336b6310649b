//! A panic in, a message that owns up to it out: whatever a document says, a panic is our bug.

use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::{Arc, Mutex, PoisonError};

use tamarack::codes;

use crate::{Exit, say};

/// Runs `work`; when it panics, says that this is our bug, and in which stage.
pub(crate) fn caught(work: impl FnOnce() -> Exit) -> Exit {
    let said = Arc::new(Mutex::new(String::new()));
    let hook_said = Arc::clone(&said);
    panic::set_hook(Box::new(move |info| {
        *hook_said.lock().unwrap_or_else(PoisonError::into_inner) = message(info);
    }));
    let outcome = panic::catch_unwind(AssertUnwindSafe(work));
    drop(panic::take_hook());
    outcome.unwrap_or_else(|_| {
        say::err(&said.lock().unwrap_or_else(PoisonError::into_inner));
        Exit::Failed
    })
}

fn message(info: &PanicHookInfo<'_>) -> String {
    let place = info.location().map_or_else(String::new, |at| {
        let stage = stage_of(at.file()).unwrap_or("unknown");
        format!("  = note: in stage `{stage}`, at {}:{}\n", file_in_crate(at.file()), at.line())
    });
    let payload = info.payload();
    let text = payload.downcast_ref::<&str>().copied();
    let cause = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let cause = cause.unwrap_or("panic");
    let code = codes::BUG.0;
    format!(
        "error[{code}]: bug in tamarack: {cause}\n{place}  \
         = help: please report it together with the document that shows it\n"
    )
}

/// Returns the stage that a source file belongs to: its folder or file below
/// our `src/`; `None` when the file belongs to another crate.
fn stage_of(file: &str) -> Option<&str> {
    let sources = file!().strip_suffix("bin/tamarack/bug.rs")?;
    let first = file.strip_prefix(sources)?.split('/').next()?;
    Some(first.strip_suffix(".rs").unwrap_or(first))
}

/// Returns the path from the crate's folder on: what stands before it says
/// where the program was built, which is nobody's business.
fn file_in_crate(file: &str) -> &str {
    let Some(at) = file.rfind("/src/") else { return file };
    &file[file[..at].rfind('/').map_or(0, |slash| slash + 1)..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stage_is_the_folder_or_file_below_our_sources() {
        let ours = file!().strip_suffix("bin/tamarack/bug.rs").unwrap();
        assert_eq!(stage_of(&format!("{ours}lower/all_of.rs")), Some("lower"));
        assert_eq!(stage_of(&format!("{ours}sync.rs")), Some("sync"));
        assert_eq!(stage_of("/elsewhere/other-1.0/src/lower.rs"), None);
    }

    #[test]
    fn the_place_of_the_build_is_not_told() {
        assert_eq!(file_in_crate("/home/someone/other-1.0/src/a/b.rs"), "other-1.0/src/a/b.rs");
        assert_eq!(file_in_crate("generator/src/sync.rs"), "generator/src/sync.rs");
        assert_eq!(file_in_crate("build.rs"), "build.rs");
    }

    #[test]
    fn a_panic_becomes_exit_code_1() {
        assert_eq!(caught(|| panic!("an index out of range")), Exit::Failed);
        assert_eq!(caught(|| Exit::Done), Exit::Done);
    }
}
