//! What a document is generated with: the libraries whose types the values of formats have, and the checks of values.

use std::fmt;

/// What a document can be generated with: a library that has types for values of formats, or the checks of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Library {
    /// `chrono`: instants and dates.
    Chrono,
    /// `jiff`: instants, dates and durations.
    Jiff,
    /// `rust_decimal`: decimal numbers that are texts.
    RustDecimal,
    /// `time`: instants and dates.
    Time,
    /// `url`: absolute URLs.
    Url,
    /// `uuid`: UUIDs.
    Uuid,
    /// No types: what a document demands of values beyond their types, behind the feature `validate` of the crate.
    Validate,
}

impl Library {
    /// All of them, in the order of their names.
    pub const ALL: [Self; 7] = [
        Self::Chrono,
        Self::Jiff,
        Self::RustDecimal,
        Self::Time,
        Self::Url,
        Self::Uuid,
        Self::Validate,
    ];

    /// Returns the name, as it is written on the command line and in `tamarack.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chrono => "chrono",
            Self::Jiff => "jiff",
            Self::RustDecimal => "rust_decimal",
            Self::Time => "time",
            Self::Url => "url",
            Self::Uuid => "uuid",
            Self::Validate => "validate",
        }
    }

    /// Returns the library with this name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// Returns the feature of the runtime that has its types, and the module there.
    pub fn feature(self) -> &'static str {
        match self {
            Self::Chrono => "chrono04",
            Self::Jiff => "jiff1",
            Self::RustDecimal => "rust_decimal1",
            Self::Time => "time03",
            Self::Url => "url2",
            Self::Uuid => "uuid1",
            Self::Validate => "validate",
        }
    }

    /// Returns the formats for which it has a type, each with the name of the type.
    fn types(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Chrono => &[("date-time", "DateTime"), ("date", "NaiveDate")],
            Self::Jiff => &[("date-time", "Timestamp"), ("date", "Date"), ("duration", "Span")],
            Self::RustDecimal => &[("decimal", "Decimal")],
            Self::Time => &[("date-time", "OffsetDateTime"), ("date", "Date")],
            Self::Url => &[("uri", "Url"), ("url", "Url")],
            Self::Uuid => &[("uuid", "Uuid")],
            Self::Validate => &[],
        }
    }
}

impl fmt::Display for Library {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A type of a library for the values of a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormatType {
    /// The library.
    pub library: Library,
    /// The name of the type in the module of the library.
    pub name: &'static str,
}

/// The libraries that a document is generated with; without any, a value with a format is a `String`.
///
/// # Examples
///
/// ```
/// use tamarack::{Choices, Formats, Input, Library, Settings, generate};
///
/// let document = "{openapi: 3.0.3, info: {title: Pets, version: '1'}, paths: {}, components: {schemas: {
///     Pet: {type: object, required: [born], properties: {born: {type: string, format: date}}}}}}";
/// let formats = Formats::new([Library::Jiff])?;
/// let choices = Choices { formats, ..Choices::default() };
/// let input = Input { choices, ..Input::new("pets.yaml", document) };
/// let files = generate(&input, &Settings::module("pets.yaml")).files;
/// assert!(files["types.rs"].contains("pub born: Typed<jiff1::Date>,"));
/// # Ok::<(), tamarack::FormatsError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Formats(Vec<Library>);

/// Two libraries that have a type for the same format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormatsError {
    /// One of them.
    pub one: Library,
    /// The other one.
    pub other: Library,
    /// The format.
    pub format: &'static str,
}

impl fmt::Display for FormatsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { one, other, format } = self;
        write!(f, "`{one}` and `{other}` both have a type for the format `{format}`: choose one")
    }
}

impl std::error::Error for FormatsError {}

impl Formats {
    /// Returns these libraries, or two of them that have a type for the same format.
    pub fn new(libraries: impl IntoIterator<Item = Library>) -> Result<Self, FormatsError> {
        let mut acc: Vec<Library> = libraries.into_iter().collect();
        acc.sort_unstable();
        acc.dedup();
        for (index, &one) in acc.iter().enumerate() {
            for &other in &acc[index + 1..] {
                let is_both = |(format, _): &&(&str, _)| {
                    other.types().iter().any(|(others, _)| others == format)
                };
                if let Some((format, _)) = one.types().iter().find(is_both) {
                    return Err(FormatsError { one, other, format });
                }
            }
        }
        Ok(Self(acc))
    }

    /// Returns the libraries, in the order of their names.
    pub fn libraries(&self) -> &[Library] {
        &self.0
    }

    /// Returns the type for the values of a format.
    pub(crate) fn of(&self, format: &str) -> Option<FormatType> {
        self.0.iter().find_map(|&library| {
            let (_, name) = library.types().iter().find(|(known, _)| *known == format)?;
            Some(FormatType { library, name })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_has_one_type() {
        let formats = Formats::new([Library::Uuid, Library::Jiff, Library::Uuid]).expect("one");
        assert_eq!(formats.libraries(), [Library::Jiff, Library::Uuid]);
        assert_eq!(formats.of("date").map(|it| it.name), Some("Date"));
        assert_eq!(formats.of("uuid").map(|it| it.library), Some(Library::Uuid));
        assert_eq!(formats.of("time"), None);
        assert_eq!(Formats::default().of("date"), None);
        let error = Formats::new([Library::Jiff, Library::Time]).expect_err("two for dates");
        assert_eq!(
            error.to_string(),
            "`jiff` and `time` both have a type for the format `date-time`: choose one"
        );
    }

    #[test]
    fn each_has_a_name_of_its_own() {
        for library in Library::ALL {
            assert_eq!(Library::of_name(library.name()), Some(library));
        }
        assert_eq!(Library::of_name("joda"), None);
    }
}
