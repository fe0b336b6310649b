//! Finds how each type is used: sent, in a request body, received, with a secret.

use std::collections::BTreeSet;

use super::{Api, Operation, Shape, Type, TypeDef, TypeId, TypeRef};

/// How the types of an API are used.
#[derive(Debug, Default)]
pub(crate) struct Usage {
    sent: BTreeSet<TypeId>,
    received: BTreeSet<TypeId>,
    in_bodies: BTreeSet<TypeId>,
    secret: BTreeSet<TypeId>,
    /// Types whose values are never written, with all that hold them.
    read_only: BTreeSet<TypeId>,
    /// Types that hold a file.
    files: BTreeSet<TypeId>,
}

impl Usage {
    pub(crate) fn of(api: &Api) -> Self {
        let mut acc = Self::default();
        for operation in &api.operations {
            for parameter in &operation.parameters {
                reach(api, &parameter.ty, &mut acc.sent);
            }
            for content in operation.body.iter().flat_map(|it| &it.contents) {
                reach(api, &content.ty, &mut acc.sent);
                reach(api, &content.ty, &mut acc.in_bodies);
            }
            for content in operation.responses.iter().flat_map(|it| &it.contents) {
                reach(api, &content.ty, &mut acc.received);
            }
        }
        // What only a webhook has is received.
        for webhook in &api.webhooks {
            let body = webhook.body.iter().map(|it| &it.content.ty);
            for ty in body.chain(webhook.parameters.iter().map(|it| &it.ty)) {
                reach(api, ty, &mut acc.received);
            }
        }
        acc.secret = hold(api, |it| match &it.shape {
            Shape::Struct(it) => it.properties.iter().any(|property| property.secret.is_some()),
            _ => false,
        });
        acc.files = hold(api, |it| match &it.shape {
            Shape::Struct(it) => {
                it.additional.ty().is_some_and(|it| is_file(&it.ty))
                    || it.properties.iter().any(|it| is_file(&it.ty.ty))
            }
            Shape::Union(it) => it.variants().any(|it| is_file(&it.ty.ty)),
            Shape::Alias(ty) => is_file(&ty.ty),
            Shape::Enum(_) => false,
        });
        let ids = || (0..api.types.len()).map(TypeId);
        // Types that the overlay gives `Serialize` back, with all that they hold.
        let mut given_back = BTreeSet::new();
        for id in ids().filter(|id| api.type_def(*id).serialized) {
            reach(api, &TypeRef::plain(Type::Named(id)), &mut given_back);
        }
        let is_read_only =
            |id: &TypeId| acc.secret.contains(id) && !acc.is_sent(*id) && !given_back.contains(id);
        // A type that no operation uses can hold one that only responses use.
        acc.read_only = with_users(api, ids().filter(is_read_only).collect());
        acc
    }

    /// Returns whether values of the type are sent, or nothing says they are not.
    pub(crate) fn is_sent(&self, id: TypeId) -> bool {
        self.sent.contains(&id) || !self.received.contains(&id)
    }

    /// Returns whether values of the type are received.
    pub(crate) fn is_received(&self, id: TypeId) -> bool {
        self.received.contains(&id)
    }

    /// Returns whether values of the type are sent in a request body, of any method: some APIs
    /// update by POST, so leaving a property out and sending `null` are two things.
    pub(crate) fn is_in_body(&self, id: TypeId) -> bool {
        self.in_bodies.contains(&id)
    }

    /// Returns whether values of the type are never written: only responses use it, it holds a
    /// secret, and the overlay does not give the right back.
    pub(crate) fn is_read_only(&self, id: TypeId) -> bool {
        self.read_only.contains(&id)
    }

    /// Returns whether the type holds a secret, at any depth.
    pub(crate) fn holds_secret(&self, id: TypeId) -> bool {
        self.secret.contains(&id)
    }

    /// Returns whether the type holds a file, at any depth.
    pub(crate) fn holds_file(&self, id: TypeId) -> bool {
        self.files.contains(&id)
    }
}

/// Adds every named type that a value of this type can hold.
fn reach(api: &Api, ty: &TypeRef, acc: &mut BTreeSet<TypeId>) {
    let mut open: Vec<TypeId> = named(&ty.ty).into_iter().collect();
    while let Some(id) = open.pop() {
        if acc.insert(id) {
            open.extend(uses(api, id));
        }
    }
}

/// Returns the named types that an operation itself mentions.
pub(crate) fn of_operation(it: &Operation) -> impl Iterator<Item = TypeId> {
    let parameters = it.parameters.iter().map(|it| &it.ty);
    let sent = it.body.iter().flat_map(|it| &it.contents).map(|it| &it.ty);
    let received = it.responses.iter().flat_map(|it| &it.contents).map(|it| &it.ty);
    parameters.chain(sent).chain(received).filter_map(|it| named(&it.ty))
}

/// Returns the named types that the type itself mentions.
pub(crate) fn uses(api: &Api, id: TypeId) -> Vec<TypeId> {
    match &api.type_def(id).shape {
        Shape::Struct(it) => {
            let additional = it.additional.ty().and_then(|it| named(&it.ty));
            it.properties.iter().filter_map(|it| named(&it.ty.ty)).chain(additional).collect()
        }
        Shape::Union(it) => it.variants().filter_map(|it| named(&it.ty.ty)).collect(),
        Shape::Alias(ty) => named(&ty.ty).into_iter().collect(),
        Shape::Enum(_) => Vec::new(),
    }
}

/// Returns the named type at the heart of a type.
pub(crate) fn named(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::List(inner) | Type::Map(inner) => named(&inner.ty),
        _ => None,
    }
}

/// Returns whether a type is a file, or a list or map of files.
fn is_file(ty: &Type) -> bool {
    match ty {
        Type::File => true,
        Type::List(inner) | Type::Map(inner) => is_file(&inner.ty),
        _ => false,
    }
}

/// Returns the types that hold something themselves, or use a type that does.
fn hold(api: &Api, itself: impl Fn(&TypeDef) -> bool) -> BTreeSet<TypeId> {
    let ids = (0..api.types.len()).map(TypeId);
    with_users(api, ids.filter(|id| itself(api.type_def(*id))).collect())
}

/// Adds the types that use one of these, at any depth.
pub(crate) fn with_users(api: &Api, mut acc: BTreeSet<TypeId>) -> BTreeSet<TypeId> {
    let mut users: Vec<Vec<TypeId>> = vec![Vec::new(); api.types.len()];
    for id in (0..api.types.len()).map(TypeId) {
        for used in uses(api, id) {
            users[used.0].push(id);
        }
    }
    let mut open: Vec<TypeId> = acc.iter().copied().collect();
    while let Some(id) = open.pop() {
        open.extend(users[id.0].iter().filter(|user| acc.insert(**user)));
    }
    acc
}
