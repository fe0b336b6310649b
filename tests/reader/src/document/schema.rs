//! What the schemas of a document say of a value: references followed, the parts of `allOf` taken together.
//!
//! The spellings of 3.0 and of 3.1 are read as one: `nullable` and `type: [.., "null"]`, `const` and an
//! `enum` of one, `x-enum` and `x-extensible-enum` beside `enum`.

mod said;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Node;

pub(super) use said::is_null;

/// The kinds of JSON values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// `true` or `false`.
    Boolean,
    /// A number without a fraction.
    Integer,
    /// Any number.
    Number,
    /// A string.
    String,
    /// A list.
    List,
    /// An object.
    Object,
}

/// What all the schemas at some nodes say together.
#[derive(Clone, Debug)]
pub struct Schema<'d> {
    /// The nodes, and those that they refer to; parts of `allOf` are not among them.
    pub places: Vec<String>,
    /// All schemas that were read, parts of `allOf` too.
    pub parts: Vec<String>,
    /// Whether `null` is allowed.
    pub nullable: bool,
    /// The kinds of values that are allowed; `None` where no keyword says it.
    pub kinds: Option<BTreeSet<Kind>>,
    /// The properties, each with all the schemas that it has.
    pub properties: BTreeMap<String, Vec<Node<'d>>>,
    /// The names that `required` lists, each with the place of the list.
    pub required: BTreeMap<String, String>,
    /// The values that are listed, and the places of the lists.
    pub values: Option<Values>,
    /// The schema of the items.
    pub items: Vec<Node<'d>>,
    /// Whether items have schemas by their position.
    pub has_prefix: bool,
    /// What other properties there may be.
    pub further: Further<'d>,
    /// The branches of `oneOf` or `anyOf`, without `null`, of each schema that has some.
    pub unions: Vec<Union<'d>>,
    /// The property that a discriminator names, with what the mapping maps.
    pub discriminator: Option<Discriminator>,
    /// `format`.
    pub format: Option<String>,
    /// Whether `contentMediaType` stands without `contentEncoding`: the value is bytes.
    pub is_media: bool,
    /// Whether no value is allowed.
    pub never: bool,
    /// Whether the type may not be in a request, or not in a response.
    pub read_only: bool,
    /// Whether the value is never in a response.
    pub write_only: bool,
}

/// Values that a schema lists.
#[derive(Clone, Debug)]
pub struct Values {
    /// The values, without `null`.
    pub values: Vec<Value>,
    /// Where the lists stand.
    pub at: Vec<String>,
}

/// The properties that are not declared.
#[derive(Clone, Debug)]
pub enum Further<'d> {
    /// Nothing is said.
    Unsaid,
    /// There are none.
    Denied,
    /// There may be any; the place says it.
    Any(String),
    /// They have a schema.
    Schema(Vec<Node<'d>>),
}

/// The branches of `oneOf` or `anyOf`.
#[derive(Clone, Debug)]
pub struct Union<'d> {
    /// The place of the keyword.
    pub at: String,
    /// The branches.
    pub branches: Vec<Node<'d>>,
}

/// A discriminator.
#[derive(Clone, Debug)]
pub struct Discriminator {
    /// The property.
    pub property: String,
    /// The mapped values, each with the place of its schema where there is one.
    pub mapping: Vec<(String, Option<String>)>,
    /// Its place.
    pub at: String,
}

impl Schema<'_> {
    /// Returns the texts that are listed, when all values are texts.
    pub fn texts(&self) -> Option<BTreeSet<String>> {
        let values = self.values.as_ref().filter(|it| !it.values.is_empty())?;
        let is_string = self.kinds.as_ref().is_none_or(|it| it.contains(&Kind::String));
        let only_string = self.kinds.as_ref().is_some_and(|it| it.len() == 1 && is_string);
        let text = |value: &Value| match value {
            Value::String(text) => Some(text.clone()),
            // An unquoted word of YAML under `type: string`.
            Value::Number(_) | Value::Bool(_) if only_string => Some(value.to_string()),
            _ => None,
        };
        values.values.iter().map(text).collect::<Option<_>>().filter(|_| is_string)
    }

    /// Returns the texts that are listed, or the JSON of listed integers or booleans.
    pub fn tags(&self) -> Option<BTreeSet<String>> {
        self.texts().or_else(|| {
            let values = self.values.as_ref().filter(|it| !it.values.is_empty())?;
            let all = |is: fn(&Value) -> bool| values.values.iter().all(is);
            let are_one_kind = all(Value::is_i64) || all(Value::is_boolean);
            are_one_kind.then(|| values.values.iter().map(ToString::to_string).collect())
        })
    }

    /// Returns whether the format is one of integers.
    pub fn is_whole(&self) -> bool {
        matches!(self.format.as_deref(), Some("int32" | "int64" | "uint32" | "uint64"))
    }

    /// Returns whether the value is a file where there are some.
    pub fn is_file(&self) -> bool {
        self.is_media || self.format.as_deref() == Some("binary")
    }

    /// Returns whether nothing is said that a value could break.
    pub fn says_nothing(&self) -> bool {
        self.kinds.is_none()
            && self.properties.is_empty()
            && self.values.is_none()
            && self.items.is_empty()
            && matches!(self.further, Further::Unsaid)
            && self.unions.is_empty()
            && !self.never
    }

    /// Returns the kinds of the values, also where only other keywords tell them.
    pub fn told_kinds(&self) -> Option<BTreeSet<Kind>> {
        if self.kinds.is_some() {
            return self.kinds.clone();
        }
        let kind = if self.texts().is_some() {
            Kind::String
        } else if !self.properties.is_empty()
            || matches!(self.further, Further::Any(_) | Further::Schema(_))
        {
            Kind::Object
        } else if !self.items.is_empty() || self.has_prefix {
            Kind::List
        } else {
            return self.kinds_of_values();
        };
        Some(BTreeSet::from([kind]))
    }

    /// Returns the kinds of the listed values, where they are numbers or booleans alone.
    fn kinds_of_values(&self) -> Option<BTreeSet<Kind>> {
        let values = self.values.as_ref().filter(|it| !it.values.is_empty())?;
        let kind = |value: &Value| match value {
            Value::Bool(_) => Some(Kind::Boolean),
            Value::Number(it) if it.is_f64() => Some(Kind::Number),
            Value::Number(_) => Some(Kind::Integer),
            _ => None,
        };
        let kinds: BTreeSet<Kind> = values.values.iter().map(kind).collect::<Option<_>>()?;
        if kinds.contains(&Kind::Boolean) && kinds.len() > 1 {
            return None;
        }
        // An integer is a number.
        let only = if kinds.contains(&Kind::Number) { Kind::Number } else { *kinds.first()? };
        Some(BTreeSet::from([only]))
    }
}
