//! The types to write down.

use crate::api::Tagging;
use crate::name::{TypeIdent, ValueIdent};
use crate::plan::{Group, RustType};

/// A type to write down.
#[derive(Clone, Debug)]
pub struct PlannedType {
    /// The name.
    pub ident: TypeIdent,
    /// The doc comment, as Markdown.
    pub docs: String,
    /// The operations it belongs to.
    pub group: Group,
    /// The item.
    pub item: Item,
    /// The traits that it derives beside its own, as paths.
    pub derives: Vec<String>,
}

/// What kind of item a type becomes.
#[derive(Clone, Debug)]
pub enum Item {
    /// A struct with named fields.
    Struct(PlannedStruct),
    /// An enum of known texts.
    Enum(PlannedEnum),
    /// An enum with one payload a variant.
    Union(PlannedUnion),
    /// A struct around JSON, with a method for each type that it can be decoded as.
    JsonUnion(PlannedJsonUnion),
    /// A type alias.
    Alias(RustType),
    /// A struct around one value, where an alias would name itself.
    Newtype {
        /// The value.
        inner: RustType,
        /// What it derives and implements.
        traits: Traits,
    },
}

impl Item {
    /// Returns the traits, where the item can have some and lack others.
    pub fn traits(&self) -> Option<Traits> {
        match self {
            Self::Struct(it) => Some(it.traits),
            Self::Union(it) => Some(it.traits),
            Self::JsonUnion(it) => Some(it.traits),
            Self::Newtype { traits, .. } => Some(*traits),
            Self::Enum(_) | Self::Alias(_) => None,
        }
    }
}

/// Which traits a type has beyond `Clone`, `Debug` and `Deserialize`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Traits {
    /// `Serialize`: not for what a server sends with a secret in it.
    pub serialize: bool,
    /// `PartialEq`: not for what holds a secret.
    pub partial_eq: bool,
    /// `Default`: where no field is required.
    pub default: bool,
}

/// A struct with named fields.
#[derive(Clone, Debug)]
pub struct PlannedStruct {
    /// The traits.
    pub traits: Traits,
    /// The fields, in the order of the document.
    pub fields: Vec<Field>,
    /// The struct that the constructor's arguments come as, where they are many.
    pub bundle: Option<TypeIdent>,
    /// The field that keeps properties the document does not name.
    pub additional: Option<RustType>,
    /// The field that has the properties of a branch, where a union stands beside the declared ones.
    pub variant: Option<PlannedVariant>,
}

/// The field of a struct whose properties stand beside those of the struct.
#[derive(Clone, Debug)]
pub struct PlannedVariant {
    /// The name.
    pub ident: ValueIdent,
    /// The type.
    pub ty: RustType,
}

impl PlannedStruct {
    /// Returns the fields that the constructor takes, in order.
    pub fn taken(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|it| it.start == Start::Taken)
    }

    /// Returns the fields that the constructor fills in, each with the variant of its enum.
    pub fn filled(&self) -> impl Iterator<Item = (&Field, &TypeIdent)> {
        self.fields.iter().filter_map(|it| match &it.start {
            Start::Filled(variant) => Some((it, variant)),
            Start::Taken | Start::Absent => None,
        })
    }
}

/// A field.
#[derive(Clone, Debug)]
pub struct Field {
    /// The name.
    pub ident: ValueIdent,
    /// The JSON name.
    pub json_name: String,
    /// The doc comment, as Markdown.
    pub docs: String,
    /// The whole type, with its `Option`.
    pub ty: RustType,
    /// How it is left out.
    pub presence: Presence,
    /// What the constructor gives it.
    pub start: Start,
    /// The method that sets it, where there is one: what the constructor takes has none.
    pub setter: Option<ValueIdent>,
    /// Whether a branch of the struct's variant declares the property as well.
    pub shared: bool,
}

