//! Traits that generated types derive beside their own.

use std::collections::BTreeMap;
use std::fmt;

/// What a crate depends on, by name: a version, or a table as Cargo has it.
pub(crate) type Dependencies = BTreeMap<String, toml::Value>;

/// Traits that some types derive beside their own.
///
/// # Examples
///
/// ```
/// use tamarack::{Choices, Derive, Input, Settings, generate};
///
/// let document = "{openapi: 3.0.3, info: {title: Pets, version: '1'}, paths: {}, components: {schemas: {
///     Pet: {type: object, properties: {name: {type: string}}}}}}";
/// let derives = vec![Derive::new(["Eq", "std::hash::Hash"])?.of(["Pet"])];
/// let choices = Choices { derives, ..Choices::default() };
/// let input = Input { choices, ..Input::new("pets.yaml", document) };
/// let files = generate(&input, &Settings::module("pets.yaml")).files;
/// assert!(files["types.rs"].contains("#[derive(Eq, std::hash::Hash)]"));
/// # Ok::<(), tamarack::DeriveError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Derive {
    traits: Vec<String>,
    /// The names of the types, as they are in Rust; without any, all that can derive a trait.
    pub types: Vec<String>,
    /// What the crate depends on for it.
    pub(crate) dependencies: Dependencies,
}

/// Why a trait cannot be derived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeriveError {
    /// It is no path of Rust.
    Path(String),
    /// Generated types have it already.
    Own(String),
}

impl fmt::Display for DeriveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(it) => {
                write!(f, "`{it}` is no path of a trait: write for example `schemars::JsonSchema`")
            }
            Self::Own(it) => write!(f, "every type that can have `{it}` has it"),
        }
    }
}

impl std::error::Error for DeriveError {}

/// The traits that no entry can add: a second implementation would not compile, and where one is missing it would show
/// a secret.
const OWN: [&str; 4] = ["Clone", "Debug", "Deserialize", "Serialize"];

impl Derive {
    /// Returns traits that all types derive; each is the path of a derive macro.
    pub fn new(traits: impl IntoIterator<Item = impl Into<String>>) -> Result<Self, DeriveError> {
        let traits: Vec<String> = traits.into_iter().map(Into::into).collect();
        for it in &traits {
            let path = syn::parse_str::<syn::Path>(it).ok().filter(is_plain);
            let Some(path) = path else { return Err(DeriveError::Path(it.clone())) };
            let name = path.segments.last().map(|it| it.ident.to_string()).unwrap_or_default();
            if OWN.contains(&name.as_str()) {
                return Err(DeriveError::Own(it.clone()));
            }
        }
        Ok(Self { traits, types: Vec::new(), dependencies: Dependencies::new() })
    }

    /// Returns the traits for these types alone.
    #[must_use]
    pub fn of(mut self, types: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.types = types.into_iter().map(Into::into).collect();
        self
    }

    /// Returns the traits.
    pub fn traits(&self) -> &[String] {
        &self.traits
    }
}

/// Returns whether a path has no arguments.
pub(crate) fn is_plain(path: &syn::Path) -> bool {
    path.segments.iter().all(|it| it.arguments.is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trait_is_a_path_of_one_that_types_do_not_have() {
        assert!(Derive::new(["Eq", "a::b::C", "::a::B"]).is_ok());
        for wrong in ["", "a b", "a::<B>", "Fn(A)", "a,b", "a]", "1", "struct"] {
            assert_eq!(Derive::new([wrong]), Err(DeriveError::Path(wrong.to_owned())), "{wrong}");
        }
        for own in ["Debug", "serde::Serialize", "std::clone::Clone"] {
            assert_eq!(Derive::new([own]), Err(DeriveError::Own(own.to_owned())));
        }
    }
}
