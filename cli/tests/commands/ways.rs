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
