//! The generated Rust of an API, read with `syn`: what its types, operations and client say of the wire.
//!
//! Any set of files of a module is read. What cannot be understood is an error: a reader that passes over
//! what it does not know finds no difference there.

mod client;
mod expressions;
mod headers;
mod items;
mod macros;
mod names;
mod operation;
mod request;
mod types;
mod webhooks;

use std::collections::{BTreeMap, BTreeSet};

pub use client::{Servers, Variable};
pub use items::{Field, Item, Member, Told, Variant, Word};
pub use operation::{Answer, Operation, OwnServer, Read, Scheme, Status};
pub use request::Send;
pub use types::{ItemId, Type};
pub use webhooks::{Webhook, WebhookRead};

/// The code of an API.
#[derive(Debug)]
pub struct Code {
    items: BTreeMap<ItemId, Item>,
    /// The operations.
    pub operations: Vec<Operation>,
    /// Where requests go.
    pub servers: Servers,
    /// The headers of responses, each with the type that it is read as.
    pub headers: BTreeMap<String, Type>,
    /// The requests that the API sends.
    pub webhooks: Vec<Webhook>,
}

impl Code {
    /// Reads the files of a module, named relative to its folder.
    pub fn read(files: &BTreeMap<String, String>) -> Result<Self, String> {
        let modules = names::Modules::read(files)?;
        let items = items::read(&modules)?;
        let operations = operation::read(&modules, &items)?;
        let servers = client::read(&modules, &items)?;
        let headers = headers::read(&modules)?;
        let webhooks = webhooks::read(&modules, &items)?;
        Ok(Self { items, operations, servers, headers, webhooks })
    }

    /// Returns an item.
    pub fn item(&self, id: &ItemId) -> &Item {
        self.items
            .get(id)
            .unwrap_or_else(|| unreachable!("types name items that there are: {id:?}"))
    }

    /// Returns all types with their names.
    pub fn items(&self) -> impl Iterator<Item = (&ItemId, &Item)> {
        self.items.iter()
    }

    /// Returns the items that values of some types can hold.
    pub fn reach<'c>(&'c self, from: impl IntoIterator<Item = &'c Type>) -> BTreeSet<ItemId> {
        let mut acc = BTreeSet::new();
        let mut open: Vec<&ItemId> = from.into_iter().filter_map(Type::named).collect();
        while let Some(id) = open.pop() {
            if acc.insert(id.clone()) {
                open.extend(self.item(id).types().filter_map(Type::named));
            }
        }
        acc
    }
}
