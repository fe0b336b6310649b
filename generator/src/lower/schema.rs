//! A schema in, the use of a type out: named ones by id, inline ones that need a name hoisted, the rest in place.

use super::all_of::View;
use super::constraints::constraints;
use super::hoist::Place;
use super::union::Plan;
use super::{Lowering, all_of, enumeration, object, scalar, union};
use crate::api::{Origin, Role, Shape, Type, TypeId, TypeRef};
use crate::codes;
use crate::diagnostic::{Diagnostic, Loss};
use crate::document::{AdditionalProperties, Schema};
use crate::pointer::Pointer;
use crate::resolve::Node;

/// How many references to inline schemas can lie inside of each other: a limit
/// for hostile documents, far above what is written by hand.
const MAX_DEPTH: usize = 32;

/// What becomes of a schema.
enum Class {
    Struct,
    Enum,
    Union(Plan),
    /// The schema at another place says it all.
    Same(Pointer),
    /// No name is needed.
    Plain,
    /// It cannot be expressed; the text says why.
    Opaque(String),
}

/// Lowers every component schema, in the order of the document, used or not.
pub(super) fn lower_components(acc: &mut Lowering<'_>) {
    let resolved = acc.resolved;
    for (name, at) in &resolved.document.component_schemas {
        let origin = match acc.marks.name(at) {
            Some(given) => Origin::Given(given),
            None => Origin::Component(name.clone()),
        };
        let id = match (resolved.schema(at), resolved.deref(at)) {
            (Node::Schema(schema), _) => acc.reserve(origin, schema),
            // The docs of an alias are those of what it leads to.
            (Node::Ref(_), Some(schema)) => {
                let id = acc.reserve(origin, schema);
                acc.types[id.0].pointer = at.clone();
                id
            }
            _ => acc.reserve_broken(origin, at),
        };
        acc.types[id.0].nullable = acc.nullable(at);
        acc.components.insert(at.clone(), id);
    }
    for (_, at) in &resolved.document.component_schemas {
        let Some(id) = acc.components.get(at).copied() else { continue };
        acc.types[id.0].shape = match resolved.schema(at) {
            Node::Schema(schema) => acc.shape(schema, id),
            _ => acc.alias_of(at, &Place::of_type(id)),
        };
        acc.types[id.0].degraded = acc.degraded.contains(at);
    }
}

