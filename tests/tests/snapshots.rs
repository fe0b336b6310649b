//! Snapshots of the generated code of every API of the project file.
//!
//! A change of the generator shows here as a difference that somebody reads:
//! `cargo insta review`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use tamarack_tests::specs::{self, CLIENTS, GOLDENS, Target};

#[test]
fn every_client() {
    every_api_of(CLIENTS);
}

#[test]
fn every_golden() {
    every_api_of(GOLDENS);
}

fn every_api_of(target: Target) {
    for spec in specs::of(target) {
        let files = specs::clients(target, std::slice::from_ref(&spec)).files;
        let folder = format!("src/{}/", spec.spec.module.replace("::", "/"));
        let own: BTreeMap<_, _> = (files.iter())
            .filter_map(|(path, text)| Some((path.strip_prefix(&folder)?, text.as_str())))
            .collect();
        // Not every document declares headers of responses or webhooks, or is generated with checks of values.
        let is_of_all = |it: &&&str| !["headers.rs", "validate.rs", "webhooks.rs"].contains(*it);
        let names: Vec<_> = own.keys().filter(is_of_all).copied().collect();
        let layout = ["client.rs", "mod.rs", "operations.rs", "types.rs"];
        assert_eq!(names, layout, "{}: one layout for all", spec.spec.module);
        snapshot(&spec.spec.module.replace("::", "_"), &own);
    }
}

#[test]
fn the_files_around_the_modules() {
    let files = specs::files(CLIENTS);
    let around = ["Cargo.toml", "rustfmt.toml", "src/lib.rs"];
    snapshot("clients", &around.map(|path| (path, files[path].as_str())).into());
}

/// Compares files with a snapshot that has them one after the other, each behind its name.
fn snapshot(name: &str, files: &BTreeMap<&str, &str>) {
    let mut text = String::new();
    for (path, content) in files {
        let _ = writeln!(text, "======== {path}\n\n{content}");
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}
