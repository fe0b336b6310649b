//! The real command: `cargo xtask codegen --check` finds this repository up to date and says so in one line.

use std::process::Command;

#[test]
fn the_check_of_this_repository_passes() {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["codegen", "--check"])
        .output()
        .expect("the binary runs");
    let (out, err) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(0), "{err}");
    assert!(out.starts_with("generated/ is up to date ("), "{out}");
    assert_eq!((out.lines().count(), err.as_ref()), (1, ""));
}

#[test]
fn a_wrong_command_line_is_2() {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask")).arg("codgen").output();
    assert_eq!(output.expect("the binary runs").status.code(), Some(2));
}
