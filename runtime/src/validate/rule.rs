//! What a document demands of a value beyond its type.

use std::fmt::{self, Display};

/// A keyword of JSON Schema that values are checked against, with its value. Numbers are written as in the
/// document, so that none is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rule {
    /// `minimum`
    Minimum(&'static str),
    /// `maximum`
    Maximum(&'static str),
    /// `exclusiveMinimum`
    ExclusiveMinimum(&'static str),
    /// `exclusiveMaximum`
    ExclusiveMaximum(&'static str),
    /// `multipleOf`
    MultipleOf(&'static str),
    /// `minLength`, in characters (Unicode code points).
    MinLength(u64),
    /// `maxLength`, in characters (Unicode code points).
    MaxLength(u64),
    /// `pattern`, an expression of ECMA-262 with the flag `u`.
    Pattern(&'static str),
    /// `pattern`, an expression of ECMA-262 that only has a meaning without the flag `u`.
    LegacyPattern(&'static str),
    /// `format`
    Format(&'static str),
    /// `minItems`
    MinItems(u64),
    /// `maxItems`
    MaxItems(u64),
    /// `uniqueItems`
    UniqueItems,
    /// `minProperties`
    MinProperties(u64),
    /// `maxProperties`
    MaxProperties(u64),
    /// The rules of the items of a list.
    #[doc(hidden)]
    Items(&'static [Rule]),
    /// The rules of the values of a map.
    #[doc(hidden)]
    Values(&'static [Rule]),
}

impl Rule {
    /// Returns the keyword.
    pub fn keyword(&self) -> &'static str {
        match self {
            Self::Minimum(_) => "minimum",
            Self::Maximum(_) => "maximum",
            Self::ExclusiveMinimum(_) => "exclusiveMinimum",
            Self::ExclusiveMaximum(_) => "exclusiveMaximum",
            Self::MultipleOf(_) => "multipleOf",
            Self::MinLength(_) => "minLength",
            Self::MaxLength(_) => "maxLength",
            Self::Pattern(_) | Self::LegacyPattern(_) => "pattern",
            Self::Format(_) => "format",
            Self::MinItems(_) => "minItems",
            Self::MaxItems(_) => "maxItems",
            Self::UniqueItems => "uniqueItems",
            Self::MinProperties(_) => "minProperties",
            Self::MaxProperties(_) => "maxProperties",
            Self::Items(_) => "items",
            Self::Values(_) => "additionalProperties",
        }
    }
}

/// Says what is wrong with a value that violates the rule, without the value.
impl Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = |n: &u64| if *n == 1 { "" } else { "s" };
        match self {
            Self::Minimum(it) => write!(f, "is less than {it}"),
            Self::Maximum(it) => write!(f, "is greater than {it}"),
            Self::ExclusiveMinimum(it) => write!(f, "is not greater than {it}"),
            Self::ExclusiveMaximum(it) => write!(f, "is not less than {it}"),
            Self::MultipleOf(it) => write!(f, "is no multiple of {it}"),
            Self::MinLength(n) => write!(f, "is shorter than {n} character{}", plural(n)),
            Self::MaxLength(n) => write!(f, "is longer than {n} character{}", plural(n)),
            Self::Pattern(it) | Self::LegacyPattern(it) => write!(f, "does not match `{it}`"),
            Self::Format(it) => write!(f, "is no `{it}`"),
            Self::MinItems(n) => write!(f, "has fewer than {n} item{}", plural(n)),
            Self::MaxItems(n) => write!(f, "has more than {n} item{}", plural(n)),
            Self::UniqueItems => f.write_str("has equal items"),
            Self::MinProperties(1) => f.write_str("has no property"),
            Self::MinProperties(n) => write!(f, "has fewer than {n} properties"),
            Self::MaxProperties(1) => f.write_str("has more than 1 property"),
            Self::MaxProperties(n) => write!(f, "has more than {n} properties"),
            Self::Items(_) | Self::Values(_) => {
                f.write_str("holds a value that is not as declared")
            }
        }
    }
}
