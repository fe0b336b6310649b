//! The real command: `cargo xtask codegen --check` finds this repository up to date and says so.

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
    assert_eq!(out.lines().count(), 4, "{out}");
    assert!(!err.contains("error"), "{err}");
    for (line, folder) in
        out.lines().zip(["generated/", "tests/goldens/", "docs/changes/", "docs/"])
    {
        assert!(line.starts_with(&format!("{folder} is up to date (")), "{line}");
    }
}

#[test]
fn a_wrong_command_line_is_2() {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask")).arg("codgen").output();
    assert_eq!(output.expect("the binary runs").status.code(), Some(2));
}
