//! The types of the modules: structs with the names of their properties, enums with their texts, unions, aliases.

use std::collections::{BTreeMap, BTreeSet};

use syn::ext::IdentExt;
use syn::{Attribute, Expr, ExprLit, Fields, ItemEnum, ItemStruct, Lit, Meta};

use super::macros::{self, Macro};
use super::names::Modules;
use super::types::{self, ItemId, Type};

/// A type of the code.
#[derive(Clone, Debug)]
pub enum Item {
    /// A struct that is a JSON object.
    Object {
        /// The properties that it reads and writes.
        members: Vec<Member>,
        /// The type of the properties that it keeps beside them.
        rest: Option<Type>,
        /// The type whose properties stand beside them.
        variant: Option<Type>,
    },
    /// An open enum: the texts that it lists.
    Enum(BTreeSet<String>),
    /// A union.
    Union {
        /// What tells the variants apart.
        told: Told,
        /// The variants.
        variants: Vec<Variant>,
    },
    /// Another name for a type, or a struct around one.
    Alias {
        /// The type.
        ty: Type,
        /// Its documentation.
        docs: String,
    },
    /// What each status holds.
    Statuses(Vec<(Vec<super::Status>, String, Type)>),
    /// What each media type of a response holds.
    Bodies(Vec<(Vec<String>, String, Type)>),
    /// The request bodies that an operation chooses from: what each variant holds.
    Choice(BTreeMap<String, Type>),
    /// A struct that is no JSON: the fields.
    Plain(BTreeMap<String, Field>),
    /// Something that no value of JSON is.
    Other,
}

/// A field of a struct.
#[derive(Clone, Debug)]
pub struct Field {
    /// The type; the error says what of it is not known.
    pub ty: Result<Type, String>,
    /// The documentation.
    pub docs: String,
}

/// A property of a struct.
#[derive(Clone, Debug)]
pub struct Member {
    /// The name in JSON.
    pub wire: String,
    /// How it is read and written.
    pub word: Word,
    /// The type.
    pub ty: Type,
    /// The documentation.
    pub docs: String,
}

/// How a property is read and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// It is always there.
    Required,
    /// It is there, or `null`.
    Nullable,
    /// It may be absent.
    Optional,
    /// It may be absent, or `null`.
    Patch,
}

/// What tells the variants of a union apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// The value of a property.
    Property {
        /// Its name.
        name: String,
        /// The word for its values: `property` for texts, `integer` or `boolean`.
        of: String,
    },
    /// The one key of the object.
    Key,
    /// The kind of JSON.
    Kind,
    /// Nothing: the JSON is kept.
    Nothing,
}

/// A variant of a union.
#[derive(Clone, Debug)]
pub struct Variant {
    /// What it holds.
    pub ty: Type,
    /// The values of the property, or the key.
    pub texts: Vec<String>,
    /// The kind of JSON.
    pub kind: String,
}

impl Item {
    /// Returns the types that a value of this one can hold.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        let acc: Vec<&Type> = match self {
            Self::Object { members, rest, variant } => {
                members.iter().map(|it| &it.ty).chain(rest).chain(variant).collect()
            }
            Self::Union { variants, .. } => variants.iter().map(|it| &it.ty).collect(),
            Self::Alias { ty, .. } => vec![ty],
            Self::Statuses(arms) => arms.iter().map(|it| &it.2).collect(),
            Self::Bodies(arms) => arms.iter().map(|it| &it.2).collect(),
            Self::Choice(variants) => variants.values().collect(),
            Self::Enum(_) | Self::Plain(_) | Self::Other => Vec::new(),
        };
        acc.into_iter()
    }
}

/// Reads the items of all modules.
pub(super) fn read(modules: &Modules) -> Result<BTreeMap<ItemId, Item>, String> {
    let mut acc = BTreeMap::new();
    for (path, module) in &modules.0 {
        let mut own = Own { acc: BTreeMap::new(), path, modules };
        own.read(&module.items).map_err(|error| format!("{}: {error}", path.join("::")))?;
        acc.extend(own.acc.into_iter().map(|(name, item)| ((path.clone(), name), item)));
    }
    Ok(acc)
}

/// The items of one module.
struct Own<'m> {
    acc: BTreeMap<String, Item>,
    path: &'m [String],
    modules: &'m Modules,
}

