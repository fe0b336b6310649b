//! The responses of an operation in, where the token stands out, or that there is none.

use std::collections::BTreeSet;

use super::Context;
use super::lack::{Lack, Remedy};
use crate::api::{
    Additional, Api, Encoding, Operation, Shape, StatusPattern, TokenFields, Type, TypeId, TypeRef,
};

/// Returns where the response has the token. `is_certain` says whether the operation is a token endpoint
/// whatever its response: then one that nobody has described is enough.
pub(super) fn read(context: &Context<'_>, is_certain: bool) -> Result<TokenFields, Lack> {
    let entry = context.entry;
    let said = |of: fn(&crate::overlay::TokenEndpoint) -> &Option<String>| {
        entry.and_then(|it| of(it).clone())
    };
    let (access_token, token_type) = (said(|it| &it.access_token), said(|it| &it.token_type));
    let at = access_token.clone().unwrap_or_else(|| "/access_token".to_owned());
    let lack = |what: String| Err(Lack::new(Remedy::AccessToken, what));
    if !at.starts_with('/') {
        return lack(format!("`{at}` is no JSON pointer"));
    }
    let Some(body) = success(context.operation) else {
        return lack("no response of a success has a body of JSON".to_owned());
    };
    match value_at(context.api, body, &tokens(&at)) {
        Value::Text => {}
        Value::Untyped if is_certain => {}
        Value::Untyped => return lack("the response body may be any JSON".to_owned()),
        Value::Other => return lack(format!("the response has no text at `{at}`")),
        Value::Nothing => {
            return lack(format!("the response has no `{}`", at.trim_start_matches('/')));
        }
    }
    let parent = at.rsplit_once('/').map_or("", |(parent, _)| parent);
    let has = |at: &str| value_at(context.api, body, &tokens(at)) != Value::Nothing;
    let expires_in = said(|it| &it.expires_in);
    if let Some(missing) = [&expires_in, &token_type].into_iter().flatten().find(|it| !has(it)) {
        return Err(Lack::new(Remedy::Entry, format!("the response has nothing at `{missing}`")));
    }
    let kind = token_type.clone().unwrap_or_else(|| format!("{parent}/token_type"));
    Ok(TokenFields { without_token_type: !has(&kind), access_token, expires_in, token_type })
}

/// Returns the body of the first success that has one of JSON; of a single response for all statuses
/// that one.
fn success(operation: &Operation) -> Option<&TypeRef> {
    let all = &operation.responses;
    let alone = all.len() == 1;
    let is_success =
        |status: StatusPattern| status.is_success() || (alone && status == StatusPattern::Default);
    let successes = all.iter().filter(|it| is_success(it.status));
    let mut contents = successes.flat_map(|it| &it.contents);
    contents.find(|it| it.encoding == Encoding::Json).map(|it| &it.ty)
}

/// What a type has at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Value {
    Nothing,
    /// Something that is no text.
    Other,
    /// Whatever the server sends.
    Untyped,
    Text,
}

fn value_at(api: &Api, ty: &TypeRef, at: &[String]) -> Value {
    value_below(api, ty, at, &mut BTreeSet::new())
}

/// Looks at each type once at each depth: unions can hold themselves.
fn value_below(
    api: &Api,
    ty: &TypeRef,
    at: &[String],
    seen: &mut BTreeSet<(TypeId, usize)>,
) -> Value {
    match (&api.behind_aliases(ty).ty, at) {
        (Type::Any, _) | (Type::FreeForm, [_, ..]) => return Value::Untyped,
        (Type::String(_), []) => return Value::Text,
        (Type::Map(inner), [_, rest @ ..]) => return value_below(api, inner, rest, seen),
        (Type::Named(id), _) if !seen.insert((*id, at.len())) => return Value::Nothing,
        _ => {}
    }
    match (api.shape(ty), at) {
        (Some(Shape::Struct(object)), [name, rest @ ..]) => {
            let property = object.properties.iter().find(|it| it.name == *name);
            match (property, &object.additional) {
                (Some(property), _) => value_below(api, &property.ty, rest, seen),
                (None, Additional::Kept(_)) if object.properties.is_empty() => Value::Untyped,
                (None, _) => Value::Nothing,
            }
        }
        // The variant that has the token is the one of a success.
        (Some(Shape::Union(union)), _) => {
            let values = union.variants().map(|it| value_below(api, &it.ty, at, seen));
            values.max().unwrap_or(Value::Nothing)
        }
        (_, []) => Value::Other,
        (_, [..]) => Value::Nothing,
    }
}

fn tokens(at: &str) -> Vec<String> {
    let names = at.split('/').skip(1);
    names.map(|it| it.replace("~1", "/").replace("~0", "~")).collect()
}

/// Returns the place of a token that is called by another name than RFC 6749 gives it, or stands deeper.
pub(super) fn token_by_name(
    context: &Context<'_>,
    is_name: &dyn Fn(&str) -> bool,
) -> Option<String> {
    place_in(context.api, success(context.operation)?, is_name, &mut BTreeSet::new(), 0)
}

fn place_in(
    api: &Api,
    ty: &TypeRef,
    is_name: &dyn Fn(&str) -> bool,
    seen: &mut BTreeSet<TypeId>,
    depth: usize,
) -> Option<String> {
    // A token that stands deeper is one of something else.
    let Type::Named(id) = api.behind_aliases(ty).ty else { return None };
    if depth > 2 || !seen.insert(id) {
        return None;
    }
    match api.shape(ty)? {
        Shape::Struct(object) => {
            let own = object
                .properties
                .iter()
                .find(|it| is_name(&it.name) && value_at(api, &it.ty, &[]) == Value::Text);
            let escaped = |name: &str| name.replace('~', "~0").replace('/', "~1");
            if let Some(own) = own {
                return Some(format!("/{}", escaped(&own.name)));
            }
            object.properties.iter().find_map(|it| {
                let below = place_in(api, &it.ty, is_name, seen, depth + 1)?;
                Some(format!("/{}{below}", escaped(&it.name)))
            })
        }
        Shape::Union(union) => {
            union.variants().find_map(|it| place_in(api, &it.ty, is_name, seen, depth + 1))
        }
        Shape::Enum(_) | Shape::Alias(_) => None,
    }
}
