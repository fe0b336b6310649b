//! A type in, the leaves of everything it leads to out.

use tamarack::api::{
    Additional, Constraints, EnumSpelling, Origin, Property, Shape, Tagging, ToldBy, Type, TypeDef,
    TypeId, TypeRef,
};
use tamarack::pointer::Pointer;

use super::{About, Walk};

impl<'a> Walk<'a> {
    pub(super) fn component(&mut self, id: TypeId, def: &TypeDef) {
        let (Origin::Component(name) | Origin::Given(name)) = &def.origin else { return };
        let name = self.keys.components.get(name).unwrap_or(name);
        self.within(&format!("component {name}"), &def.pointer, |it| {
            it.say("", About::Component, "");
            // What an operation leads to has been said there.
            if !it.keys.reached.contains(name) {
                it.used(&TypeRef::plain(Type::Named(id)));
            }
        });
    }

    pub(super) fn used(&mut self, used: &TypeRef) {
        let mut nullable = used.nullable;
        let mut rules = vec![&used.constraints];
        let mut ty = &used.ty;
        let before = self.at.clone();
        let mut n_open = 0;
        while let Type::Named(id) = ty {
            let def = &self.api.types[id.0];
            nullable |= def.nullable;
            self.at.way.push(def.pointer.clone());
            if let Some(place) = self.open.iter().rev().position(|it| it == id) {
                // The names on the way are no leaf, the ring is.
                let is_alias = |it: &&TypeId| matches!(self.api.types[it.0].shape, Shape::Alias(_));
                let ring = self.open.iter().rev().take(place + 1);
                let n_steps = ring.filter(|it| !is_alias(it)).count();
                self.say("ring", About::Type, n_steps);
                break;
            }
            self.open.push(*id);
            n_open += 1;
            self.def(def);
            match &def.shape {
                Shape::Alias(inner) => {
                    nullable |= inner.nullable;
                    rules.push(&inner.constraints);
                    ty = &inner.ty;
                }
                _ => break,
            }
        }
        self.say("null", About::Null, nullable || matches!(ty, Type::Any));
        for rules in rules {
            self.constraints(rules);
        }
        match ty {
            Type::Named(_) => {}
            Type::List(inner) => {
                self.say("type", About::Type, "list");
                self.below("[]", inner);
            }
            Type::Map(inner) => {
                self.say("type", About::Type, "map");
                self.below("{}", inner);
            }
            // An object of which nothing is said, as a struct without properties is.
            Type::FreeForm => {
                self.say("type", About::Type, "object");
                self.say("additional", About::Additional, "unsaid");
            }
            other => self.say("type", About::Type, format!("{other:?}")),
        }
        self.open.truncate(self.open.len() - n_open);
        self.at = before;
    }

    fn below(&mut self, step: &str, inner: &TypeRef) {
        let pointer = self.at.way.last().cloned().unwrap_or_else(Pointer::root);
        self.within(step, &pointer, |it| it.used(inner));
    }

    fn def(&mut self, def: &'a TypeDef) {
        self.docs(&def.docs);
        for example in &def.examples {
            self.say("example", About::Docs, example);
        }
        if def.deprecated {
            self.say("type deprecated", About::Deprecated, true);
        }
        if def.degraded {
            self.say("type degraded", About::Unheld, true);
        }
        match &def.shape {
            Shape::Alias(_) => {}
            Shape::Struct(it) => {
                self.say("type", About::Type, "object");
                for property in &it.properties {
                    self.property(property);
                }
                let word = match &it.additional {
                    Additional::Unsaid => "unsaid",
                    Additional::Denied => "denied",
                    Additional::Kept(_) => "kept",
                    Additional::Variant(_) => "variant",
                };
                self.say("additional", About::Additional, word);
                match &it.additional {
                    Additional::Kept(ty) => self.below("{}", ty),
                    Additional::Variant(ty) => self.below("&", ty),
                    Additional::Unsaid | Additional::Denied => {}
                }
            }
            Shape::Enum(it) => {
                self.say("type", About::Type, "text");
                let open = it.spelling == EnumSpelling::XEnum;
                self.say("open", About::Spelling, open);
                self.say("ignore case", About::IgnoreCase, it.ignore_case);
                for value in &it.values {
                    self.within(&format!("={}", value.text), &value.pointer, |at| {
                        at.say("", About::Value, "");
                        at.say("name", About::GivenName, format!("{:?}", value.given_name));
                        at.text("description", value.description.as_deref());
                    });
                }
            }
            Shape::Union(it) => {
                self.say("type", About::Type, "union");
                let way = match &it.tagging {
                    Tagging::Discriminator { property, of, .. } => format!("{property} {of:?}"),
                    Tagging::Key(_) => "by key".to_owned(),
                    Tagging::Kind(_) => "by kind".to_owned(),
                    Tagging::Overlapping(_) => "by nothing".to_owned(),
                };
                self.say("tagging", About::Tagging, way);
                self.say("keyword", About::Keyword, it.any_of);
                for (told_by, variant) in it.tagging.variants() {
                    let keys = match told_by {
                        ToldBy::Kind(_) => vec![self.kind(&variant.ty)],
                        ToldBy::Nothing(name) => vec![name],
                        told_by => told_by.texts(),
                    };
                    for key in keys {
                        self.within(&format!("|{key}"), &variant.pointer, |at| {
                            at.say("", About::Variant, "");
                            at.say("name", About::GivenName, format!("{:?}", variant.given_name));
                            at.docs(&variant.docs);
                            at.used(&variant.ty);
                        });
                    }
                }
            }
        }
    }

