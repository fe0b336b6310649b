//! The name of a generated crate, valid for cargo and Rust.

use std::fmt;

use heck::ToKebabCase;

/// The crates that a generated one depends on.
const DEPENDENCIES: [&str; 3] = ["serde-json", "tamarack-runtime", "tokio"];

/// The name of a package that cargo takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrateName(String);

/// Why a text is not a package name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CrateNameError {
    /// It has other characters, or none.
    Characters,
    /// The word is reserved in Rust.
    Reserved,
}

impl fmt::Display for CrateNameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Characters => "write letters, digits, `-` and `_`, a letter first",
            Self::Reserved => "this name is reserved in Rust",
        })
    }
}

impl std::error::Error for CrateNameError {}

impl CrateName {
    /// Reads the name of a crate: cargo's own rules, and no word that Rust
    /// keeps for itself.
    pub fn parse(text: &str) -> Result<Self, CrateNameError> {
        let starts = text.starts_with(|c: char| c.is_ascii_alphabetic());
        if !starts || !text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_') {
            return Err(CrateNameError::Characters);
        }
        let taken = ["alloc", "core", "proc_macro", "std", "test"];
        if taken.contains(&text) || syn::parse_str::<syn::Ident>(&text.replace('-', "_")).is_err() {
            return Err(CrateNameError::Reserved);
        }
        Ok(Self(text.to_owned()))
    }

    /// Returns the first of some texts, such as a title and the name of a file,
    /// that is a name once it is written as one.
    pub(crate) fn made_from(texts: [&str; 2]) -> Self {
        let made = texts.iter().find_map(|text| {
            let ascii = text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' });
            let name = ascii.collect::<String>().to_kebab_case();
            let own = Self::parse(&name).ok().filter(|it| !DEPENDENCIES.contains(&it.as_str()));
            own.or_else(|| Self::parse(&format!("{name}-client")).ok())
        });
        made.unwrap_or_else(|| Self("api-client".to_owned()))
    }

    /// Returns the name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_text_that_is_a_name_is_the_name() {
        let made = |title, file| CrateName::made_from([title, file]).0;
        assert_eq!(made("Swagger Petstore - OpenAPI 3.0", "pets"), "swagger-petstore-open-api-3-0");
        assert_eq!(made("日本", "pets"), "pets");
        assert_eq!(made("Test", "pets"), "test-client");
        assert_eq!(made("Tokio", "pets"), "tokio-client");
        assert_eq!(made("", "1"), "api-client");
    }

    #[test]
    fn a_crate_name_is_one_that_cargo_takes() {
        assert_eq!(CrateName::parse("acme-oauth_1").unwrap().as_str(), "acme-oauth_1");
        for bad in ["", "1st", "a b", "é"] {
            assert_eq!(CrateName::parse(bad), Err(CrateNameError::Characters), "{bad}");
        }
        for bad in ["std", "type"] {
            assert_eq!(CrateName::parse(bad), Err(CrateNameError::Reserved), "{bad}");
        }
    }
}
