//! The response body of a page: what it has at a place.

use std::collections::BTreeSet;

use crate::api::{
    Api, BodyPath, Encoding, Operation, Response, Shape, StatusPattern, Type, TypeId, TypeRef, uses,
};

/// The response body of a page.
pub(super) struct PageBody<'a> {
    api: &'a Api,
    ty: &'a TypeRef,
}

/// What stands at the end of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leaf {
    Text,
    /// An integer.
    Number,
    Boolean,
}

impl<'a> PageBody<'a> {
    /// Returns the one JSON body that every success has.
    pub(super) fn of(api: &'a Api, operation: &'a Operation) -> Result<Self, String> {
        let successes: Vec<_> =
            operation.responses.iter().filter(|it| it.status.is_success()).collect();
        let successes = match (successes.as_slice(), operation.responses.as_slice()) {
            // The only response that is documented is the one for every status.
            ([], [only]) if only.status == StatusPattern::Default => vec![only],
            _ => successes,
        };
        let mut bodies = successes.into_iter().map(json);
        let Some(Some(first)) = bodies.next() else {
            return Err("no success has JSON as its only body".to_owned());
        };
        if bodies.any(|it| it != Some(first)) {
            return Err("its successes have different bodies".to_owned());
        }
        Ok(Self { api, ty: first })
    }

    /// Returns the items of a list in the body.
    pub(super) fn list(&self, at: &BodyPath) -> Result<&'a TypeRef, String> {
        let ty = self.value(self.ty, at)?;
        self.items(ty).ok_or_else(|| match at.0.as_slice() {
            [] => "the body is no list; `items` is the place of one".to_owned(),
            _ => format!("`{at}` is no list"),
        })
    }

    /// Returns what stands at a place of the body.
    pub(super) fn leaf(&self, at: &BodyPath) -> Result<Leaf, String> {
        self.leaf_below(self.ty, at)
    }

    /// Returns what stands at a place of each item.
    pub(super) fn leaf_of_item(&self, items: &BodyPath, at: &BodyPath) -> Result<Leaf, String> {
        self.leaf_below(self.list(items)?, at)
    }

    fn leaf_below(&self, ty: &'a TypeRef, at: &BodyPath) -> Result<Leaf, String> {
        let value = self.value(ty, at)?;
        match self.api.behind_aliases(value).ty {
            Type::String(_) => Ok(Leaf::Text),
            Type::Integer(_) => Ok(Leaf::Number),
            Type::Boolean => Ok(Leaf::Boolean),
            _ => Err(format!("`{at}` is neither a text, an integer nor a boolean")),
        }
    }

    /// Returns the type at a place below a type; the names lead through objects alone.
    fn value(&self, ty: &'a TypeRef, at: &BodyPath) -> Result<&'a TypeRef, String> {
        let mut ty = ty;
        let mut passed = BodyPath::default();
        for (index, name) in at.0.iter().enumerate() {
            let Some(Shape::Struct(object)) = self.api.shape(ty) else {
                return Err(match passed.0.as_slice() {
                    [] => format!("there is no object to have `{at}`"),
                    _ => format!("`{passed}` is no object with declared properties"),
                });
            };
            passed.0.push(name.clone());
            let Some(property) = object.properties.iter().find(|it| it.name == *name) else {
                return Err(format!("nothing is declared at `{passed}`"));
            };
            if index + 1 == at.0.len() && property.secret.is_some() {
                return Err(format!(
                    "`{at}` is a secret; if it is none, a `not-secret` entry says so"
                ));
            }
            ty = &property.ty;
        }
        Ok(ty)
    }

    fn items(&self, ty: &'a TypeRef) -> Option<&'a TypeRef> {
        let mut of = ty;
        // A list of itself is no `Vec` in Rust.
        while let Type::Named(id) = of.ty
            && let Shape::Alias(inner) = &self.api.type_def(id).shape
        {
            if self.is_endless(id) {
                return None;
            }
            of = inner;
        }
        match &of.ty {
            Type::List(item) => Some(item),
            _ => None,
        }
    }

    /// Returns whether an alias leads to itself by aliases alone.
    fn is_endless(&self, id: TypeId) -> bool {
        let aliases = |id: TypeId| {
            let used = uses(self.api, id).into_iter();
            used.filter(|it| matches!(self.api.type_def(*it).shape, Shape::Alias(_)))
        };
        let mut waiting: Vec<_> = aliases(id).collect();
        let mut seen = BTreeSet::new();
        while let Some(next) = waiting.pop() {
            if next == id {
                return true;
            }
            if seen.insert(next) {
                waiting.extend(aliases(next));
            }
        }
        false
    }
}

fn json(response: &Response) -> Option<&TypeRef> {
    match response.bodies().as_slice() {
        [group] if group[0].encoding == Encoding::Json => Some(&group[0].ty),
        _ => None,
    }
}
