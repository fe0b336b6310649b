//! The generated code of every API of the catalog, as the library makes it, file by file.
//!
//! A change of the generator shows here as a difference that somebody reads:
//! `cargo insta review`.

use tamarack_tests::specs::{self, CLIENTS};

#[test]
fn every_file_of_every_api() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for spec in specs::all() {
        let clients = specs::clients(CLIENTS, std::slice::from_ref(&spec));
        let said = clients.outcomes[0].diagnostics.all();
        assert!(said.is_empty(), "{}: {said:?}", spec.entry.module);
        let folder = format!("src/{}/", spec.entry.module.replace("::", "/"));
        let prefix = spec.entry.module.replace("::", "_");
        let own: Vec<_> = (clients.files.iter())
            .filter_map(|(path, text)| Some((path.strip_prefix(&folder)?, text)))
            .collect();
        assert_eq!(own.len(), 4, "{}: one layout for all", spec.entry.module);
        for (file, text) in own {
            let name = format!("{prefix}__{}", file.trim_end_matches(".rs"));
            settings.bind(|| insta::assert_snapshot!(name, text));
        }
    }
}

#[test]
fn the_files_around_the_modules() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let files = specs::files(CLIENTS);
    for path in ["Cargo.toml", "rustfmt.toml", "src/lib.rs"] {
        let name = format!("clients__{}", path.trim_start_matches("src/"));
        settings.bind(|| insta::assert_snapshot!(name, &files[path]));
    }
}
