//! Catalog text (TOML) in, the list of documents that the crate of clients is made from out.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use toml::Spanned;

/// The documents of this repository, in the order of the catalog.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalog {
    /// The crate that the modules are written to.
    pub krate: Crate,
    /// One entry for each module.
    pub entries: Vec<Entry>,
}

/// A crate of many APIs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Crate {
    /// The name of the package.
    pub name: String,
    /// What the package is.
    pub description: String,
    /// Whether it is published.
    pub publish: bool,
}

/// One document and what it becomes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Whose API it is, for example `acme`.
    pub provider: String,
    /// Which of their APIs, for example `oauth`.
    pub api: String,
    /// The version as the provider writes it, for example `2026-01.alpha`.
    pub version: String,
    /// The document, relative to the catalog's folder: `<path>.oas.yaml`.
    pub file: String,
    /// The module, for example `acme::oauth::v2026_01_alpha`.
    pub module: String,
    /// The Cargo feature that turns the module on.
    pub feature: String,
    /// Whether the feature is on by default.
    pub default: bool,
}

impl Entry {
    /// Returns whether the version is a release: one with a word such as
    /// `alpha` in it is not.
    pub fn is_stable(&self) -> bool {
        let version = self.version.to_ascii_lowercase();
        let mut words = version.split(|c: char| !c.is_ascii_alphabetic());
        words.all(|it| !["alpha", "beta", "rc", "preview"].contains(&it))
    }

    /// Returns whose API it is and which, for example `acme/oauth`.
    pub fn api_name(&self) -> String {
        format!("{}/{}", self.provider, self.api)
    }

    /// Returns the path of the overlay, relative to the catalog's folder; the
    /// file need not exist.
    pub fn overlay_file(&self) -> String {
        format!("{}{OVERLAY_SUFFIX}", self.file.strip_suffix(SPEC_SUFFIX).unwrap_or(&self.file))
    }
}

const SPEC_SUFFIX: &str = ".oas.yaml";

/// What the name of an overlay ends with.
pub const OVERLAY_SUFFIX: &str = ".overlay.toml";

/// What is wrong with a catalog, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogError {
    /// The catalog, as it is named in messages.
    pub file: String,
    /// The line of the entry, from 1.
    pub line: usize,
    /// What is wrong.
    pub kind: CatalogErrorKind,
}

/// The ways a catalog can be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CatalogErrorKind {
    /// The text is not TOML, or an entry lacks a key or has an unknown one.
    Syntax(String),
    /// A module path that is not `a::b::c` in lower case.
    Module(String),
    /// A module whose name the crate already has, or that is reserved in Rust.
    OwnModule(String),
    /// A module that lies inside of the module of an earlier entry, or around it.
    Nested {
        /// The module.
        module: String,
        /// The module of the earlier entry.
        other: String,
        /// The line of the earlier entry.
        first_line: usize,
    },
    /// A feature name that is not lower case words joined by `-`.
    Feature(String),
    /// A feature name that every generated crate has already.
    OwnFeature(String),
    /// A file that is not `<path>.oas.yaml` below the catalog's folder.
    File(String),
    /// A module, feature or file that an earlier entry has.
    Twice {
        /// The key.
        member: &'static str,
        /// Its value.
        value: String,
        /// The line of the earlier entry.
        first_line: usize,
    },
}

impl fmt::Display for CatalogError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.file, self.line)?;
        match &self.kind {
            CatalogErrorKind::Syntax(message) => f.write_str(message),
            CatalogErrorKind::Module(value) => write!(
                f,
                "`{value}` is not a module path: write lower case words joined by `::`, \
                 for example `acme::oauth::v1`"
            ),
            CatalogErrorKind::OwnModule(value) => write!(
                f,
                "`{value}` is a module that every crate has, or a keyword of Rust: write another, \
                 for example `acme::oauth::v1`"
            ),
            CatalogErrorKind::Nested { module, other, first_line } => {
                write!(f, "the modules `{module}` and `{other}` of line {first_line} are nested")
            }
            CatalogErrorKind::Feature(value) => write!(
                f,
                "`{value}` is not a feature name: write lower case words joined by `-`, \
                 for example `acme-oauth-1`"
            ),
            CatalogErrorKind::OwnFeature(value) => write!(
                f,
                "`{value}` is a feature that every crate has: write another, \
                 for example `acme-oauth-1`"
            ),
            CatalogErrorKind::File(value) => {
                write!(f, "`{value}` is not a document: write `<folders>/<api>{SPEC_SUFFIX}`")
            }
            CatalogErrorKind::Twice { member, value, first_line } => {
                write!(f, "the {member} `{value}` is already used in line {first_line}")
            }
        }
    }
}