impl Lowering<'_> {
    /// Returns the use of the schema at a place.
    pub(super) fn use_schema(&mut self, at: &Pointer, place: &Place) -> TypeRef {
        let resolved = self.resolved;
        match resolved.schema(at) {
            Node::Schema(schema) => self.use_inline(schema, place),
            Node::Ref(target) => self.use_target(target, place),
            Node::Broken => {
                self.degraded.insert(at.clone());
                TypeRef::plain(Type::Any)
            }
        }
    }

    /// Returns the use of what a reference points at: a component, or a node
    /// somewhere else in the document.
    pub(super) fn use_target(&mut self, target: &Pointer, place: &Place) -> TypeRef {
        let resolved = self.resolved;
        let mut target = target;
        let schema = loop {
            if let Some(id) = self.components.get(target) {
                let ty = Type::Named(*id);
                return TypeRef { nullable: self.nullable(target), ..TypeRef::plain(ty) };
            }
            match resolved.schema(target) {
                Node::Schema(schema) => break schema,
                Node::Ref(next) => target = next,
                Node::Broken => return self.use_schema(target, place),
            }
        };
        self.shared.insert(target.clone());
        if let Some(id) = self.hoisted.get(target) {
            let ty = Type::Named(*id);
            return TypeRef { nullable: self.nullable(target), ..TypeRef::plain(ty) };
        }
        if self.following.contains(target) {
            let title = "the schema holds itself without a named type in between";
            let diagnostic = Diagnostic::error(codes::REF_CYCLE, target.clone(), title);
            self.sink.push(diagnostic.loss(Loss::Schema(target.clone())));
            return TypeRef::plain(Type::Any);
        }
        if self.following.len() > MAX_DEPTH {
            return TypeRef::plain(self.degrade(schema, "its references nest too deep"));
        }
        self.following.push(target.clone());
        let place = self.home(target).unwrap_or_else(|| place.clone());
        let used = self.use_inline(schema, &place);
        self.following.pop();
        used
    }

    fn use_inline(&mut self, schema: &Schema, place: &Place) -> TypeRef {
        let nullable = schema.data.nullable || enumeration::lists_null(schema);
        let (view, class) = self.classify(schema);
        let ty = match class {
            Class::Same(at) => {
                let mut used = self.use_schema(&at, place);
                used.nullable |= nullable;
                return used;
            }
            Class::Plain => self.plain(&view, place),
            Class::Opaque(reason) => self.degrade(schema, &reason),
            Class::Struct | Class::Enum | Class::Union(_) => {
                if let Some(id) = self.shared_type(schema) {
                    Type::Named(id)
                } else {
                    let id = self.reserve_inline(schema, place);
                    let shape = self.named_shape(class, &view, id);
                    self.types[id.0].shape = shape;
                    Type::Named(id)
                }
            }
        };
        TypeRef { ty, nullable, constraints: constraints(&view) }
    }

    /// Returns the shape of a component.
    fn shape(&mut self, schema: &Schema, id: TypeId) -> Shape {
        let (view, class) = self.classify(schema);
        let place = Place::of_type(id);
        match class {
            Class::Same(at) => self.alias_of(&at, &place),
            Class::Plain => {
                let ty = self.plain(&view, &place);
                Shape::Alias(TypeRef { ty, nullable: false, constraints: constraints(&view) })
            }
            Class::Opaque(reason) => Shape::Alias(TypeRef::plain(self.degrade(schema, &reason))),
            Class::Struct | Class::Enum | Class::Union(_) => self.named_shape(class, &view, id),
        }
    }

    /// Returns an alias; whether it can be `null` is said by its definition.
    fn alias_of(&mut self, at: &Pointer, place: &Place) -> Shape {
        let used = self.use_schema(at, place);
        Shape::Alias(TypeRef { nullable: false, ..used })
    }

    fn named_shape(&mut self, class: Class, view: &Schema, id: TypeId) -> Shape {
        match class {
            Class::Enum => Shape::Enum(enumeration::lower_enum(view, self)),
            Class::Union(plan) => union::lower_union(plan, view, id, self),
            _ => Shape::Struct(object::lower_object(view, id, self)),
        }
    }

    fn classify(&mut self, schema: &Schema) -> (Schema, Class) {
        let view = match all_of::view(schema, self) {
            View::Same(at) => return (schema.clone(), Class::Same(at)),
            View::Opaque(reason) => return (schema.clone(), Class::Opaque(reason)),
            View::Schema(view) => *view,
        };
        if !view.one_of.is_empty() || !view.any_of.is_empty() {
            match union::plan(&view, self) {
                Plan::Same(at) => return (view, Class::Same(at)),
                Plan::Opaque(reason) => return (view, Class::Opaque(reason)),
                Plan::String => return (union::as_string(view), Class::Plain),
                Plan::Object => {}
                plan => return (view, Class::Union(plan)),
            }
        }
        let class = if enumeration::is_string_enum(&view) {
            Class::Enum
        } else if object::is_struct(&view) {
            Class::Struct
        } else {
            Class::Plain
        };
        (view, class)
    }

    /// Returns the type of a schema that needs no name.
    fn plain(&mut self, view: &Schema, place: &Place) -> Type {
        if let Some(ty) = scalar::scalar(view) {
            return ty;
        }
        let list = view.keywords.ty.as_deref() == Some("array");
        if list || (view.keywords.ty.is_none() && view.items.is_some()) {
            let item = view.items.as_ref().map(|at| self.use_schema(at, &place.then(Role::Item)));
            return Type::List(Box::new(item.unwrap_or_else(|| TypeRef::plain(Type::Any))));
        }
        match &view.additional {
            Some(AdditionalProperties::Schema(at)) => {
                Type::Map(Box::new(self.use_schema(at, &place.then(Role::Value))))
            }
            Some(_) => Type::FreeForm,
            None if view.keywords.ty.is_some() => Type::FreeForm,
            None => Type::Any,
        }
    }

    /// Reads a schema as untyped JSON, and says why.
    fn degrade(&mut self, schema: &Schema, reason: &str) -> Type {
        let at = schema.pointer.clone();
        self.degraded.insert(at.clone());
        let title = format!("the schema is read as untyped JSON: {reason}");
        self.sink
            .push(Diagnostic::skipped(codes::SCHEMA, at.clone(), title).loss(Loss::Schema(at)));
        Type::Any
    }

    /// Returns whether the schema at a place is untyped because it could not
    /// be expressed.
    pub(super) fn is_degraded(&self, at: &Pointer) -> bool {
        self.degraded.contains(at) || self.degraded.contains(self.resolved.target(at))
    }

    /// Returns whether the schema at a place allows `null`, itself or through
    /// what it refers to.
    pub(super) fn nullable(&self, at: &Pointer) -> bool {
        let mut at = at;
        // A chain longer than the document has schemas is a circle.
        for _ in 0..=self.resolved.document.schemas.len() {
            let Some(schema) = self.resolved.deref(at) else { return false };
            if schema.data.nullable || enumeration::lists_null(schema) {
                return true;
            }
            match schema.all_of.as_slice() {
                [only] if schema.properties.is_empty() => at = only,
                _ => return false,
            }
        }
        false
    }
}