    /// Returns the JSON kind of a type.
    fn kind(&self, used: &TypeRef) -> &'static str {
        let mut ty = &used.ty;
        for _ in 0..=self.api.types.len() {
            match ty {
                Type::Named(id) => match &self.api.types[id.0].shape {
                    Shape::Alias(inner) => ty = &inner.ty,
                    Shape::Struct(_) => return "object",
                    Shape::Enum(_) => return "string",
                    Shape::Union(_) => return "union",
                },
                Type::String(_) => return "string",
                Type::Boolean => return "boolean",
                Type::Integer(_) | Type::Number(_) => return "number",
                Type::List(_) => return "list",
                Type::Map(_) | Type::FreeForm => return "object",
                Type::Any | Type::Bytes | Type::File => return "any",
            }
        }
        "ring"
    }

    fn property(&mut self, property: &Property) {
        self.within(&format!(".{}", property.name), &property.pointer, |it| {
            it.say("", About::Member, "");
            it.say("required", About::Required, property.required);
            it.say("default", About::Default, format!("{:?}", property.default));
            it.say("read-only", About::Flow, property.read_only);
            it.say("write-only", About::Flow, property.write_only);
            it.say("deprecated", About::Deprecated, property.deprecated);
            it.say("secret", About::Secret, property.secret.is_some());
            it.docs(&property.docs);
            it.say("example", About::Docs, format!("{:?}", property.example));
            it.used(&property.ty);
        });
    }

    fn constraints(&mut self, it: &Constraints) {
        let text = |it: Option<&dyn ToString>| it.map(ToString::to_string);
        let number = |it: &'_ Option<serde_json::Number>| it.as_ref().map(ToString::to_string);
        let all = [
            ("minimum", number(&it.minimum).map(|n| format!("{n} {}", it.exclusive_minimum))),
            ("maximum", number(&it.maximum).map(|n| format!("{n} {}", it.exclusive_maximum))),
            ("multipleOf", number(&it.multiple_of)),
            ("minLength", it.min_length.filter(|n| *n > 0).map(|n| n.to_string())),
            ("maxLength", text(it.max_length.as_ref().map(|n| n as &dyn ToString))),
            ("pattern", it.pattern.clone().filter(|it| !matches!(it.as_str(), ".*" | "^.*$" | ""))),
            ("minItems", it.min_items.filter(|n| *n > 0).map(|n| n.to_string())),
            ("maxItems", text(it.max_items.as_ref().map(|n| n as &dyn ToString))),
            ("uniqueItems", it.unique_items.then(String::new)),
            ("minProperties", it.min_properties.filter(|n| *n > 0).map(|n| n.to_string())),
            ("maxProperties", text(it.max_properties.as_ref().map(|n| n as &dyn ToString))),
        ];
        for (keyword, value) in all {
            if let Some(value) = value {
                self.say(keyword, About::Constraint, value);
            }
        }
        for value in it.values() {
            self.say("values", About::Constraint, value);
        }
    }
}
