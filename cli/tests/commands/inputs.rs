//! Only regular files of a sensible size are read: pipes, devices, folders and huge files are refused at once.
#![expect(clippy::disallowed_methods, reason = "a test sets up its folder by hand")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use tamarack::sync::MAX_INPUT_BYTES;

use crate::run;

const PETS: &str = "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths: {}\n";

/// Returns a folder of this test's own with a document, a pipe and a folder in it.
fn folder(name: &str) -> PathBuf {
    let dir = run::folder(&format!("inputs/{name}"));
    fs::create_dir_all(dir.join("folder")).expect("a new folder");
    fs::write(dir.join("pets.yaml"), PETS).expect("a file");
    let made = Command::new("mkfifo").arg(dir.join("pipe")).status();
    assert!(made.expect("mkfifo runs").success());
    std::os::unix::fs::symlink("pipe", dir.join("link")).expect("a link");
    std::os::unix::net::UnixListener::bind(dir.join("socket")).expect("a socket");
    dir
}

/// Runs the binary and returns how it ends; it must do so soon.
fn run(dir: &Path, args: &str) -> (Option<i32>, String) {
    let mut child = run::tamarack(dir)
        .args(args.split_whitespace())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    for _ in 0..1200 {
        if child.try_wait().expect("a status").is_some() {
            let output = child.wait_with_output().expect("it has ended");
            return (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned());
        }
        thread::sleep(Duration::from_millis(50));
    }
    child.kill().expect("it goes away");
    panic!("`{args}` waits for something");
}

#[test]
fn pipes_devices_sockets_and_folders_are_refused_without_waiting() {
    let dir = folder("special");
    for (path, what) in [
        ("pipe", "a pipe"),
        ("link", "a pipe"),
        ("/dev/zero", "a device"),
        ("/dev/stdin", "a device"),
        ("socket", "a socket"),
        ("folder", "a folder"),
    ] {
        for args in [
            format!("generate {path} --out out"),
            format!("generate pets.yaml --out out --overlay {path}"),
            format!("diff pets.yaml {path}"),
            format!("diff pets.yaml pets.yaml --old-overlay {path}"),
            format!("diff pets.yaml pets.yaml --accept {path}"),
        ] {
            let (code, said) = run(&dir, &args);
            assert_eq!(code, Some(3), "{args}: {said}");
            let message =
                format!("cannot read `{path}`: it is {what}; only regular files are read");
            assert!(said.contains(&message), "{args}: {said}");
        }
        assert!(!dir.join("out").exists());
    }
}

#[test]
fn a_file_beyond_the_limit_is_refused() {
    let dir = folder("long");
    // Without content on the disk.
    let long = fs::File::create(dir.join("long.yaml")).expect("a file");
    long.set_len(MAX_INPUT_BYTES + 1).expect("a length");
    let (code, said) = run(&dir, "generate long.yaml --out out");
    assert_eq!(code, Some(3), "{said}");
    assert_eq!(said, "error: cannot read `long.yaml`: it is longer than 256 MiB\n");
}

#[test]
fn what_is_not_utf_8_has_its_line() {
    let dir = folder("bytes");
    fs::write(dir.join("latin.yaml"), b"openapi: 3.0.3\ninfo:\n  title: Caf\xe9\n").unwrap();
    let (code, said) = run(&dir, "generate latin.yaml --out out");
    assert_eq!(code, Some(3), "{said}");
    assert_eq!(said, "error: cannot read `latin.yaml`: line 3 is not UTF-8\n");
}
