//! The unions of the model: their variants, and how to distinguish them.

use super::{Docs, TypeRef};
use crate::pointer::Pointer;

/// One of several shapes.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// The variants with what tells them apart.
    pub tagging: Tagging,
    /// Which keyword: `oneOf` or `anyOf`.
    pub any_of: bool,
}

/// How a value of a union says which variant it has, and the variants, in the
/// order of the document; those told by their kind in the order of kinds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tagging<V = Variant> {
    /// By the value of one property, which the variant keeps as its own.
    Discriminator {
        /// The JSON name of the property.
        property: String,
        /// What the values are.
        of: TagKind,
        /// The variants by their tags, at least one each; of an integer or a boolean its JSON.
        variants: Vec<Told<Vec<String>, V>>,
    },
    /// By the one key of the object, whose value is the variant's type.
    Key(Vec<Told<String, V>>),
    /// By the JSON kind of the value; no two variants share one.
    Kind(Vec<Told<JsonKind, V>>),
    /// By nothing: a value can fit several variants, so it is kept as JSON. Each with the word that it
    /// is called by.
    Overlapping(Vec<Told<String, V>>),
}

/// What the values of a discriminating property are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagKind {
    /// Texts.
    Text,
    /// Integers.
    Integer,
    /// `true` and `false`.
    Boolean,
}

/// A variant with the value that identifies it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told<By, V = Variant> {
    /// What only this variant has.
    pub by: By,
    /// The variant.
    pub variant: V,
}

/// A shape of a union.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// The type.
    pub ty: TypeRef,
    /// What the document says about it.
    pub docs: Docs,
    /// The variant name that the overlay gives.
    pub given_name: Option<String>,
    /// The place.
    pub pointer: Pointer,
    /// Whether the object with the key of this variant denies further properties. What is told otherwise says it
    /// itself, if it is an object.
    pub is_closed: bool,
}

/// The kinds of JSON values, in the order in which a reader tries them: an integer
/// is a number too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum JsonKind {
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

impl JsonKind {
    /// Returns the kind as one word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Boolean => "Boolean",
            Self::Integer => "Integer",
            Self::Number => "Number",
            Self::String => "String",
            Self::List => "List",
            Self::Object => "Object",
        }
    }
}

/// What tells one variant from the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToldBy<'a> {
    /// By one of these values of the discriminating property.
    Tags(&'a [String]),
    /// By this key.
    Key(&'a str),
    /// By its kind.
    Kind(JsonKind),
    /// By nothing; the word that it is called by.
    Nothing(&'a str),
}

impl<'a> ToldBy<'a> {
    /// Returns the tags, or the one key.
    pub fn texts(self) -> Vec<&'a str> {
        match self {
            Self::Tags(tags) => tags.iter().map(String::as_str).collect(),
            Self::Key(key) => vec![key],
            Self::Kind(_) | Self::Nothing(_) => Vec::new(),
        }
    }

    /// Returns the one word for the variant: its first tag, its key, its kind, its name.
    pub fn word(self) -> &'a str {
        match self {
            Self::Tags(tags) => tags.first().map_or("", String::as_str),
            Self::Key(word) | Self::Nothing(word) => word,
            Self::Kind(kind) => kind.word(),
        }
    }
}

impl<V> Tagging<V> {
    /// Returns the variants, each with the value that identifies it.
    pub fn variants(&self) -> Vec<(ToldBy<'_>, &V)> {
        match self {
            Self::Discriminator { variants, .. } => {
                variants.iter().map(|it| (ToldBy::Tags(&it.by), &it.variant)).collect()
            }
            Self::Key(variants) => {
                variants.iter().map(|it| (ToldBy::Key(&it.by), &it.variant)).collect()
            }
            Self::Kind(variants) => {
                variants.iter().map(|it| (ToldBy::Kind(it.by), &it.variant)).collect()
            }
            Self::Overlapping(variants) => {
                variants.iter().map(|it| (ToldBy::Nothing(&it.by), &it.variant)).collect()
            }
        }
    }

    /// Returns the variant of an index.
    pub fn variant_mut(&mut self, index: usize) -> &mut V {
        match self {
            Self::Discriminator { variants, .. } => &mut variants[index].variant,
            Self::Key(variants) | Self::Overlapping(variants) => &mut variants[index].variant,
            Self::Kind(variants) => &mut variants[index].variant,
        }
    }

    /// Returns the same tagging with other variants.
    pub fn map<W>(self, mut of: impl FnMut(ToldBy<'_>, V) -> W) -> Tagging<W> {
        match self {
            Self::Discriminator { property, of: kind, variants } => Tagging::Discriminator {
                property,
                of: kind,
                variants: told(variants, |by, it| of(ToldBy::Tags(by), it)),
            },
            Self::Key(variants) => Tagging::Key(told(variants, |by, it| of(ToldBy::Key(by), it))),
            Self::Kind(variants) => {
                Tagging::Kind(told(variants, |by, it| of(ToldBy::Kind(*by), it)))
            }
            Self::Overlapping(variants) => {
                Tagging::Overlapping(told(variants, |by, it| of(ToldBy::Nothing(by), it)))
            }
        }
    }

    /// Returns whether two unions distinguish their variants in the same way.
    pub fn is_same_way<W>(&self, other: &Tagging<W>) -> bool {
        match (self, other) {
            (
                Self::Discriminator { property, of, .. },
                Tagging::Discriminator { property: other, of: other_of, .. },
            ) => property == other && of == other_of,
            (Self::Key(_), Tagging::Key(_))
            | (Self::Kind(_), Tagging::Kind(_))
            | (Self::Overlapping(_), Tagging::Overlapping(_)) => true,
            _ => false,
        }
    }
}

fn told<By, V, W>(variants: Vec<Told<By, V>>, mut of: impl FnMut(&By, V) -> W) -> Vec<Told<By, W>> {
    let told = variants.into_iter().map(|Told { by, variant }| {
        let variant = of(&by, variant);
        Told { by, variant }
    });
    told.collect()
}

impl Union {
    /// Returns whether a value is kept as JSON, since nothing tells which variant it is.
    pub fn is_overlapping(&self) -> bool {
        matches!(self.tagging, Tagging::Overlapping(_))
    }

    /// Returns the variants.
    pub fn variants(&self) -> impl Iterator<Item = &Variant> {
        self.tagging.variants().into_iter().map(|it| it.1)
    }
}
