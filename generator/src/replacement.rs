//! Types that are written by hand and stand for generated ones.

use std::fmt;

use crate::derives::{Dependencies, is_plain};

/// A type that is written by hand, for one of the document.
///
/// Its values are read and written by its own `Deserialize` and `Serialize`; it also implements `Clone` and `Debug`,
/// and `PartialEq` if the types around it do.
///
/// # Examples
///
/// ```
/// use tamarack::{Choices, Input, Replacement, Settings, generate};
///
/// let document = "{openapi: 3.0.3, info: {title: Pets, version: '1'}, paths: {}, components: {schemas: {
///     Pet: {type: object, properties: {name: {type: string}}}}}}";
/// let replacements = vec![Replacement::new("Pet", "kennel::Pet")?];
/// let choices = Choices { replacements, ..Choices::default() };
/// let input = Input { choices, ..Input::new("pets.yaml", document) };
/// let files = generate(&input, &Settings::module("pets.yaml")).files;
/// assert!(files["types.rs"].contains("pub type Pet = kennel::Pet;"));
/// # Ok::<(), tamarack::ReplacementError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Replacement {
    /// The name of the generated type.
    pub replaced: String,
    /// The path of the type that stands for it.
    path: String,
    /// What the crate depends on for it.
    pub(crate) dependencies: Dependencies,
}

/// Why a type cannot stand for another: it has no path of Rust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplacementError(String);

impl fmt::Display for ReplacementError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no path of a type: write for example `port_types::Ship`", self.0)
    }
}

impl std::error::Error for ReplacementError {}

impl Replacement {
    /// Returns a type for the generated one; `path` is what a `use` has, without arguments.
    pub fn new(replaced: impl Into<String>, path: &str) -> Result<Self, ReplacementError> {
        let is_path = syn::parse_str::<syn::Path>(path).is_ok_and(|it| is_plain(&it));
        if !is_path {
            return Err(ReplacementError(path.to_owned()));
        }
        let (replaced, path) = (replaced.into(), path.to_owned());
        Ok(Self { replaced, path, dependencies: Dependencies::new() })
    }

    /// Returns the path of the type that stands for it.
    pub fn path(&self) -> &str {
        &self.path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_a_path_without_arguments() {
        for right in ["a::B", "::a::b::C", "B"] {
            assert_eq!(Replacement::new("A", right).expect("a path").path(), right);
        }
        for wrong in ["", "a b", "a::B<C>", "&B", "(A, B)", "1"] {
            let error = Replacement::new("A", wrong).expect_err(wrong);
            assert_eq!(error, ReplacementError(wrong.to_owned()));
        }
    }
}
