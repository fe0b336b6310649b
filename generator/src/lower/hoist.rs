//! An inline schema that needs a name in, a type with its origin out.

use super::{Lowering, all_of};
use crate::api::{
    Constraints, Docs, NameOf, OperationId, Origin, Owner, Role, Shape, Type, TypeDef, TypeId,
    TypeRef,
};
use crate::document::Schema;
use crate::pointer::Pointer;

/// With how many schemas that were given one name another one of that name is
/// compared; beyond, each has a type of its own.
const MOST_OF_A_NAME: usize = 64;

/// The owner of an inline schema and its roles there: what its name is made from.
#[derive(Clone, Debug)]
pub(super) struct Home {
    pub(super) owner: Owner,
    pub(super) roles: Vec<Role>,
}

impl Home {
    pub(super) fn of_type(id: TypeId) -> Self {
        Self { owner: Owner::Type(id), roles: Vec::new() }
    }

    /// Returns the place of a schema in a part of an operation: a part that
    /// is in the components belongs to no operation.
    pub(super) fn of_part(part: &Pointer, operation: OperationId, role: Role) -> Self {
        Self::of_owner(part, &Owner::Operation(operation), role)
    }

    /// Returns the place of a schema in a part of an operation or a webhook.
    pub(super) fn of_owner(part: &Pointer, owner: &Owner, role: Role) -> Self {
        match part.tokens().as_slice() {
            [components, kind, name] if components == "components" => {
                let mut roles = vec![Role::Property(name.clone())];
                match kind.as_str() {
                    "requestBodies" => roles.push(Role::Request),
                    "responses" => roles.push(Role::Response(None)),
                    _ => roles = vec![role],
                }
                Self { owner: Owner::Document, roles }
            }
            // The body is the webhook.
            _ if matches!((owner, &role), (Owner::Webhook(_), Role::Request)) => {
                Self { owner: owner.clone(), roles: Vec::new() }
            }
            _ => Self { owner: owner.clone(), roles: vec![role] },
        }
    }

    pub(super) fn then(&self, role: Role) -> Self {
        let mut place = self.clone();
        place.roles.push(role);
        place
    }
}

