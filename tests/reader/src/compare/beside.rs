//! The branches beside the properties of an object with the variant inside of its struct.

use std::slice;

use super::{Form, Walk};
use crate::document::Node;
use crate::document::schema::{Further, Kind, Schema};
use crate::rust::{Item, Member, Type};

impl<'a> Walk<'a> {
    /// Compares what stands beside the properties; the object itself is a branch that says nothing.
    pub(super) fn beside(&mut self, schema: &Schema<'a>, variant: &Type) {
        let mut inner = schema.clone();
        inner.properties.clear();
        for union in &mut inner.unions {
            union.branches.retain(|it| !self.adds_nothing(it));
        }
        let (ty, _) = self.behind_aliases(variant.present(), "");
        let item = match &ty {
            Type::Named(id) => Some(self.code.item(id)),
            _ => None,
        };
        match item {
            Some(Item::Union { told, variants }) => self.union(&inner, told, variants),
            _ => {
                let branches: Vec<Node<'a>> =
                    inner.unions.iter().flat_map(|it| self.branches(it)).collect();
                for branch in branches {
                    self.present(&[branch], &ty, Form::Json, None, "");
                }
            }
        }
    }

    /// Returns the properties of an object.
    pub(super) fn members_of(&self, ty: &Type) -> Vec<Member> {
        let (ty, _) = self.behind_aliases(ty.present(), "");
        match &ty {
            Type::Named(id) => match self.code.item(id) {
                Item::Object { members, .. } => members.clone(),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    fn adds_nothing(&self, branch: &Node<'a>) -> bool {
        let schema = self.document.schema(slice::from_ref(branch));
        schema.kinds.as_ref().is_none_or(|it| it.iter().all(|it| *it == Kind::Object))
            && schema.properties.is_empty()
            && schema.values.is_none()
            && schema.items.is_empty()
            && schema.unions.is_empty()
            && matches!(schema.further, Further::Unsaid)
    }
}
