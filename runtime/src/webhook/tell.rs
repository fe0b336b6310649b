//! Tells which of several webhooks a request is.

use bytes::Bytes;
use http::Request;
use serde_json::Value;

use super::{WebhookInfo, is_of};
use crate::reply::decode_json;

/// What the requests of a webhook have and those of another one have not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToldBy {
    /// A header with one of these values.
    Header {
        /// The name.
        name: &'static str,
        /// The values.
        values: &'static [&'static str],
    },
    /// A property of the body, a JSON object.
    Property {
        /// The name.
        name: &'static str,
        /// The values: texts, numbers and booleans, each as text. None: any value.
        values: &'static [&'static str],
    },
}

/// Returns which webhook a request is: the only one whose method, media type and marks it has, or of several the one
/// that has the marks of all others and more. `None` where there is no such one.
pub fn tell(request: &Request<Bytes>, all: &[WebhookInfo]) -> Option<usize> {
    let mut body = None;
    let mut fits = Vec::new();
    for (index, info) in all.iter().enumerate() {
        let is_of_type = || info.media_type.is_none_or(|it| is_of(request, it));
        if *request.method() == info.method
            && is_of_type()
            && info.told_by.iter().all(|it| it.holds(request, &mut body))
        {
            fits.push(index);
        }
    }
    let says_all_of = |one: usize, other: usize| {
        let (one, other) = (all[one].told_by, all[other].told_by);
        other.len() < one.len() && other.iter().all(|it| one.contains(it))
    };
    let mut told = fits.iter().filter(|it| fits.iter().all(|o| *it == o || says_all_of(**it, *o)));
    told.next().copied()
}

impl ToldBy {
    fn holds(&self, request: &Request<Bytes>, body: &mut Option<Value>) -> bool {
        match self {
            Self::Header { name, values } => {
                let value = request.headers().get(*name).and_then(|it| it.to_str().ok());
                value.is_some_and(|it| values.contains(&it.trim()))
            }
            Self::Property { name, values } => {
                let body =
                    body.get_or_insert_with(|| decode_json(request.body()).unwrap_or_default());
                body.get(*name).is_some_and(|it| values.is_empty() || is_one_of(it, values))
            }
        }
    }
}

fn is_one_of(value: &Value, values: &[&str]) -> bool {
    match value {
        Value::String(text) => values.contains(&text.as_str()),
        Value::Number(_) | Value::Bool(_) => values.contains(&value.to_string().as_str()),
        Value::Null | Value::Array(_) | Value::Object(_) => false,
    }
}
