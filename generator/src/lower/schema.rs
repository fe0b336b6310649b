//! A schema in, the use of a type out: named types by id, inline types hoisted if they need a name.

mod class;
mod inline;

use class::Class;
pub(super) use inline::{Making, PutOff};

use super::hoist::Home;
use super::{Lowering, all_of, enumeration, object, union};
use crate::api::{NameOf, Origin, Shape, Type, TypeId, TypeRef};
use crate::codes;
use crate::diagnostic::{Diagnostic, Loss};
use crate::document::Schema;
use crate::pointer::Pointer;
use crate::resolve::Node;

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
    acc.finish_families();
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
        let (mut nullable, mut is_refused) = (false, false);
        loop {
            let (schema, place) = match step {
                Step::Used(used) => {
                    let nullable = nullable || used.nullable && !is_refused;
                    return TypeRef { nullable, ..used };
                }
                Step::Inline(schema, place) => (schema, place),
            };
            nullable |= self.allows_null(schema) && !is_refused;
            if let Some(part) = all_of::deciding_part(schema, self) {
                nullable |= self.nullable(part) && !is_refused;
            }
            is_refused |= schema.all_of.iter().any(|at| all_of::refuses_null(at, self));
            if let Some(id) = self.being_made(schema) {
                return TypeRef { nullable, ..TypeRef::plain(Type::Named(id)) };
            }
            let (view, class) = self.classify(schema);
            let ty = match class {
                Class::Same(at) => {
                    self.take_same(&view, schema, &at);
                    // The parts of a joined schema are written below another one.
                    let is_joined = self.resolved.joined(&schema.pointer).is_some();
                    step = if is_joined && !all_of::is_own_part(&schema.pointer, &at) {
                        self.step_to(&at, &place)
                    } else {
                        self.step(&at, &place)
                    };
                    continue;
                }
                Class::Plain => self.plain_inline(schema, &view, &place),
                Class::Opaque(reason) => self.degrade(schema, &reason),
                Class::Struct | Class::Enum(_) | Class::Union(_) | Class::Beside(_) => {
                    Type::Named(self.named_inline(schema, &view, class, place))
                }
            };
            return TypeRef { ty, nullable, constraints: self.constraints(&view) };
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
            Class::Struct | Class::Enum(_) | Class::Union(_) | Class::Beside(_) => {
                let family = match class {
                    Class::Struct => self.family(schema, &view, id),
                    _ => None,
                };
                match family {
                    Some(family) => {
                        self.types[id.0].constraints = self.constraints(&view);
                        family
                    }
                    None => self.named_shape(class, &view, id),
                }
            }
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
            Class::Beside(inner) => union::beside::lower(inner, view, id, self),
            _ => Shape::Struct(object::lower_object(view, id, self)),
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
            match all_of::deciding_part(schema, self) {
                Some(only) => at = only,
                None => break false,
            }
        };
        self.known.nullable.extend(way.into_iter().map(|at| (at, nullable)));
        nullable
    }
}
