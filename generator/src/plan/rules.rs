//! Plans what the values of each type are checked for, where the crate is generated with that.

mod arguments;
mod pattern;

use std::collections::BTreeSet;

use super::{Item, PlannedOperation, PlannedType, RustType};
use crate::api::{
    Additional, Api, Constraints, Shape, Struct, ToldBy, Type, TypeDef, TypeId, TypeRef, Union,
    with_users,
};
use crate::codes;
use crate::diagnostic::{Diagnostic, Sink};
use crate::name::ValueIdent;
use crate::pointer::Pointer;

pub use arguments::{ArgumentPlace, ArgumentRules};

/// What of a module can be checked.
#[derive(Clone, Debug)]
pub struct AllRules {
    /// The rules of each type, in the order of the types.
    pub types: Vec<Rules>,
    /// The rules of the fields of each operation, in the order of the operations.
    pub operations: Vec<Vec<ArgumentRules>>,
}

/// The rules of one type.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Whether its values are not compared, since they hold a secret or a file.
    pub is_opaque: bool,
    /// What is checked.
    pub of: RulesOf,
}

/// What of a type is checked.
#[derive(Clone, Debug)]
pub enum RulesOf {
    /// Nothing: it is an alias, whose rules those have who use it.
    Alias,
    /// Nothing of its values.
    Nothing,
    /// The fields of a struct, each with its name in JSON.
    Struct {
        /// The rules of the object itself.
        own: Vec<PlannedRule>,
        /// The fields that have rules or hold a value that has.
        fields: Vec<(ValueIdent, String, Vec<PlannedRule>)>,
        /// The rules of undeclared properties.
        rest: Option<Vec<PlannedRule>>,
        /// The field with the properties of a branch.
        variant: Option<RulesOfBranch>,
    },
    /// A union.
    Union {
        /// The rules beside the branches.
        own: Vec<PlannedRule>,
        /// The variants, each with its key where the union is told by keys.
        variants: Vec<(super::TypeIdent, Option<String>, Vec<PlannedRule>)>,
    },
    /// The text of an enum, declared or not.
    Text(Vec<PlannedRule>),
    /// The value of a struct around it.
    Newtype(Vec<PlannedRule>),
}

/// The rules of what stands beside the properties of an object.
#[derive(Clone, Debug)]
pub struct RulesOfBranch {
    /// The field.
    pub ident: ValueIdent,
    /// What is checked.
    pub rules: Vec<PlannedRule>,
    /// Whether a branch says how many properties there are: those beside it are among them.
    pub is_counted: bool,
}

