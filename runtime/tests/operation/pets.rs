//! Operations as a generated crate has them, written by hand.

use serde::{Deserialize, Serialize};
use tamarack_runtime::http::Method;
use tamarack_runtime::{
    ListStyle, Operation, OperationInfo, RequestBuilder, Scheme, Secret, Status, Text,
    declared_errors, open_enum, outcomes,
};

const SECURITY: &[&[Scheme]] = &[&[Scheme::Header { scheme: "key", name: "x-key" }]];

/// What an API says of most failures.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub(crate) struct Problem {
    pub(crate) title: String,
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct Change {
    pub(crate) name: String,
}

/// Everything that an operation may have.
#[derive(Clone, Debug)]
pub(crate) struct ChangePet {
    pub(crate) id: String,
    pub(crate) body: Change,
    pub(crate) limit: Option<i32>,
    pub(crate) sort: Option<Order>,
    pub(crate) tags: Option<Vec<String>>,
    pub(crate) filter: Option<Change>,
    pub(crate) session: Option<Secret>,
}

impl ChangePet {
    pub(crate) fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            body: Change { name: name.into() },
            limit: None,
            sort: None,
            tags: None,
            filter: None,
            session: None,
        }
    }
}

impl Operation for ChangePet {
    type Success = ChangePetOutcome;
    type Error = ChangePetError;

    const INFO: OperationInfo = OperationInfo {
        id: "changePet",
        method: Method::PATCH,
        path: "/pets/{id}",
        success: &[Status::Exact(200), Status::Exact(202)],
        accept: "application/json",
        headers: &[("x-version", "2026-04")],
        security: SECURITY,
    };

    fn request(&self, request: &mut RequestBuilder) {
        request.path("id", &self.id);
        request.query("limit", &self.limit);
        request.query("sort", &self.sort);
        request.query_list("tags", &self.tags, ListStyle::Comma);
        request.query_json("filter", self.filter.as_ref());
        request.header("x-session", &self.session);
        request.json(&self.body);
    }
}

open_enum! {
    /// An order.
    pub enum Order {
        Ascending = "asc",
    }
}

outcomes! {
    /// The successes of [`ChangePet`].
    pub enum ChangePetOutcome {
        /// Done.
        200 => Ok(Json<u64>),
        /// Begun.
        202 => Accepted(Empty<()>),
    }
}

declared_errors! {
    /// The errors of [`ChangePet`].
    pub enum ChangePetError for "changePet" {
        /// No such pet.
        404 => NotFound(Json<Problem>),
        /// Another mistake of the caller.
        400..=499 => ClientError(Text<String>),
        /// Whatever else happens.
        _ => Default(Json<Problem>),
    }
}

/// Nothing but what it must have, and no declared error.
#[derive(Clone, Debug)]
pub(crate) struct Ping;

impl Operation for Ping {
    type Success = Text<String>;
    type Error = PingError;

    const INFO: OperationInfo = OperationInfo {
        id: "ping",
        method: Method::GET,
        path: "/ping",
        success: &[Status::Range(2)],
        accept: "text/plain",
        headers: &[],
        security: &[],
    };

    fn request(&self, _: &mut RequestBuilder) {}
}

declared_errors! {
    /// The errors of [`Ping`].
    pub enum PingError for "ping" {}
}
