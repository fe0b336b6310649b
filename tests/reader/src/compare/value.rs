//! A schema of the document with a type of the code, one step of the walk.

use std::collections::BTreeSet;

use super::{Form, Pair, Walk, below};
use crate::difference::Fact;
use crate::document::Node;
use crate::document::schema::{Further, Kind, Schema};
use crate::rust::{Item, Type};

impl<'a> Walk<'a> {
    /// Compares a value that may be `null` where the schema says so.
    pub(super) fn used(&mut self, nodes: &[Node<'a>], ty: &Type, form: Form, docs: &str) {
        let schema = self.document.schema(nodes);
        if !self.holds_any(ty) {
            let is_nullable = matches!(ty, Type::Option(_));
            self.check(
                Fact::Nullable,
                is_nullable == schema.nullable,
                &schema.places,
                None,
                || nullable_words(schema.nullable).to_owned(),
            );
        }
        self.present(nodes, ty.present(), form, None, docs);
    }

    /// Returns whether a schema says something that its kinds do not: it lists values, a reference leads nowhere, or
    /// its `type` is none.
    fn says_more(&self, schema: &Schema<'a>) -> bool {
        const TYPES: [&str; 7] =
            ["array", "boolean", "integer", "null", "number", "object", "string"];
        const LISTS: [&str; 4] = ["const", "enum", "x-enum", "x-extensible-enum"];
        let mut parts = schema.parts.iter().filter_map(|at| self.document.find(at));
        parts.any(|it| {
            LISTS.iter().any(|list| it.value.get(*list).is_some())
                || it.text("$ref").is_some_and(|it| self.document.find(it).is_none())
                || it.text("type").is_some_and(|it| !TYPES.contains(&it))
        })
    }

    /// Returns whether a type holds any JSON, `null` as well.
    pub(super) fn holds_any(&self, ty: &Type) -> bool {
        match ty {
            Type::Json => true,
            Type::Option(inner) | Type::Patch(inner) => self.holds_any(inner),
            Type::Named(id) => match self.code.item(id) {
                Item::Alias { ty, .. } => self.holds_any(ty),
                _ => false,
            },
            _ => false,
        }
    }

    /// Compares a value that is not `null`; with a kind only what the schema says of values of it.
    pub(super) fn present(
        &mut self,
        nodes: &[Node<'a>],
        ty: &Type,
        form: Form,
        only: Option<Kind>,
        docs: &str,
    ) {
        let (ty, docs) = self.behind_aliases(ty, docs);
        // JSON in a string of which nothing more is said is any JSON.
        if ty == Type::Json && self.holds_any_content(nodes) {
            return;
        }
        // Only the data of an event is decoded twice, which no string is anywhere else.
        if ty != Type::String
            && let Some(content) = self.content(nodes)
        {
            return self.present(&[content], &ty, form, only, &docs);
        }
        let mut places: Vec<String> = nodes.iter().map(|it| it.at.clone()).collect();
        places.sort();
        let is_new = self.seen.insert(Pair::from((places, ty.clone(), form, only)));
        let mut schema = self.settled(nodes);
        if let Some(kind) = only {
            schema.kinds = Some(BTreeSet::from([kind]));
            schema.unions.clear();
        }
        // The same schema is documented at each use.
        if only.is_none() {
            self.values(&schema, &ty, form, &docs);
        }
        if !is_new {
            return;
        }
        let holds = self.fits(&schema, &ty, form);
        let is_mixed = schema.places.iter().any(|it| self.event_data.contains(it));
        let is_loose = !holds || is_mixed || self.says_more(&schema);
        self.is_looser |= ty == Type::Json && is_loose;
        let kinds = self.kinds_of(&schema);
        self.check(Fact::Kind, holds, &schema.places, None, || {
            format!("{} is {}", kind_words(&schema, kinds.as_ref()), type_words(&ty))
        });
        if holds {
            self.inside(&schema, &ty, form, &docs);
        }
    }

    /// Compares what a value of the type holds.
    fn inside(&mut self, schema: &Schema<'a>, ty: &Type, form: Form, docs: &str) {
        match ty {
            Type::List(inner) => self.items(schema, inner, form, docs),
            Type::Map(inner) => match &schema.further {
                Further::Schema(nodes) => self.used(&nodes.clone(), inner, form, docs),
                _ => {
                    let holds = self.holds_any(inner) || **inner == Type::File;
                    self.check(Fact::FurtherProperties, holds, &schema.places, None, || {
                        "the values of the map have a type, and no schema".to_owned()
                    });
                }
            },
            // Its values are any JSON.
            Type::JsonObject => {
                if let Further::Schema(nodes) = &schema.further {
                    self.used(&nodes.clone(), &Type::Json, form, docs);
                }
            }
            Type::Named(id) => match self.code.item(id) {
                Item::Object { members, rest, variant: None } => {
                    self.object(schema, id, members, rest.as_ref());
                }
                Item::Object { members, rest, variant: Some(variant) } => {
                    // What one branch says is read as the schema's own.
                    let mut members = members.clone();
                    if schema.unions.is_empty() {
                        members.extend(self.members_of(variant));
                    }
                    self.object(schema, id, &members, rest.as_ref());
                    self.beside(schema, variant);
                }
                Item::Union { told, variants } => self.union(schema, told, variants),
                _ => {}
            },
            _ => {}
        }
    }

    fn items(&mut self, schema: &Schema<'a>, inner: &Type, form: Form, docs: &str) {
        if schema.has_prefix {
            self.is_looser |= self.holds_any(inner);
            self.check(Fact::Kind, false, &below(&schema.parts, "prefixItems"), None, || {
                "items have schemas by their position, and one type".to_owned()
            });
            return;
        }
        let mut items = schema.items.clone();
        if items.is_empty() && form == Form::Text {
            // A text that may be one value or a list of them.
            let unions = schema.unions.iter().flat_map(|it| &it.branches);
            items = unions.flat_map(|it| self.settled(std::slice::from_ref(it)).items).collect();
        }
        match (items.is_empty(), form) {
            (false, Form::Json) => self.used(&items, inner, form, docs),
            (false, Form::Text) => self.present(&items, inner.present(), form, None, docs),
            (true, _) => {
                let holds = self.holds_any(inner)
                    || form == Form::Text && matches!(inner, Type::String | Type::Secret);
                self.check(Fact::Kind, holds, &schema.places, None, || {
                    "the items have a type, and no schema".to_owned()
                });
            }
        }
    }

    /// Returns the type behind other names for it, with what they document.
    pub(super) fn behind_aliases(&self, ty: &Type, docs: &str) -> (Type, String) {
        let (mut ty, mut docs) = (ty.clone(), docs.to_owned());
        while let Type::Named(id) = &ty
            && let Item::Alias { ty: inner, docs: more } = self.code.item(id)
        {
            docs.push_str(more);
            ty = inner.present().clone();
        }
        (ty, docs)
    }

    /// Returns whether a type holds values of the kinds that the schema allows, and no others.
    fn fits(&self, schema: &Schema<'a>, ty: &Type, form: Form) -> bool {
        let kinds = self.kinds_of(schema);
        let is_only = |kind: Kind| kinds.as_ref().is_some_and(|it| it.iter().eq([&kind]));
        let is_unsaid = kinds.is_none();
        let is_number = is_only(Kind::Number)
            || kinds.as_ref().is_some_and(|it| it.iter().eq([&Kind::Integer, &Kind::Number]));
        let is_union = !schema.unions.is_empty();
        match ty {
            // It is text for the events with some of the names, and JSON for those with others.
            Type::Json if schema.places.iter().any(|it| self.event_data.contains(it)) => true,
            Type::Json => !is_union && says_any(kinds.as_ref()),
            Type::String | Type::Secret if form == Form::Text => kinds.as_ref().is_none_or(|it| {
                let is_scalar = it.iter().all(|it| !matches!(it, Kind::List | Kind::Object));
                is_scalar && (it.contains(&Kind::String) || it.len() > 1)
            }),
            Type::String | Type::Secret | Type::Bytes => {
                is_only(Kind::String) || is_unsaid && form == Form::Text
            }
            // A part of which nothing is said is one as well (OpenAPI 3.1.1 §4.8.15.1.1).
            Type::File => is_only(Kind::String) && schema.is_file() || is_unsaid && !is_union,
            Type::Bool => is_only(Kind::Boolean),
            Type::Integer => is_only(Kind::Integer) || is_only(Kind::Number) && schema.is_whole(),
            Type::Number => is_number,
            Type::List(_) if form == Form::Text => kinds
                .as_ref()
                .is_some_and(|it| it.contains(&Kind::List) && !it.contains(&Kind::Object)),
            Type::List(_) => !is_union && is_only(Kind::List),
            Type::Map(inner) if **inner == Type::File => {
                !is_union && (is_only(Kind::Object) || is_unsaid) && schema.properties.is_empty()
            }
            Type::Map(_) | Type::JsonObject => {
                !is_union && is_only(Kind::Object) && schema.properties.is_empty()
            }
            Type::Named(id) => match self.code.item(id) {
                Item::Enum(_) => is_only(Kind::String),
                Item::Object { variant: Some(_), .. } => {
                    !schema.properties.is_empty() && (is_unsaid || is_only(Kind::Object))
                }
                Item::Object { .. } => {
                    let is_base = is_unsaid && schema.discriminator.is_some();
                    // Of a base with children the struct of the base would drop what is a child's.
                    let is_alone = self.children(schema).is_empty();
                    !is_union && is_alone && (is_only(Kind::Object) || is_base)
                }
                Item::Union { .. } => {
                    is_union
                        || kinds.is_some_and(|it| it.len() > 1)
                        || !schema.properties.is_empty()
                }
                Item::Alias { .. }
                | Item::Statuses(_)
                | Item::Bodies(_)
                | Item::Choice(_)
                | Item::Plain(_)
                | Item::Other => false,
            },
            Type::Unit | Type::Option(_) | Type::Patch(_) => false,
        }
    }
}

/// Returns whether values of all kinds are allowed.
fn says_any(kinds: Option<&BTreeSet<Kind>>) -> bool {
    kinds.is_none_or(|it| {
        let all = [Kind::Boolean, Kind::String, Kind::List, Kind::Object];
        all.iter().all(|kind| it.contains(kind)) && it.contains(&Kind::Number)
    })
}

pub(super) fn nullable_words(declared: bool) -> &'static str {
    if declared {
        "`null` is a value, and none in the code"
    } else {
        "`null` is no value, and one in the code"
    }
}

fn kind_words(schema: &Schema<'_>, kinds: Option<&BTreeSet<Kind>>) -> String {
    let union = if schema.unions.is_empty() { "" } else { "a union of " };
    match kinds {
        Some(kinds) => format!("{union}{kinds:?}"),
        None => format!("{union}any value"),
    }
}

fn type_words(ty: &Type) -> String {
    match ty {
        Type::Json => "untyped JSON".to_owned(),
        Type::Named((_, name)) => format!("the type `{name}`"),
        other => format!("{other:?}"),
    }
}
