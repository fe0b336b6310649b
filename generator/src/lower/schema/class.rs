//! Decides what becomes of a schema: a struct, an enum, a union, another schema's type, or one without a name.

use std::rc::Rc;

use super::super::all_of::{Merged, View};
use super::super::events::Data;
use super::super::hoist::Home;
use super::super::union::Plan;
use super::super::{Lowering, all_of, object, request, scalar, union};
use crate::api::{Role, Type, TypeRef};
use crate::document::{AdditionalProperties, Listed, Schema};
use crate::pointer::Pointer;

/// What becomes of a schema.
#[derive(Debug)]
pub(super) enum Class {
    Struct,
    Enum(Listed),
    Union(Plan),
    /// An object with a union inside.
    Beside(union::beside::Inner),
    /// The schema at another place says it all.
    Same(Pointer),
    /// No name is needed.
    Plain,
    /// It cannot be expressed; the text says why.
    Opaque(String),
}

impl<'a> Lowering<'a> {
    pub(super) fn classify(&mut self, schema: &'a Schema) -> (Merged<'a>, Class) {
        let written = Merged::Written(schema);
        self.ledger.take(&schema.pointer, &[]);
        if let Some(Data::Content(at)) = self.event_data(schema) {
            self.take_content(schema);
            return (written, Class::Same(at));
        }
        let view = match all_of::view(schema, self) {
            View::Same(at) => return (written, Class::Same(at)),
            View::Opaque(reason) => return (written, Class::Opaque(reason)),
            View::Schema(view) => view,
        };
        self.take(&view, &["allOf"]);
        if !view.one_of.is_empty() || !view.any_of.is_empty() {
            match union::plan(&view, self) {
                Plan::Same(at) => return (view, Class::Same(at)),
                Plan::Opaque(reason) => return (view, Class::Opaque(reason)),
                Plan::String => {
                    self.take_texts(&view);
                    let text = Rc::new(union::as_string(&view));
                    return (Merged::Joined(text), Class::Plain);
                }
                Plan::Scalar(scalar) => {
                    self.take_texts(&view);
                    return (Merged::Joined(Rc::new(scalar.view(&view))), Class::Plain);
                }
                Plan::Object => {}
                Plan::Beside(inner) => return (view, Class::Beside(inner)),
                plan => return (view, Class::Union(plan)),
            }
        }
        let class = if let Some(listed) = view.listed_texts() {
            Class::Enum(listed.clone())
        } else if object::is_struct(&view) {
            Class::Struct
        } else {
            Class::Plain
        };
        (view, class)
    }

    /// Returns the type of a file or a scalar.
    pub(super) fn leaf(&mut self, view: &Schema) -> Option<Type> {
        if request::is_file(view, self) {
            self.take(view, &["type", "format", "contentMediaType"]);
            // That it is a file is known; its type is that of the part, where the part is a property.
            for at in self.ledger.places(view, "contentMediaType") {
                self.ledger.keep(at);
            }
            return Some(Type::File);
        }
        if self.event_data(view).is_some() {
            self.take_content(view);
            return Some(Type::Any);
        }
        let ty = scalar::scalar(view)?;
        self.take_scalar(view, &ty);
        Some(ty)
    }

    /// Returns the type of a schema that needs no name.
    pub(super) fn plain(&mut self, view: &Schema, place: &Home) -> Type {
        if let Some(ty) = self.leaf(view) {
            return ty;
        }
        self.take(view, &["type"]);
        let list = view.keywords.ty.as_deref() == Some("array");
        if list || (view.keywords.ty.is_none() && view.items.is_some()) {
            if view.keywords.has_prefix {
                // Items of several types; their schemas are left over.
                return Type::List(Box::new(TypeRef::plain(Type::Any)));
            }
            self.take(view, &["items"]);
            let item =
                view.items.as_ref().map(|at| self.use_below(at, view, &place.then(Role::Item)));
            return Type::List(Box::new(item.unwrap_or_else(|| TypeRef::plain(Type::Any))));
        }
        match &view.additional {
            Some(AdditionalProperties::Schema(at)) => {
                self.take_further(view);
                let value = self.use_below(at, view, &place.then(Role::Value));
                // `{}` says the same as `true`.
                if value == TypeRef::plain(Type::Any) {
                    return Type::FreeForm;
                }
                Type::Map(Box::new(value))
            }
            Some(AdditionalProperties::Allowed) => {
                self.take_further(view);
                Type::FreeForm
            }
            // Alone it allows every value but an object that has properties, which no author means.
            Some(AdditionalProperties::Denied) if view.keywords.ty.is_none() => Type::Any,
            Some(AdditionalProperties::Denied) => Type::FreeForm,
            None if view.keywords.ty.is_some() => Type::FreeForm,
            None => Type::Any,
        }
    }
}
