//! Writes the `Cargo.toml` of a crate.
//!
//! Whatever comes from a document or a command line goes through the TOML
//! writer: a name that holds a quote or a line break stays one name.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use toml::Value;

use super::{ClientsModule, CrateOptions};
use crate::plan::Module;
use crate::project::Crate;
use crate::provenance;

/// The position of a crate, as cargo sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// A workspace of its own, wherever it is written.
    Standalone,
    /// A member of the workspace above it.
    Member,
}

/// Where a crate finds `tamarack-runtime`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuntimeSource {
    /// In the registry, by its version.
    Registry,
    /// In a directory: absolute, or relative to the crate.
    Path(String),
    /// In a git repository, by its URL.
    Git(String),
    /// Where the dependencies of the workspace say.
    Workspace,
}

/// How the manifest of a crate of several APIs says what the crate depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dependencies {
    /// As its workspace declares it: version, edition and licence as well.
    OfWorkspace,
    /// By itself, with the runtime at this place.
    Own(RuntimeSource, Placement),
}

/// The features of every crate, each a feature of the runtime.
const FEATURES: &str = "\
# The async transport, on by default: reqwest 0.13.
reqwest013 = [\"tamarack-runtime/reqwest013\"]
# Refreshes tokens in a tokio task.
tokio = [\"tamarack-runtime/tokio\"]
# Emits a `tracing` event for each token request.
tracing = [\"tamarack-runtime/tracing\"]
# Blocking calls and token sources.
blocking = [\"tamarack-runtime/blocking\"]
# The blocking transport: ureq 3 with rustls.
ureq3 = [\"blocking\", \"tamarack-runtime/ureq3\"]
# Asks for compressed responses, by a transport over another one.
gzip = [\"tamarack-runtime/gzip\"]
# HTTP/2 for reqwest, where the server has it.
http2 = [\"tamarack-runtime/http2\"]
# Uses a tower service as the transport.
tower = [\"tamarack-runtime/tower\"]
";

/// The feature of the runtime, and of a crate, that checks values.
const CHECKS: &str = "validate";

/// Lets docs.rs show what is behind a feature.
const DOCS_RS: &str = "\n[package.metadata.docs.rs]\nall-features = true\n";

/// What makes a crate a workspace.
const OWN_WORKSPACE: &str =
    "\n# A workspace of its own, so that it builds inside another one.\n[workspace]\n";

/// The version of the runtime that generated code is written for.
const RUNTIME_VERSION: &str = env!("CARGO_PKG_VERSION");

/// Writes the manifest of the crate of one API.
pub(super) fn of_one(module: &Module, options: &CrateOptions) -> String {
    let description = format!("A client for {}, version {}", module.title, module.version);
    let mut acc = format!("# {}\n\n[package]\n", options.provenance.line());
    acc.push_str(&entry("name", options.name.as_str()));
    acc.push_str(&entry("version", crate_version(&module.version)));
    acc.push_str(&entry("edition", "2024"));
    acc.push_str(&entry("rust-version", env!("CARGO_PKG_RUST_VERSION")));
    acc.push_str(&entry("description", description));
    acc.push_str("\n# The version of the API that the version of the crate is made from.\n");
    acc.push_str("[package.metadata.tamarack]\n");
    acc.push_str(&entry("api-version", module.version.as_str()));
    acc.push_str(DOCS_RS);
    let _ = write!(
        acc,
        "\n[features]\ndefault = [\"reqwest013\"]\n{FEATURES}{}\n",
        checks(std::iter::once(module))
    );
    acc.push_str("[dependencies]\nserde_json = \"1\"\n");
    acc.push_str(&entry("tamarack-runtime", runtime(&options.runtime, needs(module))));
    for (name, value) in &module.dependencies {
        acc.push_str(&entry(name, value.clone()));
    }
    acc.push_str("\n# For the example.\n[dev-dependencies]\n");
    acc.push_str("tokio = { version = \"1\", features = [\"macros\", \"rt\"] }\n");
    if options.placement == Placement::Standalone {
        acc.push_str(OWN_WORKSPACE);
    }
    acc
}

/// Returns the features of the runtime that a module needs.
fn needs(module: &Module) -> Vec<&'static str> {
    let basic = uses_basic(module).then_some("basic");
    // Values are checked by whoever asks for it.
    let features = module.libraries.iter().map(|it| it.feature()).filter(|it| *it != CHECKS);
    basic.into_iter().chain(features).collect()
}

/// The feature of a crate of which a module can check its values.
fn checks<'a>(mut modules: impl Iterator<Item = &'a Module>) -> &'static str {
    if modules.any(|it| it.rules.is_some()) {
        "# Checks values against their document, on request.\nvalidate = [\"tamarack-runtime/validate\"]\n"
    } else {
        ""
    }
}

/// Returns the dependency on the runtime. A path or a URL has a version beside it, so
/// that the crate can be packaged.
fn runtime(source: &RuntimeSource, features: Vec<&str>) -> toml::Table {
    let mut acc = toml::Table::new();
    let (key, value) = match source {
        RuntimeSource::Registry => ("version", RUNTIME_VERSION.into()),
        RuntimeSource::Path(path) => ("path", path.as_str().into()),
        RuntimeSource::Git(url) => ("git", url.as_str().into()),
        RuntimeSource::Workspace => ("workspace", true.into()),
    };
    acc.insert(key.to_owned(), value);
    if *source != RuntimeSource::Workspace {
        acc.insert("version".to_owned(), RUNTIME_VERSION.into());
    }
    if !features.is_empty() {
        acc.insert("features".to_owned(), features.into());
    }
    acc
}

/// Writes the manifest of a crate of several APIs.
pub(super) fn of_many(
    modules: &[ClientsModule],
    krate: &Crate,
    command: &str,
    dependencies: &Dependencies,
) -> String {
    let mut acc = format!("# {}\n\n[package]\n", provenance::line(&[], command));
    acc.push_str(&entry("name", krate.name.as_str()));
    acc.push_str(&entry("description", krate.description.as_str()));
    if !krate.publish {
        acc.push_str("publish = false\n");
    }
    match dependencies {
        Dependencies::OfWorkspace => acc.push_str(
            "version.workspace = true\nedition.workspace = true\nrust-version.workspace = true\n\
             license.workspace = true\nkeywords.workspace = true\ncategories.workspace = true\n",
        ),
        Dependencies::Own(..) => {
            acc.push_str(&entry("version", "0.1.0"));
            acc.push_str(&entry("edition", "2024"));
            acc.push_str(&entry("rust-version", env!("CARGO_PKG_RUST_VERSION")));
        }
    }
    // What is no longer in the project file leaves the manifest by this list.
    acc.push_str("\n# The features that are generated, each with its module.\n");
    acc.push_str("[package.metadata.tamarack]\n");
    let features = modules.iter().map(|it| it.feature.as_str());
    acc.push_str(&entry("features", features.collect::<Vec<_>>()));
    acc.push_str(DOCS_RS);
    acc.push_str("\n[features]\n");
    let defaults = modules.iter().filter(|it| it.default).map(|it| it.feature.as_str());
    acc.push_str(&entry("default", defaults.chain(["reqwest013"]).collect::<Vec<_>>()));
    acc.push_str(FEATURES);
    acc.push_str(checks(modules.iter().map(|it| &it.module)));
    for it in modules {
        let needs = needs(&it.module).into_iter().map(|it| format!("tamarack-runtime/{it}"));
        acc.push_str(&entry(&it.feature, needs.collect::<Vec<_>>()));
    }
    match dependencies {
        Dependencies::OfWorkspace => acc.push_str(
            "\n[dependencies]\nserde_json.workspace = true\ntamarack-runtime.workspace = true\n",
        ),
        Dependencies::Own(source, _) => {
            acc.push_str("\n[dependencies]\nserde_json = \"1\"\n");
            acc.push_str(&entry("tamarack-runtime", runtime(source, Vec::new())));
        }
    }
    let own: BTreeMap<_, _> = modules.iter().flat_map(|it| &it.module.dependencies).collect();
    for (name, value) in own {
        acc.push_str(&entry(name, value.clone()));
    }
    acc.push_str("\n[lints.rust]\nunreachable_pub = \"warn\"\nunsafe_code = \"forbid\"\n");
    if matches!(dependencies, Dependencies::Own(_, Placement::Standalone)) {
        acc.push_str(OWN_WORKSPACE);
    }
    acc
}

/// Writes one line `key = value`.
fn entry(key: &str, value: impl Into<Value>) -> String {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let key = if !key.is_empty() && key.chars().all(is_bare) {
        key.to_owned()
    } else {
        // A key is quoted as a text on one line is.
        let escaped = key.chars().map(|c| match c {
            '"' | '\\' => format!("\\{c}"),
            c if c.is_control() => format!("\\u{:04X}", u32::from(c)),
            c => c.to_string(),
        });
        format!("\"{}\"", escaped.collect::<String>())
    };
    format!("{key} = {}\n", value.into())
}

fn uses_basic(module: &Module) -> bool {
    module.operations.iter().any(|it| {
        let mut schemes = it.security.iter().flatten();
        schemes.any(|it| it.kind == crate::plan::SecurityKind::Basic)
            || it.token_source.as_ref().is_some_and(|it| it.basic)
    })
}

/// Returns a version that cargo accepts for what a document calls its
/// version: up to three numbers are taken from the start, the rest becomes the
/// pre-release. `2026-04` gives `2026.4.0`, `2026-01.alpha` gives
/// `2026.1.0-alpha`, `v1` gives `1.0.0`.
pub fn crate_version(version: &str) -> String {
    let text = version.trim().trim_start_matches(['v', 'V']);
    let mut numbers: Vec<u64> = Vec::new();
    let mut rest = text;
    while numbers.len() < 3 {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let Ok(number) = rest[..digits].parse() else { break };
        numbers.push(number);
        rest = &rest[digits..];
        match rest.strip_prefix(['.', '-', '_']) {
            Some(after) if after.starts_with(|c: char| c.is_ascii_digit()) => rest = after,
            _ => break,
        }
    }
    numbers.resize(3, 0);
    let mut acc = format!("{}.{}.{}", numbers[0], numbers[1], numbers[2]);
    let pre: Vec<_> = rest
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '-')
        .map(|it| it.trim_matches('-'))
        .filter(|it| !it.is_empty())
        .map(without_leading_zeros)
        .collect();
    if !pre.is_empty() {
        let _ = write!(acc, "-{}", pre.join("."));
    }
    acc
}

/// A numeric part of a pre-release has no leading zero (Semantic Versioning §9).
fn without_leading_zeros(part: &str) -> &str {
    if part.bytes().all(|it| it.is_ascii_digit()) {
        let trimmed = part.trim_start_matches('0');
        if trimmed.is_empty() { "0" } else { trimmed }
    } else {
        part
    }
}

#[cfg(test)]
mod tests {
    use super::{crate_version, entry};

    #[test]
    fn versions_of_documents_become_versions_of_crates() {
        for (text, expected) in [
            ("2026-04", "2026.4.0"),
            ("2026-01.alpha", "2026.1.0-alpha"),
            ("v1", "1.0.0"),
            ("1.0.0-oas3", "1.0.0-oas3"),
            ("1.2.3.4", "1.2.3-4"),
            ("2022-11-28", "2022.11.28"),
            ("", "0.0.0"),
            ("latest", "0.0.0-latest"),
            ("1.0.0-rc.01", "1.0.0-rc.1"),
            ("99999999999999999999", "0.0.0-99999999999999999999"),
        ] {
            assert_eq!(crate_version(text), expected, "{text}");
        }
    }

    #[test]
    fn a_hostile_text_stays_one_value() {
        for hostile in [
            "a\"\n[dependencies]\nevil = \"1",
            "a'''\n\"\"\"\n[dependencies.evil]\n",
            "\\\r\n\u{0}\u{7f}\u{1b}[31m",
            "",
        ] {
            for (key, value) in [("key", hostile), (hostile, "value")] {
                let read: toml::Table = toml::from_str(&entry(key, value)).expect("TOML");
                assert_eq!(read.len(), 1, "{hostile:?}");
                assert_eq!(read[key].as_str(), Some(value));
            }
        }
    }
}
