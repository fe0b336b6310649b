//! The body of a token request in, how it is made out: the object, what it has to have, and the unions around it.

use super::super::{Item, Making, PlannedStruct, Presence, RustType, TokenBody, TokenVariant};
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
        let is_needed =
            body.required || !planned.constructor.fills.is_empty() || !within.is_empty();
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
        let constructor = &planned.constructor;
        let mut acc = Making { bundle: constructor.bundle.clone(), ..Making::default() };
        for index in &constructor.takes {
            let field = &planned.fields[*index];
            acc.takes.push(match self.role(TokenInput::Property(*index)) {
                Some(role) => self.filled(field.ident.clone(), &field.ty, role),
                None => given.filled(&field.ident, &field.ty),
            });
        }
        for (index, field) in planned.fields.iter().enumerate() {
            let is_made = constructor.takes.contains(&index)
                || constructor.fills.iter().any(|(filled, _)| *filled == index);
            let role: Option<Role> = self.role(TokenInput::Property(index)).filter(|_| !is_made);
            if let (Some(role), Some(setter)) = (role, &field.setter) {
                let ty = match field.presence {
                    Presence::Optional => field.ty.inner(),
                    Presence::Always | Presence::ThreeState => &field.ty,
                };
                acc.sets.push(self.filled(setter.clone(), ty, role));
            }
        }
        acc
    }
}