/// A rule, by the name that the runtime has for it.
#[derive(Clone, Debug, PartialEq)]
pub enum PlannedRule {
    /// A rule without a value.
    Word(&'static str),
    /// A count.
    Count(&'static str, u64),
    /// A number or a text.
    Text(&'static str, String),
    /// The rules of all values inside.
    Within(&'static str, Vec<PlannedRule>),
}

/// The formats that the runtime can tell for certain.
const FORMATS: &[&str] =
    &["date", "date-time", "duration", "email", "hostname", "ipv4", "ipv6", "time", "uri", "uuid"];

/// Plans the rules of every type and operation, and reports patterns that are none.
pub(super) fn plan_rules(
    api: &Api,
    types: &[PlannedType],
    operations: &[PlannedOperation],
    sink: &mut Sink,
) -> AllRules {
    api.types.iter().for_each(|it| report(it, sink));
    api.operations.iter().for_each(|it| arguments::report(it, sink));
    let ids = || (0..api.types.len()).map(TypeId);
    let is_newtype = |id: &TypeId| matches!(types[id.0].item, Item::Newtype { .. });
    let newtypes = ids().filter(is_newtype).collect();
    let planner = Planner { api, types, newtypes, with_rules: BTreeSet::new() };
    let has_own = |id: &TypeId| planner.has_own(api.type_def(*id));
    let planner =
        Planner { with_rules: with_users(api, ids().filter(has_own).collect()), ..planner };
    let of_operations = api.operations.iter().zip(operations);
    AllRules {
        types: ids().map(|id| planner.rules(id, &types[id.0])).collect(),
        operations: of_operations.map(|it| planner.arguments(it.0, it.1)).collect(),
    }
}

struct Planner<'a> {
    api: &'a Api,
    types: &'a [PlannedType],
    /// Names for another type that are types of their own.
    newtypes: BTreeSet<TypeId>,
    /// The types with a rule, at any depth.
    with_rules: BTreeSet<TypeId>,
}

impl Planner<'_> {
    /// Returns whether a type has a rule itself.
    fn has_own(&self, it: &TypeDef) -> bool {
        let has = |ty: &TypeRef| !self.of_type(ty).is_empty();
        !of_itself(it).is_empty()
            || match &it.shape {
                Shape::Struct(it) => {
                    it.properties.iter().any(|it| has(&it.ty))
                        || it.additional.ty().is_some_and(has)
                }
                Shape::Union(it) => it.variants().any(|it| has(&it.ty)),
                Shape::Alias(ty) => has(ty),
                Shape::Enum(_) => false,
            }
    }

    fn rules(&self, id: TypeId, planned: &PlannedType) -> Rules {
        let type_def = self.api.type_def(id);
        let is_opaque = planned.item.traits().is_some_and(|it| !it.partial_eq);
        let of = match (&type_def.shape, &planned.item) {
            (_, Item::Alias(_)) => RulesOf::Alias,
            _ if !self.with_rules.contains(&id) => RulesOf::Nothing,
            (Shape::Struct(it), Item::Struct(planned)) => {
                self.of_struct(it, planned, of_itself(type_def))
            }
            (Shape::Union(it), Item::Union(planned)) => {
                self.of_union(it, planned, of_itself(type_def))
            }
            // Of the branches nobody knows which one a value is of.
            (Shape::Union(_), Item::JsonUnion(_)) => match of_itself(type_def) {
                own if own.is_empty() => RulesOf::Nothing,
                own => RulesOf::Union { own, variants: Vec::new() },
            },
            (Shape::Enum(_), _) => RulesOf::Text(of_itself(type_def)),
            (Shape::Alias(ty), Item::Newtype { .. }) => RulesOf::Newtype(self.of_type(ty)),
            _ => RulesOf::Nothing,
        };
        Rules { is_opaque, of }
    }

    fn of_struct(
        &self,
        it: &Struct,
        planned: &super::PlannedStruct,
        own: Vec<PlannedRule>,
    ) -> RulesOf {
        let fields = it.properties.iter().zip(&planned.fields).filter_map(|(property, field)| {
            let rules = self.of_place(&property.ty)?;
            Some((field.ident.clone(), field.json_name.clone(), rules))
        });
        let (rest, variant) = match &it.additional {
            Additional::Kept(ty) => (self.of_place(ty), None),
            Additional::Variant(ty) => {
                let ident = planned.variant.as_ref().map(|it| it.ident.clone());
                let variant = ident.zip(self.of_place(ty)).map(|(ident, rules)| {
                    let is_counted = self.is_counted(ty, &mut BTreeSet::new());
                    RulesOfBranch { ident, rules, is_counted }
                });
                (None, variant)
            }
            Additional::Unsaid | Additional::Denied => (None, None),
        };
        RulesOf::Struct { own, fields: fields.collect(), rest, variant }
    }

    /// Returns whether a value can be of a type that says how many properties it has.
    fn is_counted(&self, ty: &TypeRef, seen: &mut BTreeSet<TypeId>) -> bool {
        let Type::Named(id) = ty.ty else { return false };
        if !seen.insert(id) {
            return false;
        }
        let it = self.api.type_def(id);
        !of_object(&it.constraints).is_empty()
            || match &it.shape {
                Shape::Struct(it) => match &it.additional {
                    Additional::Variant(ty) => self.is_counted(ty, seen),
                    _ => false,
                },
                Shape::Union(it) => it.variants().any(|it| self.is_counted(&it.ty, seen)),
                Shape::Alias(ty) => self.is_counted(ty, seen),
                Shape::Enum(_) => false,
            }
    }

    fn of_union(
        &self,
        it: &Union,
        planned: &super::PlannedUnion,
        own: Vec<PlannedRule>,
    ) -> RulesOf {
        let told = it.tagging.variants().into_iter().zip(planned.variants());
        let variants = told.filter_map(|((told_by, variant), planned)| {
            let rules = self.of_place(&variant.ty)?;
            let key = match told_by {
                ToldBy::Key(key) => Some(key.to_owned()),
                ToldBy::Tags(_) | ToldBy::Kind(_) | ToldBy::Nothing(_) => None,
            };
            Some((planned.ident.clone(), key, rules))
        });
        RulesOf::Union { own, variants: variants.collect() }
    }

    /// Returns the rules of a place; `None` where there is nothing to check, at any depth.
    fn of_place(&self, ty: &TypeRef) -> Option<Vec<PlannedRule>> {
        if self.is_by_hand(ty) {
            return None;
        }
        let rules = self.of_type(ty);
        let is_checked = match ty.heart() {
            Type::Named(id) => self.with_rules.contains(id),
            _ => false,
        };
        (is_checked || !rules.is_empty()).then_some(rules)
    }

    /// Returns whether values are of a type that is written by hand, alone or in lists and maps: nobody knows whether
    /// it can be checked.
    fn is_by_hand(&self, ty: &TypeRef) -> bool {
        let mut ty = ty;
        for _ in 0..=self.api.types.len() {
            let Type::Named(id) = ty.heart() else { break };
            if matches!(self.types[id.0].item, Item::Alias(RustType::Foreign(_))) {
                return true;
            }
            let Shape::Alias(inner) = &self.api.type_def(*id).shape else { break };
            ty = inner;
        }
        false
    }

    /// Returns the rules of a use of a type, and those of the aliases that it goes by.
    fn of_type(&self, ty: &TypeRef) -> Vec<PlannedRule> {
        let mut acc = Vec::new();
        let mut ty = ty;
        let mut open = 0..=self.api.types.len();
        while open.next().is_some() {
            let rules = match &ty.ty {
                Type::Named(id) if self.newtypes.contains(id) => Vec::new(),
                Type::Named(id) => match &self.api.type_def(*id).shape {
                    Shape::Alias(inner) => {
                        ty = inner;
                        continue;
                    }
                    // The type has them itself, wherever it is used.
                    Shape::Struct(_) | Shape::Enum(_) | Shape::Union(_) => Vec::new(),
                },
                Type::String(format) => of_text(&ty.constraints, format.as_deref()),
                Type::Integer(_) | Type::Number(_) => of_number(&ty.constraints),
                Type::List(inner) => {
                    let inner = self.of_type(inner);
                    of_list(&ty.constraints).into_iter().chain(within("Items", inner)).collect()
                }
                Type::Map(inner) => {
                    let inner = self.of_type(inner);
                    of_object(&ty.constraints).into_iter().chain(within("Values", inner)).collect()
                }
                Type::FreeForm => of_object(&ty.constraints),
                Type::Any => of_any(&ty.constraints),
                Type::Boolean | Type::Bytes | Type::File => Vec::new(),
            };
            acc.extend(rules);
            break;
        }
        acc
    }
}

/// Returns what the schema of a type says of a value as a whole; of an alias, its uses have it.
fn of_itself(it: &TypeDef) -> Vec<PlannedRule> {
    match it.shape {
        Shape::Struct(_) => of_object(&it.constraints),
        Shape::Enum(_) => of_text(&it.constraints, None),
        Shape::Union(_) => of_any(&it.constraints),
        Shape::Alias(_) => Vec::new(),
    }
}

/// Returns what is said of a value of any kind: each rule speaks of one kind.
fn of_any(it: &Constraints) -> Vec<PlannedRule> {
    [of_text(it, None), of_number(it), of_list(it), of_object(it)].concat()
}

fn within(name: &'static str, inner: Vec<PlannedRule>) -> Option<PlannedRule> {
    (!inner.is_empty()).then_some(PlannedRule::Within(name, inner))
}

fn of_text(it: &Constraints, format: Option<&str>) -> Vec<PlannedRule> {
    let pattern = it.pattern.as_deref().and_then(pattern::rule);
    let pattern =
        pattern.map(|name| PlannedRule::Text(name, it.pattern.clone().unwrap_or_default()));
    let format = format.filter(|it| FORMATS.contains(it));
    let acc = [
        it.min_length.map(|it| PlannedRule::Count("MinLength", it)),
        it.max_length.map(|it| PlannedRule::Count("MaxLength", it)),
        pattern,
        format.map(|it| PlannedRule::Text("Format", it.to_owned())),
    ];
    acc.into_iter().flatten().collect()
}

fn of_number(it: &Constraints) -> Vec<PlannedRule> {
    let least = if it.exclusive_minimum { "ExclusiveMinimum" } else { "Minimum" };
    let most = if it.exclusive_maximum { "ExclusiveMaximum" } else { "Maximum" };
    let all = [(least, &it.minimum), (most, &it.maximum), ("MultipleOf", &it.multiple_of)];
    let rule = |(name, value): (_, &Option<serde_json::Number>)| {
        value.as_ref().map(|it| PlannedRule::Text(name, it.to_string()))
    };
    all.into_iter().filter_map(rule).collect()
}

fn of_list(it: &Constraints) -> Vec<PlannedRule> {
    let acc = [
        it.min_items.map(|it| PlannedRule::Count("MinItems", it)),
        it.max_items.map(|it| PlannedRule::Count("MaxItems", it)),
        it.unique_items.then_some(PlannedRule::Word("UniqueItems")),
    ];
    acc.into_iter().flatten().collect()
}

fn of_object(it: &Constraints) -> Vec<PlannedRule> {
    let acc = [
        it.min_properties.map(|it| PlannedRule::Count("MinProperties", it)),
        it.max_properties.map(|it| PlannedRule::Count("MaxProperties", it)),
    ];
    acc.into_iter().flatten().collect()
}

/// Reports the patterns of a type that are no expressions of ECMA-262: nothing is checked by them.
fn report(it: &TypeDef, sink: &mut Sink) {
    match &it.shape {
        Shape::Struct(it) => {
            for property in &it.properties {
                report_use(&property.ty, &property.pointer, sink);
            }
        }
        Shape::Union(it) => it.variants().for_each(|it| report_use(&it.ty, &it.pointer, sink)),
        Shape::Alias(ty) => report_use(ty, &it.pointer, sink),
        Shape::Enum(_) => {}
    }
    if let Shape::Enum(_) | Shape::Union(_) = it.shape {
        report_pattern(&it.constraints, &it.pointer, sink);
    }
    if let Shape::Struct(Struct { additional: Additional::Kept(ty), .. }) = &it.shape {
        report_use(ty, &it.pointer.join(&["additionalProperties"]), sink);
    }
}

fn report_use(ty: &TypeRef, at: &Pointer, sink: &mut Sink) {
    match &ty.ty {
        Type::List(inner) => report_use(inner, &at.join(&["items"]), sink),
        Type::Map(inner) => report_use(inner, &at.join(&["additionalProperties"]), sink),
        Type::String(_) | Type::Any => report_pattern(&ty.constraints, at, sink),
        _ => {}
    }
}

fn report_pattern(it: &Constraints, at: &Pointer, sink: &mut Sink) {
    let Some(text) = it.pattern.as_deref().filter(|it| pattern::rule(it).is_none()) else { return };
    let (title, help) = pattern::refusal(text);
    let at = at.join(&["pattern"]);
    let diagnostic = Diagnostic::warning(codes::KEYWORD, at, title)
        .label("no value is checked by it")
        .help(help);
    sink.push(diagnostic);
}
