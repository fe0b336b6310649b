//! Names the enums of the bodies of a response by media type, and their variants.

use super::TypeIdent;
use super::derived::Derived;
use super::scope::{Scope, Wish, by_rank};
use super::thing::Thing;
use crate::api::{Api, Content, NameOf, Operation, Response, StatusPattern};

/// The names of the bodies of a response that has several media types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyNames {
    /// The enum; responses with the same bodies share it.
    pub ident: Derived<TypeIdent>,
    /// The variants, one for each group of [`Response::bodies`].
    pub variants: Vec<Derived<TypeIdent>>,
}

/// Names the bodies of each response of an operation. Of those of the errors, as of those of the
/// successes, the first has the name of the operation alone: `claim` is given which of the two it is,
/// and what stands behind that name for a further one.
pub(super) fn name_bodies(
    api: &Api,
    operation: &Operation,
    variants: &[TypeIdent],
    mut claim: impl FnMut(NameOf, &str) -> Derived<TypeIdent>,
) -> Vec<Option<BodyNames>> {
    let responses = &operation.responses;
    // The only response is that of a success, too.
    let is_success = |it: &Response| {
        operation.is_wanted(it) || it.status == StatusPattern::Default && responses.len() == 1
    };
    let mut acc: Vec<Option<BodyNames>> = vec![None; responses.len()];
    let mut in_order: Vec<_> = (0..responses.len()).collect();
    in_order.sort_by_key(|index| responses[*index].status);
    let mut named: Vec<usize> = Vec::new();
    for index in in_order {
        let response = &responses[index];
        let bodies = response.bodies();
        if bodies.len() < 2 {
            continue;
        }
        let mut of_kind =
            named.iter().copied().filter(|it| is_success(&responses[*it]) == is_success(response));
        let first = of_kind.clone().next();
        acc[index] = match of_kind.find(|it| responses[*it].has_bodies_of(response)) {
            Some(same) => acc[same].clone(),
            None => {
                let of =
                    if is_success(response) { NameOf::ResponseBody } else { NameOf::ErrorBody };
                let word = first.map_or("", |_| variants[index].as_str());
                let variants = name_variants(api, &bodies);
                Some(BodyNames { ident: claim(of, word), variants })
            }
        };
        named.push(index);
    }
    acc
}

fn name_variants(api: &Api, bodies: &[Vec<&Content>]) -> Vec<Derived<TypeIdent>> {
    let wishes: Vec<_> = bodies
        .iter()
        .map(|group| {
            let given =
                group.iter().find_map(|it| api.given_names.get(&it.pointer, NameOf::Variant));
            let word = word(&group[0].media_type);
            Wish {
                thing: Thing::MediaType,
                at: group[0].pointer.clone(),
                name: TypeIdent::new(given.unwrap_or(&word)).to_string(),
                given: given.is_some(),
                spelling: group[0].media_type.clone(),
            }
        })
        .collect();
    let mut scope = Scope::new("variant", &[]);
    let mut acc: Vec<Option<Derived<TypeIdent>>> = vec![None; wishes.len()];
    for index in by_rank(&wishes) {
        let wish = &wishes[index];
        let other = |ordinal| format!("{}{ordinal}", wish.name);
        acc[index] = Some(Derived::claim(&mut scope, wish, other, TypeIdent::given));
    }
    acc.into_iter().flatten().collect()
}

/// Returns the word for a media type: its subtype, of a range what it leaves open, and the parameters
/// that tell it from others.
fn word(media_type: &str) -> String {
    let mut parts = media_type.split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default().to_ascii_lowercase();
    let (ty, subtype) = essence.split_once('/').unwrap_or(("", &essence));
    let mut acc = match (ty, subtype) {
        ("text", "plain") => "text".to_owned(),
        ("application", "octet-stream") => "bytes".to_owned(),
        ("*", "*") => "any".to_owned(),
        (ty, "*") => format!("any {ty}"),
        (_, subtype) => match subtype.strip_prefix('*') {
            Some(suffix) => format!("any {suffix}"),
            None => subtype.strip_prefix("x-").unwrap_or(subtype).to_owned(),
        },
    };
    for parameter in parts.filter(|it| !it.to_ascii_lowercase().starts_with("charset")) {
        acc.push(' ');
        acc.push_str(parameter);
    }
    acc
}

#[cfg(test)]
mod tests {
    use super::{TypeIdent, word};

    #[test]
    fn a_media_type_is_named_by_its_subtype() {
        for (media_type, expected) in [
            ("application/json", "Json"),
            ("application/problem+json", "ProblemJson"),
            ("text/plain; charset=utf-8", "Text"),
            ("Text/CSV", "Csv"),
            ("application/x-yaml", "Yaml"),
            ("application/octet-stream", "Bytes"),
            ("image/*", "AnyImage"),
            ("application/*+json", "AnyJson"),
            ("*/*", "Any"),
            ("application/json;v=2", "JsonV2"),
        ] {
            assert_eq!(TypeIdent::new(&word(media_type)).to_string(), expected, "{media_type}");
        }
    }
}
