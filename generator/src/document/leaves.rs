//! The properties of one node in, its data as a type out; no property is copied on the way.

use indexmap::IndexMap;
use serde::de::value::{BorrowedStrDeserializer, MapDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};
use serde_yaml::{Error, Mapping, Value};

use crate::codes;
use crate::diagnostic::{Diagnostic, Loss, Sink};
use crate::pointer::Pointer;

/// The properties that say something of a node itself.
#[derive(Clone, Debug)]
pub(super) struct Leaves<'a>(Vec<(&'a str, &'a Value)>);

impl<'a> Leaves<'a> {
    /// Returns the properties of a node without those that are nodes themselves.
    pub(super) fn of(members: &'a Mapping, is_node: impl Fn(&str) -> bool) -> Self {
        let all = members.iter().filter_map(|(name, value)| Some((name.as_str()?, value)));
        Self(all.filter(|(name, _)| !is_node(name)).collect())
    }

    pub(super) fn get(&self, name: &str) -> Option<&'a Value> {
        self.0.iter().find(|(it, _)| *it == name).map(|(_, value)| *value)
    }

    pub(super) fn text(&self, name: &str) -> Option<&'a str> {
        self.get(name)?.as_str()
    }

    /// Adds a property that the node does not have.
    pub(super) fn add(&mut self, name: &'a str, value: &'a Value) {
        self.0.push((name, value));
    }

    /// Returns the extensions that are JSON.
    pub(super) fn extensions(&self) -> IndexMap<String, serde_json::Value> {
        let all = self.0.iter().filter(|(name, _)| name.starts_with("x-"));
        let json = |(name, value): &(&str, &Value)| {
            Some(((*name).to_owned(), serde_json::to_value(value).ok()?))
        };
        all.filter_map(json).collect()
    }

    pub(super) fn remove(&mut self, name: &str) {
        self.0.retain(|(it, _)| *it != name);
    }

    /// Reads the properties; what the check let through and the type refuses costs the node.
    pub(super) fn typed<T: DeserializeOwned>(&self, at: &Pointer, sink: &mut Sink) -> Option<T> {
        self.typed_or(at, || Loss::Part(at.clone()), sink)
    }

    /// Reads the properties, and says what is lost if the type refuses them.
    pub(super) fn typed_or<T: DeserializeOwned>(
        &self,
        at: &Pointer,
        loss: impl FnOnce() -> Loss,
        sink: &mut Sink,
    ) -> Option<T> {
        let members = self.0.iter().map(|(name, value)| (Name(name), Property(value)));
        read_or(T::deserialize(MapDeserializer::new(members)), at, loss, sink)
    }
}

struct Name<'a>(&'a str);

impl<'a> IntoDeserializer<'a, Error> for Name<'a> {
    type Deserializer = BorrowedStrDeserializer<'a, Error>;

    fn into_deserializer(self) -> Self::Deserializer {
        BorrowedStrDeserializer::new(self.0)
    }
}

struct Property<'a>(&'a Value);

impl<'a> IntoDeserializer<'a, Error> for Property<'a> {
    type Deserializer = &'a Value;

    fn into_deserializer(self) -> Self::Deserializer {
        self.0
    }
}

/// Reads a node as a whole, as [`Leaves::typed`] does.
pub(super) fn typed<T: DeserializeOwned>(
    members: &Mapping,
    at: &Pointer,
    sink: &mut Sink,
) -> Option<T> {
    Leaves::of(members, |_| false).typed(at, sink)
}

fn read_or<T>(
    read: Result<T, Error>,
    at: &Pointer,
    loss: impl FnOnce() -> Loss,
    sink: &mut Sink,
) -> Option<T> {
    let error = match read {
        Ok(node) => return Some(node),
        Err(error) => error.to_string(),
    };
    let text = error.split(" at line ").next().unwrap_or(&error);
    let title = format!("the node cannot be read: {text}");
    sink.push(Diagnostic::error(codes::WRONG_KIND, at.clone(), title).loss(loss()));
    None
}
