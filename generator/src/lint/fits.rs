//! Decides whether a value is certainly invalid for its schema, and why.

use serde_yaml::{Mapping, Value};

use super::sites::{OpenApiVersion, Sites};
use super::types::{self, allows_null};
use crate::pointer::Pointer;

/// Why a value is not valid, and which part of it.
#[derive(Debug)]
pub(super) struct Unfit {
    pub(super) at: Pointer,
    /// For example `expected an integer, found a string`.
    pub(super) why: String,
}

/// How deep a value is compared with its schema: deeper than any value that
/// was written by hand, and an end for schemas that hold themselves.
const DEPTH: usize = 24;

/// Returns why a value that stands at `at` cannot be valid.
pub(super) fn unfit(
    value: &Value,
    schema: &Value,
    at: &Pointer,
    sites: &Sites<'_>,
) -> Option<Unfit> {
    Fitting { sites, fuel: DEPTH }.unfit(value, schema, at)
}

/// One comparison, with what is left of its depth.
#[derive(Clone, Copy)]
struct Fitting<'s, 'a> {
    sites: &'s Sites<'a>,
    fuel: usize,
}

impl Fitting<'_, '_> {
    fn unfit(mut self, value: &Value, schema: &Value, at: &Pointer) -> Option<Unfit> {
        self.fuel = self.fuel.checked_sub(1)?;
        let members = schema.as_mapping()?;
        if value.is_null() && allows_null(members) {
            return None;
        }
        if let Some(text) = members.get("$ref").and_then(Value::as_str) {
            let target = self.sites.node(&crate::resolve::local_pointer(text)?)?;
            let unfit = self.unfit(value, target, at);
            // 3.0 ignores the siblings of `$ref`.
            if unfit.is_some() || self.sites.version == OpenApiVersion::V30 {
                return unfit;
            }
        }
        of_another_type(value, members, at)
            .or_else(|| not_listed(value, members, at))
            .or_else(|| out_of_bounds(value, members, at))
            .or_else(|| self.unfit_below(value, members, at))
            .or_else(|| self.unfit_for_branches(value, members, at))
    }

    fn unfit_below(self, value: &Value, members: &Mapping, at: &Pointer) -> Option<Unfit> {
        match value {
            Value::Sequence(elements) if !members.contains_key("prefixItems") => {
                let items = members.get("items")?;
                let mut below = elements.iter().enumerate();
                below.find_map(|(index, it)| self.unfit(it, items, &at.index(index)))
            }
            Value::Mapping(object) => {
                let properties = members.get("properties").and_then(Value::as_mapping)?;
                object.iter().find_map(|(name, it)| {
                    let name = name.as_str()?;
                    self.unfit(it, properties.get(name)?, &at.child(name))
                })
            }
            _ => None,
        }
    }

    fn unfit_for_branches(self, value: &Value, members: &Mapping, at: &Pointer) -> Option<Unfit> {
        let branches = |keyword: &str| members.get(keyword).and_then(Value::as_sequence);
        let mut all = branches("allOf").into_iter().flatten();
        if let Some(unfit) = all.find_map(|it| self.unfit(value, it, at)) {
            return Some(unfit);
        }
        ["oneOf", "anyOf"].into_iter().find_map(|keyword| {
            let branches = branches(keyword).filter(|it| !it.is_empty())?;
            let unfit: Vec<Unfit> =
                branches.iter().map_while(|it| self.unfit(value, it, at)).collect();
            (unfit.len() == branches.len()).then(|| Unfit {
                at: at.clone(),
                why: format!("the value matches no branch of `{keyword}`"),
            })
        })
    }
}

fn of_another_type(value: &Value, members: &Mapping, at: &Pointer) -> Option<Unfit> {
    let allowed = types::declared(members)?;
    if allowed.iter().any(|ty| types::is_of(value, ty)) {
        return None;
    }
    let found = types::kind_of(value);
    let wanted = allowed.iter().map(|ty| types::with_article(ty)).collect::<Vec<_>>();
    Some(Unfit { at: at.clone(), why: format!("expected {}, found {found}", wanted.join(" or ")) })
}

fn not_listed(value: &Value, members: &Mapping, at: &Pointer) -> Option<Unfit> {
    let listed = members.get("enum").and_then(Value::as_sequence)?;
    // An empty list is a finding of its own. Whether null has to be listed
    // where `nullable` allows it was unclear until OpenAPI 3.0.3.
    if listed.is_empty() || value.is_null() || listed.iter().any(|it| same(it, value)) {
        return None;
    }
    // Values of another type are a finding of their own.
    if listed.iter().all(|it| types::kind_of(it) != types::kind_of(value)) {
        return None;
    }
    let shown = shown(value);
    let why = format!("{shown} is not one of the values of `enum`");
    Some(Unfit { at: at.clone(), why })
}

fn out_of_bounds(value: &Value, members: &Mapping, at: &Pointer) -> Option<Unfit> {
    let why = match value {
        Value::Number(number) => types::bounds(members).broken_by(number.as_f64()?)?,
        Value::String(text) => {
            let n = text.chars().count();
            types::count_out_of(members, ("character", n), "minLength", "maxLength")?
        }
        Value::Sequence(list) => {
            types::count_out_of(members, ("item", list.len()), "minItems", "maxItems")?
        }
        _ => return None,
    };
    Some(Unfit { at: at.clone(), why })
}

/// Returns whether two values are equal in JSON, where `1` and `1.0` are.
pub(super) fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        _ => a == b,
    }
}

/// Returns a value as it is shown in a message; what is long is not.
fn shown(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        _ => String::new(),
    };
    let is_short = !value.is_mapping() && !value.is_sequence() && text.chars().count() <= 60;
    if is_short { format!("`{text}`") } else { "the value".to_owned() }
}
