//! A schema in, the use of a type out: named types by id, inline types hoisted if they need a name.

use std::rc::Rc;

use super::all_of::{Merged, View};
use super::hoist::Home;
use super::union::Plan;
use super::{Lowering, all_of, enumeration, object, request, scalar, union};
use crate::api::{NameOf, Origin, Role, Shape, Type, TypeId, TypeRef};
use crate::codes;
use crate::diagnostic::{Diagnostic, Loss};
use crate::document::{AdditionalProperties, Listed, Schema};
use crate::pointer::Pointer;
use crate::resolve::Node;

/// How many inline types can be made inside of each other. A document nests no
/// deeper by itself, but its references can; what lies deeper is made when
/// those above it are done, so that no document runs out of stack.
const MAX_DEPTH: usize = crate::load::MAX_NESTING;

/// How many lists and maps can lie directly inside of each other; the next one
/// gets a name, since each of a chain that leads through the document would
/// otherwise spell out all that follow.
const MAX_NESTED: usize = 8;

/// What becomes of a schema.
#[derive(Debug)]
enum Class {
    Struct,
    Enum(Listed),
    Union(Plan),
    /// The schema at another place says it all.
    Same(Pointer),
    /// No name is needed.
    Plain,
    /// It cannot be expressed; the text says why.
    Opaque(String),
}

/// An inline schema whose type is being made.
#[derive(Debug)]
pub(super) struct Making {
    /// The type; `None` while the schema needs no name.
    id: Option<TypeId>,
    /// How many types with a name were being made when this one was begun.
    n_named: usize,
    place: Home,
}

/// An inline schema whose type has a name and gets its shape later.
#[derive(Debug)]
pub(super) struct PutOff<'a> {
    id: TypeId,
    view: Merged<'a>,
    class: Class,
}

/// A schema on the way to its type.
enum Step<'a> {
    Used(TypeRef),
    Inline(&'a Schema, Home),
}

/// Lowers every component schema, in the order of the document, used or not.
pub(super) fn lower_components(acc: &mut Lowering<'_>) {
    let resolved = acc.resolved;
    for (name, at) in &resolved.document.component_schemas {
        let origin = match acc.marks.name(at, NameOf::Type) {
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
            _ => acc.alias_of(at, &Home::of_type(id)),
        };
        acc.types[id.0].degraded = acc.degraded.contains(at);
        acc.make_put_off();
    }
}

impl<'a> Lowering<'a> {
    /// Returns the use of the schema at a place.
    pub(super) fn use_schema(&mut self, at: &Pointer, place: &Home) -> TypeRef {
        let step = self.step(at, place);
        self.arrive(step)
    }

    /// Returns the use of what a reference points at: a component, or a node
    /// somewhere else in the document.
    pub(super) fn use_target(&mut self, target: &Pointer, place: &Home) -> TypeRef {
        let step = self.step_to(target, place);
        self.arrive(step)
    }

    /// Returns the use of a schema that is written below another one, or
    /// inherited by it through `allOf`: then the type is the one of the base.
    pub(super) fn use_below(&mut self, at: &Pointer, view: &Schema, place: &Home) -> TypeRef {
        if view.pointer.holds(at) { self.use_schema(at, place) } else { self.use_target(at, place) }
    }

