//! The properties of a schema with those that a struct of the code reads and writes.

use std::slice;

use super::value::nullable_words;
use super::{Form, Walk};
use crate::difference::Fact;
use crate::document::Node;
use crate::document::schema::{Further, Schema};
use crate::judged;
use crate::rust::{ItemId, Member, Type, Word};

impl<'a> Walk<'a> {
    /// Compares an object.
    pub(super) fn object(
        &mut self,
        schema: &Schema<'a>,
        id: &ItemId,
        members: &[Member],
        rest: Option<&Type>,
    ) {
        let find = |name: &str| members.iter().find(|it| it.wire == name);
        let owners: Vec<_> = schema.places.iter().filter_map(|it| component(it)).collect();
        for (name, nodes) in &schema.properties {
            let places = self.places_of(nodes);
            let found = find(name);
            self.check(Fact::Property, found.is_some(), &places, Some(name), || {
                format!("the property `{name}` is not read and not written")
            });
            if let Some(member) = found {
                let is_required = schema.required.contains_key(name);
                self.property(nodes, &places, is_required, id, member);
                let beside = schema.properties.keys().map(String::as_str);
                self.secret(nodes, &places, (name, &owners, beside), &member.ty);
            }
        }
        // Without properties the discriminator is one.
        let tag = schema.discriminator.as_ref().map(|it| it.property.as_str());
        for (name, at) in &schema.required {
            if schema.properties.contains_key(name) || tag == Some(name) {
                continue;
            }
            self.check(Fact::Property, false, slice::from_ref(at), Some(name), || {
                format!("the property `{name}` is required, and has no field")
            });
        }
        for member in members {
            let is_tag = tag == Some(&member.wire) && schema.properties.is_empty();
            let holds = is_tag || schema.properties.contains_key(&member.wire);
            self.check(Fact::Property, holds, &schema.places, Some(&member.wire), || {
                format!("the property `{}` is in the code, and not declared", member.wire)
            });
        }
        self.further(schema, rest);
    }

    fn property(
        &mut self,
        nodes: &[Node<'a>],
        places: &[String],
        is_required: bool,
        id: &ItemId,
        member: &Member,
    ) {
        let schema = self.document.schema(nodes);
        let name = Some(member.wire.as_str());
        // What one way must not carry is optional in a type that goes both.
        let is_one_way = schema.read_only && self.usage.is_sent(id)
            || schema.write_only && self.usage.received.contains(id);
        let must_be_there = is_required && !is_one_way;
        let is_always = matches!(member.word, Word::Required | Word::Nullable);
        let mut of_required = places.to_vec();
        of_required.extend(super::below(places, "required"));
        self.check(Fact::Required, is_always == must_be_there, &of_required, name, || {
            let (a, b) = super::parameter::words(must_be_there, is_always);
            format!("the property `{}` is {a}, in the code {b}", member.wire)
        });
        if !self.holds_any(&member.ty) {
            // Leaving it out and `null` are two things in a change alone.
            let is_change = !must_be_there && self.usage.patched.contains(id);
            let says_null = match member.word {
                Word::Nullable | Word::Patch => true,
                Word::Optional => schema.nullable && !is_change,
                Word::Required => false,
            };
            self.check(Fact::Nullable, says_null == schema.nullable, places, name, || {
                nullable_words(schema.nullable).to_owned()
            });
        }
        // A diagnostic of the property tells of what its schemas say together, and one further inside of that.
        if nodes.len() > 1 {
            let differences = self.differences(nodes, &member.ty, Form::Json, &member.docs);
            for mut difference in differences.iter().cloned() {
                difference.places.extend(places.iter().cloned());
                difference.what = format!("together in `{}`: {}", member.wire, difference.what);
                self.found.differences.insert(difference);
            }
            if !differences.is_empty() {
                return;
            }
        }
        self.present(nodes, member.ty.present(), Form::Json, None, &member.docs);
    }

    /// Compares whether a text is hidden with what the document says and people judged.
    pub(super) fn secret<'n>(
        &mut self,
        nodes: &[Node<'a>],
        places: &[String],
        (name, owners, beside): (&str, &[&str], impl Iterator<Item = &'n str>),
        ty: &Type,
    ) {
        let (ty, _) = self.behind_aliases(ty.present(), "");
        let Some(hides) = judged::hides(&ty) else { return };
        let format = self.document.schema(nodes).format;
        let is_declared = format.as_deref() == Some("password");
        let is_public = matches!(format.as_deref(), Some("uri" | "url" | "date" | "date-time"));
        let judged = judged::is_secret(name, owners, beside).map(|it| it && !is_public);
        let Some(expected) = is_declared.then_some(true).or(judged) else { return };
        self.check(Fact::Secret, hides == expected, places, Some(name), || {
            if expected {
                format!("`{name}` is a secret, and `Debug` prints it")
            } else {
                format!("`{name}` is no secret, and cannot be printed")
            }
        });
    }

    /// Compares what is kept of the properties that are not declared.
    fn further(&mut self, schema: &Schema<'a>, rest: Option<&Type>) {
        let is_base = schema.properties.is_empty() && schema.discriminator.is_some();
        let places = &schema.places;
        match (&schema.further, rest) {
            (Further::Schema(nodes), Some(ty)) => {
                self.check(Fact::FurtherProperties, true, places, None, String::new);
                self.used(nodes, ty, Form::Json, "");
            }
            (Further::Any(_), Some(ty)) => {
                let holds = self.holds_any(ty) || *ty == Type::File;
                self.check(Fact::FurtherProperties, holds, places, None, || {
                    "other properties may be anything, and have a type in the code".to_owned()
                });
            }
            (Further::Any(_) | Further::Schema(_), None) => {
                self.check(Fact::FurtherProperties, false, places, None, || {
                    "other properties are allowed, and are not kept".to_owned()
                });
            }
            (Further::Unsaid | Further::Denied, rest) => {
                let holds = rest.is_none() || is_base;
                self.check(Fact::FurtherProperties, holds, places, None, || {
                    "other properties are kept, and not declared".to_owned()
                });
            }
        }
    }

    /// Returns the places of some nodes, and those that they refer to.
    fn places_of(&self, nodes: &[Node<'a>]) -> Vec<String> {
        nodes.iter().flat_map(|it| self.document.follow(it).1).collect()
    }
}

/// Returns the name of the schema at a place, where it is in the components.
fn component(place: &str) -> Option<&str> {
    let name = place.strip_prefix("#/components/schemas/")?;
    (!name.contains('/')).then_some(name)
}
