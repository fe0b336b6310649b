//! The types of the document as a person would write them with serde.

use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Deserialize)]
#[allow(dead_code, reason = "what is decoded is dropped")]
pub(crate) struct TokenResponse {
    pub(crate) access_token: String,
    pub(crate) token_type: String,
    pub(crate) expires_in: i64,
    pub(crate) scope: Option<String>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "what is decoded is dropped")]
pub(crate) struct ItemList {
    pub(crate) items: Vec<Item>,
    pub(crate) next_cursor: Option<String>,
}

#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct Item {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) status: ItemStatus,
    pub(crate) created_at: String,
    pub(crate) size: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) weight: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) fragile: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<String>,
    pub(crate) tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) place: Option<Place>,
}

#[derive(Clone, Copy, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ItemStatus {
    Stored,
    Reserved,
    Shipped,
    #[serde(other)]
    Other,
}

#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct Place {
    pub(crate) aisle: String,
    pub(crate) level: i32,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "what is decoded is dropped")]
pub(crate) struct VectorList {
    pub(crate) vectors: Vec<Vector>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "what is decoded is dropped")]
pub(crate) struct Vector {
    pub(crate) id: String,
    pub(crate) values: Vec<f32>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "what is decoded is dropped")]
pub(crate) struct Unions {
    pub(crate) tagged: Option<Vec<Tagged>>,
    pub(crate) by_key: Option<Vec<ByKey>>,
    pub(crate) by_kind: Option<Vec<ByKind>>,
    pub(crate) untold: Option<Vec<Value>>,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[allow(dead_code, reason = "what is decoded is dropped")]
pub(crate) enum Tagged {
    Box { width: i32, height: i32, label: String },
    Barrel { litres: f64, label: String },
    Pallet { boxes: Vec<String> },
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(dead_code, reason = "what is decoded is dropped")]
pub(crate) enum ByKey {
    Arrival { at: String, gate: String, note: Option<String> },
    Departure { at: String, lorry: String, note: Option<String> },
}

#[derive(Deserialize)]
#[serde(untagged)]
#[allow(dead_code, reason = "what is decoded is dropped")]
pub(crate) enum ByKind {
    Integer(i64),
    String(String),
    Place(Place),
}
