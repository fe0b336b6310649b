//! Makes the types of inline schemas, of which one can be met inside of itself.

use super::super::Lowering;
use super::super::all_of::Merged;
use super::super::hoist::Home;
use super::class::Class;
use crate::api::{Shape, Type, TypeId, TypeRef};
use crate::document::{AdditionalProperties, Schema};

/// How many inline types can be made inside of each other. A document nests no
/// deeper by itself, but its references can; what lies deeper is made when
/// those above it are done, so that no document runs out of stack.
const MAX_DEPTH: usize = crate::load::MAX_NESTING;

/// How many lists and maps can lie directly inside of each other; the next one
/// gets a name, since each of a chain that leads through the document would
/// otherwise spell out all that follow.
const MAX_NESTED: usize = 8;

/// An inline schema whose type is being made.
#[derive(Debug)]
pub(in crate::lower) struct Making {
    /// The type; `None` while the schema needs no name.
    id: Option<TypeId>,
    /// How many types with a name were being made when this one was begun.
    n_named: usize,
    place: Home,
}

/// An inline schema whose type has a name and gets its shape later.
#[derive(Debug)]
pub(in crate::lower) struct PutOff<'a> {
    id: TypeId,
    view: Merged<'a>,
    class: Class,
}

impl<'a> Lowering<'a> {
    /// Returns the type of a schema that is met inside of itself: the one that
    /// is being made. A list or map without a type with a name on the way gets
    /// one here, since it holds itself.
    pub(super) fn being_made(&mut self, schema: &Schema) -> Option<TypeId> {
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

    pub(super) fn plain_inline(
        &mut self,
        schema: &'a Schema,
        view: &Merged<'a>,
        place: &Home,
    ) -> Type {
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
        match self.making.swap_remove(&schema.pointer).and_then(|it| it.id) {
            Some(id) => {
                let constraints = self.constraints(view);
                self.types[id.0].shape = Shape::Alias(TypeRef { ty, nullable: false, constraints });
                Type::Named(id)
            }
            None => ty,
        }
    }

    pub(super) fn named_inline(
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
        self.making.swap_remove(&at);
    }

    /// Makes the inline types that were put off.
    pub(in crate::lower) fn make_put_off(&mut self) {
        while let Some(put_off) = self.put_off.pop_front() {
            let place = Home::of_type(put_off.id);
            self.make(put_off, place);
        }
    }
}

/// Returns whether a list or map says what it holds.
fn holds_schema(view: &Schema) -> bool {
    view.items.is_some() || matches!(view.additional, Some(AdditionalProperties::Schema(_)))
}
