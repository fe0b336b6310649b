//! Plans how a list comes in pages: the fields that lead to the items and to what names the next page.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::types::rust_type;
use super::{
    Access, Holds, Item, PlannedNext, PlannedOperation, PlannedPages, PlannedType, ReplyBody,
    RustType, Success,
};
use crate::api::{Api, BodyPath, NextPage, Operation, Pagination};
use crate::name::{Names, TypeIdent, ValueIdent};

/// Gives every operation that returns a list in pages what says how; returns the types whose fields are read for it.
pub(super) fn plan_pages(
    operations: &mut [PlannedOperation],
    types: &[PlannedType],
    (api, names): (&Api, &Names),
) -> BTreeSet<TypeIdent> {
    let paths = Paths { types, read: RefCell::default() };
    for (planned, operation) in operations.iter_mut().zip(&api.operations) {
        let Some(pagination) = &operation.pagination else { continue };
        let Success::One { body: ReplyBody::Json(body), .. } = &planned.success else {
            unreachable!("a page has one JSON body, which was checked when the overlay was applied")
        };
        planned.pages = Some(pages(&paths, planned, (operation, pagination), body, (api, names)));
    }
    paths.read.into_inner()
}

fn pages(
    paths: &Paths<'_>,
    planned: &PlannedOperation,
    (operation, pagination): (&Operation, &Pagination),
    body: &RustType,
    (api, names): (&Api, &Names),
) -> PlannedPages {
    let id = pagination.parameter;
    let is_it = |it: &&super::Argument| it.parameter == Some(id);
    let required = planned.arguments.iter().find(is_it);
    let argument = required.or_else(|| planned.options.iter().find(is_it));
    let Some(argument) = argument else { unreachable!("each query parameter has a field") };
    let parameter = operation.parameter(id);
    let (items, list) = paths.follow(body, &pagination.items);
    let RustType::Vec(item) = list else { unreachable!("the items are a list: {list:?}") };
    let next = match &pagination.next {
        NextPage::Token(at) => token(paths.follow(body, at)),
        NextPage::LastItem(at) => match token(paths.follow(&item, at)) {
            PlannedNext::Text(access) => PlannedNext::TextOfLast(access),
            PlannedNext::Number(access) => PlannedNext::NumberOfLast(access),
            other => other,
        },
        NextPage::Url(at) => PlannedNext::Url(paths.follow(body, at).0),
        NextPage::Link => PlannedNext::Link,
        NextPage::Page(first) => PlannedNext::Page(*first),
        NextPage::Offset(first) => PlannedNext::Offset(*first),
    };
    PlannedPages {
        body: body.clone(),
        item: (*item).clone(),
        items,
        next,
        more: pagination.more.as_ref().map(|at| paths.follow(body, at).0),
        field: argument.ident.clone(),
        required: required.is_some(),
        wire_name: parameter.name.clone(),
        token: rust_type(api, names, &api.behind_aliases(&parameter.ty).ty),
    }
}

fn token((access, ty): (Access, RustType)) -> PlannedNext {
    match ty {
        RustType::String | RustType::Typed(_) => PlannedNext::Text(access),
        _ => PlannedNext::Number(access),
    }
}

struct Paths<'a> {
    types: &'a [PlannedType],
    /// The types that a path has led through.
    read: RefCell<BTreeSet<TypeIdent>>,
}

impl Paths<'_> {
    /// Returns the fields that lead to a place below a type, and the type there, without `Option` and names.
    fn follow(&self, ty: &RustType, at: &BodyPath) -> (Access, RustType) {
        let mut access = Access { root: holds(ty), steps: Vec::new() };
        let mut ty = self.behind(ty);
        for name in &at.0 {
            let (ident, field) = self.field(&ty, name);
            access.steps.push((ident, holds(&field)));
            ty = self.behind(&field);
        }
        (access, ty)
    }

    fn field(&self, ty: &RustType, name: &str) -> (ValueIdent, RustType) {
        if let RustType::Named(ident) = ty
            && let Some(planned) = self.types.iter().find(|it| it.ident == *ident)
            && let Item::Struct(it) = &planned.item
            && let Some(field) = it.fields.iter().find(|it| it.json_name == name)
        {
            self.read.borrow_mut().insert(ident.clone());
            return (field.ident.clone(), field.ty.clone());
        }
        unreachable!("the overlay names declared properties alone: {name} of {ty:?}")
    }

    /// Returns the type inside of an `Option` and a box and behind all aliases.
    fn behind(&self, ty: &RustType) -> RustType {
        let mut ty = ty.inner();
        loop {
            match ty {
                RustType::Boxed(inner) => ty = inner,
                RustType::Named(ident) => match self.types.iter().find(|it| it.ident == *ident) {
                    Some(PlannedType { item: Item::Alias(inner), .. }) => {
                        self.read.borrow_mut().insert(ident.clone());
                        ty = inner;
                    }
                    _ => return ty.clone(),
                },
                _ => return ty.clone(),
            }
        }
    }
}

fn holds(ty: &RustType) -> Holds {
    match ty {
        RustType::Option(_) => Holds::Option,
        RustType::Patch(_) => Holds::Patch,
        _ => Holds::Value,
    }
}