impl std::error::Error for CatalogError {}

impl Catalog {
    /// Reads a catalog; `file` is its name in messages. Returns every error,
    /// not only the first.
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<CatalogError>> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Written {
            #[serde(rename = "crate")]
            krate: Crate,
            #[serde(default)]
            spec: Vec<Spanned<Entry>>,
        }

        let at = |offset: usize, kind| CatalogError {
            file: file.to_owned(),
            line: text[..offset].matches('\n').count() + 1,
            kind,
        };
        let written: Written = toml::from_str(text).map_err(|error| {
            let offset = error.span().map_or(0, |span| span.start);
            vec![at(offset, CatalogErrorKind::Syntax(error.message().to_owned()))]
        })?;

        let mut errors = Vec::new();
        let mut seen: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for entry in &written.spec {
            let offset = entry.span().start;
            let entry = entry.get_ref();
            errors.extend(misspellings(entry).into_iter().map(|kind| at(offset, kind)));
            let unique =
                [("module", &entry.module), ("feature", &entry.feature), ("file", &entry.file)];
            for (member, value) in unique {
                let first = *seen.entry((member, value)).or_insert(offset);
                if first != offset {
                    let first_line = at(first, CatalogErrorKind::Syntax(String::new())).line;
                    let value = value.clone();
                    errors.push(at(offset, CatalogErrorKind::Twice { member, value, first_line }));
                }
            }
        }
        for (index, entry) in written.spec.iter().enumerate() {
            let module = &entry.get_ref().module;
            let earlier =
                written.spec[..index].iter().find(|it| lie_in(module, &it.get_ref().module));
            if let Some(earlier) = earlier {
                let first_line =
                    at(earlier.span().start, CatalogErrorKind::Syntax(String::new())).line;
                let (module, other) = (module.clone(), earlier.get_ref().module.clone());
                let kind = CatalogErrorKind::Nested { module, other, first_line };
                errors.push(at(entry.span().start, kind));
            }
        }
        if errors.is_empty() {
            let entries = written.spec.into_iter().map(Spanned::into_inner).collect();
            Ok(Self { krate: written.krate, entries })
        } else {
            Err(errors)
        }
    }
}

/// The features that are written into each crate.
const OWN_FEATURES: [&str; 7] =
    ["blocking", "default", "reqwest013", "tokio", "tower", "tracing", "ureq3"];

/// The modules at the root of each crate, and the crates that generated code names there.
const OWN_MODULES: [&str; 2] = ["runtime", "tamarack_runtime"];

/// The words that no name of Rust can be, not even written with `r#`.
const NO_NAMES: [&str; 3] = ["crate", "self", "super"];

/// Returns whether one module lies inside of another: the folder of an API holds its files alone.
fn lie_in(one: &str, other: &str) -> bool {
    let inside = |inner: &str, outer: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with("::"))
    };
    inside(one, other) || inside(other, one)
}

/// Returns what is wrong with the entry by itself.
fn misspellings(entry: &Entry) -> Vec<CatalogErrorKind> {
    let mut acc = Vec::new();
    if !entry.module.split("::").all(|word| is_word(word, '_')) {
        acc.push(CatalogErrorKind::Module(entry.module.clone()));
    }
    let is_own = entry.module.split("::").next().is_some_and(|it| OWN_MODULES.contains(&it))
        || entry.module.split("::").any(|it| NO_NAMES.contains(&it));
    if is_own {
        acc.push(CatalogErrorKind::OwnModule(entry.module.clone()));
    }
    if !is_word(&entry.feature, '-') {
        acc.push(CatalogErrorKind::Feature(entry.feature.clone()));
    }
    if OWN_FEATURES.contains(&entry.feature.as_str()) {
        acc.push(CatalogErrorKind::OwnFeature(entry.feature.clone()));
    }
    let inside = entry.file.split('/').all(|part| !matches!(part, "" | "." | ".."));
    if !inside || !entry.file.ends_with(SPEC_SUFFIX) {
        acc.push(CatalogErrorKind::File(entry.file.clone()));
    }
    acc
}

/// Returns whether `text` starts with a letter and has lower case letters,
/// digits and `joint` only.
fn is_word(text: &str, joint: char) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == joint)
}