    fn step(&mut self, at: &Pointer, place: &Home) -> Step<'a> {
        let resolved = self.resolved;
        match resolved.schema(at) {
            Node::Schema(schema) => Step::Inline(schema, place.clone()),
            Node::Ref(target) => self.step_to(target, place),
            Node::Broken => {
                self.degraded.insert(at.clone());
                Step::Used(TypeRef::plain(Type::Any))
            }
        }
    }

    fn step_to(&mut self, target: &Pointer, place: &Home) -> Step<'a> {
        let resolved = self.resolved;
        let target = self.component_or_end(target);
        let known = self.components.get(&target).copied();
        let schema = match (known, resolved.schema(&target)) {
            (Some(id), _) => return Step::Used(self.use_named(id, &target)),
            (None, Node::Schema(schema)) => schema,
            (None, _) => return self.step(&target, place),
        };
        self.shared.insert(target.clone());
        if let Some(id) = self.hoisted.get(&target).copied() {
            return Step::Used(self.use_named(id, &target));
        }
        let place = self.home(&target).unwrap_or_else(|| place.clone());
        Step::Inline(schema, place)
    }

    /// Follows references to the first component on the way, or to their end.
    fn component_or_end(&mut self, target: &Pointer) -> Pointer {
        let resolved = self.resolved;
        let mut way = Vec::new();
        let mut at = target;
        let end = loop {
            if let Some(known) = self.known.ends.get(at) {
                break known.clone();
            }
            match resolved.schema(at) {
                Node::Ref(next) if !self.components.contains_key(at) => {
                    way.push(at.clone());
                    at = next;
                }
                _ => break at.clone(),
            }
        };
        self.known.ends.extend(way.into_iter().map(|at| (at, end.clone())));
        end
    }

    fn use_named(&mut self, id: TypeId, at: &Pointer) -> TypeRef {
        self.used.insert(id);
        TypeRef { nullable: self.nullable(at), ..TypeRef::plain(Type::Named(id)) }
    }

    /// Returns the use of the schema that a step leads to. One that says what
    /// another one says leads on, without recursion: such chains can be long.
    fn arrive(&mut self, mut step: Step<'a>) -> TypeRef {
        let mut nullable = false;
        loop {
            let (schema, place) = match step {
                Step::Used(used) => {
                    return TypeRef { nullable: used.nullable | nullable, ..used };
                }
                Step::Inline(schema, place) => (schema, place),
            };
            nullable |= self.allows_null(schema);
            if let Some(id) = self.being_made(schema) {
                return TypeRef { nullable, ..TypeRef::plain(Type::Named(id)) };
            }
            let (view, class) = self.classify(schema);
            let ty = match class {
                Class::Same(at) => {
                    self.take_same(&view, schema, &at);
                    step = self.step(&at, &place);
                    continue;
                }
                Class::Plain => self.plain_inline(schema, &view, &place),
                Class::Opaque(reason) => self.degrade(schema, &reason),
                Class::Struct | Class::Enum(_) | Class::Union(_) => {
                    Type::Named(self.named_inline(schema, &view, class, place))
                }
            };
            return TypeRef { ty, nullable, constraints: self.constraints(&view) };
        }
    }

    /// Returns the type of a schema that is met inside of itself: the one that
    /// is being made. A list or map without a type with a name on the way gets
    /// one here, since it holds itself.
    fn being_made(&mut self, schema: &Schema) -> Option<TypeId> {
        let making = self.making.get(&schema.pointer)?;
        if making.id.is_some() || making.n_named < self.n_named {
            return making.id;
        }
        let place = making.place.clone();
        let id = self.reserve_inline(schema, &place);
        if let Some(making) = self.making.get_mut(&schema.pointer) {
            making.id = Some(id);
        }
        Some(id)
    }

    fn plain_inline(&mut self, schema: &'a Schema, view: &Merged<'a>, place: &Home) -> Type {
        if let Some(ty) = self.leaf(view) {
            return ty;
        }
        if self.making.contains_key(&schema.pointer) {
            // The type with a name that was met on the way ends the ring.
            return self.plain(view, place);
        }
        if let Some(id) = self.known_inline(schema) {
            return Type::Named(id);
        }
        let deepest = self.n_nested >= MAX_NESTED || self.making.len() >= MAX_DEPTH;
        if deepest && holds_schema(view) {
            let id = self.reserve_inline(schema, place);
            self.put_off.push_back(PutOff { id, view: view.clone(), class: Class::Plain });
            return Type::Named(id);
        }
        let making = Making { id: None, n_named: self.n_named, place: place.clone() };
        self.making.insert(schema.pointer.clone(), making);
        self.n_nested += 1;
        let ty = self.plain(view, place);
        self.n_nested -= 1;
        match self.making.remove(&schema.pointer).and_then(|it| it.id) {
            Some(id) => {
                let constraints = self.constraints(view);
                self.types[id.0].shape = Shape::Alias(TypeRef { ty, nullable: false, constraints });
                Type::Named(id)
            }
            None => ty,
        }
    }

    fn named_inline(
        &mut self,
        schema: &'a Schema,
        view: &Merged<'a>,
        class: Class,
        place: Home,
    ) -> TypeId {
        if let Some(id) = self.shared_type(schema) {
            return id;
        }
        let id = self.reserve_inline(schema, &place);
        let put_off = PutOff { id, view: view.clone(), class };
        if self.making.len() >= MAX_DEPTH {
            self.put_off.push_back(put_off);
        } else {
            self.make(put_off, place);
        }
        id
    }

    /// Gives an inline type its shape.
    fn make(&mut self, PutOff { id, view, class }: PutOff<'a>, place: Home) {
        let at = self.types[id.0].pointer.clone();
        self.making.insert(at.clone(), Making { id: Some(id), n_named: self.n_named, place });
        self.n_named += 1;
        let n_nested = std::mem::take(&mut self.n_nested);
        let shape = match class {
            Class::Plain => {
                let ty = self.plain(&view, &Home::of_type(id));
                let constraints = self.constraints(&view);
                Shape::Alias(TypeRef { ty, nullable: false, constraints })
            }
            class => self.named_shape(class, &view, id),
        };
        self.types[id.0].shape = shape;
        self.n_named -= 1;
        self.n_nested = n_nested;
        self.making.remove(&at);
    }

    /// Makes the inline types that were put off.
    pub(super) fn make_put_off(&mut self) {
        while let Some(put_off) = self.put_off.pop_front() {
            let place = Home::of_type(put_off.id);
            self.make(put_off, place);
        }
    }

    /// Returns the shape of a component.
    fn shape(&mut self, schema: &'a Schema, id: TypeId) -> Shape {
        let (view, class) = self.classify(schema);
        let place = Home::of_type(id);
        match class {
            Class::Same(at) => {
                self.take_same(&view, schema, &at);
                match self.only_branch(&at, id) {
                    Some(branch) => self.shape(branch, id),
                    None => self.alias_of(&at, &place),
                }
            }
            Class::Plain => {
                let ty = self.plain(&view, &place);
                let constraints = self.constraints(&view);
                Shape::Alias(TypeRef { ty, nullable: false, constraints })
            }
            Class::Opaque(reason) => Shape::Alias(TypeRef::plain(self.degrade(schema, &reason))),
            Class::Struct | Class::Enum(_) | Class::Union(_) => self.named_shape(class, &view, id),
        }
    }

    /// Returns the schema that a component consists of, where that is written inside of it and
    /// has no name: of `Pet: {oneOf: [{type: object, …}]}` the object is the pet, and no second type
    /// that would be called `Pet` as well.
    fn only_branch(&mut self, at: &Pointer, id: TypeId) -> Option<&'a Schema> {
        let Node::Schema(branch) = self.resolved.schema(at) else { return None };
        let is_named = !matches!(self.classify(branch).1, Class::Plain | Class::Opaque(_));
        if !is_named || self.hint(branch).is_some() {
            return None;
        }
        self.hoisted.insert(at.clone(), id);
        let docs = &mut self.types[id.0].docs;
        let said = super::hoist::docs(branch);
        docs.title = docs.title.take().or(said.title);
        docs.description = docs.description.take().or(said.description);
        Some(branch)
    }

    /// Returns an alias; its definition says whether it can be `null`.
    fn alias_of(&mut self, at: &Pointer, place: &Home) -> Shape {
        let used = self.use_schema(at, place);
        Shape::Alias(TypeRef { nullable: false, ..used })
    }

    fn named_shape(&mut self, class: Class, view: &Schema, id: TypeId) -> Shape {
        self.types[id.0].constraints = self.constraints(view);
        match class {
            Class::Enum(listed) => Shape::Enum(enumeration::lower_enum(view, &listed, self)),
            Class::Union(plan) => union::lower_union(plan, view, id, self),
            _ => Shape::Struct(object::lower_object(view, id, self)),
        }
    }

    fn classify(&mut self, schema: &'a Schema) -> (Merged<'a>, Class) {
        let written = Merged::Written(schema);
        self.ledger.take(&schema.pointer, &[]);
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
                Plan::Object => {}
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
    fn leaf(&mut self, view: &Schema) -> Option<Type> {
        if request::is_file(view, self) {
            self.take(view, &["type", "format", "contentMediaType"]);
            return Some(Type::File);
        }
        let ty = scalar::scalar(view)?;
        self.take_scalar(view, &ty);
        Some(ty)
    }

    /// Returns the type of a schema that needs no name.
    fn plain(&mut self, view: &Schema, place: &Home) -> Type {
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
                Type::Map(Box::new(self.use_below(at, view, &place.then(Role::Value))))
            }
            Some(AdditionalProperties::Allowed) => {
                self.take_further(view);
                Type::FreeForm
            }
            Some(AdditionalProperties::Denied) => Type::FreeForm,
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
    pub(super) fn nullable(&mut self, at: &Pointer) -> bool {
        let resolved = self.resolved;
        let mut way = Vec::new();
        let mut at = at;
        let nullable = loop {
            if let Some(known) = self.known.nullable.get(at) {
                break *known;
            }
            way.push(at.clone());
            let Some(schema) = resolved.deref(at) else { break false };
            if self.allows_null(schema) {
                break true;
            }
            match schema.all_of.as_slice() {
                [only] if schema.properties.is_empty() => at = only,
                _ => break false,
            }
        };
        self.known.nullable.extend(way.into_iter().map(|at| (at, nullable)));
        nullable
    }
}

/// Returns whether a list or map says what it holds.
fn holds_schema(view: &Schema) -> bool {
    view.items.is_some() || matches!(view.additional, Some(AdditionalProperties::Schema(_)))
}
