//! An API of notes, written by hand as a generated crate has it.

use serde::Deserialize;
use tamarack_runtime::http::Method;
use tamarack_runtime::{
    Operation, OperationInfo, RequestBuilder, Scheme, Secret, Status, declared_errors, json_object,
};

const SECURITY: &[&[Scheme]] =
    &[&[Scheme::Bearer("bearer")], &[Scheme::Header { scheme: "key", name: "x-key" }], &[]];

/// What the API says of most failures.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub(crate) struct Problem {
    pub(crate) code: String,
}

/// Reads a note.
#[derive(Clone, Debug)]
pub(crate) struct GetNote {
    pub(crate) id: String,
}

impl GetNote {
    pub(crate) fn new() -> Self {
        Self { id: "a/b".to_owned() }
    }
}

impl Operation for GetNote {
    type Success = tamarack_runtime::Json<u64>;
    type Error = GetNoteError;

    const INFO: OperationInfo = OperationInfo {
        id: "getNote",
        method: Method::GET,
        path: "/notes/{id}",
        success: &[Status::Exact(200)],
        accept: "application/json",
        headers: &[],
        security: SECURITY,
    };

    fn request(&self, request: &mut RequestBuilder) {
        request.path("id", &self.id);
    }
}

declared_errors! {
    /// The errors of [`GetNote`].
    pub enum GetNoteError for "getNote" {
        404 => NotFound(Json<Problem>),
    }
}

/// Opens a locked note.
#[derive(Clone, Debug)]
pub(crate) struct Unlock {
    pub(crate) password: Secret,
}

json_object!(Unlock { secret password });

impl Operation for Unlock {
    type Success = tamarack_runtime::Empty<()>;
    type Error = UnlockError;

    const INFO: OperationInfo = OperationInfo {
        id: "unlock",
        method: Method::POST,
        path: "/unlock",
        success: &[Status::Exact(204)],
        accept: "application/json",
        headers: &[],
        security: SECURITY,
    };

    fn request(&self, request: &mut RequestBuilder) {
        request.json(self);
    }
}

declared_errors! {
    /// The errors of [`Unlock`].
    pub enum UnlockError for "unlock" {
        403 => Forbidden(Json<Problem>),
    }
}

/// Adds a note. The document declares an idempotency key.
#[derive(Clone, Debug)]
pub(crate) struct AddNote {
    pub(crate) text: String,
    pub(crate) idempotency_key: Option<String>,
}

impl AddNote {
    pub(crate) fn new(text: &str) -> Self {
        Self { text: text.to_owned(), idempotency_key: None }
    }
}

impl Operation for AddNote {
    type Success = tamarack_runtime::Json<u64>;
    type Error = AddNoteError;

    const INFO: OperationInfo = OperationInfo {
        id: "addNote",
        method: Method::POST,
        path: "/notes",
        success: &[Status::Exact(201)],
        accept: "application/json",
        headers: &[],
        security: SECURITY,
    };

    fn request(&self, request: &mut RequestBuilder) {
        request.header("Idempotency-Key", &self.idempotency_key);
        request.json(&std::collections::BTreeMap::from([("text", &self.text)]));
    }
}

declared_errors! {
    /// The errors of [`AddNote`].
    pub enum AddNoteError for "addNote" {}
}