impl Field {
    /// Returns how the field is read and written.
    pub fn word(&self) -> Word {
        let is_secret = self.ty.is_secret();
        match (self.presence, is_secret) {
            (Presence::Always, _) if matches!(self.ty, RustType::Option(_)) => {
                if is_secret {
                    Word::NullableSecret
                } else {
                    Word::Nullable
                }
            }
            (Presence::Always, false) => Word::Required,
            (Presence::Always, true) => Word::Secret,
            (Presence::Optional, false) => Word::Optional,
            (Presence::Optional, true) => Word::OptionalSecret,
            (Presence::ThreeState, false) => Word::Patch,
            (Presence::ThreeState, true) => Word::PatchSecret,
        }
    }
}

/// How a field is read and written: the words of `json_object!`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// Always there.
    Required,
    /// Left out when it is `None`.
    Optional,
    /// `null` when it is `None`.
    Nullable,
    /// Left out when it is `Patch::Absent`.
    Patch,
    /// A secret that is always there.
    Secret,
    /// A secret that is left out when it is `None`.
    OptionalSecret,
    /// A secret that is `null` when it is `None`.
    NullableSecret,
    /// A secret that is left out when it is `Patch::Absent`.
    PatchSecret,
}

impl Word {
    /// Returns the word as the macro reads it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Optional => "optional",
            Self::Nullable => "nullable",
            Self::Patch => "patch",
            Self::Secret => "secret",
            Self::OptionalSecret => "optional_secret",
            Self::NullableSecret => "nullable_secret",
            Self::PatchSecret => "patch_secret",
        }
    }
}

/// How a field is left out of the JSON text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Never.
    Always,
    /// When it is `None`.
    Optional,
    /// When it is `Patch::Absent`.
    ThreeState,
}

/// What the constructor of a struct gives a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// What it is called with.
    Taken,
    /// This variant, the one declared value of the field's enum.
    Filled(TypeIdent),
    /// No value.
    Absent,
}

/// An enum of known texts.
#[derive(Clone, Debug)]
pub struct PlannedEnum {
    /// The known values.
    pub variants: Vec<TextVariant>,
    /// Whether letter case does not matter.
    pub ignore_case: bool,
}

/// A known text.
#[derive(Clone, Debug)]
pub struct TextVariant {
    /// The name.
    pub ident: TypeIdent,
    /// The exact text.
    pub text: String,
    /// What the document says of it beside the text, as Markdown.
    pub docs: String,
}

/// An enum with one payload a variant.
#[derive(Clone, Debug)]
pub struct PlannedUnion {
    /// The traits.
    pub traits: Traits,
    /// The variants with what tells them apart.
    pub tagging: Tagging<UnionVariant>,
}

impl PlannedUnion {
    /// Returns the variants.
    pub fn variants(&self) -> impl Iterator<Item = &UnionVariant> {
        self.tagging.variants().into_iter().map(|it| it.1)
    }
}

/// A union whose branches overlap: a value is kept as JSON.
#[derive(Clone, Debug)]
pub struct PlannedJsonUnion {
    /// The traits.
    pub traits: Traits,
    /// Whether the JSON can contain a secret.
    pub holds_secret: bool,
    /// The branches.
    pub branches: Vec<JsonBranch>,
}

/// A type that the JSON of a union can be decoded as.
#[derive(Clone, Debug)]
pub struct JsonBranch {
    /// The method that decodes it.
    pub method: ValueIdent,
    /// The type.
    pub ty: RustType,
    /// Whether a value of the type becomes the union by `From`: it is the first branch with this type, and JSON
    /// holds it.
    pub converts: bool,
    /// The doc comment, as Markdown.
    pub docs: String,
}

/// A variant with its payload.
#[derive(Clone, Debug)]
pub struct UnionVariant {
    /// The name.
    pub ident: TypeIdent,
    /// The payload.
    pub ty: RustType,
    /// Whether the payload has the tag as a property of its own.
    pub declares_tag: bool,
    /// Whether a payload becomes the union by `From`: no other variant has its type.
    pub converts: bool,
    /// The doc comment, as Markdown.
    pub docs: String,
}