impl Lowering<'_> {
    /// Makes room for a type; its shape follows when its properties are lowered,
    /// which may point back at it.
    pub(super) fn reserve(&mut self, origin: Origin, schema: &Schema) -> TypeId {
        let id = TypeId(self.types.len());
        self.ledger.take(&schema.pointer, &["title", "description", "deprecated", "example"]);
        self.types.push(TypeDef {
            origin,
            pointer: schema.pointer.clone(),
            docs: docs(schema),
            deprecated: schema.data.deprecated,
            examples: schema.data.example.iter().cloned().collect(),
            shape: Shape::Alias(TypeRef::plain(Type::Any)),
            nullable: false,
            degraded: false,
            serialized: false,
            constraints: Constraints::default(),
            left_over: Vec::new(),
        });
        id
    }

    /// Says of the types made for an operation, all of which come after the first `n_before`, that it is skipped.
    pub(super) fn disown(&mut self, operation: OperationId, name: &str, n_before: usize) {
        for type_def in &mut self.types[n_before..] {
            if let Origin::Inline { owner, .. } = &mut type_def.origin
                && *owner == Owner::Operation(operation)
            {
                *owner = Owner::Skipped(name.to_owned());
            }
        }
    }

    /// Makes room for a component that could not be read.
    pub(super) fn reserve_broken(&mut self, origin: Origin, at: &Pointer) -> TypeId {
        let id = TypeId(self.types.len());
        self.types.push(TypeDef {
            origin,
            pointer: at.clone(),
            docs: Docs::default(),
            deprecated: false,
            examples: Vec::new(),
            shape: Shape::Alias(TypeRef::plain(Type::Any)),
            nullable: false,
            degraded: true,
            serialized: false,
            constraints: Constraints::default(),
            left_over: Vec::new(),
        });
        id
    }

    /// Returns the use of a schema at a place that more than one operation can
    /// lead to: lowered once when the document owns it.
    pub(super) fn use_owned(&mut self, at: &Pointer, place: &Home) -> TypeRef {
        if place.owner == Owner::Document {
            self.use_target(at, place)
        } else {
            self.use_schema(at, place)
        }
    }

    /// Says that a schema has the type of another one of equal shape.
    pub(super) fn read_as(&mut self, twin: &Pointer, home: &Pointer) {
        self.ledger.is_read_as(twin, self.resolved.target(home));
        self.twins.push(twin.clone(), home.clone());
    }

    /// Returns the type that an inline schema shares with another one: the
    /// component its `x-component-name` names, or an earlier inline schema
    /// with the same given name, when the shapes are equal.
    pub(super) fn shared_type(&mut self, schema: &Schema) -> Option<TypeId> {
        if let Some(id) = self.known_inline(schema) {
            return Some(id);
        }
        let (name, from_overlay) = self.hint(schema)?;
        if !from_overlay && let Some(component) = self.component_names.get(name.as_str()) {
            let component = (*component).clone();
            let equal = self.same_shape(&schema.pointer, &component);
            let id = self.components.get(&component).copied().filter(|_| equal)?;
            self.read_as(&schema.pointer, &component);
            return Some(id);
        }
        let known: Vec<_> = self.given.get(&name)?.iter().take(MOST_OF_A_NAME).cloned().collect();
        let (home, id) =
            known.into_iter().find(|(home, _)| self.same_shape(&schema.pointer, home))?;
        self.read_as(&schema.pointer, &home);
        Some(id)
    }

    /// Returns the type of an inline schema that was lowered before and is one
    /// type wherever it is used.
    pub(super) fn known_inline(&self, schema: &Schema) -> Option<TypeId> {
        let at = &schema.pointer;
        let is_one = self.shared.contains(at) || is_of_component(at);
        self.hoisted.get(at).copied().filter(|_| is_one)
    }

    /// Makes room for the type of an inline schema.
    pub(super) fn reserve_inline(&mut self, schema: &Schema, place: &Home) -> TypeId {
        let mut origin = Origin::Inline { owner: place.owner.clone(), roles: place.roles.clone() };
        if let Some((name, from_overlay)) = self.hint(schema) {
            // The name of another shape would be a lie: one schema was once
            // marked with the name of a component it had long grown out of.
            let taken =
                self.component_names.contains_key(name.as_str()) || self.given.contains_key(&name);
            if from_overlay || !taken {
                origin = Origin::Given(name);
            }
        }
        let given = match &origin {
            Origin::Given(name) => Some(name.clone()),
            _ => None,
        };
        let id = self.reserve(origin, schema);
        if let Some(name) = given {
            self.given.entry(name).or_default().push((schema.pointer.clone(), id));
        }
        self.hoisted.insert(schema.pointer.clone(), id);
        id
    }

    /// Returns the name an inline schema asks for, and whether the overlay
    /// gives it.
    pub(super) fn hint(&mut self, schema: &Schema) -> Option<(String, bool)> {
        if let Some(name) = self.name_of(&schema.pointer) {
            return Some((name, true));
        }
        let name = schema.data.extensions.get("x-component-name")?.as_str()?;
        Some((name.to_owned(), false))
    }

    /// Returns the name the overlay gives to a schema or to one it is the
    /// type of.
    pub(super) fn name_of(&mut self, at: &Pointer) -> Option<String> {
        if let Some(name) = self.marks.name(at, NameOf::Type) {
            return Some(name);
        }
        let is_joined = self.resolved.joined(at).is_some();
        let mut twins = self.twins.of_home(at).iter();
        // The name of the base's type is that of another one.
        twins.find_map(|twin| {
            let is_meant = !is_joined || all_of::is_own_part(at, twin);
            self.marks.name(twin, NameOf::Type).filter(|_| is_meant)
        })
    }
}

/// Returns whether a schema is written inside of a component schema. It is one
/// type, whichever schemas inherit the list or map that holds it; in an
/// operation, it is one for each operation that the part belongs to.
fn is_of_component(at: &Pointer) -> bool {
    at.as_str().starts_with("#/components/schemas/")
}

/// Returns title and description of a schema.
pub(super) fn docs(schema: &Schema) -> Docs {
    Docs { title: schema.data.title.clone(), description: schema.data.description.clone() }
}
