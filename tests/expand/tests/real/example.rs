//! Each macro once, as generated code has them.

use std::collections::BTreeMap;

use tamarack_runtime::{
    Secret, declared_errors, json_newtype, json_object, json_union, open_enum, outcomes,
    response_bodies, union,
};

/// Words.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    pub kind: String,
    pub r#type: Option<i64>,
    pub additional: BTreeMap<String, i64>,
}

json_object!(Words { required kind, optional r#type as "type"; rest additional });

#[derive(Clone, Debug)]
pub struct Key {
    pub secret: Secret,
}

json_object!(read Key { secret secret });

#[derive(Clone, Debug)]
pub struct Steps {
    pub value: Vec<Steps>,
}

json_newtype!(Steps);

#[derive(Clone, Debug)]
pub struct Keys {
    pub value: Vec<Key>,
}

json_newtype!(read Keys);

open_enum! {
    /// A metric.
    pub enum Metric {
        Cosine = "cosine",
        /// Of other texts.
        Odd = "`" as "a backtick",
    }
}

open_enum! {
    pub enum Token ignoring case {
        Bearer = "Bearer",
    }
}

union! {
    /// By a property.
    #[derive(Clone, Debug, PartialEq)]
    pub enum Tagged by property "kind" {
        Words(Words) is "words" | "more",
        /// Boxed.
        Other(Box<BTreeMap<String, i64>>) adds "other",
    }
}

union! {
    #[derive(Clone, Debug)]
    pub enum Keyed by key read only {
        Key(Key) = "key",
    }
}

union! {
    #[derive(Clone, Debug, PartialEq)]
    pub enum Kinds by kind {
        Count(i64) as Integer,
        String(String),
    }
}

json_union! {
    /// Of several.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Several {
        as_words(Words) from,
        /// Another one.
        as_more(Words),
    }
}

json_union! {
    #[derive(Clone, Debug)]
    pub struct Hidden secret {
        as_words(Words) from,
    }
}

json_union! {
    #[derive(Clone, Debug)]
    pub struct Read read only {
        as_words(Words) from,
    }
}

declared_errors! {
    /// Errors.
    pub enum Failed for "do" {
        /// No key.
        404 => NotFound(Json<Words>),
        400..=499 => Status4xx(Empty<()>),
        _ => Default(Text<String>),
    }
}

outcomes! {
    /// Successes.
    pub enum Done {
        200 | 201 => Ok(Json<Vec<Words>>),
        202 => Accepted(Binary<tamarack_runtime::bytes::Bytes>),
    }
}

response_bodies! {
    /// Bodies.
    pub enum Told {
        "application/json" | "application/hal+json" => Json(Json<Words>),
        "text/csv" => Csv(Text<String>),
    }
}
