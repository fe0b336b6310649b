//! Changes of a document, one at a time: everything that can be changed, at every place.

mod operation;
mod schema;
mod site;

use serde_yaml::Value;
use tamarack::pointer::Pointer;

use operation::path_item;
use schema::schema;
use site::{Site, Texts, yaml};

/// One changed thing.
#[derive(Clone, Debug)]
pub(crate) struct Mutation {
    /// The node that changes.
    pub(crate) at: Pointer,
    /// What happens to it, for messages.
    pub(crate) name: String,
    /// The node as it is then.
    node: Value,
}

impl Mutation {
    /// Returns the document with the change.
    pub(crate) fn apply(&self, document: &Value) -> Value {
        let mut acc = document.clone();
        let mut node = &mut acc;
        for token in self.at.tokens() {
            node = match node {
                Value::Sequence(list) => &mut list[token.parse::<usize>().expect("an index")],
                node => &mut node[token.as_str()],
            };
        }
        *node = self.node.clone();
        acc
    }
}

/// Returns every change of a document, in the order of its nodes.
pub(crate) fn mutations(document: &Value) -> Vec<Mutation> {
    let mut acc = Vec::new();
    let root = Pointer::root();
    let top = Site::new(document, &root);
    top.set(&mut acc, "info", "title", |it| it.insert_text("title", "another"));
    top.set(&mut acc, "info", "version", |it| it.insert_text("version", "another"));
    top.own(&mut acc, "servers", |it| {
        it.insert("servers".into(), yaml("[{url: 'https://elsewhere.example'}]"));
    });
    top.own(&mut acc, "global security", |it| {
        it.insert("security".into(), yaml("[]"));
    });
    for (at, item) in top.members(&["paths"]) {
        path_item(&item, &at, &mut acc);
    }
    for (at, schema) in top.members(&["components", "schemas"]) {
        self::schema(&schema, &at, &mut acc);
    }
    for (at, scheme) in top.members(&["components", "securitySchemes"]) {
        let site = Site::new(&scheme, &at);
        site.own(&mut acc, "scheme", |it| {
            *it = yaml("{type: http, scheme: basic}").as_mapping().expect("a map").clone();
        });
        site.own(&mut acc, "scheme description", |it| it.insert_text("description", "other"));
    }
    acc.retain(|it| it.node != *find(document, &it.at));
    acc
}

fn find<'a>(document: &'a Value, at: &Pointer) -> &'a Value {
    at.tokens().iter().fold(document, |node, token| match node {
        Value::Sequence(list) => &list[token.parse::<usize>().expect("an index")],
        node => &node[token.as_str()],
    })
}
