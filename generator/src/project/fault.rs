//! The ways in which a project file is wrong.

use std::fmt;

use super::table::Position;
use crate::crate_name::CrateNameError;
use crate::derives::DeriveError;
use crate::formats::{FormatsError, Library};
use crate::replacement::ReplacementError;

/// What is wrong with a project file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectError {
    /// The file, as it is named in messages.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The character of the line, from 1.
    pub column: usize,
    /// What is wrong.
    pub kind: FaultKind,
}

/// The ways a project file can be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The text is not TOML.
    Syntax(String),
    /// The file has no entry that generates anything.
    Nothing,
    /// A key that has no meaning.
    UnknownKey {
        /// The key.
        key: String,
        /// The table that has it, for example `[[spec]]`.
        table: &'static str,
        /// The key that was probably meant.
        nearest: Option<&'static str>,
        /// The keys of the table.
        known: Vec<&'static str>,
    },
    /// A key that is needed is absent.
    Missing {
        /// The key.
        key: &'static str,
        /// The table that lacks it.
        table: &'static str,
    },
    /// A value of another kind.
    Kind {
        /// The key.
        key: &'static str,
        /// What it needs, for example `a text`.
        expected: &'static str,
    },
    /// A text without a character.
    Empty(&'static str),
    /// A name that no crate can have.
    Name(String, CrateNameError),
    /// A library that no format has a type of.
    Library {
        /// Its name.
        name: String,
        /// The library that was probably meant.
        nearest: Option<Library>,
    },
    /// A trait that types cannot derive.
    Derive(DeriveError),
    /// A type that cannot stand for another.
    Replacement(ReplacementError),
    /// Two libraries that have a type for the same format.
    Formats(FormatsError),
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
    /// A value that an earlier entry has.
    Twice {
        /// The key.
        key: &'static str,
        /// Its value.
        value: String,
        /// The line of the earlier entry.
        first_line: usize,
    },
}

impl ProjectError {
    /// Makes an error at a place.
    pub(super) fn at(file: &str, position: Position, kind: FaultKind) -> Self {
        let Position { line, column } = position;
        Self { file: file.to_owned(), line, column, kind }
    }
}

impl fmt::Display for ProjectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.kind)
    }
}

impl std::error::Error for ProjectError {}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(message) => f.write_str(message),
            Self::Nothing => f.write_str("the file has neither `[[spec]]` nor `[[crate]]`"),
            Self::UnknownKey { key, table, nearest, known } => {
                write!(f, "unknown key `{key}` in {table}: ")?;
                match nearest {
                    Some(nearest) => write!(f, "did you mean `{nearest}`?"),
                    None => write!(f, "its keys are `{}`", known.join("`, `")),
                }
            }
            Self::Missing { key, table } => write!(f, "{table} has no `{key}`"),
            Self::Kind { key, expected } => write!(f, "`{key}` must be {expected}"),
            Self::Empty(key) => write!(f, "`{key}` is empty"),
            Self::Name(value, error) => write!(f, "`{value}` is no name of a crate: {error}"),
            Self::Library { name, nearest } => {
                write!(f, "no format has a type of `{name}`: ")?;
                match nearest {
                    Some(nearest) => write!(f, "did you mean `{nearest}`?"),
                    None => {
                        let names = Library::ALL.map(Library::name);
                        write!(f, "the libraries are `{}`", names.join("`, `"))
                    }
                }
            }
            Self::Derive(error) => error.fmt(f),
            Self::Replacement(error) => error.fmt(f),
            Self::Formats(error) => error.fmt(f),
            Self::Module(value) => write!(
                f,
                "`{value}` is not a module path: write lower case words joined by `::`, \
                 for example `acme::oauth::v1`"
            ),
            Self::OwnModule(value) => write!(
                f,
                "`{value}` is a module that every crate has, or a keyword of Rust: write another, \
                 for example `acme::oauth::v1`"
            ),
            Self::Nested { module, other, first_line } => {
                write!(f, "the modules `{module}` and `{other}` of line {first_line} are nested")
            }
            Self::Feature(value) => write!(
                f,
                "`{value}` is not a feature name: write lower case words joined by `-`, \
                 for example `acme-oauth-1`"
            ),
            Self::OwnFeature(value) => write!(
                f,
                "`{value}` is a feature that every crate has: write another, \
                 for example `acme-oauth-1`"
            ),
            Self::Twice { key, value, first_line } => {
                write!(f, "the {key} `{value}` is already used in line {first_line}")
            }
        }
    }
}
