//! Why a value must never be shown.

use super::{Api, Shape, Type};

/// Why the value of a property or a parameter must never be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Secrecy {
    /// The document says so by this keyword.
    Declared(&'static str),
    /// Its name is one that is given to secrets.
    Named,
    /// The overlay says so, for this reason.
    Overlay(String),
}

/// The text that a value consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Text<'a> {
    /// `format`.
    pub(crate) format: Option<&'a str>,
    /// Whether it is a list or a map of texts.
    pub(crate) is_many: bool,
}

impl Api {
    /// Returns what text a type is: a string, or a list or map of strings, under whatever name.
    /// `None` for all others, of which no value can be hidden as a whole: numbers, objects,
    /// unions, and enums, whose values the document prints.
    pub(crate) fn text<'a>(&'a self, ty: &'a Type) -> Option<Text<'a>> {
        let mut ty = ty;
        let mut is_many = false;
        // A list of itself holds no text; the bound ends it.
        for _ in 0..=self.types.len() + MOST_NESTED {
            match ty {
                Type::String(format) => return Some(Text { format: format.as_deref(), is_many }),
                Type::List(inner) | Type::Map(inner) => {
                    is_many = true;
                    ty = &inner.ty;
                }
                Type::Named(id) => match &self.type_def(*id).shape {
                    Shape::Alias(inner) => ty = &inner.ty,
                    Shape::Struct(_) | Shape::Enum(_) | Shape::Union(_) => return None,
                },
                Type::Boolean
                | Type::Integer(_)
                | Type::Number(_)
                | Type::FreeForm
                | Type::Any
                | Type::Bytes
                | Type::File => return None,
            }
        }
        None
    }
}

/// More lists and maps than lie directly inside of each other in any type.
const MOST_NESTED: usize = 64;
