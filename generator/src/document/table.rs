//! The table of the objects of OpenAPI 3.0, 3.1 and 3.2: their properties, with all facts about each keyword.
//!
//! Every list of keywords in the crate is a part of it: what a stage asks of a keyword
//! (what it holds, what it costs when nothing expresses it, of which values it speaks,
//! since which version there is one) stands here.

mod objects;
mod schema;
mod unread;

pub(crate) use crate::keyword::{Fate, Way};

pub(crate) use objects::{
    CALLBACK, COMPONENTS, HEADER, MEDIA_TYPE, OPENAPI, OPERATION, PARAMETER, PATH_ITEM,
    REQUEST_BODY, RESPONSE, SECURITY_SCHEME, SERVER, SERVER_VARIABLE, X_WEBHOOKS,
};
pub(crate) use schema::{DISCRIMINATOR, SCHEMA};
pub(crate) use unread::{EXAMPLE, LINK};

/// What a property holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// A string.
    Text,
    /// A string for people.
    Note,
    /// A boolean.
    Flag,
    /// A number.
    Number,
    /// A whole number from 0.
    Count,
    /// Any value; not looked into.
    Json,
    /// A list.
    List(&'static Kind),
    /// A map from names that the author chooses.
    Map(&'static Kind),
    /// An object of the table.
    Node(&'static Object),
    /// An object of the table, or `$ref`.
    RefOr(&'static Object),
    /// A schema.
    Schema,
    /// A schema or a boolean (`additionalProperties`).
    FlagOrSchema,
    /// A property that no code is generated from: only the lint looks into it.
    Unread(&'static Kind),
}

impl Kind {
    /// Returns what a member holds, whoever looks into it.
    pub(crate) fn held(self) -> Self {
        match self {
            Self::Unread(inner) => inner.held(),
            other => other,
        }
    }

    /// Returns the object that stands in such a member.
    pub(crate) fn object(self) -> Option<&'static Object> {
        match self.held() {
            Self::Node(object) | Self::RefOr(object) => Some(object),
            Self::Schema | Self::FlagOrSchema => Some(&SCHEMA),
            _ => None,
        }
    }

    /// Returns whether schemas stand in such a member.
    pub(crate) fn holds_schemas(self) -> bool {
        match self {
            Self::Schema | Self::FlagOrSchema => true,
            Self::List(inner) | Self::Map(inner) | Self::Unread(inner) => inner.holds_schemas(),
            Self::Text
            | Self::Note
            | Self::Flag
            | Self::Number
            | Self::Count
            | Self::Json
            | Self::Node(_)
            | Self::RefOr(_) => false,
        }
    }
}

/// What is lost when a node is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cost {
    Nothing,
    Part,
    Operation,
}

/// A version of OpenAPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum OpenApiVersion {
    V30,
    V31,
    V32,
}

/// A member of an object: all that is known of its keyword.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) fate: Fate,
    /// The types of whose values alone it speaks; empty where it speaks of all.
    pub(crate) of: &'static [&'static str],
    /// The first version that has it.
    pub(crate) since: OpenApiVersion,
    /// Which way what it holds travels.
    pub(crate) way: Way,
    /// Whether the order of the list that it holds means nothing.
    pub(crate) is_set: bool,
    /// How a document may spell it, where the one dialect that the stages read has this name.
    pub(crate) spelled: &'static [&'static str],
}

pub(super) const fn member(name: &'static str, kind: Kind) -> Member {
    Member {
        name,
        kind,
        fate: Fate::Wire,
        of: &[],
        since: OpenApiVersion::V30,
        way: Way::Straight,
        is_set: false,
        spelled: &[],
    }
}

impl Member {
    const fn note(self) -> Self {
        Self { fate: Fate::Note, ..self }
    }

    const fn definition(self) -> Self {
        Self { fate: Fate::Definition, ..self }
    }

    const fn way(self, way: Way) -> Self {
        Self { way, ..self }
    }

    const fn set(self) -> Self {
        Self { is_set: true, ..self }
    }

    const fn spelled(self, spelled: &'static [&'static str]) -> Self {
        Self { spelled, ..self }
    }

    const fn annotation(self) -> Self {
        Self { fate: Fate::Annotation, ..self }
    }

    const fn part(self) -> Self {
        Self { fate: Fate::Part, ..self }
    }

    const fn assertion(self) -> Self {
        Self { fate: Fate::Assertion, ..self }
    }

    const fn of(self, of: &'static [&'static str]) -> Self {
        Self { of, ..self }
    }

    const fn since(self, since: OpenApiVersion) -> Self {
        Self { since, ..self }
    }

    /// Returns whether the keyword bounds the values of some types and holds no schemas.
    pub(crate) fn is_bound(&self) -> bool {
        !self.of.is_empty() && !self.kind.holds_schemas()
    }
}

const STRINGS: &[&str] = &["string"];
const NUMBERS: &[&str] = &["number", "integer"];
const LISTS: &[&str] = &["array"];
const MAPS: &[&str] = &["object"];

/// An object of OpenAPI.
#[derive(Debug)]
pub(crate) struct Object {
    /// The name in the specification.
    pub(crate) title: &'static str,
    /// The properties it knows.
    pub(crate) members: &'static [Member],
    /// Members without which the node means nothing.
    pub(crate) required: &'static [&'static str],
    /// Further properties that the specification requires; code does without
    /// them, so only the lint asks for them.
    pub(crate) expected: &'static [&'static str],
    /// Members whose loss costs the node: code without them would do something else.
    pub(crate) vital: &'static [&'static str],
    /// The kind of the properties whose names the author chooses.
    pub(crate) others: Option<Kind>,
    /// What is lost without it.
    pub(crate) cost: Cost,
}

impl Object {
    /// Returns whether it is that object of the table.
    pub(crate) fn is(&self, other: &'static Self) -> bool {
        std::ptr::eq(self, other)
    }

    /// Returns what the table says of a keyword.
    pub(crate) fn member(&self, keyword: &str) -> Option<&'static Member> {
        self.members.iter().find(|it| it.name == keyword)
    }

    /// Returns what it costs that nothing expresses a keyword.
    pub(crate) fn fate(&self, keyword: &str) -> Fate {
        self.member(keyword).map_or(Fate::Wire, |it| it.fate)
    }
}

pub(super) const fn object(title: &'static str, members: &'static [Member]) -> Object {
    Object {
        title,
        members,
        required: &[],
        expected: &[],
        vital: &[],
        others: None,
        cost: Cost::Part,
    }
}
