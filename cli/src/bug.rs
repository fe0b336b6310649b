//! Reports a panic as a bug in Tamarack.

use std::panic::{self, PanicHookInfo};
use std::process;

use tamarack::{codes, stage};

use crate::{Exit, say};

/// Makes a panic of any thread say that this is our bug, and in which stage, and end the program: it is built to
/// abort, so nothing after the hook would run.
pub(crate) fn ends_the_program() {
    panic::set_hook(Box::new(|info| {
        say::err(&message(info));
        process::exit(Exit::Failed as i32);
    }));
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

    /// Run by the test below, in a process of its own.
    #[test]
    #[ignore = "ends the process of the tests"]
    fn panics_in_a_thread() {
        ends_the_program();
        let _ = std::thread::spawn(|| panic!("an index out of range")).join();
    }

    #[test]
    fn a_panic_becomes_exit_code_1() {
        let program = std::env::current_exe().expect("the path of the tests");
        let mut command = process::Command::new(program);
        command.args(["--ignored", "--exact", "bug::tests::panics_in_a_thread", "--nocapture"]);
        let output = command.output().expect("the tests start");
        assert_eq!(output.status.code(), Some(1));
        let said = String::from_utf8(output.stderr).expect("UTF-8");
        let expected = "error[OAS901]: bug in tamarack: an index out of range\n  \
                        = note: in stage `unknown`, at cli/src/bug.rs:";
        assert!(said.starts_with(expected), "{said}");
    }
}