impl Own<'_> {
    fn read(&mut self, items: &[syn::Item]) -> Result<(), String> {
        let mut lists = Vec::new();
        for item in items {
            match item {
                syn::Item::Struct(it) => {
                    let fields = self.fields(it);
                    self.acc.insert(it.ident.unraw().to_string(), Item::Plain(fields));
                }
                syn::Item::Enum(it) => {
                    let item = self.choice(it).map_or(Item::Other, Item::Choice);
                    self.acc.insert(it.ident.unraw().to_string(), item);
                }
                syn::Item::Type(it) => {
                    let ty = self.ty(&it.ty)?;
                    let item = Item::Alias { ty, docs: docs(&it.attrs) };
                    self.acc.insert(it.ident.unraw().to_string(), item);
                }
                syn::Item::Macro(it) => {
                    lists.push(macros::read(it).map_err(|it| it.to_string())?);
                }
                _ => {}
            }
        }
        lists.into_iter().try_for_each(|it| self.add(it))
    }

    fn ty(&self, ty: &syn::Type) -> Result<Type, String> {
        types::read(ty, self.path, self.modules)
    }

    /// Returns what the variants hold, where each holds one value.
    fn choice(&self, item: &ItemEnum) -> Option<BTreeMap<String, Type>> {
        let variants = item.variants.iter().map(|it| match &it.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                let ty = self.ty(&fields.unnamed[0].ty).ok()?;
                Some((it.ident.unraw().to_string(), ty))
            }
            _ => None,
        });
        variants.collect()
    }

    fn fields(&self, item: &ItemStruct) -> BTreeMap<String, Field> {
        let Fields::Named(fields) = &item.fields else { return BTreeMap::new() };
        let fields = fields.named.iter().filter_map(|it| {
            let name = it.ident.as_ref()?.unraw().to_string();
            Some((name, Field { ty: self.ty(&it.ty), docs: docs(&it.attrs) }))
        });
        fields.collect()
    }

    /// Adds what a macro makes of a struct, or defines.
    fn add(&mut self, it: Macro) -> Result<(), String> {
        let (name, item) = match it {
            Macro::Object(it) => {
                let item = self.object(&it)?;
                (it.name, item)
            }
            Macro::Newtype(name) => {
                let mut fields = self.take_fields(&name)?;
                let value = fields.remove("value").ok_or("a newtype without its value")?;
                let item = Item::Alias { ty: value.ty?, docs: value.docs };
                (name, item)
            }
            Macro::Enum(it) => (it.name, Item::Enum(it.texts.into_iter().collect())),
            Macro::Union(it) => {
                let told = match (it.by.as_str(), it.property) {
                    ("key", _) => Told::Key,
                    ("kind", _) => Told::Kind,
                    (by, property) => {
                        Told::Property { name: property.unwrap_or_default(), of: by.to_owned() }
                    }
                };
                let variants = it
                    .variants
                    .into_iter()
                    .map(|it| Ok(Variant { ty: self.ty(&it.ty)?, texts: it.texts, kind: it.kind }));
                let variants = variants.collect::<Result<_, String>>()?;
                (it.name, Item::Union { told, variants })
            }
            Macro::JsonUnion(it) => {
                let branches = it.branches.iter().map(|it| {
                    let (texts, kind) = (Vec::new(), String::new());
                    Ok(Variant { ty: self.ty(it)?, texts, kind })
                });
                let variants = branches.collect::<Result<_, String>>()?;
                (it.name, Item::Union { told: Told::Nothing, variants })
            }
            Macro::Statuses(it) => {
                let arms = it.arms.into_iter().map(|arm| {
                    let statuses = super::expressions::statuses_of(&arm.of)?;
                    Ok((statuses, arm.read, self.ty(&arm.body)?))
                });
                (it.name, Item::Statuses(arms.collect::<Result<_, String>>()?))
            }
            Macro::Bodies(it) => {
                let arms = it.arms.into_iter().map(|arm| {
                    let media_types = super::expressions::texts_of(&arm.of)?;
                    Ok((media_types, arm.read, self.ty(&arm.body)?))
                });
                (it.name, Item::Bodies(arms.collect::<Result<_, String>>()?))
            }
        };
        self.acc.insert(name, item);
        Ok(())
    }

    fn take_fields(&mut self, name: &str) -> Result<BTreeMap<String, Field>, String> {
        match self.acc.remove(name) {
            Some(Item::Plain(fields)) => Ok(fields),
            _ => Err(format!("`{name}` is no struct")),
        }
    }

    fn object(&mut self, it: &macros::Object) -> Result<Item, String> {
        let mut fields = self.take_fields(&it.name)?;
        let mut take = |name: &str| {
            fields.remove(name).ok_or_else(|| format!("`{}` has no field `{name}`", it.name))
        };
        let mut members = Vec::new();
        for property in &it.properties {
            let field = take(&property.field)?;
            let word = match property.word.as_str() {
                "required" | "secret" => Word::Required,
                "nullable" | "nullable_secret" => Word::Nullable,
                "optional" | "optional_secret" => Word::Optional,
                "patch" | "patch_secret" => Word::Patch,
                other => return Err(format!("the word `{other}` is not known")),
            };
            let ty = field.ty?;
            members.push(Member { wire: property.wire.clone(), word, ty, docs: field.docs });
        }
        let rest = match &it.rest {
            Some(rest) => match take(rest)?.ty? {
                Type::Map(inner) => Some(*inner),
                other => return Err(format!("`{}` keeps the rest in {other:?}", it.name)),
            },
            None => None,
        };
        let variant = match &it.variant {
            Some(variant) => Some(take(variant)?.ty?),
            None => None,
        };
        // A field that no list names is neither read nor written.
        Ok(Item::Object { members, rest, variant })
    }
}

/// Returns the text of the doc comments.
pub(super) fn docs(attributes: &[Attribute]) -> String {
    let mut acc = String::new();
    for attribute in attributes {
        if let Meta::NameValue(it) = &attribute.meta
            && it.path.is_ident("doc")
            && let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = &it.value
        {
            acc.push_str(&text.value());
            acc.push('\n');
        }
    }
    acc
}
