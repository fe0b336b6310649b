//! A plan in, the `main.rs` of a program out that builds each operation from JSON values and calls it.

use std::fmt::Write as _;

use tamarack::plan::{CredentialKind, Module, PlannedServer};
use tamarack_tests::programs::of_api;
use tamarack_values::build::build;

/// Writes the program; the error names what it cannot build.
pub(crate) fn main_rs(word: &str, module: &Module) -> Result<String, String> {
    let mut operations = String::new();
    let mut table = String::new();
    for (index, operation) in module.operations.iter().enumerate() {
        operations.push_str(&build(index, operation)?);
        let _ = writeln!(table, "    |client, it| call(client, build_{index}(it), it),");
    }
    let mut settings = String::new();
    for server in &module.servers {
        let _ = writeln!(settings, "        .server(&operations::{}, url)", server.ident);
    }
    for credential in &module.client.credentials {
        let value = match credential.kind {
            CredentialKind::Basic => {
                "Credential::Basic { user: \"user\".into(), password: Secret::new(\"password\") }"
            }
            _ => "Credential::Token(Secret::new(\"token\"))",
        };
        let _ = writeln!(settings, "        .credential(({:?}, {value}))", credential.scheme);
    }
    if matches!(module.client.server, PlannedServer::Path(_)) {
        return Err("the base URL gets a path, which Prism does not know".to_owned());
    }
    Ok(include_str!("program/main.rs")
        .replace("api_word", &of_api(word))
        .replace("        // The settings.\n", &settings)
        .replace("    // The operations.\n", &table)
        + &operations)
}
