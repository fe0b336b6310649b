//! The body of a token request in, how it is made out: the object, what it has to have, and the unions around it.

use super::super::{
    Item, Making, PlannedStruct, Presence, RustType, Start, TokenBody, TokenVariant,
};
use super::{Context, Given, Role};
use crate::api::{Shape, TokenInput, Type, TypeId};

impl Context<'_> {
    /// Returns how the body is made; `None` where there is none, or where nothing has to be in it.
    pub(super) fn body(&self, given: &mut Given) -> Option<TokenBody> {
        let (id, within) = self.object()?;
        let Item::Struct(planned) = &self.types[id.0].item else {
            unreachable!("the body of a token request is an object")
        };
        let making = self.making(planned, given);
        let body = self.operation.body.as_ref()?;
        let is_empty = making.takes.is_empty() && making.sets.is_empty();
        let is_needed = body.required || planned.filled().next().is_some() || !within.is_empty();
        let ty = self.types[id.0].ident.clone();
        (is_needed || !is_empty).then_some(TokenBody { ty, making, within, media: None })
    }

    /// Returns the object that the body is, and the unions around it, from the inside; `None` where all
    /// stands in parameters.
    fn object(&self) -> Option<(TypeId, Vec<TokenVariant>)> {
        let mut ty = &self.operation.body.as_ref()?.contents[0].ty;
        let mut branch = self.endpoint.branch.iter();
        let mut within = Vec::new();
        loop {
            let Type::Named(id) = ty.ty else { return None };
            match (&self.api.type_def(id).shape, &self.types[id.0].item) {
                (Shape::Alias(inner), _) => ty = inner,
                (Shape::Struct(_), _) => {
                    within.reverse();
                    return Some((id, within));
                }
                (Shape::Union(union), Item::Union(planned)) => {
                    let index = *branch.next()?;
                    let (variant, planned) =
                        union.variants().nth(index).zip(planned.variants().nth(index))?;
                    within.push(TokenVariant {
                        union: self.types[id.0].ident.clone(),
                        variant: planned.ident.clone(),
                        boxed: matches!(planned.ty, RustType::Boxed(_)),
                    });
                    ty = &variant.ty;
                }
                _ => return None,
            }
        }
    }

    fn making(&self, planned: &PlannedStruct, given: &mut Given) -> Making {
        let mut acc = Making { bundle: planned.bundle.clone(), ..Making::default() };
        for (index, field) in planned.fields.iter().enumerate() {
            let role: Option<Role> = self.role(TokenInput::Property(index));
            match (&field.start, role, &field.setter) {
                (Start::Taken, Some(role), _) => {
                    acc.takes.push(self.filled(field.ident.clone(), &field.ty, role));
                }
                (Start::Taken, None, _) => acc.takes.push(given.filled(&field.ident, &field.ty)),
                (Start::Absent, Some(role), Some(setter)) => {
                    let ty = match field.presence {
                        Presence::Optional => field.ty.inner(),
                        Presence::Always | Presence::ThreeState => &field.ty,
                    };
                    acc.sets.push(self.filled(setter.clone(), ty, role));
                }
                (Start::Absent | Start::Filled(_), _, _) => {}
            }
        }
        if let Some(variant) = &planned.variant {
            acc.takes.push(given.filled(&variant.ident, &variant.ty));
        }
        acc
    }
}
