//! The programs of `examples/` that generate a client, built and run from a copy outside of the repository.

use std::process::Command;

use crate::outside::{Outside, as_in_the_repository, root};
use crate::server::Server;

/// Returns the manifest of a workspace with one member that has what this one declares.
fn workspace(member: &str) -> String {
    let text = std::fs::read_to_string(root().join("Cargo.toml")).expect("a manifest");
    let mut manifest: toml::Table = toml::from_str(&text).expect("TOML");
    let workspace = manifest["workspace"].as_table_mut().expect("a workspace");
    let dependencies = workspace["dependencies"].as_table_mut().expect("a table");
    for (_, dependency) in dependencies {
        if let Some(path) = dependency.get_mut("path") {
            let full = root().join(path.as_str().expect("a text"));
            *path = full.display().to_string().into();
        }
    }
    workspace.insert("members".to_owned(), vec![member].into());
    workspace.remove("exclude");
    manifest.remove("profile");
    toml::to_string(&manifest).expect("TOML")
}

#[test]
fn a_build_script_generates_a_client_that_calls() {
    let place = Outside::new("build-script");
    place.put("Cargo.toml", &workspace("build-script"));
    let files = ["Cargo.toml", "build.rs", "petstore.oas.yaml", "src/main.rs"];
    for file in files {
        let path = root().join("examples/build-script").join(file);
        let text = std::fs::read_to_string(path).expect("a file of the example");
        place.put(&format!("build-script/{file}"), &text);
    }
    std::fs::copy(root().join("Cargo.lock"), place.0.join("Cargo.lock")).expect("a lock file");
    let server = Server::start();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(&place.0).args(["run", "--quiet", "--package", "build-script"]);
    cargo.env("BASE_URL", &server.origin);
    let output = as_in_the_repository(&mut cargo).output().expect("cargo runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "Tibby\n");
    assert!(server.asked().starts_with("GET /pets/7 HTTP/1.1\r\n"), "{}", server.asked());
}

/// The client is written by an xtask and used by a member of the same workspace.
#[test]
fn an_xtask_writes_a_member_of_the_workspace_that_another_one_uses() {
    let place = Outside::new("workspace");
    for file in [
        ".cargo/config.toml",
        "Cargo.toml",
        "tamarack.toml",
        "petstore.oas.yaml",
        "app/Cargo.toml",
        "app/src/main.rs",
        "xtask/Cargo.toml",
        "xtask/src/main.rs",
    ] {
        let path = root().join("examples/workspace").join(file);
        let text = std::fs::read_to_string(path).expect("a file of the example");
        // Where the runtime and the generator are.
        let text = ["runtime", "generator"].into_iter().fold(text, |text, name| {
            let full = format!("\"{}\"", root().join(name).display());
            let up = |n: usize| format!("\"{}{name}\"", "../".repeat(n));
            text.replace(&up(3), &full).replace(&up(2), &full)
        });
        place.put(file, &text);
    }
    std::fs::copy(root().join("Cargo.lock"), place.0.join("xtask/Cargo.lock")).expect("a lock");
    let succeeds = |args: &[&str], says: &str| {
        let output = place.cargo(".", args);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{args:?}: {said}");
        let printed = String::from_utf8_lossy(&output.stdout);
        assert!(printed.contains(says), "{args:?}: {printed}");
    };
    succeeds(&["xtask", "codegen"], "petstore/: ");
    succeeds(&["xtask", "codegen", "--check"], "");
    let server = Server::start();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(&place.0).args(["run", "--quiet", "--package", "app"]);
    cargo.env("BASE_URL", &server.origin);
    let output = as_in_the_repository(&mut cargo).output().expect("cargo runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "Tibby\n");
    // A file that somebody has changed.
    let types = place.read("petstore/src/v1/types.rs");
    place.put("petstore/src/v1/types.rs", &format!("{types}// mine\n"));
    let output = place.cargo(".", &["xtask", "codegen", "--check"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("modified: petstore/src/v1/types.rs"));
}
