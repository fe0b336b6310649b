//! What tells the webhooks of one URL apart: constants and required properties that the others do not have.

use std::collections::BTreeMap;

use crate::api::{Api, Location, ReadAs, Shape, Type, TypeRef, Webhook};
use crate::plan::ToldMark;

/// What is declared of the requests of a webhook.
struct Declared {
    /// All headers, by their names in lower case, with the values that are listed for each.
    headers: BTreeMap<String, Vec<String>>,
    /// The properties of the body; none where it is no object with properties of its own.
    properties: Option<BTreeMap<String, Vec<String>>>,
    /// What each request has: first what has listed values.
    marks: Vec<ToldMark>,
}

/// Returns of each webhook what tells it from the others.
pub(super) fn told_by(api: &Api, all: &[&Webhook]) -> Vec<Vec<ToldMark>> {
    let declared: Vec<Declared> = all.iter().map(|it| Declared::of(api, it)).collect();
    let of_one = |index: usize| {
        let own = &declared[index].marks;
        let mut chosen: Vec<usize> = Vec::new();
        let is_other = |it: &usize| *it != index && all[*it].method == all[index].method;
        for other in (0..all.len()).filter(is_other).map(|it| &declared[it]) {
            if !chosen.iter().any(|it| other.lacks(&own[*it])) {
                chosen.extend(own.iter().position(|it| other.lacks(it)));
            }
        }
        chosen.sort_unstable();
        chosen.into_iter().map(|it| own[it].clone()).collect()
    };
    (0..all.len()).map(of_one).collect()
}

impl Declared {
    fn of(api: &Api, webhook: &Webhook) -> Self {
        let mut marks = Vec::new();
        let mut headers = BTreeMap::new();
        for it in webhook.parameters.iter().filter(|it| it.location == Location::Header) {
            let (name, values) = (it.name.to_ascii_lowercase(), listed(api, &it.ty));
            if it.required && !values.is_empty() {
                let (name, values) = (name.clone(), values.clone());
                marks.push(ToldMark { is_header: true, name, values });
            }
            headers.insert(name, values);
        }
        let content = webhook.body.as_ref().map(|it| &it.content);
        let object = content.filter(|it| it.encoding.read_as() == ReadAs::Json);
        let object = object.and_then(|it| match api.shape(&it.ty) {
            Some(Shape::Struct(object)) => Some(object),
            _ => None,
        });
        let mut properties = object.is_some().then(BTreeMap::new);
        if content.is_none() {
            properties = Some(BTreeMap::new());
        }
        let mut present = Vec::new();
        for it in object.iter().flat_map(|it| &it.properties) {
            let values = listed(api, &it.ty);
            if it.required && !it.ty.nullable {
                let mark =
                    ToldMark { is_header: false, name: it.name.clone(), values: values.clone() };
                if values.is_empty() { &mut present } else { &mut marks }.push(mark);
            }
            properties.as_mut().map(|all| all.insert(it.name.clone(), values));
        }
        marks.extend(present);
        Self { headers, properties, marks }
    }

    /// Returns whether no request of the webhook has a mark, as far as is declared.
    fn lacks(&self, mark: &ToldMark) -> bool {
        let declared = if mark.is_header { Some(&self.headers) } else { self.properties.as_ref() };
        declared.is_some_and(|all| match all.get(&mark.name) {
            Some(values) => {
                !values.is_empty()
                    && !mark.values.is_empty()
                    && mark.values.iter().all(|it| !values.contains(it))
            }
            None => true,
        })
    }
}

/// Returns the values that a type lists, as text.
fn listed(api: &Api, ty: &TypeRef) -> Vec<String> {
    let ty = api.behind_aliases(ty);
    if let Type::Named(id) = ty.ty {
        return match &api.type_def(id).shape {
            Shape::Enum(it) => it.values.iter().map(|it| it.text.clone()).collect(),
            _ => Vec::new(),
        };
    }
    let text = |it: &serde_json::Value| match it {
        serde_json::Value::String(text) => Some(text.clone()),
        serde_json::Value::Number(_) | serde_json::Value::Bool(_) => Some(it.to_string()),
        _ => None,
    };
    let values: Option<Vec<_>> = ty.constraints.values().iter().map(text).collect();
    values.unwrap_or_default()
}
