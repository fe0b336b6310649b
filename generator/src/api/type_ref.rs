//! The use of a type in the model, with the constraints that apply there.

use serde_json::Value;

use super::TypeId;

/// The use of a type.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeRef {
    /// The type.
    pub ty: Type,
    /// Whether `null` is allowed here.
    pub nullable: bool,
    /// What the schema says about the value beyond its type.
    pub constraints: Constraints,
}

impl TypeRef {
    /// Returns a use of `ty` that allows no `null` and has no constraints.
    pub fn plain(ty: Type) -> Self {
        Self { ty, nullable: false, constraints: Constraints::default() }
    }
}

impl TypeRef {
    /// Returns the type inside of all lists and maps.
    pub(crate) fn heart(&self) -> &Type {
        let mut ty = &self.ty;
        while let Type::List(inner) | Type::Map(inner) = ty {
            ty = &inner.ty;
        }
        ty
    }
}

/// The use of a type.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// A named type.
    Named(TypeId),
    /// A string; the format is kept, the Rust type does not depend on it.
    String(Option<String>),
    /// A boolean.
    Boolean,
    /// An integer.
    Integer(IntegerWidth),
    /// A number.
    Number(NumberWidth),
    /// A list.
    List(Box<TypeRef>),
    /// An object used as a map from any name to one type.
    Map(Box<TypeRef>),
    /// A JSON object with any properties.
    FreeForm,
    /// Any JSON value.
    Any,
    /// Raw bytes; only as a whole body.
    Bytes,
    /// A file; only as a part of a multipart body.
    File,
}

/// The width an integer's `format` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntegerWidth {
    /// `int32`.
    I32,
    /// `int64`, or no format.
    I64,
    /// `uint32`.
    U32,
    /// `uint64`, or bounds beyond 64 signed bits.
    U64,
}

/// The width a number's `format` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberWidth {
    /// `float`.
    F32,
    /// `double`, or no format.
    F64,
}

/// What a schema says about a value beyond its type (JSON Schema validation).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Constraints {
    /// `minimum`.
    pub minimum: Option<serde_json::Number>,
    /// `maximum`.
    pub maximum: Option<serde_json::Number>,
    /// Whether `minimum` itself is excluded.
    pub exclusive_minimum: bool,
    /// Whether `maximum` itself is excluded.
    pub exclusive_maximum: bool,
    /// `multipleOf`.
    pub multiple_of: Option<serde_json::Number>,
    /// `minLength`, in characters.
    pub min_length: Option<u64>,
    /// `maxLength`, in characters.
    pub max_length: Option<u64>,
    /// `pattern`.
    pub pattern: Option<String>,
    /// `minItems`.
    pub min_items: Option<u64>,
    /// `maxItems`.
    pub max_items: Option<u64>,
    /// `uniqueItems`.
    pub unique_items: bool,
    /// `minProperties`.
    pub min_properties: Option<u64>,
    /// `maxProperties`.
    pub max_properties: Option<u64>,
    /// The values that are listed and are no enum; few places list any.
    pub listed: Option<Box<ListedValues>>,
}

/// Listed values that are not all strings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListedValues {
    /// Those of an `enum`.
    pub values: Vec<Value>,
    /// Those of an `x-enum`: others may come.
    pub known: Vec<Value>,
    /// What the document calls such a value, or says about it.
    pub about: Vec<(Value, String)>,
}

impl ListedValues {
    /// Returns the values where there are some.
    #[must_use]
    pub fn boxed(self) -> Option<Box<Self>> {
        (self != Self::default()).then(|| Box::new(self))
    }

    /// Returns what the document calls a value, or says about it.
    #[must_use]
    pub fn about(&self, value: &Value) -> Option<&str> {
        self.about.iter().find(|(known, _)| known == value).map(|(_, about)| about.as_str())
    }
}

impl Constraints {
    /// Returns the values of an `enum` that is not of strings.
    #[must_use]
    pub fn values(&self) -> &[Value] {
        self.listed.as_ref().map_or(&[], |it| &it.values)
    }

    /// Says which values an `enum` lists that is not of strings.
    pub(crate) fn set_values(&mut self, values: Vec<Value>) {
        let listed = self.listed.take().map(|it| *it).unwrap_or_default();
        self.listed = ListedValues { values, ..listed }.boxed();
    }
}
