//! Names the structs of webhooks and callbacks, and the enums of those that come together.

use super::scope::{Scope, Wish};
use super::thing::Thing;
use super::{TypeIdent, ValueIdent};
use crate::api::{Api, NameOf, Webhook};
use crate::diagnostic::Sink;

/// The names of all webhooks and callbacks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WebhookNames {
    /// Of each webhook of the model: its struct, and the fields of its parameters.
    pub webhooks: Vec<(TypeIdent, Vec<ValueIdent>)>,
    /// The webhooks of the document, then the callbacks of each operation.
    pub sets: Vec<WebhookSet>,
}

/// Requests that can come to one URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookSet {
    /// The enum.
    pub ident: TypeIdent,
    /// The operation whose callbacks they are.
    pub operation: Option<String>,
    /// The indices of the webhooks in the model.
    pub members: Vec<usize>,
}

/// The field of the body.
const BODY: &str = "body";

/// The enum of the webhooks of the document.
const ALL: &str = "Webhook";

/// What a request that is none of an enum is.
const UNRECOGNIZED: &str = "Unrecognized";

pub(super) fn name_webhooks(api: &Api, sink: &mut Sink) -> WebhookNames {
    if api.webhooks.is_empty() {
        return WebhookNames::default();
    }
    let mut scope = Scope::new("type", &[ALL, UNRECOGNIZED]);
    let wishes: Vec<_> = api.webhooks.iter().map(|it| wish(it, &scope)).collect();
    let idents = scope.settle(&wishes, sink, |of, ordinal| format!("{}{ordinal}", wishes[of].name));
    let fields = api.webhooks.iter().map(|it| name_fields(api, it));
    let webhooks = idents.into_iter().map(TypeIdent::given).zip(fields).collect();
    WebhookNames { webhooks, sets: name_sets(api, &mut scope) }
}

fn wish(it: &Webhook, scope: &Scope) -> Wish {
    let text = match &it.callback {
        Some(of) => format!("{} {}", of.operation, it.name),
        None => it.name.clone(),
    };
    let mut name = TypeIdent::new(it.given_name.as_deref().unwrap_or(&text)).to_string();
    if scope.is_reserved(&name) {
        // A name of ours is no conflict in the document.
        name.push_str("Event");
    }
    Wish {
        thing: Thing::Webhook,
        at: it.pointer.clone(),
        name,
        given: it.given_name.is_some(),
        spelling: text,
    }
}

fn name_fields(api: &Api, webhook: &Webhook) -> Vec<ValueIdent> {
    let mut scope = Scope::new("field", &[BODY]);
    let wishes = webhook.parameters.iter().map(|it| {
        let given = api.given_names.get(&it.pointer, NameOf::Field);
        let wanted = ValueIdent::new(given.unwrap_or(&it.name));
        let name = if scope.is_reserved(wanted.as_str()) {
            wanted.followed_by("param")
        } else {
            wanted.to_string()
        };
        Wish {
            thing: Thing::Parameter,
            at: it.pointer.clone(),
            name,
            given: given.is_some(),
            spelling: it.name.clone(),
        }
    });
    let wishes: Vec<_> = wishes.collect();
    // A header and a parameter of the query can have one name, as those of operations can.
    let names = scope.settle(&wishes, &mut Sink::default(), |of, ordinal| {
        ValueIdent::given(wishes[of].name.clone()).followed_by(ordinal)
    });
    names.into_iter().map(ValueIdent::given).collect()
}

/// Names the enums, behind all structs.
fn name_sets(api: &Api, scope: &mut Scope) -> Vec<WebhookSet> {
    let mut sets: Vec<WebhookSet> = Vec::new();
    for (index, webhook) in api.webhooks.iter().enumerate() {
        let operation = webhook.callback.as_ref().map(|it| &it.operation);
        match sets.iter_mut().find(|it| it.operation.as_ref() == operation) {
            Some(set) => set.members.push(index),
            None => {
                let ident = match operation {
                    None => ALL.to_owned(),
                    Some(id) => scope.free(|ordinal| {
                        let number = if ordinal == 2 { String::new() } else { ordinal.to_string() };
                        format!("{}{number}", TypeIdent::new(&format!("{id} callback")))
                    }),
                };
                let ident = TypeIdent::given(ident);
                sets.push(WebhookSet {
                    ident,
                    operation: operation.cloned(),
                    members: vec![index],
                });
            }
        }
    }
    sets
}
