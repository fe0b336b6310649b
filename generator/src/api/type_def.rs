//! The named types of the model: their origin and their shape.

use serde_json::Value;

use super::{Constraints, LeftOver, OperationId, Secrecy, StatusPattern, TypeId, TypeRef, Union};
use crate::pointer::Pointer;

/// A type that gets a name.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeDef {
    /// Where the name comes from.
    pub origin: Origin,
    /// The place.
    pub pointer: Pointer,
    /// Title and description.
    pub docs: Docs,
    /// Whether the document marks it deprecated.
    pub deprecated: bool,
    /// The examples of the schema itself.
    pub examples: Vec<Value>,
    /// The shape.
    pub shape: Shape,
    /// Whether a `null` is a value of this type wherever it is used
    /// (`nullable` on a component).
    pub nullable: bool,
    /// Whether the shape is untyped because the schema could not be expressed;
    /// a diagnostic says why.
    pub degraded: bool,
    /// Whether the overlay says that values are written although only responses use the type and it
    /// holds a secret.
    pub serialized: bool,
    /// What the document says of it and the model does not express.
    pub left_over: Vec<LeftOver>,
    /// What the schema says about the value beyond its shape; an alias says it itself.
    pub constraints: Constraints,
}

/// Where the name of a type comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The key under `components/schemas`.
    Component(String),
    /// `x-component-name` or the overlay; taken as it is written.
    Given(String),
    /// The place of an inline schema: the owner's name followed by the roles.
    Inline {
        /// What the schema is written inside of.
        owner: Owner,
        /// The way from the owner to the schema.
        roles: Vec<Role>,
    },
}

/// What an inline schema is written inside of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A named type.
    Type(TypeId),
    /// An operation.
    Operation(OperationId),
    /// An operation that is skipped, by its `operationId` (or the name made in its place); its types stay.
    Skipped(String),
    /// A webhook or a callback, by the words of its name.
    Webhook(String),
    /// Nothing: a schema of the components that is no `schemas` entry.
    Document,
}

/// One step from an owner to an inline schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// The property of this name.
    Property(String),
    /// The items of a list.
    Item,
    /// The values of a map.
    Value,
    /// The variant of a union: its tag or key where it has one, else its position from 1.
    Variant(String),
    /// The request body.
    Request,
    /// The body of a success response. `None` when the operation declares one only.
    Response(Option<StatusPattern>),
    /// The body of an error response; `None` when all error bodies are this type.
    Error(Option<StatusPattern>),
    /// The parameter of this name.
    Parameter(String),
    /// The response header of this name.
    Header(String),
}

/// Title and description of a node.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    /// `title`.
    pub title: Option<String>,
    /// `description` (of an operation: also `summary`, as the title).
    pub description: Option<String>,
}

/// The shape of a named type.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A JSON object with declared properties.
    Struct(Struct),
    /// A string with known values.
    Enum(OpenEnum),
    /// One of several shapes.
    Union(Union),
    /// Another type under this name.
    Alias(TypeRef),
}

/// A JSON object with declared properties.
#[derive(Clone, Debug, PartialEq)]
pub struct Struct {
    /// The properties, in the order of the document.
    pub properties: Vec<Property>,
    /// Which undeclared properties it can have.
    pub additional: Additional,
    /// Whether a part of `allOf` denies what it does not declare itself, which no code expresses: two such
    /// parts would allow nothing.
    pub has_closed_part: bool,
}

/// Which undeclared properties an object can have.
#[derive(Clone, Debug, PartialEq)]
pub enum Additional {
    /// Not declared: other properties are allowed and ignored.
    Unsaid,
    /// `additionalProperties: false`; still ignored when received.
    Denied,
    /// `additionalProperties` is `true` or a schema: others are kept.
    Kept(Box<TypeRef>),
    /// `oneOf` or `anyOf` stands beside the properties: the object is one of these as well.
    Variant(Box<TypeRef>),
}

impl Additional {
    /// Returns the type of each undeclared property, or of all of them together.
    pub fn ty(&self) -> Option<&TypeRef> {
        match self {
            Self::Kept(ty) | Self::Variant(ty) => Some(ty),
            Self::Unsaid | Self::Denied => None,
        }
    }
}

/// A property of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Property {
    /// The exact JSON name.
    pub name: String,
    /// Whether the schema lists it in `required`.
    pub required: bool,
    /// The type; its `nullable` says whether the schema allows `null`.
    pub ty: TypeRef,
    /// Title and description.
    pub docs: Docs,
    /// `default`, coerced to the type where it was misspelled; never sent.
    pub default: Option<Value>,
    /// `example`.
    pub example: Option<Value>,
    /// `readOnly`.
    pub read_only: bool,
    /// `writeOnly`.
    pub write_only: bool,
    /// `deprecated`.
    pub deprecated: bool,
    /// Why the value must never be shown, where it must not.
    pub secret: Option<Secrecy>,
    /// The place.
    pub pointer: Pointer,
    /// What the document says of it and the model does not express.
    pub left_over: Vec<LeftOver>,
}

/// A string with known values that may grow: `enum` or `x-enum`.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenEnum {
    /// The known values, in the order of the document, each once.
    pub values: Vec<EnumValue>,
    /// Which keyword the document uses.
    pub spelling: EnumSpelling,
    /// Whether the overlay says that letter case does not matter.
    pub ignore_case: bool,
}

/// A known value of an open enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumValue {
    /// The exact text on the wire.
    pub text: String,
    /// The variant name that the overlay or `x-enum-varnames` gives.
    pub given_name: Option<String>,
    /// What the document says about it.
    pub description: Option<String>,
    /// The place of the value.
    pub pointer: Pointer,
}

/// Which keyword lists the values of an open enum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnumSpelling {
    /// `enum` (JSON Schema), or `const`.
    Enum,
    /// The extension `x-enum` (or `x-extensible-enum`): documented values.
    XEnum,
}
