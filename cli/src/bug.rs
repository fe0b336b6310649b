//! Reports a panic as a bug in Tamarack.

use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::{Arc, Mutex, PoisonError};

use tamarack::{codes, stage};

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
        let stage = stage::of_source(at.file()).unwrap_or("unknown");
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
